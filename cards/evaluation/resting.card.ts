import { type Button, button } from '../actions.js';
import { type AgreementView, seenOf } from '../agreement/agreement-view.js';
import { format, type Lang, messagesFor } from '../content/words.js';
import { longDay } from '../dates.js';
import { noticeWithButtons } from '../notice/notice.card.js';
import { escapeMarkdown } from '../plain.js';
import type { Card } from '../render.js';

/** Since when nobody came back to an agreement, and after which day it closes by itself. */
export type RestView = { readonly since: string; readonly closes: string };

/** To the manager: nobody came back to an open agreement for long; is it still needed? */
export function restingCard(lang: Lang, agreement: AgreementView, { since, closes }: RestView): Card {
  const { evaluation: words, agreement: agreementWords } = messagesFor(lang);
  const { id } = agreement;
  const values = {
    name: escapeMarkdown(agreement.memberName),
    since: longDay(lang, since),
    closes: longDay(lang, closes),
  };
  const told = agreement.answer === 'not-shared' ? words.restingToldAlone : words.restingToldBoth;
  const text = `${format(lang, words.restingText, values)} ${told}`;
  return noticeWithButtons(lang, {
    title: format(lang, words.restingTitle, values),
    sentence: text,
    buttons: [
      button(lang, 'evaluation.open', agreementWords.evaluate, { id }),
      button(lang, 'evaluation.ask-move', words.restingMove, { id }),
      button(lang, 'agreement.close', agreementWords.askClose, seenOf(agreement)),
      button(lang, 'agreement.show', agreementWords.view, { id }, { secondary: true }),
    ],
  });
}

/**
 * To one of the two: it closed by itself. `manager` is the id of whose record it is; null where that is who reads it.
 * `until` is the day on which it goes.
 */
export function restedCard(
  lang: Lang,
  agreement: AgreementView,
  { manager, until }: { readonly manager: string | null; readonly until: string },
): Card {
  const { evaluation: words, agreement: agreementWords } = messagesFor(lang);
  const { id } = agreement;
  const name = escapeMarkdown(manager === null ? agreement.memberName : agreement.managerName);
  const view: Button =
    manager === null
      ? button(lang, 'agreement.show', agreementWords.view, { id })
      : button(lang, 'about.show', agreementWords.view, { manager, id });
  return noticeWithButtons(lang, {
    title: format(lang, words.restedTitle, { name }),
    sentence: format(lang, words.restedText, { until: longDay(lang, until) }),
    buttons: [view],
  });
}
