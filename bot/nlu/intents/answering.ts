import { findAnswer } from '../../../cards/content/answers.js';
import { LANGS, type Lang } from '../../../cards/content/words.js';
import spoken from '../content/spoken.json' with { type: 'json' };
import type { Sentence } from '../text/sentences.js';
import { type AnswerSearch, type Asked, createAnswerSearch } from './answer-search.js';
import type { Landing } from './content-index.js';
import type { Intent } from './intent.js';

/** Something that a text may have meant. */
export type Meant = { readonly intent: Intent } | Landing;
/**
 * What answers a text, and what else it may have meant; without a landing, what to choose from, or nothing beside the
 * card of the intent. Null where a text asks for none of it.
 */
export type Answered = {
  readonly landing: Landing | null;
  readonly also: readonly Meant[];
  /** What there is to choose from is only what comes nearest. */
  readonly isFar?: boolean;
} | null;
/** What was found in the content itself, and whether the text names it word for word. */
export type Found = { readonly landing: Landing | null; readonly exact: boolean };
export type Answering = (
  words: readonly string[],
  lang: Lang | null,
  decided: { readonly intent: Intent; readonly confidence: number },
  found: Found,
  /** Of a text of several sentences each by itself; none for a text of one. */
  sentences?: readonly Sentence[],
  asHr?: boolean,
) => Answered;

/** What asks to do something gets to do it, unless the text is all but an example of a question. */
const DOING: ReadonlySet<Intent> = new Set<Intent>([
  'agreement',
  'evaluations',
  'coffee',
  'overview',
  'settings',
  'team-scan',
  'key-moments',
  'practise',
]);
/** Their card is a tool, a help card or a piece that is good by itself: an answer must be nearer than for a list. */
const SHOWS: ReadonlySet<Intent> = new Set<Intent>([
  'conversation',
  'signals',
  'support',
  'measures',
  'costs',
  'models',
  'own-control',
  'privacy',
  'menu',
]);
/** Of these the card does what was asked, where the words are surely like its examples. */
const TOOLS: ReadonlySet<Intent> = new Set<Intent>(['signals', 'measures', 'costs']);
/** Their card is about one whom one leads: no answer to who works beside somebody. */
const OF_ONE_LED: ReadonlySet<Intent> = new Set<Intent>(['signals', 'conversation']);
/** Their pieces say more of the subject than an answer that is far from the words. */
const READS: ReadonlySet<Intent> = new Set<Intent>([
  'loneliness',
  'adjustments',
  'self-care',
  'measures',
  'models',
]);
/** What is never recorded of somebody's life: with these words no form is asked for. */
const LIFE: ReadonlySet<string> = new Set([
  'grief',
  'grief-first-day',
  'colleague-loss',
  'grief-self',
  'grief-colleague',
  'divorce',
  'divorce-self',
  'miscarriage',
  'carer-self',
]);
const WHO_LISTENS = 'help-near';
/** That it stays between the two is what the card of those who listen does not say. */
const IN_CONFIDENCE = 'talk-confidential';
/** Somebody to talk to is the first thing that these name themselves. */
const NAMES_HELP: ReadonlySet<string> = new Set(['report-first']);

/*
 * The figures below are chosen on examples that were left out in turn (tests/bot/nlu/answers): what is given alone is
 * right 8 times in 10, and what is asked for is among what is shown 9 times in 10.
 */
