import { LAST_WEEK } from '../../../cards/actions.js';

/** "week 6", "in wk 42", "6e week", "the 6th week": the week of an absence that a text names. */
const SAID =
  /(?<![\p{L}\p{N}])(?:(?<!(?:volgende|deze|vorige|elke|per|next|this|last|every)\s)(?:week|wk)\s*(\d{1,3})|(\d{1,3})\s?(?:e|de|ste|st|nd|rd|th)\s+week)(?![\p{L}\p{N}])/iu;
const MOST_LETTERS = 500;

const ALONE = /^\s*(?:week|wk)\s*\d{1,3}\s*[?.!]*\s*$/iu;

/** Whether a text is a week and nothing else: then it is one of an absence. */
export function isWeekAlone(text: string): boolean {
  return text.length <= MOST_LETTERS && ALONE.test(text);
}

/** The week that a text names; null where it names none, or one of which there is nothing to say. */
export function weekSaid(text: string): number | null {
  const [, after, before] = SAID.exec(text.slice(0, MOST_LETTERS)) ?? [];
  const week = Number(after ?? before ?? 0);
  return week >= 1 && week <= LAST_WEEK ? week : null;
}
