// Written by `npm run templates` from infra/azure/template. Change that, not this.

metadata description = 'The tables. They can be opened by an identity with the role alone: there is no key to lose.'

@description('The region.')
param location string

@description('What makes the names of this environment unique.')
param token string

@description('The tags of every resource.')
param tags object

@description('The object id of the identity that reads and writes the tables.')
param principalId string

@description('Whether the account is locked against being deleted.')
param deleteLock bool

@description('Who hears of an alert.')
param actionGroupId string

resource account 'Microsoft.Storage/storageAccounts@2023-05-01' = {
  name: 'stkopje${token}'
  location: location
  tags: tags
  kind: 'StorageV2'
  sku: {
    name: 'Standard_ZRS'
  }
  properties: {
    allowSharedKeyAccess: false
    allowBlobPublicAccess: false
    allowCrossTenantReplication: false
    defaultToOAuthAuthentication: true
    minimumTlsVersion: 'TLS1_2'
    supportsHttpsTrafficOnly: true
    publicNetworkAccess: 'Enabled'
  }
}

// No diagnostic setting: a log of requests would hold the keys of rows, and so who was looked up.
resource tables 'Microsoft.Storage/storageAccounts/tableServices@2023-05-01' = {
  name: 'default'
  parent: account
}

resource role 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  name: guid(account.id, principalId, '0a9a7e1f-b9d0-4cc4-a60d-0319b160aaa3')
  scope: account
  properties: {
    principalId: principalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', '0a9a7e1f-b9d0-4cc4-a60d-0319b160aaa3')
  }
}

// Tables have no soft delete: an account that is gone is gone with all that people agreed.
resource lock 'Microsoft.Authorization/locks@2020-05-01' = if (deleteLock) {
  name: 'keep-the-tables'
  scope: account
  properties: {
    level: 'CanNotDelete'
    notes: 'Holds the tables of Kopje Koffie. Take this lock away before you delete the account.'
  }
}

resource alertTables 'Microsoft.Insights/metricAlerts@2018-03-01' = {
  name: 'alert-tables-kopje-koffie-${token}'
  location: 'global'
  tags: tags
  properties: {
    description: 'The tables answer fewer than 99 of 100 requests.'
    severity: 1
    enabled: true
    scopes: [
      account.id
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
          metricNamespace: 'Microsoft.Storage/storageAccounts'
          metricName: 'Availability'
          operator: 'LessThan'
          threshold: 99
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

@description('The address of the table service.')
output tablesEndpoint string = account.properties.primaryEndpoints.table
