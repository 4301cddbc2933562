import type { Agreement } from '../../../bot/domain/agreement.js';
import { defaultOrganisation } from '../../../bot/domain/organisation.js';
import type { Person, Reference } from '../../../bot/domain/person.js';
import type { NewReminder, Reminder } from '../../../bot/domain/reminder.js';
import type { DueRow } from '../../../bot/store/reminders.js';
import { openStores, type Stores } from '../../../bot/store/stores.js';
import type { Table, Tables } from '../../../bot/store/tables/tables.js';
import type { Proactive, Sent } from '../../../bot/teams/proactive.js';
import type { Card } from '../../../cards/render.js';
import type { FixedResult } from '../../../jobs/job.js';
import { createRemindersJob, type RemindersDeps } from '../../../jobs/reminders/reminders.job.js';
import type { Step } from '../../../jobs/reminders/send.js';
import { type OwnTables, openMemoryOwnTables } from '../azure/temporary-tables.js';
import { logInto } from '../recording-log.js';
import { aMember, anAgreement, aPerson, EMPLOYEE, MANAGER, MUCH_LATER, TENANT } from '../sample-records.js';

export const MILA = { tenant: TENANT, person: MANAGER };
export const SANNE = { tenant: TENANT, person: EMPLOYEE };
/** Nine in the morning in Amsterdam, on the day for which most reminders here are planned. */
export const NINE = '2027-01-12T08:00:00.000Z';

export type Outgoing = { readonly reference: Reference; readonly card: Card };
/** The steps of a run; `reading`, `writing` and `sending` come before each such operation. */
export type Moment = Step | 'reading' | 'writing' | 'sending';

/** One process of several: its own job on the tables that all share. */
export type Instance = {
  readonly stores: Stores;
  readonly deps: RemindersDeps;
  /** Runs the reminders at the clock's instant; `died` when the process ended in the middle. */
  run(how?: { at?: string; dryRun?: boolean }): Promise<FixedResult | 'died'>;
};
export type InstanceOptions = {
  readonly name?: string;
  /** Told of each moment; the process dies there and then when it answers `die`. */
  readonly at?: (moment: Moment) => 'die' | undefined;
  /** What is different about its needs. */
  readonly change?: (deps: RemindersDeps) => Partial<RemindersDeps>;
};

/** The reminders, with a clock to set and a Teams that answers what it is told to answer. */
export type Sending = {
  readonly own: OwnTables;
  readonly stores: Stores;
  readonly teams: {
    answer: (reference: Reference, card: Card) => Sent | Promise<Sent>;
    readonly sent: Outgoing[];
  };
  /** What was logged and what a dry run told, a line each. */
  readonly logged: string[];
  readonly told: string[];
  setNow(instant: string): void;
  now(): string;
  instance(options?: InstanceOptions): Instance;
  /** Sets the clock and runs an instance that nothing happens to. */
  remind(at?: string): Promise<FixedResult>;
  plan(...reminders: NewReminder[]): Promise<void>;
  /** What is due up to an instant, or at all, as it was planned: who has claimed it is left out. */
  due(now?: string): Promise<Reminder[]>;
  rowsDue(now?: string): Promise<DueRow[]>;
  waiting(): Promise<Reminder[]>;
  /** To whom went out what, by the ids of the conversations. */
  conversations(): string[];
  change(who: typeof MILA, changes: Partial<Person>): Promise<void>;
  changeAgreement(changes: Partial<Agreement>): Promise<void>;
  agreement(id?: string): Promise<Agreement | undefined>;
  person(who: typeof MILA): Promise<Person | undefined>;
};

/**
 * Mila can be reached in conversation `a:1` and has one agreement, with Sanne, of whom nothing is known yet. On tables in
 * memory unless others are given.
 */
