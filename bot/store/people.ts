import { z } from 'zod';
import { key } from './keys.js';
import { fromRow, type Kept, toRow } from './records.js';
import type { Tables, WriteResult } from './tables.js';

/** Where a person can be written to: what Bot Framework needs of a conversation reference, and no more. */
const reference = z.object({
  channel: z.string(),
  serviceUrl: z.string(),
  conversation: z.string(),
  tenant: z.string(),
  bot: z.string(),
  user: z.string(),
});
export type Reference = z.infer<typeof reference>;

const person = z.object({
  tenant: z.string(),
  person: z.string(),
  reference: reference.nullable().default(null),
  language: z.enum(['nl', 'en']).nullable().default(null),
  zone: z.string().nullable().default(null),
  /** Since when messages cannot be delivered; null when they can. */
  unreachableSince: z.string().nullable().default(null),
  unreachableWhy: z.string().nullable().default(null),
});
/** A person who uses the bot. `person` is the Entra object id; the language and zone are those they chose. */
export type Person = z.infer<typeof person>;

const JSON_PROPERTIES = ['reference'];

export type People = {
  get(tenant: string, id: string): Promise<Kept<Person> | null>;
  add(record: Person): Promise<WriteResult>;
  change(record: Person, etag: string): Promise<WriteResult>;
  /**
   * The person with this reference, kept if it is new. For what somebody records or asks to be reminded of:
   * never for what they look up, which leaves no trace.
   */
  remember(tenant: string, id: string, reference: Reference): Promise<Person>;
};

export function openPeople(tables: Tables): People {
  const table = tables.table('people');
  const rowOf = (record: Person) => toRow(key(record.tenant), key(record.person), record);
  const people: People = {
    async get(tenant, id) {
      const found = await table.get(key(tenant), key(id));
      return found === null ? null : fromRow(person, JSON_PROPERTIES, found);
    },
    add: (record) => table.insert(rowOf(record)),
    change: (record, etag) => table.replace(rowOf(record), etag),
    async remember(tenant, id, reference) {
      const found = await people.get(tenant, id);
      if (found === null) {
        const record = { ...newPerson(tenant, id), reference };
        await people.add(record);
        return record;
      }
      const reachable = found.record.unreachableSince === null;
      if (reachable && sameReference(found.record.reference, reference)) return found.record;
      // Whoever speaks to us can be reached again, whatever a send said before.
      const record = { ...found.record, reference, unreachableSince: null, unreachableWhy: null };
      // A conflict means that another turn of the same person has just done the same.
      await people.change(record, found.etag);
      return record;
    },
  };
  return people;
}

export function newPerson(tenant: string, id: string): Person {
  return person.parse({ tenant, person: id });
}

export function sameReference(one: Reference | null, other: Reference): boolean {
  return (
    one !== null && (Object.keys(other) as (keyof Reference)[]).every((name) => one[name] === other[name])
  );
}
