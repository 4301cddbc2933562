import type { Config } from '../config.js';
import { type CredentialEnd, daysUntil } from '../domain/credential-end.js';
import { codeOf } from '../errors.js';
import { key } from '../store/tables/keys.js';
import type { Table, Tables } from '../store/tables/tables.js';
import { adviceOnTables, REACH_ENTRA } from './table-advice.js';

/** `note`: works, and is worth knowing. `fault`: something will not work, and `says` what to do. */
export type Finding = {
  readonly check: string;
  readonly state: 'ok' | 'note' | 'fault';
  readonly says: string;
};

export type CheckDeps = {
  readonly config: Config;
  readonly tables: Pick<Tables, 'answer' | 'serverTime' | 'table'>;
  /** When what the bot shows for it ends, as far as that is known. */
  readonly end: CredentialEnd | null;
  /** Fetches a token for the channel; null where there are no credentials. Rejects where none is given. */
  readonly channelToken: (() => Promise<unknown>) | null;
  /** What Microsoft Graph answers to the question that the bot asks it, as a status; null where it is off. */
  readonly graph: (() => Promise<number>) | null;
  readonly now: () => Date;
  readonly newId: () => string;
  readonly version: string;
  /** Of Node, such as `24.1.0`. */
  readonly node: string;
};

type Found = Omit<Finding, 'check'>;
export type Check = { readonly name: string; readonly look: () => Promise<readonly Found[]> };

const ok = (says: string): Found => ({ state: 'ok', says });
const note = (says: string): Found => ({ state: 'note', says });
const fault = (says: string): Found => ({ state: 'fault', says });

/** By this much two clocks may differ: tokens are not taken, and days begin at another time, where it is more. */
const CLOCK_OFF_MS = 30_000;
/** Partition of the rows that are written to see whether they can be. */
const ROWS = 'doctor';
/** Longer than any of them takes. */
const LEFT_BEHIND_MS = 60_000;

/** Everything that is looked at, in the order in which it is told. */
export function checksFor(deps: CheckDeps): readonly Check[] {
  return [
    { name: 'versions', look: async () => versions(deps) },
    { name: 'settings', look: async () => settings(deps.config) },
    { name: 'time zones', look: async () => zones(deps.config) },
    { name: 'tables', look: () => tables(deps) },
    { name: 'clock', look: () => clock(deps) },
    { name: 'channel', look: () => channel(deps) },
    { name: 'graph', look: () => graph(deps) },
  ];
}

function versions({ node, version }: CheckDeps): readonly Found[] {
  const [major = 0, minor = 0] = node.split('.').map(Number);
  const said = `Kopje Koffie ${version} on Node ${node}.`;
  if (major < 20 || (major === 20 && minor < 19) || major > 26)
    return [fault(`${said} It needs Node 20.19 up to 26; 24 is what it is deployed on.`)];
  return [
    major < 22 ? note(`${said} Node ${major} gets no mended faults any more; deploy on 24.`) : ok(said),
  ];
}

/** They were read, so they are right; what may be left out and is missed later is said. */
function settings(config: Config): readonly Found[] {
  const notes = [
    config.hrAdmins.length === 0 &&
      'HR_ADMINS is empty: nobody can fill in contacts. Put in the Entra object ids of HR.',
    config.scanSecrets.length === 0 &&
      'SCAN_SECRET is not set: no team scan can be started. Put in what `openssl rand -hex 32` prints.',
    config.allowedTenants.length === 0 &&
      config.production &&
      'ALLOWED_TENANTS lets in every organisation that reaches the bot. Leave it out for your own alone.',
    !config.reminders && 'REMINDERS is off: this instance only chats. Another must be on.',
    config.telemetry === null &&
      'Nothing is measured, so nobody is woken when a reminder is late. docs/operate.md says how, under Metrics.',
    !config.production && 'BOT_ENV is development: whoever reaches this machine may speak as anybody.',
  ].filter((one) => one !== false);
  return [ok('They can be used.'), ...notes.map(note)];
}

/** A Node without all of its data takes every zone for UTC, or has no Dutch. */
function zones({ zone }: Config): readonly Found[] {
  const offset = (month: number) =>
    new Intl.DateTimeFormat('en', { timeZone: 'Europe/Amsterdam', timeZoneName: 'longOffset' })
      .formatToParts(Date.UTC(2027, month, 15))
      .find(({ type }) => type === 'timeZoneName')?.value;
  const dutch = new Intl.DateTimeFormat('nl', { month: 'long' }).format(Date.UTC(2027, 0, 15));
  if (offset(0) !== 'GMT+01:00' || offset(6) !== 'GMT+02:00' || dutch !== 'januari')
    return [
      fault('This Node has no full data of languages and zones. Use one with full ICU, as nodejs.org has.'),
    ];
  return [ok(`${zone}, with summer time and Dutch.`)];
}

