import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { agreementSchema } from '../../../../bot/domain/agreement.js';
import { entrySchema } from '../../../../bot/domain/audit-entry.js';
import { handoverSchema } from '../../../../bot/domain/handover-request.js';
import { memberSchema } from '../../../../bot/domain/member.js';
import { momentSchema } from '../../../../bot/domain/moment.js';
import { organisationSchema } from '../../../../bot/domain/organisation.js';
import { personSchema } from '../../../../bot/domain/person.js';
import { reminderSchema } from '../../../../bot/domain/reminder.js';
import { REMINDER_KINDS } from '../../../../bot/domain/reminder-kinds.js';
import { DEFAULT_RETENTION } from '../../../../bot/domain/retention-periods.js';
import { scanSchema } from '../../../../bot/domain/scan.js';
import { exportedOf, fileOf } from '../../../../bot/features/about/export.rules.js';
import { createOwnData } from '../../../../bot/features/about/own-data.js';
import { createOwnRecords } from '../../../../bot/features/about/own-records.js';
import { deliverySchema } from '../../../../bot/store/deliveries.js';
import { pointerSchema } from '../../../../bot/store/employee-index.js';
import { sealedBoxSchema } from '../../../../bot/store/scans.js';
import { STORED_FIELDS } from '../../../../bot/store/stored-fields.js';
import { key } from '../../../../bot/store/tables/keys.js';
import { toRow } from '../../../../bot/store/tables/row-mapping.js';
import { TABLE_NAMES, type TableName } from '../../../../bot/store/tables/tables.js';
import { exportRecordsCard } from '../../../../cards/about/export.card.js';
import { LANGS, messagesFor } from '../../../../cards/content/words.js';
import { type OwnTables, openMemoryOwnTables } from '../../../support/azure/temporary-tables.js';
import { faultsOf } from '../../../support/faults.js';
import { EMPLOYEE, MANAGER, TENANT } from '../../../support/sample-records.js';
import { wordText } from '../../../support/word-text.js';

const HR = 'c3c3c3c3-0000-4000-8000-000000000003';
const NOW = '2027-01-12T09:00:00.000Z';
const MAY_RECORD = 'onListOfWhoMayRecord';

/** Where in the file what stands in a table is to be found. */
const SECTIONS: Readonly<Record<TableName, readonly string[]>> = {
  people: ['account'],
  managers: ['agreements', 'coffees', 'moments', 'places'],
  about: ['foundBy'],
  reminders: ['planned', 'waiting'],
  nudges: ['sent'],
  organisation: ['handovers', MAY_RECORD],
  audit: ['acts'],
  health: [],
  scans: ['scans'],
};

/** What is not given along, and why; a property that is new in a table is in the file, or here. */
const REASONS: Readonly<Record<string, string>> = {
  ...reasons('audit', ['who', 'manager'], 'about somebody else, of whom only is told as what they acted'),
  ...reasons('audit', ['gone'], 'for whoever puts a backup back; what was done is told'),
  ...reasons(
    'organisation',
    ['leaver', 'successor', 'askedBy', 'confirmedBy', 'tenant'],
    'accounts of others; one’s own part in it is told',
  ),
  ...reasons('organisation', ['listed'], 'accounts of others; whether one’s own is among them is told'),
  ...reasons(
    'organisation',
    ['contacts.id', 'contacts.kind', 'contacts.name', 'contacts.phone', 'contacts.dial', 'contacts.mail'],
    'filled in by HR with a name and no account: nobody can be found by it',
  ),
  ...reasons('organisation', ['contacts.link', 'contacts.hours', 'contacts.checked'], 'the same'),
  ...reasons(
    'organisation',
    ['coffeeRhythm', 'agreementRhythm', 'language', 'managers'],
    'what is usual for everybody',
  ),
  ...reasons(
    'organisation',
    STORED_FIELDS.organisation.filter((name) =>
      /^(terms\.|month$|closed$)|\.(count|managers|people)$/.test(name),
    ),
    'of the organisation or in numbers, and of no person',
  ),
  ...reasons(
    'scans',
    ['tenant', 'asked', 'manager'],
    'accounts of others; that they were asked, and by whom, is told',
  ),
  ...reasons(
    'scans',
    ['form', 'before', 'version', 'changedAt', 'closedBy', 'droppedWhy', 'nextDay'],
    'of the scan, and of no person',
  ),
  ...reasons(
    'scans',
    STORED_FIELDS.scans.filter((name) => /^(outcome|measures)\./.test(name)),
    'of a team and of no person: everybody who was asked sees it in the chat',
  ),
  ...reasons('scans', ['sealed'], 'counts of all; whether they answered themselves is told while it is open'),
  ...reasons('health', STORED_FIELDS.health, 'how the bot is doing: of no person'),
};

