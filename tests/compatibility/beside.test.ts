import fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { z } from 'zod';
import { agreementSchema } from '../../bot/domain/agreement.js';
import { entrySchema } from '../../bot/domain/audit-entry.js';
import { memberSchema } from '../../bot/domain/member.js';
import { momentSchema } from '../../bot/domain/moment.js';
import { organisationSchema } from '../../bot/domain/organisation.js';
import { personSchema } from '../../bot/domain/person.js';
import { reminderSchema } from '../../bot/domain/reminder.js';
import { deliverySchema } from '../../bot/store/deliveries.js';
import { pointerSchema } from '../../bot/store/employee-index.js';
import { monthSchema } from '../../bot/store/figures.js';
import { tickSchema } from '../../bot/store/health.js';
import { agreementRowSchema } from '../../bot/store/managers.js';
import { fromRow, toRow } from '../../bot/store/tables/row-mapping.js';
import { jsonPropertiesOf, unreadableRows } from '../../bot/store/unreadable.js';
import { faultsOf } from '../support/faults.js';
import { limit } from '../support/run/time-limits.js';
import { aNewReminder } from '../support/sample-records.js';
import { arbitraryOf } from '../support/zod-arbitrary.js';
import { readBy010, type Shape, shapeIn010, writtenBy010 } from './0.1.0/readers.js';
import { press, pressOn } from './pressing.js';
import { openStoredHouse, type StoredHouse } from './stored-rows.js';

/** Of each shape of row: what this version writes, where such a row lies, and what lies in it as JSON. */
const SHAPES: readonly {
  readonly is: string;
  readonly schema: z.ZodObject;
  readonly reads?: z.ZodType;
  readonly place: readonly [table: string, partitionKey: string, rowKey: string];
  /** What version 0.1.0 could not read: by which field, and what the field then says. */
  readonly beyond: Readonly<Record<string, string>>;
  /** What it forgets when it writes such a row again. */
  readonly forgets: readonly string[];
}[] = [
  {
    is: 'an agreement',
    schema: agreementSchema,
    reads: agreementRowSchema,
    place: ['managers', 't|m', 'agreement|1'],
    beyond: { rhythm: 'that there is no next evaluation', 'items.by': 'that a part has no end yet' },
    forgets: ['resting', 'landedFrom', 'items'],
  },
  {
    is: 'a place on a list',
    schema: memberSchema,
    place: ['managers', 't|m', 'member|1'],
    beyond: {},
    forgets: ['number', 'coffeeRefusedAt', 'undeliveredOccasion'],
  },
  {
    is: 'a moment',
    schema: momentSchema,
    place: ['managers', 't|m', 'moment|1'],
    beyond: {},
    forgets: ['request', 'undeliveredOccasion'],
  },
  {
    is: 'a person',
    schema: personSchema,
    place: ['people', 't', 'p'],
    beyond: {},
    forgets: ['formerReference', 'installedAt', 'removedAt', 'refusedSince', 'refusedWhy'],
  },
  { is: 'a pointer', schema: pointerSchema, place: ['about', 't|e', 'm|1'], beyond: {}, forgets: ['moment'] },
  {
    is: 'a reminder',
    schema: reminderSchema,
    place: ['reminders', 'due|2027-01-12T08|a', '2027|1'],
    beyond: { kind: 'a message that it does not have' },
    forgets: ['triedOn', 'tries', 'notBefore', 'sendingAt'],
  },
  { is: 'a proof', schema: deliverySchema, place: ['nudges', 't|p', 'digest'], beyond: {}, forgets: [] },
  {
    is: 'what HR filled in',
    schema: organisationSchema,
    place: ['organisation', 't', 'settings'],
    beyond: {},
    forgets: ['terms'],
  },
  {
    is: 'a month',
    schema: monthSchema,
    place: ['organisation', 't', 'figures|2027-01'],
    beyond: {},
    forgets: [],
  },
  {
    is: 'an entry of the audit trail',
    schema: entrySchema,
    place: ['audit', 't|2027-01', '1'],
    beyond: {},
    forgets: ['kind', 'manager', 'gone'],
  },
  {
    is: 'a tick',
    schema: tickSchema,
    place: ['health', 'reminders', 'instance'],
    beyond: {},
    forgets: ['ranAt', 'skipped'],
  },
];
const RUNS = 60;
const shapeOf = ([table, partitionKey, rowKey]: readonly [string, string, string]): Shape => {
  const shape = shapeIn010(table, partitionKey, rowKey);
  if (shape === null) throw new Error(`0.1.0 had no ${table}`);
  return shape;
};
/** A field by its path, without the places in lists. */
const fieldOf = (path: string) => path.replace(/\.\d+(?=\.)/g, '');
type Properties = Readonly<Record<string, unknown>>;
const propertiesOf = (record: unknown): Properties => {
  const { partitionKey: _partition, rowKey: _row, ...properties } = toRow('p', 'r', record as Properties);
  return properties;
};
/** JSON text is opened by its schema alone, as today's stores do. */
const readToday = (schema: z.ZodType, shape: z.ZodObject, properties: Properties) =>
  fromRow(schema, jsonPropertiesOf(shape), {
    row: { ...(properties as Readonly<Record<string, string>>), partitionKey: 'p', rowKey: 'r' },
    etag: '',
  }).record as Properties;

