import { type CredentialEnd, daysUntil } from '../domain/credential-end.js';
import { isAhead, type JobHealth, type Tick } from '../store/health.js';
import type { Stores } from '../store/stores.js';
import type { Tables } from '../store/tables/tables.js';
import { TIMED_OUT, withTimeout } from '../timeout.js';

/** What an operator sees of the bot, of all organisations together: counts and instants, nobody's name or id. */
export type StateOfHealth = {
  /** Of the instance that is asked: while an upgrade is under way another may have another. */
  readonly version: string;
  readonly tables: boolean;
  readonly reminders: boolean;
  readonly ticking: boolean;
  readonly last: Tick | null;
  readonly gaveUp: number;
  readonly setAside: number;
  /** When what the bot proves with who it is ends, as soon as that is near; null until then, or where it is not known. */
  readonly ends: CredentialEnd | null;
};

export type Health = {
  /** Whether to send traffic here: the tables answer, and reminders tick where they should. Never rejects. */
  ready(): Promise<{ readonly ready: boolean }>;
  /** Never rejects. */
  state(): Promise<StateOfHealth>;
};

export type HealthDeps = {
  readonly tables: Pick<Tables, 'answer'>;
  readonly stores: Pick<Stores, 'health'>;
  readonly version: string;
  readonly reminders: boolean;
  readonly end: CredentialEnd | null;
  readonly now: () => Date;
  /** Milliseconds that only go up. */
  readonly monotonicNow: () => number;
  /**
   * When this instance started, and when it last recorded a run, by `monotonicNow`; null where it has not. It has not had a chance
   * to tick before the one, and has ticked at the other whatever became of the clock meanwhile.
   */
  readonly startedAt: () => number | null;
  readonly recordedAt: () => number | null;
};

/** An instance whose last tick is older than this is not ready: its reminders stand still. */
const TICK_STALE_MS = 3 * 60_000;
/** Anybody may ask, and as often as they like. What is wrong is looked at sooner again: somebody waits for it. */
const READ_AGAIN_MS = { good: 5_000, bad: 500 };
/** A plain read that takes longer counts as "the tables do not answer". */
const ANSWER_WITHIN_MS = 3_000;

/** What one read of the tables says. */
type Seen = { readonly tables: boolean; readonly job: JobHealth | null };

export function createHealth(deps: HealthDeps): Health {
  const { monotonicNow } = deps;
  const see = onceInAWhile(
    () => look(deps),
    ({ tables }) => tables,
    monotonicNow,
  );
  const answer = onceInAWhile(
    () => deps.tables.answer(),
    (answered) => answered,
    monotonicNow,
  );
  return {
    async ready() {
      // Not before it may work on the tables: while a backup is put back they hold half of it.
      if (deps.startedAt() === null) return { ready: false };
      // All tables are asked: one that is missing is no service.
      const [{ tables, job }, answered] = await Promise.all([see(), answer()]);
      return { ready: tables && answered && isTicking(deps, job) };
    },
    async state() {
      const { tables, job } = await see();
      return {
        tables,
        version: deps.version,
        reminders: deps.reminders,
        ticking: tables && isTicking(deps, job),
        last: job?.last ?? null,
        gaveUp: job?.gaveUp ?? 0,
        setAside: job?.setAside ?? 0,
        ends: endsSoon(deps),
      };
    },
  };
}

/** Callers that ask again soon, or meanwhile, share one answer. */
function onceInAWhile<Found>(
  find: () => Promise<Found>,
  isGood: (found: Found) => boolean,
  monotonicNow: () => number,
): () => Promise<Found> {
  let last: { until: number; readonly found: Promise<Found> } | null = null;
  return () => {
    if (last !== null && monotonicNow() < last.until) return last.found;
    const asked = { until: Number.POSITIVE_INFINITY, found: find() };
    const keepFor = (ms: number) => {
      asked.until = monotonicNow() + ms;
    };
    asked.found.then(
      (found) => keepFor(READ_AGAIN_MS[isGood(found) ? 'good' : 'bad']),
      () => keepFor(0),
    );
    last = asked;
    return asked.found;
  };
}

function endsSoon({ end, now }: HealthDeps): CredentialEnd | null {
  return end === null || daysUntil(end, now().toISOString().slice(0, 10)) === null ? null : end;
}

async function look({ stores, now }: HealthDeps): Promise<Seen> {
  const reading = stores.health.of('reminders', now().toISOString());
  const job = await withTimeout(ANSWER_WITHIN_MS, reading).catch((): typeof TIMED_OUT => TIMED_OUT);
  return job === TIMED_OUT ? { tables: false, job: null } : { tables: true, job };
}

/** By when something really ran: what a run was for may be any instant, also one of next year. */
function isTicking(
  { reminders, now, monotonicNow, startedAt, recordedAt }: HealthDeps,
  job: JobHealth | null,
): boolean {
  if (!reminders) return true;
  const isRecent = (at: number | null) => at !== null && monotonicNow() - at < TICK_STALE_MS;
  if (isRecent(startedAt()) || isRecent(recordedAt())) return true;
  if (job === null || isAhead(job.last.ranAt, now().toISOString())) return false;
  return now().getTime() - Date.parse(job.last.ranAt) < TICK_STALE_MS;
}
