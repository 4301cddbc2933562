import { describe, expect, it } from 'vitest';
import type { NewReminder } from '../../../bot/domain/reminder.js';
import { faultsOf } from '../../support/faults.js';
import { MILA, NINE, openSending, SANNE, type Sending } from '../../support/jobs/sending-scene.js';
import {
  aMember,
  aNewReminder,
  anAgreement,
  aPerson,
  aReference,
  EMPLOYEE,
  MANAGER,
  MUCH_LATER,
} from '../../support/sample-records.js';
import { setUpEach } from '../../support/set-up.js';

/** Times in Amsterdam on Tuesday 12 January 2027 unless said; it is an hour ahead of UTC. */
const at = (time: string, day = '2027-01-12') => new Date(`${day}T${time}:00+01:00`).toISOString();
const TOMORROW = at('09:00', '2027-01-13');
const TODAYS_DIGEST = 'digest|2027-01-12';

const landed = aNewReminder({ kind: 'landed', occasion: '2027-01-08' });
const shared = aNewReminder({ kind: 'agreement-shared', person: EMPLOYEE, occasion: '1' });
const evaluationOn = (due: string) => aNewReminder({ due });

let house: Sending;
const afresh = setUpEach(
  async () => {
    house = await openSending();
  },
  () => house.own.drop(),
);

const proofOf = (id: string) => house.stores.deliveries.find(MILA.tenant, MILA.person, id);
const sanneComes = () =>
  house.stores.people.add(aPerson({ person: EMPLOYEE, reference: aReference({ conversation: 'a:2' }) }));

describe('send: what is due', () => {
  it('goes once to where the person can be written to, as one digest in their language, proven by what was in it', async () => {
    await house.plan(aNewReminder());
    expect(await house.remind(NINE)).toMatchObject({ due: 1, claimed: 1, sent: 1, digests: 1, failed: 0 });
    expect(house.teams.sent.map(({ reference }) => reference)).toEqual([aReference()]);
    expect(await house.remind(at('09:01'))).toMatchObject({ due: 0, sent: 0 });
    expect(house.teams.sent).toHaveLength(1);
    await afresh();
    await house.plan(aNewReminder());
    await house.remind(NINE);
    expect(await proofOf(TODAYS_DIGEST)).toEqual({
      items: [`evaluation|${MANAGER}|agreement-1|2027-01-12|0`],
      sentAt: NINE,
      activity: '1:abc',
    });
    await afresh();
    await house.plan(aNewReminder(), landed);
    expect(await house.remind(NINE)).toMatchObject({ sent: 2, digests: 1 });
    expect(house.teams.sent).toHaveLength(1);
    await afresh();
    await house.change(MILA, { language: 'en' });
    await house.plan(landed);
    await house.remind(NINE);
    expect(house.teams.sent[0]?.card.lang).toBe('en');
  });

  it('is dropped when it no longer fits, beside what is sent', async () => {
    await house.plan(aNewReminder({ occasion: '2027-01-05' }), landed);
    expect(await house.remind(NINE)).toMatchObject({ sent: 1, digests: 1, dropped: 1 });
    expect(await house.due()).toEqual([]);
  });

  it('goes out while somebody else’s takes long', async () => {
    await sanneComes();
    const order: string[] = [];
    house.teams.answer = async ({ conversation }) => {
      // Mila's answer comes only when Sanne's has come.
      while (conversation === 'a:1' && order.length === 0)
        await new Promise((resolve) => setImmediate(resolve));
      order.push(conversation);
      return { kind: 'sent', activity: '1:abc' };
    };
    await house.plan(aNewReminder(), shared);
    expect(await house.remind(NINE)).toMatchObject({ sent: 2 });
    expect(order).toEqual(['a:2', 'a:1']);
  });

  it('leaves no id and no name of anybody in the log', async () => {
    house.teams.answer = () => ({ kind: 'failed', why: '400 BadSyntax' });
    await house.plan(aNewReminder());
    await house.remind(NINE);
    expect(house.logged.join()).toContain('send-failed');
    for (const secret of [MANAGER, EMPLOYEE, 'Sanne', 'Mila'])
      expect(house.logged.join()).not.toContain(secret);
  });
});

