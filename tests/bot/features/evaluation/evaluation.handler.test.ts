import { describe, expect, it } from 'vitest';
import { defaultSlot } from '../../../../bot/domain/calendar.js';
import type { Reminder } from '../../../../bot/domain/reminder.js';
import { againReminder, stillWanted } from '../../../../bot/domain/reminders/planning.js';
import { createEvaluation, type Evaluation } from '../../../../bot/features/evaluation/evaluation.handler.js';
import { type Screen, screenNothing } from '../../../../bot/nlu/screening/field-screening.js';
import { faultsOf } from '../../../support/faults.js';
import { type Managing, MILA, noMigraine, openManaging } from '../../../support/recording-scene.js';
import { anAgreement, anItem, aReminder } from '../../../support/sample-records.js';
import { aPress, dataOf, filledIn, SANNE_ACTS, textsOf, titleOf } from '../../../support/sample-turns.js';
import { setUpEach } from '../../../support/set-up.js';

const CHANGED =
  'Deze afspraken zijn intussen veranderd. Er is nog niets opgeslagen, en wat je invulde staat er nog. Klopt het nog? Sla het dan nog eens op.';
const RECORDED = 'Opgeslagen. Jullie evalueren weer op dinsdag 26 januari 2027.';
const GONE = 'Ik kan deze afspraak niet vinden. Misschien is de afspraak verwijderd.';
const THIS = { id: 'agreement-1', version: 1 };
const JUDGED = { ...THIS, outcome1: 'works', outcome2: 'stop', next: '2027-01-26' };
const FILLED = { outcome1: 'works', outcome2: 'stop', next: '2027-01-26' };
const ASKED = {
  subjects: ['days' as const],
  note: 'Liever een week later',
  askedAt: '2027-01-11T09:00:00.000Z',
  handledAt: null,
  reply: null,
};
const TO_ADJUST = { ...JUDGED, outcome2: 'adjust' };

let here: Managing;
let evaluation: Evaluation;
const afresh = setUpEach(
  async () => {
    here = await openManaging();
    evaluation = evaluationWith(screenNothing);
  },
  () => here.own.drop(),
);

function evaluationWith(screen: Screen): Evaluation {
  return createEvaluation({ ...here.own.stores, screen, zone: 'Europe/Amsterdam' });
}

/** What is planned of the evaluation that would still be sent. */
async function wanted(): Promise<Reminder[]> {
  const agreement = await here.agreement();
  const planned = await here.planned();
  return planned.filter((one) => one.kind === 'evaluation' && stillWanted(one, agreement));
}

describe('evaluation: opening', () => {
  const open = () => evaluation['evaluation.open'](aPress('evaluation.open', { id: 'agreement-1' }));

  it('asks how each agreement goes, in two requests, writes nothing, shows a closed one instead, and knows nothing of one that is not theirs', async () => {
    const before = await here.everything();
    expect(await here.cost(open)).toBe(2);
    expect(filledIn(await open())).toEqual({ outcome1: '', outcome2: '', next: '2027-01-26' });
    expect(await here.everything()).toEqual(before);
    await afresh();
    await here.put({ status: 'closed' });
    expect(filledIn(await open())).toEqual({});
    expect(titleOf(await open())).toBe('Afspraken met Sanne');
    await afresh();
    expect(
      await faultsOf(
        [
          ['that is not there', { id: 'nobody' }, {}],
          ['of somebody else', { id: 'agreement-1' }, SANNE_ACTS],
          ['of another tenant', { id: 'agreement-1' }, { tenant: 'another' }],
        ],
        async (_case, data, who) => {
          const reply = await evaluation['evaluation.open'](aPress('evaluation.open', data, who));
          expect(textsOf(reply)).toContain(GONE);
        },
        afresh,
      ),
    ).toEqual([]);
  });
});

