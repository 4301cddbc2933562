import { isReachable, type Person, type Reference } from '../../bot/domain/person.js';
import { whenDelivered, whenRefused } from '../../bot/domain/person-reachability.js';
import type { People } from '../../bot/store/people.js';
import type { Versioned } from '../../bot/store/tables/row-mapping.js';
import type { Proactive, Sent } from '../../bot/teams/proactive.js';
import type { Card } from '../../cards/render.js';

/** A concurrent writer of a person is a turn of theirs: more conflicts in a row than this are a fault. */
const MOST_TRIES = 4;

/** What came of sending, and at which address. */
export type Reached = { readonly sent: Sent; readonly at: Reference };

/**
 * Sends to the newest address, and where Teams refuses that to the one before it, as long as the newest has not proven
 * itself: `gone` only when there is no address left to try.
 */
export async function sendTo(
  send: Proactive,
  { person: { formerReference }, newest }: { readonly person: Person; readonly newest: Reference },
  { card, mayGo }: { readonly card: Card; readonly mayGo: () => boolean },
): Promise<Reached> {
  const sent = await send(newest, card, mayGo);
  if (sent.kind !== 'gone' || formerReference === null) return { sent, at: newest };
  const former = await send(formerReference, card, mayGo);
  return former.kind === 'gone' ? { sent, at: newest } : { sent: former, at: formerReference };
}

/** Notes that something arrived, where that is news. The person as they are from then on. */
export async function noteDelivered(
  people: People,
  kept: Versioned<Person>,
  at: Reference,
): Promise<Versioned<Person>> {
  let newest = kept;
  for (let tries = 0; tries < MOST_TRIES; tries += 1) {
    const record = whenDelivered(newest.record, at);
    if (record === newest.record) return newest;
    const result = await people.change(record, newest.etag);
    if (result === 'ok') return { record, etag: newest.etag };
    // They did something meanwhile: an address that they have now is newer than the one that worked.
    const found = result === 'gone' ? null : await people.get(record.tenant, record.person);
    if (found === null || isReachable(found.record)) return found ?? { record, etag: newest.etag };
    newest = found;
  }
  return newest;
}

/** Notes a refusal. The person as they are from then on, or null when they did something meanwhile: then they are there. */
export async function noteRefused(
  people: People,
  kept: Versioned<Person>,
  refusal: { readonly why: string; readonly now: string; readonly zone: string },
): Promise<Versioned<Person> | null> {
  const record = whenRefused(kept.record, refusal);
  if (record === kept.record) return kept;
  return (await people.change(record, kept.etag)) === 'ok' ? { record, etag: kept.etag } : null;
}
