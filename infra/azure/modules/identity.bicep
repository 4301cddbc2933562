// Written by `npm run templates` from infra/azure/template. Change that, not this.

metadata description = 'The identity that the bot has: it has no password, so none can be lost.'

@description('The region.')
param location string

@description('What makes the names of this environment unique.')
param token string

@description('The tags of every resource.')
param tags object

resource identity 'Microsoft.ManagedIdentity/userAssignedIdentities@2023-01-31' = {
  name: 'id-kopje-koffie-${token}'
  location: location
  tags: tags
}

@description('The resource id.')
output id string = identity.id

@description('The application (client) id.')
output clientId string = identity.properties.clientId

@description('The object id, for roles.')
output principalId string = identity.properties.principalId
