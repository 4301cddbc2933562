import type { AuditedKind } from '../../bot/domain/audit-entry.js';
import type { RetentionPeriods } from '../../bot/domain/retention-periods.js';
import { codeOf } from '../../bot/errors.js';
import type { Log } from '../../bot/log.js';
import type { Audit } from '../../bot/store/audit.js';
import type { Deliveries } from '../../bot/store/deliveries.js';
import type { EmployeeIndex } from '../../bot/store/employee-index.js';
import type { Figures } from '../../bot/store/figures.js';
import type { Handovers } from '../../bot/store/handovers.js';
import type { Health } from '../../bot/store/health.js';
import type { Managers } from '../../bot/store/managers.js';
import type { Organisations } from '../../bot/store/organisation.js';
import type { People } from '../../bot/store/people.js';
import type { Reminders } from '../../bot/store/reminders.js';
import type { Scans } from '../../bot/store/scans.js';
import type { Tables } from '../../bot/store/tables/tables.js';

export type RetentionDeps = {
  readonly people: People;
  readonly managers: Managers;
  readonly about: EmployeeIndex;
  readonly deliveries: Deliveries;
  readonly reminders: Reminders;
  readonly organisations: Organisations;
  readonly audit: Audit;
  readonly figures: Figures;
  readonly handovers: Handovers;
  readonly health: Health;
  readonly scans: Scans;
  readonly tables: Tables;
  readonly log: Log;
  /** IANA zone of people who have not said otherwise. */
  readonly zone: string;
  readonly instance: string;
  readonly newId: () => string;
  readonly monotonicNow: () => number;
  readonly print: (line: string) => void;
};

/** What the steps of one night share. */
export type Work = {
  readonly deps: RetentionDeps;
  readonly at: string;
  readonly dryRun: boolean;
  /** Null when they cannot be read: what the organisation chose is not known, so nothing of it may be deleted. */
  readonly termsOf: (tenant: string) => Promise<RetentionPeriods | null>;
  readonly total: { looked: number; removed: number; failed: number };
  /** Tenants of which something is left for the next night. */
  readonly skipped: Set<string>;
};

export function openWork(deps: RetentionDeps, at: string, dryRun: boolean): Work {
  const total = { looked: 0, removed: 0, failed: 0 };
  const skipped = new Set<string>();
  const known = new Map<string, RetentionPeriods | null>();
  const termsOf = async (tenant: string): Promise<RetentionPeriods | null> => {
    const found = known.get(tenant);
    if (found !== undefined) return found;
    // The usual terms in their place would delete for good what an organisation chose to keep for longer.
    const terms = await deps.organisations.get(tenant).then(
      ({ record }) => record.terms,
      (error: unknown) => {
        deps.log.error({ code: 'terms-unknown', why: codeOf(error), tenant }, 'nothing is deleted tonight');
        total.failed += 1;
        skipped.add(tenant);
        return null;
      },
    );
    known.set(tenant, terms);
    return terms;
  };
  return { deps, at, dryRun, termsOf, total, skipped };
}

/** One that fails must not keep the others: the next night tries again. `tenant` is null for what is of all. */
export async function guarded(
  { deps, total, skipped }: Work,
  tenant: string | null,
  what: () => Promise<void>,
): Promise<void> {
  try {
    await what();
  } catch (error) {
    deps.log.error({ code: codeOf(error), tenant }, 'retention leaves something for the next night');
    total.failed += 1;
    if (tenant !== null) skipped.add(tenant);
  }
}

type Removed = {
  readonly tenant: string;
  readonly person: string;
  readonly record: string;
  readonly kind: AuditedKind;
  /** Under which it stands on the audit trail, where that is not its id; null where it never stood there. */
  readonly number?: string | null;
};

/**
 * Removes a record and leaves on the audit trail that it went; in a dry run it only says so. `how` tells whether it is
 * gone: what was changed since it was read stays, and is looked at again the next night.
 */
export async function remove(
  { deps, at, dryRun, total }: Work,
  what: Removed,
  how: () => Promise<boolean>,
): Promise<void> {
  if (dryRun) deps.print(`${what.tenant} ${what.person} ${what.kind}:${what.record}`);
  else if (!(await how())) return;
  total.removed += 1;
  if (dryRun) return;
  await deps.audit.add(what.tenant, deps.newId(), {
    at,
    who: 'retention',
    did: 'remove',
    record: what.number === undefined ? what.record : (what.number ?? deps.newId()),
    kind: what.kind,
    manager: what.kind === 'person' ? null : what.person,
  });
}
