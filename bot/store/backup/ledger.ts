import { createHmac, hkdfSync } from 'node:crypto';
import type { Writable } from 'node:stream';
import { z } from 'zod';
import { deliverySchema } from '../deliveries.js';
import { pointerSchema } from '../employee-index.js';
import { keyParts } from '../tables/keys.js';
import { readableRow } from '../tables/row-mapping.js';
import type { StoredRow } from '../tables/rows.js';
import type { TableName, Tables } from '../tables/tables.js';
import {
  type ArchiveHeader,
  type NewHeader,
  readArchive,
  type WrittenArchive,
  writeArchive,
} from './archive.js';
import { everyRow, type Pause } from './every-row.js';

/**
 * What was removed and what was sent, so that an older copy of the tables can be put back without bringing back the one
 * or sending the other again. It holds no id, name or word: of each a hash under a key that is in no table and no file.
 * Whoever has the ledger alone learns how much there was; whoever has a copy, and not the key, cannot tell what of it.
 */
export type Ledger = {
  readonly at: string;
  /** Whether a record was removed for good; a place on a list goes by its number. */
  readonly wasErased: (what: Erased) => boolean;
  /** When an item of the delivery log was sent (instant); null when it was not as far as is known. */
  readonly sentAt: (tenant: string, person: string, item: string) => string | null;
};
export type Erased = {
  readonly tenant: string;
  readonly manager: string;
  readonly kind: string;
  readonly id: string;
};

/** Of all tables those that tell: it can be made where another was deleted. */
export const LEDGER_READS: readonly TableName[] = ['about', 'audit', 'nudges'];

const KEY_BYTES = 32;
/** As many as make two hashes alike in one of 10^20 ledgers. */
const HASH_BYTES = 16;
/** What was sent longer ago than the oldest copy that may be put back tells nothing. */
const SENT_DAYS = 31;
const DAY_MS = 24 * 3_600_000;
/** A copy takes some time to make, and clocks differ. */
const EARLIER_MS = 3_600_000;

const erasedLine = z.tuple([z.literal('erased'), z.string()]);
const sentLine = z.tuple([z.literal('sent'), z.string(), z.string()]);

/** The record that an entry on the audit trail tells was removed for good; null for any other entry. */
function erasedIn({ row }: StoredRow): Erased | null {
  const [tenant = ''] = keyParts(row.partitionKey);
  const { gone, kind, manager, record } = row;
  if (gone !== true || typeof manager !== 'string' || typeof record !== 'string') return null;
  return { tenant, manager, kind: String(kind), id: record };
}

/** The record that a pointer tells was removed on request; null for a pointer to what is there. */
export function removedIn(stored: StoredRow): Erased | null {
  const pointer = readableRow(pointerSchema, ['removed'], stored);
  if (pointer === null || pointer.removed === null) return null;
  const [tenant = ''] = keyParts(stored.row.partitionKey);
  const { manager, agreement, moment } = pointer;
  return agreement === null
    ? { tenant, manager, kind: 'moment', id: moment ?? '' }
    : { tenant, manager, kind: 'agreement', id: agreement };
}

export async function writeLedger(
  tables: Tables,
  {
    to,
    header,
    secret,
    pause,
  }: {
    readonly to: Writable;
    readonly header: Omit<NewHeader, 'kind' | 'key'>;
    readonly secret: string;
    readonly pause: Pause;
  },
): Promise<WrittenArchive & { readonly erased: number; readonly sent: number }> {
  const hash = hashWith(secret);
  const total = { erased: 0, sent: 0 };
  const oldest = new Date(Date.parse(header.at) - SENT_DAYS * DAY_MS).toISOString();
  const erased = (what: Erased) => {
    total.erased += 1;
    return ['erased', hash(nameOf(what))];
  };
  async function* lines() {
    for await (const stored of everyRow(tables.table('about'), pause)) {
      const removed = removedIn(stored);
      if (removed !== null) yield erased(removed);
    }
    for await (const stored of everyRow(tables.table('audit'), pause)) {
      const one = erasedIn(stored);
      if (one !== null) yield erased(one);
    }
    for await (const stored of everyRow(tables.table('nudges'), pause)) {
      const delivery = readableRow(deliverySchema, ['items'], stored);
      if (delivery === null || delivery.sentAt < oldest) continue;
      const [tenant = '', person = ''] = keyParts(stored.row.partitionKey);
      for (const item of delivery.items) {
        total.sent += 1;
        yield ['sent', hash(sentName(tenant, person, item)), delivery.sentAt];
      }
    }
  }
  const key = hash(CHECK);
  return { ...(await writeArchive(to, { kind: 'ledger', ...header, key }, lines())), ...total };
}

export type ReadLedger =
  | { readonly ok: true; readonly ledger: Ledger }
  | { readonly ok: false; readonly problem: string };

/** Reads a ledger for a copy that was begun at `copyAt`; `secrets` are the bot's, of which one made it. */
export async function readLedger({
  path,
  app,
  copyAt,
  secrets,
}: {
  readonly path: string;
  readonly app: string;
  readonly copyAt: string;
  readonly secrets: readonly string[];
}): Promise<ReadLedger> {
  const erased = new Set<string>();
  const sent = new Map<string, string>();
  const since = new Date(Date.parse(copyAt) - EARLIER_MS).toISOString();
  let secret: string | undefined;
  const begin = (header: ArchiveHeader) => {
    secret = secrets.find((one) => hashWith(one)(CHECK) === header.key);
    if (secret === undefined)
      return `${path} was made with another SCAN_SECRET: set that one${secrets.length === 0 ? '' : ' behind the newest, with a comma'}.`;
    return header.at < copyAt
      ? `${path} is older than the backup: it tells nothing of what came after.`
      : null;
  };
  const line = (values: readonly unknown[]) => {
    const [removed, delivered] = [erasedLine.safeParse(values), sentLine.safeParse(values)];
    if (removed.success) erased.add(removed.data[1]);
    if (delivered.success && delivered.data[2] >= since) sent.set(delivered.data[1], delivered.data[2]);
    return undefined;
  };
  const read = await readArchive({ path, kind: 'ledger', app }, { begin, line });
  if (!read.ok) return read;
  const hash = hashWith(secret ?? '');
  return {
    ok: true,
    ledger: {
      at: read.header.at,
      wasErased: (what) => erased.has(hash(nameOf(what))),
      sentAt: (tenant, person, item) => sent.get(hash(sentName(tenant, person, item))) ?? null,
    },
  };
}

const CHECK = 'key';

function nameOf({ tenant, manager, kind, id }: Erased): string {
  return ['erased', tenant, manager, kind, id].join('|');
}

function sentName(tenant: string, person: string, item: string): string {
  return ['sent', tenant, person, item].join('|');
}

/** A key of its own from the secret, so that nothing here says anything of what else is made with it. */
function hashWith(secret: string): (text: string) => string {
  const key = Buffer.from(hkdfSync('sha256', secret, '', 'kopje-koffie ledger', KEY_BYTES));
  return (text) =>
    createHmac('sha256', key).update(text).digest().subarray(0, HASH_BYTES).toString('base64url');
}
