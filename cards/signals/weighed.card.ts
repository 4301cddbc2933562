import { type Button, button, type Ticks } from '../actions.js';
import { type Lang, messagesFor } from '../content/words.js';
import { type Card, template } from '../render.js';
import { sourceLine } from '../source.js';
import json from './weighed.template.json' with { type: 'json' };

/** What the ticks say together; never anything about the person. */
export type Weight = {
  readonly breadth: 'none' | 'one' | 'few' | 'spread';
  /** It lasts weeks or longer. */
  readonly long: boolean;
  /** Whether it differs from before; null when that was not said. */
  readonly changed: boolean | null;
};

const fillTemplate = template<{
  title: string;
  weight: string;
  also: { text: string }[];
  nowTitle: string;
  now: { text: string }[];
  call: string;
  danger: string;
  kept: string;
  buttons: Button[];
  source: string;
}>(json);

/** The answer to the checklist; the ticks travel in the button back, so that one can look again. */
export function weighedCard(lang: Lang, weight: Weight, ticks: Ticks): Card {
  const { checklist, knowledge, menu } = messagesFor(lang);
  const { result } = checklist;
  const sentences = [
    ...(weight.long ? [result.long] : []),
    ...(weight.changed === true ? [result.changed] : []),
    ...(weight.changed === false ? [result.notChanged] : []),
    result.fillIn,
  ];
  const seen = weight.breadth !== 'none';
  return fillTemplate(lang, checklist.resultTitle, {
    title: checklist.resultTitle,
    weight: result[weight.breadth],
    also: seen ? sentences.map((text) => ({ text })) : [],
    nowTitle: knowledge.nowTitle,
    now: result.now.map((text) => ({ text })),
    call: result.call,
    danger: result.danger,
    kept: result.kept,
    buttons: [
      button(lang, 'conversation.part', knowledge.deeds.conversation, { part: 'prepare' }),
      button(lang, 'signals.open', checklist.again, { ticks }),
      button(lang, 'knowledge.piece', knowledge.callButton, { piece: 'signals-call' }),
      button(lang, 'crisis.show', knowledge.crisisButton, {}),
      button(lang, 'menu.show', menu.menu, {}, { secondary: true }),
    ],
    source: sourceLine(lang, 'han.1'),
  });
}
