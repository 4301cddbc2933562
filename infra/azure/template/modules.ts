import { alertQuery, type LogTable, type Severity } from './alerts.js';
import { FOR_APP_SERVICE, FOR_THE_PLATFORM, named, SECRETS, SETTINGS } from './settings.js';
import {
  call,
  choice,
  idOf,
  KEY_FROM,
  type Parameter,
  parameter,
  property,
  propertyOf,
  type Resource,
  type Template,
  text,
  type Value,
} from './template.js';
import { workbook } from './workbook.js';

/** Storage Table Data Contributor: reads, writes and deletes in tables, and nothing else of the account. */
const TABLE_DATA_CONTRIBUTOR = '0a9a7e1f-b9d0-4cc4-a60d-0319b160aaa3';
/** App Service answers on the port that it says; the image on this one. */
const CONTAINER_PORT = 8080;
const COMMAND = 'node --disable-warning=ExperimentalWarning command.js serve';

/** Where each host puts what the bot writes. */
export const APP_SERVICE_LOG: LogTable = { table: 'AppServiceConsoleLogs', column: 'ResultDescription' };
export const CONTAINER_APPS_LOG: LogTable = { table: 'ContainerAppConsoleLogs', column: 'Log' };

const said = (description: string): Parameter => ({ type: 'string', description });
const PLACE = {
  location: said('The region.'),
  token: said('What makes the names of this environment unique.'),
  tags: { type: 'object', description: 'The tags of every resource.' },
} as const satisfies Record<string, Parameter>;
const PLACED = { location: parameter('location'), tags: parameter('tags') };

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

export const MONITORING: Template = {
  description: 'Where the log goes, and who hears of an alert.',
  parameters: {
    ...PLACE,
    retentionDays: { type: 'int', description: 'How long the log is kept, in days.' },
    alertEmail: said('Who gets an e-mail on an alert; empty for nobody.'),
  },
  resources: [
    {
      symbol: 'workspace',
      type: 'Microsoft.OperationalInsights/workspaces',
      apiVersion: '2023-09-01',
      name: named('log'),
      body: {
        ...PLACED,
        properties: {
          sku: { name: 'PerGB2018' },
          retentionInDays: parameter('retentionDays'),
          features: { disableLocalAuth: true },
        },
      },
    },
    {
      symbol: 'actionGroup',
      type: 'Microsoft.Insights/actionGroups',
      apiVersion: '2023-01-01',
      name: named('ag'),
      body: {
        location: 'global',
        tags: parameter('tags'),
        properties: {
          groupShortName: 'kopjekoffie',
          enabled: true,
          emailReceivers: choice(
            call('empty', parameter('alertEmail')),
            [],
            [{ name: 'operator', emailAddress: parameter('alertEmail'), useCommonAlertSchema: true }],
          ),
        },
      },
    },
  ],
  outputs: {
    workspaceId: {
      type: 'string',
      description: 'The resource id of the workspace.',
      value: idOf('workspace'),
    },
    actionGroupId: {
      type: 'string',
      description: 'The resource id of the action group.',
      value: idOf('actionGroup'),
    },
  },
};

