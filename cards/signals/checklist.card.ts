import { type Button, button, type Ticks } from '../actions.js';
import { type Choice, choicesOf } from '../choices.js';
import { pieceWords } from '../content/pieces.js';
import { format, type Lang, messagesFor } from '../content/words.js';
import { type Card, template } from '../render.js';
import { sourceLine } from '../source.js';
import json from './checklist.template.json' with { type: 'json' };
import { SIGNAL_STEPS, type SignalGroup } from './groups.js';

type Group = { id: string; label: string; choices: Choice[]; value: string };
export type ChecklistData = {
  /** Ticked so far, on any step. */
  readonly ticks: Partial<Ticks>;
  /** Which step is shown; a step that there is not shows the last. */
  readonly step: number;
  /** Not all of it was understood. */
  readonly unread?: boolean;
};
const LAST = SIGNAL_STEPS.length - 1;
const fillTemplate = template<{
  progress: string;
  title: string;
  intro: string;
  unread: string;
  groups: Group[];
  isLast: boolean;
  sinceLabel: string;
  sinceChoices: Choice[];
  since: string;
  changedLabel: string;
  changedChoices: Choice[];
  changed: string;
  buttons: Button[];
  source: string;
}>(json);

/** Signals to tick, step by step. What is ticked travels in the buttons, comes back with the press and is kept nowhere. */
export function checklistCard(lang: Lang, { ticks, step: asked, unread = false }: ChecklistData): Card {
  const { checklist } = messagesFor(lang);
  const step = Math.min(asked, LAST);
  const groups: readonly SignalGroup[] = SIGNAL_STEPS[step] ?? [];
  const progress = format(lang, checklist.progress, {
    n: step + 1,
    total: SIGNAL_STEPS.length,
    title: checklist.steps[step] ?? '',
  });
  return fillTemplate(lang, `${checklist.title} ${progress}`, {
    progress,
    title: checklist.title,
    intro: step === 0 ? checklist.intro : '',
    unread: unread ? checklist.unread : '',
    groups: groups.map((id) => ({
      id,
      label: checklist.groups[id],
      choices: signalsIn(lang, id).map((title, at) => ({ title, value: String(at) })),
      value: ticks[id] ?? '',
    })),
    isLast: step === LAST,
    sinceLabel: checklist.sinceLabel,
    sinceChoices: choicesOf(checklist.since),
    since: ticks.since ?? '',
    changedLabel: checklist.changedLabel,
    changedChoices: choicesOf(checklist.changed),
    changed: ticks.changed ?? '',
    buttons: waysOn(lang, ticksBeside(ticks, step), step),
    source: step === 0 ? sourceLine(lang, 'han.1') : '',
  });
}

function waysOn(lang: Lang, ticks: Ticks, step: number): Button[] {
  const { checklist, menu } = messagesFor(lang);
  const carried = { ticks, shown: step };
  const next = format(lang, checklist.next, { title: checklist.steps[step + 1] ?? '' });
  return [
    ...(step < LAST ? [button(lang, 'signals.step', next, { ...carried, to: step + 1 })] : []),
    button(lang, 'signals.weigh', checklist.see, carried),
    ...(step > 0 ? [button(lang, 'signals.step', checklist.previous, { ...carried, to: step - 1 })] : []),
    button(
      lang,
      'knowledge.subject',
      checklist.more,
      { subject: 'signals' },
      { withoutInputs: true, secondary: true },
    ),
    button(lang, 'menu.show', menu.menu, {}, { withoutInputs: true, secondary: true }),
  ];
}

/** The ticks of the other steps: those of this one come back from its own boxes. */
function ticksBeside(ticks: Partial<Ticks>, step: number): Ticks {
  const here: readonly string[] = SIGNAL_STEPS[step] ?? [];
  const kept = Object.entries(ticks).filter(([name]) => !here.includes(name));
  const groups = SIGNAL_STEPS.flat().map((id) => [id, '']);
  return { ...Object.fromEntries(groups), since: '', changed: '', ...Object.fromEntries(kept) };
}

/** The signals of a group, in the order in which their places stand for them. */
export function signalsIn(lang: Lang, id: string): readonly string[] {
  return pieceWords(lang, id).parts[0]?.list ?? [];
}
