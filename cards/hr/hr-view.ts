import { format, type Lang, messagesFor } from '../content/words.js';
import { shortDay } from '../dates.js';
import { escapeMarkdown, escapeValues, stripMarkdown } from '../plain.js';

type Words = ReturnType<typeof messagesFor>['hr'];
export type ContactKind = keyof Words['kinds'];

/** Somebody of the organisation to turn to, as HR filled them in. */
export type ContactView = {
  readonly id: string;
  readonly kind: ContactKind;
  readonly name: string;
  readonly phone: string | null;
  readonly dial: string | null;
  readonly mail: string | null;
  readonly link: string | null;
  readonly hours: string;
  /** `YYYY-MM-DD`. */
  readonly checked: string;
};

/** A validation error of a field: the id of its message, with the values for its placeholders. */
export type HrProblem = {
  readonly id: keyof Words['problem'];
  readonly values?: Readonly<Record<string, string | number>>;
};
export type HrProblems = Readonly<Record<string, HrProblem | undefined>>;

/** The longest that a field of a contact may be. */
export const CONTACT_MAX = { name: 60, phone: 30, mail: 80, link: 150, hours: 80 } as const;
export const MOST_CONTACTS = 20;
/** What fits in one property of a table and on one card; who has more managers lets Entra say who they are. */
export const MOST_LISTED = 250;

export function hrProblem(lang: Lang, problem: HrProblem | undefined): string {
  if (problem === undefined) return '';
  return format(lang, messagesFor(lang).hr.problem[problem.id], escapeValues(problem.values));
}

/** How to reach a contact, in one line that can be pressed. */
export function reachLine({ phone, dial, mail, link, hours }: ContactView): string {
  return [
    phone === null || dial === null ? '' : `[${stripMarkdown(phone)}](tel:${dial})`,
    mail === null ? '' : `[${asLabel(mail)}](mailto:${inLink(mail)})`,
    link === null ? '' : `[${escapeMarkdown(new URL(link).hostname.replace(/^www\./, ''))}](${inLink(link)})`,
    escapeMarkdown(hours),
  ]
    .filter((part) => part !== '')
    .join(' · ');
}

/** Without the word joiners that `escapeMarkdown` adds: nothing is linked again within a link, and they would be copied. */
function asLabel(address: string): string {
  return escapeMarkdown(address).replaceAll('\u2060', '');
}

/** `Vertrouwenspersoon: Anouk`, as escaped markdown. */
export function contactName(lang: Lang, { kind, name }: Pick<ContactView, 'kind' | 'name'>): string {
  const { hr: words } = messagesFor(lang);
  return format(lang, words.ownName, { kind: words.kinds[kind], name: escapeMarkdown(name) });
}

export function checkedLine(lang: Lang, text: string, { checked }: ContactView): string {
  return format(lang, text, { date: shortDay(lang, checked) });
}

/** An address within a markdown link: a bracket in it would end the link. */
function inLink(address: string): string {
  return address.replace(
    /[()\s<>\\]/g,
    (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`,
  );
}
