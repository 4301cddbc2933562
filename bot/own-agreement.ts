import { wordsIn } from '../cards/content/words.js';
import { noticeCard } from '../cards/notice/notice.card.js';
import { type Reply, show } from './reply.js';
import type { About } from './store/about.js';
import type { Agreement, Manager, Managers } from './store/managers.js';
import type { Kept } from './store/records.js';
import type { Turn } from './turn.js';

/**
 * Looks up an agreement among the manager's own and answers with it. What is somebody else's is not among them, so
 * it gets the same answer as what is not there.
 */
export async function withOwnAgreement(
  managers: Managers,
  turn: Turn,
  id: string,
  then: (found: Kept<Agreement>) => Promise<Reply> | Reply,
): Promise<Reply> {
  const found = await managers.agreement(turn, id);
  if (found !== null) return then(found);
  const { agreement } = wordsIn(turn.lang);
  return show(noticeCard(turn.lang, agreement.listTitle, agreement.gone));
}

/** Whose agreement, and which: what a card about it carries for the employee. */
export type WhereKept = { readonly manager: string; readonly id: string };

/**
 * Looks up an agreement that is about who asks, and answers with it. The same answer for what is not there and for
 * what is about somebody else.
 */
export async function withAgreementAbout(
  { managers, about }: { readonly managers: Managers; readonly about: About },
  turn: Turn,
  where: WhereKept,
  then: (found: Kept<Agreement>, manager: Manager) => Promise<Reply> | Reply,
): Promise<Reply> {
  const { tenant, person, lang } = turn;
  const words = wordsIn(lang);
  const gone = () => show(noticeCard(lang, words.agreement.listTitle, words.about.gone));
  if (!(await about.concerns(tenant, person, where.manager, where.id))) return gone();
  const manager = { tenant, person: where.manager };
  const found = await managers.agreement(manager, where.id);
  return found === null || found.record.employee !== person ? gone() : then(found, manager);
}