const NEAR_FOR_DOING = 0.9;
const NEAR_FOR_DOING_IF_CLEAR = 0.7;
const NEAR_FOR_DOING_BESIDE = 0.6;
/** Where the words are surely like those that ask to do it. */
const NEAR_FOR_SURE_DOING = 1.2;
const NEAR_FOR_PIECE = 0.35;
const NEAR_FOR_SHOWN = 0.26;
const NEAR_FOR_TOOL = 0.8;
const NEAR_IF_CLEAR = 0.18;
const LESS_IF_CLEAR = 0.05;
/** The more words somebody uses, the less a tool alone answers them. */
const SHOWN_FROM = [
  { words: 7, fit: 0.14 },
  { words: 5, fit: 0.19 },
] as const;
const NEAR_FOR_PRIVACY = 0.9;
const NEAR_FOR_STORY = 0.15;
const NEAR = 0.22;
const NEAR_FOR_OFFER = 0.12;
/** The nearer an answer is, the closer the next may come before both are shown: at least this fit, at most this share of it. */
const CLEAR = [
  { fit: 0.5, next: 0.95 },
  { fit: 0.35, next: 0.82 },
  { fit: 0.25, next: 0.78 },
  { fit: 0.2, next: 0.65 },
  { fit: 0.15, next: 0.55 },
] as const;
/** Those that are shown beside one another are not much further than the first. */
const STILL_LIKELY = 0.5;
/** So near to the first, a piece that was found lands by itself. */
const ALSO_NEAR = 0.55;
const PIECE_AS_RIVAL = 0.8;
const MOST_SHOWN = 3;
const MOST_BESIDE = 2;
const SURE_OF_INTENT = 0.9;
const VERY_SURE_OF_INTENT = 0.95;
const QUITE_SURE_OF_INTENT = 0.85;
const UNSURE_OF_INTENT = 0.75;
const LEAST_FOR_OFFER = 0.09;
/** Sentences that are added up lie closer to one another than a text of one. */
const SLACK_OF_SENTENCES = 1.15;
/** Below this nothing is near, and what is shown says so. */
const FAR = 0.15;
const LEAST_OF_NEAREST = 0.06;
const SURELY_NOT_FOR_US = 0.88;
const FEWEST_WORDS_OF_WORRY = 5;
const COMMAND_WORDS = 6;
const WORDS_OF_WHO_IS_IT = 8;
const QUESTION_WORDS = 7;
const STORY_WORDS = 7;
const NUMBER = /^\d{1,2}$/;
const MONTH = /^(?:jan|feb|maart|mrt|mar|apr|mei|may|jun|jul|aug|sep|okt|oct|nov|dec)/;
const ASKS: readonly string[] = [...spoken.asks.nl, ...spoken.asks.en];
const ASKS_ALL: readonly string[] = [...spoken.asksAll.nl, ...spoken.asksAll.en];
const OWN_FILE = [spoken.ownFile.nl, spoken.ownFile.en];
/** What "mijn dossier" may be: what is kept here, or the file at the employer's. */
const FILES: readonly Meant[] = [{ intent: 'privacy' }, { answer: 'file-access' }];
/** Fewer words are a subject ("rouw"), and no question. */
const FEWEST_WORDS = 3;
const MOST_WORDS = 60;
/** How near an answer must be to words that the bot seems not to be for, by how sure that is. */
const NEAR_FOR_UNKNOWN = [
  { confidence: 0.95, fit: 0.36 },
  { confidence: 0.7, fit: 0.26 },
  { confidence: 0, fit: 0.14 },
] as const;

