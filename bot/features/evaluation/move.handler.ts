import type { Problems } from '../../../cards/agreement/problems.js';
import { fill, type Lang, wordsIn } from '../../../cards/content/words.js';
import { longDay } from '../../../cards/dates.js';
import { moveCard } from '../../../cards/evaluation/move.card.js';
import { addDays, addWorkingDays, type Day, dayOf, defaultSlot, type Slot, slotOn } from '../../calendar.js';
import { checkNextDay } from '../../field-rules.js';
import { withOwnAgreement } from '../../own-agreement.js';
import { evaluationReminder } from '../../planning.js';
import { type Reply, show, type VerbHandlers } from '../../reply.js';
import { daysSaid } from '../../said-days.js';
import { namedIn } from '../../said-names.js';
import type { Agreement } from '../../store/managers.js';
import type { Turn } from '../../turn.js';
import { moved } from './evaluation.rules.js';
import {
  changedMeanwhile,
  type EvaluationNeeds,
  isStale,
  showAgreement,
  slotOf,
  writeChange,
} from './kept-agreement.js';

export type Move = VerbHandlers<'evaluation.ask-move' | 'evaluation.move' | 'evaluation.snooze'> & {
  /** The form to move the one evaluation that a text names to the day that it names; null when it names neither. */
  readonly movedByWords: (turn: Turn) => Promise<Reply | null>;
};

/** Another day for an evaluation, agreed anew; or the same day, and only a later reminder for the manager. */
export function createMove(needs: EvaluationNeeds): Move {
  const today = (turn: Turn) => dayOf(turn.now, needs.zone);
  const form = (turn: Turn, agreement: Agreement, day: string, problems: Problems): Reply =>
    show(moveCard(turn.lang, { agreement, day, problems, today: addDays(today(turn), 1) }));

  return {
    movedByWords: async (turn) => {
      const text = turn.said.kind === 'text' ? turn.said.text : '';
      const day = dayToMoveTo(text, turn.lang, today(turn));
      if (day === null) return null;
      const { agreements } = await needs.managers.everything(turn);
      const people = agreements
        .filter(({ status }) => status === 'open')
        .map((agreement) => ({ name: agreement.memberName, agreement }));
      const [named, ...others] = namedIn(text, people, turn.lang);
      return named === undefined || others.length > 0 ? null : form(turn, named.agreement, day, {});
    },
    'evaluation.ask-move': (turn) =>
      withOwnAgreement(needs.managers, turn, turn.data.id, ({ record }) =>
        record.status === 'closed'
          ? showAgreement(turn.lang, record, '')
          : form(turn, record, addWorkingDays(today(turn), 1, defaultSlot(needs.zone)), {}),
      ),
    'evaluation.move': (turn) =>
      withOwnAgreement(needs.managers, turn, turn.data.id, (found) => {
        const { day, version } = turn.data;
        const words = wordsIn(turn.lang);
        const done = () => fill(turn.lang, words.evaluation.moved, { day: longDay(turn.lang, day) });
        if (isStale(found.record, version)) {
          // The very same move came before: Teams sends a press again when in doubt.
          const same = found.record.nextDay === day;
          return showAgreement(turn.lang, found.record, same ? done() : words.agreement.changed);
        }
        const problem = checkNextDay(day, today(turn));
        if (problem !== undefined) return form(turn, found.record, day, { day: problem });
        return writeChange(needs, turn, found, moved(found.record, day, turn.now), done());
      }),
    'evaluation.snooze': (turn) =>
      withOwnAgreement(needs.managers, turn, turn.data.id, async (found) => {
        const agreement = found.record;
        if (isStale(agreement, turn.data.version)) {
          return showAgreement(turn.lang, agreement, wordsIn(turn.lang).agreement.changed);
        }
        const slot = await slotOf(needs, turn);
        const due = slotOn(snoozedUntil(today(turn), turn.data.days, slot), slot);
        const planned = agreement.remindAt;
        // A reminder that is still to come comes when it was planned, and nothing has to change.
        if (due <= planned) return showAgreement(turn.lang, agreement, snoozedNotice(turn, planned, slot));
        const snoozed: Agreement = { ...agreement, remindFrom: due, remindAt: due };
        await needs.reminders.plan({ ...evaluationReminder(turn, snoozed, slot), due });
        const result = await needs.managers.changeAgreement(turn, snoozed, found.etag);
        if (result !== 'ok') return changedMeanwhile(needs, turn, agreement);
        return showAgreement(turn.lang, snoozed, snoozedNotice(turn, due, slot));
      }),
  };
}

function snoozedNotice(turn: Turn, due: string, slot: Slot): string {
  const day = longDay(turn.lang, dayOf(due, slot.zone));
  return fill(turn.lang, wordsIn(turn.lang).evaluation.snoozed, { day });
}

function snoozedUntil(today: string, days: 1 | 3 | 7, slot: Slot): string {
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
