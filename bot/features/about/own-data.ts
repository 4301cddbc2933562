import type { AuditEntry } from '../../domain/audit-entry.js';
import { type AuditRole, roleOf } from '../../domain/audit-entry.js';
import type { Handover } from '../../domain/handover-request.js';
import type { Person } from '../../domain/person.js';
import { concernsPerson, type Scan } from '../../domain/scan.js';
import type { OrganisationSettings } from '../../services/organisation-settings.js';
import type { Audit } from '../../store/audit.js';
import type { Deliveries, Delivery } from '../../store/deliveries.js';
import type { Handovers } from '../../store/handovers.js';
import type { People } from '../../store/people.js';
import type { Planned, Reminders } from '../../store/reminders.js';
import type { Scans } from '../../store/scans.js';
import type { Turn } from '../../turn.js';
import type { OwnRecords, ReadOwnRecords } from './own-records.js';

/** All that is kept of one person: what others recorded about them, and what there is of themselves. */
export type OwnData = { readonly records: OwnRecords; readonly traces: OwnTraces };

export type OwnTraces = {
  /** Their choices and address; null where the bot does not know them. */
  readonly person: Person | null;
  /** Proofs of what was sent to them. */
  readonly sent: readonly Delivery[];
  readonly planned: Planned;
  readonly acts: { readonly entries: readonly OwnAct[]; readonly complete: boolean };
  readonly handovers: readonly OwnHandover[];
  /** Team scans that they were asked for or started. */
  readonly scans: readonly OwnScan[];
  /** Whether HR put them on its list of who may record; null while that cannot be known. */
  readonly listed: boolean | null;
};

/**
 * What they did, or what was done to what is recorded about them: then only as what somebody did it, since who it was is
 * about that other person (GDPR art. 15(4)).
 */
export type OwnAct = Pick<AuditEntry, 'at' | 'did' | 'record' | 'kind'> & { readonly by: AuditRole | 'you' };

/** What HR asked for about a manager who leaves, as far as it is about them. */
export type OwnHandover = Partial<Handover> & { readonly part: 'leaver' | 'successor' | 'hr' };

/**
 * A team scan, as far as it is about them: what a team came to is about nobody, and everybody who was asked sees it in the
 * chat. `answered` is whether they did while it is open; null once it has closed, since that is kept no longer.
 */
export type OwnScan = Pick<
  Scan,
  'id' | 'name' | 'managerName' | 'lastDay' | 'status' | 'startedAt' | 'closedAt'
> & {
  readonly part: 'asked' | 'started';
  readonly answered: boolean | null;
};

export type ReadOwnData = (who: Pick<Turn, 'tenant' | 'person'>) => Promise<OwnData>;

export type OwnDataDeps = {
  readonly ownRecords: ReadOwnRecords;
  readonly people: Pick<People, 'get'>;
  readonly deliveries: Pick<Deliveries, 'of'>;
  readonly reminders: Pick<Reminders, 'of'>;
  readonly audit: Pick<Audit, 'about'>;
  readonly handovers: Pick<Handovers, 'of'>;
  readonly scans: Pick<Scans, 'ofTenant' | 'hasAnswered'>;
  readonly organisationSettings: Pick<OrganisationSettings, 'forAuthorization'>;
};

/**
 * Reads it for an export (GDPR art. 15 and 20). What no key leads to is looked through within bounds; what of that
 * cannot be had in time is told of as incomplete, and keeps nobody from the rest.
 */
