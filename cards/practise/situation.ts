import type { Situation } from '../actions.js';
import { type Lang, type Messages, messagesFor } from '../content/words.js';

export type SituationWords = Messages['practise']['situations'][number];

/** What is said in one situation, line by line. */
export function situationWords(lang: Lang, situation: Situation): SituationWords {
  const found = messagesFor(lang).practise.situations.find(({ id }) => id === situation);
  if (found === undefined) throw new RangeError(`no words for situation ${situation}`);
  return found;
}
