import { isReachable, newPerson, type Person } from '../domain/person.js';
import { whenPresent } from '../domain/person-reachability.js';
import type { People } from '../store/people.js';
import type { Reminders } from '../store/reminders.js';
import type { Turn } from '../turn.js';

export type ReachabilityDeps = { readonly people: People; readonly reminders: Reminders };

/** What became of remembering somebody: they are new here, they were away and are back, or were here all along. */
export type Remembered = { readonly person: Person; readonly was: 'new' | 'away' | 'here' };

/** Who writes a person at the same time is another turn of theirs or a reminder: more than so many in a row is neither. */
const MOST_TRIES = 4;

/**
 * Keeps where somebody can be written to, and delivers what waited for them. For being installed and for what
 * somebody records or asks to be reminded of: never for what they look up, which leaves no trace. One request for
 * somebody who is known and here; for who is new or was away two more, and what it takes to bring back what waited.
 */
export async function upsertPerson(
  { people, reminders }: ReachabilityDeps,
  turn: Pick<Turn, 'tenant' | 'person' | 'reference' | 'locale' | 'now' | 'occurredAt'>,
  installed = false,
): Promise<Remembered> {
  const { tenant, person: id, reference, locale, now, occurredAt } = turn;
  const evidence = { occurredAt, reference, locale, installed };
  let person = whenPresent(newPerson(tenant, id), evidence);
  for (let tries = 0; tries < MOST_TRIES; tries += 1) {
    const found = await people.get(tenant, id);
    if (found === null) {
      // Somebody without an address cannot be written to, and their row would only say that they were here.
      if (!isReachable(person)) return { person, was: 'here' };
      // Of two turns that arrive together only one finds nobody there.
      if ((await people.add(person)) !== 'ok') continue;
      await reminders.release(tenant, id, now);
      return { person, was: 'new' };
    }
    person = whenPresent(found.record, evidence);
    if (person === found.record) return { person, was: 'here' };
    // The first to write them finds that they were away: what they see then is said once.
    if ((await people.change(person, found.etag)) !== 'ok') continue;
    if (isReachable(found.record) || !isReachable(person)) return { person, was: 'here' };
    await reminders.release(tenant, id, now);
    return { person, was: 'away' };
  }
  return { person, was: 'here' };
}
