type HalfDay = 'am' | 'pm';

/**
 * How clients write the half of a day, without dots and blanks, as Unicode's CLDR has or had it for the languages of
 * the workforce. Asking `Intl` was rejected: what it says differs from one Node to the next, and Teams has another.
 */
const SIGNS: Readonly<Record<HalfDay, ReadonlySet<string>>> = {
  am: new Set(
    'am a vm vorm öö ص صباحا قظ дп ap fm πμ de dop 上午 午前 오전 sa pg gh ጥዋት ቅቀ bn पूर्वाह्न'.split(' '),
  ),
  pm: new Set(
    'pm p nm nachm ös م مساء بظ пп ip em μμ du odp 下午 午後 오후 ch ptg gd ከሰዓት ድቀ pn अपराह्न'.split(' '),
  ),
};
const HOURS_IN_HALF_DAY = 12;

const TWENTY_FOUR = /^([01]?\d|2[0-3])[:.]([0-5]\d)(?:[:.][0-5]\d(?:[.,]\d{1,9})?)?$/;
const TWELVE =
  /^(?<before>\D*?)\s*(?<hour>0?[1-9]|1[0-2])[:.](?<minute>[0-5]\d)(?:[:.][0-5]\d)?\s*(?<after>\D*)$/u;

/**
 * A time of day as clients send it, as `HH:mm`: of 24 hours, or of 12 with the sign of its half ("05:30 PM", "3:00 p.m.",
 * "오후 3:00"). Null for anything else: a time of which the half is unknown is no time.
 */
export function readClockTime(text: string): string | null {
  const trimmed = text.normalize('NFKC').trim();
  const [, hours, minutes] = TWENTY_FOUR.exec(trimmed) ?? [];
  if (hours !== undefined && minutes !== undefined) return `${hours.padStart(2, '0')}:${minutes}`;
  const { before = '', hour, minute, after = '' } = TWELVE.exec(trimmed)?.groups ?? {};
  const half = halfDayOf(before + after);
  if (hour === undefined || minute === undefined || half === null) return null;
  const inHalf = Number(hour) % HOURS_IN_HALF_DAY;
  return `${String(half === 'pm' ? inHalf + HOURS_IN_HALF_DAY : inHalf).padStart(2, '0')}:${minute}`;
}

function halfDayOf(sign: string): HalfDay | null {
  const folded = sign.replace(/[\s.·]/gu, '').toLocaleLowerCase('en');
  return SIGNS.am.has(folded) ? 'am' : SIGNS.pm.has(folded) ? 'pm' : null;
}
