import { PLACE, PLACED } from '../parameters.js';
import { named } from '../settings.js';
import { idOf, property, type Template } from '../template.js';

export const IDENTITY: Template = {
  description: 'The identity that the bot has: it has no password, so none can be lost.',
  parameters: PLACE,
  resources: [
    {
      symbol: 'identity',
      type: 'Microsoft.ManagedIdentity/userAssignedIdentities',
      apiVersion: '2023-01-31',
      name: named('id'),
      body: PLACED,
    },
  ],
  outputs: {
    id: { type: 'string', description: 'The resource id.', value: idOf('identity') },
    clientId: {
      type: 'string',
      description: 'The application (client) id.',
      value: property('identity', 'clientId'),
    },
    principalId: {
      type: 'string',
      description: 'The object id, for roles.',
      value: property('identity', 'principalId'),
    },
  },
};
