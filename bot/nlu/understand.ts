import englishWords from '../../cards/content/en/words.json' with { type: 'json' };
import dutchWords from '../../cards/content/nl/words.json' with { type: 'json' };
import type { Lang } from '../../cards/content/words.js';
import englishPhrases from './content/en/intents.json' with { type: 'json' };
import dutchPhrases from './content/nl/intents.json' with { type: 'json' };
import { createDanger, type Danger } from './danger/danger.js';
import { createAnswerSearch } from './intents/answer-search.js';
import { type Answering, createAnswering, type Meant } from './intents/answering.js';
import { createCentroids } from './intents/centroids.js';
import { createClassifier } from './intents/classifier.js';
import type { Landing } from './intents/content-index.js';
import { type ContentSearch, createContentSearch, type Decided } from './intents/content-search.js';
import { INTENTS, type Intent } from './intents/intent.js';
import { createTextFeatures, type Words } from './intents/text-features.js';
import { lazy } from './lazy.js';
import { createLanguageScale, languageOf } from './text/language.js';
import { type Sentence, sentencesOf } from './text/sentences.js';
import { tokens } from './text/tokens.js';

/** What somebody means. */
export interface Understood {
  readonly intent: Intent;
  /** 0 to 1: how sure; 1 for danger, for a text that is an example word for word and for one without a word in it. */
  readonly confidence: number;
  /** The language of the text, null when it cannot be told ("dilemma", "ok"). */
  readonly lang: Lang | null;
  /** What else it may have meant, best first: beside what it lands on, or to choose from where it lands on nothing. */
  readonly also: readonly Meant[];
  /** The very piece or part that was asked for, null when the intent's own card is the answer. */
  readonly landing: Landing | null;
  /** `also` holds only what comes nearest: nothing fits well. */
  readonly isFar?: boolean;
}

/** How well a text fits each intent, 0 to 1. */
type Fit = ReadonlyMap<Intent, number>;
/** The examples of each intent, each as its words. */
type Examples = ReadonlyMap<Intent, readonly (readonly string[])[]>;

const PHRASES: Readonly<Record<Lang, Readonly<Record<Intent, readonly string[]>>>> = {
  nl: dutchPhrases,
  en: englishPhrases,
};
const WORDS: Readonly<Record<Lang, Words>> = { nl: dutchWords, en: englishWords };

/** The classifier's probability and the centroids' similarity weigh 3 to 2: the best of the values that were tried. */
const CHANCE_SHARE = 0.6;
/** Below this no intent fits well enough to answer. */
const LEAST_FIT = 0.55;
/** Runners-up within this distance of the best are offered too, at most two. */
const CLOSE = 0.25;
const MOST_ALSO = 2;
const MOST_CHOICES = 3;
/** Beyond this weight of the language scale only that language is looked at; below it, both. */
const SURE_OF_LANGUAGE = 3;
/** Of a text of several sentences the one that asks weighs as much as all of it. */
const SENTENCE_SHARE = 0.5;
const MAX_LETTERS = 1_000;
const MOST_WORDS_OF_GREETING = 2;
const WAVES = /👋|🙋|🖐|✋|☕/u;

/**
 * Reads the examples once and returns the function that understands a text: pure, no clock, no network. Of what people
 * type nothing is remembered; what our own examples come to is. What is learned for one language is learned with the first
 * text that may be of it. Where `judgeDanger` is given, danger is looked for first, in the whole text; null where the caller
 * has looked already. The rest is judged on the first 1,000 characters. `asHr`: HR asks.
 */
export function createUnderstanding(
  judgeDanger: ((text: string) => Danger) | null = createDanger(),
  answer: Answering = createAnswering({
    nl: lazy(() => createAnswerSearch('nl')),
    en: lazy(() => createAnswerSearch('en')),
  }),
  find: ContentSearch = createContentSearch(),
): (text: string, asHr?: boolean) => Understood {
  const examples = { nl: examplesOf('nl'), en: examplesOf('en') };
  const scale = createLanguageScale({
    nl: [...examples.nl.values()].flat(),
    en: [...examples.en.values()].flat(),
  });
  const fitters = {
    nl: lazy(() => createFitter('nl', examples.nl)),
    en: lazy(() => createFitter('en', examples.en)),
  };
  const exact = exactPhrases([examples.en, examples.nl]);
  // A direct answer comes before a piece to read and a list of pieces.
  const answered = (
    words: readonly string[],
    lang: Lang | null,
    decided: Decided,
    sentences: readonly Sentence[] = [],
    asHr = false,
  ): Omit<Understood, 'lang'> => {
    const { exact, ...found } = find(words, lang, decided);
    return { ...found, ...answer(words, lang, decided, { landing: found.landing, exact }, sentences, asHr) };
  };
  const understood = new Map<string, Omit<Understood, 'lang'>>();

  return (text, asHr = false) => {
    const words = tokens(text.slice(0, MAX_LETTERS));
    const weight = scale(words);
    const lang = languageOf(weight);
    if (judgeDanger?.(text).step === 'sure')
      return { intent: 'crisis', confidence: 1, lang, also: [], landing: null };
    if (!words.some((word) => /\p{L}/u.test(word))) {
      return {
        intent: WAVES.test(text) ? 'menu' : 'unknown',
        confidence: 1,
        lang: null,
        also: [],
        landing: null,
      };
    }
    const said = words.join(' ');
    const phrase = exact.get(said);
    // A greeting or its own word asks for the menu and nothing else: it need not wait for what is learned at the start.
    if (phrase === 'menu' && words.length <= MOST_WORDS_OF_GREETING)
      return { intent: 'menu', confidence: 1, lang, also: [], landing: null };
    if (phrase === undefined) {
      const sentences = sentencesOf(text.slice(0, MAX_LETTERS));
      const decided = decide(fitOfAll(words, weight, fitters, sentences));
      return { ...answered(words, lang, decided, sentences, asHr), lang };
    }
    // A phrase of our own, such as a command of the menu, means the same each time. What people say in other
    // words is not remembered, however often they say it.
    const known =
      understood.get(said) ??
      answered(words, lang, { intent: phrase, confidence: 1, also: [], example: true });
    understood.set(said, known);
    return { ...known, lang };
  };
}

