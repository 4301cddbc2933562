import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { defaultSlot } from '../../../bot/domain/calendar.js';
import type { Handover } from '../../../bot/domain/handover-request.js';
import { askedFor, handoverReminder, objected, takenUp } from '../../../bot/domain/handover-request.js';
import { openStores, type Stores } from '../../../bot/store/stores.js';
import type { Tables } from '../../../bot/store/tables/tables.js';
import { createHandoverJob } from '../../../jobs/handover/handover.job.js';
import { stoppingAt } from '../../support/azure/dying-tables.js';
import { MILA, openSending, type Sending } from '../../support/jobs/sending-scene.js';
import { TENANT } from '../../support/sample-records.js';
import { setUpEach } from '../../support/set-up.js';

const HR = 'c3c3c3c3-0000-4000-8000-000000000003';
const AHMED = { tenant: TENANT, person: 'd4d4d4d4-0000-4000-8000-000000000004' };
/** On a Monday; the days to object are over with the next. */
const ASKED = '2027-01-11T10:00:00.000Z';
const IN_TIME = '2027-01-18T03:30:00.000Z';
const AFTER = '2027-01-19T03:30:00.000Z';
const FAR_AFTER = '2027-01-27T03:30:00.000Z';
const SLOT = defaultSlot('Europe/Amsterdam');

const asked: Handover = askedFor(
  {
    ...{ tenant: TENANT, id: 'request-1', leaver: MILA.person, leaverName: 'Mila de Wit', askedBy: HR },
    ...{ what: 'move', successor: AHMED.person, successorName: 'Ahmed Yilmaz' },
  },
  ASKED,
);

let house: Sending;
const afresh = setUpEach(
  async () => {
    house = await openSending();
    await house.stores.handovers.put(asked, null);
  },
  () => house.own.drop(),
);

type How = Partial<Stores> & { dryRun?: boolean; byHand?: boolean; tables?: Tables };

function carryOut(at: string, how: How = {}) {
  const { dryRun = false, byHand = true, tables = house.own.tables, ...stores } = how;
  const job = createHandoverJob({
    ...openStores(tables),
    ...stores,
    tables,
    log: house.instance().deps.log,
    newId: randomUUID,
    zone: 'Europe/Amsterdam',
    monotonicNow: () => 0,
    print: (line) => void house.told.push(line),
  });
  return job.run({ at, dryRun, byHand });
}
/** The leaver gets the message, at some moment. */
async function tellLeaver(at = ASKED) {
  await house.plan(
    handoverReminder('handover-announced', { to: MILA.person, handover: asked }, { now: at, slot: SLOT }),
  );
  await house.remind(at);
}
const state = async () => (await house.stores.handovers.get(TENANT, MILA.person))?.record.state;
const change = async (next: Handover) => {
  const found = await house.stores.handovers.get(TENANT, MILA.person);
  await house.stores.handovers.put(next, found!.etag);
};
const withAhmed = async () => (await house.stores.managers.records(AHMED)).agreements.length;