export const STORAGE: Template = {
  description: 'The tables. They can be opened by an identity with the role alone: there is no key to lose.',
  parameters: {
    ...PLACE,
    principalId: said('The object id of the identity that reads and writes the tables.'),
    deleteLock: { type: 'bool', description: 'Whether the account is locked against being deleted.' },
    actionGroupId: said('Who hears of an alert.'),
  },
  resources: [
    {
      symbol: 'account',
      type: 'Microsoft.Storage/storageAccounts',
      apiVersion: '2023-05-01',
      name: text('stkopje', parameter('token')),
      body: {
        ...PLACED,
        kind: 'StorageV2',
        sku: { name: 'Standard_ZRS' },
        properties: {
          allowSharedKeyAccess: false,
          allowBlobPublicAccess: false,
          allowCrossTenantReplication: false,
          defaultToOAuthAuthentication: true,
          minimumTlsVersion: 'TLS1_2',
          supportsHttpsTrafficOnly: true,
          publicNetworkAccess: 'Enabled',
        },
      },
    },
    {
      symbol: 'tables',
      type: 'Microsoft.Storage/storageAccounts/tableServices',
      apiVersion: '2023-05-01',
      name: 'default',
      parent: 'account',
      why: 'No diagnostic setting: a log of requests would hold the keys of rows, and so who was looked up.',
      body: {},
    },
    {
      symbol: 'role',
      type: 'Microsoft.Authorization/roleAssignments',
      apiVersion: '2022-04-01',
      name: call('guid', idOf('account'), parameter('principalId'), TABLE_DATA_CONTRIBUTOR),
      scope: 'account',
      body: {
        properties: {
          principalId: parameter('principalId'),
          principalType: 'ServicePrincipal',
          roleDefinitionId: call(
            'subscriptionResourceId',
            'Microsoft.Authorization/roleDefinitions',
            TABLE_DATA_CONTRIBUTOR,
          ),
        },
      },
    },
    {
      symbol: 'lock',
      type: 'Microsoft.Authorization/locks',
      apiVersion: '2020-05-01',
      name: 'keep-the-tables',
      scope: 'account',
      condition: parameter('deleteLock'),
      why: 'Tables have no soft delete: an account that is gone is gone with all that people agreed.',
      body: {
        properties: {
          level: 'CanNotDelete',
          notes: 'Holds the tables of Kopje Koffie. Take this lock away before you delete the account.',
        },
      },
    },
    metricAlert({
      symbol: 'alertTables',
      name: named('alert-tables'),
      of: idOf('account'),
      description: 'The tables answer fewer than 99 of 100 requests.',
      severity: 1,
      metric: { namespace: 'Microsoft.Storage/storageAccounts', name: 'Availability' },
      is: { operator: 'LessThan', threshold: 99, timeAggregation: 'Average' },
    }),
  ],
  outputs: {
    tablesEndpoint: {
      type: 'string',
      description: 'The address of the table service.',
      value: property('account', 'primaryEndpoints.table'),
    },
  },
};

/** What both ways of hosting are given. */
const HOST = {
  ...PLACE,
  identityId: said('The resource id of the identity.'),
  clientId: said('The application (client) id of the identity.'),
  tenantId: said('The tenant of the identity.'),
  tablesEndpoint: said('The address of the table service.'),
  allowedTenants: said('The tenants whose people may use the bot, separated by commas.'),
  tablePrefix: said('What the names of the tables start with.'),
  hrAdmins: said('The Entra object ids of the people of HR, separated by commas.'),
  timeZone: said('The time zone of people who have not chosen one.'),
  graph: said('Whether Microsoft Graph is asked who has people reporting to them: on or off.'),
  supportContact: said('Whom people can ask about the app, for a page that anybody can read.'),
  logLevel: said('How much goes to the log.'),
  scanSecret: { ...said('What the answers of open team scans are encrypted with.'), secure: true },
  workspaceId: said('The workspace that the log goes to.'),
  actionGroupId: said('Who hears of an alert.'),
} as const satisfies Record<string, Parameter>;
const IDENTITY_OF_HOST = {
  type: 'UserAssigned',
  userAssignedIdentities: { [`${KEY_FROM}identityId`]: {} },
};

const SITE = {
  httpsOnly: true,
  clientAffinityEnabled: false,
  serverFarmId: idOf('plan'),
  siteConfig: {
    linuxFxVersion: 'NODE|24-lts',
    appCommandLine: COMMAND,
    alwaysOn: true,
    healthCheckPath: '/readyz',
    ftpsState: 'Disabled',
    minTlsVersion: '1.2',
    scmMinTlsVersion: '1.2',
    http20Enabled: true,
  },
};

