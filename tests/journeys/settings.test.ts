import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { messagesFor } from '../../cards/content/words.js';
import { cardText, headingOf } from '../support/browser/cards-on-screen.js';
import { type House, openHouse } from '../support/running-bot.js';

const { settings: WORDS, coffee: COFFEE } = messagesFor('nl');

describe('settings', () => {
  let house: House;
  beforeEach(async () => {
    house = await openHouse({ now: '2027-01-12T10:00:00+01:00', inMemory: true });
  });
  afterEach(() => house.close());

  it('move what is planned already: an earlier hour, other days, and nothing before a pause ends', async () => {
    const mila = await managerWithCoffee();
    const form = await mila.says('ik wil mijn instellingen aanpassen');
    expect(headingOf(form.messages[0])).toBe(WORDS.title);
    const saved = await mila.press(form.messages[0]!, WORDS.save, { time: '08:00', days: '3,4' });
    expect(cardText(saved.message)).toContain(WORDS.saved);
    // Tuesday 19 January was the day; Wednesday and Thursday are hers now.
    expect(await house.remind('2027-01-19T09:30:00+01:00')).toMatchObject({ sent: 0 });
    expect(await house.remind('2027-01-20T08:00:00+01:00')).toMatchObject({ sent: 1, digests: 1 });
    expect(await house.remind('2027-01-21T09:00:00+01:00')).toMatchObject({ sent: 0 });
  });

  it('offer only zones that there are, whatever was sent', async () => {
    const mila = await managerWithCoffee();
    const form = await mila.says('instellingen');
    const wrong = await mila.press(
      form.messages[0]!,
      WORDS.save,
      { days: '', zone: '[x](javascript:1)' },
      { force: true },
    );
    expect(cardText(wrong.message)).toContain(WORDS.daysWrong);
    expect(cardText(wrong.message)).not.toContain('javascript');
  });

  it('send once what was due when the hour was moved forward and back', async () => {
    const mila = await managerWithCoffee();
    house.setNow('2027-01-18T10:00:00+01:00');
    const first = await mila.press((await mila.says('instellingen')).messages[0]!, WORDS.save, {
      time: '14:00',
    });
    await mila.press(first.message, WORDS.save, { time: '08:00' });
    expect(await house.remind('2027-01-19T08:00:00+01:00')).toMatchObject({ sent: 1, digests: 1 });
    expect(await house.remind('2027-01-19T09:00:00+01:00')).toMatchObject({ sent: 0 });
    expect(await house.remind('2027-01-19T14:00:00+01:00')).toMatchObject({ sent: 0 });
    expect(await house.remind('2027-01-20T08:00:00+01:00')).toMatchObject({ sent: 0 });
    expect(await house.remind('2027-01-21T08:00:00+01:00')).toMatchObject({ sent: 0 });
  });

  it('keep quiet until the day that was chosen', async () => {
    const mila = await managerWithCoffee();
    const form = await mila.says('instellingen');
    await mila.press(form.messages[0]!, WORDS.save, { until: '2027-02-01' });
    expect(await house.remind('2027-01-29T09:00:00+01:00')).toMatchObject({ sent: 0 });
    expect(await house.remind('2027-02-01T09:00:00+01:00')).toMatchObject({ sent: 1 });
  });

  it('leave coffee out when it is switched off, and bring it back when it is on again', async () => {
    const mila = await managerWithCoffee();
    const form = await mila.says('instellingen');
    const off = await mila.press(form.messages[0]!, WORDS.save, { coffee: 'no' });
    expect(await house.remind('2027-01-19T09:00:00+01:00')).toMatchObject({ sent: 0, dropped: 1 });
    house.setNow('2027-01-18T10:00:00+01:00');
    await mila.press(off.message, WORDS.save, { coffee: 'yes' });
    expect(await house.remind('2027-01-19T09:00:00+01:00')).toMatchObject({ sent: 1 });
  });

  it('answer in the language that was chosen, from the next card on', async () => {
    const mila = house.teams.person({ name: 'Mila de Wit' });
    await mila.install();
    const form = await mila.says('instellingen');
    const saved = await mila.press(form.messages[0]!, WORDS.save, { language: 'en' });
    expect(headingOf(saved.message)).toBe('My settings');
  });

  it('come back as they were typed when something is wrong', async () => {
    const mila = house.teams.person({ name: 'Mila de Wit' });
    await mila.install();
    const form = await mila.says('instellingen');
    const inputs = { time: '07:15', until: '2020-01-01' };
    const back = await mila.press(form.messages[0]!, WORDS.save, inputs, { force: true });
    expect(cardText(back.message)).toContain(WORDS.untilWrong);
    expect(cardText(back.message)).toContain('07:15');
  });

  async function managerWithCoffee() {
    const mila = house.teams.person({ name: 'Mila de Wit' });
    await mila.install();
    const form = await mila.press((await mila.says('koffie')).messages[0]!, COFFEE.add);
    await mila.press(form.message, COFFEE.save, { names: 'Anouk', rhythm: 'weekly' });
    return mila;
  }
});

describe('taking the app out of one’s chats', () => {
  let house: House;
  beforeEach(async () => {
    house = await openHouse({ now: '2027-01-12T10:00:00+01:00', inMemory: true });
  });
  afterEach(() => house.close());

  it('lets go at once of what is about oneself alone, and keeps only that one is away', async () => {
    // Whose day for the look at oneself, which follows from the id, is not among these.
    const mila = house.teams.person({
      name: 'Mila de Wit',
      objectId: '11111111-2222-4333-8444-555555555555',
    });
    await mila.install();
    const form = await mila.press((await mila.says('koffie')).messages[0]!, COFFEE.add);
    await mila.press(form.message, COFFEE.save, { names: 'Anouk', rhythm: 'weekly' });
    const settings = await mila.says('instellingen');
    await mila.press(settings.messages[0]!, WORDS.save, { time: '08:00', selfLook: 'yes' });
    // With the coffee, where the month has it so, a look at oneself: one message.
    expect(await house.remind('2027-01-19T08:00:00+01:00')).toMatchObject({ digests: 1 });
    await mila.uninstall();
    const { people = [], nudges = [] } = await house.dump();
    expect(nudges).toEqual([]);
    const [row] = people as Record<string, unknown>[];
    expect(row).toMatchObject({ person: mila.objectId, unreachableWhy: 'uninstalled' });
    for (const name of ['reference', 'time', 'days', 'language', 'monthly', 'off'])
      expect(row).not.toHaveProperty(name);
  });
});
