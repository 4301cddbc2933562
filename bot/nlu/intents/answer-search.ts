import { stemmer as dutch } from '@orama/stemmers/dutch';
import { stemmer as english } from '@orama/stemmers/english';
import { allAnswers, answerWords } from '../../../cards/content/answers.js';
import { type Audience, audienceOfPiece } from '../../../cards/content/audiences.js';
import { findPiece, pieceWords } from '../../../cards/content/pieces.js';
import type { Lang } from '../../../cards/content/words.js';
import englishAsked from '../content/en/answers.json' with { type: 'json' };
import englishLearned from '../content/en/answers-learned.json' with { type: 'json' };
import englishMeanings from '../content/en/meanings.json' with { type: 'json' };
import dutchAsked from '../content/nl/answers.json' with { type: 'json' };
import dutchLearned from '../content/nl/answers-learned.json' with { type: 'json' };
import dutchMeanings from '../content/nl/meanings.json' with { type: 'json' };
import type { Sentence } from '../text/sentences.js';
import { createSpelling } from '../text/spelling.js';
import { asWritten } from '../text/spoken.js';
import { tokens } from '../text/tokens.js';
import { createTyping } from '../text/typing.js';
import { type AnswerJudge, createAnswerJudge, findablePieces, keyOf } from './answer-judge.js';
import {
  ASKING,
  createAsker,
  createOwnState,
  type NamedPhrases,
  namesIn,
  phrasesOf,
  suits,
  type Who,
} from './asker.js';
import type { Landing } from './content-index.js';

/** An answer or a piece, how well a text asks for it, 0 to 1, and whether it does so word for word. */
export type Asked = {
  readonly landing: Landing;
  readonly fit: number;
  readonly exact: boolean;
  /** It is written for who seems to ask. */
  readonly suits: boolean;
  /** It is written for others than who asks, of which the words leave no doubt: never the only answer. */
  readonly forOthers: boolean;
};
/**
 * Best first, at most eight. Of a text of several sentences each is looked at by itself as well; `asHr` is for who is
 * known to be HR, and asks of the organisation what another asks of a team.
 */
export type AnswerSearch = (
  words: readonly string[],
  sentences?: readonly Sentence[],
  asHr?: boolean,
) => readonly Asked[];

type Phrases = Readonly<Record<string, readonly string[]>>;
/** What a text is matched on, each term with how much its kind counts. */
type Terms = ReadonlyMap<string, number>;
type Vector = ReadonlyMap<string, number>;
/** What can be found, by the texts that ask for it and by what it says of itself. */
type Source = {
  readonly landing: Landing;
  readonly for: readonly Audience[];
  readonly share: number;
  readonly asked: readonly string[];
  readonly own: readonly string[];
};

const STEMMERS = { nl: dutch, en: english } as const;
const ASKED: Readonly<Record<Lang, Phrases>> = { nl: dutchAsked, en: englishAsked };
const LEARNED = { nl: dutchLearned, en: englishLearned } as const;
const MEANINGS: Readonly<Record<Lang, Phrases>> = { nl: dutchMeanings, en: englishMeanings };
/** Values that put most examples right of a fifth that was held out in turn. */
const STEM = 1;
const MEANING = 1.3;
const ABOUT = 0.4;
/** Two words that stand beside one another: "niet ziek", "mag ik". */
const PAIR = 0.4;
/** What an answer says of itself is a hint of what it is asked by; its examples say it better. */
const OWN_WORDS = 1.5;
/** A piece is longer than an answer, and says less directly what was asked: it comes first where it is clearly nearer. */
const PIECE = 0.75;
/** An answer for somebody else than who seems to ask; where "ik" alone tells who asks; where there is no doubt. */
const FOR_ANOTHER = 0.5;
const PERHAPS_FOR_ANOTHER = 0.7;
const SURELY_FOR_ANOTHER = 0.4;
const FOR_HR = 1.5;
/**
 * What a sentence counts beside the whole text: a question more than what is told around it, and one of few telling
 * words ("wat kan ik doen") less. The best of the values that were tried on lines of two and three sentences; the nearest
 * sentence alone was tried as well, and let side details win.
 */
