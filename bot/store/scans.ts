import { z } from 'zod';
import { closedScan, mayAnswer, type Scan, scanSchema, withAsked } from '../domain/scan.js';
import { type Ballot, type Box, EMPTY_BOX, isBallot, withBallot } from '../domain/scan-tally.js';
import { CodedError } from '../errors.js';
import { createGathering, createQueue, queueOf } from './scan-queue.js';
import type { ScanKey, Seal } from './scan-seal.js';
import { removeRows } from './tables/batches.js';
import { key, keyParts, keysUnder } from './tables/keys.js';
import { fromRow, readableRow, toRow, type Versioned } from './tables/row-mapping.js';
import type { StoredRow, Write } from './tables/rows.js';
import type { Table, Tables, WriteResult } from './tables/tables.js';

/** `sealed` is empty once the scan has closed: the box is gone then. */
export const sealedBoxSchema = z.object({ sealed: z.string().default('') });

const JSON_PROPERTIES = ['asked', 'outcome', 'measures'];

/**
 * What became of a ballot. `counted` and `already` are told in the same words. `unreadable`: the box was sealed under a
 * secret that the bot no longer has.
 */
export type Answered = 'counted' | 'already' | 'own' | 'not-asked' | 'over' | 'gone' | 'unreadable';
/** How far an open scan is: a number, never who; null where the box cannot be opened. */
export type Progress = { readonly answered: number } | null;

/**
 * Scans and their ballot boxes. A scan and its box lie in two rows of one partition: what is written when somebody
 * answers is the box alone, and closing changes both in one transaction.
 */
export type Scans = {
  /** Whether there is a secret to seal boxes with: without one no scan can be started or answered. */
  readonly canSeal: boolean;
  get(tenant: string, id: string): Promise<Versioned<Scan> | null>;
  /** Every scan of one tenant that can be read, and whether some cannot. */
  ofTenant(tenant: string): Promise<{ readonly scans: readonly Scan[]; readonly unreadable: number }>;
  /** Every scan that can be read: for the night, never for a turn. */
  all(): AsyncIterable<Versioned<Scan>>;
  /** The scan with an empty box; `conflict` when its code is taken. */
  add(scan: Scan): Promise<WriteResult>;
  /** Changes what everybody may know of it; its box stays as it is. */
  change(scan: Scan, etag: string): Promise<WriteResult>;
  /**
   * Somebody who typed the code is asked from now on, and does not count as asked twice. The scan as it is then; null where
   * they cannot be asked (`withAsked`), or it is gone. `today` is the person's own day.
   */
  join(
    tenant: string,
    id: string,
    asking: { readonly person: string; readonly today: string; readonly now: string },
  ): Promise<Scan | null>;
  /** Counts a ballot, once for each person however often it is sent. `today` is the person's own day. */
  answer(
    tenant: string,
    id: string,
    answering: { readonly person: string; readonly ballot: Ballot; readonly today: string },
  ): Promise<Answered>;
  progress(scan: Pick<Scan, 'tenant' | 'id'>): Promise<Progress>;
  /**
   * Whether somebody has answered an open scan; false where the box is gone or cannot be opened. The table is asked only
   * where it may be so.
   */
  hasAnswered(scan: Pick<Scan, 'tenant' | 'id' | 'status' | 'asked'>, person: string): Promise<boolean>;
  /**
   * Closes an open scan: its outcome takes the place of the box. The scan as it is then, by whichever press came first;
   * null when it is gone.
   */
  close(
    tenant: string,
    id: string,
    closing: { readonly now: string; readonly by: NonNullable<Scan['closedBy']> },
  ): Promise<Scan | null>;
  /** The scan and its box. */
  remove(tenant: string, id: string): Promise<void>;
};

/**
 * Who writes the same box at the same time are people who answer at that moment, each in a process of their own: those of
 * one process come one after the other.
 */
const MOST_TRIES = 60;
/** Somebody's ballot until it is counted: in memory, for the length of their turn. */
type Sent = { readonly person: string; readonly ballot: Ballot; readonly today: string };
type Joining = { readonly person: string; readonly today: string; readonly now: string };

