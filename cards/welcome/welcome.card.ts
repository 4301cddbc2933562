import { type Button, button } from '../actions.js';
import { type Lang, messagesFor } from '../content/words.js';
import { type Card, template } from '../render.js';
import json from './welcome.template.json' with { type: 'json' };

type Line = { text: string };
const fillTemplate = template<{
  title: string;
  intro: string;
  keepTitle: string;
  keep: Line[];
  notTitle: string;
  not: Line[];
  aboutYou: string;
  buttons: Button[];
}>(json);

/** `new` for who is here for the first time, `back` for who removed the bot and returned, `privacy` when asked. */
export function welcomeCard(lang: Lang, occasion: 'new' | 'back' | 'privacy'): Card {
  const { about, welcome, menu } = messagesFor(lang);
  const title = { new: welcome.title, back: welcome.back, privacy: welcome.privacyTitle }[occasion];
  return fillTemplate(lang, title, {
    title,
    intro: occasion === 'new' ? welcome.intro : '',
    keepTitle: welcome.keepTitle,
    keep: welcome.keep.map((text) => ({ text })),
    notTitle: welcome.notTitle,
    not: welcome.not.map((text) => ({ text })),
    aboutYou: welcome.aboutYou,
    buttons: [
      button(lang, 'conversation.part', menu.conversation, { part: 'prepare' }),
      button(lang, 'support.show', menu.support, {}),
      ...(occasion === 'privacy' ? [button(lang, 'about.records', about.recordsButton, { page: 0 })] : []),
      button(lang, 'menu.show', menu.menu, {}),
    ],
  });
}