const WHOLE = 0.7;
const SENTENCE = 0.35;
const QUESTION = 1.2;
const STORY = 0.85;
const TELLING = 0.4;
/** What the learned chance of an answer counts beside its nearness, which is 0.2 to 0.5 for most that are right. */
const CHANCE = 1;
/** Of a story the chance is that of all of it and of the sentence that asks, in halves. */
const ASKED_SHARE = 0.5;
/** A sentence that is an example word for word. */
const SAME_SENTENCE = 0.8;
/** The best ones of a long story: the rest are details. */
const MOST_SENTENCES = 3;
/** A sum of more tells no more of what sets one apart; the judge learned from all of them. */
const MOST_EXAMPLES = 32;
const MAX_WORDS = 60;
const MAX_WORD_LETTERS = 30;
const MOST = 8;

/**
 * Makes the search for what answers a question, direct answers and pieces to read in one order. Each is one vector, made
 * of all its examples, and a term counts by how few have it. One vector for each example and letter runs put none more
 * right of a fifth of the examples held out in turn. What was learned from them beforehand (`learn-answers.ts`) is added: of
 * questions by others it puts 60 in 100 alone and right where nearness by itself put 23, since it knows which words tell one
 * answer from the next. Nearness finds pieces, and answers that were not learned yet. Nothing that is asked is remembered.
 */
export function createAnswerSearch(
  lang: Lang,
  asked: Phrases = ASKED[lang],
  judge: AnswerJudge = createAnswerJudge(LEARNED[lang]),
): AnswerSearch {
  const stems = new Map<string, string>();
  const stem = (word: string): string => {
    const known = stems.get(word) ?? STEMMERS[lang](word);
    stems.set(word, known);
    return known;
  };
  const meanings = phrasesOf(MEANINGS[lang], stem);
  const whoIsMeant = createAsker(lang, stem);
  const read = (words: readonly string[]) => termsOf(words, meanings, whoIsMeant(words));
  const written = new Set<string>();
  const readAll = (texts: readonly string[]) =>
    texts.map((text) => {
      const words = asWritten(tokens(text), lang);
      for (const word of words) written.add(word);
      return read(words.map(stem));
    });
  const sources = sourcesOf(lang, asked);
  // What is kept is an index; the examples themselves would be a hundred megabytes.
  const index = indexOf(
    sources.map(({ asked: texts, own }) => ({
      examples: readAll(texts.slice(0, MOST_EXAMPLES)),
      own: readAll(own),
    })),
  );
  const learned = sources.map(({ landing, for: whom, share }) => ({ landing, for: whom, share }));
  const weighed = (terms: Terms): Vector =>
    new Map([...terms].map(([term, weight]) => [term, weight * index.rarity(term)]));
  const exact = new Map(
    allAnswers().flatMap(({ id }) =>
      (asked[id] ?? []).map((text) => [tokens(text).join(' '), { answer: id }] as const),
    ),
  );
  const known = new Set([...stems.values()]);
  const correct = createSpelling(known);
  const typed = createTyping(written);
  const ownState = createOwnState(lang, stem);
  const mend = (words: readonly string[]): readonly string[] => asWritten(words, lang).map(typed);
  const stemOfAsked = (word: string): string =>
    stems.get(word) ?? STEMMERS[lang](word.slice(0, MAX_WORD_LETTERS));

  const fitsOf = (vector: Vector): Float64Array => index.fits(toLengthOne(vector));
  const stemsOf = (words: readonly string[]): readonly string[] =>
    mend(words.slice(0, MAX_WORDS)).flatMap((word) => correct(stemOfAsked(word)));

  const judged = (words: readonly string[]) => judge.chances(mend(words.slice(0, MAX_WORDS)));
  // Where the judge has each of what can be found; nowhere what was not learned yet.
  const places = learned.map(({ landing }) => judge.keys.indexOf(keyOf(landing)));

  return (words, sentences = [], asHr = false) => {
    const same = exact.get(words.join(' ')) ?? exact.get(words.map(typed).join(' '));
    if (same !== undefined) return [{ landing: same, fit: 1, exact: true, suits: true, forOthers: false }];
    const asWords = stemsOf(words);
    const parts = sentences.map((one) => ({ ...one, stems: stemsOf(one.words) }));
    const asker = whoIsMeant(asWords);
    const whole = weighed(termsOf(asWords, meanings, asker));
    const ofWhole = fitsOf(whole);
    const ofParts = parts.map(({ stems, asks, words: said }) => {
      const who = whoIsMeant(stems);
      const vector = weighed(termsOf(stems, meanings, who === 'nobody' ? asker : who));
      const tells = Math.min(1, lengthOf(vector) / (TELLING * lengthOf(whole) || 1));
      const isSame = exact.get(said.join(' '));
      return { fits: fitsOf(vector), share: tells * (asks ? QUESTION : STORY), isSame };
    });
    const isOwn = ownState(asWords);
    const { sure } = ASKING[asker];
    const perhaps = asker === 'self' ? PERHAPS_FOR_ANOTHER : FOR_ANOTHER;
    const forAnother = sure ? SURELY_FOR_ANOTHER : perhaps;
    const fits = ofWhole.map((fit, at) => {
      if (ofParts.length === 0) return fit;
      const answer = answerOf(learned[at]?.landing);
      const near = ofParts.map(({ fits: its, share, isSame }) =>
        isSame !== undefined && isSame.answer === answer ? SAME_SENTENCE * share : (its[at] ?? 0) * share,
      );
      const best = near.sort((one, other) => other - one).slice(0, MOST_SENTENCES);
      return WHOLE * fit + SENTENCE * best.reduce((sum, one) => sum + one, 0);
    });
    const likely = judged(words);
    const asking = sentences.filter((one) => one.asks).map((one) => judged(one.words));
    const chanceOf = (place: number) => {
      const whole = likely[place] ?? 0;
      if (asking.length === 0) return whole;
      return (1 - ASKED_SHARE) * whole + ASKED_SHARE * Math.max(...asking.map((one) => one[place] ?? 0));
    };
    const isFor = learned.map(({ for: whom }) => suits(whom, asker) || (asHr && whom.includes('hr')));
    const near = Float64Array.from(learned, ({ for: whom, share }, at) => {
      const ofHr = asHr && whom[0] === 'hr' && !isOwn ? FOR_HR : 1;
      const fit = (fits[at] ?? 0) * share + CHANCE * chanceOf(places[at] ?? -1);
      return fit * (isFor[at] === true ? 1 : forAnother) * ofHr;
    });
    return highest(near, MOST).flatMap((at) => {
      const one = learned[at];
      if (one === undefined) return [];
      const isSuited = isFor[at] === true;
      return [
        {
          landing: one.landing,
          fit: near[at] ?? 0,
          exact: false,
          suits: isSuited,
          forOthers: sure && !isSuited,
        },
      ];
    });
  };
}

