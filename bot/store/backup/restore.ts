import { REMINDER_KINDS, type ReminderKind, subjectKindOf } from '../../domain/reminder-kinds.js';
import { itemId } from '../deliveries.js';
import { openRestoreRuns } from '../restore-runs.js';
import type { ScanKey, Seal } from '../scan-seal.js';
import { upsertRows } from '../tables/batches.js';
import { key, keyParts } from '../tables/keys.js';
import { LIMITS, type Row } from '../tables/limits.js';
import { whichTables } from '../tables/missing-tables.js';
import { toRow } from '../tables/row-mapping.js';
import { TABLE_NAMES, type TableName, type Tables } from '../tables/tables.js';
import { type ArchiveHeader, readArchive } from './archive.js';
import { noRows, type RowCounts } from './backup.js';
import { type Pause, persistently } from './every-row.js';
import { type Erased, type Ledger, readLedger, removedIn } from './ledger.js';

/** What an operator says of putting a backup back. */
export type RestoreAsked = {
  readonly from: string;
  readonly dryRun: boolean;
  /** The ledger of what was removed and sent since, by its path; null without. */
  readonly ledger: string | null;
  /** Nothing was removed or sent since the copy, or since the ledger where there is one: no bot has run. */
  readonly nothingSince: boolean;
  /** It cannot be known any more what was removed and sent since. */
  readonly unknownSince: boolean;
  /** Also a copy that is older than copies may be kept. */
  readonly old: boolean;
  /** Also where answers of open team scans can never be opened again. */
  readonly loseScans: boolean;
};

export type RestoreDeps = {
  readonly tables: Tables;
  readonly seal: Seal | null;
  /** With one of them ledgers were made. */
  readonly secrets: readonly string[];
  /** The version of this bot. */
  readonly app: string;
  /** Instant. */
  readonly now: string;
  readonly pause: Pause;
};

export type Restored =
  | {
      readonly ok: true;
      readonly copyAt: string;
      readonly prefix: string;
      /** What was put back, or would be. */
      readonly rows: RowCounts;
      /** What stayed out: what was removed since, what says who ticked when, and what follows from a removed record. */
      readonly leftOut: { readonly erased: number; readonly ticks: number };
      /** Reminders that may have been sent since the copy: they wait for the person's next working day. */
      readonly held: number;
      /** Reminders that were sent since: their proofs are put back with them. */
      readonly sentSince: number;
      /** Says that all is there; the bot does not work on the tables before. */
      readonly finish: (now: string) => Promise<void>;
    }
  | { readonly ok: false; readonly problem: string };

/** Copies are kept no longer: what was removed is then gone everywhere. A month is what GDPR art. 12(3) gives an answer. */
const COPIES_KEPT_DAYS = 30;
const DAY_MS = 24 * 3_600_000;
/** A bot that runs ticks each minute. */
const TICKED_MS = 3 * 60_000;
/** Half of what a transaction may be, since letters outside ASCII take more bytes than they are characters. */
const BATCH_CHARACTERS = LIMITS.transactionBytes / 4;
/** So many transactions are under way at once: the service takes more, a laptop's emulator does not. */
const AT_ONCE = 16;
/** What tells somebody that a record is gone outlives it. */
const TELLS_OF_WHAT_IS_GONE: readonly string[] = ['removal-granted', 'moment-removed'];

/**
 * Puts a backup into tables that are empty: after looking through all of it, so that a damaged one changes nothing. One
 * that is broken off is done again from its beginning, as often as it takes: each row is written over by itself. The bot
 * does not work on the tables until `finish` was called.
 *
 * Records that were removed since the copy stay out, with what follows from them; of reminders that may have been sent
 * since, none goes out the same day. Rows whose term has passed come back, and go with the retention that the caller runs
 * before `finish`.
 */
