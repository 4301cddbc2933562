import { isReachable, newPerson, type People, type Person, sameReference } from './store/people.js';
import type { Reminders } from './store/reminders.js';
import type { Turn } from './turn.js';

export type ReachabilityNeeds = { readonly people: People; readonly reminders: Reminders };

/** What became of remembering somebody: they are new here, they were away and are back, or were here all along. */
export type Remembered = { readonly person: Person; readonly was: 'new' | 'away' | 'here' };

/**
 * Keeps where somebody can be written to, and delivers what waited for them. For being installed and for what
 * somebody records or asks to be reminded of: never for what they look up, which leaves no trace. One request for
 * who is known and here; for who is new or was away two more, and what it takes to bring back what waited.
 */
export async function remember(
  { people, reminders }: ReachabilityNeeds,
  turn: Pick<Turn, 'tenant' | 'person' | 'reference' | 'locale' | 'now'>,
): Promise<Remembered> {
  const { tenant, person: id, reference, locale, now } = turn;
  const found = await people.get(tenant, id);
  if (found === null) {
    const record: Person = { ...newPerson(tenant, id), reference, locale };
    const added = await people.add(record);
    await reminders.release(tenant, id, now);
    // Of two turns that arrive together only one finds nobody there.
    return { person: record, was: added === 'ok' ? 'new' : 'here' };
  }
  const away = !isReachable(found.record);
  const record: Person = {
    ...found.record,
    reference,
    locale: locale ?? found.record.locale,
    unreachableSince: null,
    unreachableWhy: null,
  };
  const same =
    !away && sameReference(found.record.reference, reference) && record.locale === found.record.locale;
  if (same) return { person: found.record, was: 'here' };
  const changed = await people.change(record, found.etag);
  if (away) await reminders.release(tenant, id, now);
  return { person: record, was: away && changed === 'ok' ? 'away' : 'here' };
}
