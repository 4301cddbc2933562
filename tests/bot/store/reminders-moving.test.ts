import { describe, expect, it } from 'vitest';
import type { Reminder } from '../../../bot/domain/reminder.js';
import { type DueRow, type Lease, type Reminders, unclaimed } from '../../../bot/store/reminders.js';
import { type OwnTables, openOwnTables } from '../../support/azure/temporary-tables.js';
import { faultsOf } from '../../support/faults.js';
import { aReminder, EMPLOYEE, MANAGER, MUCH_LATER, TENANT } from '../../support/sample-records.js';
import { setUpEach } from '../../support/set-up.js';

let own: OwnTables;
let reminders: Reminders;
const afresh = setUpEach(
  async () => {
    own = await openOwnTables();
    reminders = own.stores.reminders;
  },
  () => own.drop(),
);

async function rows(found: AsyncIterable<DueRow>): Promise<DueRow[]> {
  const all: DueRow[] = [];
  for await (const row of found) all.push(row);
  return all;
}

const rowsDue = () => rows(reminders.due(MUCH_LATER));
const storedDue = async () => (await rowsDue()).map(({ stored }) => stored);
const due = async () => (await rowsDue()).map(({ reminder }) => reminder);

async function planAndRead(...planned: Reminder[]) {
  await reminders.planAll(planned);
  return storedDue();
}

/** Puts everything that is due with its person. */
async function letWait(...planned: Reminder[]): Promise<void> {
  await reminders.planAll(planned);
  const readable = (await rowsDue()).flatMap((row) => (row.reminder === null ? [] : [row]));
  await reminders.waitAll(readable);
}

/** A row under the keys of a reminder, that says what no reminder says. */
async function breakRow(partitionKey: string, rowKey: string) {
  const broken = { partitionKey, rowKey: `${rowKey}|x`, kind: 'a-kind-of-the-future' };
  await own.tables.table('reminders').upsert(broken);
  return broken;
}

describe('reminders: claim', () => {
  const lease: Lease = {
    owner: 'one',
    until: '2027-01-12T08:10:00.000Z',
    claimedAt: '2027-01-12T08:00:00.000Z',
  };

  it('says at each row who has it, until when and since when, for one request', async () => {
    const stored = await planAndRead(aReminder({ subject: 'a' }), aReminder({ subject: 'b' }));
    expect(await reminders.claim(stored, lease)).toHaveLength(2);
    expect(await due()).toEqual([
      aReminder({ subject: 'a', ...lease }),
      aReminder({ subject: 'b', ...lease }),
    ]);
    {
      const stored = await planAndRead(...['a', 'b', 'c'].map((subject) => aReminder({ subject })));
      const before = own.tables.requests();
      await reminders.claim(stored, lease);
      expect(own.tables.requests() - before).toBe(1);
    }
  });

  it('lets one of two win that claim the same rows, and takes none of the rows when one was claimed since it was read', async () => {
    const stored = await planAndRead(aReminder({ subject: 'a' }), aReminder({ subject: 'b' }));
    const results = await Promise.all([
      reminders.claim(stored, lease),
      reminders.claim(stored, { ...lease, owner: 'two' }),
    ]);
    expect(results.filter((taken) => taken === null)).toHaveLength(1);
    expect(new Set((await due()).map((reminder) => reminder?.owner)).size).toBe(1);
    await afresh();
    {
      const stored = await planAndRead(aReminder({ subject: 'a' }), aReminder({ subject: 'b' }));
      await reminders.claim(stored.slice(1), { ...lease, owner: 'two' });
      expect(await reminders.claim(stored, lease)).toBeNull();
      expect((await due()).map((reminder) => reminder?.owner)).toEqual([null, 'two']);
    }
  });
});

