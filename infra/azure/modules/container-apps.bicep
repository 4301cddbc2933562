// Written by `npm run templates` from infra/azure/template. Change that, not this.

metadata description = 'The bot on Container Apps: at least one replica, and revisions between which traffic is moved.'

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

@description('The image, with its registry and its tag or digest.')
param image string

@description('How many replicas run at least; one too few and nobody is reminded.')
param replicas int

@description('The revision that gets all traffic, to go back to it; empty for the newest.')
param revision string

// Logs by way of Azure Monitor: the other way needs the key of the workspace.
resource environment 'Microsoft.App/managedEnvironments@2024-03-01' = {
  name: 'cae-kopje-koffie-${token}'
  location: location
  tags: tags
  properties: {
    appLogsConfiguration: {
      destination: 'azure-monitor'
    }
  }
}

resource diagnostics 'Microsoft.Insights/diagnosticSettings@2021-05-01-preview' = {
  name: 'log'
  scope: environment
  properties: {
    workspaceId: workspaceId
    logs: [
      {
        category: 'ContainerAppConsoleLogs'
        enabled: true
      }
      {
        category: 'ContainerAppSystemLogs'
        enabled: true
      }
    ]
  }
}

resource app 'Microsoft.App/containerApps@2024-03-01' = {
  name: 'ca-kopje-${token}'
  location: location
  tags: union(tags, {
    'azd-service-name': 'bot'
  })
  identity: {
    type: 'UserAssigned'
    userAssignedIdentities: {
      '${identityId}': {}
    }
  }
  properties: {
    managedEnvironmentId: environment.id
    configuration: {
      activeRevisionsMode: 'Multiple'
      ingress: {
        external: true
        allowInsecure: false
        targetPort: 8080
        transport: 'http'
        traffic: empty(revision) ? [
          {
            latestRevision: true
            weight: 100
          }
        ] : [
          {
            revisionName: revision
            weight: 100
          }
        ]
      }
    }
    template: {
      terminationGracePeriodSeconds: 30
      containers: [
        {
          name: 'bot'
          image: image
          resources: {
            cpu: json('0.5')
            memory: '1Gi'
          }
          env: [
            {
              name: 'BOT_ENV'
              value: 'production'
            }
            {
              name: 'MicrosoftAppType'
              value: 'UserAssignedMSI'
            }
            {
              name: 'MicrosoftAppId'
              value: clientId
            }
            {
              name: 'MicrosoftAppTenantId'
              value: tenantId
            }
            {
              name: 'ALLOWED_TENANTS'
              value: allowedTenants
            }
            {
              name: 'AZURE_TABLES_ENDPOINT'
              value: tablesEndpoint
            }
            {
              name: 'TABLE_PREFIX'
              value: tablePrefix
            }
            {
              name: 'HR_ADMINS'
              value: hrAdmins
            }
            {
              name: 'TIME_ZONE'
              value: timeZone
            }
            {
              name: 'REMINDERS'
              value: 'on'
            }
            {
              name: 'GRAPH'
              value: graph
            }
            {
              name: 'SUPPORT_CONTACT'
              value: supportContact
            }
            {
              name: 'LOG_LEVEL'
              value: logLevel
            }
            {
              name: 'METRICS_LOG'
              value: 'on'
            }
            {
              name: 'AZURE_CLIENT_ID'
              value: clientId
            }
          ]
          probes: [
            {
              type: 'Startup'
              httpGet: {
                path: '/healthz'
                port: 8080
              }
              timeoutSeconds: 5
              periodSeconds: 2
              failureThreshold: 30
            }
            {
              type: 'Liveness'
              httpGet: {
                path: '/healthz'
                port: 8080
              }
              timeoutSeconds: 5
              periodSeconds: 10
              failureThreshold: 3
            }
            {
              type: 'Readiness'
              httpGet: {
                path: '/readyz'
                port: 8080
              }
              timeoutSeconds: 5
              periodSeconds: 10
              failureThreshold: 3
            }
          ]
        }
      ]
      scale: {
        minReplicas: replicas
        maxReplicas: 3
      }
    }
  }
}

resource alertNotReady 'Microsoft.Insights/metricAlerts@2018-03-01' = {
  name: 'alert-not-ready-kopje-koffie-${token}'
  location: 'global'
  tags: tags
  properties: {
    description: 'No replica of the bot runs.'
    severity: 1
    enabled: true
    scopes: [
      app.id
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
          metricNamespace: 'Microsoft.App/containerApps'
          metricName: 'Replicas'
          operator: 'LessThan'
          threshold: 1
          timeAggregation: 'Maximum'
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
          query: 'ContainerAppConsoleLogs | where Log has \'"level":50\' or Log has \'"level":60\''
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
output url string = 'https://${app.properties.configuration.ingress.fqdn}'

@description('The resource id.')
output id string = app.id
