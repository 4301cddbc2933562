import { z } from 'zod';
import { holdsEntraId, isEntraId } from './entra-id.js';

const AUDITED_KINDS = [
  'agreement',
  'member',
  'moment',
  'organisation',
  'handover',
  'person',
  'scan',
] as const;

export type AuditedKind = (typeof AUDITED_KINDS)[number];

export const entrySchema = z.object({
  /** Instant, UTC. */
  at: z.string(),
  /** Who, Entra object id; the name of a job for what happened by itself. */
  who: z.string(),
  /** What: a verb, or the name of a job. */
  did: z.string(),
  /** The id of the record; `organisation` for what HR filled in. */
  record: z.string(),
  /** What it is; null on entries of before this was noted. A `person` was forgotten, and is not named. */
  kind: z.enum(AUDITED_KINDS).nullable().default(null),
  /** Whose record, Entra object id; null for what is nobody's, and on entries of before this was noted. */
  manager: z.string().nullable().default(null),
  /** Whether the record went by it for good: a backup of before must not bring it back. */
  gone: z.boolean().optional(),
});

/** Who did what to a record and when, never what stood in it. */
export type AuditEntry = z.infer<typeof entrySchema>;

/** What is written: all that is known by now. */
export type NewAuditEntry = Omit<AuditEntry, 'kind'> & { readonly kind: AuditedKind };

/** As what somebody did something: who they are stays out of what others see of it. */
export type AuditRole = 'manager' | 'employee' | 'hr' | 'bot';

/** By the first part of a verb, or by the verb where the part is shared. What is not here is the manager's. */
const ROLES: Readonly<Record<string, AuditRole>> = {
  about: 'employee',
  own: 'employee',
  'removal.send': 'employee',
  'removal.withdraw': 'employee',
  hr: 'hr',
  leaver: 'hr',
};

export function roleOf({ who, did }: Pick<AuditEntry, 'who' | 'did'>): AuditRole {
  if (!isPersonId(who)) return 'bot';
  const family = did.slice(0, did.indexOf('.'));
  return (
    [did, family].map((name) => (Object.hasOwn(ROLES, name) ? ROLES[name] : undefined)).find(Boolean) ??
    'manager'
  );
}

/**
 * Whether a text can be the number of a record at all. Earlier versions made the number of a place on a list out of
 * whose it is: with such a one anybody who knows a person's id could follow them. Every number that holds an Entra id
 * beside something else is one of those; whether a bare one is a person's is for the tables to say.
 */
export function isRecordNumber(text: string): boolean {
  if (/^(person|name)-/i.test(text)) return false;
  return !holdsEntraId(text) || isPersonId(text);
}

/**
 * What may be shown of the entries under one number: nothing of before entries told what they were about, unless
 * something was done to it that is only done to records. A person who was forgotten stood there under their own id.
 */
export function shownEntries(entries: readonly AuditEntry[]): readonly AuditEntry[] {
  const known = entries.filter(({ kind }) => kind !== 'person');
  const isRecord = known.some(({ kind, who, did }) => kind !== null || (isPersonId(who) && isOfRecord(did)));
  return isRecord ? known : known.filter(({ did }) => did.startsWith('hr.'));
}

/**
 * The entries by whose record they are about, since the number of a record comes from the client and two managers may
 * have used the same. What is of before that was noted goes with the only one there is.
 */
export function byManager(entries: readonly AuditEntry[]): readonly (readonly AuditEntry[])[] {
  const managers = [...new Set(entries.flatMap(({ manager }) => manager ?? []))];
  const [only] = managers.length < 2 ? [managers[0] ?? null] : [null];
  const groups = new Map<string | null, AuditEntry[]>();
  for (const entry of entries) {
    const of = entry.manager ?? only ?? null;
    groups.set(of, [...(groups.get(of) ?? []), entry]);
  }
  return [...groups.values()];
}

function isOfRecord(did: string): boolean {
  return !did.startsWith('hr.');
}

function isPersonId(text: string): boolean {
  return isEntraId(text.toLowerCase());
}
