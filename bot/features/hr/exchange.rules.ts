import { createHash } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import { z } from 'zod';
import type { OrganisationChange } from '../../../cards/hr/changes.js';
import { type HrProblems, MOST_CONTACTS } from '../../../cards/hr/hr-view.js';
import type { ImportProblem } from '../../../cards/hr/import.card.js';
import { isDay } from '../../domain/calendar.js';
import type { Organisation, OwnContact } from '../../domain/organisation.js';
import { checkContact, checkDefaults, checkMayRecord, defaultsAsTyped, TERM_LIMITS } from './hr.rules.js';

/** So much JSON fits on a card with lines; more comes without blanks. */
const SPACIOUS_BYTES = 8 * 1024;

/** What HR filled in, to be copied: all of it, but for what follows from the rest. */
export function exportOf({ tenant: _tenant, contacts, ...rest }: Organisation): string {
  const people = contacts.map(({ dial: _dial, ...contact }) => contact);
  const whole = { ...rest, contacts: people };
  const spacious = JSON.stringify(whole, null, 2);
  return Buffer.byteLength(spacious) <= SPACIOUS_BYTES ? spacious : JSON.stringify(whole);
}

/** Tells whether what was pasted is what was looked at. */
export function fingerprint(pasted: string): string {
  return createHash('sha256').update(pasted).digest('hex');
}

/** What an import comes to: the organisation after it, or everything that is wrong with it. */
export type Imported =
  | { readonly record: Organisation; readonly problems: null }
  | { readonly record: null; readonly problems: readonly ImportProblem[] };

const text = z.string().max(20_000);
const contactShape = z.strictObject({
  id: z.string().min(1).max(100),
  kind: text,
  name: text,
  phone: text.nullable().default(null),
  mail: text.nullable().default(null),
  link: text.nullable().default(null),
  hours: text.default(''),
  checked: text,
});
const number = z.union([z.number(), text]).transform(String);
const wholeShape = z
  .strictObject({
    contacts: z.array(contactShape),
    coffeeRhythm: text,
    agreementRhythm: text,
    language: text.nullable(),
    terms: z
      .strictObject(
        Object.fromEntries(TERM_LIMITS.map(({ name }) => [name, number])) as Record<
          (typeof TERM_LIMITS)[number]['name'],
          typeof number
        >,
      )
      .partial(),
    managers: text,
    listed: z.array(text),
  })
  .partial();

/** Reads what was pasted, by the same rules as the forms. What it leaves out stays as it is. */
export function readImport(
  pasted: string,
  before: Organisation,
  { today, reportsCount }: { readonly today: string; readonly reportsCount: boolean },
): Imported {
  const json = openJson(pasted);
  if (json === undefined) return { record: null, problems: [{ id: 'importNoJson', field: '' }] };
  const shaped = wholeShape.safeParse(json);
  if (!shaped.success) return { record: null, problems: shaped.error.issues.flatMap(problemsOfShape) };
  const { contacts, terms, managers, listed, ...rest } = shaped.data;
  const people = contacts === undefined ? null : readContacts(contacts, today);
  const { language, ...rhythms } = rest;
  const chosen = language === undefined ? {} : { language: language ?? 'auto' };
  const usual = checkDefaults({ ...defaultsAsTyped(before), ...filled({ ...rhythms, ...terms, ...chosen }) });
  const mayRecord = checkMayRecord(
    { managers: managers ?? before.managers, listed: (listed ?? before.listed).join(',') },
    reportsCount,
  );
  const problems = [
    ...(people?.problems ?? []),
    ...named(usual.problems, (field) => (field in before.terms ? `terms.${field}` : field)),
    ...named(mayRecord.problems, (field) => field),
  ];
  if (problems.length > 0 || usual.value === null || mayRecord.value === null) {
    return { record: null, problems };
  }
  return {
    record: { ...before, ...usual.value, ...mayRecord.value, contacts: people?.contacts ?? before.contacts },
    problems: null,
  };
}

