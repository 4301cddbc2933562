import { describe, expect, it } from 'vitest';
import { newMember } from '../../../bot/domain/member.js';
import type { Reminder } from '../../../bot/domain/reminder.js';
import { itemId } from '../../../bot/store/deliveries.js';
import { createReconcileJob } from '../../../jobs/reconcile/reconcile.job.js';
import { faultsOf } from '../../support/faults.js';
import {
  another,
  evaluation,
  LONG_AFTER,
  landed,
  letWait,
  NIGHT,
  reconcileOn,
  recordTick,
  shared,
} from '../../support/jobs/reconciling-scene.js';
import { MILA, openSending, SANNE, type Sending } from '../../support/jobs/sending-scene.js';
import { SILENT } from '../../support/recording-log.js';
import {
  aMember,
  aMoment,
  aMomentRequest,
  aPerson,
  aReminder,
  EMPLOYEE,
  MANAGER,
  TENANT,
} from '../../support/sample-records.js';
import { setUpEach } from '../../support/set-up.js';

let house: Sending;
const afresh = setUpEach(
  async () => {
    house = await openSending();
  },
  () => house.own.drop(),
);

const reconcile = (at = NIGHT) => reconcileOn(house, { at });
const prove = (who: typeof MILA, reminder: Reminder, sentAt = '2027-01-12T08:00:00.000Z') =>
  house.stores.deliveries.record(who.tenant, who.person, `${reminder.kind}|${reminder.round}`, {
    items: [itemId(reminder)],
    sentAt,
    activity: '1:abc',
  });
/** Everything is dealt with but the evaluation. */
/** What is due beside that somebody is to be tried again. */
const toSend = async () => (await house.due()).filter(({ kind }) => kind !== 'delivery-retry');
const onlyEvaluation = () => house.changeAgreement({ landed: true, answer: 'confirmed' });

describe('reconcile: an open agreement that has lost its reminders', () => {
  it('gets only what it lacks, in the hours that the manager chose', async () => {
    expect(await reconcile()).toMatchObject({ job: 'reconcile', at: NIGHT, due: 1, claimed: 3, failed: 0 });
    const found = await house.due();
    expect(found).toHaveLength(3);
    expect(found).toEqual(expect.arrayContaining([evaluation, landed, shared]));
    await afresh();
    await house.plan({ ...evaluation, round: 1, due: '2027-01-14T08:00:00.000Z' }, landed);
    expect(await reconcile()).toMatchObject({ claimed: 1 });
    expect(await house.due()).toEqual(
      expect.arrayContaining([{ ...evaluation, round: 1, due: '2027-01-14T08:00:00.000Z' }, landed, shared]),
    );
    await afresh();
    await house.changeAgreement({ answer: 'confirmed' });
    await house.change(MILA, { time: '16:00' });
    await house.plan(evaluation);
    await reconcile();
    expect(await house.due()).toContainEqual({ ...landed, due: '2027-01-13T15:00:00.000Z' });
  });

  it('gets a lost share again while the employee waits for it, and lacks nothing that waits for them', async () => {
    await house.changeAgreement({ answer: 'waiting', landed: true });
    await house.plan(evaluation);
    await reconcile();
    expect(await house.due()).toEqual(expect.arrayContaining([evaluation, shared]));
    await afresh();
    await onlyEvaluation();
    await house.change(MILA, { unreachableSince: NIGHT });
    await letWait(house, evaluation);
    expect(await reconcile()).toMatchObject({ claimed: 0 });
    expect(await toSend()).toEqual([]);
  });

  it('gets it once when several instances find it missing, moments apart', async () => {
    await onlyEvaluation();
    await Promise.all([reconcile('2027-02-10T02:15:00.000Z'), reconcile('2027-02-10T02:15:00.417Z')]);
    expect(await house.due()).toHaveLength(1);
  });

  it('gets one when its time has passed and nothing proves that it was sent, or only of before a snooze', async () => {
    await onlyEvaluation();
    await reconcile(LONG_AFTER);
    expect(await house.due()).toEqual([{ ...evaluation, due: LONG_AFTER }]);
    await afresh();
    const snoozed = '2027-01-15T08:00:00.000Z';
    await onlyEvaluation();
    await house.changeAgreement({
      ...{ landed: true, answer: 'confirmed' },
      ...{ remindFrom: snoozed, remindAt: snoozed },
    });
    await prove(MILA, evaluation);
    await reconcile(LONG_AFTER);
    expect(await house.due()).toMatchObject([{ occasion: `2027-01-12|${snoozed}`, due: LONG_AFTER }]);
  });

  it('gets none when it was reminded and not acted on, in each round, nor when it is closed', async () => {
    expect(
      await faultsOf(
        [0, 1, 2],
        async (round) => {
          await onlyEvaluation();
          await prove(MILA, { ...evaluation, round });
          expect(await reconcile(LONG_AFTER)).toMatchObject({ claimed: 0 });
          expect(await house.due()).toEqual([]);
        },
        afresh,
      ),
    ).toEqual([]);
    await afresh();
    await house.changeAgreement({ status: 'closed' });
    expect(await reconcile()).toMatchObject({ due: 1, claimed: 0 });
    expect(await reconcile(LONG_AFTER)).toMatchObject({ claimed: 0 });
    expect(await house.due()).toEqual([]);
  });
});

