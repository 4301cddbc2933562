import { type Button, button } from '../actions.js';
import { format, type Lang, messagesFor } from '../content/words.js';
import { longDay } from '../dates.js';
import { type Card, template } from '../render.js';
import json from './health.template.json' with { type: 'json' };

/**
 * How the bot is doing, to HR of one organisation. What is of all organisations together is no more than yes or no, and
 * who cannot be reached is counted in this one alone. Null is what cannot be known now; times as they are to be shown.
 */
export type HealthView = {
  readonly version: string;
  readonly tables: boolean;
  readonly reminders: boolean;
  readonly ticking: boolean;
  readonly lastTick: string | null;
  /** Something that was due by the last round is still to go out. */
  readonly behind: boolean;
  /** People of this organisation whom something waits for, in whole fives; 0 also where there are fewer. */
  readonly waiting: number | null;
  /** Something failed, was given up or was set aside. */
  readonly failed: boolean;
  /** The last night in which what has its term behind it was deleted, and whether something of it was left. */
  readonly night: { readonly when: string; readonly left: boolean } | null;
  /** What the bot proves with who it is and the day on which that ends; null while that is far, or not known. */
  readonly ends: { readonly what: 'secret' | 'certificate'; readonly day: string } | null;
};

type Fact = { title: string; value: string };
const fillTemplate = template<{
  title: string;
  intro: string;
  state: string;
  color: string;
  facts: Fact[];
  buttons: Button[];
}>(json);

/** How the bot is doing, for HR: what an operator sees, in words. */
export function healthCard(lang: Lang, health: HealthView): Card {
  const { hr: words } = messagesFor(lang);
  const { healthFacts: titles } = words;
  const known = (value: string): string => (health.tables ? value : words.healthUnknown);
  const { waiting, lastTick } = health;
  const good = health.tables && (health.ticking || !health.reminders);
  return fillTemplate(lang, words.healthTitle, {
    title: words.healthTitle,
    intro: words.healthIntro,
    state: stateOf(lang, health),
    color: good ? 'Good' : 'Attention',
    facts: [
      { title: titles.last, value: known(lastTick ?? words.healthNever) },
      { title: titles.behind, value: known(health.behind ? words.healthYes : words.healthNo) },
      { title: titles.waiting, value: waiting === null ? words.healthUnknown : waitingLine(lang, waiting) },
      { title: titles.failed, value: known(health.failed ? words.healthFailed : words.healthNo) },
      { title: titles.night, value: known(nightLine(lang, health.night)) },
      ...(health.ends === null ? [] : [{ title: titles.ends, value: endLine(lang, health.ends) }]),
      { title: titles.version, value: health.version },
    ],
    buttons: [
      button(lang, 'hr.health', words.healthAgain, {}),
      button(lang, 'hr.show', words.back, {}, { secondary: true }),
    ],
  });
}

function stateOf(lang: Lang, { tables, ticking, reminders }: HealthView): string {
  const { hr: words } = messagesFor(lang);
  if (!tables) return words.healthAway;
  if (!reminders) return words.healthOff;
  return ticking ? words.healthGood : words.healthStill;
}

function nightLine(lang: Lang, night: HealthView['night']): string {
  const { hr: words } = messagesFor(lang);
  if (night === null) return words.healthNever;
  return format(lang, night.left ? words.healthNightLeft : words.healthNightDone, { when: night.when });
}

function endLine(lang: Lang, { what, day }: NonNullable<HealthView['ends']>): string {
  const { healthEnds } = messagesFor(lang).hr;
  return format(lang, healthEnds[what], { day: longDay(lang, day) });
}

function waitingLine(lang: Lang, waiting: number): string {
  const { hr: words } = messagesFor(lang);
  return waiting === 0 ? words.healthFew : format(lang, words.healthWaiting, { people: waiting });
}
