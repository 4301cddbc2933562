import { describe, expect, it } from 'vitest';
import { faultsOf } from '../../support/faults.js';
import { MILA, NINE, openSending, type Sending } from '../../support/jobs/sending-scene.js';
import { aNewReminder, EMPLOYEE, MANAGER, TENANT } from '../../support/sample-records.js';
import { setUpEach } from '../../support/set-up.js';

const landed = aNewReminder({ kind: 'landed', occasion: '2027-01-08' });
const shared = aNewReminder({ kind: 'agreement-shared', person: EMPLOYEE, occasion: '1' });
const NIGHT = '2027-01-12T22:00:00.000Z';

let house: Sending;
const afresh = setUpEach(
  async () => {
    house = await openSending();
  },
  () => house.own.drop(),
);

const dryRun = (at = NINE) => house.instance().run({ at, dryRun: true });

describe('a dry run', () => {
  it('tells what would go to whom, by ids only, sends nothing and leaves every table as it was', async () => {
    await house.plan(aNewReminder(), landed);
    await dryRun();
    expect(house.told).toHaveLength(1);
    const [line] = house.told;
    for (const id of [TENANT, MANAGER, 'evaluation:agreement-1', 'landed:agreement-1'])
      expect(line).toContain(id);
    for (const words of ['Sanne', 'Mila', 'Joris']) expect(line).not.toContain(words);
    await afresh();
    await house.plan(aNewReminder(), landed, shared, aNewReminder({ subject: 'gone' }));
    await house.own.tables.table('reminders').upsert({
      ...(await firstRow()),
      rowKey: `${NINE}|unknown`,
      kind: 'a-kind-of-the-future',
    });
    const before = await house.own.dump();
    await dryRun();
    expect(await house.own.dump()).toEqual(before);
    expect(house.teams.sent).toEqual([]);
  });

  it('counts what would be sent, dropped and put off', async () => {
    await house.plan(aNewReminder(), landed, shared, aNewReminder({ subject: 'gone' }));
    expect(await dryRun()).toMatchObject({
      due: 4,
      claimed: 0,
      sent: 2,
      digests: 1,
      dropped: 1,
      deferred: 1,
    });
  });

  it('counts nothing as sent that would wait', async () => {
    expect(
      await faultsOf<[string, string, () => Promise<unknown>]>(
        [
          ['it is night', NIGHT, async () => undefined],
          ['the person has paused', NINE, () => house.change(MILA, { pausedUntil: '2027-01-18' })],
          [
            'the person is away',
            NINE,
            () => house.change(MILA, { unreachableSince: NINE, unreachableWhy: '403' }),
          ],
        ],
        async (_case, now, arrange) => {
          await arrange();
          await house.plan(aNewReminder());
          expect(await dryRun(now)).toMatchObject({ sent: 0, digests: 0, deferred: 1 });
        },
        afresh,
      ),
    ).toEqual([]);
  });

  it('says the same as the run that follows does', async () => {
    await house.plan(aNewReminder(), landed, shared, aNewReminder({ subject: 'gone' }));
    const told = await dryRun();
    const done = await house.instance().run();
    if (told === 'died' || done === 'died') throw new Error('nobody let it die');
    const { sent, digests, dropped, deferred, failed } = told;
    expect(done).toMatchObject({ sent, digests, dropped, deferred, failed });
  });
});

async function firstRow() {
  const [row] = await house.rowsDue();
  if (row === undefined) throw new Error('nothing is due');
  return row.stored.row;
}
