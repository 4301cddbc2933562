import { type Button, button } from '../actions.js';
import { format, type Lang, messagesFor } from '../content/words.js';
import { type Card, template } from '../render.js';
import { sourceLine } from '../source.js';
import json from './question.template.json' with { type: 'json' };

const fillTemplate = template<{
  progress: string;
  title: string;
  intro: string;
  question: string;
  buttons: Button[];
  source: string;
}>(json);

/** One of the eight questions; `answers` so far, `y` or `n` each, travel in the buttons. */
export function questionCard(lang: Lang, answers: string): Card {
  const { check, menu } = messagesFor(lang);
  const question = check.questions[answers.length];
  if (question === undefined) throw new RangeError('there are no more questions');
  const progress = format(lang, check.progress, { n: answers.length + 1, total: check.questions.length });
  return fillTemplate(lang, `${check.title}. ${question.text}`, {
    progress,
    title: check.title,
    intro: answers === '' ? check.intro : '',
    question: question.text,
    buttons: [
      button(lang, 'check.ask', check.yes, { answers: `${answers}y` }),
      button(lang, 'check.ask', check.no, { answers: `${answers}n` }),
      ...(answers === ''
        ? []
        : [
            button(lang, 'check.ask', check.stepBack, { answers: answers.slice(0, -1) }, { secondary: true }),
          ]),
      button(lang, 'menu.show', menu.menu, {}, { secondary: true }),
    ],
    source: sourceLine(lang, check.source),
  });
}
