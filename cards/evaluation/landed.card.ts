import { type Button, button } from '../actions.js';
import type { AgreementView } from '../agreement/agreement-view.js';
import { format, type Lang, messagesFor } from '../content/words.js';
import { longDay } from '../dates.js';
import { escapeMarkdown } from '../plain.js';
import { type Card, template } from '../render.js';
import json from './landed.template.json' with { type: 'json' };

const fillTemplate = template<{
  title: string;
  sentence: string;
  questions: { text: string }[];
  buttons: Button[];
  why: string;
}>(json);

/** A few working days after a conversation: ask how it landed. */
export function landedCard(lang: Lang, agreement: AgreementView): Card {
  const { evaluation: words } = messagesFor(lang);
  const { id, memberName, conversationDay } = agreement;
  const sentence = format(lang, words.landedText, {
    name: escapeMarkdown(memberName),
    day: longDay(lang, conversationDay),
  });
  return fillTemplate(lang, `${words.landedTitle} ${sentence}`, {
    title: words.landedTitle,
    sentence,
    questions: words.landedQuestions.map((text) => ({ text })),
    buttons: [
      button(lang, 'landed.done', words.landedDone, { id }),
      button(lang, 'landed.later', words.landedLater, { id }),
      button(lang, 'agreement.show', messagesFor(lang).agreement.view, { id }),
      button(lang, 'settings.show', messagesFor(lang).menu.settings, {}, { secondary: true }),
    ],
    why: words.landedWhy,
  });
}

/** What comes in its place after a press. `again` is the day of the next reminder, empty when it was done. */
export function landedAnsweredCard(lang: Lang, agreement: AgreementView, again: string): Card {
  const { evaluation: words } = messagesFor(lang);
  const sentence =
    again === '' ? words.landedThanks : format(lang, words.landedSnoozed, { day: longDay(lang, again) });
  return fillTemplate(lang, sentence, {
    title: words.landedTitle,
    sentence,
    questions: [],
    buttons: [button(lang, 'agreement.show', messagesFor(lang).agreement.view, { id: agreement.id })],
    why: '',
  });
}