type Read = { readonly examples: readonly Terms[]; readonly own: readonly Terms[] };
type Index = {
  /** How few have a term. */
  readonly rarity: (term: string) => number;
  /** How near each is to a vector of length one. */
  readonly fits: (vector: Vector) => Float64Array;
};

/** One vector for each of what was read, of all that asks for it, listed by term. */
function indexOf(all: readonly Read[]): Index {
  // Taken by itself: what a function below refers to is kept as long as it is, with all that was read.
  const size = all.length;
  const spread = new Map<string, number>();
  for (const { examples, own } of all) {
    const terms = new Set<string>();
    for (const texts of [examples, own])
      for (const one of texts) for (const term of one.keys()) terms.add(term);
    for (const term of terms) spread.set(term, (spread.get(term) ?? 0) + 1);
  }
  const unseen = Math.log(1 + size);
  // Each term has a row; the lists of all rows lie behind one another, since an array for each would be most of the memory.
  const rows = new Map([...spread.keys()].map((term, row) => [term, row]));
  const rarities = Float32Array.from(spread.values(), (count) => Math.log(1 + size / (1 + count)));
  const rarity = (term: string): number => {
    const row = rows.get(term);
    return row === undefined ? unseen : (rarities[row] ?? unseen);
  };
  const starts = new Uint32Array(rows.size + 1);
  let sum = 0;
  [...spread.values()].forEach((count, row) => {
    sum += count;
    starts[row + 1] = sum;
  });
  const filled = starts.slice(0, rows.size);
  const places = new Uint16Array(sum);
  const weights = new Float32Array(sum);
  all.forEach((one, at) => {
    for (const [term, weight] of vectorOf(one, rarity)) {
      const row = rows.get(term) ?? 0;
      const place = filled[row] ?? 0;
      filled[row] = place + 1;
      places[place] = at;
      weights[place] = weight;
    }
  });

  const fits = (vector: Vector): Float64Array => {
    const found = new Float64Array(size);
    for (const [term, weight] of vector) {
      const row = rows.get(term);
      if (row === undefined) continue;
      const end = starts[row + 1] ?? 0;
      for (let nth = starts[row] ?? 0; nth < end; nth += 1) {
        const at = places[nth] ?? 0;
        found[at] = (found[at] ?? 0) + weight * (weights[nth] ?? 0);
      }
    }
    return found;
  };
  return { rarity, fits };
}

