import { type Button, button, type LeavingTyped } from '../actions.js';
import { format, type Lang, messagesFor } from '../content/words.js';
import { escapeMarkdown } from '../plain.js';
import { type Card, template } from '../render.js';
import json from './ask.template.json' with { type: 'json' };

export type LeavingData = {
  readonly typed: LeavingTyped;
  /** As it stands on the agreements; empty when there are none. */
  readonly leaverName: string;
  /** Whether there are agreements that still run; how many is nobody's business. */
  readonly open: boolean;
};

const fillTemplate = template<{
  title: string;
  who: string;
  open: string;
  next: string;
  goes: string;
  term: string;
  buttons: Button[];
}>(json);

/** To HR: what they are about to ask for, and what comes before it is done. */
export function leaverAskCard(lang: Lang, { typed, leaverName, open }: LeavingData): Card {
  const { leaver: words } = messagesFor(lang);
  const move = typed.what === 'move';
  const next = format(lang, move ? words.moveText : words.deleteText, { name: escapeMarkdown(typed.name) });
  return fillTemplate(lang, words.askTitle, {
    title: words.askTitle,
    who: leaverName === '' ? words.whoUnknown : format(lang, words.who, { name: escapeMarkdown(leaverName) }),
    open: open ? words.open : words.none,
    next: open ? next : '',
    goes: words.goes,
    term: words.term,
    buttons: [
      goOn(lang, typed, open ? (move ? words.moveButton : words.deleteButton) : words.restButton),
      button(lang, 'leaver.show', words.back, { filled: typed }),
    ],
  });
}

/** The button that asks for it. */
function goOn(lang: Lang, { leaver, what, successor, name }: LeavingTyped, title: string): Button {
  return what === 'move'
    ? button(lang, 'leaver.move', title, { leaver, successor, name })
    : button(lang, 'leaver.delete', title, { leaver });
}