/** Makes the step from a question to what answers it: pure, nothing is remembered. */
export function createAnswering(
  search: Readonly<Record<Lang, AnswerSearch>> = {
    nl: createAnswerSearch('nl'),
    en: createAnswerSearch('en'),
  },
): Answering {
  return (words, lang, { intent, confidence }, piece, sentences, asHr) => {
    if (intent === 'crisis') return null;
    const asked = words.slice(0, MOST_WORDS);
    const all =
      lang === null
        ? nearer(search.nl(asked, sentences, asHr), search.en(asked, sentences, asHr))
        : search[lang](asked, sentences, asHr);
    const near = forAsker(all);
    const [first] = near;
    if (first === undefined) return null;
    if (first.exact) return { landing: first.landing, also: [] };
    if (intent === 'privacy' && words.length <= COMMAND_WORDS && namesOwnFile(words))
      return { landing: null, also: FILES };
    // Numbers answer who asks for one or for who it is, and nothing that is only about calling.
    if (intent === 'support' && (asksForNumber(words) || asksForHelper(words)))
      return piece.landing === null ? { landing: null, also: [] } : null;
    // The card of those who listen says all that the answer to where one can turn says.
    const isTheSame = intent === 'support' && isOnCard(first.landing, words);
    const helps = namesHelp(first) && first.fit >= NEAR_IF_CLEAR && !isTheSame;
    const isShort = words.length < (SHOWS.has(intent) ? FEWEST_WORDS + 1 : FEWEST_WORDS);
    if ((isCommand(words, intent, confidence) && !helps) || isShort || piece.exact) return null;
    if (piece.landing !== null) return besidePiece(words, near, piece.landing);
    // To ask or measure a whole team is to do something, at whatever length and with "hoe" in it.
    if (intent === 'team-scan' && says(words, ASKS_ALL) && first.fit < NEAR_FOR_DOING) return null;
    // Who tells how it is gets somebody to talk to; who asks something gets the answer.
    if (intent === 'support' && !asks(words) && words.length < STORY_WORDS) return forStory(near);
    const isOfAnother = OF_ONE_LED.has(intent) && surelyNoManager(first);
    const { alone, shown } = nearness(
      words,
      isOfAnother ? 'unknown' : intent,
      isOfAnother ? 0 : confidence,
      first,
    );
    const isClearly = isClear(near, sentences?.length ? SLACK_OF_SENTENCES : 1);
    if (first.fit >= alone && isClearly && !first.forOthers)
      return { landing: first.landing, also: others(near, []) };
    if (first.fit < shown && isOfAnother) return nearest(words, 0, near);
    if (first.fit < shown) return intent === 'unknown' ? nearest(words, confidence, near) : null;
    // The card of a tool is an answer too, where that is what the words are like.
    const isTool = (SHOWS.has(intent) || DOING.has(intent)) && intent !== 'menu';
    const keepsTool =
      isTool && !isOfAnother && (intent === 'support' ? !asks(words) : confidence >= SURE_OF_INTENT);
    // Where no answer is near, what the words are surely about is worth a row of its own.
    const isRead = READS.has(intent) && first.fit < NEAR && confidence >= SURE_OF_INTENT;
    const chosen = choice(near, keepsTool || isRead ? [{ intent }] : []);
    return chosen !== null && chosen.landing === null && first.fit < FAR
      ? { ...chosen, isFar: true }
      : chosen;
  };
}

/** Somebody tells how it is: what is shown beside who there is to talk to names them too. */
function forStory(near: readonly Asked[]): Answered {
  const helping = near.filter((one) => one.suits && namesHelp(one));
  const [first] = helping;
  if (first === undefined || first !== near[0] || first.fit < NEAR_FOR_STORY) return null;
  return isClear(near) ? { landing: first.landing, also: [] } : choice(helping, [{ intent: 'support' }]);
}

/** How near the first must be to be given, and to be shown among others. */
function nearness(
  words: readonly string[],
  intent: Intent,
  confidence: number,
  first: Asked,
): { readonly alone: number; readonly shown: number } {
  if (intent === 'unknown') {
    const least = NEAR_FOR_UNKNOWN.find((one) => confidence >= one.confidence)?.fit ?? NEAR;
    return { alone: least - (confidence < QUITE_SURE_OF_INTENT ? LESS_IF_CLEAR : 0), shown: least };
  }
  if (TOOLS.has(intent) && confidence >= VERY_SURE_OF_INTENT) {
    return { alone: NEAR_FOR_TOOL, shown: NEAR_FOR_TOOL };
  }
  const question = isQuestion(words);
  if (intent === 'key-moments' && 'answer' in first.landing && LIFE.has(first.landing.answer)) {
    return { alone: NEAR, shown: NEAR };
  }
  // An intent that is hardly likelier than others is no reason to keep an answer back.
  if (confidence < UNSURE_OF_INTENT) return { alone: NEAR_FOR_OFFER, shown: LEAST_FOR_OFFER };
  if (DOING.has(intent) && !question) {
    if (confidence >= VERY_SURE_OF_INTENT) return { alone: NEAR_FOR_SURE_DOING, shown: NEAR_FOR_SURE_DOING };
    const tells = words.length >= STORY_WORDS && !hasDate(words);
    return { alone: NEAR_FOR_DOING_IF_CLEAR, shown: tells ? NEAR_FOR_DOING_BESIDE : NEAR_FOR_DOING };
  }
  // What the bot keeps is told by its own card, which is never out of date.
  if (intent === 'privacy' && !question && isOfBot(first))
    return { alone: NEAR_FOR_PRIVACY, shown: NEAR_FOR_PRIVACY };
  if (SHOWS.has(intent) && !question) {
    const shown = SHOWN_FROM.find((one) => words.length >= one.words)?.fit ?? NEAR_FOR_SHOWN;
    return { alone: NEAR_IF_CLEAR, shown };
  }
  if (DOING.has(intent) && confidence >= VERY_SURE_OF_INTENT) return { alone: NEAR, shown: NEAR };
  return { alone: 0, shown: LEAST_FOR_OFFER };
}

