import { type Lang, LOCALES } from './content/words.js';

/** Making one costs more than many dates: by language and options. */
const formats = new Map<string, Intl.DateTimeFormat>();
/** Days that were written, by language, form and day: in one morning the same few are written for thousands of people. */
const written = new Map<string, string>();
const MOST_WRITTEN = 1_000;

/** A day (`YYYY-MM-DD`) as people say it: `dinsdag 12 januari 2027`. */
export function longDay(lang: Lang, day: string): string {
  return format(lang, day, { weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' });
}

/** A day in a list: `di 12 jan 2027`. */
export function shortDay(lang: Lang, day: string): string {
  return format(lang, day, { weekday: 'short', day: 'numeric', month: 'short', year: 'numeric' });
}

/** A month (`YYYY-MM`) in a list: `jan 2027`. */
export function shortMonth(lang: Lang, month: string): string {
  return format(lang, `${month}-01`, { month: 'short', year: 'numeric' });
}

function format(lang: Lang, day: string, options: Intl.DateTimeFormatOptions): string {
  const id = `${lang}|${options.weekday}`;
  const known = written.get(`${id}|${day}`);
  if (known !== undefined) return known;
  let found = formats.get(id);
  if (found === undefined) {
    // A day has no time zone: parsed and formatted in UTC, so that no offset can move it.
    found = new Intl.DateTimeFormat(LOCALES[lang], { ...options, timeZone: 'UTC' });
    formats.set(id, found);
  }
  const text = found.format(new Date(`${day}T00:00:00Z`));
  // Days go by: those of now are soon in it again.
  if (written.size >= MOST_WRITTEN) written.clear();
  written.set(`${id}|${day}`, text);
  return text;
}