export async function restoreBackup(deps: RestoreDeps, asked: RestoreAsked): Promise<Restored> {
  if (!asked.dryRun && asked.ledger === null && !asked.nothingSince && !asked.unknownSince)
    return refused(
      'Say what is known of the time since the backup: --ledger <file>, --nothing-since when no bot has run since, or --unknown-since when it cannot be known: then what was removed since comes back.',
    );
  const looked = await lookThrough(deps, asked);
  if (!looked.ok) return looked;
  const { header, sha256, unopened, removed, scanManagers } = looked;
  if (unopened > 0 && !asked.loseScans)
    return refused(
      `The answers of ${unopened} open team scan(s) were sealed under another SCAN_SECRET. Set that one too, behind the newest, with a comma; or say --lose-scans: they close without an outcome.`,
    );
  const known = await ledgerOf(deps, asked, header.at);
  if (!known.ok) return known;
  const { ledger } = known;
  const blocked = await whyNotInto(deps, sha256);
  if (blocked !== null) return refused(blocked);

  const { tables, now } = deps;
  const runs = openRestoreRuns(tables);
  const run = { sha256, copyAt: header.at, startedAt: now, doneAt: null };
  // Not before: one that is refused or tried dry leaves no tables behind where a prefix was mistyped.
  if (!asked.dryRun) await tables.create();
  if (!asked.dryRun) await runs.put(run);
  const isErased = (what: Erased) => removed.has(placeOf(what)) || ledger?.wasErased(what) === true;
  const total = { rows: noRows(), erased: 0, ticks: 0, held: 0 };
  const proofs = new Map<string, Proof>();
  const writer = asked.dryRun ? NO_WRITER : openWriter(tables, deps.pause);
  const read = await readArchive(
    { path: asked.from, kind: 'backup', app: deps.app },
    {
      line(values) {
        const [table, row] = values as [TableName, Row];
        if (table === 'health') total.ticks += 1;
        else if (whatIsIn(table, row, scanManagers).some(isErased)) total.erased += 1;
        else {
          total.rows[table] += 1;
          if (table !== 'reminders') return writer.write(table, row);
          const item = sentItem(row, ledger);
          if (item !== null) noteProof(proofs, item);
          const isInDoubt = item === null && !asked.nothingSince && isDue(row, now);
          if (isInDoubt) total.held += 1;
          return writer.write(table, item !== null || isInDoubt ? doubted(row, now, isInDoubt) : row);
        }
        return undefined;
      },
    },
  );
  if (!read.ok) return read;
  if (read.sha256 !== sha256) return refused(`${asked.from} was changed while it was read. Start again.`);
  let sentSince = 0;
  for (const { tenant, person, items, sentAt } of proofs.values()) {
    sentSince += items.length;
    for (let from = 0; from < items.length; from += PROOF_ITEMS) {
      const some = { items: items.slice(from, from + PROOF_ITEMS), sentAt, activity: '' };
      await writer.write('nudges', toRow(key(tenant, person), key('restored', sentAt, String(from)), some));
    }
  }
  await writer.end();
  return {
    ok: true,
    copyAt: header.at,
    prefix: header.prefix,
    rows: total.rows,
    leftOut: { erased: total.erased, ticks: total.ticks },
    held: total.held,
    sentSince,
    finish: (doneAt) => (asked.dryRun ? Promise.resolve() : runs.put({ ...run, doneAt })),
  };
}

function refused(problem: string): { readonly ok: false; readonly problem: string } {
  return { ok: false, problem };
}