describe('reconcile: what was sent before the manager took a break', () => {
  const afreshInside = setUpEach(
    async () => {
      await house.change(MILA, { pausedUntil: '2027-02-22' });
      for (const round of [0, 1, 2]) await prove(MILA, { ...evaluation, round });
    },
    undefined,
    afresh,
  );

  it('is not asked again: how it landed, the initiative of the employee', async () => {
    await house.changeAgreement({ answer: 'confirmed' });
    await prove(MILA, landed, landed.due);
    await reconcile(LONG_AFTER);
    expect(await house.due()).toEqual([]);
    await afreshInside();
    await house.changeAgreement({ answer: 'confirmed', landed: true, initiative: 'employee' });
    await prove(SANNE, aReminder({ kind: 'evaluation-initiative', person: EMPLOYEE }));
    await reconcile(LONG_AFTER);
    expect(await house.due()).toEqual([]);
  });
});

describe('reconcile: what is about an employee', () => {
  const concerned = () => house.stores.about.concerns(TENANT, EMPLOYEE, MANAGER, 'agreement-1');

  it('is found by them again when the pointer was lost, keeps it where it is, and gets none for nobody', async () => {
    await reconcile();
    expect(await concerned()).toBe(true);
    expect((await house.own.dump()).about).toMatchObject([
      { manager: MANAGER, agreement: 'agreement-1', since: '2027-01-08T10:00:00.000Z' },
      { manager: MANAGER, member: aMember().id, since: '2027-01-08T10:00:00.000Z' },
    ]);
    await afresh();
    const to = { manager: MANAGER, agreement: 'agreement-1', since: 'of before' };
    await house.stores.about.index(TENANT, EMPLOYEE, to);
    await reconcile();
    expect((await house.own.dump()).about).toContainEqual(expect.objectContaining(to));
    await afresh();
    await house.changeAgreement({ employee: null, answer: 'not-shared' });
    await house.stores.managers.putMembers(MILA, [aMember({ person: null })]);
    await reconcile();
    expect((await house.own.dump()).about).toEqual([]);
  });

  it('is found by them again on a list: with a coffee, a moment, or no more than a name', async () => {
    const holds = { rhythm: 'weekly', nextDay: '2027-03-01' } as const;
    const { managers, about } = house.stores;
    await managers.putMembers(MILA, [{ ...newMember('person-bo', 'Bo', 'bo'), ...holds }]);
    await managers.putMembers(MILA, [{ ...newMember('name-1', 'Kim', null), ...holds }]);
    await managers.putMembers(MILA, [newMember('person-an', 'An', 'an')]);
    await managers.addMoment(
      MILA,
      newMember('person-jo', 'Jo', 'jo'),
      aMoment({
        id: 'moment-1',
        member: 'person-jo',
        memberName: 'Jo',
        kind: 'start',
        from: '2027-02-01',
        createdAt: NIGHT,
        changedAt: NIGHT,
      }),
    );
    await reconcile();
    const found = async (who: string) => (await about.of(TENANT, who)).map(({ member }) => member);
    expect(await Promise.all(['bo', 'jo', 'an'].map(found))).toEqual([
      ['person-bo'],
      ['person-jo'],
      ['person-an'],
    ]);
  });
});

