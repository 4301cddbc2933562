import { type Button, button, SITUATIONS } from '../actions.js';
import { type Lang, messagesFor } from '../content/words.js';
import { type Card, fixedCard, template } from '../render.js';
import { sourceLine } from '../source.js';
import { situationWords } from './situation.js';
import json from './start.template.json' with { type: 'json' };

const fillTemplate = template<{ title: string; intro: string; buttons: Button[]; source: string }>(json);

/** The situations that can be practised. */
export const practiseStartCard = fixedCard((lang: Lang): Card => {
  const { practise: words } = messagesFor(lang);
  return fillTemplate(lang, words.title, {
    title: words.title,
    intro: words.intro,
    buttons: SITUATIONS.map((situation) =>
      button(lang, 'practise.open', situationWords(lang, situation).title, { situation, round: 0 }),
    ),
    source: sourceLine(lang, words.source),
  });
});