export function createOwnData(deps: OwnDataDeps): ReadOwnData {
  return async (who) => {
    const { tenant, person } = who;
    const records = await deps.ownRecords(who);
    const [kept, sent, planned, acts, handovers, scans, organisation] = await Promise.all([
      deps.people.get(tenant, person),
      deps.deliveries.of(tenant, person),
      deps.reminders.of(tenant, person).catch(() => NOT_PLANNED),
      deps.audit.about(tenant, person, numbersIn(records)).catch(() => NO_ACTS),
      deps.handovers.of(tenant),
      ownScans(deps.scans, who),
      deps.organisationSettings.forAuthorization(tenant),
    ]);
    return {
      records: { ...records, unreadable: records.unreadable || scans.unreadable },
      traces: {
        person: kept?.record ?? null,
        sent,
        planned,
        acts: { entries: actsOf(acts.entries, person, records), complete: acts.complete },
        handovers: handovers.flatMap((one) => ownPart(one, person) ?? []),
        scans: scans.scans,
        listed: organisation === null ? null : organisation.listed.includes(person),
      },
    };
  };
}

const NOT_PLANNED: Planned = { planned: [], waiting: [], complete: false };
const NO_ACTS = { entries: [], complete: false };

/** Under which numbers the audit trail names what is recorded about somebody. */
function numbersIn({ agreements, coffees, moments, places, removed }: OwnRecords): readonly string[] {
  const ids = [...agreements, ...moments].map(({ record }) => record.id);
  const numbers = [...coffees, ...places].flatMap(({ record }) => record.number ?? []);
  return [...new Set([...ids, ...numbers, ...removed.flatMap(({ agreement }) => agreement ?? [])])];
}

/** The newest first. A number comes from a client: what another manager did under the same is not about them. */
function actsOf(
  entries: readonly AuditEntry[],
  person: string,
  { agreements, coffees, moments, places, removed }: OwnRecords,
): readonly OwnAct[] {
  const whose = new Set(
    [...agreements, ...coffees, ...moments, ...places, ...removed].map(({ manager }) => manager),
  );
  return entries
    .filter(({ who, manager }) => who === person || manager === null || whose.has(manager))
    .map(({ at, who, did, record, kind }): OwnAct => {
      return { at, did, record, kind, by: who === person ? 'you' : roleOf({ who, did }) };
    })
    .sort((one, other) => other.at.localeCompare(one.at));
}

/**
 * Every scan that names somebody: no key leads from a person to those that they were asked for, so that nothing of theirs
 * is kept beside them. `unreadable`: there are more, which may name them.
 */
export async function scansOf(
  scans: Pick<Scans, 'ofTenant'>,
  { tenant, person }: Pick<Turn, 'tenant' | 'person'>,
): Promise<{ readonly scans: readonly Scan[]; readonly unreadable: boolean }> {
  const all = await scans.ofTenant(tenant);
  const theirs = all.scans.filter((scan) => concernsPerson(scan, person));
  return { scans: theirs, unreadable: all.unreadable > 0 };
}

async function ownScans(
  scans: OwnDataDeps['scans'],
  who: Pick<Turn, 'tenant' | 'person'>,
): Promise<{ readonly scans: readonly OwnScan[]; readonly unreadable: boolean }> {
  const { person } = who;
  const named = await scansOf(scans, who);
  const own = await Promise.all(
    named.scans.map(async (scan): Promise<OwnScan> => {
      const { id, name, managerName, lastDay, status, startedAt, closedAt, manager } = scan;
      const isAsked = manager !== person;
      return {
        part: isAsked ? 'asked' : 'started',
        ...{ id, name, managerName, lastDay, status, startedAt, closedAt },
        answered: isAsked && status === 'open' ? await scans.hasAnswered(scan, person) : null,
      };
    }),
  );
  return { scans: own, unreadable: named.unreadable };
}

/** Whoever is to go on hears who leaves when it is done: until then that is the leaver's to tell. */
function ownPart(handover: Handover, person: string): OwnHandover | null {
  const { id, what, askedAt, state, stateAt, leaverName, successorName, leftOwn } = handover;
  const common = { id, state, stateAt, askedAt };
  const all = { ...common, what, leaverName, successorName, leftOwn };
  if (person === handover.leaver) return { part: 'leaver', ...all };
  if (person === handover.askedBy || person === handover.confirmedBy) return { part: 'hr', ...all };
  if (person !== handover.successor) return null;
  return state === 'done' ? { part: 'successor', ...all } : { part: 'successor', ...common, successorName };
}
