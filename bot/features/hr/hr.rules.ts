import { parsePhoneNumberFromString } from 'libphonenumber-js';
import { z } from 'zod';
import type { ContactTyped, DefaultsTyped, MayRecordTyped } from '../../../cards/actions.js';
import { readChoice } from '../../../cards/choices.js';
import type { Messages } from '../../../cards/content/words.js';
import type { TermLimits } from '../../../cards/hr/defaults.card.js';
import {
  CONTACT_MAX,
  type HrProblem,
  type HrProblems,
  MOST_CONTACTS,
  MOST_LISTED,
} from '../../../cards/hr/hr-view.js';
import { oneLine } from '../../../cards/plain.js';
import { isEntraId } from '../../domain/entra-id.js';
import type { Organisation, OwnContact } from '../../domain/organisation.js';
import {
  LONGEST_RETENTION,
  type RetentionPeriods,
  SHORTEST_RETENTION,
} from '../../domain/retention-periods.js';
import { any } from '../../services/form-validation.js';

/** What came of checking a form: what is to be kept, or what is wrong with which field. */
export type Checked<Value> =
  | { readonly value: Value; readonly problems: null }
  | { readonly value: null; readonly problems: HrProblems };

const REGION = 'NL';
/** Dialled as they are: 113, an extension, 14 020, and 0800 and 0900, which +31 does not reach from everywhere. */
const AS_DIALLED = /^(\d{3,6}|0(800|900|906|909)\d{4,7}|14\d{3,4})$/;
const mailAddress = z.email();

/** A contact as HR typed it. A phone number comes out as it is shown in the Netherlands, and as it is dialled. */
export function checkContact(typed: ContactTyped, id: string, today: string): Checked<OwnContact> {
  const kind = readChoice(typed.kind, ({ hr }) => hr.kinds) ?? undefined;
  const name = oneLine(typed.name);
  const hours = oneLine(typed.hours);
  const phone = readPhone(oneLine(typed.phone));
  const mail = oneLine(typed.mail);
  const link = readLink(oneLine(typed.link));
  const reachable = [typed.phone, typed.mail, typed.link].some((text) => text.trim() !== '');
  const problems: HrProblems = {
    kind: kind === undefined ? { id: 'kindMissing' } : undefined,
    name: name === '' ? { id: 'nameMissing' } : tooLong('name', name),
    phone:
      tooLong('phone', oneLine(typed.phone)) ?? phone.problem ?? (reachable ? undefined : { id: 'noReach' }),
    mail: tooLong('mail', mail) ?? (mail === '' || isMail(mail) ? undefined : { id: 'mailWrong' }),
    link: tooLong('link', oneLine(typed.link)) ?? link.problem,
    hours: tooLong('hours', hours),
  };
  if (kind === undefined || any(problems)) return { value: null, problems };
  const { shown, dial } = phone;
  const reach = { phone: shown, dial, mail: mail === '' ? null : mail, link: link.href };
  return { value: { id, kind, name, ...reach, hours, checked: today }, problems: null };
}

/** A contact as the form shows it. */
export function contactAsTyped({ kind, name, phone, mail, link, hours }: OwnContact): ContactTyped {
  return { kind, name, phone: phone ?? '', mail: mail ?? '', link: link ?? '', hours };
}

/** The organisation with one contact changed or added; null when there are as many as there may be. */
export function withContact(organisation: Organisation, contact: OwnContact): Organisation | null {
  const { contacts } = organisation;
  const known = contacts.some(({ id }) => id === contact.id);
  if (!known && contacts.length >= MOST_CONTACTS) return null;
  const changed = known
    ? contacts.map((one) => (one.id === contact.id ? contact : one))
    : [...contacts, contact];
  return { ...organisation, contacts: changed };
}

export type Defaults = Pick<Organisation, 'coffeeRhythm' | 'agreementRhythm' | 'language' | 'terms'>;
const TERM_NAMES = Object.keys(SHORTEST_RETENTION) as readonly (keyof RetentionPeriods)[];
export const TERM_LIMITS: readonly TermLimits[] = TERM_NAMES.map((name) => ({
  name,
  least: SHORTEST_RETENTION[name],
  most: LONGEST_RETENTION[name],
}));