describe('what HR asked for when a manager leaves', () => {
  it('is carried out in the night after the last day to object, counted from when the leaver was told, once', async () => {
    await tellLeaver();
    expect(await carryOut(IN_TIME)).toMatchObject({ failed: 0, counts: { looked: 1, carriedOut: 0 } });
    expect([await state(), await withAhmed()]).toEqual(['waiting', 0]);
    expect(await carryOut(AFTER)).toMatchObject({ failed: 0, counts: { carriedOut: 1 } });
    expect([await state(), await withAhmed()]).toEqual(['done', 1]);
    const before = await house.own.dump();
    expect(await carryOut('2027-01-20T03:30:00.000Z')).toMatchObject({ counts: { carriedOut: 0 } });
    expect(await house.own.dump()).toEqual(before);
    await afresh();
    await tellLeaver('2027-01-14T10:00:00.000Z');
    await carryOut(AFTER);
    expect(await state()).toBe('waiting');
    await carryOut('2027-01-22T03:30:00.000Z');
    expect(await state()).toBe('done');
  });

  it('does not hang on a leaver who cannot be reached or never was here, and waits longer, not for ever, where nobody told one', async () => {
    await house.change(MILA, { unreachableSince: ASKED, unreachableWhy: '404 ConversationNotFound' });
    await carryOut(AFTER);
    expect(await state()).toBe('done');
    await afresh();
    await carryOut(AFTER);
    expect(await state()).toBe('waiting');
    await carryOut(FAR_AFTER);
    expect(await state()).toBe('done');
  });

  it('is not done after an objection, also one of that very moment', async () => {
    await tellLeaver();
    await change(objected(asked, ASKED));
    expect(await carryOut(FAR_AFTER)).toMatchObject({ counts: { carriedOut: 0 } });
    expect([await state(), await withAhmed()]).toEqual(['objected', 0]);
    await afresh();
    await tellLeaver();
    const { handovers } = house.stores;
    const crossed: Stores['handovers'] = {
      ...handovers,
      async put(record, etag) {
        if (record.state === 'underway') await change(objected(asked, AFTER));
        return handovers.put(record, etag);
      },
    };
    expect(await carryOut(AFTER, { handovers: crossed })).toMatchObject({ counts: { carriedOut: 0 } });
    expect([await state(), await withAhmed()]).toEqual(['objected', 0]);
  });

  it('tells the leaver and who asked what became of it, and leaves who asked on the audit trail', async () => {
    await tellLeaver();
    await carryOut(AFTER);
    const ended = (await house.due()).filter(({ kind }) => kind === 'handover-ended');
    expect(ended.map(({ person }) => person).sort()).toEqual([MILA.person, HR].sort());
    expect(await house.stores.audit.of(TENANT, 'request-1')).toEqual([
      { at: AFTER, who: HR, did: 'leaver.move', record: 'request-1', kind: 'handover', manager: MILA.person },
    ]);
  });

  it('is taken up before anything moves, and gone on with whatever the days say', async () => {
    await tellLeaver();
    await change(takenUp(asked, IN_TIME));
    expect(await carryOut(IN_TIME)).toMatchObject({ counts: { carriedOut: 1 } });
    expect([await state(), await withAhmed()]).toEqual(['done', 1]);
  });

  it('is completed by the next night, wherever it was stopped', async () => {
    await tellLeaver();
    for (let writes = 1; writes < 20 && (await state()) !== 'done'; writes += 1) {
      const tables = stoppingAt(house.own.tables, writes);
      const { failed } = await carryOut(AFTER, { tables });
      if (failed > 0) expect(house.logged.join()).toContain('a handover waits for the next night');
    }
    expect([await state(), await withAhmed()]).toEqual(['done', 1]);
  });

  it('fails loudly and goes on where a request cannot be read', async () => {
    await tellLeaver();
    const odd = { partitionKey: 'another', rowKey: 'handover|odd', state: 'odd' };
    await house.own.tables.table('organisation').upsert(odd);
    expect(await carryOut(AFTER)).toMatchObject({ failed: 1, counts: { looked: 2, carriedOut: 1 } });
  });

  it('is not carried out at an instant that the tables do not bear out, nor in a dry run', async () => {
    await tellLeaver();
    const far = '2047-01-01T03:30:00.000Z';
    expect(await carryOut(far, { byHand: false })).toMatchObject({ failed: 1, counts: { carriedOut: 0 } });
    expect(house.logged.join()).toContain('"code":"clock-doubted"');
    expect(await carryOut(far)).toMatchObject({ failed: 0, counts: { carriedOut: 1 } });
    await afresh();
    await tellLeaver();
    const before = await house.own.dump();
    expect(await carryOut(AFTER, { dryRun: true })).toMatchObject({ counts: { carriedOut: 1 } });
    expect(house.told).toEqual([`${TENANT} ${MILA.person} handover:request-1`]);
    expect(await house.own.dump()).toEqual(before);
  });
});
