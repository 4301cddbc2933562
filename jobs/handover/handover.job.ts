import { defaultSlot } from '../../bot/domain/calendar.js';
import type { Handover } from '../../bot/domain/handover-request.js';
import {
  actingIn,
  carriedOut,
  handoverReminder,
  isReady,
  type Told,
  takenUp,
} from '../../bot/domain/handover-request.js';
import { isReachable } from '../../bot/domain/person.js';
import { codeOf } from '../../bot/errors.js';
import type { Log } from '../../bot/log.js';
import { type Deliveries, itemId } from '../../bot/store/deliveries.js';
import type { Handovers } from '../../bot/store/handovers.js';
import type { Versioned } from '../../bot/store/tables/row-mapping.js';
import type { Tables } from '../../bot/store/tables/tables.js';
import { isPlausible } from '../clock.js';
import type { Job, JobResult, JobRun } from '../job.js';
import { carryOut, type HandoverDeps } from './carry-out.js';

export type HandoverJobDeps = HandoverDeps & {
  readonly handovers: Handovers;
  readonly deliveries: Deliveries;
  readonly tables: Tables;
  readonly log: Log;
  readonly monotonicNow: () => number;
  readonly print: (line: string) => void;
};

type Total = { looked: number; carriedOut: number; failed: number };

/**
 * Each night: what HR asked for when a manager leaves is carried out, once the leaver had their days to object or
 * somebody else of HR confirmed it. One that is left half-way goes on the next night. Since it deletes, nothing is
 * done at an instant that the service of the tables does not bear out, unless an operator typed it.
 */
export function createHandoverJob(deps: HandoverJobDeps): Job {
  return { name: 'handover', run: (how) => run(deps, how) };
}

async function run(deps: HandoverJobDeps, how: JobRun): Promise<JobResult> {
  const { at, byHand = false } = how;
  const started = deps.monotonicNow();
  const requestsBefore = deps.tables.requests();
  const total: Total = { looked: 0, carriedOut: 0, failed: 0 };
  if (byHand || isPlausible(at, await deps.tables.serverTime())) await all(deps, how, total);
  else {
    deps.log.error({ code: 'clock-doubted', at }, 'nothing is handed over: the tables have another time');
    total.failed += 1;
  }
  const { failed, ...counts } = total;
  return {
    job: 'handover',
    at,
    failed,
    tableRequests: deps.tables.requests() - requestsBefore,
    ms: Math.round(deps.monotonicNow() - started),
    counts,
  };
}

/** One that fails must not keep the others. */
async function all(deps: HandoverJobDeps, how: JobRun, total: Total): Promise<void> {
  for await (const { tenant, kept } of deps.handovers.all()) {
    total.looked += 1;
    try {
      if (kept === null) throw new Error('a request cannot be read');
      await one(deps, how, kept, total);
    } catch (error) {
      deps.log.error({ code: codeOf(error), tenant }, 'a handover waits for the next night');
      total.failed += 1;
    }
  }
}

async function one(
  deps: HandoverJobDeps,
  { at, dryRun }: JobRun,
  { record, etag }: Versioned<Handover>,
  total: Total,
): Promise<void> {
  const slot = defaultSlot(deps.zone);
  if (!isReady(record, await toldOf(deps, record), { now: at, slot })) return;
  if (dryRun) {
    total.carriedOut += 1;
    return deps.print(`${record.tenant} ${record.leaver} handover:${record.id}`);
  }
  // Taken up first: an objection of this very moment wins, and so does another instance.
  const taken = record.state === 'underway' ? record : takenUp(record, at);
  if ((await deps.handovers.put(taken, etag)) !== 'ok') return;
  const { left, leftOwn } = await carryOut(deps, { handover: taken, now: at });
  if (left) {
    deps.log.error({ code: 'handover-left', tenant: record.tenant, id: record.id }, 'some of it is left');
    total.failed += 1;
    return;
  }
  const done = carriedOut(taken, leftOwn, at);
  // Planned first: it fits only what is done.
  await deps.reminders.planAll(
    [record.leaver, record.askedBy].map((to) =>
      handoverReminder('handover-ended', { to, handover: done }, { now: at, slot }),
    ),
  );
  const newest = await deps.handovers.get(record.tenant, record.leaver);
  // Done by another instance meanwhile.
  if (newest === null || newest.record.state !== 'underway') return;
  if ((await deps.handovers.put(done, newest.etag)) !== 'ok') return;
  for (const who of actingIn(record)) {
    const { tenant, leaver: manager, id, what } = record;
    const entry = { at, who, did: `leaver.${what}`, record: id, kind: 'handover' as const, manager };
    await deps.audit.add(tenant, deps.newId(), entry);
  }
  total.carriedOut += 1;
}

/** Whether the leaver was told of it, by the proof of what was sent. */
async function toldOf({ deliveries, people, zone }: HandoverJobDeps, handover: Handover): Promise<Told> {
  const { tenant, leaver, askedAt } = handover;
  const news = handoverReminder(
    'handover-announced',
    { to: leaver, handover },
    {
      now: askedAt,
      slot: defaultSlot(zone),
    },
  );
  const sent = await deliveries.sentTo(tenant, leaver);
  const found = await people.get(tenant, leaver);
  return {
    sentAt: sent.get(itemId(news)) ?? null,
    reachable: found !== null && isReachable(found.record),
  };
}
