import { sharedCard } from '../../cards/about/shared.card.js';
import { ACTIONS, type Verb } from '../../cards/actions.js';
import { messagesFor } from '../../cards/content/words.js';
import { noticeCard } from '../../cards/notice/notice.card.js';
import type { Agreement } from '../domain/agreement.js';
import type { Manager } from '../domain/manager.js';
import { type Reply, show, showBeside } from '../reply.js';
import type { Managers } from '../store/managers.js';
import type { Versioned } from '../store/tables/row-mapping.js';
import type { Turn } from '../turn.js';

/**
 * Looks up an agreement among the manager's own and answers with it. What is somebody else's is not among them, so
 * it gets the same answer as what is not there.
 */
export async function withOwnAgreement(
  managers: Managers,
  { turn, id }: { readonly turn: Turn; readonly id: string },
  then: (found: Versioned<Agreement>) => Promise<Reply> | Reply,
): Promise<Reply> {
  const found = await managers.agreement(turn, id);
  if (found !== null) return then(found);
  return notThere(turn, messagesFor(turn.lang).agreement.gone);
}

/** An agreement that is not there, or not theirs. What somebody filled in stays in its form, for them to take along. */
export function notThere(turn: Turn, text: string): Reply {
  const card = noticeCard(turn.lang, messagesFor(turn.lang).agreement.listTitle, text);
  return isForm(turn) ? showBeside(card) : show(card);
}

/** Shows an agreement to the employee whom it is about; `manager` keeps it. */
export function showShared(
  { lang }: Pick<Turn, 'lang'>,
  shown: { readonly agreement: Agreement; readonly manager: Manager; readonly notice: string },
): Reply {
  return show(sharedCard(lang, { ...shown, manager: shown.manager.person }));
}

/** Whether somebody filled something in with what they press. */
function isForm({ said }: Turn): boolean {
  return said.kind === 'press' && said.verb in ACTIONS && ACTIONS[said.verb as Verb].inputs.length > 0;
}

/** Whose agreement, and which: what a card about it carries for the employee. */
export type WhereKept = { readonly manager: string; readonly id: string };

/**
 * Looks up an agreement that is about who asks, and answers with it. The record itself says whom it is about: what leads
 * an employee to it may be missing after a crash, and then they could neither read nor answer what they were shown.
 * The same answer for what is not there and for what is about somebody else.
 */
export async function withAgreementAbout(
  { managers }: { readonly managers: Managers },
  { turn, where }: { readonly turn: Turn; readonly where: WhereKept },
  then: (found: Versioned<Agreement>, manager: Manager) => Promise<Reply> | Reply,
): Promise<Reply> {
  const { tenant, person } = turn;
  const manager = { tenant, person: where.manager };
  const found = await managers.agreement(manager, where.id);
  return found === null || found.record.employee !== person
    ? notThere(turn, messagesFor(turn.lang).about.gone)
    : then(found, manager);
}
