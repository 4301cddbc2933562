import { wordsIn } from '../cards/content/words.js';
import { noticeCard } from '../cards/notice/notice.card.js';
import { type Reply, show } from './reply.js';
import type { Agreement, Managers } from './store/managers.js';
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
