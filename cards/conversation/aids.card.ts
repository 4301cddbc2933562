import { type Button, button, type Part } from '../actions.js';
import { type Lang, messagesFor } from '../content/words.js';
import { type Card, template } from '../render.js';
import { sourceLine } from '../source.js';
import json from './aids.template.json' with { type: 'json' };

const fillTemplate = template<{
  title: string;
  intro: string;
  aids: { letters: string; name: string; how: string }[];
  buttons: Button[];
  source: string;
}>(json);

/** The five memory aids, with the way back to the part that they were opened from. */
export function aidsCard(lang: Lang, from: Part): Card {
  const { ui, aids } = messagesFor(lang).conversation;
  return fillTemplate(lang, ui.aidsTitle, {
    title: ui.aidsTitle,
    intro: ui.aidsIntro,
    aids: aids.map(({ letters, name, how }) => ({ letters, name, how })),
    buttons: [button(lang, 'conversation.part', ui.back, { part: from })],
    source: sourceLine(lang, 'han.2.aids'),
  });
}
