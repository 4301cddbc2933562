import { type Button, button, FILE_KINDS } from '../actions.js';
import { type Lang, messagesFor } from '../content/words.js';
import { type Card, fixedCard, template } from '../render.js';
import json from './ways.template.json' with { type: 'json' };

const fillTemplate = template<{
  title: string;
  intro: string;
  ways: readonly { title: string; text: string }[];
  oneDrive: string;
  buttons: Button[];
}>(json);

/** How somebody can take along what is on record about them: as a document, as it is kept, or here in the chat. */
export const waysCard: (lang: Lang) => Card = fixedCard((lang) => {
  const { export: words } = messagesFor(lang);
  const { document, data, chat } = words.ways;
  return fillTemplate(lang, words.waysTitle, {
    title: words.waysTitle,
    intro: words.waysIntro,
    ways: [document, data, chat],
    oneDrive: words.waysOneDrive,
    buttons: [
      ...FILE_KINDS.map((as) => button(lang, 'about.file', words.button[as], { as })),
      button(lang, 'about.export', words.button.chat, { page: 0 }),
      button(lang, 'about.records', words.back, { page: 0 }),
    ],
  });
});
