import { LANGS, type Lang } from '../../cards/content/words.js';
import { createDanger, type Danger } from './danger/danger.js';
import { createFollowUps, type FollowUp } from './follow-ups.js';
import { createAnswerSearch } from './intents/answer-search.js';
import { createAnswering } from './intents/answering.js';
import { createContentSearch } from './intents/content-search.js';
import { lazy } from './lazy.js';
import { createScreen, type Screen } from './screening/field-screening.js';
import { createUnderstanding, type Understood } from './understand.js';

/**
 * All that is made of words: whether they show danger, what they ask for, and whether they may be put on record. Pure
 * functions of the content of this version.
 */
export type Nlu = {
  /** Whether a text points to danger, how surely and of which kind. */
  readonly judgeDanger: (text: string) => Danger;
  /** What a text asks for. It does not look for danger: ask `judgeDanger` before. `asHr`: HR asks. */
  readonly understand: (text: string, asHr?: boolean) => Understood;
  /** What a text asks that means nothing without what came before it; null for all else. */
  readonly followUp: (text: string) => FollowUp | null;
  readonly screen: Screen;
  /**
   * Loads what is not loaded yet, so that the first message need not wait for it: danger first, in steps, so that messages
   * that come in meanwhile are answered between two of them.
   */
  readonly warmUp: readonly (() => unknown)[];
};

/** Clearly of one language, and no example: an example is recognised without loading anything. */
export const ANY_QUESTION: Readonly<Record<Lang, string>> = {
  nl: 'wanneer begint dat eigenlijk voor iedereen die er werkt',
  en: 'whenever does that actually begin for everybody who works there',
};

const NOTHING_DECIDED = { intent: 'unknown', confidence: 0, also: [] } as const;

/**
 * Made once for each process and handed in, since learning takes about a second of the processor. It is put off until
 * the first words, or until `warmUp`: a bot that listens at once is ready sooner.
 */
export function createNlu(): Nlu {
  const judgeDanger = lazy(() => createDanger());
  // Danger is looked for before anything is understood, and in more than what is understood.
  const answers = { nl: lazy(() => createAnswerSearch('nl')), en: lazy(() => createAnswerSearch('en')) };
  const find = lazy(createContentSearch);
  const understand = lazy(() => createUnderstanding(null, createAnswering(answers), find));
  const followUp = lazy(createFollowUps);
  const screen = lazy(createScreen);
  return {
    judgeDanger,
    understand,
    followUp,
    screen,
    warmUp: [
      () => judgeDanger(''),
      // What both languages share first, and then each part of each: the shorter a step, the sooner somebody is answered.
      () => understand(''),
      ...LANGS.flatMap((lang) => [
        () => find([], lang, NOTHING_DECIDED),
        () => answers[lang]([]),
        () => understand(ANY_QUESTION[lang]),
      ]),
      () => followUp(''),
      () => screen(''),
    ],
  };
}
