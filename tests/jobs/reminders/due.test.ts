import { describe, expect, it } from 'vitest';
import type { Reminder } from '../../../bot/domain/reminder.js';
import { type DueReminder, type DueRow, shardOf } from '../../../bot/store/reminders.js';
import { byPerson, byShard, inGroups, isLeased, readyNow } from '../../../jobs/reminders/due.js';
import { faultsOf } from '../../support/faults.js';
import { aDueReminder, anUnreadableRow, EMPLOYEE, MANAGER, TENANT } from '../../support/sample-records.js';

const at = (time: string) => `2027-01-12T${time}:00.000Z`;
const forMila = (time: string, subject = 'agreement-1') => aDueReminder({ due: at(time), subject });
const forSanne = (time: string) => aDueReminder({ due: at(time), person: EMPLOYEE });
/** The same row in another shard of its hour. */
function inShard(shard: string, { reminder, stored }: DueReminder): DueReminder {
  const partitionKey = stored.row.partitionKey.replace(/[^|]*$/, shard);
  return { reminder, stored: { ...stored, row: { ...stored.row, partitionKey } } };
}

describe('due: isLeased', () => {
  const LEASE_MS = 10 * 60_000;
  const claimedUntil = (until: string | null) =>
    isLeased(aDueReminder({ owner: 'somebody', until }), at('09:00'), LEASE_MS);

  it('holds until the very time that the lease names, for whoever claimed it, and not for what nobody claimed', () => {
    expect(claimedUntil('2027-01-12T09:00:00.001Z')).toBe(true);
    expect(claimedUntil(at('09:00'))).toBe(false);
    expect(claimedUntil(at('08:00'))).toBe(false);
    expect(claimedUntil(at('09:10'))).toBe(true);
    expect(claimedUntil('2027-01-12T09:10:00.001Z')).toBe(false);
    const own = aDueReminder({ owner: 'instance-1', until: at('09:05') });
    expect(isLeased(own, at('09:00'), LEASE_MS)).toBe(true);
    expect(claimedUntil(null)).toBe(false);
    expect(claimedUntil('soon')).toBe(false);
  });
});

describe('due: readyNow', () => {
  const now = at('09:00');
  const waits = (notBefore: string | null, overrides: Partial<Reminder> = {}) =>
    aDueReminder({ due: at('08:00'), notBefore, ...overrides });

  it('is what was not tried yet or may be tried again, with everything of whose it is, and nothing of others', async () => {
    expect(
      await faultsOf<[string, string | null, boolean]>(
        [
          ['was not tried yet', null, true],
          ['may be tried from now on', now, true],
          ['may be tried in a minute', at('09:01'), false],
          ['is to wait for longer than a day lasts: a clock was set back', '2027-02-12T09:00:00.000Z', true],
        ],
        (_case, notBefore, isReady) => {
          const row = waits(notBefore);
          expect(readyNow([row], now)).toEqual(
            isReady ? { ready: [row], later: [] } : { ready: [], later: [row] },
          );
        },
      ),
    ).toEqual([]);
    const mine = [waits(at('09:30')), waits(null, { subject: 'agreement-2' })];
    const theirs = waits(at('09:30'), { person: EMPLOYEE });
    expect(readyNow([...mine, theirs], now)).toEqual({ ready: mine, later: [theirs] });
    const row = anUnreadableRow(at('08:00'));
    expect(readyNow([row], now)).toEqual({ ready: [row], later: [] });
  });
});

