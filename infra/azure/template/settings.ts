import { type Expression, parameter, text, type Value } from './template.js';

/**
 * The app settings, by the names that `bot/config.ts` reads: the same on App Service and Container Apps. None is a secret.
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

/**
 * The same for what nobody may read who only looks at how the bot is set up. The identity opens the tables and proves who
 * the bot is, so that this one is all there is, and what it seals must not hang on the identity: whoever has the tables
 * could then open them with it.
 *
 * Whoever deploys has to say it, each time, and it has no default. One that is made anew with each deployment, by
 * `newGuid`, would lose the answers of every scan that is open; one that follows from the names of the environment is no
 * secret; an empty one would put an end to scans with the first deployment that forgets it. A Key Vault of our own would
 * add a resource, a role and a way to fail for the sake of one value: who has a vault refers to it in the file of
 * parameters, which a secure parameter takes.
 */
export const SECRETS: Readonly<Record<string, Expression>> = { SCAN_SECRET: parameter('scanSecret') };

/** Settings of the bot that the templates leave out, each with the reason; a test holds that none is forgotten. */
export const NOT_SET: Readonly<Record<string, string>> = {
  PORT: 'the platform says it, or the image does',
  HOST: 'the bot listens on every address unless said otherwise',
  MicrosoftAppPassword: 'a secret, which a managed identity does without',
  TEAMS_CATALOG_APP_ID:
    'known after the app was uploaded, and needs a permission that an administrator gives by hand',
  MicrosoftAppPasswordEnds: 'there is no secret',
  MicrosoftAppCertificate: 'a secret too, which a managed identity does without',
  MicrosoftAppFederatedClientId:
    'for an app registration that trusts an identity: here the identity is the bot itself',
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

/** Environment variables for Azure's libraries, not for the bot itself. */
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

/** The name of a resource of this environment, beginning with Microsoft's abbreviation for its type. */
export function named(abbreviation: string) {
  return text(abbreviation, '-kopje-koffie-', parameter('token'));
}
