import { allAnswers, answerWords } from '../../../cards/content/answers.js';
import { allPieces, pieceWords } from '../../../cards/content/pieces.js';
import { LANGS } from '../../../cards/content/words.js';
import { DANGER_KINDS, type DangerKind, type HelpLang } from '../../../cards/crisis/danger-kinds.js';
import learnedFromLines from '../content/danger-learned.json' with { type: 'json' };
import english from '../content/en/follow-ups.json' with { type: 'json' };
import dutch from '../content/nl/follow-ups.json' with { type: 'json' };
import { tokens } from '../text/tokens.js';
import { JUDGED_LANGS } from './danger-content.js';
import { createJudge, type Judgement, type Learned } from './judge.js';
import { createDangerReader, type DangerReading } from './read-danger.js';
import { type DangerText, readDangerTexts } from './words.js';

/** `sure`: help before all else. `maybe`: what was asked for, with a line of help first. */
export type DangerStep = 'sure' | 'maybe' | 'none';
/** What a text shows of danger, of whoever. */
export interface Danger {
  readonly step: DangerStep;
  /** Null where the step is none. */
  readonly kind: DangerKind | null;
  /** The language of the words; null where it cannot be told. */
  readonly lang: HelpLang | null;
  /** The language of the words where it is clearly one of those in which the bot speaks of help only; else null. */
  readonly otherLang: HelpLang | null;
  /** Whether somebody asks for someone to talk to, in a language that the rest of the bot does not understand. */
  readonly asksForSupport: boolean;
}

/**
 * Chosen by leaving out one writer at a time of those that were learned from: maybe so low that it misses at most 2 of
 * 100, which costs everyday texts a line now and then; sure as low as everyday texts allow, 1 of 100 at most.
 * docs/measurements has the figures.
 */
const LEAST_MAYBE = 0.045;
/** What is sure is said plainly, and is more likely danger than not. */
const LEAST_SURE = 0.15;
const LEAST_DANGER_OF_SURE = 0.5;
/** So few words say little: a name, a button, a number. */
const FEW_WORDS = 3;
const LEAST_OF_FEW_WORDS = 0.7;
/** Nor does a text that has no usual word of Dutch or English: an id, a date, another language, a list of names. */
const LEAST_OF_UNUSUAL_WORDS = 0.3;
/** With a saying that may show danger less is enough. */
const LEAST_MAYBE_SAID = 0.04;
/**
 * A saying that shows danger by itself is doubted where all that stands around it speaks of something else, the less
 * where that is said plainly.
 */
const LEAST_SURE_SAID = 0.15;
const LEAST_SURE_SAID_PLAINLY = 0.1;
const LEAST_DOUBTED = 0.015;
/**
 * Of three sentences one is odd more often than of one: what little a sentence shows by itself counts where those around
 * it do not speak of something else altogether. What it shows clearly counts in any company.
 */
const CLEAR_BY_ITSELF = 0.2;
const LEAST_IN_CONTEXT = 0.02;
const LEAST_IN_CONTEXT_OF_SURE = 0.1;
const DANGER_IN_ANY_COMPANY = 0.9;
const SURE_IN_ANY_COMPANY = 0.3;
/** The same of the other languages, of which fewer lines were learned from: sayings count for more. */
const LEAST_SURE_SAID_OTHER = 0.1;
const LEAST_SURE_OTHER = 0.4;
const LEAST_MAYBE_OTHER = 0.35;
const LEAST_MAYBE_SAID_OTHER = 0.05;
/** From here on what was learned knows the kind better than a saying does: pills are taken, or only counted. */
const LEAST_KIND = 0.4;

/**
 * Reads all that is known once and returns the function that says whether a text points to danger: to suicide, to
 * life, by violence, at home, of a sexual kind. Sayings find it where somebody says it in usual words, and
 * what was learned from lines of many writers judges what stands around them, or the whole text where none was found. It errs on the side of maybe, which costs one line.
 * Pure, and it remembers nothing.
 */
export function createDanger(learned: Learned = learnedFromLines): (text: string) => Danger {
  const read = createDangerReader();
  const judge = createJudge(learned);
  const decideOn = (reading: DangerReading) => decide(reading, judge(reading.terms()));
  const inAll = (text: DangerText): Danger => {
    const reading = read(text);
    const all = decideOn(reading);
    if (all.step !== 'none') return all;
    const near = aroundSayings(text, reading).map((one) => decideOn(read(one)));
    const worst = worstOf(near);
    return worst.step === 'none' ? all : { ...worst, step: 'maybe' };
  };
  /** A phrase of ours shows danger only where a saying in it does: what was learned has doubts of its own. */
  const inOurs = (text: DangerText): Danger => {
    const said = decide(read(text), null);
    return said.step === 'none' ? said : inAll(text);
  };
  return (text) =>
    readDangerTexts(text)
      .map(isOurs(text) ? inOurs : inAll)
      .reduce(worse);
}

/** So many words before and after a saying tell what it is about, however much else is said in the same breath. */
const WORDS_AROUND = 2;
/** In a shorter text all of it stands around what is said. */
const LEAST_WORDS_OF_LONG = 10;
/** Nobody says it more often than this in one text; a text made by hand may hold thousands. */
const MOST_SAYINGS = 8;

/**
 * What stands around each saying that shows danger by itself. In a long enumeration the rest of it outweighs any saying:
 * "mail the minutes, move the meeting, I want to die, send the invoice" is judged to be about work.
 */
function aroundSayings(
  { words, sentences }: DangerText,
  { candidates }: DangerReading,
): readonly DangerText[] {
  if (words.length < LEAST_WORDS_OF_LONG) return [];
  const plain = candidates.filter(({ step }) => step === 'sure').slice(0, MOST_SAYINGS);
  return plain.map(({ first, last }) => {
    const from = Math.max(0, first - WORDS_AROUND);
    const to = last + 1 + WORDS_AROUND;
    return { words: words.slice(from, to), sentences: sentences.slice(from, to) };
  });
}

