import type { MomentKind } from '../content/moment-kinds.js';
import { fill, type Lang, wordsIn } from '../content/words.js';
import { longDay } from '../dates.js';

/** A moment as a card shows it. Days are `YYYY-MM-DD`. */
export type MomentView = {
  readonly id: string;
  readonly version: number;
  readonly memberName: string;
  readonly kind: MomentKind;
  readonly from: string;
  readonly until: string | null;
  readonly contact: boolean;
  /** The day of the next reminder, null when none is left. */
  readonly nextDay: string | null;
};

/** `On Monday 1 March 2027`, or from when to when. */
export function whenLine(lang: Lang, { from, until }: Pick<MomentView, 'from' | 'until'>): string {
  const { moments: words } = wordsIn(lang);
  const days = { from: longDay(lang, from), until: longDay(lang, until ?? from) };
  return fill(lang, until === null ? words.when : words.whenUntil, days);
}

export function nextLine(lang: Lang, { nextDay }: Pick<MomentView, 'nextDay'>): string {
  const { moments: words } = wordsIn(lang);
  return nextDay === null ? words.noneLeft : fill(lang, words.next, { day: longDay(lang, nextDay) });
}
