import type { SettingsTyped } from '../../../cards/actions.js';
import { wordsIn } from '../../../cards/content/words.js';
import { type SettingsField, settingsCard } from '../../../cards/settings/settings.card.js';
import { addDays, DAYS_IN_A_YEAR, dayOf } from '../../calendar.js';
import { monthlyReminders } from '../../monthly-plan.js';
import { plannedFor, slotFor } from '../../planning.js';
import { remember } from '../../reachability.js';
import { type Reply, show, type TurnHandler, type VerbHandlers } from '../../reply.js';
import type { Managers } from '../../store/managers.js';
import type { People } from '../../store/people.js';
import type { Reminders } from '../../store/reminders.js';
import type { Turn } from '../../turn.js';
import { asTyped, readSettings, ZONES } from './settings.rules.js';

export type SettingsNeeds = {
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

/** When and about what somebody wants to hear; what is planned already moves along. */
export function createSettings(needs: SettingsNeeds): SettingsFeature {
  const { people, managers, reminders, zone } = needs;
  const today = (turn: Turn) => dayOf(turn.now, zone);
  const form = (
    turn: Turn,
    typed: SettingsTyped,
    wrong: readonly SettingsField[] = [],
    notice = '',
  ): Reply => {
    // What comes in a payload made by hand is no choice.
    const zones = ZONES.includes(zone) ? ZONES : [zone, ...ZONES];
    const chosen = zones.includes(typed.zone) ? typed.zone : zone;
    const from = addDays(today(turn), 1);
    const last = addDays(today(turn), DAYS_IN_A_YEAR);
    const forHr = needs.isHrAdmin(turn.person);
    const shown = { ...typed, zone: chosen };
    return show(settingsCard(turn.lang, { typed: shown, zones, wrong, notice, from, last, forHr }));
  };
  const open: TurnHandler = async (turn) => {
    const found = await people.get(turn.tenant, turn.person);
    return form(turn, asTyped(found?.record ?? null, zone, today(turn)));
  };
  return {
    open,
    'settings.show': open,
    async 'settings.save'(turn) {
      const { time, days, zone: typedZone, language, until, kinds } = turn.data;
      const typed = { time, days, zone: typedZone, language, until, kinds };
      const read = readSettings(typed, today(turn));
      if ('wrong' in read) return form(turn, typed, read.wrong);
      await remember(needs, turn);
      const found = await people.get(turn.tenant, turn.person);
      if (found === null) return form(turn, typed);
      const record = { ...found.record, ...read.settings };
      // First where and when, then what lies there: the old rows are dropped as sent, or moved when they come due.
      if ((await people.change(record, found.etag)) !== 'ok') return form(turn, typed);
      const everything = await managers.everything(turn);
      const slot = slotFor(record, zone);
      await reminders.planAll([
        ...plannedFor(turn, everything, slot, turn.now),
        ...monthlyReminders(record, slot, turn.now),
      ]);
      const spoken = record.language ?? turn.lang;
      const { settings } = wordsIn(spoken);
      return form({ ...turn, lang: spoken }, asTyped(record, zone, today(turn)), [], settings.saved);
    },
  };
}
