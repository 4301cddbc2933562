import { agreementCard } from '../../../cards/agreement/agreement.card.js';
import { type Lang, wordsIn } from '../../../cards/content/words.js';
import type { Slot } from '../../calendar.js';
import { evaluationReminder, sharedReminder, slotFor } from '../../planning.js';
import { remember } from '../../reachability.js';
import { type Reply, show } from '../../reply.js';
import type { Screen } from '../../screening.js';
import type { Agreement, Managers } from '../../store/managers.js';
import type { People } from '../../store/people.js';
import type { Kept } from '../../store/records.js';
import type { Reminders } from '../../store/reminders.js';
import type { Turn } from '../../turn.js';

export type EvaluationNeeds = {
  readonly people: People;
  readonly managers: Managers;
  readonly reminders: Reminders;
  readonly screen: Screen;
  /** IANA zone of a person who has not said otherwise. */
  readonly zone: string;
};

/** Writes a changed agreement, its reminders first, and shows what came of it. */
export async function writeChange(
  needs: EvaluationNeeds,
  turn: Turn,
  found: Kept<Agreement>,
  change: Agreement,
  notice: string,
): Promise<Reply> {
  const slot = await slotOf(needs, turn);
  const evaluation = evaluationReminder(turn, change, slot);
  const record: Agreement = { ...change, remindAt: evaluation.due };
  await needs.reminders.plan(evaluation);
  const shared = sharedReminder(turn, record, turn.now, slot);
  if (shared !== null) await needs.reminders.plan(shared);
  const result = await needs.managers.changeAgreement(turn, record, found.etag);
  if (result !== 'ok') return changedMeanwhile(needs, turn, found.record);
  if (found.record.remindAt !== record.remindAt) {
    await needs.reminders.cancel({
      ...evaluationReminder(turn, found.record, slot),
      due: found.record.remindAt,
    });
  }
  return showAgreement(turn.lang, record, notice);
}

/** Another write came first: shows how it is now, changes nothing. */
export async function changedMeanwhile(needs: EvaluationNeeds, turn: Turn, known: Agreement): Promise<Reply> {
  const newest = await needs.managers.agreement(turn, known.id);
  return showAgreement(turn.lang, newest?.record ?? known, wordsIn(turn.lang).agreement.changed);
}

export function showAgreement(lang: Lang, agreement: Agreement, notice: string): Reply {
  return show(agreementCard(lang, { agreement, notice, closing: false }));
}

/** When this manager is to be reminded. Remembers them: whoever records something can be written to. */
export async function slotOf(needs: EvaluationNeeds, turn: Turn): Promise<Slot> {
  const { person } = await remember(needs, turn);
  return slotFor(person, needs.zone);
}

/** Whether a card is older than the record, so that a press on it must change nothing. */
export function isStale(agreement: Agreement, version: number): boolean {
  return agreement.version !== version || agreement.status === 'closed';
}
