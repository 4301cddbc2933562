import { defaultOrganisation } from '../../bot/domain/organisation.js';
import { exportOf } from '../../bot/features/hr/exchange.rules.js';
import { TERM_LIMITS } from '../../bot/features/hr/hr.rules.js';
import type { Lang } from '../../cards/content/words.js';
import { messagesFor } from '../../cards/content/words.js';
import { longDay } from '../../cards/dates.js';
import { digestCard } from '../../cards/digest/digest.card.js';
import { type AuditLine, auditCard } from '../../cards/hr/audit.card.js';
import { contactFormCard } from '../../cards/hr/contact.card.js';
import { contactsCard } from '../../cards/hr/contacts.card.js';
import { defaultsCard } from '../../cards/hr/defaults.card.js';
import { exportCard } from '../../cards/hr/export.card.js';
import { healthCard } from '../../cards/hr/health.card.js';
import { CONTACT_MAX, type ContactView, MOST_CONTACTS, MOST_LISTED } from '../../cards/hr/hr-view.js';
import { importCard, importedCard } from '../../cards/hr/import.card.js';
import { managersCard } from '../../cards/hr/managers.card.js';
import { notListedCard } from '../../cards/hr/not-listed.card.js';
import { organisationCard } from '../../cards/hr/organisation.card.js';
import type { Card } from '../../cards/render.js';
import { ownPeopleCard } from '../../cards/support/own-people.card.js';
import { supportCard } from '../../cards/support/support.card.js';
import { TENANT } from '../support/sample-records.js';

const ETAG = 'W/"datetime\'2027-01-12T09%3A00%3A00.1234567Z\'"';
export const ANOUK: ContactView = {
  id: 'c-1',
  kind: 'confidant-internal',
  name: 'Anouk Visser',
  phone: '020 123 4567',
  dial: '+31201234567',
  mail: 'anouk@voorbeeld.nl',
  link: 'https://intranet.voorbeeld.nl/vertrouwenspersoon',
  hours: 'Maandag en donderdag, 9 tot 12 uur',
  checked: '2027-01-04',
};
const DOCTOR: ContactView = {
  ...ANOUK,
  id: 'c-2',
  kind: 'open-consultation',
  name: 'Dr. El Idrissi',
  mail: null,
  link: null,
  hours: '',
  checked: '2026-03-02',
};
/** As long as each field may be, with what could break a card. */
const LONG: ContactView = {
  id: '6f1c2a34-5b6d-4e7f-8a9b-0c1d2e3f4a5b',
  kind: 'confidant-internal',
  name: 'Annemarie-Chrysanthème *van* der [Zuid](x) ${name}'.padEnd(CONTACT_MAX.name, 'w'),
  phone: '+32 2 555 12 12 123 123 123'.slice(0, CONTACT_MAX.phone),
  dial: '+3225551212123123',
  mail: `${'vertrouwenspersoon'.repeat(3)}_x@voorbeeld.nl`.slice(0, CONTACT_MAX.mail),
  link: `https://intranet.voorbeeld.nl/${'a(b)'.repeat(40)}`.slice(0, CONTACT_MAX.link),
  hours: '<b>Altijd</b> ${x} '.padEnd(CONTACT_MAX.hours, 'u'),
  checked: '2026-09-22',
};
export const MANY_CONTACTS = Array.from({ length: MOST_CONTACTS }, (_, at) => ({
  ...LONG,
  id: `${LONG.id}${at}`,
}));
export const MANY_LISTED = Array.from(
  { length: MOST_LISTED },
  (_, at) => `a1a1a1a1-0000-4000-8000-${String(at).padStart(12, '0')}`,
);
const USUAL = {
  coffeeRhythm: 'four-weekly',
  agreementRhythm: 'two-weekly',
  language: 'auto',
  closedAgreementMonths: '12',
  restingAgreementMonths: '6',
  passedMomentDays: '90',
  sentDays: '90',
  auditMonths: '12',
  unreachableDays: '180',
};
const listed = {
  etag: ETAG,
  typed: { managers: 'listed', listed: MANY_LISTED.slice(0, 2).join(',') },
  problems: {},
  notice: '',
  conflict: null,
  reportsCount: false,
};