describe('reconcile: what was not delivered', () => {
  const kinds = ['evaluation', 'agreement-shared'] as const;

  it('does not begin again once it was given up, and is planned again as long as it was not, of each kind', async () => {
    expect(
      await faultsOf(
        kinds,
        async (kind) => {
          const undelivered = { kind, why: '500', givenUp: true } as const;
          await house.changeAgreement({ landed: true, undelivered, nextDay: '2027-01-12' });
          await reconcile('2027-01-20T02:00:00.000Z');
          expect((await house.due()).map((one) => one.kind)).toEqual(kinds.filter((one) => one !== kind));
        },
        afresh,
      ),
    ).toEqual([]);
    await afresh();
    expect(
      await faultsOf(
        kinds,
        async (kind) => {
          await house.changeAgreement({ landed: true, undelivered: { kind, why: '500' } });
          await reconcile('2027-01-20T02:00:00.000Z');
          expect((await house.due()).map((one) => one.kind)).toContain(kind);
        },
        afresh,
      ),
    ).toEqual([]);
  });
});

describe('reconcile: what waits', () => {
  const afreshInside = setUpEach(onlyEvaluation, undefined, afresh);

  it('is released for somebody who can be reached again, and stays for who cannot', async () => {
    await letWait(house, evaluation);
    expect(await reconcile()).toMatchObject({ deferred: 1, claimed: 0 });
    expect(await house.waiting()).toEqual([]);
    expect(await house.due()).toEqual([{ ...evaluation, due: NIGHT, claimedAt: NIGHT }]);
    await afreshInside();
    await another(house, 'agreement-2', { landed: true, nextDay: '2027-01-12' });
    await house.stores.people.add(aPerson({ person: EMPLOYEE, unreachableSince: NIGHT }));
    await letWait(house, { ...shared, subject: 'agreement-2' });
    await letWait(house, evaluation);
    await reconcile();
    expect(await house.waiting()).toMatchObject([{ person: EMPLOYEE, subject: 'agreement-2' }]);
    expect(await house.due()).toContainEqual({ ...evaluation, due: NIGHT, claimedAt: NIGHT });
    await afreshInside();
    expect(
      await faultsOf<[string, () => Promise<unknown>]>(
        [
          ['is still away', () => house.change(MILA, { unreachableSince: NIGHT, unreachableWhy: '403' })],
          ['left no address', () => house.change(MILA, { reference: null })],
          ['is not known any more', () => house.own.tables.table('people').remove(TENANT, MANAGER)],
        ],
        async (_case, arrange) => {
          await arrange();
          await letWait(house, evaluation);
          expect(await reconcile()).toMatchObject({ deferred: 0, claimed: 0 });
          expect(await house.waiting()).toEqual([evaluation]);
          expect(await toSend()).toEqual([]);
        },
        afreshInside,
      ),
    ).toEqual([]);
  });

  it('is tried again by itself for somebody who is still away, once, and by nobody where no address is left', async () => {
    await house.change(MILA, { unreachableSince: '2027-01-08T08:00:00.000Z', unreachableWhy: '403' });
    await letWait(house, evaluation);
    await reconcile();
    await reconcile('2027-01-10T02:00:00.000Z');
    // The night of Saturday: their next working day is Monday.
    expect(await house.due()).toMatchObject([{ kind: 'delivery-retry', due: '2027-01-11T08:00:00.000Z' }]);
    await house.remind('2027-01-11T08:00:00.000Z');
    expect(house.teams.sent).toHaveLength(1);
    expect(await house.person(MILA)).toEqual(aPerson());
    expect(await house.waiting()).toEqual([]);
    await afreshInside();
    await house.change(MILA, { reference: null, unreachableSince: NIGHT, unreachableWhy: 'uninstalled' });
    await letWait(house, evaluation);
    await reconcile();
    expect(await house.due()).toEqual([]);
  });
});

describe('reconcile: instances', () => {
  it('are forgotten when they have not ticked for a week, and only those', async () => {
    await recordTick(house, 'gone', '2027-01-02T01:59:59.999Z');
    await recordTick(house, 'quiet', '2027-01-02T02:00:00.000Z');
    await recordTick(house, 'busy', NIGHT);
    await reconcile();
    const rows = (await house.own.dump()).health ?? [];
    expect(rows.map(({ rowKey }) => rowKey).sort()).toEqual(['busy', 'quiet']);
  });
});

