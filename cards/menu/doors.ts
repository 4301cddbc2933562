import { type Button, button } from '../actions.js';
import { type Lang, messagesFor } from '../content/words.js';

export type Door = { readonly name: string; readonly press: Button };
export type Doors = { readonly title: string; readonly rows: readonly Door[] };

/**
 * Where one can go from the menu, in two columns: for whoever leads a team, and for oneself. Nobody is asked which of the two
 * they are, and nothing is stored of what they press.
 */
export function doorsOf(lang: Lang): readonly Doors[] {
  const { menu, moments, knowledge, scan } = messagesFor(lang);
  const door = (name: string, press: (name: string) => Button): Door => ({ name, press: press(name) });
  return [
    {
      title: menu.forTeam,
      rows: [
        door(menu.conversation, (name) => button(lang, 'intent.open', name, { intent: 'conversation' })),
        door(menu.practise, (name) => button(lang, 'practise.start', name, {})),
        door(menu.signals, (name) => button(lang, 'signals.open', name, {})),
        door(menu.agreement, (name) => button(lang, 'agreement.start', name, {})),
        door(menu.coffee, (name) => button(lang, 'coffee.list', name, { page: 0 })),
        door(moments.title, (name) => button(lang, 'moments.list', name, { page: 0 })),
        door(scan.title, (name) => button(lang, 'scan.open', name, {})),
        door(menu.overview, (name) => button(lang, 'overview.show', name, { page: 0, of: '' })),
      ],
    },
    {
      title: menu.forYou,
      rows: [
        door(menu.support, (name) => button(lang, 'support.show', name, {})),
        door(knowledge.intents['self-care'], (name) =>
          button(lang, 'intent.open', name, { intent: 'self-care' }),
        ),
        door(menu.rights, (name) => button(lang, 'intent.open', name, { intent: 'rights' })),
        door(menu.records, (name) => button(lang, 'about.records', name, { page: 0 })),
        door(menu.privacy, (name) => button(lang, 'privacy.show', name, {})),
        door(menu.settings, (name) => button(lang, 'settings.show', name, {})),
      ],
    },
  ];
}