describe('evaluation: recording', () => {
  const record = (data: object) => evaluation['evaluation.record'](aPress('evaluation.record', { ...data }));

  it('keeps how it goes and when to look back again, and plans both reminders, in at most six requests', async () => {
    await here.own.stores.reminders.plan(aReminder());
    expect(textsOf(await record(JUDGED))).toContain(RECORDED);
    expect(await here.agreement()).toMatchObject({
      items: [{ outcome: 'works' }, { outcome: 'stop' }],
      evaluations: [{ day: '2027-01-12', planned: '2027-01-12', outcomes: { '1': 'works', '2': 'stop' } }],
      nextDay: '2027-01-26',
      remindAt: '2027-01-26T08:00:00.000Z',
      answer: 'on-its-way',
      version: 2,
    });
    expect((await here.planned()).map(({ kind, occasion, due }) => [kind, occasion, due])).toEqual([
      ['agreement-shared', '2', '2027-01-12T09:00:00.000Z'],
      ['evaluation', '2027-01-26', '2027-01-26T08:00:00.000Z'],
    ]);
    await afresh();
    expect(await here.cost(() => record(JUDGED))).toBeLessThanOrEqual(6);
  });

  it('changes nothing from a card of before the last change, or of a closed one, and keeps what was filled in', async () => {
    await here.put({ version: 2 });
    const before = await here.everything();
    const reply = await record(JUDGED);
    expect(textsOf(reply)).toContain(CHANGED);
    expect(filledIn(reply)).toEqual(FILLED);
    expect(await here.everything()).toEqual(before);
    await record({ ...FILLED, ...dataOf(reply, 'evaluation.record') });
    expect((await here.agreement()).evaluations).toHaveLength(1);
    await afresh();
    {
      await here.put({ status: 'closed' });
      const before = await here.everything();
      const reply = await record(JUDGED);
      expect(reply.kind).toBe('beside');
      expect(JSON.stringify(reply)).toContain('Deze afspraken zijn intussen afgesloten.');
      expect(await here.everything()).toEqual(before);
    }
  });

  it('tells what the employee asked for meanwhile, keeps what was filled in, and leaves the request', async () => {
    await here.put({ answer: 'change-asked', changeAsked: ASKED });
    const before = await here.everything();
    const reply = await record(JUDGED);
    expect(textsOf(reply).join()).toContain('Sanne vroeg intussen om iets anders.');
    expect(textsOf(reply).join()).toContain('Liever een week later');
    expect(filledIn(reply)).toEqual(FILLED);
    expect(await here.everything()).toEqual(before);
    const done = await record({ ...FILLED, ...dataOf(reply, 'evaluation.record') });
    expect(textsOf(done)).toContain(RECORDED);
    expect(textsOf(done).join()).toContain('Liever een week later');
    expect((await here.agreement()).changeAsked).toEqual(ASKED);
  });

  it('is kept although the mark of a reminder is written at the same moment', async () => {
    const { managers } = here.own.stores;
    let marked = false;
    const evaluation = createEvaluation({
      ...here.own.stores,
      managers: {
        ...managers,
        async changeAgreement(manager, change, etag) {
          if (!marked) {
            marked = true;
            await managers.changeAgreement(manager, { ...(await here.agreement()), answer: 'shared' }, etag);
          }
          return managers.changeAgreement(manager, change, etag);
        },
      },
      screen: screenNothing,
      zone: 'Europe/Amsterdam',
    });
    const reply = await evaluation['evaluation.record'](aPress('evaluation.record', JUDGED));
    expect(textsOf(reply)).toContain(RECORDED);
    expect((await here.agreement()).evaluations).toHaveLength(1);
  });

  it('says the same to the same press once more, also when something was stopped, and records one of two that arrive together', async () => {
    await record(JUDGED);
    const before = await here.everything();
    expect(textsOf(await record(JUDGED))).toContain(RECORDED);
    expect(await here.everything()).toEqual(before);
    await afresh();
    const other = { ...JUDGED, next: '2027-02-02' };
    const texts = (await Promise.all([record(JUDGED), record(other)])).map(textsOf);
    expect(texts.filter((text) => text.includes(CHANGED))).toHaveLength(1);
    const { evaluations, nextDay } = await here.agreement();
    expect(evaluations).toHaveLength(1);
    expect(await wanted()).toMatchObject([{ occasion: nextDay }]);
  });

  it('gives the form back filled in and keeps nothing when something of it is wrong', async () => {
    expect(
      await faultsOf(
        [
          ['an outcome is missing', { outcome2: '' }, 'Kies hoe het loopt.'],
          ['the next day is today', { next: '2027-01-12' }, 'Kies een dag vanaf morgen.'],
        ],
        async (_case, wrong, why) => {
          const before = await here.everything();
          const { id: _id, version: _version, ...filled } = { ...JUDGED, ...wrong };
          const reply = await record({ ...JUDGED, ...wrong });
          expect(filledIn(reply)).toEqual(filled);
          expect(textsOf(reply)).toContain(why);
          expect(await here.everything()).toEqual(before);
        },
        afresh,
      ),
    ).toEqual([]);
  });

  it('is of the manager’s own day, and reminds again from the day itself of what was snoozed before', async () => {
    await here.liveIn('America/Paramaribo');
    const night = { now: '2027-01-13T01:30:00.000Z' };
    await evaluation['evaluation.record'](
      aPress('evaluation.record', { ...JUDGED, next: '2027-01-13' }, night),
    );
    expect((await here.agreement()).evaluations).toMatchObject([{ day: '2027-01-12' }]);
    expect((await here.agreement()).remindAt).toBe('2027-01-13T12:00:00.000Z');
    await afresh();
    await evaluation['evaluation.snooze'](aPress('evaluation.snooze', { ...THIS, days: 3 }));
    await record(JUDGED);
    expect((await here.agreement()).remindFrom).toBeNull();
    const planned = (await here.planned()).filter(({ kind }) => kind === 'evaluation');
    expect(planned).toMatchObject([{ occasion: '2027-01-26', due: '2027-01-26T08:00:00.000Z' }]);
  });
});

