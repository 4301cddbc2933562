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

type Row = { name: string; about: string; color: string; press: Button };
const fillTemplate = template<{ title: string; intro: string; rows: Row[]; buttons: Button[] }>(json);

/**
 * What HR can fill in and look at, and how it stands: one list, since what stands behind a menu of its own is not found.
 */
export function organisationCard(lang: Lang, data: OrganisationData): Card {
  const { figures, hr: words, leaver, menu } = messagesFor(lang);
  const { contacts, unchecked, managers, listed, reportsCount, handovers } = data;
  const row = (press: Button, about: readonly string[] = [], isAlarm = false): Row => ({
    name: String(press.title),
    about: about.join(' '),
    color: isAlarm ? 'Attention' : 'Default',
    press,
  });
  const toCheck = unchecked === 0 ? [] : [format(lang, words.uncheckedLine, { count: unchecked })];
  const leaving = handovers === 0 ? [] : [format(lang, words.handoversLine, { count: handovers })];
  const who = format(lang, words.managersLine, { who: managers, count: listed });
  const reports = managers === 'listed' && reportsCount ? [words.reportsLine] : [];
  return fillTemplate(lang, words.title, {
    title: words.title,
    intro: words.intro,
    rows: [
      row(
        button(lang, 'hr.contacts', words.contactsButton, { page: 0 }),
        [format(lang, words.contactsLine, { count: contacts }), ...toCheck],
        unchecked > 0,
      ),
      row(button(lang, 'figures.show', figures.title, {})),
      row(button(lang, 'leaver.show', leaver.title, {}), leaving, handovers > 0),
      row(button(lang, 'hr.managers', words.managersButton, {}), [who, ...reports]),
      row(button(lang, 'hr.defaults', words.defaultsButton, {})),
      row(button(lang, 'hr.audit', words.auditButton, {})),
      row(button(lang, 'hr.health', words.healthButton, {})),
      row(button(lang, 'hr.export', words.exportButton, {})),
      row(button(lang, 'hr.import', words.importButton, {})),
    ],
    buttons: [button(lang, 'menu.show', menu.menu, {})],
  });
}
