// Written by `npm run templates` from infra/azure/template. Change that, not this.

metadata description = 'The bot on App Service, with a slot beside it into which a new version is deployed and swapped.'

@description('The region.')
param location string

@description('What makes the names of this environment unique.')
param token string

@description('The tags of every resource.')
param tags object

@description('The resource id of the identity.')
param identityId string

@description('The application (client) id of the identity.')
param clientId string

@description('The tenant of the identity.')
param tenantId string

@description('The address of the table service.')
param tablesEndpoint string

@description('The tenants whose people may use the bot, separated by commas.')
param allowedTenants string

@description('What the names of the tables start with.')
param tablePrefix string

@description('The Entra object ids of the people of HR, separated by commas.')
param hrAdmins string

@description('The time zone of people who have not chosen one.')
param timeZone string

@description('Whether Microsoft Graph is asked who has people reporting to them: on or off.')
param graph string

@description('Whom people can ask about the app, for a page that anybody can read.')
param supportContact string

@description('How much goes to the log.')
param logLevel string

@description('The workspace that the log goes to.')
param workspaceId string

@description('Who hears of an alert.')
param actionGroupId string

@description('The size of the plan. Slots need Standard or Premium.')
param sku string

@description('How many instances run.')
param instances int

resource plan 'Microsoft.Web/serverfarms@2023-12-01' = {
  name: 'asp-kopje-koffie-${token}'
  location: location
  tags: tags
  kind: 'linux'
  sku: {
    name: sku
    capacity: instances
  }
  properties: {
    reserved: true
  }
}

resource site 'Microsoft.Web/sites@2023-12-01' = {
  name: 'app-kopje-koffie-${token}'
  location: location
  tags: union(tags, {
    'azd-service-name': 'bot'
  })
  kind: 'app,linux'
  identity: {
    type: 'UserAssigned'
    userAssignedIdentities: {
      '${identityId}': {}
    }
  }
  properties: {
    httpsOnly: true
    clientAffinityEnabled: false
    serverFarmId: plan.id
    siteConfig: {
      linuxFxVersion: 'NODE|24-lts'
      appCommandLine: 'node --disable-warning=ExperimentalWarning command.js serve'
      alwaysOn: true
      healthCheckPath: '/readyz'
      ftpsState: 'Disabled'
      minTlsVersion: '1.2'
      scmMinTlsVersion: '1.2'
      http20Enabled: true
    }
  }
}

resource siteSettings 'Microsoft.Web/sites/config@2023-12-01' = {
  name: 'appsettings'
  parent: site
  properties: {
    BOT_ENV: 'production'
    MicrosoftAppType: 'UserAssignedMSI'
    MicrosoftAppId: clientId
    MicrosoftAppTenantId: tenantId
    ALLOWED_TENANTS: allowedTenants
    AZURE_TABLES_ENDPOINT: tablesEndpoint
    TABLE_PREFIX: tablePrefix
    HR_ADMINS: hrAdmins
    TIME_ZONE: timeZone
    REMINDERS: 'on'
    GRAPH: graph
    SUPPORT_CONTACT: supportContact
    LOG_LEVEL: logLevel
    METRICS_LOG: 'on'
    AZURE_CLIENT_ID: clientId
    SCM_DO_BUILD_DURING_DEPLOYMENT: 'false'
    WEBSITE_RUN_FROM_PACKAGE: '1'
    WEBSITE_HEALTHCHECK_MAXPINGFAILURES: '5'
  }
}

// Stays with its slot in a swap, so that the version that waits never sends reminders.
resource sticky 'Microsoft.Web/sites/config@2023-12-01' = {
  name: 'slotConfigNames'
  parent: site
  properties: {
    appSettingNames: [
      'REMINDERS'
    ]
  }
}

resource siteNoFtpPassword 'Microsoft.Web/sites/basicPublishingCredentialsPolicies@2023-12-01' = {
  name: 'ftp'
  parent: site
  properties: {
    allow: false
  }
}

resource siteNoScmPassword 'Microsoft.Web/sites/basicPublishingCredentialsPolicies@2023-12-01' = {
  name: 'scm'
  parent: site
  properties: {
    allow: false
  }
}

