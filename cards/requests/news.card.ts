import { type Button, button } from '../actions.js';
import { format, type Lang, messagesFor } from '../content/words.js';
import { longDay } from '../dates.js';
import type { RequestView } from '../moments/moment-view.js';
import { type MomentDays, whenLine } from '../moments/moment-view.js';
import { noticeWithButtons } from '../notice/notice.card.js';
import { escapeMarkdown } from '../plain.js';
import type { Card } from '../render.js';
import { supportButton } from '../support/support-button.js';
import { inSentence, whose } from './own.card.js';

/** To the manager: an employee would rather have no fixed coffees, and is off the list. */
export function coffeeRefusedCard(lang: Lang, memberName: string): Card {
  const { requests: words } = messagesFor(lang);
  const name = escapeMarkdown(memberName);
  return noticeWithButtons(lang, {
    title: format(lang, words.coffeeNewsTitle, { name }),
    sentence: format(lang, words.coffeeNewsText, { name }),
    buttons: [button(lang, 'coffee.list', words.coffeeNewsButton, { page: 0 })],
  });
}

/** To the employee: what was answered to what they asked about a moment. */
export function momentAnsweredCard(lang: Lang, moment: MomentDays, { kept }: RequestView): Card {
  const { requests: words, moments } = messagesFor(lang);
  const kind = moments.kinds[moment.kind];
  return kept === null
    ? noticeWithButtons(lang, {
        title: words.newsDatesTitle,
        sentence: format(lang, words.newsDatesText, { kind, when: inSentence(whenLine(lang, moment)) }),
        buttons: [records(lang)],
      })
    : noticeWithButtons(lang, {
        title: words.newsKeptTitle,
        sentence: format(lang, words.newsKeptText, { kind, why: words.why[kept] }),
        buttons: [records(lang), supportButton(lang)],
      });
}

/** To the employee: the moment is gone, as they asked. That they did is kept for so many `months`. */
export function momentRemovedNewsCard(
  lang: Lang,
  { managerName, months }: { readonly managerName: string; readonly months: number },
): Card {
  const { requests: words } = messagesFor(lang);
  const text = format(lang, words.newsRemovedText, { manager: whose(lang, managerName), months });
  return noticeWithButtons(lang, { title: words.newsRemovedTitle, sentence: text, buttons: [records(lang)] });
}

/** To the employee: the last day has passed without an answer, and where to go with that. */
export function momentLateCard(lang: Lang, { by }: Pick<RequestView, 'by'>): Card {
  const { requests: words } = messagesFor(lang);
  return noticeWithButtons(lang, {
    title: words.newsLateTitle,
    sentence: format(lang, words.newsLateText, { by: longDay(lang, by) }),
    buttons: [records(lang), supportButton(lang)],
  });
}

function records(lang: Lang): Button {
  return button(lang, 'about.records', messagesFor(lang).about.recordsButton, { page: 0 });
}
