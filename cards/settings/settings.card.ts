import { type Button, button, type SettingsTyped } from '../actions.js';
import { type Choice, choicesOf } from '../choices.js';
import { type Lang, wordsIn } from '../content/words.js';
import { type Card, template } from '../render.js';
import json from './settings.template.json' with { type: 'json' };

export type SettingsField = 'time' | 'days' | 'until';
export type SettingsData = {
  readonly typed: SettingsTyped;
  /** IANA zones to choose from. */
  readonly zones: readonly string[];
  readonly wrong: readonly SettingsField[];
  readonly notice: string;
  /** The first and the last day that a pause may end on. */
  readonly from: string;
  readonly last: string;
  /** With the way to what HR fills in. */
  readonly forHr: boolean;
};

const fillTemplate = template<Record<string, string | Choice[] | Button[]>>(json);

/** When somebody wants to hear from the bot, in which language and about what. */
export function settingsCard(lang: Lang, data: SettingsData): Card {
  const { settings: words, menu, monthly, hr } = wordsIn(lang);
  const { typed, wrong } = data;
  const problem = (field: SettingsField): string => (wrong.includes(field) ? words[`${field}Wrong`] : '');
  return fillTemplate(lang, words.title, {
    title: words.title,
    notice: data.notice,
    intro: words.intro,
    timeLabel: words.timeLabel,
    time: typed.time,
    timeWrong: words.timeWrong,
    timeProblem: problem('time'),
    daysLabel: words.daysLabel,
    dayChoices: choicesOf(words.days),
    days: typed.days,
    daysWrong: words.daysWrong,
    daysProblem: problem('days'),
    zoneLabel: words.zoneLabel,
    zones: data.zones.map((zone) => ({ title: zone.replaceAll('_', ' '), value: zone })),
    zone: typed.zone,
    languageLabel: words.languageLabel,
    languages: choicesOf(words.languages),
    language: typed.language,
    untilLabel: words.untilLabel,
    until: typed.until,
    untilProblem: problem('until'),
    from: data.from,
    last: data.last,
    kindsLabel: words.kindsLabel,
    kindChoices: choicesOf({ ...words.kinds, ...monthly.kinds }),
    kinds: typed.kinds,
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
