import { dayOf, plus } from '../../bot/domain/calendar.js';
import { FIGURES, type Figures, type MonthFigures } from '../../bot/store/figures.js';
import type { Managers } from '../../bot/store/managers.js';
import type { Versioned } from '../../bot/store/tables/row-mapping.js';
import type { Tables } from '../../bot/store/tables/tables.js';
import type { Job, JobResult, JobRun } from '../job.js';
import { coffeesOf, type Happening, happeningsOf, monthOf, tallied } from './count.js';

export type FiguresDeps = {
  readonly managers: Managers;
  readonly figures: Figures;
  readonly tables: Tables;
  readonly zone: string;
  /** The real clock: a month is closed for good, whatever instant a run is for. */
  readonly now: () => Date;
  readonly monotonicNow: () => number;
  readonly print: (line: string) => void;
};

/**
 * Each night: the month that runs is counted anew for each organisation, and a month that is over once more, after
 * which it is closed and stays as it is. In the result `conflicts` counts the months that another instance wrote at the
 * same time. Each month is one write, so stopping half-way or doing it twice does no harm.
 */
export function createFiguresJob(deps: FiguresDeps): Job {
  return { name: 'figures', run: (how) => run(deps, how) };
}

async function run(deps: FiguresDeps, { at, dryRun }: JobRun): Promise<JobResult> {
  const started = deps.monotonicNow();
  const requestsBefore = deps.tables.requests();
  const running = monthOf(dayOf(at, deps.zone));
  const present = monthOf(dayOf(deps.now().toISOString(), deps.zone));
  const kept = await keptMonths(deps.figures);
  const { byMonth, looked } = await collect(deps, monthsToCount(kept, running), kept);
  const isOver = (month: string) => month < running && month < present;
  let written = 0;
  let conflicts = 0;
  for (const [id, happenings] of byMonth) {
    const before = kept.get(id) ?? null;
    const [tenant = '', month = ''] = id.split('|');
    const counted = figuresOf({
      tenant,
      month,
      closed: isOver(month),
      happenings,
      before: before?.record ?? null,
    });
    if (isSame(counted, before?.record ?? null)) continue;
    if (dryRun) deps.print(`${tenant} ${month}`);
    const result = dryRun ? 'ok' : await deps.figures.put(counted, before?.etag ?? null);
    if (result === 'ok') written += 1;
    else conflicts += 1;
  }
  return {
    job: 'figures',
    at,
    failed: 0,
    tableRequests: deps.tables.requests() - requestsBefore,
    ms: Math.round(deps.monotonicNow() - started),
    counts: { looked, written, conflicts },
  };
}

type KeptMonths = ReadonlyMap<string, Versioned<MonthFigures>>;

async function keptMonths(figures: Figures): Promise<KeptMonths> {
  const kept = new Map<string, Versioned<MonthFigures>>();
  for await (const one of figures.all()) kept.set(idOf(one.record.tenant, one.record.month), one);
  return kept;
}

/** The month that runs, the one before it, and whatever a service that was down for long left open. */
function monthsToCount(kept: KeptMonths, running: string): ReadonlySet<string> {
  const before = monthOf(plus(`${running}-01`, { months: -1 }));
  const open = [...kept.values()].filter(({ record }) => !record.closed && record.month < running);
  return new Set([running, before, ...open.map(({ record }) => record.month)]);
}

/** All that happened in these months, by tenant and month, without what is closed. */
async function collect(deps: FiguresDeps, months: ReadonlySet<string>, kept: KeptMonths) {
  const byMonth = new Map<string, Happening[]>();
  // What was counted before and is gone by now must be counted anew, too.
  for (const [id, { record }] of kept) if (!record.closed && months.has(record.month)) byMonth.set(id, []);
  const keep = (tenant: string, happenings: readonly Happening[]) => {
    for (const happening of happenings) {
      const id = idOf(tenant, happening.month);
      if (!months.has(happening.month) || kept.get(id)?.record.closed === true) continue;
      const found = byMonth.get(id) ?? [];
      found.push(happening);
      byMonth.set(id, found);
    }
  };
  let looked = 0;
  const seen = new Set<string>();
  for await (const { manager, everything } of deps.managers.all()) {
    for (const agreement of everything.agreements) {
      looked += 1;
      // While one is handed over to another manager it is with both of them.
      const id = idOf(manager.tenant, agreement.id);
      if (seen.has(id)) continue;
      seen.add(id);
      keep(manager.tenant, happeningsOf(manager, agreement, deps.zone));
    }
    for (const member of everything.members) {
      looked += 1;
      keep(manager.tenant, coffeesOf(manager, member));
    }
  }
  return { byMonth, looked };
}

function figuresOf({
  tenant,
  month,
  closed,
  happenings,
  before,
}: {
  readonly tenant: string;
  readonly month: string;
  readonly closed: boolean;
  readonly happenings: readonly Happening[];
  readonly before: MonthFigures | null;
}): MonthFigures {
  const counted = tallied(happenings);
  // The next coffee with somebody hides the last, and who is taken off the list takes theirs along.
  const more = before !== null && before.coffees.count > counted.coffees.count;
  return { tenant, month, closed, ...counted, coffees: more ? before.coffees : counted.coffees };
}

function isSame(one: MonthFigures, other: MonthFigures | null): boolean {
  if (other === null || one.closed !== other.closed) return false;
  return FIGURES.every((figure) =>
    (['count', 'managers', 'people'] as const).every((of) => one[figure][of] === other[figure][of]),
  );
}

function idOf(tenant: string, id: string): string {
  return `${tenant}|${id}`;
}