describe('send: the hours of a digest', () => {
  it('are not out of the hours in which the person is at work', async () => {
    expect(
      await faultsOf<[string, string, string, NewReminder]>(
        [
          ['before the person’s own time', at('08:59'), NINE, evaluationOn(at('08:30'))],
          ['in the night after it', at('20:00'), TOMORROW, evaluationOn(NINE)],
          ['on a Saturday', at('10:00', '2027-01-16'), at('09:00', '2027-01-18'), evaluationOn(NINE)],
          [
            'on New Year’s Day',
            at('10:00', '2027-01-01'),
            at('09:00', '2027-01-04'),
            evaluationOn(at('09:00', '2026-12-31')),
          ],
        ],
        async (_case, now, next, reminder) => {
          await house.plan(reminder);
          expect(await house.remind(now)).toMatchObject({ sent: 0, deferred: 1, failed: 0 });
          expect(await house.due()).toMatchObject([{ due: next }]);
          expect(await house.remind(next)).toMatchObject({ sent: 1, digests: 1 });
        },
        afresh,
      ),
    ).toEqual([]);
  });

  it('are from the person’s own time on until eight in the evening', async () => {
    expect(
      await faultsOf(
        [
          ['from the person’s own time on', NINE],
          ['until eight in the evening', at('19:59')],
        ],
        async (_case, now) => {
          await house.plan(aNewReminder());
          expect(await house.remind(now)).toMatchObject({ sent: 1 });
        },
        afresh,
      ),
    ).toEqual([]);
  });

  it('are on the days, in the zone and in the evening that the person chose, and in no break', async () => {
    await house.change(MILA, { days: [1, 3] });
    await house.plan(aNewReminder());
    expect(await house.remind(at('10:00'))).toMatchObject({ deferred: 1 });
    expect(await house.due()).toMatchObject([{ due: TOMORROW }]);
    await afresh();
    await house.change(MILA, { pausedUntil: '2027-01-18' });
    await house.plan(aNewReminder());
    expect(await house.remind(at('10:00'))).toMatchObject({ deferred: 1 });
    expect(await house.due()).toMatchObject([{ due: at('09:00', '2027-01-18') }]);
    await afresh();
    await house.change(MILA, { zone: 'America/New_York' });
    await house.plan(aNewReminder());
    expect(await house.remind(at('10:00'))).toMatchObject({ deferred: 1 });
    expect(await house.remind(at('15:00'))).toMatchObject({ sent: 1 });
    await afresh();
    await house.change(MILA, { time: '21:00' });
    await house.plan(aNewReminder());
    expect(await house.remind(at('20:30'))).toMatchObject({ deferred: 1 });
    expect(await house.remind(at('21:00'))).toMatchObject({ sent: 1 });
  });
});

describe('send: news', () => {
  it('comes at once in the daytime, or in the morning, beside the digest and not as one', async () => {
    await sanneComes();
    await house.plan({ ...shared, due: at('08:10') });
    expect(await house.remind(at('08:10'))).toMatchObject({ sent: 1, digests: 0 });
    expect(await house.agreement()).toMatchObject({ answer: 'shared' });
    await afresh();
    await sanneComes();
    await house.plan({ ...shared, due: at('23:00') });
    expect(await house.remind(at('23:00'))).toMatchObject({ sent: 0, deferred: 1 });
    expect(await house.remind(TOMORROW)).toMatchObject({ sent: 1 });
    await afresh();
    await house.plan(aNewReminder());
    await house.remind(NINE);
    const answeredAt = at('10:00');
    await house.changeAgreement({ answer: 'confirmed', answeredAt });
    await house.plan(aNewReminder({ kind: 'agreement-answered', occasion: answeredAt, due: answeredAt }));
    expect(await house.remind(answeredAt)).toMatchObject({ sent: 1, digests: 0 });
  });
});

