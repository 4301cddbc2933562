import type { Tick } from './store/health.js';
import type { Stores } from './store/stores.js';
import type { Tables } from './store/tables.js';

/** What an operator and HR see of the bot: counts and instants, nobody's name or id. */
export type StateOfHealth = {
  /** Whether to send traffic here: the tables answer, and reminders tick where they should. */
  readonly ready: boolean;
  readonly tables: boolean;
  readonly reminders: boolean;
  readonly ticking: boolean;
  readonly last: Tick | null;
  /** Reminders that wait for people who cannot be reached, and how many people those are. */
  readonly waiting: { readonly reminders: number; readonly people: number } | null;
  readonly gaveUp: number;
  readonly setAside: number;
};

export type HealthNeeds = {
  readonly tables: Tables;
  readonly stores: Stores;
  readonly reminders: boolean;
  readonly now: () => Date;
  /** When this instance started: it has not had a chance to tick before that. */
  readonly startedAt: () => number;
};

/** An instance whose last tick is older than this is not ready: its reminders stand still. */
const TICK_STALE_MS = 3 * 60_000;
/** Counting who waits costs a request for each thousand: often enough for a person, not for each probe. */
const COUNT_AGAIN_MS = 60_000;

/** A function that tells the state of health; it never throws. */
export function createStateOfHealth(needs: HealthNeeds): () => Promise<StateOfHealth> {
  let counted: { at: number; waiting: StateOfHealth['waiting'] } | null = null;
  const waitingNow = async (now: number) => {
    if (counted !== null && Math.abs(now - counted.at) < COUNT_AGAIN_MS) return counted.waiting;
    const people = new Set<string>();
    let reminders = 0;
    for await (const { reminder } of needs.stores.reminders.waiting()) {
      reminders += 1;
      if (reminder !== null) people.add(`${reminder.tenant}|${reminder.person}`);
    }
    counted = { at: now, waiting: { reminders, people: people.size } };
    return counted.waiting;
  };
  return async () => {
    const now = needs.now().getTime();
    const tables = await needs.tables.answer();
    try {
      const job = tables ? await needs.stores.health.of('reminders') : null;
      const waiting = tables ? await waitingNow(now) : null;
      const heard = Math.max(needs.startedAt(), job === null ? 0 : Date.parse(job.last.at));
      const ticking = !needs.reminders || now - heard < TICK_STALE_MS;
      return {
        ready: tables && ticking,
        tables,
        reminders: needs.reminders,
        ticking,
        last: job?.last ?? null,
        waiting,
        gaveUp: job?.gaveUp ?? 0,
        setAside: job?.setAside ?? 0,
      };
    } catch {
      // The tables went away between the two questions.
      const { reminders } = needs;
      const unknown = { last: null, waiting: null, gaveUp: 0, setAside: 0 };
      return { ready: false, tables: false, reminders, ticking: false, ...unknown };
    }
  };
}