export function checkDefaults(typed: DefaultsTyped): Checked<Defaults> {
  const coffeeRhythm = readChoice(typed.coffeeRhythm, rhythmTitles) ?? undefined;
  const agreementRhythm = readChoice(typed.agreementRhythm, rhythmTitles) ?? undefined;
  const language = readChoice(typed.language, ({ hr }) => hr.languages) ?? undefined;
  const terms = TERM_NAMES.map((name) => [name, readTerm(name, typed[name])] as const);
  const problems: HrProblems = {
    coffeeRhythm: coffeeRhythm === undefined ? { id: 'chooseRhythm' } : undefined,
    agreementRhythm: agreementRhythm === undefined ? { id: 'chooseRhythm' } : undefined,
    language: language === undefined ? { id: 'chooseLanguage' } : undefined,
    ...Object.fromEntries(
      terms.map(([name, value]) => [name, value === null ? termProblem(name) : undefined]),
    ),
  };
  if (coffeeRhythm === undefined || agreementRhythm === undefined || any(problems)) {
    return { value: null, problems };
  }
  return {
    value: {
      coffeeRhythm,
      agreementRhythm,
      language: language === 'nl' || language === 'en' ? language : null,
      terms: Object.fromEntries(terms) as RetentionPeriods,
    },
    problems: null,
  };
}

export function defaultsAsTyped({ coffeeRhythm, agreementRhythm, language, terms }: Defaults): DefaultsTyped {
  const numbers = Object.fromEntries(TERM_NAMES.map((name) => [name, String(terms[name])]));
  return {
    coffeeRhythm,
    agreementRhythm,
    language: language ?? 'auto',
    ...(numbers as Record<keyof RetentionPeriods, string>),
  };
}

export type MayRecord = Pick<Organisation, 'managers' | 'listed'>;

/** Who may record. An empty list would leave nobody, unless Entra says who has people reporting to them. */
export function checkMayRecord(typed: MayRecordTyped, reportsCount: boolean): Checked<MayRecord> {
  const managers = readChoice(typed.managers, ({ hr }) => hr.managersChoices) ?? undefined;
  const listed = listedIn(typed.listed);
  const strange = listed.find((id) => !isEntraId(id));
  const nobody = managers === 'listed' && listed.length === 0 && !reportsCount;
  const problems: HrProblems = {
    managers: managers === undefined ? { id: 'chooseManagers' } : undefined,
    listed:
      strange !== undefined
        ? { id: 'notAPerson', values: { what: strange.slice(0, CONTACT_MAX.name) } }
        : listed.length > MOST_LISTED
          ? { id: 'tooManyListed', values: { max: MOST_LISTED } }
          : nobody
            ? { id: 'nobodyListed' }
            : undefined,
  };
  if (managers === undefined || any(problems)) return { value: null, problems };
  return { value: { managers, listed }, problems: null };
}

/** As the people picker gives them: Entra object ids with commas between them. */
function listedIn(text: string): string[] {
  const ids = text.split(',').map((id) => id.trim().toLowerCase());
  return [...new Set(ids)].filter((id) => id !== '').sort();
}

const rhythmTitles = ({ coffee }: Messages) => coffee.rhythms;
function isMail(text: string): boolean {
  return mailAddress.safeParse(text).success;
}

function readTerm(name: keyof RetentionPeriods, text: string): number | null {
  if (!/^\s*\d{1,4}\s*$/.test(text)) return null;
  const value = Number(text);
  return value >= SHORTEST_RETENTION[name] && value <= LONGEST_RETENTION[name] ? value : null;
}

function termProblem(name: keyof RetentionPeriods): HrProblem {
  return { id: 'term', values: { least: SHORTEST_RETENTION[name], most: LONGEST_RETENTION[name] } };
}

function readPhone(text: string): {
  readonly shown: string | null;
  readonly dial: string | null;
  readonly problem?: HrProblem;
} {
  if (text === '') return { shown: null, dial: null };
  const digits = text.replace(/[\s().-]/g, '');
  if (AS_DIALLED.test(digits)) return { shown: text, dial: digits };
  const read = parsePhoneNumberFromString(text, REGION);
  if (read === undefined || !read.isValid() || read.ext !== undefined) {
    return { shown: null, dial: null, problem: { id: 'phoneWrong' } };
  }
  const shown = read.country === REGION ? read.formatNational() : read.formatInternational();
  return { shown, dial: read.number };
}

function readLink(text: string): { readonly href: string | null; readonly problem?: HrProblem } {
  if (text === '') return { href: null };
  // Reading an address costs the square of the marks in its host.
  const url = text.length <= CONTACT_MAX.link && URL.canParse(text) ? new URL(text) : null;
  // A name before the host is how one address is made to look like another.
  const right =
    url !== null && url.protocol === 'https:' && url.username === '' && url.hostname.includes('.');
  return right && url.href.length <= CONTACT_MAX.link
    ? { href: url.href }
    : { href: null, problem: { id: 'linkWrong' } };
}

function tooLong(field: keyof typeof CONTACT_MAX, text: string): HrProblem | undefined {
  const max = CONTACT_MAX[field];
  return text.length > max ? { id: 'tooLong', values: { count: text.length, max } } : undefined;
}
