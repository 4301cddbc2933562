import { allAnswers } from '../../../cards/content/answers.js';
import { type Audience, audienceOfPiece } from '../../../cards/content/audiences.js';
import { findPiece } from '../../../cards/content/pieces.js';
import type { Lang } from '../../../cards/content/words.js';
import englishIndex from '../content/en/answers-index-learned.json' with { type: 'json' };
import englishLearned from '../content/en/answers-learned.json' with { type: 'json' };
import dutchIndex from '../content/nl/answers-index-learned.json' with { type: 'json' };
import dutchLearned from '../content/nl/answers-learned.json' with { type: 'json' };
import type { Sentence } from '../text/sentences.js';
import { createSpelling } from '../text/spelling.js';
import { asWritten } from '../text/spoken.js';
import { createTyping } from '../text/typing.js';
import { type LearnedIndex, openAnswerIndex } from './answer-index.js';
import { type AnswerJudge, createAnswerJudge, findablePieces, keyOf } from './answer-judge.js';
import { createTermReader, type Terms } from './answer-terms.js';
import { ASKING, type Asking, createOwnState, suits } from './asker.js';
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
  /** Who asks, which is the same for all that was found. */
  readonly asking: Asking;
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

type Vector = ReadonlyMap<string, number>;
/** What can be found. */
type Source = {
  readonly landing: Landing;
  readonly for: readonly Audience[];
  readonly share: number;
};

const LEARNED = { nl: dutchLearned, en: englishLearned } as const;
const INDEXES = { nl: dutchIndex, en: englishIndex } as const;
/** A piece is longer than an answer, and says less directly what was asked: it comes first where it is clearly nearer. */
const PIECE = 0.75;
/** An answer for somebody else than who seems to ask; where "ik" alone tells who asks; where there is no doubt. */
const FOR_ANOTHER = 0.5;
const PERHAPS_FOR_ANOTHER = 0.7;
const SURELY_FOR_ANOTHER = 0.4;
const FOR_HR = 1.5;
/** Of who says so in the words, HR's own answers have these words among their examples already. */
const FOR_HR_IN_WORDS = 1.15;
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
const MAX_WORDS = 60;
const MOST = 8;

/**
 * Makes the search for what answers a question, direct answers and pieces to read in one order, by how near a question is
 * to the examples of each. What was learned from them beforehand (`learn-answers.ts`) is added: of
 * questions by others it puts 60 in 100 alone and right where nearness by itself put 23, since it knows which words tell one
 * answer from the next. Nearness finds pieces, and answers that were not learned yet. Nothing that is asked is remembered.
 */