let own: OwnTables;
let file: Readonly<Record<string, unknown>>;
let planted: Map<string, unknown[]>;
let texts: readonly string[];
beforeAll(async () => {
  own = openMemoryOwnTables();
  planted = new Map();
  await plantAll();
  const stores = own.stores;
  const readOwnData = createOwnData({
    ...stores,
    ownRecords: createOwnRecords(stores),
    organisationSettings: { forAuthorization: async () => (await stores.organisations.get(TENANT)).record },
  });
  const data = await readOwnData({ tenant: TENANT, person: EMPLOYEE });
  const making = {
    lang: 'nl',
    own: data,
    terms: DEFAULT_RETENTION,
    now: NOW,
    zone: 'Europe/Amsterdam',
  } as const;
  file = JSON.parse(new TextDecoder().decode(fileOf({ ...making, as: 'data' })));
  const exported = exportedOf(data, DEFAULT_RETENTION, 'Europe/Amsterdam');
  const chat = Array.from({ length: 60 }, (_, page) =>
    JSON.stringify(exportRecordsCard('nl', exported, { asked: page })),
  ).join('\n');
  texts = [wordText(fileOf({ ...making, as: 'document' })), chat];
});
afterAll(() => own.drop());

describe('what stands in a table of somebody', () => {
  it('is in their file, each field of it, or there is a reason why not', async () => {
    const fields = TABLE_NAMES.flatMap((table) => STORED_FIELDS[table].map((path) => [table, path] as const));
    expect(
      await faultsOf(fields, (table, path) => {
        const values = planted.get(`${table} ${path}`) ?? [];
        const found = SECTIONS[table].flatMap((section) => valuesAt(file[section], path.split('.')));
        const isThere = values.some((value) =>
          found.some((one) => JSON.stringify(one) === JSON.stringify(value)),
        );
        const reason = REASONS[`${table} ${path}`];
        if (reason === undefined) expect(values, `nothing of ${path} was planted`).not.toEqual([]);
        expect(isThere, reason ?? `${table} ${path} is not in the file`).toBe(reason === undefined);
      }),
    ).toEqual([]);
  });
});

describe('what somebody takes along', () => {
  it('says whether HR lets them record, what is incomplete and what only others can give', () => {
    expect(file).toMatchObject({ [MAY_RECORD]: true, incomplete: [] });
    const { notHere } = messagesFor('nl').export;
    expect(file.notHere).toEqual(notHere);
    for (const text of texts) for (const line of notHere) expect(text).toContain(line);
    expect(notHere.join(' ')).toMatch(/beheerder.*HR/);
  });

  it('tells of each kind in words, in the document and in the chat', () => {
    const { export: words } = messagesFor('nl');
    const { accountTitle, sentTitle, plannedTitle, actsTitle, handoverTitle } = words;
    for (const text of texts)
      for (const title of [accountTitle, sentTitle, plannedTitle, actsTitle, handoverTitle])
        expect(text).toContain(title);
  });

  it('has words for every kind of message in every language', () => {
    for (const lang of LANGS)
      expect(Object.keys(messagesFor(lang).export.kinds).sort()).toEqual([...REMINDER_KINDS].sort());
  });

  it('names nobody else who did something, and tells whoever goes on not yet who leaves', () => {
    const acts = JSON.stringify(file.acts);
    expect(acts).not.toContain(MANAGER);
    expect(acts).not.toContain(HR);
    expect((file.acts as { by: string }[]).map(({ by }) => by).sort()).toEqual(['manager', 'you']);
    const handovers = JSON.stringify(file.handovers);
    expect(handovers).not.toContain('somebody who leaves');
    expect(handovers).not.toMatch(new RegExp(`${HR}|${MANAGER}`));
  });

  it('holds nothing of somebody else, and nothing of the same person elsewhere', () => {
    expect(JSON.stringify(file)).not.toContain('not-theirs');
  });
});

