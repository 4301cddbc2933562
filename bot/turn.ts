import type { Payload, Verb } from '../cards/actions.js';
import type { Lang } from '../cards/content/words.js';
import { type Day, dayOf } from './domain/calendar.js';
import type { Reference } from './domain/person.js';
import type { People } from './store/people.js';

/** Where Teams lets a file be put, and what to say of it when it is there. */
export type FilePlace = {
  /** Whoever has it may write the file: it is not shown and not logged. */
  readonly uploadUrl: string;
  readonly contentUrl: string;
  readonly name: string;
  readonly uniqueId: string;
  readonly fileType: string;
};

/** The answer to a file that was offered. `place` is null where a file was declined, or where Teams names none. */
export type FileAnswer = {
  readonly kind: 'file';
  readonly accepted: boolean;
  readonly context: unknown;
  readonly place: FilePlace | null;
};

/**
 * What came in: words, a press on a card, an answer to a file that was offered, a file, or the bot being put in or taken out
 * of somebody's chats.
 */
export type TurnInput =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'press'; readonly verb: string; readonly data: unknown }
  | FileAnswer
  /** `sent-file`: a file or a picture without words. What is in it is never fetched. */
  | { readonly kind: 'sent-file' | 'installed' | 'removed' };

/** One thing that one person did, free of botbuilder. */
export type Turn = {
  /** Entra tenant id and object id, lower case: all that a handler may do hangs on these two. */
  readonly tenant: string;
  readonly person: string;
  /** As Teams shows it; empty when it did not say. */
  readonly name: string;
  readonly said: TurnInput;
  /** The language to answer in. */
  readonly lang: Lang;
  /** What Teams says of the person's language, null when it says nothing of use. */
  readonly locale: Lang | null;
  /** Instant, ISO 8601 UTC. */
  readonly now: string;
  /** When it happened by Teams' clock, at most a minute after `now`: events arrive late and out of order. */
  readonly occurredAt: string;
  /** Where this person can be written to later; null where it did not come from their personal chat with the bot. */
  readonly reference: Reference | null;
};

/** A press whose verb is known and whose payload has passed its schema. */
export type Press<V extends Verb> = Turn & { readonly data: Payload<V> };

export type ZoneDeps = { readonly people: Pick<People, 'get'>; readonly zone: string };

/**
 * The zone (IANA) in which this person reads days and times: the one that they chose, else `zone`, the organisation's.
 * Rejects while the tables are away.
 */
export async function zoneOf(
  { people, zone }: ZoneDeps,
  { tenant, person }: Pick<Turn, 'tenant' | 'person'>,
): Promise<string> {
  return (await people.get(tenant, person))?.record.zone ?? zone;
}

/**
 * The day it is for this person, in their own zone. Rejects while the tables are away: recording the wrong day is worse
 * than saying that it cannot be done now.
 */
export async function todayOf(deps: ZoneDeps, turn: Pick<Turn, 'tenant' | 'person' | 'now'>): Promise<Day> {
  return dayOf(turn.now, await zoneOf(deps, turn));
}