/** What somebody is to choose from, three at most; empty where what was meant is clear enough to be shown by itself. */
export function choiceOf({ intent, landing, also }: Understood): readonly Meant[] {
  if (landing !== null || intent === 'crisis' || also.length === 0) return [];
  // Answers that are as likely are the choice by themselves.
  if (also.some((one) => !('intent' in one))) return also.slice(0, MOST_CHOICES);
  const others = also.filter((one) => !('intent' in one) || one.intent !== intent);
  // The menu is no choice among others: it is what one gets who chooses none of them.
  if (others.length === 0 || intent === 'menu') return [];
  return [{ intent }, ...others].slice(0, MOST_CHOICES);
}

type Fitter = (words: readonly string[]) => Fit;

function createFitter(lang: Lang, examples: Examples): Fitter {
  const features = createTextFeatures(lang, WORDS[lang], [...examples.values()].flat());
  const read = new Map([...examples].map(([intent, phrases]) => [intent, phrases.map(features)]));
  const nearness = createCentroids(read);
  const chances = createClassifier(read);

  return (words) => {
    const asked = features(words);
    const near = nearness(asked);
    // The square root keeps a small probability from vanishing beside the similarity.
    const fitOf = (intent: Intent, chance: number): number =>
      CHANCE_SHARE * Math.sqrt(chance) + (1 - CHANCE_SHARE) * (near.get(intent) ?? 0);
    return new Map([...chances(asked)].map(([intent, chance]) => [intent, fitOf(intent, chance)]));
  };
}

function fitInBoth(words: readonly string[], weight: number, fitters: Readonly<Record<Lang, Fitter>>): Fit {
  if (weight > SURE_OF_LANGUAGE) return fitters.nl(words);
  if (weight < -SURE_OF_LANGUAGE) return fitters.en(words);
  const dutch = fitters.nl(words);
  const english = fitters.en(words);
  const shareOfDutch = 1 / (1 + Math.exp(-weight));
  const blend = (intent: Intent): number =>
    shareOfDutch * (dutch.get(intent) ?? 0) + (1 - shareOfDutch) * (english.get(intent) ?? 0);
  return new Map(INTENTS.map((intent) => [intent, blend(intent)]));
}

/** What is asked says what somebody wants; what is told around it must not take the text elsewhere. */
function fitOfAll(
  words: readonly string[],
  weight: number,
  fitters: Readonly<Record<Lang, Fitter>>,
  sentences: readonly Sentence[],
): Fit {
  const whole = fitInBoth(words, weight, fitters);
  if (sentences.length === 0) return whole;
  const asking = sentences.filter(({ asks }) => asks);
  const parts = (asking.length > 0 ? asking : sentences).map((one) => fitInBoth(one.words, weight, fitters));
  const best = (intent: Intent): number => Math.max(...parts.map((fits) => fits.get(intent) ?? 0));
  return new Map(
    [...whole].map(([intent, fit]) => [intent, (1 - SENTENCE_SHARE) * fit + SENTENCE_SHARE * best(intent)]),
  );
}

function decide(fits: Fit): Decided {
  const [best, ...others] = [...fits].sort(([, one], [, other]) => other - one);
  if (!best || best[0] === 'unknown' || best[1] < LEAST_FIT) {
    const fit = fits.get('unknown') ?? 0;
    return { intent: 'unknown', confidence: round(fit), also: [] };
  }
  const also = others
    .filter(([intent, fit]) => best[1] - fit < CLOSE && intent !== 'unknown' && intent !== 'menu')
    .slice(0, MOST_ALSO)
    .map(([intent]) => intent);
  return { intent: best[0], confidence: round(best[1]), also };
}

function examplesOf(lang: Lang): Examples {
  return new Map(INTENTS.map((intent) => [intent, PHRASES[lang][intent].map(tokens)]));
}

/** Whole phrases with the intent they belong to; where two languages share one, the later list wins. */
function exactPhrases(all: readonly Examples[]): ReadonlyMap<string, Intent> {
  const found = new Map<string, Intent>();
  for (const [intent, phrases] of all.flatMap((examples) => [...examples])) {
    for (const words of phrases) found.set(words.join(' '), intent);
  }
  return found;
}

function round(fit: number): number {
  return Math.round(Math.min(1, fit) * 100) / 100;
}
