import { type Button, button } from '../actions.js';
import { type Lang, messagesFor } from '../content/words.js';
import { type Fold, fold } from '../fold.js';
import { type Doors, doorsOf } from '../menu/doors.js';
import { type Card, template } from '../render.js';
import { teamsKeeps } from '../teams-keeps.js';
import json from './welcome.template.json' with { type: 'json' };

type Line = { text: string };
const fillTemplate = template<{
  title: string;
  intro: string;
  doors: readonly Doors[];
  keepTitle: string;
  keep: Line[];
  notTitle: string;
  not: Line[];
  aboutYou: string;
  teams: string;
  buttons: (Button | Fold)[];
  open: boolean;
}>(json);

/** `new` for who is here for the first time, `back` for who removed the bot and returned, `privacy` when asked. */
export function welcomeCard(lang: Lang, occasion: 'new' | 'back' | 'privacy'): Card {
  const { about, welcome, menu } = messagesFor(lang);
  const title = { new: welcome.title, back: welcome.back, privacy: welcome.privacyTitle }[occasion];
  return fillTemplate(lang, title, {
    title,
    intro: occasion === 'new' ? welcome.intro : '',
    // What can be done comes before what is kept: both are there, the first is what somebody came for.
    doors: occasion === 'privacy' ? [] : doorsOf(lang),
    keepTitle: welcome.keepTitle,
    keep: welcome.keep.map((text) => ({ text })),
    notTitle: welcome.notTitle,
    not: welcome.not.map((text) => ({ text })),
    aboutYou: welcome.aboutYou,
    teams: teamsKeeps(lang, 'card').join(' '),
    buttons: [
      ...(occasion === 'privacy' ? [button(lang, 'about.records', about.recordsButton, { page: 0 })] : []),
      ...(occasion === 'privacy'
        ? [button(lang, 'menu.show', menu.menu, {})]
        : [fold(welcome.privacyTitle, 'kept')]),
    ],
    open: occasion === 'privacy',
  });
}
