import { format, type Lang, messagesFor } from '../content/words.js';

/** Somebody on the coffee list, as a card shows them. Days are `YYYY-MM-DD`. */
export type CoffeeView = {
  readonly id: string;
  readonly version: number;
  readonly name: string;
  readonly rhythm: string;
  readonly lastDay: string | null;
  readonly nextDay: string;
  /** Counts the coffees: which opening questions are next. */
  readonly coffees: number;
  /** The day of the newest reminder that did not arrive. */
  readonly undeliveredOccasion?: string | null | undefined;
};

/** What undoing a coffee carries: how it was before. `page` of the list that it was said on, if any. */
export type CoffeeUndo = {
  readonly id: string;
  readonly version: number;
  readonly was: { readonly lastDay: string; readonly nextDay: string; readonly coffees: number };
  readonly page: number | undefined;
};

const AT_ONCE = 3;

/** Three opening questions; the ones of the next coffee are none of these. */
export function questionsFor(lang: Lang, coffees: number): readonly string[] {
  const { questions } = messagesFor(lang).coffee;
  return Array.from(
    { length: AT_ONCE },
    (_, at) => questions[(coffees * AT_ONCE + at) % questions.length] ?? '',
  );
}

export function lastLine(lang: Lang, day: string | null, shown: (day: string) => string): string {
  const { coffee: words } = messagesFor(lang);
  return day === null ? words.never : format(lang, words.last, { day: shown(day) });
}
