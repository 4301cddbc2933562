import * as chrono from 'chrono-node';
import type { Lang } from '../../../cards/content/words.js';
import { addDays, type Day, isDay } from '../../domain/calendar.js';

const PARSERS = { nl: chrono.nl, en: chrono.en.GB } as const;
const MIDDAY_HOUR = 12;
const DAYS_IN_WEEK = 7;
/** A bound on the work: the parser goes over a text many times. */
const MOST_LETTERS = 1_000;
const LONGEST_MONTH = 12;

/**
 * The stretch that a text names, or the one day of which it speaks. `until` is the first day after it: of "tot en met
 * 15 maart" the 16th, of "tot 15 maart" the 15th. `last` is the last day as it was said.
 */
export type SaidDays = { readonly from: Day | null; readonly until: Day | null; readonly last: Day | null };
const NO_DAYS: SaidDays = { from: null, until: null, last: null };

/** Parts of patterns: what stands around a day in a language and says what it is. */
type Signs = {
  /** So short that they are other words too: "zo", "sat". */
  readonly shortWeekdays: string;
  /** Before one of these it is a weekday. */
  readonly weekdayFollows: string;
  readonly months: string;
  readonly every: string;
  /** What the parser takes for today and people say of anything. */
  readonly now: string;
  readonly through: string;
  readonly to: string;
  readonly since: string;
  /** Before or behind the day on which somebody is there again. */
  readonly back: string;
};
const SIGNS: Readonly<Record<Lang, Signs>> = {
  nl: {
    shortWeekdays: 'ma|di|wo|do|vr|za|zo|maa|din|woe|dond?|vrij|zat|zon',
    weekdayFollows: 'op|volgende|komende|aanstaande|a\\.?s\\.?',
    months: '(?:jan|feb|maa?rt|mrt|apr|mei|jun|jul|aug|sep|okt|nov|dec)\\p{L}*',
    every: 'elke?|iedere?',
    now: 'nu|nou|zojuist',
    through: 't/m|t\\.?e\\.?m\\.?|tot (?:en|&) met',
    to: 'tot aan|tot',
    since: 'sinds|sedert',
    back: 'terug|weer',
  },
  en: {
    shortWeekdays: 'mon|tues?|weds?|thu(?:rs?)?|fri|sat|sun',
    weekdayFollows: 'on|next|this|coming',
    months: '(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)\\p{L}*',
    every: 'every|each',
    now: 'now',
    through: 'through|thru|(?:up )?to and including|until and including',
    to: 'until|till?|up to|to',
    since: 'since',
    back: 'back|returns?|returning',
  },
};
/** What a word before a day becomes, so that the parser makes no stretch of two days by itself. */
const THROUGH = '≤';
const TO = '<';
const NO_WORD = '·';

type Found = {
  readonly day: Day;
  /** How much of it was said. */
  readonly said: 'weekday' | 'day' | 'year';
  readonly role: 'from' | 'until' | 'last';
  /** Where it stands. */
  readonly at: number;
  readonly end: number;
};

/**
 * Reads the days in a text, seen from `today`: "op 1 maart", "volgende week dinsdag", "van 3 mei tot 1 september". What
 * names no day (a year alone, "elke drie weken") brings none, and of days that do not fit together only what is sure:
 * a form asks for the rest.
 */
export function daysSaid(text: string, lang: Lang, today: Day): SaidDays {
  const said = readable(text, lang);
  const reference = new Date(`${today}T${MIDDAY_HOUR}:00:00`);
  const found = PARSERS[lang]
    .parse(said, reference, { forwardDate: true })
    .flatMap((one) => foundIn(one, said, SIGNS[lang]));
  const from = found.find(({ role }) => role === 'from');
  const end = found.find(({ role }) => role !== 'from');
  if (end === undefined) return { ...NO_DAYS, from: from === undefined ? null : sureDay(from, found, said) };
  return stretch(from, end);
}

/**
 * The first day in a text about what has been: "vorige week dinsdag", "24 november", "dinsdag" for the last one there was.
 * Null where it names none, or one that is still to come.
 */
export function pastDaySaid(text: string, lang: Lang, today: Day): Day | null {
  const said = readable(text, lang);
  const reference = new Date(`${today}T${MIDDAY_HOUR}:00:00`);
  const [first] = PARSERS[lang].parse(said, reference).flatMap((one) => foundIn(one, said, SIGNS[lang]));
  if (first === undefined) return null;
  if (first.day <= today) return first.day;
  if (first.said === 'weekday') return addDays(first.day, -DAYS_IN_WEEK);
  const yearBefore = `${Number(first.day.slice(0, 4)) - 1}${first.day.slice(4)}`;
  return first.said === 'day' && isDay(yearBefore) ? yearBefore : null;
}

/** "Vrijdag over een week" is one day that the parser reads as two: then neither is meant. */
function sureDay(one: Found, found: readonly Found[], said: string): Day | null {
  const next = found[found.indexOf(one) + 1];
  const isTied = next !== undefined && said.slice(one.end, next.at).trim() === '' && next.day !== one.day;
  return isTied ? null : one.day;
}

