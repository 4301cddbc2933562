import type { DueReminder, Lease, Reminders } from '../../bot/store/reminders.js';
import { LIMITS } from '../../bot/store/tables/limits.js';
import { isLeased } from './due.js';

/**
 * How long a claim holds. Long on purpose: a claim taken over too early sends twice, one taken over too late only
 * sends late. A group takes seconds, a stall of the machine perhaps a minute.
 */
export const LEASE_MS = 10 * 60_000;

/**
 * Takes rows of one shard, partition by partition from the oldest, 100 in a transaction under their etags. Who
 * loses one leaves the rest to the other: all that is due for a person is in one shard and is asked for together,
 * and everybody begins with their oldest, so one instance makes their digest. Returns what is ours now: as it stood before, with the etags of now.
 */
export async function claimRows(
  reminders: Reminders,
  rows: readonly DueReminder[],
  { lease, now }: { readonly lease: Lease; readonly now: string },
): Promise<readonly DueReminder[]> {
  // Whoever is at work on a person makes their digest; what they leave is taken over when their lease ends.
  const busy = new Set(rows.filter((row) => isLeased(row, now, LEASE_MS)).map(personOf));
  const free = rows.filter((row) => !busy.has(personOf(row)));
  const claimed: DueReminder[] = [];
  for (const batch of batchesByPartition(free)) {
    const taken = await reminders.claim(
      batch.map(({ stored }) => stored),
      lease,
    );
    if (taken === null) return claimed;
    claimed.push(...batch.map((row, at) => ({ ...row, stored: taken[at] ?? row.stored })));
  }
  return claimed;
}

function personOf({ reminder }: DueReminder): string {
  return `${reminder.tenant}|${reminder.person}`;
}

function batchesByPartition(rows: readonly DueReminder[]): DueReminder[][] {
  const byPartition = new Map<string, DueReminder[]>();
  for (const row of rows) {
    const { partitionKey } = row.stored.row;
    const found = byPartition.get(partitionKey) ?? [];
    found.push(row);
    byPartition.set(partitionKey, found);
  }
  return [...byPartition]
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .flatMap(([, found]) =>
      Array.from({ length: Math.ceil(found.length / LIMITS.transactionRows) }, (_, at) =>
        found.slice(at * LIMITS.transactionRows, (at + 1) * LIMITS.transactionRows),
      ),
    );
}