/** One row of each kind that is theirs with every property filled, and the like of somebody else beside it. */
async function plantAll(): Promise<void> {
  const ids = { tenant: TENANT, person: EMPLOYEE };
  const list = key(TENANT, MANAGER);
  const member = plantedRow('managers', memberSchema, {
    id: 'place-1',
    person: EMPLOYEE,
    lastDay: null,
    rhythm: null,
  });
  const coffee = plantedRow('managers', memberSchema, {
    id: 'place-2',
    person: EMPLOYEE,
    number: 'number-2',
  });
  const agreement = plantedRow('managers', agreementSchema, { id: 'agreement-1', employee: EMPLOYEE });
  const moment = plantedRow('managers', momentSchema, { id: 'moment-1', member: 'place-2' });
  await put('managers', list, key('member', 'place-1'), member);
  await put('managers', list, key('member', 'place-2'), coffee);
  await put('managers', list, key('agreement', 'agreement-1'), agreement);
  await put('managers', list, key('moment', 'moment-1'), moment);
  await put('people', key(TENANT), key(EMPLOYEE), plantedRow('people', personSchema, ids));
  const to = { manager: MANAGER };
  for (const [id, pointed] of [
    ['agreement-1', { agreement: 'agreement-1', member: null, removed: null }],
    ['place-2', { agreement: null, member: 'place-2', removed: null }],
    ['gone', { agreement: 'gone' }],
  ] as const) {
    const pointer = plantedRow('about', pointerSchema, { ...to, ...pointed });
    await put('about', key(TENANT, EMPLOYEE), key(MANAGER, id), pointer);
  }
  const reminder = plantedRow('reminders', reminderSchema, { ...ids, due: '2027-02-01T08:00:00.000Z' });
  await put('reminders', key('due', '2027-02-01T08', 'b'), key('1'), reminder);
  await put('reminders', key('waiting', TENANT, EMPLOYEE), key('1'), reminder);
  await put('nudges', key(TENANT, EMPLOYEE), key('1'), plantedRow('nudges', deliverySchema, { sentAt: NOW }));
  const entry = { record: 'agreement-1', manager: MANAGER, kind: 'agreement', at: NOW };
  await put(
    'audit',
    key(TENANT, '2027-01'),
    key(NOW, '1'),
    plantedRow('audit', entrySchema, { ...entry, who: MANAGER, did: 'agreement.save' }),
  );
  await put(
    'audit',
    key(TENANT, '2027-01'),
    key(NOW, '2'),
    plantedRow('audit', entrySchema, { ...entry, who: EMPLOYEE, did: 'about.confirm' }),
  );
  const organisation = plantedRow('organisation', organisationSchema, {
    tenant: TENANT,
    listed: [EMPLOYEE],
    terms: DEFAULT_RETENTION,
  });
  await put('organisation', key(TENANT), key('settings'), organisation);
  const asked = {
    tenant: TENANT,
    successor: MANAGER,
    askedBy: HR,
    confirmedBy: HR,
    askedAt: NOW,
    stateAt: NOW,
    state: 'waiting',
  };
  await put(
    'organisation',
    key(TENANT),
    key('handover', EMPLOYEE),
    plantedRow('organisation', handoverSchema, { ...asked, leaver: EMPLOYEE }),
  );
  const toThem = { ...asked, leaver: 'x', leaverName: 'somebody who leaves', successor: EMPLOYEE };
  await put('organisation', key(TENANT), key('handover', 'x'), full(handoverSchema, 'other', toThem));
  const scan = plantedRow('scans', scanSchema, { tenant: TENANT, asked: [EMPLOYEE], closedAt: NOW });
  await put('scans', key(TENANT), key('scan', 'BCDFG'), scan);
  await put('scans', key(TENANT), key('box', 'BCDFG'), plantedRow('scans', sealedBoxSchema, {}));
  await plantOthers();
}

/** The like of another person and of another organisation: nothing of it may turn up. */
async function plantOthers(): Promise<void> {
  const other = 'f6f6f6f6-0000-4000-8000-000000000006';
  const elsewhere = 'f7f7f7f7-0000-4000-8000-000000000007';
  const mark = 'not-theirs';
  const list = key(TENANT, MANAGER);
  await put('managers', list, key('member', mark), full(memberSchema, mark, { id: mark, person: other }));
  await put('managers', list, key('moment', mark), full(momentSchema, mark, { id: mark, member: mark }));
  await put(
    'managers',
    list,
    key('agreement', mark),
    full(agreementSchema, mark, { id: mark, employee: other }),
  );
  for (const [tenant, person] of [
    [TENANT, other],
    [elsewhere, EMPLOYEE],
  ] as const) {
    const ids = { tenant, person };
    await put('people', key(tenant), key(person), full(personSchema, mark, ids));
    const reminder = full(reminderSchema, mark, { ...ids, due: '2027-02-01T08:00:00.000Z' });
    await put('reminders', key('due', '2027-02-01T08', 'b'), key(mark, tenant), reminder);
    await put('nudges', key(tenant, person), key(mark), full(deliverySchema, mark, {}));
    const did = { who: person, record: mark, did: mark, at: NOW };
    await put('audit', key(tenant, '2027-01'), key(NOW, mark), full(entrySchema, mark, did));
    const scan = full(scanSchema, mark, { tenant, asked: tenant === TENANT ? [other] : [EMPLOYEE] });
    await put('scans', key(tenant), key('scan', mark), scan);
  }
  // Another manager used the number of their agreement for one of somebody else's.
  const clash = { who: other, record: 'agreement-1', manager: other, did: mark, at: NOW };
  await put('audit', key(TENANT, '2027-01'), key(NOW, 'clash'), full(entrySchema, mark, clash));
}

