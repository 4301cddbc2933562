import { addDays, dayOf, plus } from '../../bot/domain/calendar.js';
import { isForgettable } from '../../bot/domain/handover-request.js';
import { FIGURES_MONTHS, SHORTEST_RETENTION } from '../../bot/domain/retention-periods.js';
import type { Work } from './work.js';

/** The term of each tenant counts; what is newer than the shortest any may choose is not asked about. */
export async function forgetProofs({ deps, at, dryRun, termsOf, total }: Work): Promise<void> {
  const daysAgo = (days: number) => `${addDays(dayOf(at, 'UTC'), -days)}T00:00:00.000Z`;
  const newest = daysAgo(SHORTEST_RETENTION.sentDays);
  total.removed += await deps.deliveries.forget(newest, dryRun, async (tenant) => {
    const terms = await termsOf(tenant);
    return terms === null ? null : daysAgo(terms.sentDays);
  });
}

export async function forgetAudit(work: Work): Promise<void> {
  work.total.removed += await work.deps.audit.forget(work.dryRun, (tenant) => auditedUntil(work, tenant));
}

/** That something was removed on request is kept as long as who did what. */
export async function forgetRemovals(work: Work): Promise<void> {
  work.total.removed += await work.deps.about.forgetRemoved(work.dryRun, (tenant) =>
    auditedUntil(work, tenant),
  );
}

export async function forgetFigures({ deps, at, dryRun, total }: Work): Promise<void> {
  const oldestShown = plus(dayOf(at, 'UTC'), { months: -FIGURES_MONTHS }).slice(0, 7);
  total.removed += await deps.figures.forget(oldestShown, dryRun);
}

/** What was asked for when a manager left, some time after it was done or stopped. */
export async function forgetHandovers({ deps, at, dryRun, total }: Work): Promise<void> {
  total.removed += await deps.handovers.forget(dryRun, (handover) => isForgettable(handover, at));
}

async function auditedUntil({ at, termsOf }: Work, tenant: string): Promise<string | null> {
  const terms = await termsOf(tenant);
  return terms === null ? null : plus(dayOf(at, 'UTC'), { months: -terms.auditMonths });
}
