import { z } from 'zod';
import { closedScan, mayAnswer, type Scan, scanSchema, withAsked } from '../domain/scan.js';
import { type Ballot, type Box, EMPTY_BOX, isBallot, withBallot } from '../domain/scan-tally.js';
import { CodedError } from '../errors.js';
import type { ScanKey, Seal } from './scan-seal.js';
import { removeRows } from './tables/batches.js';
import { key, keyParts, keysUnder } from './tables/keys.js';
import { fromRow, readableRow, toRow, type Versioned } from './tables/row-mapping.js';
import type { StoredRow, Write } from './tables/rows.js';
import type { Tables, WriteResult } from './tables/tables.js';

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

export function openScans(tables: Tables, seal: Seal | null): Scans {
  const table = tables.table('scans');
  const scanRow = (scan: Scan) => toRow(key(scan.tenant), key(SCAN, scan.id), scan);
  const boxRow = (tenant: string, id: string, sealed: string) => toRow(key(tenant), key(BOX, id), { sealed });
  const inTurn = createQueue();

  const get = async (tenant: string, id: string): Promise<Versioned<Scan> | null> => {
    const found = await table.get(key(tenant), key(SCAN, id));
    return found === null ? null : fromRow(scanSchema, JSON_PROPERTIES, found);
  };
  /** Null where there is no box any more; `box` is null where it cannot be opened. */
  const getBox = async (tenant: string, id: string): Promise<{ box: Box | null; etag: string } | null> => {
    const found = await table.get(key(tenant), key(BOX, id));
    if (found === null) return null;
    const { record, etag } = fromRow(sealedBoxSchema, [], found);
    if (record.sealed === '') return null;
    return { box: seal?.open({ tenant, id }, record.sealed) ?? null, etag };
  };
  const sealing = (): Seal => {
    if (seal === null) throw new CodedError('no-scan-secret', 'there is no secret to seal a box with');
    return seal;
  };

  /** Counts the ballots of all who wait for the same scan, in one write. */
  const countAll = async ({ tenant, id }: ScanKey, batch: readonly Sent[]): Promise<readonly Answered[]> => {
    const found = await get(tenant, id);
    if (found === null) return batch.map(() => 'gone');
    const may = batch.map(({ person, today }) => mayAnswer(found.record, person, today));
    if (!may.includes('yes')) return may.map((one) => (one === 'yes' ? 'over' : one));
    for (let tries = 0; tries < MOST_TRIES; tries += 1) {
      const kept = await getBox(tenant, id);
      // The box goes when the scan closes: whoever comes after that was too late.
      const instead = kept === null ? 'over' : 'unreadable';
      if (kept === null || kept.box === null) return may.map((one) => (one === 'yes' ? instead : one));
      let box = kept.box;
      const answered = batch.map(({ person, ballot }, at): Answered => {
        const one = may[at] ?? 'not-asked';
        if (one !== 'yes') return one;
        const next = withBallot(box, person, ballot);
        const isCounted = next !== box;
        box = next;
        return isCounted ? 'counted' : 'already';
      });
      if (box === kept.box) return answered;
      const row = boxRow(tenant, id, sealing().seal({ tenant, id }, box));
      if ((await table.replace(row, kept.etag)) === 'ok') return answered;
    }
    throw new CodedError('scan-contended', 'a ballot box was written by others at each of many tries');
  };

  /** The same for all who join the same scan: a team that is in one room types its code at one moment. */
  const joinAll = async (
    { tenant, id }: ScanKey,
    batch: readonly Joining[],
  ): Promise<readonly (Scan | null)[]> => {
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
  };
  const count = createGathering(inTurn, countAll);
  const join = createGathering(inTurn, joinAll);

  return {
    canSeal: seal !== null,
    get,
    async ofTenant(tenant) {
      const { from, to } = keysUnder(SCAN);
      const scans: Scan[] = [];
      let unreadable = 0;
      for await (const stored of table.query({ partition: key(tenant), rowFrom: from, rowBefore: to })) {
        const scan = readableRow(scanSchema, JSON_PROPERTIES, stored);
        if (scan === null) unreadable += 1;
        else scans.push(scan);
      }
      return { scans, unreadable };
    },
    async *all() {
      for await (const stored of table.query({})) {
        const [kind] = keyParts(stored.row.rowKey);
        const record = kind === SCAN ? readableRow(scanSchema, JSON_PROPERTIES, stored) : null;
        if (record !== null) yield { record, etag: stored.etag };
      }
    },
    add(scan) {
      const { tenant, id } = scan;
      return table.transact([
        { do: 'insert', row: scanRow(scan) },
        { do: 'insert', row: boxRow(tenant, id, sealing().seal({ tenant, id }, EMPTY_BOX)) },
      ]);
    },
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
    close: (tenant, id, { now, by }) =>
      inTurn(`${tenant}|${id}`, async () => {
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
              : [{ do: 'replace', row: boxRow(tenant, id, ''), etag: kept.etag } as const]),
          ];
          if ((await table.transact(writes)) === 'ok') return closed;
        }
        throw new CodedError(
          'scan-contended',
          'a scan was written by others at each of many tries to close it',
        );
      }),
    async remove(tenant, id) {
      const rows = [SCAN, BOX].map(
        (kind): StoredRow => ({ row: { partitionKey: key(tenant), rowKey: key(kind, id) }, etag: '*' }),
      );
      await removeRows(table, rows);
    },
  };
}

/**
 * Does at once what several ask for of the same scan while another of them is at work: whoever is first in the line does it
 * for all who stand there. One write for each would make the last of many late, and fifty who write the same row by
 * themselves at one moment would get in each other's way until some give up.
 */
function createGathering<Item, Result>(
  inTurn: ReturnType<typeof createQueue>,
  work: (scan: ScanKey, items: readonly Item[]) => Promise<readonly Result[]>,
): (scan: ScanKey, item: Item) => Promise<Result> {
  type Waiting = { readonly item: Item; result: { readonly is: Result } | null };
  const waiting = new Map<string, readonly Waiting[]>();
  return (scan, item) => {
    const name = `${scan.tenant}|${scan.id}`;
    const mine: Waiting = { item, result: null };
    waiting.set(name, [...(waiting.get(name) ?? []), mine]);
    const resultOf = (one: Waiting) => one.result;
    return inTurn(name, async () => {
      const done = resultOf(mine);
      if (done !== null) return done.is;
      try {
        const batch = waiting.get(name) ?? [];
        const results = await work(
          scan,
          batch.map((one) => one.item),
        );
        for (const [at, is] of results.entries()) {
          const one = batch[at];
          if (one !== undefined) one.result = { is };
        }
      } finally {
        // What failed is told to who led it alone: the others lead themselves.
        const left = (waiting.get(name) ?? []).filter((one) => one !== mine && one.result === null);
        if (left.length > 0) waiting.set(name, left);
        else waiting.delete(name);
      }
      const now = resultOf(mine);
      if (now === null) throw new RangeError('nothing came of what was asked for');
      return now.is;
    });
  };
}

/** Runs what is asked for under one name one after the other, in the order in which it was asked. */
function createQueue(): <Result>(name: string, work: () => Promise<Result>) => Promise<Result> {
  const last = new Map<string, Promise<unknown>>();
  return (name, work) => {
    const before = last.get(name) ?? Promise.resolve();
    const run = before.then(work, work);
    const settled = run.catch(() => undefined);
    last.set(name, settled);
    void settled.then(() => {
      if (last.get(name) === settled) last.delete(name);
    });
    return run;
  };
}