describe('evaluation: changing what was agreed', () => {
  const record = () => evaluation['evaluation.record'](aPress('evaluation.record', TO_ADJUST));
  const { id, version, ...chosen } = TO_ADJUST;
  const rewrite = (inputs: object, from = evaluation) =>
    from['evaluation.rewrite'](aPress('evaluation.rewrite', { id, version, chosen, ...inputs }));

  it('asks for the new words before anything is kept, and then keeps them and the evaluation together, in at most six requests', async () => {
    const before = await here.everything();
    const reply = await record();
    expect(titleOf(reply)).toBe('Wat verandert er?');
    expect(filledIn(reply)).toEqual({ what2: 'Sanne begint om tien uur', from2: '', by2: '2027-01-15' });
    expect(dataOf(reply, 'evaluation.rewrite').chosen).toMatchObject(chosen);
    expect(await here.everything()).toEqual(before);
    await afresh();
    const done = () => rewrite({ what2: '  Sanne begint \n om elf uur ', by2: '2027-01-20' });
    expect(await here.cost(done)).toBeLessThanOrEqual(6);
    expect((await here.agreement()).items).toEqual([
      anItem({ outcome: 'works' }),
      anItem({
        id: '2',
        who: 'employee',
        what: 'Sanne begint om elf uur',
        by: '2027-01-20',
        outcome: 'adjust',
      }),
    ]);
  });

  it('gives the form back with its words, and keeps nothing, about health or from a card of before the last change', async () => {
    const before = await here.everything();
    const inputs = { what2: 'Vrij bij migraine', from2: '', by2: '2027-01-20' };
    const reply = await rewrite(inputs, evaluationWith(noMigraine));
    expect(filledIn(reply)).toEqual(inputs);
    expect(textsOf(reply)).toContainEqual(expect.stringContaining('gezondheid of privé: migraine'));
    expect(dataOf(reply, 'evaluation.rewrite').chosen).toMatchObject(chosen);
    expect(await here.everything()).toEqual(before);
    await afresh();
    {
      await here.put({ version: 2 });
      const before = await here.everything();
      const inputs = { what2: 'Iets anders', from2: '2027-01-18', by2: '2027-01-20' };
      const reply = await rewrite(inputs);
      expect(textsOf(reply)).toContain(CHANGED);
      expect(filledIn(reply)).toEqual(inputs);
      expect(dataOf(reply, 'evaluation.rewrite')).toMatchObject({ version: 2, chosen });
      expect(await here.everything()).toEqual(before);
    }
  });
});

describe('evaluation: a snooze', () => {
  const SLOT = defaultSlot('Europe/Amsterdam');
  const TOMORROW = '2027-01-13T08:00:00.000Z';
  const snooze = (data: object = {}) =>
    evaluation['evaluation.snooze'](aPress('evaluation.snooze', { ...THIS, days: 1, ...data }));

  it('reminds again after the days that were chosen, at the manager’s own hour and on their days, and leaves the agreed day', async () => {
    expect(
      await faultsOf(
        [
          [1, TOMORROW],
          [3, '2027-01-15T08:00:00.000Z'],
          [7, '2027-01-19T08:00:00.000Z'],
        ],
        async (days, due) => {
          await snooze({ days });
          expect(await here.agreement()).toEqual(anAgreement({ remindFrom: due, remindAt: due }));
          expect(await wanted()).toMatchObject([{ due, round: 0 }]);
        },
        afresh,
      ),
    ).toEqual([]);
    await afresh();
    const found = await here.own.stores.people.get(MILA.tenant, MILA.person);
    if (found === null) throw new Error('nobody');
    await here.own.stores.people.change({ ...found.record, time: '07:30', days: [4] }, found.etag);
    await snooze();
    expect((await wanted())[0]?.due).toBe('2027-01-14T06:30:00.000Z');
  });

  it('says when, in at most six requests, in the place of an earlier snooze and of the reminders of before', async () => {
    expect(textsOf(await snooze())).toContain('Goed. Ik herinner je weer op woensdag 13 januari 2027.');
    expect(await here.cost(() => snooze({ days: 3 }))).toBeLessThanOrEqual(6);
    await afresh();
    await snooze();
    await snooze({ days: 3 });
    expect(await wanted()).toMatchObject([{ due: '2027-01-15T08:00:00.000Z' }]);
    await afresh();
    const first = aReminder();
    const second = againReminder(first, '2027-01-12', SLOT);
    await here.own.stores.reminders.planAll(second === null ? [] : [second]);
    await snooze();
    const days: string[] = [];
    for (let next = (await wanted())[0]; next !== undefined; ) {
      days.push(next.due.slice(0, 10));
      const again = againReminder(next, next.due.slice(0, 10), SLOT);
      next = again === null ? undefined : aReminder(again);
      if (next !== undefined) expect(stillWanted(next, await here.agreement())).toBe(true);
    }
    expect(days).toEqual(['2027-01-13', '2027-01-18', '2027-01-25']);
    expect(await wanted()).toHaveLength(1);
  });

  it('changes nothing from a card of before the last change', async () => {
    await here.put({ version: 2 });
    const before = await here.everything();
    expect(textsOf(await snooze())).toContain('Deze afspraak is intussen veranderd. Zo is de afspraak nu.');
    expect(await here.everything()).toEqual(before);
  });
});
