import { isReachable, newPerson, type Person } from '../domain/person.js';
import { whenPresent } from '../domain/person-reachability.js';
import type { People } from '../store/people.js';
import type { Reminders } from '../store/reminders.js';
import type { Turn } from '../turn.js';

export type ReachabilityDeps = { readonly people: People; readonly reminders: Reminders };

/** What became of a person: created, returned after being out of reach, or known and reachable before. */
export type Upserted = { readonly person: Person; readonly was: 'created' | 'returned' | 'known' };

/** Concurrent writers of a person are another turn of theirs and a reminder: more conflicts in a row than this are a fault. */
const MOST_TRIES = 4;

/**
 * Keeps the address at which a person can be reached, and releases the reminders that waited for them. Called when the
 * app is installed and when somebody records something or asks to be reminded; never when they look something up, which
 * leaves no trace. Costs one table request for a person who is known and reachable, and else two more beside those that
 * release the reminders. Rejects while the tables are away.
 */
export async function upsertPerson(
  { people, reminders }: ReachabilityDeps,
  turn: Pick<Turn, 'tenant' | 'person' | 'reference' | 'locale' | 'now' | 'occurredAt'>,
  installed = false,
): Promise<Upserted> {
  const { tenant, person: id, reference, locale, now, occurredAt } = turn;
  const evidence = { occurredAt, reference, locale, installed };
  let person = whenPresent(newPerson(tenant, id), evidence);
  for (let tries = 0; tries < MOST_TRIES; tries += 1) {
    const found = await people.get(tenant, id);
    if (found === null) {
      // Somebody without an address cannot be written to, and their row would only say that they were here.
      if (!isReachable(person)) return { person, was: 'known' };
      // Of two turns that arrive together only one finds nobody there.
      if ((await people.add(person)) !== 'ok') continue;
      await reminders.release(tenant, id, now);
      return { person, was: 'created' };
    }
    person = whenPresent(found.record, evidence);
    if (person === found.record) return { person, was: 'known' };
    // The first to write them finds that they were away: what they see then is said once.
    if ((await people.change(person, found.etag)) !== 'ok') continue;
    if (isReachable(found.record) || !isReachable(person)) return { person, was: 'known' };
    await reminders.release(tenant, id, now);
    return { person, was: 'returned' };
  }
  return { person, was: 'known' };
}
