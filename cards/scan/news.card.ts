import { button } from '../actions.js';
import { format, type Lang, messagesFor } from '../content/words.js';
import { noticeWithButtons } from '../notice/notice.card.js';
import { escapeMarkdown } from '../plain.js';
import type { Card } from '../render.js';

export type ScanNews = {
  readonly id: string;
  readonly name: string;
  readonly status: 'open' | 'closed' | 'dropped';
  /** Why it was dropped, as far as that is known. */
  readonly droppedWhy: 'few' | 'unreadable' | null;
};

/** The scan has closed: that there is an outcome, or that there is none and why. */
export function scanClosedCard(lang: Lang, { id, name, status, droppedWhy }: ScanNews): Card {
  const { news: words, paper, dropped } = messagesFor(lang).scan;
  const names = { name: escapeMarkdown(name) };
  return status === 'closed'
    ? noticeWithButtons(lang, {
        title: words.closedTitle,
        sentence: format(lang, words.closed, names),
        buttons: [button(lang, 'scan.outcome', words.see, { id, page: 0 })],
      })
    : noticeWithButtons(lang, {
        title: words.droppedTitle,
        sentence: `${format(lang, words.dropped, names)} ${dropped[droppedWhy ?? 'unknown']}`,
        buttons: [button(lang, 'scan.paper', paper, {})],
      });
}

/** What the team agreed on is there to see. */
export function scanAgreedNewsCard(lang: Lang, { id, name }: Pick<ScanNews, 'id' | 'name'>): Card {
  const { news: words } = messagesFor(lang).scan;
  return noticeWithButtons(lang, {
    title: words.agreedTitle,
    sentence: format(lang, words.agreed, { name: escapeMarkdown(name) }),
    buttons: [button(lang, 'scan.agreed', words.seeAgreed, { id })],
  });
}

/** Half a year later: whether to ask the same team again. */
export function scanAgainCard(lang: Lang, { id, name }: Pick<ScanNews, 'id' | 'name'>): Card {
  const words = messagesFor(lang).scan;
  return noticeWithButtons(lang, {
    title: words.againTitle,
    sentence: format(lang, words.againText, { name: escapeMarkdown(name) }),
    buttons: [
      button(lang, 'scan.start', words.againOpen, { before: id }),
      button(lang, 'scan.outcome', words.news.see, { id, page: 0 }),
    ],
  });
}
