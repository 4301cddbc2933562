import { PLACE, textParameter } from '../parameters.js';
import { idOf, KEY_FROM, type Parameter, property, type Template, text } from '../template.js';

/** The parameters of both hosts: App Service and Container Apps. */
export const HOST = {
  ...PLACE,
  identityId: textParameter('The resource id of the identity.'),
  clientId: textParameter('The application (client) id of the identity.'),
  tenantId: textParameter('The tenant of the identity.'),
  tablesEndpoint: textParameter('The address of the table service.'),
  allowedTenants: textParameter('The tenants whose people may use the bot, separated by commas.'),
  tablePrefix: textParameter('What the names of the tables start with.'),
  hrAdmins: textParameter('The Entra object ids of the people of HR, separated by commas.'),
  timeZone: textParameter('The time zone of people who have not chosen one.'),
  graph: textParameter('Whether Microsoft Graph is asked who has people reporting to them: on or off.'),
  supportContact: textParameter('Whom people can ask about the app, for a page that anybody can read.'),
  logLevel: textParameter('How much goes to the log.'),
  scanSecret: { ...textParameter('What the answers of open team scans are encrypted with.'), secure: true },
  workspaceId: textParameter('The workspace that the log goes to.'),
  actionGroupId: textParameter('Who hears of an alert.'),
} as const satisfies Record<string, Parameter>;

export const IDENTITY_OF_HOST = {
  type: 'UserAssigned',
  userAssignedIdentities: { [`${KEY_FROM}identityId`]: {} },
};

/** What a host tells the main template: where it answers, and its id. `host` is the property that has its name in DNS. */
export function outputsOf(symbol: string, host: string): NonNullable<Template['outputs']> {
  return {
    url: {
      type: 'string',
      description: 'The public address.',
      value: text('https://', property(symbol, host)),
    },
    id: { type: 'string', description: 'The resource id.', value: idOf(symbol) },
  };
}
