import { addDays, dayOf, plus } from '../../bot/calendar.js';
import { codeOf } from '../../bot/errors.js';
import type { Log } from '../../bot/log.js';
import type { About } from '../../bot/store/about.js';
import type { Audit } from '../../bot/store/audit.js';
import type { Figures } from '../../bot/store/figures.js';
import type { Everything, Manager, Managers } from '../../bot/store/managers.js';
import type { Nudges } from '../../bot/store/nudges.js';
import type { Organisations } from '../../bot/store/organisation.js';
import type { People, Person } from '../../bot/store/people.js';
import type { Reminders } from '../../bot/store/reminders.js';
import type { Tables } from '../../bot/store/tables.js';
import { FIGURES_MONTHS, LEAST_TERMS, TERMS, type Terms } from '../../bot/store/terms.js';
import type { Job, JobResult, JobRun } from '../job.js';
import { isExpiredAgreement, isExpiredMoment, isForgotten, needlessMembers } from './expired.js';

export type RetentionNeeds = {
  readonly people: People;
  readonly managers: Managers;
  readonly about: About;
  readonly nudges: Nudges;
  readonly reminders: Reminders;
  readonly organisations: Organisations;
  readonly audit: Audit;
  readonly figures: Figures;
  readonly tables: Tables;
  readonly log: Log;
  readonly newId: () => string;
  readonly ticks: () => number;
  readonly tell: (line: string) => void;
};

type Work = {
  readonly needs: RetentionNeeds;
  readonly at: string;
  readonly dryRun: boolean;
  readonly termsOf: (tenant: string) => Promise<Terms>;
  readonly total: { looked: number; removed: number; failed: number };
};

/**
 * Each night: what has its term behind it goes. In the result `due` counts what was looked at and `dropped` what was
 * removed. What follows from a record goes before the record itself, so that a run that stops half-way is completed
 * by the next; doing it twice does no harm.
 */
export function createRetentionJob(needs: RetentionNeeds): Job {
  return { name: 'retention', run: (how) => run(needs, how) };
}

async function run(needs: RetentionNeeds, { at, dryRun }: JobRun): Promise<JobResult> {
  const started = needs.ticks();
  const requestsBefore = needs.tables.requests();
  const total = { looked: 0, removed: 0, failed: 0 };
  const work: Work = { needs, at, dryRun, termsOf: rememberedTerms(needs), total };
  for await (const { manager, everything } of needs.managers.everybody()) {
    await guarded(work, () => cleanManager(work, manager, everything));
  }
  for await (const person of needs.people.all()) {
    await guarded(work, () => forgetIfGone(work, person));
  }
  await guarded(work, () => forgetProofs(work));
  await guarded(work, () => forgetAudit(work));
  await guarded(work, () => forgetRemovals(work));
  await guarded(work, () => forgetFigures(work));
  return {
    job: 'retention',
    at,
    due: total.looked,
    claimed: 0,
    sent: 0,
    digests: 0,
    dropped: total.removed,
    deferred: 0,
    failed: total.failed,
    tableRequests: needs.tables.requests() - requestsBefore,
    ms: Math.round(needs.ticks() - started),
  };
}

/** One that fails must not keep the others: the next night tries again. */
async function guarded({ needs, total }: Work, what: () => Promise<void>): Promise<void> {
  try {
    await what();
  } catch (error) {
    needs.log.error({ code: codeOf(error) }, 'retention leaves something for the next night');
    total.failed += 1;
  }
}

async function cleanManager(work: Work, manager: Manager, everything: Everything): Promise<void> {
  const { needs, at, total } = work;
  const terms = await work.termsOf(manager.tenant);
  const { tenant, person } = manager;
  total.looked += everything.agreements.length + everything.moments.length + everything.members.length;
  const expired = everything.agreements.filter((one) => isExpiredAgreement(one, terms, at));
  const passed = everything.moments.filter((one) => isExpiredMoment(one, terms, at));
  for (const { id, employee } of expired) {
    await remove(work, { tenant, person, record: id, kind: 'agreement' }, async () => {
      if (employee !== null) await needs.about.unpoint(tenant, employee, person, id);
      await needs.managers.removeAgreement(manager, id);
    });
  }
  for (const { id } of passed) {
    await remove(work, { tenant, person, record: id, kind: 'moment' }, () =>
      needs.managers.removeMoment(manager, id),
    );
  }
  // What cannot be read may need any name.
  if (everything.unreadable.length > 0) return;
  const left = {
    members: everything.members,
    agreements: everything.agreements.filter((one) => !expired.includes(one)),
    moments: everything.moments.filter((one) => !passed.includes(one)),
  };
  for (const { id, person: employee } of needlessMembers(left)) {
    await remove(work, { tenant, person, record: id, kind: 'member' }, async () => {
      if (employee !== null) await needs.about.unpoint(tenant, employee, person, id);
      await needs.managers.removeMember(manager, id);
    });
  }
}