export async function openSending(opened?: OwnTables): Promise<Sending> {
  const own = opened ?? openMemoryOwnTables();
  const { stores } = own;
  const teams: Sending['teams'] = { answer: () => ({ kind: 'sent', activity: '1:abc' }), sent: [] };
  const logged: string[] = [];
  const told: string[] = [];
  let now = new Date(NINE);
  let instances = 0;
  await stores.people.add(aPerson());
  await stores.managers.addAgreement(MILA, aMember(), anAgreement());

  const send: Proactive = async (reference, card, holdsLease) => {
    if (!holdsLease()) return { kind: 'withheld' };
    teams.sent.push({ reference, card });
    return teams.answer(reference, card);
  };
  const instance = ({ name, at = () => undefined, change }: InstanceOptions = {}): Instance => {
    instances += 1;
    const life = openLife(at);
    const tables = mortal(own.tables, life);
    const deps: RemindersDeps = {
      ...openStores(tables),
      tables,
      send: async (...message) => life.through('sending', () => send(...message)),
      log: logInto(logged),
      zone: 'Europe/Amsterdam',
      isHrAdmin: () => false,
      settingsOf: async (tenant) => defaultOrganisation(tenant),
      now: () => now,
      monotonicNow: () => performance.now(),
      instance: name ?? `instance-${instances}`,
      print: (line) => void told.push(line),
      onStep: (step) => life.reached(step),
      stopping: () => false,
      isHeld: () => false,
    };
    const changed = { ...deps, ...change?.(deps) };
    const job = createRemindersJob(changed);
    return {
      stores: openStores(tables),
      deps: changed,
      run: ({ at: instant = now.toISOString(), dryRun = false } = {}) =>
        Promise.race([job.run({ at: instant, dryRun }), life.ended]),
    };
  };
  const rowsDue = (until = MUCH_LATER) => allOf(stores.reminders.due(until));
  return {
    own,
    stores,
    teams,
    logged,
    told,
    setNow(instant) {
      now = new Date(instant);
    },
    now: () => now.toISOString(),
    instance,
    async remind(at) {
      if (at !== undefined) now = new Date(at);
      const result = await instance().run();
      if (result === 'died') throw new Error('nobody let it die');
      return result;
    },
    plan: (...reminders) => stores.reminders.planAll(reminders),
    due: async (until) => readable(await rowsDue(until)),
    rowsDue,
    waiting: async () => readable(await allOf(stores.reminders.waiting())),
    conversations: () => teams.sent.map(({ reference }) => reference.conversation),
    async change({ tenant, person }, changes) {
      const found = await stores.people.get(tenant, person);
      if (found === null) throw new Error('no person');
      await stores.people.change({ ...found.record, ...changes }, found.etag);
    },
    async changeAgreement(changes) {
      const found = await stores.managers.agreement(MILA, 'agreement-1');
      if (found === null) throw new Error('no agreement');
      await stores.managers.changeAgreement(MILA, { ...found.record, ...changes }, found.etag);
    },
    agreement: async (id = 'agreement-1') => (await stores.managers.agreement(MILA, id))?.record,
    person: async ({ tenant, person }) => (await stores.people.get(tenant, person))?.record,
  };
}

export async function allOf<Item>(items: AsyncIterable<Item>): Promise<Item[]> {
  const all: Item[] = [];
  for await (const item of items) all.push(item);
  return all;
}

function readable(rows: readonly DueRow[]): Reminder[] {
  return rows.flatMap(({ reminder }) => (reminder === null ? [] : [reminder]));
}

type Life = {
  readonly ended: Promise<'died'>;
  reached(moment: Moment): void;
  /** Does it while alive. What a dead process waits for never comes, as nothing in it goes on. */
  through<Result>(moment: Moment, operation: () => Promise<Result>): Promise<Result>;
};

function openLife(at: (moment: Moment) => 'die' | undefined): Life {
  let dead = false;
  const underWay = new Set<Promise<unknown>>();
  let end: (how: 'died') => void = () => undefined;
  const ended = new Promise<'died'>((resolve) => {
    end = resolve;
  });
  const never = () => new Promise<never>(() => undefined);
  const reached = (moment: Moment) => {
    if (dead || at(moment) !== 'die') return;
    dead = true;
    // What has left the process arrives; that is all that still comes of it.
    void Promise.allSettled(underWay).then(() => end('died'));
  };
  return {
    ended,
    reached,
    async through(moment, operation) {
      reached(moment);
      if (dead) return never();
      const going = operation();
      underWay.add(going);
      try {
        const result = await going;
        return dead ? await never() : result;
      } catch (error) {
        if (dead) return await never();
        throw error;
      } finally {
        underWay.delete(going);
      }
    },
  };
}

/** The same tables, for a process that may die. */
function mortal(tables: Tables, { through }: Life): Tables {
  const wrap = (table: Table): Table => ({
    get: (...args) => through('reading', () => table.get(...args)),
    async *query(range) {
      for (const row of await through('reading', () => allOf(table.query(range)))) yield row;
    },
    insert: (row) => through('writing', () => table.insert(row)),
    upsert: (row) => through('writing', () => table.upsert(row)),
    replace: (row, etag) => through('writing', () => table.replace(row, etag)),
    remove: (...args) => through('writing', () => table.remove(...args)),
    transact: (writes) => through('writing', () => table.transact(writes)),
    find: (...args) => through('reading', () => table.find(...args)),
    mergeAll: (rows) => through('writing', () => table.mergeAll(rows)),
  });
  return { ...tables, table: (name) => wrap(tables.table(name)) };
}