describe('a row of this version beside version 0.1.0', () => {
  it('is read by it, but for what it did not know, of each kind', async () => {
    expect(
      await faultsOf(SHAPES, ({ schema, place, beyond }) => {
        fc.assert(
          fc.property(arbitraryOf(schema), (record) => {
            const read = readBy010(shapeOf(place), propertiesOf(record));
            const unread = Array.isArray(read) ? read.map(fieldOf) : [];
            expect(unread.filter((field) => !Object.hasOwn(beyond, field))).toEqual([]);
          }),
          { numRuns: RUNS },
        );
      }),
    ).toEqual([]);
  });

  it('is read again when it wrote it, with all that it knew, of each kind', async () => {
    expect(
      await faultsOf(SHAPES, (shape) => {
        const { schema, reads = schema, place, forgets } = shape;
        fc.assert(
          fc.property(arbitraryOf(schema), (made) => {
            const before = readToday(reads, schema, propertiesOf(made));
            const read = readBy010(shapeOf(place), propertiesOf(made));
            if (Array.isArray(read)) return;
            const after = readToday(reads, schema, writtenBy010(read as Properties));
            const kept = (record: Properties) =>
              Object.fromEntries(Object.entries(record).filter(([name]) => !forgets.includes(name)));
            expect(kept(after)).toEqual(kept(before));
          }),
          { numRuns: RUNS },
        );
      }),
    ).toEqual([]);
  });
});

describe('a row of a newer version', () => {
  it('keeps what this version does not know when it is written again, of each kind', async () => {
    expect(
      await faultsOf(SHAPES, (shape) => {
        const { schema, reads = schema } = shape;
        fc.assert(
          fc.property(arbitraryOf(schema), (made) => {
            const newer = { ...propertiesOf(made), ofNewer: 'a text', alsoNewer: '{"a":1}' };
            const record = readToday(reads, schema, newer);
            expect(propertiesOf({ ...record })).toMatchObject({ ofNewer: 'a text', alsoNewer: '{"a":1}' });
          }),
          { numRuns: RUNS },
        );
      }),
    ).toEqual([]);
  });
});

