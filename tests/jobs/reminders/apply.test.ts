import { describe, expect, it } from 'vitest';
import type { Agreement } from '../../../bot/domain/agreement.js';
import { newMember } from '../../../bot/domain/member.js';
import { apply } from '../../../jobs/reminders/apply.js';
import {
  type AgreementMark,
  type OccasionMark,
  type Settlement,
  together,
} from '../../../jobs/reminders/settle.js';
import { type OwnTables, openMemoryOwnTables } from '../../support/azure/temporary-tables.js';
import { faultsOf } from '../../support/faults.js';
import { allOf, MILA, NINE } from '../../support/jobs/sending-scene.js';
import {
  aMember,
  aMoment,
  aNewReminder,
  anAgreement,
  aReminder,
  EMPLOYEE,
  MANAGER,
  TENANT,
} from '../../support/sample-records.js';
import { setUpEach } from '../../support/set-up.js';

const TOMORROW = '2027-01-13T08:00:00.000Z';

let own: OwnTables;
const afresh = setUpEach(
  async () => {
    own = openMemoryOwnTables();
  },
  () => own.drop(),
);

const write = (settlement: Partial<Settlement>) =>
  apply(own.stores, { ...together([]), ...settlement }, NINE);
const markOf = (agreement: Agreement, mark: Partial<AgreementMark>): AgreementMark => ({
  tenant: TENANT,
  manager: MANAGER,
  agreement,
  answer: null,
  undelivered: null,
  delivered: null,
  ...mark,
});

async function recorded(overrides: Partial<Agreement> = {}): Promise<Agreement> {
  const agreement = anAgreement(overrides);
  await own.stores.managers.addAgreement(MILA, aMember(), agreement);
  return agreement;
}

const agreementNow = async () => (await own.stores.managers.agreement(MILA, 'agreement-1'))?.record;

async function planned(...overrides: Parameters<typeof aNewReminder>[0][]) {
  await own.stores.reminders.planAll(overrides.map((one) => aNewReminder(one)));
  const rows = await allOf(own.stores.reminders.due(NINE));
  return rows.flatMap((row) => (row.reminder === null ? [] : [row]));
}

describe('apply', () => {
  it('plans what follows, lets wait what has to, and takes away what is done', async () => {
    const rows = await planned({}, { kind: 'landed' });
    await write({
      plan: [aNewReminder({ due: TOMORROW })],
      wait: rows.filter(({ reminder }) => reminder.kind === 'landed'),
      remove: rows.filter(({ reminder }) => reminder.kind === 'evaluation'),
    });
    expect((await allOf(own.stores.reminders.all())).map(({ reminder }) => reminder)).toEqual([
      aReminder({ due: TOMORROW }),
      aReminder({ kind: 'landed' }),
    ]);
  });

  it('comes to the same when it is done twice', async () => {
    const agreement = await recorded();
    const [first, second] = await planned({}, { kind: 'landed', person: EMPLOYEE });
    if (first === undefined || second === undefined) throw new Error('nothing is due');
    const settlement = {
      plan: [aNewReminder({ due: TOMORROW })],
      wait: [second],
      remove: [first],
      marks: [markOf(agreement, { answer: 'waiting' })],
    };
    await write(settlement);
    const before = await own.dump();
    await write(settlement);
    expect(await own.dump()).toEqual(before);
  });

  it('plans before it takes away, so that a crash in between loses nothing', async () => {
    const remove = await planned({});
    const order: string[] = [];
    const { reminders } = own.stores;
    const noting = {
      ...own.stores,
      reminders: {
        ...reminders,
        planAll: async () => void order.push('plan'),
        waitAll: async () => void order.push('wait'),
        removeAll: async () => void order.push('remove'),
      },
    };
    await apply(noting, { ...together([]), remove }, NINE);
    expect(order).toEqual(['plan', 'wait', 'remove']);
  });
});

describe('apply: what the maker of a coffee or a moment sees', () => {
  const managers = () => own.stores.managers;
  const keep = async (nextDay: string | null) => {
    const member = { ...newMember('name-1', 'Bo', null), rhythm: 'weekly' as const, nextDay };
    await managers().putMembers(MILA, [member]);
  };
  const moment = aMoment({
    id: 'moment-1',
    member: 'name-2',
    memberName: 'Karin',
    kind: 'start',
    from: '2027-01-12',
    createdAt: NINE,
    changedAt: NINE,
  });
  const mark = (changes: Partial<OccasionMark>): OccasionMark => ({
    tenant: TENANT,
    manager: MANAGER,
    kept: 'member',
    id: 'name-1',
    occasion: '2027-01-12',
    arrived: false,
    ...changes,
  });
  const coffeeNow = async () => (await managers().member(MILA, 'name-1'))?.record;
  const momentNow = async () => (await managers().moment(MILA, moment.id))?.record;

  it('is that a coffee’s reminder did not arrive, until one does, and nothing once it was had or moved', async () => {
    await keep('2027-01-12');
    await write({ marks: [mark({})] });
    expect(await coffeeNow()).toMatchObject({ undeliveredOccasion: '2027-01-12', version: 0 });
    await write({ marks: [mark({ arrived: true })] });
    expect((await coffeeNow())?.undeliveredOccasion ?? null).toBeNull();
    await afresh();
    await keep('2027-01-19');
    await write({ marks: [mark({}), mark({ id: 'gone' })] });
    expect((await coffeeNow())?.undeliveredOccasion ?? null).toBeNull();
  });

  it('is that a moment’s reminder did not arrive, as long as the moment is as it was', async () => {
    await managers().addMoment(MILA, newMember('name-2', 'Karin', null), moment);
    const ofMoment = { kept: 'moment', id: moment.id } as const;
    await write({ marks: [mark({ ...ofMoment, occasion: 'start-first-day|2027-01-13' })] });
    expect((await momentNow())?.undeliveredOccasion ?? null).toBeNull();
    await write({ marks: [mark({ ...ofMoment, occasion: 'start-first-day|2027-01-12' })] });
    expect((await momentNow())?.undeliveredOccasion).toBe('start-first-day|2027-01-12');
  });
});

