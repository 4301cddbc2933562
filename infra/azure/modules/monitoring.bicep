// Written by `npm run templates` from infra/azure/template. Change that, not this.

metadata description = 'Where the log goes, and who hears of an alert.'

@description('The region.')
param location string

@description('What makes the names of this environment unique.')
param token string

@description('The tags of every resource.')
param tags object

@description('How long the log is kept, in days.')
param retentionDays int

@description('Who gets an e-mail on an alert; empty for nobody.')
param alertEmail string

resource workspace 'Microsoft.OperationalInsights/workspaces@2023-09-01' = {
  name: 'log-kopje-koffie-${token}'
  location: location
  tags: tags
  properties: {
    sku: {
      name: 'PerGB2018'
    }
    retentionInDays: retentionDays
    features: {
      disableLocalAuth: true
    }
  }
}

resource actionGroup 'Microsoft.Insights/actionGroups@2023-01-01' = {
  name: 'ag-kopje-koffie-${token}'
  location: 'global'
  tags: tags
  properties: {
    groupShortName: 'kopjekoffie'
    enabled: true
    emailReceivers: empty(alertEmail) ? [] : [
      {
        name: 'operator'
        emailAddress: alertEmail
        useCommonAlertSchema: true
      }
    ]
  }
}

@description('The resource id of the workspace.')
output workspaceId string = workspace.id

@description('The resource id of the action group.')
output actionGroupId string = actionGroup.id
