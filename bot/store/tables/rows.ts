import type { Row } from './limits.js';

/** A row that was read, with the etag that an update has to carry: optimistic concurrency, no row is ever locked. */
export type StoredRow = { readonly row: Row; readonly etag: string };

export type Write =
  /** `fill` leaves what a row that is there has beside the given properties. */
  | { readonly do: 'insert' | 'upsert' | 'fill'; readonly row: Row }
  | { readonly do: 'replace'; readonly row: Row; readonly etag: string }
  /** Only what is in the row changes; the rest of it stays. */
  | { readonly do: 'merge'; readonly row: Row; readonly etag: string }
  /** Whatever is there goes. */
  | { readonly do: 'remove'; readonly row: Pick<Row, 'partitionKey' | 'rowKey'> };