describe('reconcile: coffees and moments that have lost their reminders', () => {
  const coffee = () => ({
    ...newMember('name-9', 'Anouk', null),
    rhythm: 'weekly' as const,
    nextDay: '2027-03-01',
  });
  const afreshInside = setUpEach(
    async () => {
      await onlyEvaluation();
      await house.plan(evaluation);
    },
    undefined,
    afresh,
  );

  it('get them again, and a second night changes nothing', async () => {
    await house.stores.managers.putMembers(MILA, [coffee()]);
    await house.stores.managers.addMoment(
      MILA,
      newMember('name-9', 'Anouk', null),
      aMoment({
        id: 'moment-1',
        member: 'name-9',
        memberName: 'Anouk',
        kind: 'start',
        from: '2027-03-01',
        createdAt: NIGHT,
        changedAt: NIGHT,
      }),
    );
    expect(await reconcile()).toMatchObject({ claimed: 4, failed: 0 });
    expect(await reconcile()).toMatchObject({ claimed: 0, failed: 0 });
    const kinds = (await house.due()).map(({ kind }) => kind).sort();
    expect(kinds).toEqual(['coffee', 'evaluation', 'moment', 'moment', 'moment']);
  });

  it('remind of a coffee whose day has passed without a word, and of none that was sent or while they are off', async () => {
    await house.stores.managers.putMembers(MILA, [{ ...coffee(), nextDay: '2026-12-01' }]);
    expect(await reconcile()).toMatchObject({ claimed: 1 });
    const [planned] = (await house.due()).filter(({ kind }) => kind === 'coffee');
    expect(planned).toMatchObject({ subject: 'name-9', occasion: '2026-12-01', due: NIGHT });
    await house.stores.managers.putMembers(MILA, [{ ...coffee(), nextDay: '2026-12-08' }]);
    await prove(MILA, aReminder({ kind: 'coffee', subject: 'name-9', occasion: '2026-12-08' }));
    expect(await reconcile()).toMatchObject({ claimed: 0 });
    await afreshInside();
    await house.stores.managers.putMembers(MILA, [coffee()]);
    await house.change(MILA, { off: ['coffee'] });
    expect(await reconcile()).toMatchObject({ claimed: 0, failed: 0 });
    expect(await house.due()).toEqual([evaluation]);
    await house.change(MILA, { off: [] });
    expect(await reconcile()).toMatchObject({ claimed: 1 });
  });
});

describe('reconcile: what somebody asked for once a month', () => {
  it('is planned again where it was lost, and not beside one that is planned or waits', async () => {
    await house.changeAgreement({ status: 'closed' });
    await house.change(MILA, { monthly: ['self-look', 'team-subject'] });
    expect(await reconcile()).toMatchObject({ claimed: 2, failed: 0 });
    const planned = await house.due();
    expect(planned.map(({ kind }) => kind).sort()).toEqual(['self-look', 'team-subject']);
    expect(await reconcile(LONG_AFTER)).toMatchObject({ claimed: 0 });
    expect(await house.due()).toEqual(planned);
  });
});

describe('reconcile: what is planned for records that are gone', () => {
  it('goes, also what waits for somebody, and the rest stays', async () => {
    await onlyEvaluation();
    const gone = { ...evaluation, subject: 'removed', due: '2027-06-01T08:00:00.000Z' };
    const coffee = { ...evaluation, kind: 'coffee', subject: 'nobody' } as const;
    const monthly = { ...evaluation, kind: 'self-look', subject: 'self-look', occasion: '2027-02' } as const;
    const granted = { ...shared, kind: 'removal-granted', subject: 'removed', former: 'Mila' } as const;
    await letWait(house, { ...shared, subject: 'removed' });
    await house.plan(evaluation, gone, coffee, monthly, granted);
    const before = await house.own.dump();
    expect(await reconcileOn(house, { dryRun: true })).toMatchObject({ dropped: 3 });
    expect(await house.own.dump()).toEqual(before);
    expect(await reconcile()).toMatchObject({ dropped: 3, failed: 0 });
    expect((await house.due()).map(({ kind }) => kind).sort()).toEqual([
      'evaluation',
      'removal-granted',
      'self-look',
    ]);
    expect(await house.waiting()).toEqual([]);
  });

  it('stays where a record cannot be read that it may be about, or was written since the night began', async () => {
    await onlyEvaluation();
    await house.own.tables
      .table('managers')
      .upsert({ partitionKey: `${TENANT}|${MANAGER}`, rowKey: 'member|odd', rhythm: 'now and then' });
    const coffee = { ...evaluation, kind: 'coffee', subject: 'odd' } as const;
    await house.plan(evaluation, coffee);
    expect(await reconcile()).toMatchObject({ dropped: 0, failed: 1 });
    expect(await house.due()).toContainEqual(coffee);
    await afresh();
    await onlyEvaluation();
    await house.plan(evaluation, { ...evaluation, subject: 'agreement-2' });
    const { managers } = house.stores;
    const everybody = managers.all.bind(managers);
    const late = createReconcileJob({
      ...house.stores,
      log: SILENT,
      managers: {
        ...managers,
        async *all() {
          yield* everybody();
          await another(house, 'agreement-2', { landed: true, answer: 'confirmed' });
        },
      },
      tables: house.own.tables,
      zone: 'Europe/Amsterdam',
      isHrAdmin: () => false,
      monotonicNow: () => 0,
      print: () => undefined,
    });
    expect(await late.run({ at: NIGHT, dryRun: false })).toMatchObject({ dropped: 0 });
    expect(await house.due()).toHaveLength(2);
  });
});

