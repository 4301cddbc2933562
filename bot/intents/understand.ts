import englishPhrases from '../../cards/content/en/intents.json' with { type: 'json' };
import englishWords from '../../cards/content/en/words.json' with { type: 'json' };
import dutchPhrases from '../../cards/content/nl/intents.json' with { type: 'json' };
import dutchWords from '../../cards/content/nl/words.json' with { type: 'json' };
import { createDanger } from './danger.js';
import { createFeatures, type Words } from './features.js';
import { INTENTS, type Intent } from './intent.js';
import { createLanguageScale, languageOf } from './language.js';
import { createLearned } from './learned.js';
import { createProfiles } from './profiles.js';
import { type Lang, tokens } from './tokens.js';

/** What somebody means. */
export interface Understood {
  readonly intent: Intent;
  /** 0 to 1: how sure; 1 for danger and for a text that is an example word for word. */
  readonly confidence: number;
  /** The language of the text, null when it cannot be told ("dilemma", "ok"). */
  readonly lang: Lang | null;
  /** Other intents that are nearly as likely, best first: offer them beside the answer. */
  readonly also: readonly Intent[];
}

/** How well a text fits each intent, 0 to 1. */
type Fit = ReadonlyMap<Intent, number>;
type Phrases = Readonly<Record<Intent, readonly string[]>>;

const PHRASES: Readonly<Record<Lang, Phrases>> = { nl: dutchPhrases, en: englishPhrases };
const WORDS: Readonly<Record<Lang, Words>> = { nl: dutchWords, en: englishWords };

/** The learned chance and the search's nearness weigh 3 to 2: the best of the values that were tried. */
const CHANCE_SHARE = 0.6;
/** Below this no intent fits well enough to answer. */
const LEAST_FIT = 0.6;
/** Runners-up within this distance of the best are offered too, at most two. */
const CLOSE = 0.15;
const MOST_ALSO = 2;
/** Beyond this weight of the language scale only that language is looked at; below it, both. */
const SURE_OF_LANGUAGE = 3;
const MAX_LETTERS = 1_000;
const WAVES = /👋|🙋|🖐|✋|☕/u;

/**
 * Reads the examples once and returns the function that understands a text: pure, no clock, no network, nothing
 * remembered. Danger is looked for first and in the whole text; the rest is judged on its first 1,000 characters.
 */
export function createUnderstanding(): (text: string) => Understood {
  const inDanger = createDanger();
  const scale = createLanguageScale({ nl: all(PHRASES.nl), en: all(PHRASES.en) });
  const fitters = { nl: createFitter('nl'), en: createFitter('en') };
  const exact = exactPhrases();

  return (text) => {
    const start = text.slice(0, MAX_LETTERS);
    const weight = scale(start);
    const lang = languageOf(weight);
    if (inDanger(text)) return { intent: 'crisis', confidence: 1, lang, also: [] };

    const words = tokens(start);
    if (!words.some((word) => /\p{L}/u.test(word))) {
      return { intent: WAVES.test(text) ? 'menu' : 'unknown', confidence: 1, lang: null, also: [] };
    }
    const phrase = exact.get(words.join(' '));
    if (phrase) return { intent: phrase, confidence: 1, lang, also: [] };
    return { ...decide(fitInBoth(start, weight, fitters)), lang };
  };
}

function createFitter(lang: Lang): (text: string) => Fit {
  const features = createFeatures(lang, WORDS[lang], all(PHRASES[lang]));
  const examples = new Map(INTENTS.map((intent) => [intent, PHRASES[lang][intent].map(features)]));
  const nearness = createProfiles(examples);
  const chances = createLearned(examples);

  return (text) => {
    const asked = features(text);
    const near = nearness(asked);
    // The root keeps a small chance from vanishing beside the nearness.
    const fit = (intent: Intent, chance: number): number =>
      CHANCE_SHARE * Math.sqrt(chance) + (1 - CHANCE_SHARE) * (near.get(intent) ?? 0);
    return new Map([...chances(asked)].map(([intent, chance]) => [intent, fit(intent, chance)]));
  };
}

function fitInBoth(
  text: string,
  weight: number,
  fitters: Readonly<Record<Lang, (text: string) => Fit>>,
): Fit {
  if (weight > SURE_OF_LANGUAGE) return fitters.nl(text);
  if (weight < -SURE_OF_LANGUAGE) return fitters.en(text);
  const dutch = fitters.nl(text);
  const english = fitters.en(text);
  const shareOfDutch = 1 / (1 + Math.exp(-weight));
  const blend = (intent: Intent): number =>
    shareOfDutch * (dutch.get(intent) ?? 0) + (1 - shareOfDutch) * (english.get(intent) ?? 0);
  return new Map(INTENTS.map((intent) => [intent, blend(intent)]));
}

function decide(fits: Fit): Pick<Understood, 'intent' | 'confidence' | 'also'> {
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

/** Examples as their words, with the intent they belong to. */
function exactPhrases(): ReadonlyMap<string, Intent> {
  const found = new Map<string, Intent>();
  for (const lang of ['en', 'nl'] as const) {
    for (const intent of INTENTS) {
      for (const phrase of PHRASES[lang][intent]) found.set(tokens(phrase).join(' '), intent);
    }
  }
  return found;
}

function all(phrases: Phrases): readonly string[] {
  return INTENTS.flatMap((intent) => phrases[intent]);
}

function round(fit: number): number {
  return Math.round(Math.min(1, fit) * 100) / 100;
}
