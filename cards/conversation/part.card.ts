import { type Button, button, PARTS, type Part } from '../actions.js';
import { format, type Lang, messagesFor } from '../content/words.js';
import { type Fold, fold } from '../fold.js';
import { type Card, fixedCard, template } from '../render.js';
import { sourceLine } from '../source.js';
import json from './part.template.json' with { type: 'json' };

type Line = { text: string };
type Step = { label: string; style: string; weight: string; press: Button };
const fillTemplate = template<{
  progress: string;
  title: string;
  stepper: Step[];
  aim: string;
  stepsTitle: string;
  steps: Line[];
  sayTitle: string;
  say: Line[];
  avoidTitle: string;
  avoid: Line[];
  buttons: Button[];
  folds: Fold[];
  source: string;
}>(json);

/**
 * One of the seven parts of the signalling talk. What to say and the way on come first: whoever reads it on a phone may be on
 * the way to the conversation. What to do, what to leave and the other parts by name fold out.
 */
export const partCard = fixedCard((lang: Lang, part: Part): Card => {
  const { ui, parts } = messagesFor(lang).conversation;
  const index = PARTS.indexOf(part);
  const words = parts[index];
  if (words === undefined) throw new RangeError(`no words for part ${part}`);
  const progress = format(lang, ui.progress, { n: index + 1, total: PARTS.length });
  return fillTemplate(lang, `${progress}: ${words.title}`, {
    progress,
    title: words.title,
    stepper: parts.map((other, at) => stepTo(lang, at, other.title, at === index)),
    aim: words.aim,
    stepsTitle: ui.stepsTitle,
    steps: words.steps.map((text) => ({ text })),
    sayTitle: part === 'prepare' ? ui.selfTitle : ui.sayTitle,
    say: words.say.map((text) => ({ text })),
    avoidTitle: ui.avoidTitle,
    avoid: words.avoid.map((text) => ({ text })),
    buttons: waysOn(lang, part, index),
    folds: [fold(ui.howFold, 'how'), fold(ui.partsFold, 'parts')],
    source: sourceLine(lang, words.source),
  });
});

function stepTo(lang: Lang, at: number, title: string, here: boolean): Step {
  const { ui } = messagesFor(lang).conversation;
  const spoken = format(lang, here ? ui.stepHere : ui.step, { n: at + 1, title });
  return {
    label: format(lang, ui.partName, { n: at + 1, title }),
    style: here ? 'accent' : 'emphasis',
    weight: here ? 'Bolder' : 'Default',
    press: button(lang, 'conversation.part', spoken, { part: PARTS[at] ?? 'prepare' }),
  };
}

function waysOn(lang: Lang, part: Part, index: number): Button[] {
  const { ui, parts } = messagesFor(lang).conversation;
  const previous = PARTS[index - 1];
  const next = PARTS[index + 1];
  const buttons: Button[] = [];
  if (next !== undefined) {
    const title = format(lang, ui.next, { title: parts[index + 1]?.short ?? '' });
    buttons.push(button(lang, 'conversation.part', title, { part: next }));
  } else {
    buttons.push(button(lang, 'agreement.start', ui.agree, {}));
  }
  if (previous !== undefined)
    buttons.push(button(lang, 'conversation.part', ui.previous, { part: previous }));
  buttons.push(button(lang, 'conversation.ask', ui.ask, { part }, { secondary: true }));
  buttons.push(button(lang, 'conversation.aids', ui.aids, { part }, { secondary: true }));
  buttons.push(button(lang, 'practise.start', ui.practise, {}, { secondary: true }));
  return buttons;
}