describe('reconcile: a request for removal', () => {
  const removal = { askedAt: '2027-01-08T12:00:00.000Z', by: '2027-02-08', answeredAt: null, kept: null };

  it('gets what it lacks, on a closed agreement too, and lacks nothing that was sent or answered', async () => {
    await house.changeAgreement({ removal, status: 'closed' });
    expect(await reconcile()).toMatchObject({ claimed: 3 });
    expect((await house.due()).map(({ kind, occasion }) => [kind, occasion])).toEqual([
      ['removal-asked', removal.askedAt],
      ['removal-due', removal.askedAt],
      ['removal-late', removal.askedAt],
    ]);
    expect(await reconcile()).toMatchObject({ claimed: 0 });
    await afresh();
    await house.changeAgreement({ removal, status: 'closed' });
    const about = { ...evaluation, occasion: removal.askedAt };
    await prove(MILA, { ...about, kind: 'removal-asked' });
    expect(await reconcile(LONG_AFTER)).toMatchObject({ claimed: 1 });
    expect((await house.due()).map(({ kind }) => kind)).toEqual(['removal-late']);
    await house.changeAgreement({
      removal: { ...removal, answeredAt: NIGHT, kept: 'law' },
      status: 'closed',
    });
    expect(await reconcile(LONG_AFTER)).toMatchObject({ claimed: 0 });
  });
});

describe('reconcile: what an employee asked of a moment', () => {
  const put = async (changes: Parameters<typeof aMomentRequest>[0] = {}) => {
    const moment = aMoment({
      id: 'moment-1',
      member: aMember().id,
      memberName: 'Sanne',
      kind: 'start',
      from: '2026-06-01',
      request: aMomentRequest(changes),
      status: 'ended',
      createdAt: NIGHT,
      changedAt: NIGHT,
    });
    const added = await house.stores.managers.addMoment(MILA, aMember(), moment);
    if (added !== 'ok') await house.stores.managers.changeMoment(MILA, moment, '*');
  };
  const afreshInside = setUpEach(
    async () => {
      await onlyEvaluation();
      await house.plan(evaluation);
    },
    undefined,
    afresh,
  );

  it('gets what it lacks, of what ended or is gone too, and nothing once it was answered', async () => {
    await put();
    expect(await reconcile()).toMatchObject({ claimed: 3 });
    const kinds = (await house.due()).map(({ kind }) => kind);
    expect(kinds).toEqual(expect.arrayContaining(['moment-asked', 'moment-asked-due', 'moment-asked-late']));
    expect(await reconcile()).toMatchObject({ claimed: 0 });
    await afreshInside();
    await put({ answeredAt: NIGHT, kept: 'law' });
    expect(await reconcile()).toMatchObject({ claimed: 0 });
    await afreshInside();
    const gone = { ...evaluation, subject: 'removed', occasion: NIGHT } as const;
    await house.plan({ ...gone, kind: 'moment-removed', former: 'Mila' }, { ...gone, kind: 'moment-asked' });
    expect(await reconcile()).toMatchObject({ dropped: 1 });
    expect((await house.due()).map(({ kind }) => kind).sort()).toEqual(['evaluation', 'moment-removed']);
  });
});
