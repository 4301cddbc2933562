import { APP_SERVICE } from './modules/app-service.js';
import { BOT } from './modules/bot.js';
import { CONTAINER_APPS } from './modules/container-apps.js';
import { IDENTITY } from './modules/identity.js';
import { MONITORING } from './modules/monitoring.js';
import { STORAGE } from './modules/storage.js';
import {
  call,
  choice,
  equal,
  type Module,
  outputOf,
  outputOfMaybe,
  parameter,
  propertyOf,
  type Template,
  variable,
} from './template.js';

const PLACE = {
  location: parameter('location'),
  token: variable('token'),
  tags: variable('tags'),
};
const HOST = {
  ...PLACE,
  identityId: outputOf('identity', 'id'),
  clientId: outputOf('identity', 'clientId'),
  tenantId: propertyOf('tenant', 'tenantId'),
  tablesEndpoint: outputOf('storage', 'tablesEndpoint'),
  allowedTenants: parameter('allowedTenants'),
  tablePrefix: parameter('tablePrefix'),
  hrAdmins: parameter('hrAdmins'),
  timeZone: parameter('timeZone'),
  graph: parameter('graph'),
  supportContact: parameter('supportContact'),
  logLevel: parameter('logLevel'),
  scanSecret: parameter('scanSecret'),
  workspaceId: outputOf('monitoring', 'workspaceId'),
  actionGroupId: outputOf('monitoring', 'actionGroupId'),
};
const ON_APP_SERVICE = equal(parameter('host'), 'appservice');

const MODULES: readonly Module[] = [
  { symbol: 'identity', name: 'identity', template: IDENTITY, parameters: PLACE },
  {
    symbol: 'monitoring',
    name: 'monitoring',
    template: MONITORING,
    parameters: {
      ...PLACE,
      retentionDays: parameter('logRetentionDays'),
      alertEmail: parameter('alertEmail'),
    },
  },
  {
    symbol: 'storage',
    name: 'storage',
    template: STORAGE,
    parameters: {
      ...PLACE,
      principalId: outputOf('identity', 'principalId'),
      deleteLock: parameter('deleteLock'),
      actionGroupId: outputOf('monitoring', 'actionGroupId'),
    },
  },
  {
    symbol: 'appService',
    name: 'app-service',
    condition: ON_APP_SERVICE,
    template: APP_SERVICE,
    parameters: { ...HOST, sku: parameter('appServiceSku'), instances: parameter('instances') },
  },
  {
    symbol: 'containerApps',
    name: 'container-apps',
    condition: equal(parameter('host'), 'containerapps'),
    template: CONTAINER_APPS,
    parameters: {
      ...HOST,
      image: parameter('image'),
      replicas: parameter('instances'),
      revision: parameter('revision'),
    },
  },
  {
    symbol: 'bot',
    name: 'bot',
    template: BOT,
    parameters: {
      token: PLACE.token,
      tags: PLACE.tags,
      displayName: parameter('botDisplayName'),
      identityId: outputOf('identity', 'id'),
      clientId: outputOf('identity', 'clientId'),
      url: choice(ON_APP_SERVICE, outputOfMaybe('appService', 'url'), outputOfMaybe('containerApps', 'url')),
    },
  },
];

