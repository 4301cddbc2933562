import * as chrono from 'chrono-node';
import type { Lang } from '../cards/content/words.js';
import type { Day } from './calendar.js';

const PARSERS = { nl: chrono.nl, en: chrono.en.GB } as const;
const MIDDAY_HOUR = 12;

/** The days that a text names, in their order; of a stretch its first and its last. */
export type SaidDays = { readonly from: Day | null; readonly until: Day | null };

/**
 * Reads the days in a text, seen from `today`: "op 1 maart", "volgende week dinsdag", "van 3 mei tot 1 september".
 * What names no day (a year alone, "elke drie weken") brings none: a form asks for it.
 */
export function daysSaid(text: string, lang: Lang, today: Day): SaidDays {
  const reference = new Date(`${today}T${MIDDAY_HOUR}:00:00`);
  const [first, second] = PARSERS[lang]
    .parse(text, reference, { forwardDate: true })
    .filter(({ start }) => start.isCertain('day') || start.isCertain('weekday'));
  if (first === undefined) return { from: null, until: null };
  const end = first.end ?? second?.start ?? null;
  return { from: dayOf(first.start), until: end === null ? null : dayOf(end) };
}

function dayOf(found: chrono.ParsedComponents): Day {
  const two = (value: number | null) => String(value ?? 1).padStart(2, '0');
  return `${found.get('year')}-${two(found.get('month'))}-${two(found.get('day'))}`;
}
