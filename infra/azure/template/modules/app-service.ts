import { APP_SERVICE_LOG, logAlerts, metricAlert } from '../alert-rules.js';
import { PLACED, textParameter } from '../parameters.js';
import { FOR_APP_SERVICE, FOR_THE_PLATFORM, named, SECRETS, SETTINGS } from '../settings.js';
import { call, idOf, parameter, type Resource, type Template } from '../template.js';
import { HOST, IDENTITY_OF_HOST, outputsOf } from './hosting.js';

const COMMAND = 'node --disable-warning=ExperimentalWarning command.js serve';

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
    sku: textParameter('The size of the plan. Slots need Standard or Premium.'),
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
    ...logAlerts(APP_SERVICE_LOG),
  ],
  outputs: outputsOf('site', 'defaultHostName'),
};

/** Switches basic authentication off for deploying: it is a password that never expires, and whoever deploys has an identity. */
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