describe('due: byShard', () => {
  const rowsOf = (rows: readonly DueRow[], startAt = 0) =>
    byShard(rows, startAt).shards.map((found) => [
      found[0] === undefined ? '' : shardOf(found[0].stored),
      found.map(({ reminder }) => reminder.due),
    ]);
  const three = ['a', 'b', 'c'].map((shard) => inShard(shard, forMila('08:00')));

  it('brings together what is due in one shard, of whatever hours, the longest waiting first', () => {
    const rows = [
      inShard('a', forMila('07:00')),
      inShard('b', forSanne('07:00')),
      inShard('a', forMila('08:00')),
    ];
    expect(rowsOf(rows)).toEqual([
      ['a', [at('07:00'), at('08:00')]],
      ['b', [at('07:00')]],
    ]);
    {
      const rows = ['08:30', '07:00', '08:00'].map((time) => forMila(time));
      expect(rowsOf(rows)).toEqual([['0', [at('07:00'), at('08:00'), at('08:30')]]]);
    }
  });

  it('starts at another shard for another instance', async () => {
    expect(
      await faultsOf(
        [
          [0, ['a', 'b', 'c']],
          [1, ['b', 'c', 'a']],
          [2, ['c', 'a', 'b']],
          [1_000, ['b', 'c', 'a']],
        ],
        (startAt, shards) => {
          expect(rowsOf(three, startAt).map(([shard]) => shard)).toEqual(shards);
        },
      ),
    ).toEqual([]);
  });

  it('keeps apart what cannot be read, goes on with the others, and leaves what it was given as it was', () => {
    const unreadable = anUnreadableRow(at('07:00'));
    const readable = forMila('08:00');
    expect(byShard([unreadable, readable], 0)).toEqual({
      shards: [[readable]],
      unreadable: [unreadable.stored],
    });
    expect(byShard([anUnreadableRow(at('07:00'))], 3).shards).toEqual([]);
    expect(byShard([], 7)).toEqual({ shards: [], unreadable: [] });
    const rows = [forMila('08:30'), forMila('07:00')];
    const before = [...rows];
    byShard(rows, 0);
    expect(rows).toEqual(before);
  });
});

describe('due: byPerson', () => {
  it('brings together all that is due for one person of one tenant, and is empty when nothing is', () => {
    const rows = [forMila('08:00', 'a'), forSanne('08:00'), forMila('08:00', 'b')];
    expect(byPerson(rows)).toEqual([
      { tenant: TENANT, person: MANAGER, rows: [rows[0], rows[2]], retries: [] },
      { tenant: TENANT, person: EMPLOYEE, rows: [rows[1]], retries: [] },
    ]);
    {
      const rows = [aDueReminder(), aDueReminder({ tenant: 'another' })];
      expect(byPerson(rows).map(({ tenant }) => tenant)).toEqual([TENANT, 'another']);
    }
    expect(byPerson([])).toEqual([]);
  });
});

describe('due: inGroups', () => {
  const due = (person: string, time = '08:00', subject = 'agreement-1') =>
    aDueReminder({ due: at(time), person, subject });
  const groupsOf = (rows: readonly DueReminder[]) =>
    inGroups(rows).map((people) => people.map(({ person, rows: theirs }) => `${person} ${theirs.length}`));

  it('brings together so many people that their rows fit in one transaction, never divides one person’s, and begins with who has waited longest', () => {
    const people = Array.from({ length: 130 }, (_, number) => `p${String(number).padStart(3, '0')}`);
    expect(groupsOf(people.map((person) => due(person))).map(({ length }) => length)).toEqual([100, 30]);
    const twoEach = people.flatMap((person) => [due(person, '08:00', 'a'), due(person, '08:00', 'b')]);
    expect(groupsOf(twoEach).map(({ length }) => length)).toEqual([50, 50, 30]);
    const much = Array.from({ length: 150 }, (_, number) => due('much', '08:00', `${number}`));
    expect(groupsOf([due('before', '07:00'), ...much, due('next', '09:00')])).toEqual([
      ['before 1'],
      ['much 150'],
      ['next 1'],
    ]);
    expect(inGroups([])).toEqual([]);
    const rows = [due('c'), due('a'), due('late', '08:30'), due('b'), due('z', '07:00'), due('z', '08:30')];
    expect(groupsOf(rows)).toEqual([['z 2', 'a 1', 'b 1', 'c 1', 'late 1']]);
  });
});
