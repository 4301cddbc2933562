import { type Button, button } from '../actions.js';
import { type Answer, answerWords, findAnswer } from '../content/answers.js';
import { type Deed, pieceWords } from '../content/pieces.js';
import { type Lang, messagesFor } from '../content/words.js';
import { type Card, template } from '../render.js';
import { sourceLine } from '../source.js';
import json from './answer.template.json' with { type: 'json' };
import { deedButton } from './deeds.js';
import { type Meant, type Others, othersOf } from './meant.js';
import { type Way, waysOnOf } from './ways-on.js';

const fillTemplate = template<{
  question: string;
  answer: string;
  why: string;
  now: string;
  ways: readonly Way[];
  buttons: readonly Button[];
  others: Others;
  source: string;
}>(json);

/** Beside what else may have been meant there is room for one way on. */
const MOST_MORE_BESIDE = 1;

/**
 * A direct answer: what was asked as it was understood, the answer, one thing to do or say, the way to more, and what
 * else may have been meant where `also` has any.
 */
export function answerCard(lang: Lang, answer: Answer, also: readonly Meant[] = []): Card {
  const { question, answer: first, why, now } = answerWords(lang, answer.id);
  const { menu } = messagesFor(lang);
  const others = othersOf(lang, also);
  const elsewhere = also.flatMap((one) => Object.values(one));
  const more = answer.more
    .filter((id) => !elsewhere.includes(id))
    .slice(0, others.ways.length === 0 ? answer.more.length : MOST_MORE_BESIDE);
  return fillTemplate(lang, `${question} ${first}`, {
    question,
    answer: first,
    why,
    now,
    ...waysOnOf([
      deedButton(lang, answer.do as Deed),
      ...more.map((id) => readOn(lang, id)),
      button(lang, 'menu.show', menu.menu, {}, { secondary: true }),
    ]),
    others,
    source: sourceLine(lang, answer.source),
  });
}

/** Answers and pieces lead to one another. */
function readOn(lang: Lang, id: string): Button {
  return findAnswer(id) === null
    ? button(lang, 'knowledge.piece', pieceWords(lang, id).title, { piece: id })
    : button(lang, 'knowledge.answer', answerWords(lang, id).question, { answer: id });
}