const SCAN = 'scan';
const BOX = 'box';

/** The two rows of a scan, and what seals one of them. */
type ScanRows = {
  readonly table: Table;
  readonly seal: Seal | null;
  get(tenant: string, id: string): Promise<Versioned<Scan> | null>;
  /** Null where there is no box any more; `box` is null where it cannot be opened. */
  getBox(tenant: string, id: string): Promise<{ readonly box: Box | null; readonly etag: string } | null>;
};

export function openScans(tables: Tables, seal: Seal | null): Scans {
  const rows = openRows(tables.table('scans'), seal);
  const { table, get, getBox } = rows;
  const inTurn = createQueue();
  const count = createGathering(inTurn, (scan, batch: readonly Sent[]) => countAll(rows, scan, batch));
  const join = createGathering(inTurn, (scan, batch: readonly Joining[]) => joinAll(rows, scan, batch));
  return {
    canSeal: seal !== null,
    get,
    ofTenant: (tenant) => scansOfTenant(table, tenant),
    async *all() {
      for await (const stored of table.query({})) {
        const [kind] = keyParts(stored.row.rowKey);
        const record = kind === SCAN ? readableRow(scanSchema, JSON_PROPERTIES, stored) : null;
        if (record !== null) yield { record, etag: stored.etag };
      }
    },
    add: (scan) =>
      table.transact([
        { do: 'insert', row: scanRow(scan) },
        { do: 'insert', row: boxRow(scan, sealing(seal).seal(scan, EMPTY_BOX)) },
      ]),
    change: (scan, etag) => table.replace(scanRow(scan), etag),
    join: (tenant, id, { person, today, now }) => join({ tenant, id }, { person, today, now }),
    async answer(tenant, id, { person, ballot, today }) {
      // One that is none would hold up all who are counted with it.
      if (!isBallot(ballot)) throw new RangeError('not a ballot');
      return count({ tenant, id }, { person, ballot, today });
    },
    async progress({ tenant, id }) {
      const kept = await getBox(tenant, id);
      return kept === null || kept.box === null ? null : { answered: kept.box.tally.ballots };
    },
    async hasAnswered({ tenant, id, status, asked }, person) {
      if (status !== 'open' || !asked.includes(person)) return false;
      const kept = await getBox(tenant, id);
      return kept?.box?.answered.includes(person) ?? false;
    },
    close: (tenant, id, closing) =>
      inTurn(queueOf({ tenant, id }), () => close(rows, { tenant, id }, closing)),
    async remove(tenant, id) {
      const both = [SCAN, BOX].map(
        (kind): StoredRow => ({ row: { partitionKey: key(tenant), rowKey: key(kind, id) }, etag: '*' }),
      );
      await removeRows(table, both);
    },
  };
}

function openRows(table: Table, seal: Seal | null): ScanRows {
  return {
    table,
    seal,
    async get(tenant, id) {
      const found = await table.get(key(tenant), key(SCAN, id));
      return found === null ? null : fromRow(scanSchema, JSON_PROPERTIES, found);
    },
    async getBox(tenant, id) {
      const found = await table.get(key(tenant), key(BOX, id));
      if (found === null) return null;
      const { record, etag } = fromRow(sealedBoxSchema, [], found);
      if (record.sealed === '') return null;
      return { box: seal?.open({ tenant, id }, record.sealed) ?? null, etag };
    },
  };
}

async function scansOfTenant(
  table: Table,
  tenant: string,
): Promise<{ readonly scans: readonly Scan[]; readonly unreadable: number }> {
  const { from, to } = keysUnder(SCAN);
  const scans: Scan[] = [];
  let unreadable = 0;
  for await (const stored of table.query({ partition: key(tenant), rowFrom: from, rowBefore: to })) {
    const scan = readableRow(scanSchema, JSON_PROPERTIES, stored);
    if (scan === null) unreadable += 1;
    else scans.push(scan);
  }
  return { scans, unreadable };
}