export const APP_SERVICE: Template = {
  description:
    'The bot on App Service, with a slot beside it into which a new version is deployed and swapped.',
  parameters: {
    ...HOST,
    sku: said('The size of the plan. Slots need Standard or Premium.'),
    instances: { type: 'int', description: 'How many instances run.' },
  },
  resources: [
    {
      symbol: 'plan',
      type: 'Microsoft.Web/serverfarms',
      apiVersion: '2023-12-01',
      name: named('asp'),
      body: {
        ...PLACED,
        kind: 'linux',
        sku: { name: parameter('sku'), capacity: parameter('instances') },
        properties: { reserved: true },
      },
    },
    {
      symbol: 'site',
      type: 'Microsoft.Web/sites',
      apiVersion: '2023-12-01',
      name: named('app'),
      body: {
        location: parameter('location'),
        tags: call('union', parameter('tags'), { 'azd-service-name': 'bot' }),
        kind: 'app,linux',
        identity: IDENTITY_OF_HOST,
        properties: SITE,
      },
    },
    {
      symbol: 'siteSettings',
      type: 'Microsoft.Web/sites/config',
      apiVersion: '2023-12-01',
      name: 'appsettings',
      parent: 'site',
      body: { properties: { ...SETTINGS, ...SECRETS, ...FOR_THE_PLATFORM, ...FOR_APP_SERVICE } },
    },
    {
      symbol: 'sticky',
      type: 'Microsoft.Web/sites/config',
      apiVersion: '2023-12-01',
      name: 'slotConfigNames',
      parent: 'site',
      why: 'Stays with its slot in a swap, so that the version that waits never sends reminders.',
      body: { properties: { appSettingNames: ['REMINDERS'] } },
    },
    ...noPasswords('site'),
    {
      symbol: 'next',
      type: 'Microsoft.Web/sites/slots',
      apiVersion: '2023-12-01',
      name: 'next',
      parent: 'site',
      body: { ...PLACED, kind: 'app,linux', identity: IDENTITY_OF_HOST, properties: SITE },
    },
    {
      symbol: 'nextSettings',
      type: 'Microsoft.Web/sites/slots/config',
      apiVersion: '2023-12-01',
      name: 'appsettings',
      parent: 'next',
      body: {
        properties: { ...SETTINGS, ...SECRETS, ...FOR_THE_PLATFORM, ...FOR_APP_SERVICE, REMINDERS: 'off' },
      },
    },
    ...noPasswords('next'),
    {
      symbol: 'diagnostics',
      type: 'Microsoft.Insights/diagnosticSettings',
      apiVersion: '2021-05-01-preview',
      name: 'log',
      scope: 'site',
      why: 'What the bot writes, codes and ids of records; not the requests, which would hold addresses of people.',
      body: {
        properties: {
          workspaceId: parameter('workspaceId'),
          logs: [
            { category: 'AppServiceConsoleLogs', enabled: true },
            { category: 'AppServicePlatformLogs', enabled: true },
          ],
        },
      },
    },
    metricAlert({
      symbol: 'alertNotReady',
      name: named('alert-not-ready'),
      of: idOf('site'),
      description: 'The bot is not ready: its tables do not answer, or its reminders stand still.',
      severity: 1,
      metric: { namespace: 'Microsoft.Web/sites', name: 'HealthCheckStatus' },
      is: { operator: 'LessThan', threshold: 100, timeAggregation: 'Average' },
    }),
    ...watched(APP_SERVICE_LOG),
  ],
  outputs: outputsOf('site', 'defaultHostName'),
};

