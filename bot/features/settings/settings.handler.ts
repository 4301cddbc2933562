import type { SettingsTyped } from '../../../cards/actions.js';
import { messagesFor } from '../../../cards/content/words.js';
import { type SettingsData, settingsCard } from '../../../cards/settings/settings.card.js';
import { addDays, DAYS_IN_A_YEAR, type Day, dayOf } from '../../domain/calendar.js';
import type { Person } from '../../domain/person.js';
import { monthlyReminders } from '../../domain/reminders/monthly-reminders.js';
import { plannedFor, slotFor } from '../../domain/reminders/planning.js';
import { daysSaid } from '../../nlu/entities/days.js';
import { type Reply, show, type TurnHandler, type VerbHandlers } from '../../reply.js';
import { upsertPerson } from '../../services/reachability.js';
import type { Managers } from '../../store/managers.js';
import type { People } from '../../store/people.js';
import type { Reminders } from '../../store/reminders.js';
import { type Turn, todayOf } from '../../turn.js';
import { asTyped, readSettings, type Settings, sameSettings, zonesWith } from './settings.rules.js';

export type SettingsDeps = {
  readonly people: People;
  readonly managers: Managers;
  readonly reminders: Reminders;
  /** IANA zone of a person who has not said otherwise. */
  readonly zone: string;
  readonly isHrAdmin: (person: string) => boolean;
};
export type SettingsFeature = VerbHandlers<'settings.show' | 'settings.save'> & {
  readonly open: TurnHandler;
};

/** Concurrent writers of a person are a reminder and their other device: more conflicts in a row than this are a fault. */
const MOST_TRIES = 3;

/** When and about what somebody wants to hear; what is planned already moves along. */
export function createSettings(deps: SettingsDeps): SettingsFeature {
  const { people, managers, reminders, zone } = deps;
  const form = async (
    turn: Turn,
    typed: SettingsTyped,
    {
      wrong = [],
      notice = '',
      unsaved = null,
    }: Partial<Pick<SettingsData, 'wrong' | 'notice' | 'unsaved'>> = {},
  ): Promise<Reply> => {
    const today = await todayOf(deps, turn);
    const zones = zonesWith(zone);
    // What comes in a payload made by hand is no choice, and what is wrong is chosen anew.
    const chosen = zones.includes(typed.zone) ? typed.zone : '';
    return show(
      settingsCard(turn.lang, {
        typed: { ...typed, zone: chosen },
        zones,
        wrong,
        notice,
        unsaved,
        from: addDays(today, 1),
        last: addDays(today, DAYS_IN_A_YEAR),
        forHr: deps.isHrAdmin(turn.person),
      }),
    );
  };
  const open: TurnHandler = async (turn) => {
    const found = await people.get(turn.tenant, turn.person);
    const today = await todayOf(deps, turn);
    const typed = asTyped(found?.record ?? null, zone, today);
    return form(turn, { ...typed, until: pauseSaid(turn, today) ?? typed.until });
  };
  return {
    open,
    'settings.show': open,
    async 'settings.save'(turn) {
      const { lang: _lang, digest: _digest, ...typed } = turn.data;
      const words = messagesFor(turn.lang).settings;
      const before = (await people.get(turn.tenant, turn.person))?.record ?? null;
      const read = readSettings(typed, before, { zone, today: await todayOf(deps, turn) });
      if ('wrong' in read) {
        return form(turn, typed, { wrong: read.wrong, unsaved: { why: words.problems, now: null } });
      }
      await upsertPerson(deps, turn);
      const kept = await keep(deps, turn, read.settings, before);
      switch (kept.outcome) {
        case 'nowhere':
          return form(turn, typed, { unsaved: { why: words.noChat, now: null } });
        case 'busy':
          return form(turn, typed, { unsaved: { why: words.notSaved, now: null } });
        case 'changed': {
          const now = asTyped(kept.record, zone, dayOf(turn.now, kept.record.zone ?? zone));
          return form(turn, typed, { unsaved: { why: words.conflict, now } });
        }
        case 'kept': {
          const { record } = kept;
          const slot = slotFor(record, zone);
          await reminders.planAll([
            ...plannedFor(turn, await managers.records(turn), { slot, now: turn.now }),
            ...monthlyReminders(record, slot, turn.now),
          ]);
          const lang = record.language ?? turn.lang;
          const today = dayOf(turn.now, record.zone ?? zone);
          return form({ ...turn, lang }, asTyped(record, zone, today), {
            notice: messagesFor(lang).settings.saved,
          });
        }
      }
    },
  };
}

/** Until when a text asks for no messages ("tot 4 januari"), within what the form takes; nothing is kept before it is sent. */
function pauseSaid(turn: Turn, today: Day): Day | null {
  const { until } = turn.said.kind === 'text' ? daysSaid(turn.said.text, turn.lang, today) : { until: null };
  return until !== null && until > today && until <= addDays(today, DAYS_IN_A_YEAR) ? until : null;
}

type Kept =
  | { readonly outcome: 'kept' | 'changed'; readonly record: Person }
  | { readonly outcome: 'nowhere' | 'busy' };

/**
 * First where and when, then what lies there: the old rows are dropped as sent, or moved when they come due. What was
 * chosen stands as soon as the row has it, whoever wrote it there: a press may come twice. What somebody chose on
 * another device at this moment is not written over unseen.
 */
async function keep(
  { people }: SettingsDeps,
  { tenant, person }: Turn,
  settings: Settings,
  before: Settings | null,
): Promise<Kept> {
  for (let tries = 0; tries < MOST_TRIES; tries += 1) {
    const found = await people.get(tenant, person);
    if (found === null) return { outcome: 'nowhere' };
    const { record, etag } = found;
    if (sameSettings(record, settings)) return { outcome: 'kept', record };
    if (before !== null && !sameSettings(record, before)) return { outcome: 'changed', record };
    const changed: Person = { ...record, ...settings };
    if ((await people.change(changed, etag)) === 'ok') return { outcome: 'kept', record: changed };
  }
  return { outcome: 'busy' };
}
