import { type Button, button, type Situation } from '../actions.js';
import { format, type Lang, messagesFor } from '../content/words.js';
import { escapeMarkdown } from '../plain.js';
import { type Card, template } from '../render.js';
import { sourceLine } from '../source.js';
import json from './heard.template.json' with { type: 'json' };
import { roundOf } from './round.card.js';
import { situationWords } from './situation.js';

export type HeardData = {
  readonly situation: Situation;
  readonly round: number;
  /** What was said: the words of a choice, or as typed. */
  readonly said: string;
  /** What it may do, each a sentence or two. */
  readonly effects: readonly string[];
};

const fillTemplate = template<{
  title: string;
  youSaid: string;
  said: string;
  effectTitle: string;
  effects: { text: string }[];
  elseTitle: string;
  others: { text: string }[];
  done: string;
  buttons: Button[];
  source: string;
}>(json);

/** What a sentence may do to the other person, and what else could be said: never a mark. */
export function practiseHeardCard(lang: Lang, { situation, round, said, effects }: HeardData): Card {
  const { practise: words } = messagesFor(lang);
  const { title, rounds } = situationWords(lang, situation);
  const isLast = round >= rounds.length - 1;
  const heading = format(lang, words.round, {
    title,
    n: Math.min(round + 1, rounds.length),
    total: rounds.length,
  });
  return fillTemplate(lang, `${words.effectTitle}: ${effects[0] ?? ''}`, {
    title: heading,
    youSaid: words.youSaid,
    said: escapeMarkdown(said),
    effectTitle: words.effectTitle,
    effects: effects.map((text) => ({ text })),
    elseTitle: words.elseTitle,
    others: roundOf(rounds, round).else.map((text) => ({ text })),
    done: isLast ? words.done : '',
    buttons: [
      isLast
        ? button(lang, 'practise.start', words.other, {})
        : button(lang, 'practise.open', words.next, { situation, round: round + 1 }),
      button(lang, 'practise.open', words.again, { situation, round }),
      button(lang, 'conversation.part', words.guide, { part: 'naming' }),
    ],
    source: sourceLine(lang, words.source),
  });
}
