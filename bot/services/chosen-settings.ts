import { LRUCache } from 'lru-cache';
import type { Lang } from '../../cards/content/words.js';
import { type Day, dayOf } from '../domain/calendar.js';
import type { People } from '../store/people.js';
import { TIMED_OUT, withTimeout } from '../timeout.js';
import { type Turn, todayOf } from '../turn.js';
import type { OrganisationSettings } from './organisation-settings.js';

/** What a person chose, for answers that read nothing else and must come while the tables are away. Neither rejects. */
export type ChosenSettings = {
  /** The language that the person chose, or else Teams for them, or else HR for everybody; null when nobody did. */
  language(turn: Turn): Promise<Lang | null>;
  /**
   * The language that the person chose in their settings; null where they chose none, or that is not known in time. Known
   * for a minute in this process, so that not every message reads it.
   */
  ownLanguage(turn: Pick<Turn, 'tenant' | 'person'>): Promise<Lang | null>;
  /**
   * The same as far as this process knows it, at once and without a look into the tables: for help, which waits for nothing.
   * What has been known for longer than a minute is better than a guess.
   */
  knownLanguage(who: Pick<Turn, 'tenant' | 'person'>): Lang | null;
  /** What was known of it does not count any more: they have just changed it here. */
  forget(turn: Pick<Turn, 'tenant' | 'person'>): void;
  /** The day it is for the person; by the organisation's zone while theirs cannot be read. Nothing is recorded by it. */
  today(turn: Turn): Promise<Day>;
};

export type ChosenSettingsDeps = {
  readonly people: Pick<People, 'get'>;
  readonly organisationSettings: Pick<OrganisationSettings, 'of'>;
  /** IANA zone of a person who has not chosen one. */
  readonly zone: string;
  readonly monotonicNow: () => number;
};

/** A chosen language or zone is worth no longer wait than this: for most people it is the default. */
const CHOSEN_WITHIN_MS = 2_000;
/** How long another instance may answer in the language of before. */
const KNOWN_MS = 60_000;
const MOST_PEOPLE = 10_000;
/** What cannot be read is as little known as what does not come in time. */
const unknown = (): typeof TIMED_OUT => TIMED_OUT;

export function createChosenSettings({
  people,
  organisationSettings,
  zone,
  monotonicNow,
}: ChosenSettingsDeps): ChosenSettings {
  const languages = new LRUCache<string, { readonly lang: Lang | null }>({
    max: MOST_PEOPLE,
    ttl: KNOWN_MS,
    ttlResolution: 0,
    perf: { now: monotonicNow },
  });
  const ownLanguage: ChosenSettings['ownLanguage'] = async ({ tenant, person }) => {
    const key = `${tenant}|${person}`;
    const known = languages.get(key);
    if (known !== undefined) return known.lang;
    const found = await withTimeout(CHOSEN_WITHIN_MS, people.get(tenant, person)).catch(unknown);
    if (found === TIMED_OUT) return null;
    const lang = found?.record.language ?? null;
    languages.set(key, { lang });
    return lang;
  };
  return {
    ownLanguage,
    knownLanguage: ({ tenant, person }) =>
      languages.peek(`${tenant}|${person}`, { allowStale: true })?.lang ?? null,
    forget: ({ tenant, person }) => void languages.delete(`${tenant}|${person}`),
    async language(turn) {
      return (
        (await ownLanguage(turn)) ?? turn.locale ?? (await organisationSettings.of(turn.tenant)).language
      );
    },
    async today(turn) {
      const today = await withTimeout(CHOSEN_WITHIN_MS, todayOf({ people, zone }, turn)).catch(unknown);
      return today === TIMED_OUT ? dayOf(turn.now, zone) : today;
    },
  };
}
