import type { Config } from '../config.js';
import { codeOf } from '../errors.js';
import { TABLES_SILENT } from '../store/tables/tables.js';

/**
 * What an operator does about a fault of the tables, in a sentence that begins small. Never the message of the SDK: that is
 * XML or JSON of the service, and may hold what must not be printed.
 */
export function adviceOnTables(
  error: unknown,
  { tables, tablePrefix }: Pick<Config, 'tables' | 'tablePrefix'>,
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
    return 'no token for the tables. Give this machine the identity that MicrosoftAppId or AZURE_TABLES_CLIENT_ID names.';
  if (code === 'http-429' || code === 'http-503') return 'the account has too much to do. Try again later.';
  return `the tables do not answer. Look at ${where}, at the network, and at whether the account is there.`;
}

const OF_CREDENTIALS = /Credential|Authentication/;

/** Whether a fault is of the tables or of the way to them, and not of the bot itself. */
export function isOfTables(error: unknown): boolean {
  const isAnswer = error instanceof Error && error.name === 'RestError';
  return isAnswer || codeOf(error) === TABLES_SILENT || OF_CREDENTIALS.test(codeOf(error));
}
