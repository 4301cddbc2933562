import { AsyncLocalStorage } from 'node:async_hooks';
import type { People } from './people.js';

/** A store of people that reads each of them once a turn. */
export type TurnReads = {
  readonly people: People;
  /** Runs one turn: what it reads of a person is read once, until it writes them. */
  during<Result>(act: () => Promise<Result>): Promise<Result>;
};

// One for the process: until Node 24 each that was ever used costs every promise after it, and a test opens many bots.
const turns = new AsyncLocalStorage<Map<string, ReturnType<People['get']>>>();

/**
 * A request-scoped cache of people: language, day and address of one person are asked for in several rooms, and a
 * turn that reads may cost two requests. Handing the record from room to room would put it in every signature
 * instead. Outside a turn, as in jobs, nothing is remembered.
 */
export function createTurnReads(people: People): TurnReads {
  const idOf = (tenant: string, person: string) => `${tenant}|${person}`;
  const forget = (tenant: string, person: string) => void turns.getStore()?.delete(idOf(tenant, person));
  return {
    during: (act) => turns.run(new Map(), act),
    people: {
      ...people,
      get(tenant, id) {
        const read = turns.getStore();
        if (read === undefined) return people.get(tenant, id);
        const found = read.get(idOf(tenant, id)) ?? people.get(tenant, id);
        read.set(idOf(tenant, id), found);
        // What could not be read is asked for again.
        found.catch(() => forget(tenant, id));
        return found;
      },
      add(record) {
        forget(record.tenant, record.person);
        return people.add(record);
      },
      change(record, etag) {
        forget(record.tenant, record.person);
        return people.change(record, etag);
      },
      remove(tenant, id, awaySince) {
        forget(tenant, id);
        return people.remove(tenant, id, awaySince);
      },
    },
  };
}