const OURS: ReadonlySet<string> = new Set(
  [
    ...[dutch, english].flatMap((kinds) => Object.values(kinds).flat()),
    ...LANGS.flatMap((lang) => [
      ...allAnswers().map(({ id }) => answerWords(lang, id).question),
      ...allPieces().map(({ id }) => pieceWords(lang, id).title),
    ]),
  ].map((phrase) => tokens(phrase).join(' ')),
);
const MOST_LETTERS_OF_OURS = 100;

/**
 * Whether the whole text is a phrase of ours: one that only refers to what was just shown ("en als hij dat niet wil?"),
 * or the title of a card or an answer, typed to open it. What was learned from lines of people would bring help for a
 * question about the guide; a saying that shows danger still does. Exactly as written: a text that is only like one may
 * say something else.
 */
function isOurs(text: string): boolean {
  return text.length <= MOST_LETTERS_OF_OURS && OURS.has(tokens(text).join(' '));
}

/** The first of those that are worst; without danger where there are none. */
export function worstOf(dangers: readonly Danger[]): Danger {
  return dangers.reduce(worse, {
    step: 'none',
    kind: null,
    lang: null,
    otherLang: null,
    asksForSupport: false,
  });
}

const STEPS: readonly DangerStep[] = ['none', 'maybe', 'sure'];

function worse(one: Danger, other: Danger): Danger {
  if (STEPS.indexOf(other.step) > STEPS.indexOf(one.step)) return other;
  if (one.step !== 'none' || other.step !== 'none' || one.asksForSupport) return one;
  return other.asksForSupport || one.otherLang === null ? other : one;
}

function decide(
  { words, lang: usual, isOther, candidates }: DangerReading,
  judged: Judgement | null,
): Danger {
  const said = (step: DangerStep) => candidates.filter((one) => one.step === step);
  const least = candidates.length === 0 ? leastOf(words, usual) : LEAST_MAYBE;
  // A saying of another language in a text that is not known to be of it: what was learned of Dutch says nothing of it.
  const elsewhere = !isOther && candidates.some(({ lang }) => !JUDGED_LANGS.includes(lang));
  const by = { sure: said('sure').length > 0, maybe: said('maybe').length > 0 };
  const step =
    isOther && judged !== null
      ? stepOfOther(by.sure, by.maybe, words, judged)
      : stepOf(by.sure, by.maybe, elsewhere ? null : judged, least);
  const lang = usual ?? candidates[0]?.lang ?? null;
  const otherLang = isOther && words >= FEW_WORDS ? lang : null;
  const asksForSupport = candidates.some(({ kind }) => kind === 'support');
  if (step === 'none') return { step, kind: null, lang, otherLang, asksForSupport };
  const telling = said(step).length > 0 ? said(step) : candidates;
  return {
    step,
    kind: kindOf(
      telling.map(({ kind }) => kind),
      elsewhere ? null : judged,
    ),
    lang,
    otherLang,
    asksForSupport,
  };
}

function leastOf(words: number, lang: HelpLang | null): number {
  if (words <= FEW_WORDS) return LEAST_OF_FEW_WORDS;
  return lang !== null && JUDGED_LANGS.includes(lang) ? LEAST_MAYBE : LEAST_OF_UNUSUAL_WORDS;
}

function stepOf(
  saidSure: boolean,
  saidMaybe: boolean,
  judged: Judgement | null,
  leastMaybe: number,
): DangerStep {
  if (judged === null) return saidSure ? 'sure' : saidMaybe ? 'maybe' : 'none';
  const { danger, sure, inContext } = judged;
  const leastSaid = sure >= LEAST_SURE ? LEAST_SURE_SAID_PLAINLY : LEAST_SURE_SAID;
  if (saidSure && danger >= leastSaid) return 'sure';
  const isPlain = danger >= Math.max(leastMaybe, LEAST_DANGER_OF_SURE) && sure >= LEAST_SURE;
  const isClear = danger >= DANGER_IN_ANY_COMPANY && sure >= SURE_IN_ANY_COMPANY;
  if (isPlain && (isClear || inContext >= LEAST_IN_CONTEXT_OF_SURE)) return 'sure';
  const isOdd = danger < CLEAR_BY_ITSELF && inContext < LEAST_IN_CONTEXT;
  const least = saidSure ? LEAST_DOUBTED : saidMaybe ? LEAST_MAYBE_SAID : leastMaybe;
  return danger >= least && (saidSure || !isOdd) ? 'maybe' : 'none';
}

function stepOfOther(
  saidSure: boolean,
  saidMaybe: boolean,
  words: number,
  { danger, sure }: Judgement,
): DangerStep {
  if (saidSure && danger >= LEAST_SURE_SAID_OTHER) return 'sure';
  if (danger >= LEAST_DANGER_OF_SURE && sure >= LEAST_SURE_OTHER && words >= FEW_WORDS) return 'sure';
  if (saidSure) return 'maybe';
  const least = words < FEW_WORDS ? LEAST_OF_FEW_WORDS : LEAST_MAYBE_OTHER;
  return danger >= (saidMaybe ? LEAST_MAYBE_SAID_OTHER : least) ? 'maybe' : 'none';
}

function kindOf(said: readonly string[], judged: Judgement | null): DangerKind {
  if (judged !== null && (judged.danger >= LEAST_KIND || said.includes(judged.kind))) return judged.kind;
  return DANGER_KINDS.find((kind) => said.includes(kind)) ?? judged?.kind ?? 'suicide';
}