/** What has to be known of a backup before the first row is written. */
async function lookThrough({ app, seal, now }: RestoreDeps, { from, old }: RestoreAsked) {
  const removed = new Set<string>();
  const scanManagers = new Map<string, string>();
  let unopened = 0;
  let strange: string | null = null;
  const begin = ({ at }: ArchiveHeader) => {
    const days = Math.floor((Date.parse(now) - Date.parse(at)) / DAY_MS);
    return days <= COPIES_KEPT_DAYS || old
      ? null
      : `${from} is ${days} days old, and copies are kept for ${COPIES_KEPT_DAYS}: what people had removed is to be gone. Say --old to put it back all the same.`;
  };
  const line = (values: readonly unknown[]) => {
    const [table, row] = values;
    if (!isTable(table) || !isRow(row)) strange ??= String(table);
    else if (table === 'about') {
      const gone = removedIn({ row, etag: '' });
      if (gone !== null) removed.add(placeOf(gone));
    } else if (table === 'scans') {
      const scan = scanIn(row);
      if (typeof row.manager === 'string') scanManagers.set(`${scan.tenant}|${scan.id}`, row.manager);
      const { sealed } = row;
      if (typeof sealed === 'string' && sealed !== '' && (seal?.open(scan, sealed) ?? null) === null)
        unopened += 1;
    }
    return undefined;
  };
  const read = await readArchive({ path: from, kind: 'backup', app }, { begin, line });
  if (!read.ok) return read;
  if (strange !== null) return refused(`${from} holds rows of a table that is not known here: ${strange}.`);
  return { ...read, unopened, removed, scanManagers };
}

async function ledgerOf({ app, secrets }: RestoreDeps, { ledger: path }: RestoreAsked, copyAt: string) {
  return path === null ? ({ ok: true, ledger: null } as const) : readLedger({ path, app, copyAt, secrets });
}

/** Why a backup with this sum may not be put into these tables; null when it may. */
async function whyNotInto({ tables, now }: RestoreDeps, sha256: string): Promise<string | null> {
  const { there } = await whichTables(tables);
  const isThere = (name: TableName) => there.includes(name);
  const run = isThere('health') ? await openRestoreRuns(tables).last() : null;
  if (run?.record.doneAt === null)
    return run.record.sha256 === sha256
      ? null
      : `Another backup, of ${run.record.copyAt}, was put back half-way into these tables. Go on with that one, or choose another --prefix.`;
  const present = (isThere('health') ? await tables.serverTime() : null) ?? now;
  // By its reminders: a night's job may be what the last try of this ended with.
  const ticks = isThere('health') ? tables.table('health').query({ partition: key('reminders') }) : [];
  for await (const { row } of ticks) {
    const ranAt = row.ranAt ?? row.at;
    if (typeof ranAt === 'string' && Math.abs(Date.parse(present) - Date.parse(ranAt)) < TICKED_MS)
      return 'A bot works on these tables now. Stop it first, or choose another --prefix.';
  }
  for (const name of there) {
    if (name === 'health') continue;
    for await (const _row of tables.table(name).query({ most: 1 }))
      return `The tables are not empty (${name}). A backup goes into empty ones alone: choose another --prefix.`;
  }
  return null;
}

/** Whose a scan is, by tenant and id: its ballot box does not say. */
type ScanManagers = ReadonlyMap<string, string>;

function scanIn({ partitionKey, rowKey }: Row): ScanKey {
  return { tenant: keyParts(partitionKey)[0] ?? '', id: keyParts(rowKey)[1] ?? '' };
}

/** The records that a row is, or that it is about. */
function whatIsIn(table: TableName, row: Row, scanManagers: ScanManagers): readonly Erased[] {
  const [tenant = '', second = ''] = keyParts(row.partitionKey);
  const [kind = '', id = ''] = keyParts(row.rowKey);
  switch (table) {
    case 'managers':
      // A place on a list is known by its number: its id may hold whose it is.
      return [{ tenant, manager: second, kind, id: kind === 'member' ? String(row.number ?? '') : id }];
    case 'scans': {
      const manager = scanManagers.get(`${tenant}|${id}`);
      return manager === undefined ? [] : [{ tenant, manager, kind: 'scan', id }];
    }
    case 'about':
      return row.removed === undefined && typeof row.agreement === 'string'
        ? [{ tenant, manager: String(row.manager), kind: 'agreement', id: row.agreement }]
        : [];
    case 'reminders': {
      const about = kindOf(row);
      if (about === null || TELLS_OF_WHAT_IS_GONE.includes(about)) return [];
      const of = subjectKindOf({ kind: about });
      return of === null
        ? []
        : [{ tenant: String(row.tenant), manager: String(row.manager), kind: of, id: String(row.subject) }];
    }
    default:
      return [];
  }
}

