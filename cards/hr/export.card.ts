import { type Button, button } from '../actions.js';
import { type Lang, messagesFor } from '../content/words.js';
import { type Card, template } from '../render.js';
import json from './export.template.json' with { type: 'json' };

const fillTemplate = template<{
  title: string;
  intro: string;
  text: string;
  elsewhere: string;
  buttons: Button[];
}>(json);

/** All that HR filled in, to be copied. Clients that cannot show code say where one can. */
export function exportCard(lang: Lang, text: string): Card {
  const { hr: words } = messagesFor(lang);
  return fillTemplate(lang, words.exportTitle, {
    title: words.exportTitle,
    intro: words.exportIntro,
    text,
    elsewhere: words.exportElsewhere,
    buttons: [button(lang, 'hr.show', words.back, {})],
  });
}
