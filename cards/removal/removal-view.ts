import { format, type Lang, type Messages, messagesFor } from '../content/words.js';
import { longDay } from '../dates.js';
import { escapeMarkdown } from '../plain.js';

/** What a card shows of a request for removal: as it is kept on the agreement. */
export type RemovalView = {
  /** Instant: which request it is. */
  readonly askedAt: string;
  /** The last day to answer, `YYYY-MM-DD`. */
  readonly by: string;
  /** Why it stays; null while there is no answer. */
  readonly kept: keyof Messages['removal']['why'] | null;
};

/** What the employee reads of their own request; `shown` makes the name fit where it is read. */
export function ownRemovalLine(
  lang: Lang,
  { by, kept }: RemovalView,
  {
    managerName,
    shown = escapeMarkdown,
  }: { readonly managerName: string; readonly shown?: (name: string) => string },
): string {
  const { removal: words } = messagesFor(lang);
  const manager = shown(managerName);
  return kept === null
    ? format(lang, words.waiting, { manager, by: longDay(lang, by) })
    : format(lang, words.kept, { manager, why: words.why[kept] });
}

/** What the manager reads of it. */
export function removalLine(lang: Lang, { by, kept }: RemovalView, memberName: string): string {
  const { removal: words } = messagesFor(lang);
  const name = escapeMarkdown(memberName);
  return kept === null
    ? format(lang, words.managerWaiting, { name, by: longDay(lang, by) })
    : format(lang, words.managerKept, { name, why: words.why[kept] });
}
