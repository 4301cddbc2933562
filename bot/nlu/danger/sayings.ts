import { tokens } from '../text/tokens.js';

/** cards/content/<lang>/danger.json */
export interface DangerContent {
  /** Groups of words, written <group> in a saying. */
  readonly words: Readonly<Record<string, readonly string[]>>;
  /** What shows danger; each with why, and how many other words may stand between two of its words. */
  readonly danger: readonly { readonly why: string; readonly gap: number; readonly say: readonly string[] }[];
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

/** One saying: slots that follow each other, each a word, the start of a word ("suicid*") or a group. */
export interface Saying {
  readonly slots: readonly string[];
  readonly gap: number;
  /** ^ and $: the saying is the start or the end of the whole text. */
  readonly atStart: boolean;
  readonly atEnd: boolean;
  readonly unless: ReadonlySet<string>;
}

export interface Compiled {
  readonly danger: readonly Saying[];
  readonly everyday: readonly Saying[];
  /** Every word that any saying needs, with the slots that it fills. */
  readonly words: ReadonlyMap<string, ReadonlySet<string>>;
}

/** Turns the content into sayings; throws when a saying names a group that does not exist. */
export function compile(content: DangerContent): Compiled {
  const sayings = (rules: DangerContent['danger'] | DangerContent['everyday']): readonly Saying[] =>
    rules.flatMap((rule) => {
      const unless = new Set('unless' in rule ? rule.unless : []);
      return rule.say.map((say) => saying(say, rule.gap, unless));
    });
  const danger = sayings(content.danger);
  const everyday = sayings(content.everyday);
  const words = new Map<string, Set<string>>();
  for (const slot of [...danger, ...everyday].flatMap(({ slots }) => slots)) {
    for (const word of wordsOf(slot, content)) words.set(word, (words.get(word) ?? new Set()).add(slot));
  }
  return { danger, everyday, words };
}

function saying(say: string, gap: number, unless: ReadonlySet<string>): Saying {
  const slots = say.split(' ').filter((slot) => slot !== '^' && slot !== '$');
  return { slots, gap, unless, atStart: say.startsWith('^'), atEnd: say.endsWith('$') };
}

function wordsOf(slot: string, { words }: DangerContent): readonly string[] {
  if (!slot.startsWith('<')) return [slot];
  const group = words[slot.slice(1, -1)];
  if (!group) throw new Error(`danger.json: a saying names ${slot}, which is not among its words`);
  return group.map((word) => tokens(word).join(''));
}
