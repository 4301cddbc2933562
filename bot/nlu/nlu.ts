import { createDanger, type Danger } from './danger/danger.js';
import { createFollowUps, type FollowUp } from './follow-ups.js';
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
  /** Learns what is not learned yet, so that the first words need not wait for it. */
  warmUp(): void;
};

/**
 * Made once for each process and handed in, since learning takes about a second of the processor. It is put off until
 * the first words, or until `warmUp`: a bot that listens at once is ready sooner, and a job needs none of it.
 */
export function createNlu(): Nlu {
  const judgeDanger = lazy(() => createDanger());
  // Danger is looked for before anything is understood, and in more than what is understood.
  const understand = lazy(() => createUnderstanding(null));
  const followUp = lazy(createFollowUps);
  const screen = lazy(createScreen);
  return {
    judgeDanger,
    understand,
    followUp,
    screen,
    warmUp() {
      judgeDanger('');
      understand('');
      followUp('');
      screen('');
    },
  };
}

/** The same function, made when it is called for the first time. */
export function lazy<More extends readonly unknown[], Answer>(
  make: () => (text: string, ...more: More) => Answer,
): (text: string, ...more: More) => Answer {
  let made: ((text: string, ...more: More) => Answer) | null = null;
  return (text, ...more) => {
    made ??= make();
    return made(text, ...more);
  };
}