/** For a worry that nothing answers; words that the bot is surely not for get the menu. */
function nearest(words: readonly string[], confidence: number, near: readonly Asked[]): Answered {
  if (words.length < FEWEST_WORDS_OF_WORRY || confidence >= SURELY_NOT_FOR_US) return null;
  const some = near.filter(({ fit }) => fit >= LEAST_OF_NEAREST).slice(0, MOST_SHOWN);
  return some.length < 2 ? null : { landing: null, also: some.map(({ landing }) => landing), isFar: true };
}

/** A piece was found as well: an answer that is as near as an example goes before it. */
function besidePiece(words: readonly string[], near: readonly Asked[], piece: Landing): Answered {
  const [first] = near;
  const others = near.filter(({ landing }) => !isSame(landing, piece));
  if (words.length === FEWEST_WORDS || first === undefined || isSame(first.landing, piece)) {
    return { landing: piece, also: beside(others, NEAR) };
  }
  if (first.fit < NEAR_FOR_PIECE || first.forOthers) return { landing: piece, also: beside(others, NEAR) };
  if (isClear(others)) {
    return { landing: first.landing, also: [piece, ...beside(others.slice(1), NEAR)].slice(0, MOST_BESIDE) };
  }
  // The search has both of them near: the piece says all that the answers say.
  const itself = near.find(({ landing }) => isSame(landing, piece));
  return itself !== undefined && itself.fit >= ALSO_NEAR * first.fit
    ? { landing: piece, also: beside(others, NEAR) }
    : choice(others, [piece]);
}

function beside(near: readonly Asked[], least: number): readonly Landing[] {
  return near
    .filter(({ fit }) => fit >= least)
    .slice(0, MOST_BESIDE)
    .map(({ landing }) => landing);
}

function others(near: readonly Asked[], also: readonly Meant[]): readonly Meant[] {
  return [...likely(near).slice(1), ...also].slice(0, MOST_BESIDE);
}

/**
 * Beside what is written for who asks nothing stands that is written for another: no advice for managers in grief. What is
 * nearest but written for others gives way to what is not much further and written for who asks.
 */
function forAsker(near: readonly Asked[]): readonly Asked[] {
  const [first] = near;
  if (first === undefined) return near;
  if (first.suits) return near.filter(({ suits }) => suits);
  const suited = near.filter(({ suits }) => suits);
  const nearest = suited[0]?.fit ?? 0;
  return first.forOthers && nearest >= STILL_LIKELY * first.fit ? suited : near;
}

/** Of what there is to read one is enough beside answers: many pieces are about nearly the same. */
function fewPieces(near: readonly Asked[]): readonly Asked[] {
  const piece = near.find(({ landing }) => 'piece' in landing);
  return near.some(({ landing }) => 'answer' in landing)
    ? near.filter((one) => 'answer' in one.landing || one === piece)
    : near;
}

/** Those that are as likely, and what comes last whatever they are. */
function choice(near: readonly Asked[], last: readonly Meant[]): Answered {
  // What is written for others is never shown by itself: who asks sees that it is one of several.
  const some = near[0]?.forOthers === true ? fewPieces(near).map(({ landing }) => landing) : likely(near);
  const [only, ...more] = [...some.slice(0, MOST_SHOWN - last.length), ...last];
  if (only === undefined) return null;
  if (more.length > 0) return { landing: null, also: [only, ...more] };
  return 'intent' in only ? null : { landing: only, also: [] };
}