/** Counts the ballots of all who wait for the same scan, in one write. */
async function countAll(
  { table, seal, get, getBox }: ScanRows,
  { tenant, id }: ScanKey,
  batch: readonly Sent[],
): Promise<readonly Answered[]> {
  const found = await get(tenant, id);
  if (found === null) return batch.map(() => 'gone');
  const may = batch.map(({ person, today }) => mayAnswer(found.record, person, today));
  const insteadOfYes = (answer: Answered) => may.map((one) => (one === 'yes' ? answer : one));
  if (!may.includes('yes')) return insteadOfYes('over');
  for (let tries = 0; tries < MOST_TRIES; tries += 1) {
    const kept = await getBox(tenant, id);
    // The box goes when the scan closes: whoever comes after that was too late.
    if (kept === null) return insteadOfYes('over');
    if (kept.box === null) return insteadOfYes('unreadable');
    const { box, answered } = counted(kept.box, batch, may);
    if (box === kept.box) return answered;
    const row = boxRow({ tenant, id }, sealing(seal).seal({ tenant, id }, box));
    if ((await table.replace(row, kept.etag)) === 'ok') return answered;
  }
  throw new CodedError('scan-contended', 'a ballot box was written by others at each of many tries');
}

/** The box with the ballots in it of those who may; the very same box where nothing was added. */
function counted(
  before: Box,
  batch: readonly Sent[],
  may: readonly ReturnType<typeof mayAnswer>[],
): { readonly box: Box; readonly answered: readonly Answered[] } {
  let box = before;
  const answered = batch.map(({ person, ballot }, at): Answered => {
    const one = may[at] ?? 'not-asked';
    if (one !== 'yes') return one;
    const next = withBallot(box, person, ballot);
    const isCounted = next !== box;
    box = next;
    return isCounted ? 'counted' : 'already';
  });
  return { box, answered };
}

/** The same for all who join the same scan: a team that is in one room types its code at one moment. */
async function joinAll(
  { table, get }: ScanRows,
  { tenant, id }: ScanKey,
  batch: readonly Joining[],
): Promise<readonly (Scan | null)[]> {
  for (let tries = 0; tries < MOST_TRIES; tries += 1) {
    const found = await get(tenant, id);
    if (found === null) return batch.map(() => null);
    const joined = batch.reduce(
      (scan, { person, today, now }) =>
        scan.asked.includes(person) ? scan : (withAsked(scan, { person, today, now }) ?? scan),
      found.record,
    );
    const results = batch.map(({ person }) => (joined.asked.includes(person) ? joined : null));
    if (joined === found.record) return results;
    if ((await table.replace(scanRow(joined), found.etag)) === 'ok') return results;
  }
  throw new CodedError('scan-contended', 'a scan was written by others at each of many tries to join it');
}

async function close(
  { table, get, getBox }: ScanRows,
  { tenant, id }: ScanKey,
  { now, by }: Parameters<Scans['close']>[2],
): Promise<Scan | null> {
  for (let tries = 0; tries < MOST_TRIES; tries += 1) {
    const found = await get(tenant, id);
    if (found === null || found.record.status !== 'open') return found?.record ?? null;
    const kept = await getBox(tenant, id);
    const closed = closedScan(found.record, { tally: kept?.box?.tally ?? null, now, by });
    const writes: Write[] = [
      { do: 'replace', row: scanRow(closed), etag: found.etag },
      // An answer that came in since changed the box: then it is counted first.
      ...(kept === null
        ? []
        : [{ do: 'replace', row: boxRow({ tenant, id }, ''), etag: kept.etag } as const]),
    ];
    if ((await table.transact(writes)) === 'ok') return closed;
  }
  throw new CodedError('scan-contended', 'a scan was written by others at each of many tries to close it');
}

function sealing(seal: Seal | null): Seal {
  if (seal === null) throw new CodedError('no-scan-secret', 'there is no secret to seal a box with');
  return seal;
}

function scanRow(scan: Scan) {
  return toRow(key(scan.tenant), key(SCAN, scan.id), scan);
}

function boxRow({ tenant, id }: ScanKey, sealed: string) {
  return toRow(key(tenant), key(BOX, id), { sealed });
}
