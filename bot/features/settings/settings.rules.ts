import type { SettingsTyped } from '../../../cards/actions.js';
import { OFF, ON, readChoice, readChoices, readSwitch } from '../../../cards/choices.js';
import { MONTHLY_KINDS } from '../../../cards/content/monthly-kinds.js';
import type { Messages } from '../../../cards/content/words.js';
import { SETTINGS_SWITCHES, type SettingsField, zoneTitle } from '../../../cards/settings/settings.card.js';
import { addDays, DAYS_IN_A_YEAR, type Day, isDay } from '../../domain/calendar.js';
import { readClockTime } from '../../domain/clock-time.js';
import type { Person } from '../../domain/person.js';
import { OFF_KINDS } from '../../domain/person.js';

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
const EVERY_KIND = [...OFF_KINDS, ...MONTHLY_KINDS] as const;
type Kind = (typeof EVERY_KIND)[number];

const dayTitles = ({ settings }: Messages) => settings.days;
const languageTitles = ({ settings }: Messages) => settings.languages;
const kindTitles = ({ settings, monthly }: Messages): Readonly<Record<Kind, string>> => ({
  ...settings.kinds,
  ...monthly.kinds,
});

/** What the form has to choose from, where the organisation's own zone may be another. */
export function zonesWith(zone: string): readonly string[] {
  return ZONES.includes(zone) ? ZONES : [zone, ...ZONES];
}

/**
 * What was typed as it is to be kept, or which fields are wrong. A choice that is not understood is wrong, never taken
 * for what is usual; a switch that did not come along stays as it is in `current`.
 */
export function readSettings(
  typed: SettingsTyped,
  current: Settings | null,
  { zone, today }: { readonly zone: string; readonly today: Day },
): { readonly settings: Settings } | { readonly wrong: readonly SettingsField[] } {
  const time = readClockTime(typed.time);
  const days = readChoices(typed.days, dayTitles) ?? [];
  const chosenZone = zonesWith(zone).find((one) => one === typed.zone || zoneTitle(one) === typed.zone);
  const language = readChoice(typed.language, languageTitles);
  const until = typed.until.trim();
  const untilRight =
    until === '' || (isDay(until) && until > today && until <= addDays(today, DAYS_IN_A_YEAR));
  const kinds = readKinds(typed, current);
  const wrong: SettingsField[] = [];
  if (time === null) wrong.push('time');
  if (days.length === 0) wrong.push('days');
  if (chosenZone === undefined) wrong.push('zone');
  if (language === null) wrong.push('language');
  if (!untilRight) wrong.push('until');
  if (kinds === null) wrong.push('kinds');
  if (kinds === null || wrong.length > 0) return { wrong };
  return {
    settings: {
      time,
      days: days.map(Number).sort(),
      zone: chosenZone ?? null,
      language: language === 'nl' || language === 'en' ? language : null,
      pausedUntil: until === '' ? null : until,
      off: OFF_KINDS.filter((kind) => !kinds.includes(kind)),
      monthly: MONTHLY_KINDS.filter((kind) => kinds.includes(kind)),
    },
  };
}

/** What is switched on; null where a card of before there were switches sends a list that says nothing for sure. */
function readKinds(typed: SettingsTyped, current: Settings | null): readonly Kind[] | null {
  const switched = EVERY_KIND.map((kind) => readSwitch(typed[SETTINGS_SWITCHES[kind]]));
  if (switched.some((one) => one !== null)) {
    const before = kindsOf(current);
    return EVERY_KIND.filter((kind, at) => switched[at] ?? before.includes(kind));
  }
  // Of such a list some clients send nothing at all when everything in it is off.
  return typed.kinds.trim() === '' ? null : readChoices(typed.kinds, kindTitles);
}

function kindsOf(settings: Settings | null): readonly Kind[] {
  const off = settings?.off ?? [];
  return [...OFF_KINDS.filter((kind) => !off.includes(kind)), ...(settings?.monthly ?? [])];
}

/** What somebody chose, as the form shows it; the default where they never chose. */
export function asTyped(person: Settings | null, zone: string, today: Day): SettingsTyped {
  const until = person?.pausedUntil ?? '';
  const kinds = kindsOf(person);
  const isOn = (kind: Kind) => (kinds.includes(kind) ? ON : OFF);
  return {
    time: person?.time ?? '09:00',
    days: (person?.days ?? [1, 2, 3, 4, 5]).join(','),
    zone: person?.zone ?? zone,
    language: person?.language ?? 'auto',
    until: until > today ? until : '',
    kinds: '',
    coffee: isOn('coffee'),
    landed: isOn('landed'),
    selfLook: isOn('self-look'),
    teamSubject: isOn('team-subject'),
  };
}

/** Whether two say the same, whatever else is kept of the person. */
export function sameSettings(one: Settings, other: Settings): boolean {
  const facts = ({ time, days, zone, language, pausedUntil, off, monthly }: Settings) =>
    JSON.stringify([time, days, zone, language, pausedUntil, off, monthly]);
  return facts(one) === facts(other);
}
