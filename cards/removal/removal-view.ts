import { fill, type Lang, type Words, wordsIn } from '../content/words.js';
import { longDay } from '../dates.js';
import { plain } from '../plain.js';

/** What a card shows of a request for removal: as it is kept on the agreement. */
export type RemovalView = {
  /** Instant: which request it is. */
  readonly askedAt: string;
  /** The last day to answer, `YYYY-MM-DD`. */
  readonly by: string;
  /** Why it stays; null while there is no answer. */
  readonly kept: keyof Words['removal']['why'] | null;
};

/** What the employee reads of their own request; `shown` makes the name fit where it is read. */
export function ownRemovalLine(
  lang: Lang,
  { by, kept }: RemovalView,
  managerName: string,
  shown: (name: string) => string = plain,
): string {
  const { removal: words } = wordsIn(lang);
  const manager = shown(managerName);
  return kept === null
    ? fill(lang, words.waiting, { manager, by: longDay(lang, by) })
    : fill(lang, words.kept, { manager, why: words.why[kept] });
}

/** What the manager reads of it. */
export function removalLine(lang: Lang, { by, kept }: RemovalView, memberName: string): string {
  const { removal: words } = wordsIn(lang);
  const name = plain(memberName);
  return kept === null
    ? fill(lang, words.managerWaiting, { name, by: longDay(lang, by) })
    : fill(lang, words.managerKept, { name, why: words.why[kept] });
}
