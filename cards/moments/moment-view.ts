import type { MomentKind } from '../content/moment-kinds.js';
import { format, type Lang, type Messages, messagesFor } from '../content/words.js';
import { longDay } from '../dates.js';

/** What an employee asked of a moment, and the answer. Days are `YYYY-MM-DD`, instants ISO 8601. */
export type RequestView = {
  readonly askedAt: string;
  readonly by: string;
  readonly answeredAt: string | null;
  readonly kept: keyof Messages['removal']['why'] | null;
  readonly what: 'remove' | 'dates';
  readonly from: string | null;
  readonly until: string | null;
};

/** A moment as a card shows it. Days are `YYYY-MM-DD`. */
export type MomentView = {
  readonly id: string;
  readonly version: number;
  readonly memberName: string;
  readonly kind: MomentKind;
  readonly from: string;
  readonly until: string | null;
  readonly contact: boolean;
  /** What the employee asked of it, if anything. */
  readonly request?: (RequestView & { readonly employee: string }) | null;
  /** The day of the next reminder, null when none is left. */
  readonly nextDay: string | null;
  /** The day of the newest reminder that did not arrive. */
  readonly undeliveredDay?: string | null;
};

/** Of a leave `until` is the first day back, of extra attention the last day itself. */
export type MomentDays = Pick<MomentView, 'kind' | 'from' | 'until'>;

/** `On Monday 1 March 2027`, or from when to when. */
export function whenLine(lang: Lang, { kind, from, until }: MomentDays): string {
  const { moments: words } = messagesFor(lang);
  const days = { from: longDay(lang, from), until: longDay(lang, until ?? from) };
  if (until === null) return format(lang, words.when, days);
  return format(lang, kind === 'extra' ? words.whenUntilLast : words.whenUntil, days);
}

export function nextLine(lang: Lang, { nextDay }: Pick<MomentView, 'nextDay'>): string {
  const { moments: words } = messagesFor(lang);
  return nextDay === null ? words.noneLeft : format(lang, words.next, { day: longDay(lang, nextDay) });
}

/** That the newest reminder did not arrive; empty when it did. */
export function undeliveredLine(lang: Lang, { undeliveredDay }: Pick<MomentView, 'undeliveredDay'>): string {
  if (undeliveredDay === null || undeliveredDay === undefined) return '';
  return format(lang, messagesFor(lang).moments.undelivered, { day: longDay(lang, undeliveredDay) });
}

/** A moment of which an employee waits for an answer; null where nobody does. */
export function askedIn(
  moment: MomentView,
): (MomentView & { readonly request: RequestView & { readonly employee: string } }) | null {
  const { request } = moment;
  return request == null || request.answeredAt !== null ? null : { ...moment, request };
}