resource next 'Microsoft.Web/sites/slots@2023-12-01' = {
  name: 'next'
  parent: site
  location: location
  tags: tags
  kind: 'app,linux'
  identity: {
    type: 'UserAssigned'
    userAssignedIdentities: {
      '${identityId}': {}
    }
  }
  properties: {
    httpsOnly: true
    clientAffinityEnabled: false
    serverFarmId: plan.id
    siteConfig: {
      linuxFxVersion: 'NODE|24-lts'
      appCommandLine: 'node --disable-warning=ExperimentalWarning command.js serve'
      alwaysOn: true
      healthCheckPath: '/readyz'
      ftpsState: 'Disabled'
      minTlsVersion: '1.2'
      scmMinTlsVersion: '1.2'
      http20Enabled: true
    }
  }
}

resource nextSettings 'Microsoft.Web/sites/slots/config@2023-12-01' = {
  name: 'appsettings'
  parent: next
  properties: {
    BOT_ENV: 'production'
    MicrosoftAppType: 'UserAssignedMSI'
    MicrosoftAppId: clientId
    MicrosoftAppTenantId: tenantId
    ALLOWED_TENANTS: allowedTenants
    AZURE_TABLES_ENDPOINT: tablesEndpoint
    TABLE_PREFIX: tablePrefix
    HR_ADMINS: hrAdmins
    TIME_ZONE: timeZone
    REMINDERS: 'off'
    GRAPH: graph
    SUPPORT_CONTACT: supportContact
    LOG_LEVEL: logLevel
    METRICS_LOG: 'on'
    AZURE_CLIENT_ID: clientId
    SCM_DO_BUILD_DURING_DEPLOYMENT: 'false'
    WEBSITE_RUN_FROM_PACKAGE: '1'
    WEBSITE_HEALTHCHECK_MAXPINGFAILURES: '5'
  }
}

resource nextNoFtpPassword 'Microsoft.Web/sites/slots/basicPublishingCredentialsPolicies@2023-12-01' = {
  name: 'ftp'
  parent: next
  properties: {
    allow: false
  }
}

resource nextNoScmPassword 'Microsoft.Web/sites/slots/basicPublishingCredentialsPolicies@2023-12-01' = {
  name: 'scm'
  parent: next
  properties: {
    allow: false
  }
}

// What the bot writes, codes and ids of records; not the requests, which would hold addresses of people.
resource diagnostics 'Microsoft.Insights/diagnosticSettings@2021-05-01-preview' = {
  name: 'log'
  scope: site
  properties: {
    workspaceId: workspaceId
    logs: [
      {
        category: 'AppServiceConsoleLogs'
        enabled: true
      }
      {
        category: 'AppServicePlatformLogs'
        enabled: true
      }
    ]
  }
}

resource alertNotReady 'Microsoft.Insights/metricAlerts@2018-03-01' = {
  name: 'alert-not-ready-kopje-koffie-${token}'
  location: 'global'
  tags: tags
  properties: {
    description: 'The bot is not ready: its tables do not answer, or its reminders stand still.'
    severity: 1
    enabled: true
    scopes: [
      site.id
    ]
    evaluationFrequency: 'PT5M'
    windowSize: 'PT15M'
    autoMitigate: true
    criteria: {
      'odata.type': 'Microsoft.Azure.Monitor.SingleResourceMultipleMetricCriteria'
      allOf: [
        {
          name: 'first'
          criterionType: 'StaticThresholdCriterion'
          metricNamespace: 'Microsoft.Web/sites'
          metricName: 'HealthCheckStatus'
          operator: 'LessThan'
          threshold: 100
          timeAggregation: 'Average'
        }
      ]
    }
    actions: [
      {
        actionGroupId: actionGroupId
      }
    ]
  }
}

resource alertErrors 'Microsoft.Insights/scheduledQueryRules@2023-03-15-preview' = {
  name: 'alert-errors-kopje-koffie-${token}'
  location: location
  tags: tags
  properties: {
    displayName: 'Kopje Koffie: errors in the log'
    description: 'The bot logged an error. The code in the line says which.'
    severity: 2
    enabled: true
    scopes: [
      workspaceId
    ]
    evaluationFrequency: 'PT15M'
    windowSize: 'PT15M'
    autoMitigate: true
    skipQueryValidation: true
    criteria: {
      allOf: [
        {
          query: 'AppServiceConsoleLogs | where ResultDescription has \'"level":50\' or ResultDescription has \'"level":60\''
          timeAggregation: 'Count'
          operator: 'GreaterThan'
          threshold: 0
          failingPeriods: {
            numberOfEvaluationPeriods: 1
            minFailingPeriodsToAlert: 1
          }
        }
      ]
    }
    actions: {
      actionGroups: [
        actionGroupId
      ]
    }
  }
}

@description('The public address.')
output url string = 'https://${site.properties.defaultHostName}'

@description('The resource id.')
output id string = site.id
