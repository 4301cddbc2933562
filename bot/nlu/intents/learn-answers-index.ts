import { allAnswers, answerWords } from '../../../cards/content/answers.js';
import { pieceWords } from '../../../cards/content/pieces.js';
import type { Lang } from '../../../cards/content/words.js';
import english from '../content/en/answers.json' with { type: 'json' };
import dutch from '../content/nl/answers.json' with { type: 'json' };
import { packNumbers } from '../packed-numbers.js';
import { asWritten } from '../text/spoken.js';
import { tokens } from '../text/tokens.js';
import { hashesOfPhrase, hashOfTerm, type LearnedIndex, rarityOf } from './answer-index.js';
import { findablePieces, keyOf } from './answer-judge.js';
import { createTermReader, type Terms } from './answer-terms.js';
import type { Landing } from './content-index.js';

type Phrases = Readonly<Record<string, readonly string[]>>;
/** What can be found, by the texts that ask for it and by what it says of itself. */
type Source = {
  readonly landing: Landing;
  readonly asked: readonly string[];
  readonly own: readonly string[];
};
type Read = { readonly examples: readonly Terms[]; readonly own: readonly Terms[] };
type Vector = ReadonlyMap<string, number>;

const ASKED: Readonly<Record<Lang, Phrases>> = { nl: dutch, en: english };
/** What an answer says of itself is a hint of what it is asked by; its examples say it better. */
const OWN_WORDS = 1.5;
/** A sum of more tells no more of what sets one apart; the judge learns from all of them. */
const MOST_EXAMPLES = 32;
const MOST_STEPS = 255;

/**
 * Works out one vector for each answer and piece to read, of all its examples; a term counts by how few have it. One
 * vector for each example and letter runs put none more right of a fifth of the examples held out in turn.
 */
export function learnAnswersIndex(lang: Lang, asked: Phrases = ASKED[lang]): LearnedIndex {
  const { stem, whoAsks, termsOf } = createTermReader(lang);
  const written = new Set<string>();
  const stems = new Set<string>();
  const readAll = (texts: readonly string[]) =>
    texts.map((text) => {
      const words = asWritten(tokens(text), lang);
      for (const word of words) written.add(word);
      const said = words.map(stem);
      for (const one of said) stems.add(one);
      return termsOf(said, whoAsks(said));
    });
  const sources = sourcesOf(lang, asked);
  const keys = sources.map(({ landing }) => keyOf(landing));
  const read = sources.map(({ asked: texts, own }) => ({
    examples: readAll(texts.slice(0, MOST_EXAMPLES)),
    own: readAll(own),
  }));
  return {
    keys,
    ...packed(read),
    ...phrasesOf(keys, asked),
    written: [...written].join(' '),
    stems: [...stems].join(' '),
  };
}

function sourcesOf(lang: Lang, asked: Phrases): readonly Source[] {
  const answers = allAnswers().map(({ id }) => {
    const { question, answer } = answerWords(lang, id);
    return { landing: { answer: id }, asked: asked[id] ?? [], own: [question, answer] };
  });
  const pieces = findablePieces().map((id) => {
    const { title, lead, asked: texts } = pieceWords(lang, id);
    return { landing: { piece: id }, asked: texts, own: [title, lead] };
  });
  return [...answers, ...pieces];
}

function packed(
  all: readonly Read[],
): Pick<LearnedIndex, 'terms' | 'counts' | 'places' | 'weights' | 'step'> {
  const spread = new Map<string, number>();
  for (const { examples, own } of all) {
    for (const term of new Set([...examples, ...own].flatMap((terms) => [...terms.keys()])))
      spread.set(term, (spread.get(term) ?? 0) + 1);
  }
  const rarity = (term: string): number => rarityOf(spread.get(term) ?? 0, all.length);
  const having = new Map<number, { readonly at: number; readonly weight: number }[]>();
  all.forEach((one, at) => {
    for (const [term, weight] of vectorOf(one, rarity)) {
      const hash = hashOfTerm(term);
      having.set(hash, [...(having.get(hash) ?? []), { at, weight }]);
    }
  });
  const rows = [...having].sort(([one], [other]) => one - other);
  const weights = rows.flatMap(([, its]) => its.map(({ weight }) => weight));
  const step = weights.reduce((most, weight) => Math.max(most, weight), 0) / MOST_STEPS || 1;
  return {
    terms: packNumbers(Uint32Array.from(rows, ([hash], row) => hash - (rows[row - 1]?.[0] ?? 0))),
    counts: packNumbers(Uint16Array.from(rows, ([, its]) => its.length)),
    places: packNumbers(Uint16Array.from(rows.flatMap(([, its]) => its.map(({ at }) => at)))),
    weights: packNumbers(Uint8Array.from(weights, (weight) => Math.round(weight / step))),
    step,
  };
}

/** Only what has an answer of its own is found by an example of it. */
function phrasesOf(keys: readonly string[], asked: Phrases): Pick<LearnedIndex, 'phrases' | 'phrasePlaces'> {
  const places = new Map(
    allAnswers().flatMap(({ id }) =>
      (asked[id] ?? []).map((text) => [tokens(text).join(' '), keys.indexOf(id)] as const),
    ),
  );
  const rows = [...places]
    .map(([text, place]) => ({ hashes: hashesOfPhrase(text), place }))
    .sort(({ hashes: [one] }, { hashes: [other] }) => one - other);
  return {
    phrases: packNumbers(Uint32Array.from(rows.flatMap(({ hashes }) => hashes))),
    phrasePlaces: packNumbers(Uint16Array.from(rows, ({ place }) => place)),
  };
}

function vectorOf({ examples, own }: Read, rarity: (term: string) => number): Vector {
  const sum = new Map<string, number>();
  const add = (texts: readonly Terms[], share: number) => {
    for (const terms of texts) {
      const weighed = [...terms].map(([term, weight]) => [term, weight * rarity(term)] as const);
      const length = Math.hypot(...weighed.map(([, weight]) => weight)) || 1;
      for (const [term, weight] of weighed) sum.set(term, (sum.get(term) ?? 0) + (share * weight) / length);
    }
  };
  add(examples, 1);
  add(own, OWN_WORDS);
  // The root: what a few of many examples say tells as much as what all of them say.
  const rooted = [...sum].map(([term, weight]) => [term, Math.sqrt(weight)] as const);
  const length = Math.hypot(...rooted.map(([, weight]) => weight)) || 1;
  return new Map(rooted.map(([term, weight]) => [term, weight / length]));
}
