import { parameter, text, type Value } from './template.js';

/**
 * What the bot is told, by the names that it reads (`bot/config.ts`). The same on App Service and Container Apps. No
 * secret is among these: the identity opens the tables and proves who the bot is.
 */
export const SETTINGS: Readonly<Record<string, Value>> = {
  BOT_ENV: 'production',
  MicrosoftAppType: 'UserAssignedMSI',
  MicrosoftAppId: parameter('clientId'),
  MicrosoftAppTenantId: parameter('tenantId'),
  ALLOWED_TENANTS: parameter('allowedTenants'),
  AZURE_TABLES_ENDPOINT: parameter('tablesEndpoint'),
  TABLE_PREFIX: parameter('tablePrefix'),
  HR_ADMINS: parameter('hrAdmins'),
  TIME_ZONE: parameter('timeZone'),
  REMINDERS: 'on',
  GRAPH: parameter('graph'),
  SUPPORT_CONTACT: parameter('supportContact'),
  LOG_LEVEL: parameter('logLevel'),
  // Log Analytics keeps the log, and is all that the alerts need.
  METRICS_LOG: 'on',
};

/** What the bot reads and is not told here, each with the reason. */
export const NOT_SET: Readonly<Record<string, string>> = {
  PORT: 'the platform says it, or the image does',
  HOST: 'the bot listens on every address unless said otherwise',
  MicrosoftAppPassword: 'a secret, which a managed identity does without',
  SCAN_SECRET: 'a secret, to be set by hand where team scans are wanted: without it none can be started',
  AZURE_TABLES_CONNECTION_STRING: 'holds a key, and keys are switched off',
  AZURE_TABLES_CLIENT_ID: 'the tables are opened with the identity of the bot',
  ...Object.fromEntries(
    [
      ...['ENDPOINT', 'METRICS_ENDPOINT', 'TRACES_ENDPOINT', 'PROTOCOL'].map((one) => `EXPORTER_OTLP_${one}`),
      ...['EXPORTER_PROMETHEUS_PORT', 'EXPORTER_PROMETHEUS_HOST', 'METRIC_EXPORT_INTERVAL'],
      ...['METRICS_EXPORTER', 'TRACES_EXPORTER', 'SDK_DISABLED'],
    ].map((name) => [`OTEL_${name}`, 'for who has a collector or Prometheus: here the log has the figures']),
  ),
};

/** What others than the bot read from its environment. */
export const FOR_THE_PLATFORM: Readonly<Record<string, Value>> = {
  // Azure's own libraries ask for the token of this identity, where there may be more than one.
  AZURE_CLIENT_ID: parameter('clientId'),
};

/** App Service alone: the bundle is run as it was uploaded, and nothing is built from it. */
export const FOR_APP_SERVICE: Readonly<Record<string, Value>> = {
  SCM_DO_BUILD_DURING_DEPLOYMENT: 'false',
  WEBSITE_RUN_FROM_PACKAGE: '1',
  // How long an instance that fails the health check is kept before it is replaced, in minutes.
  WEBSITE_HEALTHCHECK_MAXPINGFAILURES: '5',
};

/** How a name of this environment begins, by Microsoft's abbreviation of what it is. */
export function named(abbreviation: string) {
  return text(abbreviation, '-kopje-koffie-', parameter('token'));
}