function vectorOf({ examples, own }: Read, rarity: (term: string) => number): Vector {
  const sum = new Map<string, number>();
  const add = (texts: readonly Terms[], share: number) => {
    for (const terms of texts) {
      let squares = 0;
      for (const [term, weight] of terms) squares += (weight * rarity(term)) ** 2;
      const length = Math.sqrt(squares) || 1;
      for (const [term, weight] of terms)
        sum.set(term, (sum.get(term) ?? 0) + share * ((weight * rarity(term)) / length));
    }
  };
  add(examples, 1);
  add(own, OWN_WORDS);
  // The root: what a few of many examples say tells as much as what all of them say.
  return toLengthOne(new Map([...sum].map(([one, weight]) => [one, Math.sqrt(weight)])));
}

/** The places of the highest, best first: a few of hundreds, for which no sorting of all is needed. */
function highest(values: Float64Array, most: number): readonly number[] {
  const found: number[] = [];
  for (let at = 0; at < values.length; at += 1) {
    const value = values[at] ?? 0;
    if (found.length === most && value <= (values[found[most - 1] ?? 0] ?? 0)) continue;
    let place = Math.min(found.length, most - 1);
    while (place > 0 && (values[found[place - 1] ?? 0] ?? 0) < value) {
      found[place] = found[place - 1] ?? 0;
      place -= 1;
    }
    found[place] = at;
  }
  return found;
}

function answerOf(landing: Landing | undefined): string | null {
  return landing !== undefined && 'answer' in landing ? landing.answer : null;
}

function sourcesOf(lang: Lang, asked: Phrases): readonly Source[] {
  const answers = allAnswers().map(({ id, for: whom }) => {
    const { question, answer } = answerWords(lang, id);
    return { landing: { answer: id }, for: whom, share: 1, asked: asked[id] ?? [], own: [question, answer] };
  });
  const pieces = findablePieces().map((id) => {
    const { title, lead, asked: texts } = pieceWords(lang, id);
    return { landing: { piece: id }, for: audienceOf(id), share: PIECE, asked: texts, own: [title, lead] };
  });
  return [...answers, ...pieces];
}

function audienceOf(piece: string): readonly Audience[] {
  const found = findPiece(piece);
  return found === null ? [] : audienceOfPiece(found.piece.id, found.shelf);
}

/** What is said of oneself and of another, however surely: examples of the one are like those of the other. */
const ABOUT_WHOM: Readonly<Partial<Record<Who, Who>>> = {
  own: 'self',
  'perhaps-own': 'self',
  manager: 'other',
  peer: 'other',
};

function termsOf(stems: readonly string[], meanings: NamedPhrases, asker: Who): Terms {
  const who = ABOUT_WHOM[asker] ?? asker;
  const terms = new Map<string, number>();
  for (const word of stems) {
    terms.set(word, STEM);
    terms.set(`${who}:${word}`, ABOUT);
  }
  stems.slice(1).forEach((word, at) => {
    terms.set(`${stems[at]}_${word}`, PAIR);
  });
  for (const name of namesIn(stems, meanings)) {
    terms.set(`@${name}`, MEANING);
    terms.set(`${who}:@${name}`, ABOUT);
  }
  return terms;
}

function lengthOf(weights: ReadonlyMap<string, number>): number {
  return Math.sqrt([...weights.values()].reduce((sum, weight) => sum + weight * weight, 0));
}

function toLengthOne(weights: ReadonlyMap<string, number>): Vector {
  const length = lengthOf(weights) || 1;
  return new Map([...weights].map(([term, weight]) => [term, weight / length]));
}