describe('reminders: markSending', () => {
  const lease: Lease = {
    owner: 'one',
    until: '2027-01-12T08:10:00.000Z',
    claimedAt: '2027-01-12T08:00:00.000Z',
  };
  const AT = '2027-01-12T08:00:01.000Z';
  const claimed = async (...records: Reminder[]) => {
    const taken = await reminders.claim(await planAndRead(...records), lease);
    if (taken === null) throw new Error('not taken');
    return taken;
  };

  it('notes rows that were claimed, in one request for those of an hour', async () => {
    const taken = await claimed(aReminder({ subject: 'a' }), aReminder({ subject: 'b' }));
    const before = own.tables.requests();
    expect(await reminders.markSending(taken, AT)).toBe('ok');
    expect(own.tables.requests() - before).toBe(1);
    expect(await due()).toEqual([
      aReminder({ subject: 'a', ...lease, sendingAt: AT }),
      aReminder({ subject: 'b', ...lease, sendingAt: AT }),
    ]);
  });

  it('notes nothing of rows that another has taken over, that are gone, or that were planned anew', async () => {
    const taken = await claimed(aReminder());
    const [row] = await rows(reminders.due(AT));
    if (row === undefined) throw new Error('nothing is due');
    expect(await reminders.claim([row.stored], { ...lease, owner: 'two' })).not.toBeNull();
    expect(await reminders.markSending(taken, AT)).toBe('conflict');
    expect(await due()).toEqual([aReminder({ ...lease, owner: 'two' })]);
    await afresh();
    {
      const taken = await claimed(aReminder());
      await reminders.removeAll(taken);
      expect(await reminders.markSending(taken, AT)).toBe('gone');
    }
    await afresh();
    {
      const taken = await claimed(aReminder());
      await reminders.markSending(taken, AT);
      const [row] = await due();
      if (!row) throw new Error('nothing is due');
      await reminders.planAll([unclaimed(row)]);
      expect(await due()).toEqual([aReminder({ claimedAt: lease.claimedAt })]);
    }
  });
});

describe('reminders: removeAll', () => {
  it('takes rows away, in whatever partitions they lie, and leaves the others, also when some are gone already or there are none', async () => {
    const later = aReminder({ due: '2027-01-12T10:00:00.000Z' });
    const stored = await planAndRead(aReminder({ subject: 'a' }), aReminder({ subject: 'b' }), later);
    await reminders.planAll([aReminder({ subject: 'c' })]);
    await reminders.removeAll(stored);
    expect(await due()).toEqual([aReminder({ subject: 'c' })]);
    await afresh();
    {
      const stored = await planAndRead(...['a', 'b', 'c'].map((subject) => aReminder({ subject })));
      await reminders.removeAll(stored.slice(1, 2));
      await reminders.removeAll(stored);
      expect(await due()).toEqual([]);
      await afresh();
      {
        const stored = await planAndRead(aReminder());
        await reminders.removeAll(stored);
        await reminders.removeAll(stored);
        await reminders.removeAll([]);
        expect(await due()).toEqual([]);
      }
    }
  });
});

