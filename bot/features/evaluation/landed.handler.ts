import { messagesFor } from '../../../cards/content/words.js';
import { landedAnsweredCard, landedCard } from '../../../cards/evaluation/landed.card.js';
import { notThere, withOwnAgreement } from '../../access/agreement-access.js';
import type { OwnChangeDeps } from '../../access/own-agreement-change.js';
import { dayOf } from '../../domain/calendar.js';
import { landedReminder } from '../../domain/reminders/agreement-reminders.js';
import { show, type VerbHandlers } from '../../reply.js';
import { writeChange } from '../../services/agreement-writer.js';
import { contextOf } from '../../services/record-writer.js';

/** A few days after a conversation: asking how it landed. Only that it was asked is kept, never the answer. */
export function createLanded(
  deps: OwnChangeDeps,
): VerbHandlers<'landed.open' | 'landed.done' | 'landed.later'> {
  return {
    'landed.open': (turn) =>
      withOwnAgreement(deps.managers, { turn, id: turn.data.id }, ({ record }) =>
        show(record.landed ? landedAnsweredCard(turn.lang, record, '') : landedCard(turn.lang, record)),
      ),
    'landed.done': (turn) =>
      withOwnAgreement(deps.managers, { turn, id: turn.data.id }, async (found) => {
        const at = await contextOf(deps, turn, turn.now);
        const written = await writeChange(deps, { found, change: { what: 'landed' }, at });
        return written.kind === 'gone'
          ? notThere(turn, messagesFor(turn.lang).agreement.gone)
          : show(landedAnsweredCard(turn.lang, written.record, ''));
      }),
    'landed.later': (turn) =>
      withOwnAgreement(deps.managers, { turn, id: turn.data.id }, async (found) => {
        const at = await contextOf(deps, turn, turn.now);
        const { slot } = at;
        const change = { what: 'landed-later', from: dayOf(turn.now, slot.zone) } as const;
        const written = await writeChange(deps, { found, change, at });
        if (written.kind === 'gone') return notThere(turn, messagesFor(turn.lang).agreement.gone);
        const { record } = written;
        const again = record.landed ? '' : dayOf(landedReminder(turn, record, slot).due, slot.zone);
        return show(landedAnsweredCard(turn.lang, record, again));
      }),
  };
}