/** All that one environment of Kopje Koffie needs, in one resource group. */
export const MAIN: Template = {
  description: 'Kopje Koffie: the bot, its identity, its tables, its registration, its log and its alerts.',
  parameters: {
    environmentName: {
      type: 'string',
      description: 'A short name of this environment, such as prod or test.',
      minLength: 1,
      maxLength: 32,
    },
    location: {
      type: 'string',
      description: 'The region of all but the registration of the bot. It must have availability zones.',
      default: propertyOf('resourceGroup', 'location'),
    },
    scanSecret: {
      type: 'string',
      secure: true,
      description:
        'What the answers of open team scans are encrypted with: 32 characters or more, by chance, such as openssl rand -hex 32 makes. The same with each deployment; to change it, the new one and the old one behind it, with a comma. Or off: there are no team scans.',
      minLength: 3,
    },
    host: {
      type: 'string',
      description: 'Where the bot runs.',
      allowed: ['appservice', 'containerapps'],
      default: 'appservice',
    },
    appServiceSku: {
      type: 'string',
      description: 'App Service: the size of the plan. Slots need Standard (S1) or Premium (P0v3).',
      default: 'P0v3',
    },
    instances: {
      type: 'int',
      description: 'How many instances or replicas run at least.',
      minValue: 1,
      maxValue: 3,
      default: 1,
    },
    image: {
      type: 'string',
      description: 'Container Apps: the image, with its registry and its tag or digest.',
      default: '',
    },
    revision: {
      type: 'string',
      description: 'Container Apps: the revision that gets all traffic, to go back to it. Empty: the newest.',
      default: '',
    },
    hrAdmins: {
      type: 'string',
      description: 'The Entra object ids of the people of HR, separated by commas.',
      default: '',
    },
    allowedTenants: {
      type: 'string',
      description: 'The tenants whose people may use the bot, separated by commas. Usually your own alone.',
      default: propertyOf('tenant', 'tenantId'),
    },
    graph: {
      type: 'string',
      description:
        'on: whoever has people reporting to them in Entra may record too. Needs the permission User.Read.All for the identity.',
      allowed: ['on', 'off'],
      default: 'off',
    },
    timeZone: {
      type: 'string',
      description: 'The time zone of people who have not chosen one.',
      default: 'Europe/Amsterdam',
    },
    tablePrefix: {
      type: 'string',
      description: 'What the names of the tables start with. Letters and digits, a letter first.',
      maxLength: 40,
      default: 'kopje',
    },
    logLevel: {
      type: 'string',
      description: 'How much goes to the log. It never holds what people type.',
      allowed: ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'],
      default: 'info',
    },
    supportContact: {
      type: 'string',
      description:
        'Whom people can ask about the app, for a page that anybody can read: a help desk, no person. Empty: nobody is named.',
      maxLength: 200,
      default: '',
    },
    logRetentionDays: {
      type: 'int',
      description: 'How long the log is kept, in days.',
      minValue: 30,
      maxValue: 730,
      default: 30,
    },
    alertEmail: {
      type: 'string',
      description: 'Who gets an e-mail when the bot is not well. Empty: nobody.',
      default: '',
    },
    deleteLock: {
      type: 'bool',
      description: 'Whether the account with the tables is locked against being deleted.',
      default: true,
    },
    botDisplayName: { type: 'string', description: 'The name of the bot in Azure.', default: 'Kopje Koffie' },
  },
  variables: {
    token: call(
      'uniqueString',
      propertyOf('subscription', 'id'),
      propertyOf('resourceGroup', 'id'),
      parameter('environmentName'),
    ),
    tags: { 'azd-env-name': parameter('environmentName'), application: 'kopje-koffie' },
  },
  modules: MODULES,
  // The first two are what `npm run package` reads.
  outputs: {
    MicrosoftAppId: {
      type: 'string',
      description: 'For the app package: the id of the bot.',
      value: outputOf('identity', 'clientId'),
    },
    PUBLIC_URL: {
      type: 'string',
      description: 'For the app package: the public address of the bot.',
      value: choice(
        ON_APP_SERVICE,
        outputOfMaybe('appService', 'url'),
        outputOfMaybe('containerApps', 'url'),
      ),
    },
    BOT_RESOURCE_ID: {
      type: 'string',
      description: 'For deploying: the resource id of the App Service or the Container App.',
      value: choice(ON_APP_SERVICE, outputOfMaybe('appService', 'id'), outputOfMaybe('containerApps', 'id')),
    },
    AZURE_TABLES_ENDPOINT: {
      type: 'string',
      description: 'The address of the table service, for a backup or a job by hand.',
      value: outputOf('storage', 'tablesEndpoint'),
    },
  },
};
