import { landedAnsweredCard, landedCard } from '../../../cards/evaluation/landed.card.js';
import { dayOf } from '../../calendar.js';
import { withOwnAgreement } from '../../own-agreement.js';
import { landedReminder } from '../../planning.js';
import { show, type VerbHandlers } from '../../reply.js';
import { type EvaluationNeeds, slotOf } from './kept-agreement.js';

/** A few days after a conversation: asking how it landed. Only that it was asked is kept, never the answer. */
export function createLanded(
  needs: EvaluationNeeds,
): VerbHandlers<'landed.open' | 'landed.done' | 'landed.later'> {
  return {
    'landed.open': (turn) =>
      withOwnAgreement(needs.managers, turn, turn.data.id, ({ record }) =>
        show(record.landed ? landedAnsweredCard(turn.lang, record, '') : landedCard(turn.lang, record)),
      ),
    'landed.done': (turn) =>
      withOwnAgreement(needs.managers, turn, turn.data.id, async ({ record, etag }) => {
        // Lost to another write of this moment it is asked once more, which is better than never.
        if (!record.landed) {
          await needs.managers.changeAgreement(turn, { ...record, landed: true }, etag);
        }
        return show(landedAnsweredCard(turn.lang, record, ''));
      }),
    'landed.later': (turn) =>
      withOwnAgreement(needs.managers, turn, turn.data.id, async ({ record }) => {
        if (record.landed) return show(landedAnsweredCard(turn.lang, record, ''));
        const slot = await slotOf(needs, turn);
        const again = landedReminder(turn, record, slot, dayOf(turn.now, slot.zone));
        await needs.reminders.plan(again);
        return show(landedAnsweredCard(turn.lang, record, dayOf(again.due, slot.zone)));
      }),
  };
}