/** All that may be filled in, as long as it may be. */
const FULL_EXPORT = exportOf({
  ...defaultOrganisation(TENANT),
  contacts: MANY_CONTACTS,
  managers: 'listed',
  listed: MANY_LISTED,
});
const HEALTH = {
  version: '0.2.0',
  tables: true,
  reminders: true,
  ticking: true,
  lastTick: 'dinsdag 12 januari 2027, 10:00',
  behind: false,
  waiting: 0,
  failed: false,
  night: { when: 'dinsdag 12 januari 2027, 04:00', left: false },
  ends: null,
};
function changesOf(conflict: boolean) {
  return {
    kind: 'changes' as const,
    changes: [
      { kind: 'default' as const, field: 'coffeeRhythm' as const, before: 'four-weekly', after: 'weekly' },
      { kind: 'default' as const, field: 'sentDays' as const, before: '90', after: '120' },
      { kind: 'managers' as const, before: 'everyone' as const, after: 'listed' as const },
      { kind: 'listed' as const, added: 2, removed: 0 },
      { kind: 'added' as const, contact: ANOUK },
      { kind: 'removed' as const, contact: DOCTOR },
      ...(conflict ? MANY_CONTACTS.map((contact) => ({ kind: 'contact' as const, contact })) : []),
    ],
    limits: TERM_LIMITS,
    seen: 'a'.repeat(64),
    etag: ETAG,
    conflict,
  };
}