function kindOf(row: Row): ReminderKind | null {
  return REMINDER_KINDS.find((one) => one === row.kind) ?? null;
}

function isDue({ due, partitionKey }: Row, now: string): boolean {
  return keyParts(partitionKey)[0] === 'due' && typeof due === 'string' && due <= now;
}

type Sent = {
  readonly tenant: string;
  readonly person: string;
  readonly item: string;
  readonly sentAt: string;
};
type Proof = {
  readonly tenant: string;
  readonly person: string;
  readonly items: string[];
  readonly sentAt: string;
};
/** Each some 150 characters; a property takes 32,768. */
const PROOF_ITEMS = 100;

/** What a reminder was sent as since the copy; null when it was not, as far as is known. */
function sentItem(row: Row, ledger: Ledger | null): Sent | null {
  const kind = kindOf(row);
  if (ledger === null || kind === null) return null;
  const text = (name: string) => String(row[name] ?? '');
  const [tenant, person] = [text('tenant'), text('person')];
  const about = { kind, manager: text('manager'), subject: text('subject'), occasion: text('occasion') };
  const item = itemId({ ...about, round: Number(row.round ?? 0) });
  const sentAt = ledger.sentAt(tenant, person, item);
  return sentAt === null ? null : { tenant, person, item, sentAt };
}

function noteProof(proofs: Map<string, Proof>, { tenant, person, item, sentAt }: Sent): void {
  // By when as well: how many somebody got on a day counts.
  const id = `${tenant}|${person}|${sentAt}`;
  const found = proofs.get(id) ?? { tenant, person, items: [], sentAt };
  found.items.push(item);
  proofs.set(id, found);
}

/** As one that was claimed, so that proofs are looked at; and, where none may be left, as one that was about to leave. */
function doubted(row: Row, now: string, isInDoubt: boolean): Row {
  return { ...row, claimedAt: row.claimedAt ?? now, ...(isInDoubt ? { sendingAt: now } : {}) };
}

function placeOf({ tenant, manager, kind, id }: Erased): string {
  return [tenant, manager, kind, id].join('|');
}

function isTable(name: unknown): name is TableName {
  return TABLE_NAMES.some((one) => one === name);
}

function isRow(value: unknown): value is Row {
  return (
    typeof value === 'object' &&
    value !== null &&
    'partitionKey' in value &&
    typeof value.partitionKey === 'string' &&
    'rowKey' in value &&
    typeof value.rowKey === 'string'
  );
}

type Writer = {
  write(table: TableName, row: Row): Promise<void> | undefined;
  end(): Promise<void>;
};
const NO_WRITER: Writer = { write: () => undefined, end: async () => undefined };

/** Writes rows that come partition by partition, a bounded number at once: what waits is `AT_ONCE` transactions at most. */
function openWriter(tables: Tables, pause: Pause): Writer {
  let table: TableName | null = null;
  let rows: Row[] = [];
  let characters = 0;
  let waiting: (() => Promise<void>)[] = [];
  const close = () => {
    const [into, some] = [table, rows];
    if (into !== null && some.length > 0)
      waiting.push(() => persistently(() => upsertRows(tables.table(into), some), pause));
    rows = [];
    characters = 0;
  };
  const flush = async () => {
    const some = waiting;
    waiting = [];
    await Promise.all(some.map((write) => write()));
  };
  return {
    write(into, row) {
      const size = JSON.stringify(row).length;
      const isFull = rows.length >= LIMITS.transactionRows || characters + size > BATCH_CHARACTERS;
      if (into !== table || rows[0]?.partitionKey !== row.partitionKey || isFull) close();
      table = into;
      rows.push(row);
      characters += size;
      return waiting.length < AT_ONCE ? undefined : flush();
    },
    async end() {
      close();
      await flush();
    },
  };
}
