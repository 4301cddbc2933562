import { describe, expect, it } from 'vitest';
import { stillWanted } from '../../../../bot/domain/reminders/planning.js';
import { createLanded } from '../../../../bot/features/evaluation/landed.handler.js';
import { screenNothing } from '../../../../bot/nlu/screening/field-screening.js';
import { type Managing, openManaging } from '../../../support/recording-scene.js';
import { anAgreement, aReminder } from '../../../support/sample-records.js';
import { aPress, textsOf, verbsOf } from '../../../support/sample-turns.js';
import { setUpEach } from '../../../support/set-up.js';

let here: Managing;
let handlers: ReturnType<typeof createLanded>;
const afresh = setUpEach(
  async () => {
    here = await openManaging();
    handlers = createLanded({ ...here.own.stores, screen: screenNothing, zone: 'Europe/Amsterdam' });
  },
  () => here.own.drop(),
);

const press = (verb: 'landed.open' | 'landed.done' | 'landed.later') =>
  handlers[verb](aPress(verb, { id: 'agreement-1' }));

describe('asking how a conversation landed', () => {
  it('shows the questions in one request, keeps that it was asked and nothing else, in three, and thanks again without writing', async () => {
    const before = await here.everything();
    expect(await here.cost(() => press('landed.open'))).toBe(1);
    expect(verbsOf(await press('landed.open'))).toEqual([
      'landed.done',
      'landed.later',
      'agreement.show',
      'settings.show',
    ]);
    expect(await here.everything()).toEqual(before);
    await afresh();
    {
      expect(await here.cost(() => press('landed.done'))).toBe(3);
      expect(await here.agreement()).toEqual(anAgreement({ landed: true }));
      await afresh();
      await here.put({ landed: true });
      const before = await here.everything();
      expect(textsOf(await press('landed.done'))).toContain('Goed dat je het vroeg.');
      expect(textsOf(await press('landed.later'))).toContain('Goed dat je het vroeg.');
      expect(await here.everything()).toEqual(before);
    }
  });

  it('comes back three working days later, once, however often that is pressed, at the later of two days', async () => {
    const text = 'Goed. Ik herinner je op vrijdag 15 januari 2027.';
    expect(textsOf(await press('landed.later'))).toContain(text);
    expect(await here.cost(() => press('landed.later'))).toBeLessThanOrEqual(6);
    expect(await here.planned()).toEqual([
      aReminder({ kind: 'landed', occasion: '2027-01-08|2027-01-12', due: '2027-01-15T08:00:00.000Z' }),
    ]);
    expect(await here.agreement()).toEqual(anAgreement({ landedFrom: '2027-01-12' }));
    await afresh();
    await press('landed.later');
    await handlers['landed.later'](
      aPress('landed.later', { id: 'agreement-1' }, { now: '2027-01-13T09:00:00.000Z' }),
    );
    const agreement = await here.agreement();
    const wanted = (await here.planned()).filter((one) => stillWanted(one, agreement));
    expect(wanted).toMatchObject([{ occasion: '2027-01-08|2027-01-13', due: '2027-01-18T08:00:00.000Z' }]);
  });
});