describe('version 0.1.0 beside this one on the same tables', { timeout: limit(300_000) }, () => {
  let stored: StoredHouse;
  beforeAll(async () => {
    stored = await openStoredHouse('0.1.0');
  });
  beforeEach(() => stored.reset());
  afterAll(() => stored.close());

  /** Rows that 0.1.0 would look at and could not read, and of which kinds were the rows that it left alone. */
  async function seenBy010() {
    const unread: string[] = [];
    const leftAlone = new Set<string>();
    for (const [table, rows] of Object.entries(await stored.house.dump()))
      for (const row of rows as readonly { readonly partitionKey: string; readonly rowKey: string }[]) {
        const { partitionKey, rowKey, ...properties } = row;
        const shape = shapeIn010(table, partitionKey, rowKey);
        if (shape === null)
          leftAlone.add(`${table} ${(table === 'health' ? partitionKey : rowKey).split('|')[0]}`);
        else {
          const read = readBy010(shape, properties);
          if (Array.isArray(read)) unread.push(`${table} ${rowKey}: ${read.map(fieldOf)}`);
        }
      }
    return { unread, leftAlone: [...leftAlone] };
  }
  const isDamaged = (line: string) => stored.meaning.unreadable.some(({ id }) => line.includes(id));

  it('reads all that presses and jobs of this one leave, and leaves alone what it does not know', async () => {
    const { meaning, house } = stored;
    for (const { manager, id, agreed } of meaning.agreements.filter(({ status }) => status === 'open')) {
      const form = await press(stored.person(manager), 'evaluation.open', { id });
      const outcomes = Object.fromEntries(
        agreed.flatMap(({ outcome }, at) => (outcome === 'stop' ? [] : [[`outcome${at + 1}`, 'works']])),
      );
      await pressOn(stored.person(manager), form, 'evaluation.record', { ...outcomes, next: '2026-12-11' });
    }
    for (const day of ['2026-11-30', '2026-12-07', '2026-12-11', '2026-12-14']) {
      await house.remind(`${day}T09:00:00+01:00`);
      for (const job of ['reconcile', 'figures', 'retention', 'handover'])
        await house.work(job, `${day}T22:00:00+01:00`);
    }
    const { unread } = await seenBy010();
    // What was damaged on purpose was not read by 0.1.0 either; the rest are messages that it does not have.
    expect(unread.filter((line) => !isDamaged(line) && !/^reminders .*: kind$/.test(line))).toEqual([]);
    expect(house.teams.violations).toEqual([]);
  });

  it('had put away a message that it does not have: it comes back the next night, and is sent once', async () => {
    const { meaning, house } = stored;
    const { reminders } = house.bot.stores;
    const reminder = meaning.agreements.find(
      ({ status, employee }) => status === 'open' && employee !== null,
    );
    if (reminder === undefined) throw new Error('no open agreement');
    const { tenant, manager, id } = reminder;
    await reminders.plan(
      aNewReminder({
        ...{ kind: 'agreement-resting', tenant, person: manager, manager, subject: id },
        ...{ occasion: '2026-11-01', due: '2026-11-27T09:00:00.000Z' },
      }),
    );
    for await (const row of reminders.due('2026-11-27T09:00:00.000Z'))
      if (row.reminder?.kind === 'agreement-resting') await reminders.deadLetter(row.stored);
    const planned = async () => {
      const found: string[] = [];
      for await (const row of reminders.all()) found.push(String(row.reminder?.kind));
      return found.filter((kind) => kind === 'agreement-resting').length;
    };
    expect(await planned()).toBe(0);
    const night = await house.work('reconcile', '2026-11-28T03:30:00+01:00', true);
    expect(night.counts).toMatchObject({ broughtBack: 1 });
    await house.work('reconcile', '2026-11-28T03:30:00+01:00');
    expect(await planned()).toBe(1);
    await house.work('reconcile', '2026-11-28T03:40:00+01:00');
    expect(await planned()).toBe(1);
  });

  it('an operator is told of each row that cannot be read, where it lies, and of nothing that stands in it', async () => {
    const { meaning, house } = stored;
    const found = [];
    for await (const row of unreadableRows(house.bot.tables)) found.push(row);
    expect(found.map(({ table, rowKey }) => `${table} ${rowKey}`).sort()).toEqual(
      [
        ...meaning.unreadable.map(({ id }) => `managers agreement|${id}`),
        ...stored.rows.reminders
          .filter(
            (row) => row.PartitionKey === 'aside' || row.kind === undefined || typeof row.due !== 'string',
          )
          .map(({ RowKey }) => `reminders ${RowKey}`),
      ].sort(),
    );
    expect(JSON.stringify(found)).not.toMatch(/balie/);
    const before = house.logged.length;
    await house.work('reconcile', '2026-11-28T03:30:00+01:00');
    const told = house.logged.slice(before).filter((line) => line.includes('a record cannot be read'));
    expect(told.map((line) => JSON.parse(line).record)).toEqual(meaning.unreadable.map(({ id }) => id));
  });
});