export const CONTAINER_APPS: Template = {
  description:
    'The bot on Container Apps: at least one replica, and revisions between which traffic is moved.',
  parameters: {
    ...HOST,
    image: said('The image, with its registry and its tag or digest.'),
    replicas: {
      type: 'int',
      description: 'How many replicas run at least; one too few and nobody is reminded.',
    },
    revision: said('The revision that gets all traffic, to go back to it; empty for the newest.'),
  },
  resources: [
    {
      symbol: 'environment',
      type: 'Microsoft.App/managedEnvironments',
      apiVersion: '2024-03-01',
      name: named('cae'),
      why: 'Logs by way of Azure Monitor: the other way needs the key of the workspace.',
      body: { ...PLACED, properties: { appLogsConfiguration: { destination: 'azure-monitor' } } },
    },
    {
      symbol: 'diagnostics',
      type: 'Microsoft.Insights/diagnosticSettings',
      apiVersion: '2021-05-01-preview',
      name: 'log',
      scope: 'environment',
      body: {
        properties: {
          workspaceId: parameter('workspaceId'),
          logs: [
            { category: 'ContainerAppConsoleLogs', enabled: true },
            { category: 'ContainerAppSystemLogs', enabled: true },
          ],
        },
      },
    },
    {
      symbol: 'app',
      type: 'Microsoft.App/containerApps',
      apiVersion: '2024-03-01',
      name: text('ca-kopje-', parameter('token')),
      body: {
        location: parameter('location'),
        tags: call('union', parameter('tags'), { 'azd-service-name': 'bot' }),
        identity: IDENTITY_OF_HOST,
        properties: {
          managedEnvironmentId: idOf('environment'),
          configuration: {
            activeRevisionsMode: 'Multiple',
            secrets: Object.entries(SECRETS).map(([name, value]) => ({ name: secretName(name), value })),
            ingress: {
              external: true,
              allowInsecure: false,
              targetPort: CONTAINER_PORT,
              transport: 'http',
              traffic: choice(
                call('empty', parameter('revision')),
                [{ latestRevision: true, weight: 100 }],
                [{ revisionName: parameter('revision'), weight: 100 }],
              ),
            },
          },
          template: {
            terminationGracePeriodSeconds: 30,
            containers: [
              {
                name: 'bot',
                image: parameter('image'),
                resources: { cpu: call('json', '0.5'), memory: '1Gi' },
                env: [
                  ...Object.entries({ ...SETTINGS, ...FOR_THE_PLATFORM }).map(([name, value]) => ({
                    name,
                    value,
                  })),
                  // By its name: what stands here is read by whoever may look at the app.
                  ...Object.keys(SECRETS).map((name) => ({ name, secretRef: secretName(name) })),
                ],
                probes: [
                  probe('Startup', '/healthz', { periodSeconds: 2, failureThreshold: 30 }),
                  probe('Liveness', '/healthz', { periodSeconds: 10, failureThreshold: 3 }),
                  probe('Readiness', '/readyz', { periodSeconds: 10, failureThreshold: 3 }),
                ],
              },
            ],
            scale: { minReplicas: parameter('replicas'), maxReplicas: 3 },
          },
        },
      },
    },
    metricAlert({
      symbol: 'alertNotReady',
      name: named('alert-not-ready'),
      of: idOf('app'),
      description: 'No replica of the bot runs.',
      severity: 1,
      metric: { namespace: 'Microsoft.App/containerApps', name: 'Replicas' },
      is: { operator: 'LessThan', threshold: 1, timeAggregation: 'Maximum' },
    }),
    ...watched(CONTAINER_APPS_LOG),
  ],
  outputs: outputsOf('app', 'configuration.ingress.fqdn'),
};

