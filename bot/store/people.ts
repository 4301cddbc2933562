import { type Person, personSchema } from '../domain/person.js';
import { key } from './tables/keys.js';
import { readMany } from './tables/read-many.js';
import { fromRow, readableRow, toRow, type Versioned } from './tables/row-mapping.js';
import type { Tables, WriteResult } from './tables/tables.js';

const JSON_PROPERTIES = ['reference', 'formerReference', 'days', 'off', 'monthly'];

export type People = {
  get(tenant: string, id: string): Promise<Versioned<Person> | null>;
  /** Many of one tenant in few requests: each as reading them alone brings them, or throws as that does. */
  getMany(tenant: string, ids: readonly string[]): Promise<(id: string) => Versioned<Person> | null>;
  /** Everybody who can be read: for the night, never for a turn. */
  all(): AsyncIterable<Person>;
  add(record: Person): Promise<WriteResult>;
  change(record: Person, etag: string): Promise<WriteResult>;
  /** Removes who is still away since that instant; `conflict` for who came back meanwhile, who stays. */
  remove(tenant: string, id: string, awaySince: string | null): Promise<WriteResult>;
};

export function openPeople(tables: Tables): People {
  const table = tables.table('people');
  const rowOf = (record: Person) => toRow(key(record.tenant), key(record.person), record);
  return {
    async get(tenant, id) {
      const found = await table.get(key(tenant), key(id));
      return found === null ? null : fromRow(personSchema, JSON_PROPERTIES, found);
    },
    async getMany(tenant, ids) {
      const partition = key(tenant);
      const rows = await readMany(
        ids.map((id) => key(id)),
        {
          range: (rowFrom, rowTo, most) => table.query({ partition, rowFrom, rowTo, most }),
          keyOf: ({ row }) => row.rowKey,
          async *one(rowKey) {
            const found = await table.get(partition, rowKey);
            if (found !== null) yield found;
          },
        },
      );
      return (id) => {
        const [found] = rows.get(key(id)) ?? [];
        return found === undefined ? null : fromRow(personSchema, JSON_PROPERTIES, found);
      };
    },
    async *all() {
      for await (const stored of table.query({})) {
        const found = readableRow(personSchema, JSON_PROPERTIES, stored);
        if (found !== null) yield found;
      }
    },
    add: (record) => table.insert(rowOf(record)),
    change: (record, etag) => table.replace(rowOf(record), etag),
    async remove(tenant, id, awaySince) {
      const found = await table.get(key(tenant), key(id));
      if (found === null) return 'gone';
      const { record, etag } = fromRow(personSchema, JSON_PROPERTIES, found);
      return record.unreachableSince === awaySince ? table.remove(key(tenant), key(id), etag) : 'conflict';
    },
  };
}
