import { TimeoutStrategy, timeout } from 'cockatiel';
import type { Lang } from '../../cards/content/words.js';
import { type Day, dayOf } from '../domain/calendar.js';
import type { People } from '../store/people.js';
import { type Turn, todayOf } from '../turn.js';
import type { OrganisationSettings } from './organisation-settings.js';

/** What a person chose, for answers that read nothing else and must come while the tables are away. Neither rejects. */
export type ChosenSettings = {
  /** The language that the person chose, or else Teams for them, or else HR for everybody; null when nobody did. */
  language(turn: Turn): Promise<Lang | null>;
  /** The day it is for the person; by the organisation's zone while theirs cannot be read. Nothing is recorded by it. */
  today(turn: Turn): Promise<Day>;
};

export type ChosenSettingsDeps = {
  readonly people: Pick<People, 'get'>;
  readonly organisationSettings: Pick<OrganisationSettings, 'of'>;
  /** IANA zone of a person who has not chosen one. */
  readonly zone: string;
};

/** A chosen language or zone is worth no longer wait than this: for most people it is the default. */
const CHOSEN_WITHIN_MS = 2_000;

export function createChosenSettings({
  people,
  organisationSettings,
  zone,
}: ChosenSettingsDeps): ChosenSettings {
  const inTime = timeout(CHOSEN_WITHIN_MS, TimeoutStrategy.Aggressive);
  return {
    async language({ tenant, person, locale }) {
      const chosen = await inTime
        .execute(() => people.get(tenant, person))
        .then((found) => found?.record.language ?? null)
        .catch(() => null);
      return chosen ?? locale ?? (await organisationSettings.of(tenant)).language;
    },
    today: (turn) => inTime.execute(() => todayOf({ people, zone }, turn)).catch(() => dayOf(turn.now, zone)),
  };
}
