import { defaultOrganisation, type Organisation, organisationSchema } from '../domain/organisation.js';
import { key } from './tables/keys.js';
import { fromRow, toRow, type Versioned } from './tables/row-mapping.js';
import type { Tables, WriteResult } from './tables/tables.js';

const JSON_PROPERTIES = ['contacts', 'terms', 'listed'];

const ROW = key('settings');

export type Organisations = {
  /** `etag` is null while nothing was filled in. */
  get(tenant: string): Promise<{ readonly record: Organisation; readonly etag: string | null }>;
  /** `conflict` when somebody else of HR wrote first. */
  put(record: Organisation, etag: string | null): Promise<WriteResult>;
};

export function openOrganisations(tables: Tables): Organisations {
  const table = tables.table('organisation');
  return {
    async get(tenant) {
      const found = await table.get(key(tenant), ROW);
      if (found === null) return { record: defaultOrganisation(tenant), etag: null };
      const kept: Versioned<Organisation> = fromRow(organisationSchema, JSON_PROPERTIES, found);
      return kept;
    },
    put(record, etag) {
      const row = toRow(key(record.tenant), ROW, record);
      return etag === null ? table.insert(row) : table.replace(row, etag);
    },
  };
}
