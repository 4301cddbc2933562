import { type Button, button } from '../actions.js';
import { format, type Lang, messagesFor } from '../content/words.js';
import { type Card, template } from '../render.js';
import json from './organisation.template.json' with { type: 'json' };

export type OrganisationData = {
  readonly contacts: number;
  /** Of those, how many nobody has looked at for long. */
  readonly unchecked: number;
  readonly managers: 'everyone' | 'listed';
  readonly listed: number;
  /** Whether Entra's word on who has people reporting to them counts, too. */
  readonly reportsCount: boolean;
  /** Requests about managers who leave that something is still to come of. */
  readonly handovers: number;
};

type Line = { text: string; color: string };
const fillTemplate = template<{
  title: string;
  intro: string;
  lines: Line[];
  buttons: Button[];
  more: Button[];
}>(json);

/** What HR can fill in and look at, and how it stands. */
export function organisationCard(lang: Lang, data: OrganisationData): Card {
  const { figures, hr: words, leaver, menu } = messagesFor(lang);
  const { contacts, unchecked, managers, listed, reportsCount, handovers } = data;
  const lines = [format(lang, words.contactsLine, { count: contacts })];
  const alarm = [
    ...(unchecked === 0 ? [] : [format(lang, words.uncheckedLine, { count: unchecked })]),
    ...(handovers === 0 ? [] : [format(lang, words.handoversLine, { count: handovers })]),
  ];
  const who = format(lang, words.managersLine, { who: managers, count: listed });
  const reports = managers === 'listed' && reportsCount ? [words.reportsLine] : [];
  const secondary = { secondary: true };
  return fillTemplate(lang, words.title, {
    title: words.title,
    intro: words.intro,
    lines: [
      ...lines.map((text) => ({ text, color: 'Default' })),
      ...alarm.map((text) => ({ text, color: 'Attention' })),
      ...[who, ...reports].map((text) => ({ text, color: 'Default' })),
    ],
    buttons: [
      button(lang, 'hr.contacts', words.contactsButton, { page: 0 }),
      button(lang, 'hr.defaults', words.defaultsButton, {}),
      button(lang, 'hr.managers', words.managersButton, {}),
      button(lang, 'figures.show', figures.title, {}, secondary),
      button(lang, 'leaver.show', leaver.title, {}, secondary),
    ],
    more: [
      button(lang, 'hr.health', words.healthButton, {}, secondary),
      button(lang, 'hr.audit', words.auditButton, {}, secondary),
      button(lang, 'hr.export', words.exportButton, {}, secondary),
      button(lang, 'hr.import', words.importButton, {}, secondary),
      button(lang, 'menu.show', menu.menu, {}, secondary),
    ],
  });
}