describe('reminders: waiting for a person', () => {
  const BACK = '2027-03-01T10:15:00.000Z';
  const dueWhenBack = async () => (await rows(reminders.due(BACK))).map(({ reminder }) => reminder);

  it('takes a reminder out of the due hours, with nobody’s claim on it but that it may have been sent', async () => {
    await letWait(aReminder());
    expect(await due()).toEqual([]);
    expect((await own.dump()).reminders).toHaveLength(1);
    expect((await rows(reminders.waiting())).map(({ reminder }) => reminder)).toEqual([aReminder()]);
    await afresh();
    await letWait(
      aReminder({ attempts: 2, owner: 'one', until: BACK, claimedAt: '2027-01-12T08:00:00.000Z' }),
    );
    const [waiting] = await rows(reminders.waiting());
    const before = { attempts: 2, claimedAt: '2027-01-12T08:00:00.000Z' };
    expect(waiting?.reminder).toEqual(aReminder(before));
  });

  it('makes all due that waited when the person is back, otherwise as it was', async () => {
    await letWait(aReminder({ round: 1 }));
    expect(await reminders.release(TENANT, MANAGER, BACK)).toBe(1);
    expect(await rows(reminders.due('2027-03-01T10:14:59.999Z'))).toEqual([]);
    expect(await dueWhenBack()).toEqual([aReminder({ round: 1, due: BACK, claimedAt: BACK })]);
    expect(await rows(reminders.waiting())).toEqual([]);
    await afresh();
    await letWait(aReminder(), aReminder({ kind: 'landed' }), aReminder({ subject: 'agreement-2' }));
    expect(await reminders.release(TENANT, MANAGER, BACK)).toBe(3);
    expect(await dueWhenBack()).toHaveLength(3);
  });

  it('keeps two versions of one thing apart that become due at the same instant', async () => {
    const shared = { kind: 'agreement-shared', person: EMPLOYEE } as const;
    await letWait(
      aReminder({ ...shared, occasion: '1', due: '2027-01-13T08:00:00.000Z' }),
      aReminder({ ...shared, occasion: '2', due: '2027-01-12T08:00:00.000Z' }),
    );
    expect(await reminders.release(TENANT, EMPLOYEE, BACK)).toBe(2);
    expect((await dueWhenBack()).map((reminder) => reminder?.occasion)).toEqual(['1', '2']);
  });

  it('leaves it when somebody else is back or it cannot be read, and releases the others', async () => {
    expect(
      await faultsOf(
        [
          ['another person', TENANT, EMPLOYEE],
          ['somebody with the same id in another tenant', 'another', MANAGER],
          ['somebody whose id is the beginning of this one', TENANT, MANAGER.slice(0, -1)],
        ],
        async (_case, tenant, person) => {
          await letWait(aReminder());
          expect(await reminders.release(tenant, person, BACK)).toBe(0);
          expect(await due()).toEqual([]);
        },
        afresh,
      ),
    ).toEqual([]);
    await afresh();
    await letWait(aReminder());
    const [waiting] = (await own.dump()).reminders ?? [];
    const broken = await breakRow(String(waiting?.partitionKey), String(waiting?.rowKey));
    expect(await reminders.release(TENANT, MANAGER, BACK)).toBe(1);
    expect((await own.dump()).reminders).toContainEqual(broken);
  });

  it('releases nothing twice, and it can wait again', async () => {
    await letWait(aReminder());
    await reminders.release(TENANT, MANAGER, BACK);
    expect(await reminders.release(TENANT, MANAGER, BACK)).toBe(0);
    expect(await dueWhenBack()).toHaveLength(1);
    await afresh();
    await letWait(aReminder());
    await reminders.release(TENANT, MANAGER, BACK);
    await letWait();
    expect(await due()).toEqual([]);
    expect(await reminders.release(TENANT, MANAGER, MUCH_LATER)).toBe(1);
  });
});

describe('reminders: what lies where', () => {
  it('gives all that is planned and waits, and puts a row that it cannot read aside as it is, out of the due hours', async () => {
    const [stored] = await planAndRead(aReminder());
    if (stored === undefined) throw new Error('nothing is due');
    const { partitionKey, rowKey } = stored.row;
    const { kind } = await breakRow(partitionKey, rowKey);
    const broken = (await rowsDue()).find(({ reminder }) => reminder === null);
    if (broken === undefined) throw new Error('everything can be read');
    await reminders.deadLetter(broken.stored);
    expect(await due()).toEqual([aReminder()]);
    expect((await own.dump()).reminders).toContainEqual(
      expect.objectContaining({ partitionKey: 'aside', kind }),
    );
    await afresh();
    {
      await letWait(aReminder({ person: EMPLOYEE }));
      const [stored] = await planAndRead(aReminder({ subject: 'aside' }));
      if (stored === undefined) throw new Error('nothing is due');
      await reminders.deadLetter(stored);
      await reminders.plan(aReminder({ due: MUCH_LATER }));
      expect((await rows(reminders.all())).map(({ reminder }) => reminder)).toEqual([
        aReminder({ due: MUCH_LATER }),
        aReminder({ person: EMPLOYEE }),
      ]);
    }
  });
});
