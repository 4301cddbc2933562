import type { Problems } from '../../../cards/agreement/problems.js';
import { format, type Lang, messagesFor } from '../../../cards/content/words.js';
import { longDay } from '../../../cards/dates.js';
import { moveCard } from '../../../cards/evaluation/move.card.js';
import { notThere, withOwnAgreement } from '../../access/agreement-access.js';
import {
  changeByForm,
  type OwnChangeDeps,
  overtaken,
  showAgreement,
} from '../../access/own-agreement-change.js';
import type { Agreement } from '../../domain/agreement.js';
import { isAsSeen, standingOf } from '../../domain/agreement-changes.js';
import {
  addDays,
  addWorkingDays,
  type Day,
  dayOf,
  type Slot,
  slotOn,
  workingDayFrom,
} from '../../domain/calendar.js';
import { daysSaid } from '../../nlu/entities/days.js';
import { namedIn } from '../../nlu/entities/names.js';
import { type Reply, show, type VerbHandlers } from '../../reply.js';
import { writeChange } from '../../services/agreement-writer.js';
import { checkNextDay } from '../../services/form-validation.js';
import { contextOf } from '../../services/record-writer.js';
import { otherReminderDay } from '../../services/reminder-day.js';
import { type Turn, todayOf } from '../../turn.js';

export type Move = VerbHandlers<'evaluation.ask-move' | 'evaluation.move' | 'evaluation.snooze'> & {
  /** The form to move the one evaluation that a text names to the day that it names; null when it names neither. */
  readonly movedByWords: (turn: Turn) => Promise<Reply | null>;
};

/** Another day for an evaluation, agreed anew; or the same day, and only a later reminder for the manager. */
export function createMove(deps: OwnChangeDeps): Move {
  return {
    movedByWords: async (turn) => {
      const text = turn.said.kind === 'text' ? turn.said.text : '';
      const today = await todayOf(deps, turn);
      const day = dayToMoveTo(text, turn.lang, today);
      if (day === null) return null;
      const { agreements } = await deps.managers.records(turn);
      const people = agreements
        .filter(({ status }) => status === 'open')
        .map((agreement) => ({ name: agreement.memberName, agreement }));
      const [named, ...others] = namedIn(text, people, turn.lang);
      return named === undefined || others.length > 0 ? null : form(turn, named.agreement, { today, day });
    },
    'evaluation.ask-move': (turn) =>
      withOwnAgreement(deps.managers, { turn, id: turn.data.id }, async ({ record }) => {
        if (record.status === 'closed') return showAgreement(turn.lang, record, '');
        const { slot } = await contextOf(deps, turn, turn.now);
        const today = dayOf(turn.now, slot.zone);
        return form(turn, record, { today, day: laterDay(record.nextDay, today, slot) });
      }),
    'evaluation.move': (turn) =>
      withOwnAgreement(deps.managers, { turn, id: turn.data.id }, async (found) => {
        const { day } = turn.data;
        const at = await contextOf(deps, turn, turn.now);
        const today = dayOf(turn.now, at.slot.zone);
        const change = { what: 'moved', seen: turn.data, nextDay: day } as const;
        const again = (newest: Agreement, notice: string) => form(turn, newest, { today, day, notice });
        const done = () =>
          [
            format(turn.lang, messagesFor(turn.lang).evaluation.moved, { day: longDay(turn.lang, day) }),
            otherReminderDay(turn.lang, day, at.slot),
          ]
            .filter((one) => one !== '')
            .join(' ');
        // The very same move may have come before; its day is not checked again, it may be past by now.
        if (!isAsSeen(found.record, turn.data)) {
          return standingOf(found.record, change) === 'done'
            ? showAgreement(turn.lang, found.record, done())
            : overtaken(turn, { newest: found.record, seen: turn.data }, again);
        }
        const problem = checkNextDay(day, today);
        if (problem !== undefined)
          return form(turn, found.record, { today, day, problems: { day: problem } });
        return changeByForm(deps, { turn, found, change, at }, { done, again });
      }),
    'evaluation.snooze': (turn) =>
      withOwnAgreement(deps.managers, { turn, id: turn.data.id }, async (found) => {
        const at = await contextOf(deps, turn, turn.now);
        const today = dayOf(turn.now, at.slot.zone);
        const until = slotOn(snoozedUntil(today, turn.data.days, at.slot), at.slot);
        const change = { what: 'snoozed', version: turn.data.version, until } as const;
        const written = await writeChange(deps, { found, change, at });
        if (written.kind === 'gone') return notThere(turn, messagesFor(turn.lang).agreement.gone);
        const { record } = written;
        const notice =
          written.kind === 'done'
            ? snoozedNotice(turn, record.remindAt, at.slot)
            : messagesFor(turn.lang).agreement.changed;
        return showAgreement(turn.lang, record, notice);
      }),
  };
}

type Filled = {
  readonly today: Day;
  /** As it was typed. */
  readonly day: string;
  readonly problems?: Problems;
  readonly notice?: string;
};

/** A week after the day that was agreed on, or the next working day where that has come: nobody moves to an earlier one. */
function laterDay(agreed: Day, today: Day, slot: Slot): Day {
  return agreed > today ? workingDayFrom(addDays(agreed, 7), slot) : addWorkingDays(today, 1, slot);
}

function form(turn: Turn, agreement: Agreement, { today, day, problems = {}, notice = '' }: Filled): Reply {
  return show(moveCard(turn.lang, { agreement, day, problems, notice, today: addDays(today, 1) }));
}

function snoozedNotice(turn: Turn, due: string, slot: Slot): string {
  const day = longDay(turn.lang, dayOf(due, slot.zone));
  return format(turn.lang, messagesFor(turn.lang).evaluation.snoozed, { day });
}

function snoozedUntil(today: Day, days: 1 | 3 | 7, slot: Slot): Day {
  return days === 7 ? addDays(today, 7) : addWorkingDays(today, days, slot);
}

/** "Van maandag naar dinsdag" moves to Tuesday; without such a word the day that is named at all. */
function dayToMoveTo(text: string, lang: Lang, today: Day): Day | null {
  const behind = text.split(/(?<!\p{L})(?:naar|to)(?!\p{L})/iu).at(-1) ?? '';
  for (const part of [behind, text]) {
    const { from, last } = daysSaid(part, lang, today);
    if (from !== null || last !== null) return from ?? last;
  }
  return null;
}