/** What is different between two states of an organisation. */
export function changesBetween(before: Organisation, after: Organisation): OrganisationChange[] {
  const old = new Map(before.contacts.map((contact) => [contact.id, contact]));
  const fresh = new Map(after.contacts.map((contact) => [contact.id, contact]));
  const contacts: OrganisationChange[] = [
    ...after.contacts
      .filter(({ id }) => !old.has(id))
      .map((contact) => ({ kind: 'added' as const, contact })),
    ...after.contacts
      .filter((contact) => old.has(contact.id) && !isDeepStrictEqual(old.get(contact.id), contact))
      .map((contact) => ({ kind: 'contact' as const, contact })),
    ...before.contacts
      .filter(({ id }) => !fresh.has(id))
      .map((contact) => ({ kind: 'removed' as const, contact })),
  ];
  const [was, is] = [defaultsAsTyped(before), defaultsAsTyped(after)];
  const fields = (Object.keys(is) as (keyof typeof is)[])
    .filter((field) => was[field] !== is[field])
    .map((field) => ({ kind: 'default' as const, field, before: was[field], after: is[field] }));
  const managers =
    before.managers === after.managers
      ? []
      : [{ kind: 'managers' as const, before: before.managers, after: after.managers }];
  const added = after.listed.filter((id) => !before.listed.includes(id)).length;
  const removed = before.listed.filter((id) => !after.listed.includes(id)).length;
  const listed = added + removed === 0 ? [] : [{ kind: 'listed' as const, added, removed }];
  return [...contacts, ...fields, ...managers, ...listed];
}

function readContacts(shapes: readonly z.output<typeof contactShape>[], today: string) {
  const problems: ImportProblem[] = [];
  const contacts: OwnContact[] = [];
  for (const [at, shape] of shapes.entries()) {
    const field = `contacts[${at}]`;
    const { id, checked } = shape;
    const typed = { ...shape, phone: shape.phone ?? '', mail: shape.mail ?? '', link: shape.link ?? '' };
    const read = checkContact(typed, id, checked);
    problems.push(...named(read.problems, (name) => `${field}.${name}`));
    if (!isDay(checked) || checked > today) problems.push({ id: 'importDay', field: `${field}.checked` });
    if (contacts.some((one) => one.id === id)) problems.push({ id: 'importDouble', field });
    if (read.value !== null) contacts.push(read.value);
  }
  if (shapes.length > MOST_CONTACTS) {
    problems.push({
      id: 'importField',
      field: 'contacts',
      problem: { id: 'tooMany', values: { max: MOST_CONTACTS } },
    });
  }
  return { contacts, problems };
}

/** Only what is there: what an import leaves out must not take the place of what is kept. */
function filled(fields: Readonly<Record<string, string | undefined>>): Record<string, string> {
  const there = Object.entries(fields).filter((field): field is [string, string] => field[1] !== undefined);
  return Object.fromEntries(there);
}

function named(problems: HrProblems | null, nameOf: (field: string) => string): ImportProblem[] {
  return Object.entries(problems ?? {}).flatMap(([field, problem]) =>
    problem === undefined ? [] : [{ id: 'importField' as const, field: nameOf(field), problem }],
  );
}

function problemsOfShape(issue: z.core.$ZodIssue): ImportProblem[] {
  const field = issue.path
    .map((part) => (typeof part === 'number' ? `[${part}]` : `.${String(part)}`))
    .join('')
    .slice(1);
  if (issue.code !== 'unrecognized_keys') return [{ id: 'importShape', field: field === '' ? '{}' : field }];
  return issue.keys.map((key) => ({ id: 'importUnknown', field: field === '' ? key : `${field}.${key}` }));
}

function openJson(pasted: string): unknown {
  try {
    return JSON.parse(pasted);
  } catch {
    return undefined;
  }
}
