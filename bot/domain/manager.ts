import type { Agreement } from './agreement.js';
import type { Member } from './member.js';
import type { Moment } from './moment.js';
import type { ScanEntry } from './scan.js';
/** Whose records: one manager within one tenant, by Entra object id. */
export type Manager = { readonly tenant: string; readonly person: string };

export type ManagerRecords = {
  readonly members: readonly Member[];
  readonly agreements: readonly Agreement[];
  readonly moments: readonly Moment[];
  readonly scans: readonly ScanEntry[];
  /** Ids of records of any kind that are there and cannot be read: one of them must not hide the others. */
  readonly unreadable: readonly string[];
};
