import { type Button, button, link } from '../actions.js';
import { contact } from '../content/contacts.js';
import { type Lang, messagesFor } from '../content/words.js';
import { type Card, fixedCard, template } from '../render.js';
import json from './crisis.template.json' with { type: 'json' };

const fillTemplate = template<{
  title: string;
  intro: string;
  now: string;
  call113: string;
  chat: string;
  other: string;
  buttons: Button[];
  privacy: string;
}>(json);

/** What stands before everything else when words point to suicide or self-harm. Nothing of it is kept. */
export const crisisCard = fixedCard((lang: Lang): Card => {
  const { crisis } = messagesFor(lang);
  const { buttons: titles } = crisis;
  return fillTemplate(lang, `${crisis.title} ${crisis.call113}`, {
    title: crisis.title,
    intro: crisis.intro,
    now: crisis.now,
    call113: crisis.call113,
    chat: crisis.chat,
    other: crisis.other,
    buttons: [
      link(titles.call113, contact('crisis-113').tel ?? 'tel:113'),
      link(titles.chat113, contact('crisis-113').link ?? 'https://www.113.nl'),
      link(titles.call112, contact('emergency-112').tel ?? 'tel:112'),
      button(lang, 'support.show', titles.support, {}),
    ],
    privacy: crisis.privacy,
  });
});
