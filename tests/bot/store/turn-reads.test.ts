import { describe, expect, it } from 'vitest';
import type { Person } from '../../../bot/domain/person.js';
import type { People } from '../../../bot/store/people.js';
import { createTurnReads } from '../../../bot/store/turn-reads.js';
import { todayOf } from '../../../bot/turn.js';
import { aPerson, MANAGER, TENANT } from '../../support/sample-records.js';

/** A store that counts what is read, of one person whose zone changes when they are written. */
function countingPeople(first: Partial<Person> = {}) {
  let record = aPerson(first);
  let fails = 0;
  const counted = { reads: 0 };
  const people = {
    async get() {
      counted.reads += 1;
      if (fails > 0) {
        fails -= 1;
        throw new Error('away');
      }
      return { record, etag: String(counted.reads) };
    },
    async change(changed: Person) {
      record = changed;
      return 'ok' as const;
    },
  } as unknown as People;
  const failOnce = () => {
    fails = 1;
  };
  return { people, counted, failOnce };
}

describe('what a turn reads of people', () => {
  it('is read once within a turn, and anew in the next', async () => {
    const { people, counted } = countingPeople();
    const reads = createTurnReads(people);
    const turn = () =>
      reads.during(async () => {
        await Promise.all([reads.people.get(TENANT, MANAGER), reads.people.get(TENANT, MANAGER)]);
        await reads.people.get(TENANT, MANAGER);
      });
    await turn();
    expect(counted.reads).toBe(1);
    await turn();
    expect(counted.reads).toBe(2);
  });

  it('is not shared by two turns at once, nor remembered outside a turn', async () => {
    const { people, counted } = countingPeople();
    const reads = createTurnReads(people);
    const read = () => reads.people.get(TENANT, MANAGER);
    await Promise.all([reads.during(read), reads.during(read)]);
    expect(counted.reads).toBe(2);
    await read();
    await read();
    expect(counted.reads).toBe(4);
  });

  it('is read again after the turn has written it, and after a read that failed', async () => {
    const { people, counted, failOnce } = countingPeople();
    const reads = createTurnReads(people);
    await reads.during(async () => {
      await reads.people.get(TENANT, MANAGER);
      await reads.people.change(aPerson({ zone: 'America/Paramaribo' }), '1');
      expect((await reads.people.get(TENANT, MANAGER))?.record.zone).toBe('America/Paramaribo');
    });
    expect(counted.reads).toBe(2);
    failOnce();
    await reads.during(async () => {
      await expect(reads.people.get(TENANT, MANAGER)).rejects.toThrow('away');
      expect(await reads.people.get(TENANT, MANAGER)).not.toBeNull();
    });
  });
});

describe('the day it is for a person', () => {
  const turn = { tenant: TENANT, person: MANAGER, now: '2026-12-01T01:30:00.000Z' };

  it('is that of the zone they chose, else of the organisation, and not guessed while the tables are away', async () => {
    const here = countingPeople().people;
    const there = countingPeople({ zone: 'America/Paramaribo' }).people;
    expect(await todayOf({ people: here, zone: 'Europe/Amsterdam' }, turn)).toBe('2026-12-01');
    expect(await todayOf({ people: there, zone: 'Europe/Amsterdam' }, turn)).toBe('2026-11-30');
    const { people, failOnce } = countingPeople();
    failOnce();
    await expect(todayOf({ people, zone: 'Europe/Amsterdam' }, turn)).rejects.toThrow('away');
  });
});