async function tables({ tables, now, newId, config }: CheckDeps): Promise<readonly Found[]> {
  const table = tables.table('health');
  const row = { partitionKey: key(ROWS), rowKey: key(newId()), at: now().toISOString() };
  try {
    if ((await table.insert(row)) !== 'ok')
      return [fault('A row of its own was there already. Run it again.')];
    const stored = await table.get(row.partitionKey, row.rowKey);
    if (stored?.row.at !== row.at)
      return [fault('What was written did not come back. Is something between the bot and the tables?')];
    if ((await table.remove(row.partitionKey, row.rowKey, stored.etag)) !== 'ok')
      return [fault('A row of its own could not be deleted.')];
    await clearUp(table, now());
  } catch (error) {
    return [fault(`${codeOf(error)}: ${adviceOnTables(error, config)}`)];
  }
  // One may be missing although the others can be written.
  if (!(await tables.answer()))
    return [fault('Not every table is there. They are made when the bot starts: start it once, or again.')];
  return [ok('A row was written, read and deleted, and all of them answer.')];
}

/** Rows of one that was killed on its way: to an operator they would be rows that cannot be read, for ever. */
async function clearUp(table: Table, now: Date): Promise<void> {
  const before = new Date(now.getTime() - LEFT_BEHIND_MS).toISOString();
  // Whoever else takes it away does as well.
  for await (const { row, etag } of table.query({ partition: key(ROWS) }))
    if (String(row.at) < before) void (await table.remove(row.partitionKey, row.rowKey, etag));
}

async function clock({ tables, now }: CheckDeps): Promise<readonly Found[]> {
  let there: string | null;
  try {
    // A clock that is off is a reason to be refused.
    there = await tables.serverTime({ evenRefused: true });
  } catch {
    return [note('The clock of the tables could not be asked.')];
  }
  if (there === null) return [note('The tables do not say what time it is.')];
  const offMs = now().getTime() - Date.parse(there);
  const seconds = Math.round(Math.abs(offMs) / 1_000);
  if (Math.abs(offMs) <= CLOCK_OFF_MS) return [ok('It runs with the one of the tables.')];
  const how = offMs > 0 ? 'ahead of' : 'behind';
  return [
    fault(`It is ${seconds} seconds ${how} the one of the tables. Let this machine set its clock by NTP.`),
  ];
}

async function channel({ channelToken, config, end, now }: CheckDeps): Promise<readonly Found[]> {
  if (channelToken === null) return [note('No credentials: only a chat on this machine can be answered.')];
  try {
    await channelToken();
    const days = end === null ? null : daysUntil(end, now().toISOString().slice(0, 10));
    if (end === null || days === null) return [ok('A token for it was given.')];
    return [
      note(`A token for it was given. The ${end.what} ends on ${end.day}, in ${days} days: make a new one.`),
    ];
  } catch (error) {
    const what =
      config.credentials?.type === 'UserAssignedMSI'
        ? 'Give this machine the managed identity that MicrosoftAppId names, by its client id.'
        : `Look at MicrosoftAppId, MicrosoftAppTenantId and at whether MicrosoftAppPassword or MicrosoftAppCertificate has ended; with MicrosoftAppFederatedClientId, at whether this machine has that identity and the app trusts it; and ${REACH_ENTRA}.`;
    return [fault(`${codeOf(error)}: no token, so nobody can be answered or reminded. ${what}`)];
  }
}

async function graph({ graph }: CheckDeps): Promise<readonly Found[]> {
  if (graph === null) return [ok('It is off.')];
  try {
    const status = await graph();
    // Of somebody who does not exist it says 404, once it has looked whether one may ask.
    if (status === 200 || status === 404) return [ok('It may be asked who has people reporting to them.')];
    if (status === 401 || status === 403)
      return [
        fault(`http-${status}: give the app the application permission User.Read.All, and consent to it.`),
      ];
    return [note(`http-${status}: it did not answer what was asked. HR's list alone decides meanwhile.`)];
  } catch (error) {
    return [fault(`${codeOf(error)}: Microsoft Graph cannot be asked. HR's list alone decides meanwhile.`)];
  }
}
