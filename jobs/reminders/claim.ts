import { LIMITS } from '../../bot/store/limits.js';
import type { Lease, Reminders } from '../../bot/store/reminders.js';
import type { DueReminder, DueShard } from './due.js';
import { isLeased } from './due.js';

/**
 * How long a claim holds. Long on purpose: a claim taken over too early sends twice, one taken over too late only
 * sends late. A shard takes seconds, a stall of the machine perhaps a minute.
 */
export const LEASE_MS = 10 * 60_000;

/** Rows of one shard that are ours now, each as it stood before; `lost` when another instance has some of it. */
export type Claimed = { readonly rows: readonly DueReminder[]; readonly lost: boolean };

/**
 * Takes the rows of a shard, partition by partition from the oldest, 100 in a transaction under their etags. Who
 * loses one leaves the rest of that shard to the other: the same person is always in the same shard, so one
 * instance makes their digest.
 */
export async function claimShard(
  reminders: Reminders,
  { rows }: DueShard,
  lease: Lease,
  now: string,
): Promise<Claimed> {
  // Whoever is at work on a person makes their digest; what they leave is taken over when their lease ends.
  const taken = new Set(rows.filter((row) => isLeased(row, now, LEASE_MS)).map(personOf));
  const free = rows.filter((row) => !taken.has(personOf(row)));
  const claimed: DueReminder[] = [];
  for (const batch of batchesByPartition(free)) {
    const result = await reminders.claim(
      batch.map(({ stored }) => stored),
      lease,
    );
    if (result !== 'ok') return { rows: claimed, lost: true };
    claimed.push(...batch);
  }
  return { rows: claimed, lost: taken.size > 0 };
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
    .sort(([one], [other]) => one.localeCompare(other))
    .flatMap(([, found]) =>
      Array.from({ length: Math.ceil(found.length / LIMITS.transactionRows) }, (_, at) =>
        found.slice(at * LIMITS.transactionRows, (at + 1) * LIMITS.transactionRows),
      ),
    );
}