function likely(near: readonly Asked[]): readonly Landing[] {
  return fewPieces(near)
    .filter(({ fit }) => fit >= STILL_LIKELY * (near[0]?.fit ?? 0))
    .slice(0, MOST_SHOWN)
    .map(({ landing }) => landing);
}

function isClear(near: readonly Asked[], slack = 1): boolean {
  const [first, ...others] = near;
  if (first === undefined) return false;
  // A piece beside an answer mostly says the same at more length.
  const rival = Math.max(
    0,
    ...others.map(({ fit, landing }) => ('piece' in landing ? PIECE_AS_RIVAL : 1) * fit),
  );
  return CLEAR.some(({ fit, next }) => first.fit >= fit && rival <= next * slack * first.fit);
}

export function isSame(one: Landing, other: Landing): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}

function surelyNoManager({ asking }: Asked): boolean {
  return asking.sure && asking.for.includes('colleague') && !asking.for.includes('manager');
}

function isOfBot({ landing }: Asked): boolean {
  return 'answer' in landing && landing.answer.startsWith('bot-');
}

/** Whether the card of those who listen says what the answer says. */
function isOnCard(landing: Landing, words: readonly string[]): boolean {
  if (isSame(landing, { answer: IN_CONFIDENCE }))
    return !LANGS.some((lang) => says(words, spoken.inConfidence[lang]));
  return isSame(landing, { answer: WHO_LISTENS });
}

function namesHelp({ landing }: Asked): boolean {
  if (!('answer' in landing)) return false;
  return findAnswer(landing.answer)?.do === 'support' || NAMES_HELP.has(landing.answer);
}

/** Somebody's own file, by that name: whether the bot's or the employer's is not to be told from the words. */
function namesOwnFile(words: readonly string[]): boolean {
  return OWN_FILE.some(({ own, file }) => says(words, own) && says(words, file));
}

/** A phrase of ours that opens something; longer ones among the examples tell of a situation. */
function isCommand(words: readonly string[], intent: Intent, confidence: number): boolean {
  if (confidence < 1) return false;
  return (DOING.has(intent) && !isQuestion(words)) || (SHOWS.has(intent) && words.length <= COMMAND_WORDS);
}

/** It asks, at some length and without a date: "hoe houd ik haar betrokken", and not "Jan gaat 1 mei met pensioen". */
function isQuestion(words: readonly string[]): boolean {
  return words.length >= QUESTION_WORDS && !hasDate(words) && asks(words);
}

function hasDate(words: readonly string[]): boolean {
  return words.some((word, at) => NUMBER.test(word) && MONTH.test(words[at + 1] ?? ''));
}

function asks(words: readonly string[]): boolean {
  return says(words, ASKS);
}

/** "Welk nummer kan ik bellen", "who can I call at night". */
function asksForNumber(words: readonly string[]): boolean {
  const { number, whoToCall } = spoken;
  return LANGS.some(
    (lang) =>
      says(words, number[lang]) || (says(words, whoToCall[lang].who) && says(words, whoToCall[lang].call)),
  );
}

/** "Wie is onze vertrouwenspersoon", "hoe bereik ik de bedrijfsarts": at most so many words, more of them tell of something else. */
function asksForHelper(words: readonly string[]): boolean {
  return (
    words.length <= WORDS_OF_WHO_IS_IT &&
    LANGS.some((lang) => says(words, spoken.whoIsIt[lang].who) && says(words, spoken.whoIsIt[lang].helper))
  );
}

function says(words: readonly string[], phrases: readonly string[]): boolean {
  const text = ` ${words.join(' ')} `;
  return phrases.some((phrase) => text.includes(` ${phrase} `));
}

function nearer(one: readonly Asked[], other: readonly Asked[]): readonly Asked[] {
  return (other[0]?.fit ?? 0) > (one[0]?.fit ?? 0) ? other : one;
}
