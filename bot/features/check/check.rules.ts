/** A question of the short checklist: the answer that leads to a piece of knowledge, and which one. */
export type Question = { readonly leads: string; readonly when: string };

const ANSWERS = { y: 'yes', n: 'no' } as const;

/**
 * The pieces that the answers lead to, in the order of the questions, each once: one begins with the first.
 * Source: HAN, Blijven werken met psychische klachten, short checklist for managers.
 */
export function piecesFor(questions: readonly Question[], answers: string): readonly string[] {
  const led = questions.filter(({ when }, at) => ANSWERS[answers[at] as 'y' | 'n'] === when);
  return [...new Set(led.map(({ leads }) => leads))];
}
