import { format, type Lang, type Messages, messagesFor } from '../content/words.js';
import { escapeValues } from '../plain.js';

export type ProblemId = keyof Messages['agreement']['problem'];
/** What is wrong with a field: an id of the words, with the values that it names. */
export type Problem = { readonly id: ProblemId; readonly values?: Readonly<Record<string, string | number>> };
/** Per field of the form what is wrong with it, if anything. */
export type Problems = Readonly<Record<string, Problem | undefined>>;

/** What is wrong, to stand under its field; empty when nothing is. */
export function problemText(lang: Lang, problem: Problem | undefined): string {
  if (problem === undefined) return '';
  return format(lang, messagesFor(lang).agreement.problem[problem.id], escapeValues(problem.values));
}

/** The line above a form that came back; empty when nothing is wrong. */
export function problemsLine(lang: Lang, problems: Problems): string {
  const any = Object.values(problems).some((problem) => problem !== undefined);
  return any ? messagesFor(lang).agreement.problemsTitle : '';
}
