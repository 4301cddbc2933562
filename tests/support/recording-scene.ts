import type { Agreement } from '../../bot/domain/agreement.js';
import type { Reminder } from '../../bot/domain/reminder.js';
import type { Screen } from '../../bot/nlu/screening/field-screening.js';
import { createTurnReads } from '../../bot/store/turn-reads.js';
import { type OwnTables, openMemoryOwnTables } from './azure/temporary-tables.js';
import { aMember, anAgreement, aPerson, MANAGER, MUCH_LATER, TENANT } from './sample-records.js';

export const MILA = { tenant: TENANT, person: MANAGER };

/** Everything passes, as long as the word is not in it. */
export const noMigraine: Screen = (text) => (/migraine/i.test(text) ? ['migraine'] : []);

/** Tables in memory in which Mila is known and has one agreement with Sanne, whose evaluation is planned. */
export type Managing = {
  readonly own: OwnTables;
  agreement(id?: string): Promise<Agreement>;
  /** Writes another one, or changes the one that is there. */
  put(changes: Partial<Agreement>): Promise<void>;
  /** Everything that is planned, by when it is due. */
  planned(): Promise<Reminder[]>;
  /** Mila lives by the clock of another zone from now on. */
  liveIn(zone: string): Promise<void>;
  /** What a turn costs in requests to the tables. */
  cost(act: () => Promise<unknown>): Promise<number>;
  /** Everything that is kept. */
  everything(): Promise<unknown>;
};

export async function openManaging(): Promise<Managing> {
  const opened = openMemoryOwnTables();
  const turnReads = createTurnReads(opened.stores.people);
  const own: OwnTables = { ...opened, stores: { ...opened.stores, people: turnReads.people } };
  const { managers, people, reminders } = own.stores;
  await people.add(aPerson());
  await managers.addAgreement(MILA, aMember(), anAgreement());
  const agreement = async (id = 'agreement-1') => {
    const found = await managers.agreement(MILA, id);
    if (found === null) throw new Error(`no agreement ${id}`);
    return found.record;
  };
  return {
    own,
    agreement,
    async put(changes) {
      const record = anAgreement(changes);
      const added = await managers.addAgreement(MILA, aMember(), record);
      if (added !== 'ok') await managers.changeAgreement(MILA, record, '*');
    },
    async planned() {
      const found: Reminder[] = [];
      for await (const { reminder } of reminders.due(MUCH_LATER)) if (reminder !== null) found.push(reminder);
      return found.sort((one, other) => one.due.localeCompare(other.due));
    },
    async liveIn(zone) {
      const found = await people.get(TENANT, MANAGER);
      if (found === null) throw new Error('nobody to live anywhere');
      await people.change({ ...found.record, zone }, found.etag);
    },
    async cost(act) {
      const before = own.tables.requests();
      await turnReads.during(act);
      return own.tables.requests() - before;
    },
    everything: () => own.dump(),
  };
}
