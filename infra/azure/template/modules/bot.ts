import { PLACE, textParameter } from '../parameters.js';
import { named } from '../settings.js';
import { parameter, propertyOf, type Template, text } from '../template.js';

export const BOT: Template = {
  description: 'The registration with Bot Framework, and its channel to Teams.',
  parameters: {
    token: PLACE.token,
    tags: PLACE.tags,
    displayName: textParameter('The name of the bot in Azure.'),
    identityId: textParameter('The resource id of the identity.'),
    clientId: textParameter('The application (client) id of the identity.'),
    url: textParameter('The public address of the bot.'),
  },
  resources: [
    {
      symbol: 'bot',
      type: 'Microsoft.BotService/botServices',
      apiVersion: '2022-09-15',
      name: named('bot'),
      why: 'In West Europe whatever the region of the rest, so that what the bot service does stays in the EU.',
      body: {
        location: 'westeurope',
        tags: parameter('tags'),
        kind: 'azurebot',
        sku: { name: 'F0' },
        properties: {
          displayName: parameter('displayName'),
          endpoint: text(parameter('url'), '/api/messages'),
          msaAppType: 'UserAssignedMSI',
          msaAppId: parameter('clientId'),
          msaAppMSIResourceId: parameter('identityId'),
          msaAppTenantId: propertyOf('tenant', 'tenantId'),
          disableLocalAuth: true,
          schemaTransformationVersion: '1.3',
        },
      },
    },
    {
      symbol: 'teams',
      type: 'Microsoft.BotService/botServices/channels',
      apiVersion: '2022-09-15',
      name: 'MsTeamsChannel',
      parent: 'bot',
      body: {
        location: 'westeurope',
        properties: { channelName: 'MsTeamsChannel', properties: { isEnabled: true, enableCalling: false } },
      },
    },
  ],
};
