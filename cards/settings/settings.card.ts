import { button, type SettingsTyped } from '../actions.js';
import { choicesOf, OFF, ON, titlesOf } from '../choices.js';
import { format, type Lang, messagesFor } from '../content/words.js';
import { longDay } from '../dates.js';
import { fold } from '../fold.js';
import { type Card, template } from '../render.js';
import json from './settings.template.json' with { type: 'json' };

export type SettingsField = 'time' | 'days' | 'zone' | 'language' | 'until' | 'kinds';
/** The field that switches each kind of message on or off. A list to tick would say nothing when all is off. */
export const SETTINGS_SWITCHES = {
  coffee: 'coffee',
  landed: 'landed',
  'self-look': 'selfLook',
  'team-subject': 'teamSubject',
} as const;
type Kind = keyof typeof SETTINGS_SWITCHES;
export type SettingsData = {
  readonly typed: SettingsTyped;
  /** IANA zones to choose from. */
  readonly zones: readonly string[];
  readonly wrong: readonly SettingsField[];
  readonly notice: string;
  /** What was not kept, and what is meanwhile, where they differ; null where all was kept. */
  readonly unsaved: { readonly why: string; readonly now: SettingsTyped | null } | null;
  /** The first and the last day that a pause may end on. */
  readonly from: string;
  readonly last: string;
  /** With the way to what HR fills in. */
  readonly forHr: boolean;
};

/** The id of the element that is collapsed at first, in the template. */
const MORE = 'more';
const fillTemplate = template<Record<string, unknown>>(json);

/** When somebody wants to hear from the bot, in which language and about what. */
export function settingsCard(lang: Lang, data: SettingsData): Card {
  const { settings: words, menu, monthly, hr } = messagesFor(lang);
  const { typed, wrong } = data;
  const problem = (field: SettingsField): string => (wrong.includes(field) ? words[`${field}Wrong`] : '');
  return fillTemplate(lang, words.title, {
    title: words.title,
    notice: data.notice,
    alert: data.unsaved?.why ?? '',
    nows: data.unsaved?.now == null ? [] : nowLines(lang, typed, data.unsaved.now).map((text) => ({ text })),
    intro: words.intro,
    timeLabel: words.timeLabel,
    time: typed.time,
    timeWrong: words.timeWrong,
    timeProblem: problem('time'),
    daysShort: format(lang, words.daysShort, {
      days: titlesOf(words.days, typed.days),
      zone: zoneTitle(typed.zone),
    }),
    more: [fold(words.daysMore, MORE)],
    isMore: wrong.includes('days') || wrong.includes('zone') || data.unsaved?.now != null,
    daysLabel: words.daysLabel,
    dayChoices: choicesOf(words.days),
    days: typed.days,
    daysWrong: words.daysWrong,
    daysProblem: problem('days'),
    zoneLabel: words.zoneLabel,
    zones: data.zones.map((zone) => ({ title: zoneTitle(zone), value: zone })),
    zone: typed.zone,
    zoneProblem: problem('zone'),
    languageLabel: words.languageLabel,
    languages: choicesOf(words.languages),
    language: typed.language,
    languageProblem: problem('language'),
    untilLabel: words.untilLabel,
    until: typed.until,
    untilError: words.untilWrong,
    untilProblem: problem('until'),
    from: data.from,
    last: data.last,
    kindsLabel: words.kindsLabel,
    switches: (Object.entries({ ...words.kinds, ...monthly.kinds }) as [Kind, string][]).map(
      ([kind, title]) => ({
        id: SETTINGS_SWITCHES[kind],
        title,
        on: ON,
        off: OFF,
        value: typed[SETTINGS_SWITCHES[kind]],
      }),
    ),
    kindsProblem: problem('kinds'),
    buttons: [
      button(lang, 'settings.save', words.save, {}),
      ...(data.forHr
        ? [button(lang, 'hr.show', hr.button, {}, { withoutInputs: true, secondary: true })]
        : []),
      button(lang, 'menu.show', menu.menu, {}, { withoutInputs: true, secondary: true }),
    ],
    promise: words.promise,
  });
}

/** How a zone is shown to choose. */
export function zoneTitle(zone: string): string {
  return zone.replaceAll('_', ' ');
}

/** A line for each field of which something else is kept than was filled in. */
function nowLines(lang: Lang, typed: SettingsTyped, now: SettingsTyped): readonly string[] {
  const { settings: words, monthly } = messagesFor(lang);
  const kinds: Readonly<Record<Kind, string>> = { ...words.kinds, ...monthly.kinds };
  const dayNames: Readonly<Record<string, string>> = words.days;
  const languages: Readonly<Record<string, string>> = words.languages;
  const fields: readonly (readonly [keyof SettingsTyped, string, string])[] = [
    ['time', words.timeLabel, now.time],
    [
      'days',
      words.daysLabel,
      now.days
        .split(',')
        .map((day) => dayNames[day] ?? day)
        .join(', '),
    ],
    ['zone', words.zoneLabel, zoneTitle(now.zone)],
    ['language', words.languageLabel, languages[now.language] ?? now.language],
    ['until', words.untilShort, now.until === '' ? words.noPause : longDay(lang, now.until)],
    ...(Object.entries(SETTINGS_SWITCHES) as [Kind, (typeof SETTINGS_SWITCHES)[Kind]][]).map(
      ([kind, field]) => [field, kinds[kind], now[field] === ON ? words.on : words.off] as const,
    ),
  ];
  return fields
    .filter(([field]) => typed[field] !== now[field])
    .map(([, label, value]) => format(lang, words.nowValid, { label, value }));
}
