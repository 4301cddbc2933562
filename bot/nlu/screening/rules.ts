import type { Lang } from '../../../cards/content/words.js';
import { fold } from '../text/tokens.js';

/** bot/nlu/content/<lang>/screening.json; lists of words are parted by blanks. */
export interface ScreeningContent {
  readonly groups: Readonly<Record<string, GroupContent>>;
  /** What a word of a group forms a compound with. */
  readonly parts: { readonly words: readonly string[] };
  /** Words that mean alike in a saying, written <set> there. */
  readonly sets: Readonly<Record<string, readonly string[]>>;
  readonly ordinary: { readonly words: readonly string[] };
  readonly names: { readonly words: readonly string[] };
}

/** Words of one kind, with why they do not belong on record and the source that says so. */
export interface GroupContent {
  readonly about: string;
  readonly source: string;
  readonly words: readonly string[];
  /** How words are often mistyped, beyond what a slip explains; read as they are. */
  readonly typos?: readonly string[];
  readonly compounds?: readonly Compounds[];
  readonly sayings?: readonly SayingContent[];
}

/** Each of the first before each of the last makes a word: "slaap" and "problemen". */
export interface Compounds {
  readonly first: readonly string[];
  readonly last: readonly string[];
}

/** Words in their order, with at most `gap` others between two. */
export interface SayingContent {
  readonly about: string;
  readonly gap: number;
  readonly say: readonly string[];
}

/** A word to find, as it is written in the content: word, word*, *word or WORD; with what it stands for. */
export interface Entry {
  readonly text: string;
  readonly slot: string;
  /** Whether it is found inflected, mistyped and in compounds too, or only as it is. */
  readonly bends: boolean;
  readonly lang: Lang;
}

/** Each of the first words before each of the last stands for the group. */
export interface Compound {
  readonly first: ReadonlySet<string>;
  readonly last: ReadonlySet<string>;
  readonly slot: string;
}

/** One saying: what its words stand for, in their order. */
export interface Saying {
  readonly slots: readonly string[];
  readonly gap: number;
  readonly group: string;
}

/** The content of one language, compiled. */
export interface Rules {
  readonly entries: readonly Entry[];
  readonly compounds: readonly Compound[];
  readonly groups: readonly string[];
  readonly sayings: readonly Saying[];
  readonly parts: readonly string[];
  readonly ordinary: readonly string[];
  readonly names: ReadonlySet<string>;
}

const PLAIN = /^[a-z*]*$/;

/** Turns the content of one language into rules; throws when a saying names a set that does not exist. */
export function compileContent(lang: Lang, content: ScreeningContent): Rules {
  const groups = Object.keys(content.groups);
  const slots = new Map<string, string>();
  const slotOf = (word: string): string => {
    const known = slots.get(word) ?? slotFor(word, lang, content);
    slots.set(word, known);
    return known;
  };
  const sayings = groups.flatMap((group) =>
    (content.groups[group]?.sayings ?? []).flatMap(({ gap, say }) =>
      say.map((one): Saying => ({ slots: one.split(' ').map(slotOf), gap, group })),
    ),
  );
  const entry = (slot: string, bends: boolean) => (text: string) => ({ text, slot, bends, lang });
  const entries = [
    ...Object.entries(content.groups).flatMap(([group, { words, typos = [] }]) => [
      ...words.flatMap(listed).map(entry(group, true)),
      ...typos.flatMap(listed).map(entry(group, false)),
    ]),
    ...[...slots].filter(([word]) => !isSet(word)).map(([word, slot]) => entry(slot, false)(clean(word))),
    ...Object.entries(content.sets).flatMap(([name, words]) =>
      words.flatMap(listed).map(entry(`${lang}:${name}`, false)),
    ),
  ];
  return {
    entries,
    compounds: Object.entries(content.groups).flatMap(([slot, { compounds = [] }]) =>
      compounds.map(({ first, last }) => ({
        first: new Set(first.flatMap(listed)),
        last: new Set(last.flatMap(listed)),
        slot,
      })),
    ),
    groups,
    sayings,
    parts: content.parts.words.flatMap(listed),
    ordinary: content.ordinary.words.flatMap(listed),
    names: new Set(content.names.words.flatMap(listed)),
  };
}

function slotFor(word: string, lang: Lang, { groups, sets }: ScreeningContent): string {
  if (!isSet(word)) return `${lang}=${clean(word)}`;
  const name = word.slice(1, -1);
  if (name in groups) return name;
  if (!(name in sets)) throw new Error(`screening.json (${lang}): there is no set ${word}`);
  return `${lang}:${name}`;
}

function isSet(word: string): boolean {
  return word.startsWith('<');
}

function listed(words: string): string[] {
  return words
    .split(/\s+/)
    .map(clean)
    .filter((word) => word !== '');
}

// Capitals and stars carry meaning; whatever else is no letter was written for the eye.
function clean(word: string): string {
  if (PLAIN.test(word)) return word;
  const letters = word.replace(/[^\p{L}\p{M}\p{N}*]/gu, '');
  return /^\p{Lu}+$/u.test(letters) ? letters : fold(letters);
}
