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

@description('What the answers of open team scans are encrypted with.')
@secure()
param scanSecret string

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
    SCAN_SECRET: scanSecret
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
    SCAN_SECRET: scanSecret
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

resource alertCritical 'Microsoft.Insights/scheduledQueryRules@2023-03-15-preview' = {
  name: 'alert-critical-kopje-koffie-${token}'
  location: location
  tags: tags
  properties: {
    displayName: 'Kopje Koffie: critical'
    description: 'The dimension alert says which. What to do stands under that name in docs/operate.md.'
    severity: 1
    enabled: true
    scopes: [
      workspaceId
    ]
    evaluationFrequency: 'PT5M'
    windowSize: 'PT5M'
    overrideQueryTimeRange: 'PT1H'
    autoMitigate: true
    skipQueryValidation: true
    criteria: {
      allOf: [
        {
          query: 'let points = materialize(AppServiceConsoleLogs\n| where ResultDescription has \'"code":"metrics"\'\n| extend line = parse_json(tostring(ResultDescription))\n| mv-expand point = line.points\n| project TimeGenerated, instance = tostring(line.instance), version = tostring(line.version),\n  name = tostring(point.name),\n  attributes = point.attributes, value = todouble(point.value), count = tolong(point["count"]),\n  total = todouble(point["sum"]), most = todouble(point["max"]));\nunion\n(points | where name == "kopje_job_lag_seconds" and TimeGenerated > ago(10m) | summarize arg_max(TimeGenerated, value, attributes) by instance, job = tostring(attributes.job) | where job == "reminders" | summarize lag = min(value) | where lag > 240 | extend alert = "ReminderRunsStopped", summary = "No reminders have been looked at for over four minutes."),\n(points | where name == "kopje_reminders_lag_seconds" and TimeGenerated > ago(10m) | summarize arg_max(TimeGenerated, value, attributes) by instance | summarize lag = max(value) | where lag > 3600 | extend alert = "RemindersVeryLate", summary = "A reminder is over an hour late."),\n(points | where name == "kopje_table_request_seconds" and TimeGenerated > ago(5m) | summarize bad = sumif(count, tostring(attributes.status) in ("server-error", "silent", "away", "denied")), all = sum(count) | where all > 0 and 100.0 * bad / all > 5 | extend alert = "TablesFail", summary = "More than 5 of 100 requests to the tables fail."),\n(points | where name == "kopje_channel_request_seconds" and TimeGenerated > ago(10m) | summarize bad = sumif(count, tostring(attributes.status) in ("400", "401", "413", "500", "502", "503", "504", "other", "none", "no-token")), all = sum(count) | where bad > 4 and 100.0 * bad / all > 20 | extend alert = "ChannelFails", summary = "More than 20 of 100 messages to Teams fail."),\n(points | where name == "kopje_http_requests_total" and TimeGenerated > ago(10m) and tostring(attributes.status) == "503" | summarize refused = sum(value) | where refused > 2 | extend alert = "KeysAway", summary = "The keys to check tokens with cannot be had, so that nobody can talk to the bot."),\n(points | where name == "kopje_turn_seconds" and TimeGenerated > ago(10m) | summarize bad = sumif(count, tostring(attributes.outcome) in ("failed", "late")), all = sum(count) | where bad > 2 and 100.0 * bad / all > 5 | extend alert = "TurnsFail", summary = "More than 5 of 100 times that people ask something they get no answer."),\n(points | where TimeGenerated > ago(10m) | summarize lines = count() | where lines == 0 | extend alert = "NoInstance", summary = "No instance is measured, so probably none runs.")\n| project TimeGenerated = now(), alert, summary'
          timeAggregation: 'Count'
          operator: 'GreaterThan'
          threshold: 0
          dimensions: [
            {
              name: 'alert'
              operator: 'Include'
              values: [
                '*'
              ]
            }
          ]
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

resource alertWarning 'Microsoft.Insights/scheduledQueryRules@2023-03-15-preview' = {
  name: 'alert-warning-kopje-koffie-${token}'
  location: location
  tags: tags
  properties: {
    displayName: 'Kopje Koffie: warning'
    description: 'The dimension alert says which. What to do stands under that name in docs/operate.md.'
    severity: 2
    enabled: true
    scopes: [
      workspaceId
    ]
    evaluationFrequency: 'PT5M'
    windowSize: 'PT5M'
    overrideQueryTimeRange: 'PT1H'
    autoMitigate: true
    skipQueryValidation: true
    criteria: {
      allOf: [
        {
          query: 'let points = materialize(AppServiceConsoleLogs\n| where ResultDescription has \'"code":"metrics"\'\n| extend line = parse_json(tostring(ResultDescription))\n| mv-expand point = line.points\n| project TimeGenerated, instance = tostring(line.instance), version = tostring(line.version),\n  name = tostring(point.name),\n  attributes = point.attributes, value = todouble(point.value), count = tolong(point["count"]),\n  total = todouble(point["sum"]), most = todouble(point["max"]));\nunion\n(points | where name == "kopje_reminders_lag_seconds" and TimeGenerated > ago(10m) | summarize arg_max(TimeGenerated, value, attributes) by instance | summarize lag = max(value) | where lag > 900 | extend alert = "RemindersLate", summary = "A reminder is over a quarter of an hour late."),\n(points | where name == "kopje_reminders_total" and TimeGenerated > ago(1h) and tostring(attributes.outcome) in ("gave-up", "set-aside") | summarize lost = sum(value) | where lost > 0 | extend alert = "RemindersGivenUp", summary = "A reminder was given up after five days, or could not be read and was set aside."),\n(points | where name == "kopje_job_runs_total" and TimeGenerated > ago(15m) and tostring(attributes.outcome) == "failed" | summarize failed = sum(value) by job = tostring(attributes.job) | where failed > 2 | extend alert = "JobFails", summary = "A job failed three times within a quarter of an hour."),\n(points | where name == "kopje_job_lag_seconds" and TimeGenerated > ago(10m) | summarize arg_max(TimeGenerated, value, attributes) by instance, job = tostring(attributes.job) | where job != "reminders" | summarize lag = min(value) by job | where lag > 7200 | extend alert = "NightMissed", summary = "A job of the night is not done two hours after its time."),\n(points | where name == "kopje_table_request_seconds" and TimeGenerated > ago(5m) | summarize bad = sumif(count, tostring(attributes.status) in ("throttled")), all = sum(count) | where all > 0 and 100.0 * bad / all > 2 | extend alert = "TablesThrottled", summary = "The tables refuse more than 2 of 100 requests because there are too many."),\n(points | where name == "kopje_table_request_seconds" and TimeGenerated > ago(10m) | summarize seconds = sum(total) / sum(count) | where seconds > 0.5 | extend alert = "TablesSlow", summary = "One of ten requests to the tables takes longer than a second."),\n(points | where name == "kopje_channel_request_seconds" and TimeGenerated > ago(10m) | summarize bad = sumif(count, tostring(attributes.status) in ("429")), all = sum(count) | where bad > 4 and 100.0 * bad / all > 5 | extend alert = "ChannelThrottled", summary = "Teams says of more than 5 of 100 messages that there are too many."),\n(points | where name == "kopje_unreachable_total" and TimeGenerated > ago(1h) | summarize people = sum(value) | where people > 20 | extend alert = "ManyUnreachable", summary = "Over 20 reminders found somebody out of reach within an hour."),\n(points | where name == "kopje_http_requests_total" and TimeGenerated > ago(30m) | summarize refused = sumif(value, tostring(attributes.status) == "401"), served = sumif(value, tostring(attributes.status) == "200") | where refused > 20 and served == 0 | extend alert = "EveryoneRefused", summary = "Requests are refused, and nobody was let in for half an hour."),\n(points | where name == "kopje_turn_seconds" and TimeGenerated > ago(15m) | summarize seconds = sum(total) / sum(count) | where seconds > 2 | extend alert = "TurnsSlow", summary = "One of ten answers takes longer than three seconds."),\n(points | where name == "kopje_build_info" | summarize now = dcountif(instance, TimeGenerated > ago(10m)), before = dcountif(instance, TimeGenerated between (ago(25m) .. ago(15m))) | where now < before | extend alert = "InstanceDown", summary = "An instance does not answer Prometheus."),\n(points | where name == "kopje_uptime_seconds" and TimeGenerated > ago(30m) | summarize all = dcount(instance), now = dcountif(instance, TimeGenerated > ago(10m)) | where all - now > 2 | extend alert = "InstanceRestarts", summary = "An instance was started three times within half an hour."),\n(points | where name == "kopje_clock_ahead_seconds" and TimeGenerated > ago(10m) | summarize arg_max(TimeGenerated, value, attributes) by instance | where abs(value) > 60 | summarize off = max(abs(value)), instances = count() | where instances > 0 | extend alert = "ClockWrong", summary = "The clock of an instance is over a minute off the one of the tables."),\n(points | where name == "kopje_event_loop_delay_seconds" and TimeGenerated > ago(10m) and tostring(attributes.percentile) == "99" | summarize least = min(value) by instance | where least > 0.5 | extend alert = "EventLoopBlocked", summary = "An instance has too much to do, and keeps everybody waiting."),\n(points | where name == "kopje_memory_bytes" and TimeGenerated > ago(15m) and tostring(attributes.part) == "rss" | summarize least = min(value) by instance | where least > 800000000 | extend alert = "MemoryHigh", summary = "An instance uses over 800 MB.")\n| project TimeGenerated = now(), alert, summary'
          timeAggregation: 'Count'
          operator: 'GreaterThan'
          threshold: 0
          dimensions: [
            {
              name: 'alert'
              operator: 'Include'
              values: [
                '*'
              ]
            }
          ]
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

resource workbook 'Microsoft.Insights/workbooks@2022-04-01' = {
  name: guid(resourceGroup().id, 'kopje-koffie-workbook')
  location: location
  tags: tags
  kind: 'shared'
  properties: {
    displayName: 'Kopje Koffie'
    category: 'workbook'
    sourceId: workspaceId
    serializedData: '{"version":"Notebook/1.0","items":[{"type":9,"name":"time","content":{"version":"KqlParameterItem/1.0","style":"pills","queryType":0,"resourceType":"microsoft.operationalinsights/workspaces","parameters":[{"id":"c5b1a6f0-3f0e-4a5e-9a54-6f0f5c1f0001","version":"KqlParameterItem/1.0","name":"time","label":"Time","type":4,"value":{"durationMs":86400000},"typeSettings":{"selectableValues":[{"durationMs":3600000},{"durationMs":14400000},{"durationMs":86400000},{"durationMs":604800000}]}}]}},{"type":1,"name":"about","content":{"json":"What the bot does, over {time}. docs/operate.md has each figure."}},{"type":3,"name":"panel-0","customWidth":"100","content":{"version":"KqlItem/1.0","query":"let points = materialize(AppServiceConsoleLogs\\n| where ResultDescription has \'\\"code\\":\\"metrics\\"\'\\n| extend line = parse_json(tostring(ResultDescription))\\n| mv-expand point = line.points\\n| project TimeGenerated, instance = tostring(line.instance), version = tostring(line.version),\\n  name = tostring(point.name),\\n  attributes = point.attributes, value = todouble(point.value), count = tolong(point[\\"count\\"]),\\n  total = todouble(point[\\"sum\\"]), most = todouble(point[\\"max\\"]));\\npoints | where isnotnull(value) and name in (\\"kopje_reminders_lag_seconds\\", \\"kopje_job_lag_seconds\\", \\"kopje_send_rate_per_second\\", \\"kopje_held_organisations\\", \\"kopje_clock_ahead_seconds\\", \\"kopje_uptime_seconds\\", \\"kopje_build_info\\") | summarize arg_max(TimeGenerated, value) by instance, version, name, labels = tostring(attributes) | project instance, version, name, labels, value, TimeGenerated | order by name asc","size":0,"title":"Is it well: the last figures of each instance","timeContextFromParameter":"time","queryType":0,"resourceType":"microsoft.operationalinsights/workspaces","visualization":"table"}},{"type":3,"name":"panel-1","customWidth":"50","content":{"version":"KqlItem/1.0","query":"let points = materialize(AppServiceConsoleLogs\\n| where ResultDescription has \'\\"code\\":\\"metrics\\"\'\\n| extend line = parse_json(tostring(ResultDescription))\\n| mv-expand point = line.points\\n| project TimeGenerated, instance = tostring(line.instance), version = tostring(line.version),\\n  name = tostring(point.name),\\n  attributes = point.attributes, value = todouble(point.value), count = tolong(point[\\"count\\"]),\\n  total = todouble(point[\\"sum\\"]), most = todouble(point[\\"max\\"]));\\npoints | where name == \\"kopje_reminders_lag_seconds\\" | summarize seconds = max(value) by bin(TimeGenerated, 5m)","size":0,"title":"Oldest reminder that is due, in seconds","timeContextFromParameter":"time","queryType":0,"resourceType":"microsoft.operationalinsights/workspaces","visualization":"timechart"}},{"type":3,"name":"panel-2","customWidth":"50","content":{"version":"KqlItem/1.0","query":"let points = materialize(AppServiceConsoleLogs\\n| where ResultDescription has \'\\"code\\":\\"metrics\\"\'\\n| extend line = parse_json(tostring(ResultDescription))\\n| mv-expand point = line.points\\n| project TimeGenerated, instance = tostring(line.instance), version = tostring(line.version),\\n  name = tostring(point.name),\\n  attributes = point.attributes, value = todouble(point.value), count = tolong(point[\\"count\\"]),\\n  total = todouble(point[\\"sum\\"]), most = todouble(point[\\"max\\"]));\\npoints | where name == \\"kopje_reminders_total\\" | summarize reminders = sum(value) by bin(TimeGenerated, 5m), tostring(attributes.outcome)","size":0,"title":"What came of reminders","timeContextFromParameter":"time","queryType":0,"resourceType":"microsoft.operationalinsights/workspaces","visualization":"timechart"}},{"type":3,"name":"panel-3","customWidth":"50","content":{"version":"KqlItem/1.0","query":"let points = materialize(AppServiceConsoleLogs\\n| where ResultDescription has \'\\"code\\":\\"metrics\\"\'\\n| extend line = parse_json(tostring(ResultDescription))\\n| mv-expand point = line.points\\n| project TimeGenerated, instance = tostring(line.instance), version = tostring(line.version),\\n  name = tostring(point.name),\\n  attributes = point.attributes, value = todouble(point.value), count = tolong(point[\\"count\\"]),\\n  total = todouble(point[\\"sum\\"]), most = todouble(point[\\"max\\"]));\\npoints | where name == \\"kopje_channel_request_seconds\\" | summarize messages = sum(count) by bin(TimeGenerated, 5m), strcat(tostring(attributes.purpose), \\" \\", tostring(attributes.status))","size":0,"title":"Messages to Teams by status","timeContextFromParameter":"time","queryType":0,"resourceType":"microsoft.operationalinsights/workspaces","visualization":"timechart"}},{"type":3,"name":"panel-4","customWidth":"50","content":{"version":"KqlItem/1.0","query":"let points = materialize(AppServiceConsoleLogs\\n| where ResultDescription has \'\\"code\\":\\"metrics\\"\'\\n| extend line = parse_json(tostring(ResultDescription))\\n| mv-expand point = line.points\\n| project TimeGenerated, instance = tostring(line.instance), version = tostring(line.version),\\n  name = tostring(point.name),\\n  attributes = point.attributes, value = todouble(point.value), count = tolong(point[\\"count\\"]),\\n  total = todouble(point[\\"sum\\"]), most = todouble(point[\\"max\\"]));\\npoints | where name in (\\"kopje_unreachable_total\\", \\"kopje_reminder_retries_total\\") | summarize messages = sum(value) by bin(TimeGenerated, 1h), strcat(name, \\" \\", tostring(attributes.reason))","size":0,"title":"Out of reach, by why; and requests that sent a reminder again","timeContextFromParameter":"time","queryType":0,"resourceType":"microsoft.operationalinsights/workspaces","visualization":"timechart"}},{"type":3,"name":"panel-5","customWidth":"50","content":{"version":"KqlItem/1.0","query":"let points = materialize(AppServiceConsoleLogs\\n| where ResultDescription has \'\\"code\\":\\"metrics\\"\'\\n| extend line = parse_json(tostring(ResultDescription))\\n| mv-expand point = line.points\\n| project TimeGenerated, instance = tostring(line.instance), version = tostring(line.version),\\n  name = tostring(point.name),\\n  attributes = point.attributes, value = todouble(point.value), count = tolong(point[\\"count\\"]),\\n  total = todouble(point[\\"sum\\"]), most = todouble(point[\\"max\\"]));\\npoints | where name == \\"kopje_turn_seconds\\" | summarize turns = sum(count) by bin(TimeGenerated, 5m), strcat(tostring(attributes.kind), \\" \\", tostring(attributes.outcome))","size":0,"title":"Turns, by what they were and what came of them","timeContextFromParameter":"time","queryType":0,"resourceType":"microsoft.operationalinsights/workspaces","visualization":"timechart"}},{"type":3,"name":"panel-6","customWidth":"50","content":{"version":"KqlItem/1.0","query":"let points = materialize(AppServiceConsoleLogs\\n| where ResultDescription has \'\\"code\\":\\"metrics\\"\'\\n| extend line = parse_json(tostring(ResultDescription))\\n| mv-expand point = line.points\\n| project TimeGenerated, instance = tostring(line.instance), version = tostring(line.version),\\n  name = tostring(point.name),\\n  attributes = point.attributes, value = todouble(point.value), count = tolong(point[\\"count\\"]),\\n  total = todouble(point[\\"sum\\"]), most = todouble(point[\\"max\\"]));\\npoints | where name == \\"kopje_turn_seconds\\" | summarize average = sum(total) / sum(count), longest = max(most) by bin(TimeGenerated, 5m)","size":0,"title":"How long an answer takes, in seconds: on average, and the longest","timeContextFromParameter":"time","queryType":0,"resourceType":"microsoft.operationalinsights/workspaces","visualization":"timechart"}},{"type":3,"name":"panel-7","customWidth":"50","content":{"version":"KqlItem/1.0","query":"let points = materialize(AppServiceConsoleLogs\\n| where ResultDescription has \'\\"code\\":\\"metrics\\"\'\\n| extend line = parse_json(tostring(ResultDescription))\\n| mv-expand point = line.points\\n| project TimeGenerated, instance = tostring(line.instance), version = tostring(line.version),\\n  name = tostring(point.name),\\n  attributes = point.attributes, value = todouble(point.value), count = tolong(point[\\"count\\"]),\\n  total = todouble(point[\\"sum\\"]), most = todouble(point[\\"max\\"]));\\npoints | where name == \\"kopje_http_requests_total\\" | summarize requests = sum(value) by bin(TimeGenerated, 5m), tostring(attributes.status)","size":0,"title":"Requests by status","timeContextFromParameter":"time","queryType":0,"resourceType":"microsoft.operationalinsights/workspaces","visualization":"timechart"}},{"type":3,"name":"panel-8","customWidth":"50","content":{"version":"KqlItem/1.0","query":"let points = materialize(AppServiceConsoleLogs\\n| where ResultDescription has \'\\"code\\":\\"metrics\\"\'\\n| extend line = parse_json(tostring(ResultDescription))\\n| mv-expand point = line.points\\n| project TimeGenerated, instance = tostring(line.instance), version = tostring(line.version),\\n  name = tostring(point.name),\\n  attributes = point.attributes, value = todouble(point.value), count = tolong(point[\\"count\\"]),\\n  total = todouble(point[\\"sum\\"]), most = todouble(point[\\"max\\"]));\\npoints | where name == \\"kopje_table_request_seconds\\" | summarize requests = sum(count) by bin(TimeGenerated, 5m), tostring(attributes.status)","size":0,"title":"Requests to the tables by status","timeContextFromParameter":"time","queryType":0,"resourceType":"microsoft.operationalinsights/workspaces","visualization":"timechart"}},{"type":3,"name":"panel-9","customWidth":"50","content":{"version":"KqlItem/1.0","query":"let points = materialize(AppServiceConsoleLogs\\n| where ResultDescription has \'\\"code\\":\\"metrics\\"\'\\n| extend line = parse_json(tostring(ResultDescription))\\n| mv-expand point = line.points\\n| project TimeGenerated, instance = tostring(line.instance), version = tostring(line.version),\\n  name = tostring(point.name),\\n  attributes = point.attributes, value = todouble(point.value), count = tolong(point[\\"count\\"]),\\n  total = todouble(point[\\"sum\\"]), most = todouble(point[\\"max\\"]));\\npoints | where name == \\"kopje_table_request_seconds\\" | summarize average = sum(total) / sum(count) by bin(TimeGenerated, 5m), tostring(attributes.operation)","size":0,"title":"How long the tables take, in seconds, by operation","timeContextFromParameter":"time","queryType":0,"resourceType":"microsoft.operationalinsights/workspaces","visualization":"timechart"}},{"type":3,"name":"panel-10","customWidth":"50","content":{"version":"KqlItem/1.0","query":"let points = materialize(AppServiceConsoleLogs\\n| where ResultDescription has \'\\"code\\":\\"metrics\\"\'\\n| extend line = parse_json(tostring(ResultDescription))\\n| mv-expand point = line.points\\n| project TimeGenerated, instance = tostring(line.instance), version = tostring(line.version),\\n  name = tostring(point.name),\\n  attributes = point.attributes, value = todouble(point.value), count = tolong(point[\\"count\\"]),\\n  total = todouble(point[\\"sum\\"]), most = todouble(point[\\"max\\"]));\\npoints | where name == \\"kopje_job_runs_total\\" | summarize runs = sum(value) by bin(TimeGenerated, 15m), strcat(tostring(attributes.job), \\" \\", tostring(attributes.outcome))","size":0,"title":"Runs of jobs","timeContextFromParameter":"time","queryType":0,"resourceType":"microsoft.operationalinsights/workspaces","visualization":"timechart"}},{"type":3,"name":"panel-11","customWidth":"50","content":{"version":"KqlItem/1.0","query":"let points = materialize(AppServiceConsoleLogs\\n| where ResultDescription has \'\\"code\\":\\"metrics\\"\'\\n| extend line = parse_json(tostring(ResultDescription))\\n| mv-expand point = line.points\\n| project TimeGenerated, instance = tostring(line.instance), version = tostring(line.version),\\n  name = tostring(point.name),\\n  attributes = point.attributes, value = todouble(point.value), count = tolong(point[\\"count\\"]),\\n  total = todouble(point[\\"sum\\"]), most = todouble(point[\\"max\\"]));\\npoints | where name in (\\"kopje_job_seconds\\", \\"kopje_ticks_begun_anew_total\\") | summarize figure = sum(coalesce(total, value)) by bin(TimeGenerated, 15m), strcat(name, \\" \\", tostring(attributes.job), tostring(attributes.why))","size":0,"title":"How long jobs take, in seconds, and how often ticking was begun anew","timeContextFromParameter":"time","queryType":0,"resourceType":"microsoft.operationalinsights/workspaces","visualization":"timechart"}},{"type":3,"name":"panel-12","customWidth":"50","content":{"version":"KqlItem/1.0","query":"let points = materialize(AppServiceConsoleLogs\\n| where ResultDescription has \'\\"code\\":\\"metrics\\"\'\\n| extend line = parse_json(tostring(ResultDescription))\\n| mv-expand point = line.points\\n| project TimeGenerated, instance = tostring(line.instance), version = tostring(line.version),\\n  name = tostring(point.name),\\n  attributes = point.attributes, value = todouble(point.value), count = tolong(point[\\"count\\"]),\\n  total = todouble(point[\\"sum\\"]), most = todouble(point[\\"max\\"]));\\npoints | where name == \\"kopje_event_loop_delay_seconds\\" | summarize seconds = max(value) by bin(TimeGenerated, 5m), tostring(attributes.percentile)","size":0,"title":"Event loop delay, in seconds","timeContextFromParameter":"time","queryType":0,"resourceType":"microsoft.operationalinsights/workspaces","visualization":"timechart"}},{"type":3,"name":"panel-13","customWidth":"50","content":{"version":"KqlItem/1.0","query":"let points = materialize(AppServiceConsoleLogs\\n| where ResultDescription has \'\\"code\\":\\"metrics\\"\'\\n| extend line = parse_json(tostring(ResultDescription))\\n| mv-expand point = line.points\\n| project TimeGenerated, instance = tostring(line.instance), version = tostring(line.version),\\n  name = tostring(point.name),\\n  attributes = point.attributes, value = todouble(point.value), count = tolong(point[\\"count\\"]),\\n  total = todouble(point[\\"sum\\"]), most = todouble(point[\\"max\\"]));\\npoints | where name == \\"kopje_memory_bytes\\" | summarize bytes = max(value) by bin(TimeGenerated, 5m), tostring(attributes.part)","size":0,"title":"Memory, in bytes","timeContextFromParameter":"time","queryType":0,"resourceType":"microsoft.operationalinsights/workspaces","visualization":"timechart"}}]}'
  }
}

@description('The public address.')
output url string = 'https://${site.properties.defaultHostName}'

@description('The resource id.')
output id string = site.id
