import spoken from '../content/spoken.json' with { type: 'json' };
import { tokens } from './tokens.js';

/** One sentence of a text with several, and whether it asks: the sentences around a question only give its context. */
export type Sentence = { readonly words: readonly string[]; readonly asks: boolean };

const END = /(?<=[.!?…])\s+|[\r\n]+/u;
const ASKING_END = /\?\s*$/u;
/** What is shorter belongs to the sentence before it: "Help.", "Wat nu?" says nothing by itself. */
const FEWEST_WORDS = 3;
const MOST_SENTENCES = 8;
const BEGINS_ASKING: ReadonlySet<string> = new Set([...spoken.asks.nl, ...spoken.asks.en]);

/** The sentences of a text that has several, in their order; none for a text of one. */
export function sentencesOf(text: string): readonly Sentence[] {
  const found: Sentence[] = [];
  for (const part of text.split(END).slice(0, MOST_SENTENCES)) {
    const words = tokens(part);
    if (words.length === 0) continue;
    const before = found.at(-1);
    const asks = ASKING_END.test(part) || beginsAsking(words);
    if (words.length < FEWEST_WORDS && before !== undefined && !before.asks) {
      found[found.length - 1] = { words: [...before.words, ...words], asks: before.asks };
    } else found.push({ words, asks });
  }
  return found.length > 1 ? found : [];
}

function beginsAsking(words: readonly string[]): boolean {
  return [1, 2, 3].some((length) => BEGINS_ASKING.has(words.slice(0, length).join(' ')));
}