describe('apply: what the maker sees', () => {
  it('goes from each state to the next', async () => {
    expect(
      await faultsOf(
        [
          ['on-its-way', 'shared'],
          ['waiting', 'shared'],
          ['on-its-way', 'waiting'],
        ] as const,
        async (answer, next) => {
          const agreement = await recorded({ answer });
          await write({ marks: [markOf(agreement, { answer: next })] });
          expect(await agreementNow()).toEqual({ ...agreement, answer: next });
        },
        afresh,
      ),
    ).toEqual([]);
  });

  it('stays what the employee made of it when they were quicker', async () => {
    expect(
      await faultsOf(
        ['confirmed', 'change-asked'] as const,
        async (answer) => {
          const agreement = await recorded({ answer });
          await write({ marks: [markOf(agreement, { answer: 'shared' })] });
          expect(await agreementNow()).toEqual(agreement);
        },
        afresh,
      ),
    ).toEqual([]);
  });

  it('is not touched when a newer version is there by now, or none', async () => {
    const agreement = await recorded({ version: 2 });
    await write({
      marks: [
        markOf(
          { ...agreement, version: 1 },
          { answer: 'shared', undelivered: { kind: 'evaluation', why: '403' } },
        ),
      ],
    });
    expect(await agreementNow()).toEqual(agreement);
    await afresh();
    await expect(write({ marks: [markOf(anAgreement(), { answer: 'shared' })] })).resolves.toBeUndefined();
    expect(await agreementNow()).toBeUndefined();
  });

  it('is the reason why something did not arrive, which only what arrives of the same kind takes away', async () => {
    const agreement = await recorded();
    await write({ marks: [markOf(agreement, { undelivered: { kind: 'evaluation', why: '403' } })] });
    expect(await agreementNow()).toEqual({ ...agreement, undelivered: { kind: 'evaluation', why: '403' } });
    await afresh();
    {
      const undelivered = { kind: 'evaluation', why: '403' };
      const agreement = await recorded({ undelivered });
      await write({ marks: [markOf(agreement, { delivered: 'landed' })] });
      expect(await agreementNow()).toMatchObject({ undelivered });
      await write({ marks: [markOf(agreement, { delivered: 'evaluation' })] });
      expect(await agreementNow()).toMatchObject({ undelivered: null });
    }
  });

  it('is the more important of two that did not arrive, whichever came first', async () => {
    expect(
      await faultsOf(
        [
          ['the more important', { kind: 'evaluation', why: '500' }, { kind: 'landed', why: '503' }],
          [
            'what was given up',
            { kind: 'landed', why: '503', givenUp: true as const },
            { kind: 'evaluation', why: '500' },
          ],
        ],
        async (_case, shown, hidden) => {
          const agreement = await recorded();
          for (const order of [
            [shown, hidden],
            [hidden, shown],
          ]) {
            await write({ marks: order.map((undelivered) => markOf(agreement, { undelivered })) });
            expect(await agreementNow()).toMatchObject({ undelivered: shown });
          }
        },
        afresh,
      ),
    ).toEqual([]);
  });

  it('is what failed beside what arrived in the same run, in either order', async () => {
    const agreement = await recorded({ undelivered: { kind: 'evaluation', why: '403' } });
    const failed = markOf(agreement, { undelivered: { kind: 'landed', why: '500' } });
    const arrived = markOf(agreement, { delivered: 'evaluation' });
    await write({ marks: [arrived, failed, arrived] });
    expect(await agreementNow()).toMatchObject({ undelivered: { kind: 'landed' } });
  });

  it('is written after who pressed a button at the same moment', async () => {
    const agreement = await recorded();
    const { managers } = own.stores;
    let pressed = false;
    const busy = {
      ...own.stores,
      managers: {
        ...managers,
        async changeAgreement(...[who, record, etag]: Parameters<typeof managers.changeAgreement>) {
          if (!pressed) {
            pressed = true;
            await managers.changeAgreement(who, { ...agreement, landed: true }, etag);
          }
          return managers.changeAgreement(who, record, etag);
        },
      },
    };
    await apply(busy, { ...together([]), marks: [markOf(agreement, { answer: 'shared' })] }, NINE);
    expect(await agreementNow()).toEqual({ ...agreement, landed: true, answer: 'shared' });
  });
});
