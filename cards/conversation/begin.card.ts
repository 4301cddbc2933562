import { type Button, button } from '../actions.js';
import { type Lang, messagesFor } from '../content/words.js';
import { type Card, fixedCard, template } from '../render.js';
import { sourceLine } from '../source.js';
import json from './begin.template.json' with { type: 'json' };

type Line = { text: string };
const fillTemplate = template<{
  title: string;
  aim: string;
  steps: Line[];
  sayTitle: string;
  say: Line[];
  note: string;
  buttons: Button[];
  source: string;
}>(json);

/** For whoever goes into a conversation in five minutes: five steps and three sentences; the seven parts are a press away. */
export const beginCard = fixedCard((lang: Lang): Card => {
  const { calendar, conversation } = messagesFor(lang);
  const { ui, begin } = conversation;
  return fillTemplate(lang, begin.title, {
    title: begin.title,
    aim: begin.aim,
    steps: begin.steps.map((text) => ({ text })),
    sayTitle: begin.sayTitle,
    say: begin.say.map((text) => ({ text })),
    note: begin.note,
    buttons: [
      button(lang, 'practise.start', ui.practise, {}),
      button(lang, 'conversation.part', ui.partsFold, { part: 'prepare' }),
      button(lang, 'conversation.ask', ui.ask, { part: 'naming' }),
      button(lang, 'knowledge.piece', ui.otherwise, { piece: 'talk-otherwise' }),
      button(lang, 'calendar.show', calendar.plan, { of: 'conversation', id: '' }, { secondary: true }),
    ],
    source: sourceLine(lang, begin.source),
  });
});
