import { z } from 'zod';
import type { Instant } from './calendar.js';

export const nightRunSchema = z.object({
  /** When it began and when it was done by the clock of who did it, instants; null while it goes on, or where it broke off. */
  startedAt: z.string(),
  doneAt: z.string().nullable().default(null),
  instance: z.string(),
});

/** The last run of a job that is done once a night, by whichever instance. */
export type NightRun = z.infer<typeof nightRunSchema>;

/**
 * A run that began longer ago than this and is not done broke off: it is begun anew. Doing it twice does no harm, only
 * the largest may take hours.
 */
const BROKEN_OFF_MS = 6 * 60 * 60_000;
/** Clocks of two instances differ by no more. What lies further ahead was written by a clock that was wrong. */
const CLOCKS_DIFFER_MS = 5 * 60_000;

/** `begin`: it has not run since the night of `due`. `wait`: somebody is at it. `done`: it has run. */
export type NightStep = 'begin' | 'wait' | 'done';

/** What is to be done about a job of the night that was last due at `due`. */
export function nightStep(last: NightRun | null, due: Instant, now: Instant): NightStep {
  if (last === null) return 'begin';
  const isPast = (instant: string) => Date.parse(instant) - Date.parse(now) <= CLOCKS_DIFFER_MS;
  if (last.doneAt !== null) return last.doneAt >= due && isPast(last.doneAt) ? 'done' : 'begin';
  const isUnderWay = isPast(last.startedAt) && Date.parse(now) - Date.parse(last.startedAt) < BROKEN_OFF_MS;
  return isUnderWay ? 'wait' : 'begin';
}
