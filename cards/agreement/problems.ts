import { format, type Lang, type Messages, messagesFor } from '../content/words.js';
import { escapeValues } from '../plain.js';

export type ProblemId = keyof Messages['agreement']['problem'];
/** A validation error of a field: the id of its message, with the values for its placeholders. */
export type Problem = { readonly id: ProblemId; readonly values?: Readonly<Record<string, string | number>> };
/** The validation error of each field by its name. */
export type Problems = Readonly<Record<string, Problem | undefined>>;

/** The message under a field, escaped; empty for no error. */
export function problemText(lang: Lang, problem: Problem | undefined): string {
  if (problem === undefined) return '';
  return format(lang, messagesFor(lang).agreement.problem[problem.id], escapeValues(problem.values));
}

/** The summary above a form with validation errors; empty for none. */
export function problemsLine(lang: Lang, problems: Problems): string {
  const any = Object.values(problems).some((problem) => problem !== undefined);
  return any ? messagesFor(lang).agreement.problemsTitle : '';
}
