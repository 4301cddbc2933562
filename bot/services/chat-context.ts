import { LRUCache } from 'lru-cache';
import type { Lang } from '../../cards/content/words.js';

/** A card that reads nothing of anybody: the verb that shows it, with what goes into its payload. */
export type CardRef = { readonly verb: string; readonly data: Readonly<Record<string, unknown>> };

export type ChatContext = {
  /** The cards that somebody has just been shown, the newest first; empty where nothing is known. */
  recent(who: Who): readonly CardRef[];
  /** In which language the newest was; null where nothing is known. */
  lang(who: Who): Lang | null;
  /** How many examples of the newest card have been said. */
  said(who: Who): number;
  saidOneMore(who: Who): void;
  shown(who: Who, ref: CardRef, lang: Lang): void;
  /** Leaves the newest card for the one before it, which is shown next; null where none is known. */
  back(who: Who): CardRef | null;
  /** Forgets it, since what was shown last is nothing to come back to. */
  forget(who: Who): void;
};

type Who = { readonly tenant: string; readonly person: string };
type Known = { readonly refs: readonly CardRef[]; readonly lang: Lang; said: number };

/** Whoever comes back later has begun anew. */
const TEN_MINUTES = 10 * 60_000;
/** More people than type at one time: a bound, so that it cannot grow for ever. */
const MOST_PEOPLE = 5_000;
const MOST_REFS = 6;

/**
 * What a follow-up refers to ("nog een", "terug"). It lives in this process for ten minutes and is written nowhere: a row
 * would be a trace of what somebody looked up. Another instance does not know it, and asks instead of guessing.
 */
export function createChatContext(monotonicNow: () => number): ChatContext {
  const people = new LRUCache<string, Known>({
    max: MOST_PEOPLE,
    ttl: TEN_MINUTES,
    ttlResolution: 0,
    perf: { now: monotonicNow },
  });
  const keyOf = ({ tenant, person }: Who) => `${tenant}|${person}`;
  return {
    recent: (who) => people.get(keyOf(who))?.refs ?? [],
    lang: (who) => people.get(keyOf(who))?.lang ?? null,
    said: (who) => people.get(keyOf(who))?.said ?? 0,
    saidOneMore(who) {
      const known = people.get(keyOf(who));
      if (known !== undefined) known.said += 1;
    },
    shown(who, ref, lang) {
      const before = people.get(keyOf(who))?.refs ?? [];
      const others = before.filter((one) => !isSameCard(one, ref));
      people.set(keyOf(who), { refs: [ref, ...others].slice(0, MOST_REFS), lang, said: 0 });
    },
    back(who) {
      const known = people.get(keyOf(who));
      if (known === undefined) return null;
      const refs = known.refs.slice(1);
      people.set(keyOf(who), { ...known, refs, said: 0 });
      return refs[0] ?? null;
    },
    forget: (who) => void people.delete(keyOf(who)),
  };
}

/** Whether two lead to the same card: the same verb with the same payload, key by key. */
export function isSameCard(one: CardRef, other: CardRef): boolean {
  return one.verb === other.verb && JSON.stringify(one.data) === JSON.stringify(other.data);
}