export const BOT: Template = {
  description: 'The registration with Bot Framework, and its channel to Teams.',
  parameters: {
    token: PLACE.token,
    tags: PLACE.tags,
    displayName: said('The name of the bot in Azure.'),
    identityId: said('The resource id of the identity.'),
    clientId: said('The application (client) id of the identity.'),
    url: said('The public address of the bot.'),
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

/** Deploying by a password that never ends is switched off: who deploys has an identity. */
function noPasswords(of: 'site' | 'next'): Resource[] {
  const type = of === 'site' ? 'Microsoft.Web/sites' : 'Microsoft.Web/sites/slots';
  return ['ftp', 'scm'].map((name) => ({
    symbol: `${of}No${name === 'ftp' ? 'Ftp' : 'Scm'}Password`,
    type: `${type}/basicPublishingCredentialsPolicies`,
    apiVersion: '2023-12-01',
    name,
    parent: of,
    body: { properties: { allow: false } },
  }));
}

/** As Container Apps takes it: small letters, digits and hyphens. */
function secretName(setting: string): string {
  return setting.toLowerCase().replaceAll('_', '-');
}

function probe(type: string, path: string, how: Readonly<Record<string, number>>): Value {
  return { type, httpGet: { path, port: CONTAINER_PORT }, timeoutSeconds: 5, ...how };
}

function metricAlert(alert: {
  readonly symbol: string;
  readonly name: Value;
  readonly of: Value;
  readonly description: string;
  readonly severity: number;
  readonly metric: { readonly namespace: string; readonly name: string };
  readonly is: { readonly operator: string; readonly threshold: number; readonly timeAggregation: string };
}): Resource {
  return {
    symbol: alert.symbol,
    type: 'Microsoft.Insights/metricAlerts',
    apiVersion: '2018-03-01',
    name: alert.name,
    body: {
      location: 'global',
      tags: parameter('tags'),
      properties: {
        description: alert.description,
        severity: alert.severity,
        enabled: true,
        scopes: [alert.of],
        evaluationFrequency: 'PT5M',
        windowSize: 'PT15M',
        autoMitigate: true,
        criteria: {
          'odata.type': 'Microsoft.Azure.Monitor.SingleResourceMultipleMetricCriteria',
          allOf: [
            {
              name: 'first',
              criterionType: 'StaticThresholdCriterion',
              metricNamespace: alert.metric.namespace,
              metricName: alert.metric.name,
              ...alert.is,
            },
          ],
        },
        actions: [{ actionGroupId: parameter('actionGroupId') }],
      },
    },
  };
}

/** Who is told of what the log says, and what to look at then. */
function watched(log: LogTable): readonly Resource[] {
  const { table, column } = log;
  // 0 is the worst that Azure knows, 4 the least.
  const severities: readonly (readonly [Severity, number])[] = [
    ['critical', 1],
    ['warning', 2],
  ];
  return [
    logAlert({
      symbol: 'alertErrors',
      name: 'alert-errors',
      displayName: 'Kopje Koffie: errors in the log',
      description: 'The bot logged an error. The code in the line says which.',
      severity: 2,
      eachMinutes: 15,
      query: `${table} | where ${column} has '"level":50' or ${column} has '"level":60'`,
    }),
    ...severities.map(([name, severity]) =>
      logAlert({
        symbol: name === 'critical' ? 'alertCritical' : 'alertWarning',
        name: `alert-${name}`,
        displayName: `Kopje Koffie: ${name}`,
        description: 'The dimension alert says which. What to do stands under that name in docs/operate.md.',
        severity,
        eachMinutes: 5,
        query: alertQuery(name, log),
        // Of each by its name: one that goes on for days must not hide another.
        by: 'alert',
      }),
    ),
    {
      symbol: 'workbook',
      type: 'Microsoft.Insights/workbooks',
      apiVersion: '2022-04-01',
      name: call('guid', propertyOf('resourceGroup', 'id'), 'kopje-koffie-workbook'),
      body: {
        ...PLACED,
        kind: 'shared',
        properties: {
          displayName: 'Kopje Koffie',
          category: 'workbook',
          sourceId: parameter('workspaceId'),
          serializedData: workbook(log),
        },
      },
    },
  ];
}

/** Rows of a query, of the log as it has come in. */
function logAlert(alert: {
  readonly symbol: string;
  readonly name: string;
  readonly displayName: string;
  readonly description: string;
  readonly severity: number;
  readonly eachMinutes: number;
  readonly query: string;
  readonly by?: string;
}): Resource {
  const window = `PT${alert.eachMinutes}M`;
  const { by } = alert;
  return {
    symbol: alert.symbol,
    type: 'Microsoft.Insights/scheduledQueryRules',
    apiVersion: '2023-03-15-preview',
    name: named(alert.name),
    body: {
      ...PLACED,
      properties: {
        displayName: alert.displayName,
        description: alert.description,
        severity: alert.severity,
        enabled: true,
        scopes: [parameter('workspaceId')],
        evaluationFrequency: window,
        windowSize: window,
        // The queries say themselves how far they look back.
        ...(by === undefined ? {} : { overrideQueryTimeRange: 'PT1H' }),
        autoMitigate: true,
        // The table is made with the first line that comes in.
        skipQueryValidation: true,
        criteria: {
          allOf: [
            {
              query: alert.query,
              timeAggregation: 'Count',
              operator: 'GreaterThan',
              threshold: 0,
              ...(by === undefined ? {} : { dimensions: [{ name: by, operator: 'Include', values: ['*'] }] }),
              failingPeriods: { numberOfEvaluationPeriods: 1, minFailingPeriodsToAlert: 1 },
            },
          ],
        },
        actions: { actionGroups: [parameter('actionGroupId')] },
      },
    },
  };
}

/** What a host tells the main template: where it answers, and its id. `host` is the property that has its name in DNS. */
function outputsOf(symbol: string, host: string): NonNullable<Template['outputs']> {
  return {
    url: {
      type: 'string',
      description: 'The public address.',
      value: text('https://', property(symbol, host)),
    },
    id: { type: 'string', description: 'The resource id.', value: idOf(symbol) },
  };
}