async function put(table: TableName, partition: string, row: string, record: object): Promise<void> {
  await own.tables.table(table).upsert(toRow(partition, row, record as Record<string, unknown>));
}

/** A record with every property filled, of which each value is remembered. */
function plantedRow(table: TableName, schema: z.ZodObject, fixed: object): object {
  const record = full(schema, table, fixed);
  for (const path of pathsIn(schema)) {
    const values = planted.get(`${table} ${path}`) ?? [];
    planted.set(`${table} ${path}`, [...values, ...valuesAt(record, path.split('.'))]);
  }
  return record;
}

/** What a schema can hold, all of it, with texts that are found again by where they stand. */
function full(schema: z.ZodObject, mark: string, fixed: object): object {
  return { ...(filledIn(schema, mark) as object), ...fixed };
}

function filledIn(schema: z.core.$ZodType, path: string): unknown {
  if (schema instanceof z.ZodDefault || schema instanceof z.ZodNullable || schema instanceof z.ZodOptional) {
    return filledIn(schema.unwrap() as z.core.$ZodType, path);
  }
  if (schema instanceof z.ZodEnum) return schema.options.at(-1);
  if (schema instanceof z.ZodLiteral) return schema.value;
  if (schema instanceof z.ZodBoolean) return true;
  if (schema instanceof z.ZodNumber) return 4;
  if (schema instanceof z.ZodString)
    return /(\.at|At|[Ss]ince|due)$/.test(path)
      ? NOW
      : /([Dd]ay|by|[Ff]rom|[Uu]ntil|planned|On)$/.test(path)
        ? '2027-01-19'
        : path;
  if (schema instanceof z.ZodArray) return [filledIn(schema.element as z.core.$ZodType, path)];
  if (schema instanceof z.ZodRecord) return { '1': filledIn(schema.valueType as z.core.$ZodType, path) };
  if (schema instanceof z.ZodObject) {
    return Object.fromEntries(
      Object.entries(schema.shape).map(([name, inner]) => [
        name,
        filledIn(inner as z.core.$ZodType, `${path}.${name}`),
      ]),
    );
  }
  throw new Error(`no value for a schema of the kind ${schema._zod.def.type}`);
}

/** As the holdings name them. */
function pathsIn(schema: z.ZodObject): string[] {
  const all = new Set(Object.values(STORED_FIELDS).flat());
  const names = (value: unknown, path: string): string[] => {
    const inner = Array.isArray(value) ? value[0] : value;
    const deeper =
      typeof inner === 'object' && inner !== null
        ? Object.entries(inner).flatMap(([name, one]) => names(one, `${path}.${name}`))
        : [];
    return [path, ...deeper];
  };
  return Object.entries(filledIn(schema, '') as object)
    .flatMap(([name, value]) => names(value, name))
    .filter((path) => all.has(path));
}

/** Every value that stands at a path, wherever in a tree the path begins. */
function valuesAt(tree: unknown, path: readonly string[]): unknown[] {
  const at = (value: unknown, [name, ...rest]: readonly string[]): unknown[] => {
    if (Array.isArray(value))
      return value.flatMap((one) => at(one, name === undefined ? [] : [name, ...rest]));
    if (name === undefined) return [value];
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, name)) return [];
    const inner = (value as Record<string, unknown>)[name];
    return rest.length === 0 ? [inner] : at(inner, rest);
  };
  return at(tree, path);
}

function reasons(table: TableName, names: readonly string[], why: string): Record<string, string> {
  return Object.fromEntries(names.map((name) => [`${table} ${name}`, why]));
}
