import { type Button, button, type Ticks } from '../actions.js';
import { type Choice, choicesOf } from '../choices.js';
import { pieceWords } from '../content/pieces.js';
import { type Lang, messagesFor } from '../content/words.js';
import { type Card, template } from '../render.js';
import { sourceLine } from '../source.js';
import json from './checklist.template.json' with { type: 'json' };
import { SIGNAL_GROUPS } from './groups.js';

type Group = { id: string; label: string; choices: Choice[]; value: string };
const fillTemplate = template<{
  title: string;
  intro: string;
  unread: string;
  groups: Group[];
  sinceLabel: string;
  sinceChoices: Choice[];
  since: string;
  changedLabel: string;
  changedChoices: Choice[];
  changed: string;
  buttons: Button[];
  source: string;
}>(json);

/** Signals to tick, in groups. What is ticked comes back with the press and is kept nowhere; `unread`: not all of it was understood. */
export function checklistCard(lang: Lang, ticks: Partial<Ticks>, unread = false): Card {
  const { checklist, menu } = messagesFor(lang);
  return fillTemplate(lang, checklist.title, {
    title: checklist.title,
    intro: checklist.intro,
    unread: unread ? checklist.unread : '',
    groups: SIGNAL_GROUPS.map((id) => ({
      id,
      label: checklist.groups[id],
      choices: signalsIn(lang, id).map((title, at) => ({ title, value: String(at) })),
      value: ticks[id] ?? '',
    })),
    sinceLabel: checklist.sinceLabel,
    sinceChoices: choicesOf(checklist.since),
    since: ticks.since ?? '',
    changedLabel: checklist.changedLabel,
    changedChoices: choicesOf(checklist.changed),
    changed: ticks.changed ?? '',
    buttons: [
      button(lang, 'signals.weigh', checklist.see, {}),
      button(lang, 'knowledge.subject', checklist.more, { subject: 'signals' }, { withoutInputs: true }),
      button(lang, 'menu.show', menu.menu, {}, { withoutInputs: true, secondary: true }),
    ],
    source: sourceLine(lang, 'han.1'),
  });
}

/** The signals of a group, in the order in which their places stand for them. */
export function signalsIn(lang: Lang, id: string): readonly string[] {
  return pieceWords(lang, id).parts[0]?.list ?? [];
}
