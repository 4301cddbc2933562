import type { SettingsTyped } from '../../../cards/actions.js';
import { MONTHLY_KINDS } from '../../../cards/content/monthly-kinds.js';
import type { SettingsField } from '../../../cards/settings/settings.card.js';
import { addDays, DAYS_IN_A_YEAR, type Day, isDay } from '../../calendar.js';
import type { Person } from '../../store/people.js';

/** What somebody can set, as it is kept. */
export type Settings = Pick<
  Person,
  'time' | 'days' | 'zone' | 'language' | 'pausedUntil' | 'off' | 'monthly'
>;

/** Where people of Dutch organisations work: Europe, and the Kingdom and Suriname overseas. */
const OVERSEAS = ['America/Aruba', 'America/Curacao', 'America/Kralendijk', 'America/Lower_Princes'];
export const ZONES: readonly string[] = [
  ...Intl.supportedValuesOf('timeZone').filter((zone) => zone.startsWith('Europe/')),
  ...OVERSEAS,
  'America/Paramaribo',
];
/** What comes unless it is switched off; what comes once a month only comes to who asks for it. */
const KINDS = ['coffee', 'landed'] as const;

/** What was typed as it is to be kept, or which fields are wrong. A zone or language that is no choice is none. */
export function readSettings(
  typed: SettingsTyped,
  today: Day,
): { readonly settings: Settings } | { readonly wrong: readonly SettingsField[] } {
  const days = [...new Set(typed.days.split(',').filter((day) => /^[1-7]$/.test(day)))].map(Number).sort();
  const time = /^([01]\d|2[0-3]):[0-5]\d/.exec(typed.time)?.[0] ?? null;
  const until = typed.until.trim();
  const untilRight =
    until === '' || (isDay(until) && until > today && until <= addDays(today, DAYS_IN_A_YEAR));
  const wrong: SettingsField[] = [];
  if (time === null) wrong.push('time');
  if (days.length === 0) wrong.push('days');
  if (!untilRight) wrong.push('until');
  if (wrong.length > 0) return { wrong };
  const wanted = typed.kinds.split(',');
  return {
    settings: {
      time,
      days,
      zone: ZONES.includes(typed.zone) ? typed.zone : null,
      language: typed.language === 'nl' || typed.language === 'en' ? typed.language : null,
      pausedUntil: until === '' ? null : until,
      off: KINDS.filter((kind) => !wanted.includes(kind)),
      monthly: MONTHLY_KINDS.filter((kind) => wanted.includes(kind)),
    },
  };
}

/** What somebody chose, as the form shows it; what they never chose as what is usual. */
export function asTyped(person: Settings | null, zone: string, today: Day): SettingsTyped {
  const off = person?.off ?? [];
  const until = person?.pausedUntil ?? '';
  return {
    time: person?.time ?? '09:00',
    days: (person?.days ?? [1, 2, 3, 4, 5]).join(','),
    zone: person?.zone ?? zone,
    language: person?.language ?? 'auto',
    until: until > today ? until : '',
    kinds: [...KINDS.filter((kind) => !off.includes(kind)), ...(person?.monthly ?? [])].join(','),
  };
}
