import { describe, expect, it } from 'vitest';
import { createMove } from '../../../../bot/features/evaluation/move.handler.js';
import { screenNothing } from '../../../../bot/nlu/screening/field-screening.js';
import { faultsOf } from '../../../support/faults.js';
import { type Managing, openManaging } from '../../../support/recording-scene.js';
import { aReminder } from '../../../support/sample-records.js';
import { aPress, aTurn, dataOf, filledIn, textsOf, titleOf } from '../../../support/sample-turns.js';
import { setUpEach } from '../../../support/set-up.js';

const CHANGED =
  'Deze afspraken zijn intussen veranderd. Er is nog niets opgeslagen, en wat je invulde staat er nog. Klopt het nog? Sla het dan nog eens op.';
const MOVED = 'Verzet naar dinsdag 19 januari 2027.';
const THIS = { id: 'agreement-1', version: 1 };

let here: Managing;
let handlers: ReturnType<typeof createMove>;
const afresh = setUpEach(
  async () => {
    here = await openManaging();
    handlers = createMove({ ...here.own.stores, screen: screenNothing, zone: 'Europe/Amsterdam' });
  },
  () => here.own.drop(),
);

const ask = () => handlers['evaluation.ask-move'](aPress('evaluation.ask-move', { id: 'agreement-1' }));
const move = (data: object = {}) =>
  handlers['evaluation.move'](aPress('evaluation.move', { ...THIS, day: '2027-01-19', ...data }));

describe('moving an evaluation', () => {
  it('opens with the day that is named last, and not with the one before', async () => {
    expect(
      await faultsOf(
        [
          ['verzet de evaluatie met Sanne naar dinsdag 19 januari', '2027-01-19'],
          ['verzet de evaluatie met Sanne van 12 januari naar 19 januari', '2027-01-19'],
          ['stel de evaluatie met Sanne uit tot 19 januari', '2027-01-19'],
        ],
        async (text, day) => {
          const reply = await handlers.movedByWords(aTurn({ said: { kind: 'text', text } }));
          if (reply === null) throw new Error('nothing was understood');
          expect(filledIn(reply)).toEqual({ day });
        },
        afresh,
      ),
    ).toEqual([]);
  });

  it('proposes the next working day, or a week later, in two requests, writes nothing, and shows a closed one instead', async () => {
    const before = await here.everything();
    expect(await here.cost(ask)).toBe(2);
    expect(filledIn(await ask())).toEqual({ day: '2027-01-13' });
    expect(await here.everything()).toEqual(before);
    await afresh();
    expect(JSON.stringify(await ask())).toContain('evaluation.snooze');
    await here.put({ nextDay: '2027-01-26' });
    expect(filledIn(await ask())).toEqual({ day: '2027-02-02' });
    expect(JSON.stringify(await ask())).not.toContain('evaluation.snooze');
    await afresh();
    await here.put({ status: 'closed' });
    expect(titleOf(await ask())).toBe('Afspraken met Sanne');
  });

  it('keeps the new day, plans its reminder and takes those of before away, in at most six requests', async () => {
    await here.own.stores.reminders.plan(aReminder());
    expect(textsOf(await move())).toContain(MOVED);
    expect(await here.agreement()).toMatchObject({
      nextDay: '2027-01-19',
      remindAt: '2027-01-19T08:00:00.000Z',
      version: 2,
    });
    const planned = (await here.planned()).filter(({ kind }) => kind === 'evaluation');
    expect(planned).toEqual([aReminder({ occasion: '2027-01-19', due: '2027-01-19T08:00:00.000Z' })]);
    await afresh();
    {
      await handlers['evaluation.snooze'](aPress('evaluation.snooze', { ...THIS, days: 1 }));
      await move();
      const planned = (await here.planned()).filter(({ kind }) => kind === 'evaluation');
      expect(planned).toMatchObject([{ occasion: '2027-01-19' }]);
      expect((await here.agreement()).remindFrom).toBeNull();
    }
    await afresh();
    expect(await here.cost(move)).toBeLessThanOrEqual(6);
  });

  it('says the same to the same press once more, moves once, and nothing from a card of before the last change', async () => {
    await move();
    const before = await here.everything();
    expect(textsOf(await move())).toContain(MOVED);
    expect(await here.everything()).toEqual(before);
    await afresh();
    {
      await here.put({ version: 2 });
      const before = await here.everything();
      const reply = await move();
      expect(textsOf(reply)).toContain(CHANGED);
      expect(filledIn(reply)).toEqual({ day: '2027-01-19' });
      expect(await here.everything()).toEqual(before);
    }
  });

  it('tells what the employee asked for meanwhile, keeps the day, and leaves the request', async () => {
    const changeAsked = {
      subjects: ['days' as const],
      note: 'Liever een week later',
      askedAt: '2027-01-11T09:00:00.000Z',
      handledAt: null,
      reply: null,
    };
    await here.put({ answer: 'change-asked', changeAsked });
    const reply = await move();
    expect(textsOf(reply).join()).toContain('Sanne vroeg intussen om iets anders.');
    expect(textsOf(reply).join()).toContain('Liever een week later');
    expect(filledIn(reply)).toEqual({ day: '2027-01-19' });
    await move(dataOf(reply, 'evaluation.move'));
    expect(await here.agreement()).toMatchObject({ nextDay: '2027-01-19', changeAsked });
  });

  it('proposes and keeps days of the manager’s own zone', async () => {
    await here.liveIn('America/Paramaribo');
    // Still the 12th there.
    const night = { now: '2027-01-13T01:30:00.000Z' };
    const asked = await handlers['evaluation.ask-move'](
      aPress('evaluation.ask-move', { id: 'agreement-1' }, night),
    );
    expect(filledIn(asked)).toEqual({ day: '2027-01-13' });
    const moved = await handlers['evaluation.move'](
      aPress('evaluation.move', { ...THIS, day: '2027-01-13' }, night),
    );
    expect(textsOf(moved)).toContain('Verzet naar woensdag 13 januari 2027.');
  });

  it('gives the form back filled in and keeps nothing when the day is over', async () => {
    const before = await here.everything();
    const reply = await move({ day: '2027-01-12' });
    expect(filledIn(reply)).toEqual({ day: '2027-01-12' });
    expect(textsOf(reply)).toContain('Kies een dag vanaf morgen.');
    expect(await here.everything()).toEqual(before);
  });
});