/** What waits for them, what they kept for themselves and who they are; agreements with others close. */
async function forgetIfGone(work: Work, person: Person): Promise<void> {
  const { needs, at, dryRun, total } = work;
  total.looked += 1;
  const terms = await work.termsOf(person.tenant);
  if (!isForgotten(person, terms, at)) return;
  const manager = { tenant: person.tenant, person: person.person };
  const what = { ...manager, record: person.person, kind: 'person' };
  if (!dryRun) await closeAll(needs, manager, at);
  await remove(work, what, async () => {
    await needs.reminders.forgetWaiting(person.tenant, person.person);
    await needs.nudges.forgetOf(person.tenant, person.person);
    // Who came back this very moment stays.
    await needs.people.remove(person.tenant, person.person, person.unreachableSince);
  });
}

async function closeAll({ managers }: RetentionNeeds, manager: Manager, at: string): Promise<void> {
  const { agreements, moments, members } = await managers.everything(manager);
  for (const { id, status } of agreements) {
    const found = status === 'open' ? await managers.agreement(manager, id) : null;
    if (found === null) continue;
    const closed = {
      ...found.record,
      status: 'closed' as const,
      changedAt: at,
      version: found.record.version + 1,
    };
    await managers.changeAgreement(manager, closed, found.etag);
  }
  for (const { id } of moments) await managers.removeMoment(manager, id);
  const plain = members.map((one) => ({ ...one, rhythm: null, lastDay: null, nextDay: null }));
  if (plain.length > 0) await managers.putMembers(manager, plain);
}

/** The term of each tenant counts; what is older than the longest any may choose goes without asking. */
async function forgetProofs({ needs, at, dryRun, termsOf, total }: Work): Promise<void> {
  const daysAgo = (days: number) => `${addDays(dayOf(at, 'UTC'), -days)}T00:00:00.000Z`;
  const newest = daysAgo(LEAST_TERMS.sentDays);
  total.removed += await needs.nudges.forget(newest, dryRun, async (tenant) => {
    const { sentDays } = await termsOf(tenant);
    return daysAgo(sentDays);
  });
}

async function forgetAudit({ needs, at, dryRun, termsOf, total }: Work): Promise<void> {
  total.removed += await needs.audit.forget(dryRun, async (tenant) => {
    const { auditMonths } = await termsOf(tenant);
    return plus(dayOf(at, 'UTC'), { months: -auditMonths });
  });
}

/** That something was removed on request is kept as long as who did what. */
async function forgetRemovals({ needs, at, dryRun, termsOf, total }: Work): Promise<void> {
  total.removed += await needs.about.forgetRemoved(dryRun, async (tenant) => {
    const { auditMonths } = await termsOf(tenant);
    return plus(dayOf(at, 'UTC'), { months: -auditMonths });
  });
}

async function forgetFigures({ needs, at, dryRun, total }: Work): Promise<void> {
  const oldestShown = plus(dayOf(at, 'UTC'), { months: -FIGURES_MONTHS }).slice(0, 7);
  total.removed += await needs.figures.forget(oldestShown, dryRun);
}

async function remove(
  { needs, at, dryRun, total }: Work,
  what: { readonly tenant: string; readonly person: string; readonly record: string; readonly kind: string },
  how: () => Promise<unknown>,
): Promise<void> {
  total.removed += 1;
  if (dryRun) return needs.tell(`${what.tenant} ${what.person} ${what.kind}:${what.record}`);
  await how();
  await needs.audit.add(what.tenant, needs.newId(), {
    at,
    who: 'retention',
    did: 'remove',
    record: what.record,
  });
}

function rememberedTerms({ organisations, log }: RetentionNeeds): Work['termsOf'] {
  const known = new Map<string, Terms>();
  return async (tenant) => {
    const found = known.get(tenant);
    if (found !== undefined) return found;
    const terms = await organisations.get(tenant).then(
      ({ record }) => record.terms,
      (error: unknown) => {
        log.error({ code: codeOf(error) }, 'terms of an organisation cannot be read: the usual ones count');
        return TERMS;
      },
    );
    known.set(tenant, terms);
    return terms;
  };
}