/** What HR sees. */
export function hrCards(lang: Lang): Record<string, Card> {
  const { hr: words } = messagesFor(lang);
  const list = { unchecked: [], etag: ETAG, page: 0, notice: '', conflict: false };
  const form = { id: 'c-1', etag: ETAG, isNew: false, problems: {}, conflict: null };
  const typed = (who: ContactView) => ({
    ...who,
    phone: who.phone ?? '',
    mail: who.mail ?? '',
    link: who.link ?? '',
  });
  const tooLong = { id: 'tooLong', values: { count: 10_000, max: 60 } } as const;
  return {
    'support with own': supportCard(lang, [DOCTOR, ANOUK]),
    'support with own longest': supportCard(lang, MANY_CONTACTS),
    'support own people none': ownPeopleCard(lang, [], 0),
    'support own people longest': ownPeopleCard(lang, MANY_CONTACTS, 1),
    'hr export usual': exportCard(lang, exportOf(defaultOrganisation(TENANT))),
    'hr export longest': exportCard(lang, FULL_EXPORT),
    'hr import': importCard(lang, { pasted: '', outcome: { kind: 'asked' } }),
    'hr import same': importCard(lang, {
      pasted: exportOf(defaultOrganisation(TENANT)),
      outcome: { kind: 'same' },
    }),
    'hr import wrong': importCard(lang, {
      pasted: '{"x": 1}',
      outcome: {
        kind: 'wrong',
        problems: [
          { id: 'importUnknown', field: 'x[*](y)${x}' },
          { id: 'importShape', field: 'contacts[0].name' },
          { id: 'importDouble', field: 'contacts[1]' },
          { id: 'importDay', field: 'contacts[1].checked' },
          { id: 'importNoJson', field: '' },
          ...Array.from({ length: 20 }, (_, at) => ({
            id: 'importField' as const,
            field: `contacts[${at}].phone`,
            problem: { id: 'phoneWrong' as const },
          })),
        ],
      },
    }),
    'hr import changes': importCard(lang, {
      pasted: '{"coffeeRhythm": "weekly"}',
      outcome: changesOf(false),
    }),
    'hr import longest': importCard(lang, { pasted: FULL_EXPORT, outcome: changesOf(true) }),
    'hr imported': importedCard(lang),
    'hr health good': healthCard(lang, HEALTH),
    'hr health still': healthCard(lang, {
      ...HEALTH,
      ticking: false,
      behind: true,
      waiting: 15,
      failed: true,
      night: { when: 'dinsdag 12 januari 2027, 04:00', left: true },
    }),
    'hr health ends soon': healthCard(lang, { ...HEALTH, ends: { what: 'secret', day: '2027-02-01' } }),
    'hr health ends soon, a certificate': healthCard(lang, {
      ...HEALTH,
      ends: { what: 'certificate', day: '2027-02-01' },
    }),
    'hr health away': healthCard(lang, {
      ...HEALTH,
      tables: false,
      waiting: null,
      lastTick: null,
      night: null,
    }),
    'hr audit': auditCard(lang, { record: '', found: { kind: 'asked' } }),
    'hr audit missing': auditCard(lang, { record: '', found: { kind: 'missing' } }),
    'hr audit refused': auditCard(lang, { record: `person-${LONG.id}`, found: { kind: 'refused' } }),
    'hr audit none': auditCard(lang, { record: '<b>x</b>', found: { kind: 'entries', groups: [] } }),
    'hr audit of two': auditCard(lang, {
      record: LONG.id,
      found: { kind: 'entries', groups: [auditLines(lang, 2), auditLines(lang, 1)] },
    }),
    'hr audit longest': auditCard(lang, {
      record: 'organisation',
      found: { kind: 'entries', groups: [auditLines(lang, 60), auditLines(lang, 40)] },
    }),
    'digest with unchecked contacts': digestCard(lang, '2027-02-01', [
      { kind: 'contacts-unchecked', count: 2, manager: LONG.id, done: false },
      { kind: 'contacts-unchecked', count: 0, manager: LONG.id, done: true },
    ]),
    'hr not listed': notListedCard(lang, false),
    'hr no longer listed': notListedCard(lang, true),
    'hr organisation empty': organisationCard(lang, {
      contacts: 0,
      unchecked: 0,
      managers: 'everyone',
      listed: 0,
      reportsCount: false,
      handovers: 0,
    }),
    'hr organisation full': organisationCard(lang, {
      contacts: MOST_CONTACTS,
      unchecked: 2,
      managers: 'listed',
      listed: MOST_LISTED,
      reportsCount: true,
      handovers: 2,
    }),
    'hr contacts empty': contactsCard(lang, { ...list, contacts: [] }),
    'hr contacts': contactsCard(lang, {
      ...list,
      contacts: [ANOUK, DOCTOR],
      unchecked: [DOCTOR.id],
      notice: words.contactChecked.replace('{name}', ANOUK.name),
    }),
    'hr contacts longest': contactsCard(lang, {
      ...list,
      contacts: MANY_CONTACTS,
      unchecked: MANY_CONTACTS.map(({ id }) => id),
      page: 1,
      conflict: true,
    }),
    'hr contact new': contactFormCard(lang, {
      ...form,
      isNew: true,
      typed: { kind: '', name: '', phone: '', mail: '', link: '', hours: '' },
    }),
    'hr contact': contactFormCard(lang, { ...form, typed: typed(ANOUK) }),
    'hr contact wrong': contactFormCard(lang, {
      ...form,
      typed: { ...typed(LONG), kind: 'x', name: '', link: 'http://voorbeeld.nl', mail: 'anouk' },
      problems: {
        kind: { id: 'kindMissing' },
        name: { id: 'nameMissing' },
        phone: { id: 'phoneWrong' },
        mail: { id: 'mailWrong' },
        link: { id: 'linkWrong' },
        hours: tooLong,
      },
    }),
    'hr contact conflict': contactFormCard(lang, { ...form, typed: typed(ANOUK), conflict: { now: LONG } }),
    'hr contact conflict gone': contactFormCard(lang, {
      ...form,
      typed: typed(ANOUK),
      conflict: { now: null },
    }),
    'hr defaults': defaultsCard(lang, {
      etag: ETAG,
      typed: USUAL,
      limits: TERM_LIMITS,
      problems: {},
      notice: words.saved,
      conflict: null,
    }),
    'hr defaults wrong': defaultsCard(lang, {
      etag: ETAG,
      typed: { ...USUAL, coffeeRhythm: '', closedAgreementMonths: '', sentDays: '9999', auditMonths: 'x' },
      limits: TERM_LIMITS,
      problems: {
        coffeeRhythm: { id: 'chooseRhythm' },
        agreementRhythm: { id: 'chooseRhythm' },
        language: { id: 'chooseLanguage' },
        ...Object.fromEntries(
          TERM_LIMITS.map(({ name, least, most }) => [name, { id: 'term', values: { least, most } }]),
        ),
      },
      notice: '',
      conflict: null,
    }),
    'hr defaults conflict': defaultsCard(lang, {
      etag: ETAG,
      typed: USUAL,
      limits: TERM_LIMITS,
      problems: {},
      notice: '',
      conflict: { ...USUAL, coffeeRhythm: 'weekly', language: 'en', sentDays: '365' },
    }),
    'hr managers': managersCard(lang, { ...listed, typed: { managers: 'everyone', listed: '' } }),
    'hr managers longest': managersCard(lang, {
      ...listed,
      typed: { managers: 'listed', listed: MANY_LISTED.join(',') },
      notice: words.saved,
      reportsCount: true,
    }),
    'hr managers wrong': managersCard(lang, {
      ...listed,
      problems: {
        managers: { id: 'chooseManagers' },
        listed: { id: 'notAPerson', values: { what: '[x](y) ${x}' } },
      },
    }),
    'hr managers conflict': managersCard(lang, { ...listed, conflict: { managers: 'listed', listed: 12 } }),
  };
}

function auditLines(lang: Lang, count: number): readonly AuditLine[] {
  return Array.from({ length: count }, (_, at) => ({
    when: `${longDay(lang, '2027-09-22')}, 09:00`,
    role: at === 1 ? 'bot' : 'employee',
    who: at === 0 ? LONG.id : null,
    did: at === 1 ? 'remove' : 'removal.keep',
  }));
}