describe('send: one digest a day', () => {
  it('keeps what comes up later for the next slot, by the person’s own day, also when they moved their time', async () => {
    await house.plan(aNewReminder());
    await house.remind(NINE);
    await house.plan({ ...landed, due: at('11:00') });
    expect(await house.remind(at('11:00'))).toMatchObject({ sent: 0, deferred: 1 });
    expect(await house.remind(TOMORROW)).toMatchObject({ sent: 1, digests: 1 });
    await afresh();
    await house.plan(aNewReminder());
    await house.remind(NINE);
    await house.change(MILA, { time: '14:00' });
    await house.plan({ ...landed, due: at('14:00') });
    expect(await house.remind(at('14:00'))).toMatchObject({ sent: 0, deferred: 1 });
    expect(house.teams.sent).toHaveLength(1);
    await afresh();
    await house.change(MILA, { zone: 'Pacific/Auckland' });
    await house.plan(evaluationOn(at('22:00', '2027-01-11')));
    // Ten in the morning of the 12th in Auckland, and of the 13th.
    expect(await house.remind(at('22:00', '2027-01-11'))).toMatchObject({ sent: 1 });
    await house.plan({ ...landed, due: at('21:00') });
    expect(await house.remind(at('22:00'))).toMatchObject({ sent: 1 });
  });

  it('has everything in it after a week of downtime', async () => {
    for (const id of ['agreement-2', 'agreement-3', 'agreement-4']) {
      await house.stores.managers.addAgreement(MILA, aMember(), anAgreement({ id }));
    }
    await house.plan(
      aNewReminder({ due: at('09:00', '2027-01-11') }),
      aNewReminder({ subject: 'agreement-2', due: NINE }),
      aNewReminder({ subject: 'agreement-3', due: at('09:00', '2027-01-14') }),
      aNewReminder({ kind: 'landed', subject: 'agreement-4', due: at('09:00', '2027-01-15') }),
    );
    expect(await house.remind(at('09:30', '2027-01-19'))).toMatchObject({ sent: 4, digests: 1 });
    expect(house.teams.sent).toHaveLength(1);
  });
});

describe('send: after a pause', () => {
  it('brings nothing that came before it once more', async () => {
    await house.plan({ ...landed, due: NINE });
    await house.remind(NINE);
    await house.change(MILA, { pausedUntil: '2027-01-18' });
    // As settings of before planned it.
    await house.plan({ ...landed, due: at('09:00', '2027-01-18') });
    expect(await house.remind(at('09:00', '2027-01-18'))).toMatchObject({ sent: 0, dropped: 1 });
    expect(house.teams.sent).toHaveLength(1);
  });
});

describe('send: when Teams does not take it', () => {
  it('is tried again at the next tick when it surely did not arrive', async () => {
    house.teams.answer = () => ({ kind: 'retry', why: '503', afterMs: null });
    await house.plan(aNewReminder());
    expect(await house.remind(NINE)).toMatchObject({ sent: 0, deferred: 1, failed: 0 });
    house.teams.answer = () => ({ kind: 'sent', activity: '1:abc' });
    expect(await house.remind(at('09:01'))).toMatchObject({ sent: 1 });
  });

  it('is tried five days and given up, and its maker sees so, sure or not', async () => {
    expect(
      await faultsOf(
        ['failed', 'uncertain'] as const,
        async (kind) => {
          house.teams.answer = () => ({ kind, why: '500 Broken' });
          await house.plan(aNewReminder());
          const days = ['12', '13', '14', '15', '18', '19', '20'];
          for (const day of days) await house.remind(at('09:00', `2027-01-${day}`));
          expect(house.teams.sent).toHaveLength(5);
          expect(await house.due()).toEqual([]);
          expect((await house.agreement())?.undelivered?.why).toContain('500 Broken');
          expect((await house.stores.health.of('reminders', MUCH_LATER))?.gaveUp).toBe(1);
        },
        afresh,
      ),
    ).toEqual([]);
  });

  it('leaves the person reachable', async () => {
    house.teams.answer = () => ({ kind: 'failed', why: '400 BadSyntax' });
    await house.plan(aNewReminder());
    await house.remind(NINE);
    expect(await house.person(MILA)).toEqual(aPerson());
    expect(await house.person(SANNE)).toBeUndefined();
  });
});
