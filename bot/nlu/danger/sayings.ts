import { DANGER_KINDS, type DangerKind } from '../../../cards/crisis/danger-kinds.js';
import { tokens } from '../text/tokens.js';
import { plainLetters } from './words.js';

/** bot/nlu/content/<lang>/danger.json */
export interface DangerContent {
  /** Words that nearly every text of the language has, by which it is told from the others. */
  readonly usual: readonly string[];
  /** Groups of words, written <group> in a saying. */
  readonly words: Readonly<Record<string, readonly string[]>>;
  /**
   * What shows danger; each with why, of which kind, how sure it is and how many other words may stand between two of
   * its words. The kind `support` with the step `none`: somebody asks for someone to talk to.
   */
  readonly danger: readonly {
    readonly why: string;
    readonly kind: string;
    readonly step: string;
    readonly gap: number;
    readonly say: readonly string[];
  }[];
  /** What only sounds so; `unless` one of these words stands in it or just before or behind it. */
  readonly everyday: readonly {
    readonly why: string;
    readonly gap: number;
    readonly unless: readonly string[];
    readonly say: readonly string[];
  }[];
  /** Ordinary words that look like a slip of a dangerous one: "streven" is not "sterven". */
  readonly noTypos: readonly string[];
}

const SAYING_KINDS = [...DANGER_KINDS, 'support'] as const;
/** What a saying is about. */
export type SayingKind = DangerKind | 'support';
/**
 * What a saying shows by itself. `judged`: nothing, it is evidence for what was learned, which decides; `none`: no
 * danger.
 */
const SAYING_STEPS = ['sure', 'maybe', 'judged', 'none'] as const;
export type SayingStep = (typeof SAYING_STEPS)[number];

/** One saying: slots that follow each other, each a word, the start of a word ("suicid*") or a group. */
export interface Saying {
  readonly slots: readonly string[];
  readonly gap: number;
  /** ^ and $: the saying is the start or the end of the whole text. */
  readonly atStart: boolean;
  readonly atEnd: boolean;
}
export interface DangerSaying extends Saying {
  readonly kind: SayingKind;
  readonly step: SayingStep;
}
export interface EverydaySaying extends Saying {
  readonly unless: ReadonlySet<string>;
}

export interface Compiled {
  readonly danger: readonly DangerSaying[];
  readonly everyday: readonly EverydaySaying[];
  /** Every word that any saying needs, with the slots that it fills. */
  readonly words: ReadonlyMap<string, ReadonlySet<string>>;
}

/** Turns the content into sayings; throws when a rule names a group, a kind or a step that does not exist. */
export function compile(content: DangerContent): Compiled {
  const danger = content.danger.flatMap(({ say, gap, kind, step }) => {
    const what = { kind: oneOf(SAYING_KINDS, kind), step: oneOf(SAYING_STEPS, step) };
    return say.map((one) => ({ ...saying(one, gap), ...what }));
  });
  const everyday = content.everyday.flatMap(({ say, gap, unless }) => {
    const spoilers = new Set(unless);
    return say.map((one) => ({ ...saying(one, gap), unless: spoilers }));
  });
  return { danger, everyday, words: slotsByWord([...danger, ...everyday], content.words) };
}

/** For each word, or start of a word, the slots that it fills. */
export function slotsByWord(
  sayings: readonly Pick<Saying, 'slots'>[],
  groups: DangerContent['words'],
): ReadonlyMap<string, ReadonlySet<string>> {
  const words = new Map<string, Set<string>>();
  for (const slot of new Set(sayings.flatMap(({ slots }) => slots))) {
    for (const word of wordsOf(slot, groups)) words.set(word, (words.get(word) ?? new Set()).add(slot));
  }
  return words;
}

function saying(say: string, gap: number): Saying {
  const slots = say.split(' ').filter((slot) => slot !== '^' && slot !== '$');
  return { slots, gap, atStart: say.startsWith('^'), atEnd: say.endsWith('$') };
}

function wordsOf(slot: string, groups: DangerContent['words']): readonly string[] {
  if (!slot.startsWith('<')) return [folded(slot)];
  const group = groups[slot.slice(1, -1)];
  if (!group) throw new Error(`danger.json: a saying names ${slot}, which is not among its words`);
  return group.map(folded);
}

function folded(word: string): string {
  const text = tokens(plainLetters(word)).join('');
  return word.endsWith('*') ? `${text}*` : text;
}

function oneOf<Name extends string>(names: readonly Name[], name: string): Name {
  const found = names.find((one) => one === name);
  if (found === undefined) throw new Error(`danger.json: ${name} is none of ${names.join(', ')}`);
  return found;
}
