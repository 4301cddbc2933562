import { isPlausible } from '../clock.js';
import type { FixedResult, Job, JobRun } from '../job.js';
import { forgetAway } from './away-people.js';
import { removeExpired } from './expired-records.js';
import { openLinked, removeLostPointers } from './lost-pointers.js';
import { forgetAudit, forgetFigures, forgetHandovers, forgetProofs, forgetRemovals } from './old-proofs.js';
import { forgetScans } from './old-scans.js';
import { forgetWaitingNews } from './waiting-news.js';
import { guarded, openWork, type RetentionDeps, type Work } from './work.js';

/**
 * Each night: what has its term behind it goes. What follows from a record goes before the record itself, so that a
 * run that stops half-way is completed by the next; doing it twice does no harm. It fails closed: of an organisation
 * whose terms cannot be read nothing is deleted, nor anything at all at an instant that the service of the tables
 * does not bear out, unless an operator typed it.
 *
 * Of the names that the result has in common with reminders, `due` is what `counts` has as looked at and `dropped` as
 * removed.
 */
export function createRetentionJob(deps: RetentionDeps): Job<FixedResult> {
  return { name: 'retention', run: (how) => run(deps, how) };
}

/** One after the other; each of them is guarded by itself, or by whom it is about. */
const STEPS: readonly ((work: Work) => Promise<void>)[] = [
  ofManagers,
  ofPeople,
  (work) => guarded(work, null, () => forgetProofs(work)),
  (work) => guarded(work, null, () => forgetAudit(work)),
  (work) => guarded(work, null, () => forgetRemovals(work)),
  (work) => guarded(work, null, () => forgetFigures(work)),
  (work) => guarded(work, null, () => forgetHandovers(work)),
  (work) => guarded(work, null, () => forgetScans(work)),
  (work) => guarded(work, null, () => forgetWaitingNews(work)),
];

async function run(deps: RetentionDeps, { at, dryRun, byHand = false }: JobRun): Promise<FixedResult> {
  const started = deps.monotonicNow();
  const requestsBefore = deps.tables.requests();
  const work = openWork(deps, at, dryRun);
  const serverTime = await deps.tables.serverTime();
  const plausible = isPlausible(at, serverTime);
  if (byHand || plausible) {
    for (const step of STEPS) await step(work);
  } else {
    deps.log.error({ code: 'clock-doubted', at }, 'nothing is deleted: the tables have another time');
    work.total.failed += 1;
  }
  const { looked, removed, failed } = work.total;
  // A time that lies ahead would stand there as the newest until it is reached.
  if (!dryRun && !byHand) {
    const skipped = [...work.skipped];
    const ranAt = plausible ? at : (serverTime ?? at);
    await deps.health.record('retention', deps.instance, { at: ranAt, due: looked, failed, skipped });
  }
  return {
    job: 'retention',
    at,
    due: looked,
    claimed: 0,
    sent: 0,
    digests: 0,
    dropped: removed,
    deferred: 0,
    failed,
    tableRequests: deps.tables.requests() - requestsBefore,
    ms: Math.round(deps.monotonicNow() - started),
    counts: { looked, removed, skippedTenants: work.skipped.size },
  };
}

async function ofManagers(work: Work): Promise<void> {
  const linked = openLinked();
  for await (const { manager, everything } of work.deps.managers.all()) {
    linked.see(manager, everything);
    await guarded(work, manager.tenant, () => removeExpired(work, manager, everything));
  }
  await guarded(work, null, () => removeLostPointers(work, linked));
}

async function ofPeople(work: Work): Promise<void> {
  for await (const person of work.deps.people.all()) {
    await guarded(work, person.tenant, () => forgetAway(work, person));
  }
}
