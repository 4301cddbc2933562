// Written by `npm run templates` from infra/azure/template. Change that, not this.

metadata description = 'The registration with Bot Framework, and its channel to Teams.'

@description('What makes the names of this environment unique.')
param token string

@description('The tags of every resource.')
param tags object

@description('The name of the bot in Azure.')
param displayName string

@description('The resource id of the identity.')
param identityId string

@description('The application (client) id of the identity.')
param clientId string

@description('The public address of the bot.')
param url string

// In West Europe whatever the region of the rest, so that what the bot service does stays in the EU.
resource bot 'Microsoft.BotService/botServices@2022-09-15' = {
  name: 'bot-kopje-koffie-${token}'
  location: 'westeurope'
  tags: tags
  kind: 'azurebot'
  sku: {
    name: 'F0'
  }
  properties: {
    displayName: displayName
    endpoint: '${url}/api/messages'
    msaAppType: 'UserAssignedMSI'
    msaAppId: clientId
    msaAppMSIResourceId: identityId
    msaAppTenantId: tenant().tenantId
    disableLocalAuth: true
    schemaTransformationVersion: '1.3'
  }
}

resource teams 'Microsoft.BotService/botServices/channels@2022-09-15' = {
  name: 'MsTeamsChannel'
  parent: bot
  location: 'westeurope'
  properties: {
    channelName: 'MsTeamsChannel'
    properties: {
      isEnabled: true
      enableCalling: false
    }
  }
}