function stretch(from: Found | undefined, end: Found): SaidDays {
  const ending = (day: Day) => ({ until: end.role === 'last' ? addDays(day, 1) : day, last: day });
  if (from === undefined) return { from: null, ...ending(end.day) };
  if (end.said === 'year' && from.said === 'day') {
    const year = Number(end.day.slice(0, 4));
    const first = [year, year - 1]
      .map((one) => `${one}${from.day.slice(4)}`)
      .find((day) => isDay(day) && day < end.day);
    return { from: first ?? null, ...ending(end.day) };
  }
  if (end.day > from.day) return { from: from.day, ...ending(end.day) };
  if (end.said === 'weekday') {
    const day = addDays(end.day, DAYS_IN_WEEK);
    return day > from.day ? { from: from.day, ...ending(day) } : { ...NO_DAYS, from: from.day };
  }
  // "Van 1 december tot 1 maart" may have begun last year: neither is sure that does not say its year.
  return { ...NO_DAYS, from: from.said === 'year' ? from.day : null };
}

/** The text in one line, with what would be read as another day than is meant written otherwise. */
function readable(text: string, lang: Lang): string {
  const signs = SIGNS[lang];
  const { months, every, now, through, to } = signs;
  // Looked for at each dash and not at each letter, where it would read back over all that stands before.
  const isMonth = new RegExp(`${months}$`, 'iu');
  const folded = text.slice(0, MOST_LETTERS).replace(/\s+/gu, ' ');
  // The British parser reads "March 15" as March of 2015.
  const line =
    lang === 'nl'
      ? folded
      : folded.replace(
          words(`(${months}) (\\d{1,2})(?:st|nd|rd|th)?(?:,? (\\d{4}))?`),
          (_all, month: string, day: string, year?: string) => [day, month, year ?? ''].join(' ').trim(),
        );
  const stretched = line.replace(
    words(
      `(\\d{1,2})(?:e|\\.|st|nd|rd|th)? ?(${through}|${to}|[-–—]) ?(?:the )?(\\d{1,2})(?:e|\\.|st|nd|rd|th)?(?: of)? (${months}(?: \\d{4})?)`,
    ),
    '$1 $4 $2 $3 $4',
  );
  return withoutShortWeekdays(stretched, signs)
    .replace(words(`(?:${every}) \\p{L}+`), NO_WORD)
    .replace(words(`(?:${now})`), NO_WORD)
    .replace(words(`(?:${through})`), THROUGH)
    .replace(words(`(?:${to})`), TO)
    .replace(/ [-–—] /g, ` ${THROUGH} `)
    .replace(/ ?[-–—] ?(?=\d)/gu, (dash, at: number, all: string) =>
      isMonth.test(all.slice(Math.max(0, at - LONGEST_MONTH), at)) ? ` ${THROUGH} ` : dash,
    );
}

function withoutShortWeekdays(text: string, { shortWeekdays, weekdayFollows }: Signs): string {
  const before = new RegExp(`(?:^|[^\\p{L}])(?:${weekdayFollows}) $`, 'iu');
  const short = new RegExp(`(?<![\\p{L}\\p{M}\\p{N}'’])(?:${shortWeekdays})(?![\\p{L}\\p{M}\\p{N}])`, 'giu');
  return text.replace(short, (word, at: number) => {
    const after = text.slice(at + word.length);
    // "Op zo’n dag" names no Sunday.
    const follows = before.test(text.slice(0, at)) && !/^['’]/.test(after);
    return follows || /^\.? \d/.test(after) ? word : NO_WORD;
  });
}

function foundIn({ index, text, start }: chrono.ParsedResult, said: string, { since, back }: Signs): Found[] {
  if (!start.isCertain('day') && !start.isCertain('weekday')) return [];
  const day = dayOf(start);
  const before = said.slice(0, index);
  const after = said.slice(index + text.length);
  // How long something goes on already says nothing of what is to come.
  if (!isDay(day) || endsWith(before, since)) return [];
  const isBack = endsWith(before, `(?:${back})(?: op| vanaf| per| on| from)?`) || startsWith(after, back);
  const role = before.trimEnd().endsWith(THROUGH)
    ? 'last'
    : isBack || before.trimEnd().endsWith(TO)
      ? 'until'
      : 'from';
  const found = start.isCertain('year') ? 'year' : start.isCertain('day') ? 'day' : 'weekday';
  return [{ day, said: found, role, at: index, end: index + text.length }];
}

function endsWith(text: string, part: string): boolean {
  return new RegExp(`(?:^|[^\\p{L}])(?:${part}) ?$`, 'iu').test(text);
}

function startsWith(text: string, part: string): boolean {
  return new RegExp(`^ ?(?:${part})(?:[^\\p{L}]|$)`, 'iu').test(text);
}

/** Whole words; what an apostrophe ties to them is part of them. */
function words(part: string): RegExp {
  return new RegExp(`(?<![\\p{L}\\p{M}\\p{N}'’])${part}(?![\\p{L}\\p{M}\\p{N}'’])`, 'giu');
}

function dayOf(found: chrono.ParsedComponents): Day {
  const two = (value: number | null) => String(value ?? 1).padStart(2, '0');
  return `${found.get('year')}-${two(found.get('month'))}-${two(found.get('day'))}`;
}
