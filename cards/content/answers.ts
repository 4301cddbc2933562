import answers from './answers.json' with { type: 'json' };
import type { Audience } from './audiences.js';
import english from './en/answers.json' with { type: 'json' };
import dutch from './nl/answers.json' with { type: 'json' };
import type { Lang } from './words.js';

/** A direct answer, but for its words. */
export type Answer = {
  readonly id: string;
  /** For whom it is written, one or more, the first before all: the same question of a manager and of an employee has another answer. */
  readonly for: readonly Audience[];
  /** Id of a source in `sources.json`. */
  readonly source: string;
  /** What can be done at once: one of `DEEDS`. */
  readonly do: string;
  /** Ids of answers or pieces to read on, two at most. */
  readonly more: readonly string[];
};

export type AnswerWords = {
  /** The question as it was understood, so that a reader sees at once whether it is theirs. */
  readonly question: string;
  /** "Nee, want …", "Ja, als …" or the fact itself: what is read first and can stand alone. */
  readonly answer: string;
  readonly why: string;
  /** One thing to do or to say. */
  readonly now: string;
};

const ANSWERS: readonly Answer[] = answers as readonly Answer[];
const WORDS: Readonly<Record<Lang, Readonly<Record<string, AnswerWords>>>> = { nl: dutch, en: english };
const byId = new Map(ANSWERS.map((answer) => [answer.id, answer]));

export function allAnswers(): readonly Answer[] {
  return ANSWERS;
}

/** Null for an id that is not there: a card of before a change of content may still name it. */
export function findAnswer(id: string): Answer | null {
  return byId.get(id) ?? null;
}

/** Throws RangeError for an answer without words: the content check finds that before it is served. */
export function answerWords(lang: Lang, id: string): AnswerWords {
  const words = Object.hasOwn(WORDS[lang], id) ? WORDS[lang][id] : undefined;
  if (words === undefined) throw new RangeError(`no words for answer ${id}`);
  return words;
}
