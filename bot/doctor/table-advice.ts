import type { Config } from '../config.js';
import { codeOf } from '../errors.js';
import { TABLES_SILENT } from '../store/tables/tables.js';

/**
 * What an operator does about a fault of the tables, in a sentence that begins small. Never the message of the SDK: that is
 * XML or JSON of the service, and may hold what must not be printed.
 */
export function adviceOnTables(
  error: unknown,
  { tables, tablePrefix, credentials }: Pick<Config, 'tables' | 'tablePrefix' | 'credentials'>,
): string {
  const code = codeOf(error);
  const where = 'endpoint' in tables ? 'AZURE_TABLES_ENDPOINT' : 'AZURE_TABLES_CONNECTION_STRING';
  if (code === 'http-403')
    return 'endpoint' in tables
      ? 'the identity may not. Give it the role Storage Table Data Contributor on the account (it takes up to ten minutes), and see that the network of the account lets this machine in.'
      : `the key is not taken. Copy it anew into ${where}, and see that the clock is right.`;
  if (code === 'http-404')
    return `the tables are not there. They are made when the bot starts; look at TABLE_PREFIX (${tablePrefix}) if it has.`;
  if (code === 'http-409')
    return 'tables of that name are still being deleted, which takes the service a minute or more. Wait and run the same again, or choose another prefix.';
  if (code === 'http-401')
    return `who asks is not known there. Look at the tenant of the account and of ${where}.`;
  if (OF_CREDENTIALS.test(code))
    return `no token for the tables. ${adviceOnToken(credentials, 'endpoint' in tables && tables.clientId !== null)}`;
  if (code === 'http-429' || code === 'http-503') return 'the account has too much to do. Try again later.';
  return `the tables do not answer. Look at ${where}, at the network, and at whether the account is there.`;
}

/** By whom the tables are opened is told in bot/composition/identity.ts. */
function adviceOnToken(credentials: Config['credentials'], isNamed: boolean): string {
  const by = credentials?.proof.by;
  if (isNamed) return 'Give this machine the identity that AZURE_TABLES_CLIENT_ID names.';
  if (by === 'managed-identity')
    return 'Give this machine the identity that MicrosoftAppId or AZURE_TABLES_CLIENT_ID names.';
  if (by === 'federation')
    return 'Give this machine the identity that MicrosoftAppFederatedClientId or AZURE_TABLES_CLIENT_ID names.';
  if (by === 'certificate')
    return `They are opened with MicrosoftAppCertificate: see whether it was uploaded to the app and has not ended, and ${REACH_ENTRA}.`;
  return `Sign this machine in, with AZURE_CLIENT_ID, AZURE_TENANT_ID and AZURE_CLIENT_SECRET or with az login, and ${REACH_ENTRA}.`;
}

/** What is no fault of a secret, a certificate or an app looks the same where nothing gets through to Microsoft Entra. */
export const REACH_ENTRA = 'see whether this machine reaches login.microsoftonline.com';

const OF_CREDENTIALS = /Credential|Authentication/;

/** Whether a fault is of the tables or of the way to them, and not of the bot itself. */
export function isOfTables(error: unknown): boolean {
  const isAnswer = error instanceof Error && error.name === 'RestError';
  return isAnswer || codeOf(error) === TABLES_SILENT || OF_CREDENTIALS.test(codeOf(error));
}
