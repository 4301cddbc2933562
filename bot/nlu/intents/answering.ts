import { LANGS, type Lang } from '../../../cards/content/words.js';
import spoken from '../content/spoken.json' with { type: 'json' };
import { type Asked, createAnswerSearch } from './answer-search.js';
import type { Landing } from './content-index.js';
import type { Intent } from './intent.js';

/** The answer that is asked for, or two or three that are as likely, or none beside the card of the intent; null where a text asks for none of them. */
export type Answered = { readonly landing: Landing } | { readonly offered: readonly Landing[] } | null;

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
/** What is never recorded of somebody's life: with these words no form is asked for. */
const LIFE: ReadonlySet<string> = new Set([
  'grief',
  'grief-self',
  'grief-colleague',
  'divorce',
  'divorce-self',
  'miscarriage',
  'carer-self',
]);
/** What somebody bears who asks, or has just heard of: these answers name who is there to talk to themselves. */
const BORNE: ReadonlySet<string> = new Set([
  'conflict-boss',
  'quarrel-boss',
  'quarrel-self',
  'bullied',
  'harassed',
  'carer-self',
  'burnout-self',
  'report-first',
]);
const NEAR_FOR_DOING = 0.6;
const NEAR_FOR_PIECE = 0.5;
const NEAR_FOR_SHOWN = 0.4;
const NEAR = 0.3;
const NEAR_FOR_BORNE = 0.38;
const NEAR_FOR_OFFER = 0.2;
/** A second as near as this is offered beside the first. */
const AS_LIKELY = 0.94;
/** Those that are offered are not much further than the first. */
const STILL_LIKELY = 0.75;
const NEAR_IF_AHEAD = 0.2;
const FAR_AHEAD = 1.5;
const MOST_OFFERED = 3;
const COMMAND_WORDS = 6;
const QUESTION_WORDS = 7;
const STORY_WORDS = 7;
const NUMBER = /^\d{1,2}$/;
const MONTH = /^(?:jan|feb|maart|mrt|mar|apr|mei|may|jun|jul|aug|sep|okt|oct|nov|dec)/;
const ASKS: readonly string[] = [...spoken.asks.nl, ...spoken.asks.en];
/** Fewer words are a subject ("rouw"), and no question. */
const FEWEST_WORDS = 3;
const MOST_WORDS = 60;

/** Makes the step from a question to its direct answer: pure, nothing is remembered. */
export function createAnswering(): (
  words: readonly string[],
  lang: Lang | null,
  decided: { readonly intent: Intent; readonly confidence: number },
  /** A piece is found for it, which a vague answer is no better than. */
  isPiece: boolean,
) => Answered {
  const search = { nl: createAnswerSearch('nl'), en: createAnswerSearch('en') };

  return (words, lang, { intent, confidence }, isPiece) => {
    if (intent === 'crisis') return null;
    const asked = words.slice(0, MOST_WORDS);
    const found = lang === null ? nearer(search.nl(asked), search.en(asked)) : search[lang](asked);
    const [first, second] = found;
    if (first === undefined) return null;
    if (first.exact) return { landing: { answer: first.id } };
    // Numbers answer who asks for one, and nothing that is only about calling.
    if (intent === 'support' && asksForNumber(words)) return isPiece ? null : { offered: [] };
    const borne = BORNE.has(first.id) && first.fit >= NEAR_FOR_BORNE;
    if (
      (isCommand(words, intent, confidence) && !borne) ||
      words.length < (SHOWS.has(intent) ? FEWEST_WORDS + 1 : FEWEST_WORDS)
    ) {
      return null;
    }
    if (words.length === FEWEST_WORDS && isPiece) return null;
    if (isPiece && first.fit < NEAR_FOR_PIECE) return null;
    // Who tells how it is gets somebody to talk to; who asks something gets the answer.
    if (intent === 'support' && !asks(words) && words.length < STORY_WORDS && !borne) return null;
    const question = isQuestion(words);
    const isDoing = DOING.has(intent) && !question;
    // In a long text much is beside the question: there it counts that no other answer comes near.
    const ahead = !isDoing && first.fit >= NEAR_IF_AHEAD && first.fit >= FAR_AHEAD * (second?.fit ?? 0);
    if (ahead) return { landing: { answer: first.id } };
    if (first.fit >= (question ? NEAR : least(isDoing, intent, first.id))) {
      const alone = second === undefined || second.fit < AS_LIKELY * first.fit;
      if (alone) return { landing: { answer: first.id } };
      return isPiece ? null : offer(found);
    }
    // A list, a tick list or a form is no answer to a question; how to begin a conversation is.
    const listed =
      (!DOING.has(intent) && !SHOWS.has(intent)) ||
      (intent === 'support' && asks(words)) ||
      (question && intent !== 'conversation');
    return listed && !isPiece && first.fit >= NEAR_FOR_OFFER ? offer(found) : null;
  };
}

function least(isDoing: boolean, intent: Intent, id: string): number {
  if (intent === 'key-moments' && LIFE.has(id)) return NEAR;
  if (isDoing) return NEAR_FOR_DOING;
  return SHOWS.has(intent) || DOING.has(intent) ? NEAR_FOR_SHOWN : NEAR;
}

/** A phrase of ours that opens something; longer ones among the examples tell of a situation. */
function isCommand(words: readonly string[], intent: Intent, confidence: number): boolean {
  if (confidence < 1) return false;
  return (DOING.has(intent) && !isQuestion(words)) || (SHOWS.has(intent) && words.length <= COMMAND_WORDS);
}

/** It asks, at some length and without a date: "hoe houd ik haar betrokken", and not "Jan gaat 1 mei met pensioen". */
function isQuestion(words: readonly string[]): boolean {
  if (
    words.length < QUESTION_WORDS ||
    words.some((word, at) => NUMBER.test(word) && MONTH.test(words[at + 1] ?? ''))
  )
    return false;
  return asks(words);
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

function says(words: readonly string[], phrases: readonly string[]): boolean {
  const text = ` ${words.join(' ')} `;
  return phrases.some((phrase) => text.includes(` ${phrase} `));
}

function offer(found: readonly Asked[]): Answered {
  const likely = found.filter(({ fit }) => fit >= STILL_LIKELY * (found[0]?.fit ?? 0)).slice(0, MOST_OFFERED);
  const [only, ...others] = likely.map(({ id }) => ({ answer: id }));
  if (only === undefined) return null;
  return others.length === 0 ? { landing: only } : { offered: [only, ...others] };
}

function nearer(one: readonly Asked[], other: readonly Asked[]): readonly Asked[] {
  return (other[0]?.fit ?? 0) > (one[0]?.fit ?? 0) ? other : one;
}