export function createAnswerSearch(
  lang: Lang,
  examples: LearnedIndex = INDEXES[lang],
  judge: AnswerJudge = createAnswerJudge(LEARNED[lang]),
): AnswerSearch {
  const { stem, whoAsks, termsOf } = createTermReader(lang);
  const index = openAnswerIndex(examples);
  const sources = sourcesOf();
  const weighed = (terms: Terms): Vector =>
    new Map([...terms].map(([term, weight]) => [term, weight * index.rarity(term)]));
  const exact = (words: readonly string[]): string | null => {
    const place = index.placeOfExample(words.join(' '));
    return place === null ? null : (index.keys[place] ?? null);
  };
  const correct = createSpelling(index.stems);
  const typed = createTyping(index.written);
  const ownState = createOwnState(lang, stem);
  const mend = (words: readonly string[]): readonly string[] => asWritten(words, lang).map(typed);
  const fitsOf = (vector: Vector): Float64Array => index.fits(toLengthOne(vector));
  const stemsOf = (words: readonly string[]): readonly string[] =>
    mend(words.slice(0, MAX_WORDS)).flatMap((word) => correct(stem(word)));

  const judged = (words: readonly string[]) => judge.chances(mend(words.slice(0, MAX_WORDS)));
  // Where the judge and the index have each of what can be found; nowhere what was not learned yet.
  const judgedAt = sources.map(({ landing }) => judge.keys.indexOf(keyOf(landing)));
  const indexedAt = sources.map(({ landing }) => index.keys.indexOf(keyOf(landing)));

  return (words, sentences = [], asHr = false) => {
    const same = exact(words) ?? exact(words.map(typed));
    if (same !== null)
      return [
        {
          landing: { answer: same },
          fit: 1,
          exact: true,
          suits: true,
          forOthers: false,
          asking: ASKING.nobody,
        },
      ];
    const asWords = stemsOf(words);
    const parts = sentences.map((one) => ({ ...one, stems: stemsOf(one.words) }));
    const asker = whoAsks(asWords);
    const whole = weighed(termsOf(asWords, asker));
    const ofWhole = fitsOf(whole);
    const ofParts = parts.map(({ stems, asks, words: said }) => {
      const who = whoAsks(stems);
      const vector = weighed(termsOf(stems, who === 'nobody' ? asker : who));
      const tells = Math.min(1, lengthOf(vector) / (TELLING * lengthOf(whole) || 1));
      const isSame = exact(said);
      return { fits: fitsOf(vector), share: tells * (asks ? QUESTION : STORY), isSame };
    });
    const isOwn = ownState(asWords);
    const askedBy = ASKING[asker];
    const perhaps = asker === 'self' || asker === 'perhaps-beside' ? PERHAPS_FOR_ANOTHER : FOR_ANOTHER;
    const forAnother = askedBy.sure ? SURELY_FOR_ANOTHER : perhaps;
    const fits = ofWhole.map((fit, at) => {
      if (ofParts.length === 0) return fit;
      const key = index.keys[at];
      const near = ofParts.map(({ fits: its, share, isSame }) =>
        isSame !== null && isSame === key ? SAME_SENTENCE * share : (its[at] ?? 0) * share,
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
    const inWords = asker === 'hr' ? FOR_HR_IN_WORDS : 1;
    const forHr = asHr ? FOR_HR : inWords;
    const isFor = sources.map(({ for: whom }) => suits(whom, asker) || (asHr && whom.includes('hr')));
    const near = Float64Array.from(sources, ({ for: whom, share }, at) => {
      // Whom it is written for before all is named first.
      const ofHr = whom[0] === 'hr' && !isOwn ? forHr : 1;
      const fit = (fits[indexedAt[at] ?? -1] ?? 0) * share + CHANCE * chanceOf(judgedAt[at] ?? -1);
      return fit * (isFor[at] === true ? 1 : forAnother) * ofHr;
    });
    return highest(near, MOST).flatMap((at) => {
      const one = sources[at];
      if (one === undefined) return [];
      const isSuited = isFor[at] === true;
      return [
        {
          landing: one.landing,
          fit: near[at] ?? 0,
          exact: false,
          suits: isSuited,
          forOthers: askedBy.sure && !isSuited,
          asking: askedBy,
        },
      ];
    });
  };
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

function sourcesOf(): readonly Source[] {
  const answers = allAnswers().map(({ id, for: whom }) => ({ landing: { answer: id }, for: whom, share: 1 }));
  const pieces = findablePieces().map((id) => ({
    landing: { piece: id },
    for: audienceOf(id),
    share: PIECE,
  }));
  return [...answers, ...pieces];
}

function audienceOf(piece: string): readonly Audience[] {
  const found = findPiece(piece);
  return found === null ? [] : audienceOfPiece(found.piece.id, found.shelf);
}

function lengthOf(weights: ReadonlyMap<string, number>): number {
  return Math.sqrt([...weights.values()].reduce((sum, weight) => sum + weight * weight, 0));
}

function toLengthOne(weights: ReadonlyMap<string, number>): Vector {
  const length = lengthOf(weights) || 1;
  return new Map([...weights].map(([term, weight]) => [term, weight / length]));
}
