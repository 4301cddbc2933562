// Written by `npm run templates` from infra/azure/template. Change that, not this.

targetScope = 'resourceGroup'

metadata description = 'Kopje Koffie: the bot, its identity, its tables, its registration, its log and its alerts.'

@description('A short name of this environment, such as prod or test.')
@minLength(1)
@maxLength(32)
param environmentName string

@description('The region of all but the registration of the bot. It must have availability zones.')
param location string = resourceGroup().location

@description('What the answers of open team scans are encrypted with: 32 characters or more, by chance, such as openssl rand -hex 32 makes. The same with each deployment; to change it, the new one and the old one behind it, with a comma. Or off: there are no team scans.')
@secure()
@minLength(3)
param scanSecret string

@description('Where the bot runs.')
@allowed([
  'appservice'
  'containerapps'
])
param host string = 'appservice'

@description('App Service: the size of the plan. Slots need Standard (S1) or Premium (P0v3).')
param appServiceSku string = 'P0v3'

@description('How many instances or replicas run at least.')
@minValue(1)
@maxValue(3)
param instances int = 1

@description('Container Apps: the image, with its registry and its tag or digest.')
param image string = ''

@description('Container Apps: the revision that gets all traffic, to go back to it. Empty: the newest.')
param revision string = ''

@description('The Entra object ids of the people of HR, separated by commas.')
param hrAdmins string = ''

@description('The tenants whose people may use the bot, separated by commas. Usually your own alone.')
param allowedTenants string = tenant().tenantId

@description('on: whoever has people reporting to them in Entra may record too. Needs the permission User.Read.All for the identity.')
@allowed([
  'on'
  'off'
])
param graph string = 'off'

@description('The time zone of people who have not chosen one.')
param timeZone string = 'Europe/Amsterdam'

@description('What the names of the tables start with. Letters and digits, a letter first.')
@maxLength(40)
param tablePrefix string = 'kopje'

@description('How much goes to the log. It never holds what people type.')
@allowed([
  'fatal'
  'error'
  'warn'
  'info'
  'debug'
  'trace'
  'silent'
])
param logLevel string = 'info'

@description('Whom people can ask about the app, for a page that anybody can read: a help desk, no person. Empty: nobody is named.')
@maxLength(200)
param supportContact string = ''

@description('How long the log is kept, in days.')
@minValue(30)
@maxValue(730)
param logRetentionDays int = 30

@description('Who gets an e-mail when the bot is not well. Empty: nobody.')
param alertEmail string = ''

@description('Whether the account with the tables is locked against being deleted.')
param deleteLock bool = true

@description('The name of the bot in Azure.')
param botDisplayName string = 'Kopje Koffie'

var token = uniqueString(subscription().id, resourceGroup().id, environmentName)

var tags = {
  'azd-env-name': environmentName
  application: 'kopje-koffie'
}

module identity 'modules/identity.bicep' = {
  name: 'identity'
  params: {
    location: location
    token: token
    tags: tags
  }
}

module monitoring 'modules/monitoring.bicep' = {
  name: 'monitoring'
  params: {
    location: location
    token: token
    tags: tags
    retentionDays: logRetentionDays
    alertEmail: alertEmail
  }
}

module storage 'modules/storage.bicep' = {
  name: 'storage'
  params: {
    location: location
    token: token
    tags: tags
    principalId: identity.outputs.principalId
    deleteLock: deleteLock
    actionGroupId: monitoring.outputs.actionGroupId
  }
}

module appService 'modules/app-service.bicep' = if (host == 'appservice') {
  name: 'app-service'
  params: {
    location: location
    token: token
    tags: tags
    identityId: identity.outputs.id
    clientId: identity.outputs.clientId
    tenantId: tenant().tenantId
    tablesEndpoint: storage.outputs.tablesEndpoint
    allowedTenants: allowedTenants
    tablePrefix: tablePrefix
    hrAdmins: hrAdmins
    timeZone: timeZone
    graph: graph
    supportContact: supportContact
    logLevel: logLevel
    scanSecret: scanSecret
    workspaceId: monitoring.outputs.workspaceId
    actionGroupId: monitoring.outputs.actionGroupId
    sku: appServiceSku
    instances: instances
  }
}

module containerApps 'modules/container-apps.bicep' = if (host == 'containerapps') {
  name: 'container-apps'
  params: {
    location: location
    token: token
    tags: tags
    identityId: identity.outputs.id
    clientId: identity.outputs.clientId
    tenantId: tenant().tenantId
    tablesEndpoint: storage.outputs.tablesEndpoint
    allowedTenants: allowedTenants
    tablePrefix: tablePrefix
    hrAdmins: hrAdmins
    timeZone: timeZone
    graph: graph
    supportContact: supportContact
    logLevel: logLevel
    scanSecret: scanSecret
    workspaceId: monitoring.outputs.workspaceId
    actionGroupId: monitoring.outputs.actionGroupId
    image: image
    replicas: instances
    revision: revision
  }
}

module bot 'modules/bot.bicep' = {
  name: 'bot'
  params: {
    token: token
    tags: tags
    displayName: botDisplayName
    identityId: identity.outputs.id
    clientId: identity.outputs.clientId
    url: host == 'appservice' ? appService!.outputs.url : containerApps!.outputs.url
  }
}

@description('For the app package: the id of the bot.')
output MicrosoftAppId string = identity.outputs.clientId

@description('For the app package: the public address of the bot.')
output PUBLIC_URL string = host == 'appservice' ? appService!.outputs.url : containerApps!.outputs.url

@description('For deploying: the resource id of the App Service or the Container App.')
output BOT_RESOURCE_ID string = host == 'appservice' ? appService!.outputs.id : containerApps!.outputs.id

@description('The address of the table service, for a backup or a job by hand.')
output AZURE_TABLES_ENDPOINT string = storage.outputs.tablesEndpoint
