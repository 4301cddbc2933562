import { type Button, button } from '../actions.js';
import { type Answer, answerWords, findAnswer } from '../content/answers.js';
import { type Deed, pieceWords } from '../content/pieces.js';
import { type Lang, messagesFor } from '../content/words.js';
import { type Card, template } from '../render.js';
import { sourceLine } from '../source.js';
import json from './answer.template.json' with { type: 'json' };
import { deedButton } from './deeds.js';
import { onButton } from './on-button.js';

const fillTemplate = template<{
  question: string;
  answer: string;
  why: string;
  now: string;
  buttons: Button[];
  source: string;
}>(json);

/** A direct answer: what was asked as it was understood, the answer, one thing to do or say, the way to more. */
export function answerCard(lang: Lang, answer: Answer): Card {
  const { question, answer: first, why, now } = answerWords(lang, answer.id);
  const { menu } = messagesFor(lang);
  return fillTemplate(lang, `${question} ${first}`, {
    question,
    answer: first,
    why,
    now,
    buttons: [
      deedButton(lang, answer.do as Deed),
      ...answer.more.map((id) => readOn(lang, id)),
      button(lang, 'menu.show', menu.menu, {}, { secondary: true }),
    ],
    source: sourceLine(lang, answer.source),
  });
}

/** Answers and pieces lead to one another. */
function readOn(lang: Lang, id: string): Button {
  return findAnswer(id) === null
    ? button(lang, 'knowledge.piece', onButton(pieceWords(lang, id).title), { piece: id })
    : button(lang, 'knowledge.answer', onButton(answerWords(lang, id).question), { answer: id });
}
