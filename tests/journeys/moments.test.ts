import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { messagesFor } from '../../cards/content/words.js';
import { cardText, headingOf } from '../support/browser/cards-on-screen.js';
import { type House, openHouse } from '../support/running-bot.js';

const { moments: WORDS } = messagesFor('nl');

describe('important moments', () => {
  let house: House;
  beforeEach(async () => {
    house = await openHouse({ now: '2027-01-12T10:00:00+01:00' });
  });
  afterEach(() => house.close());

  it('are added, remind on their days with tips, move with their dates, and end', async () => {
    const mila = house.teams.person({ name: 'Mila de Wit' });
    await mila.install();
    const asked = await mila.says('Karin gaat op 1 maart met verlof');
    // The form opens filled in with what was said; nothing is kept before it is sent.
    expect(headingOf(asked.messages[0])).toBe(WORDS.formTitle);
    for (const filled of ['"value":"leave"', '"value":"Karin"', '"value":"2027-03-01"']) {
      expect(cardText(asked.messages[0])).toContain(filled);
    }
    expect((await house.dump()).managers ?? []).toEqual([]);
    const wrong = await mila.press(
      asked.messages[0]!,
      WORDS.save,
      { kind: 'leave', name: 'Karin', from: '2027-03-01', until: '2027-02-01' },
      { force: true },
    );
    expect(cardText(wrong.message)).toContain(WORDS.untilWrong);
    expect(cardText(wrong.message)).toContain('"value":"Karin"');
    const saved = await mila.press(wrong.message, WORDS.save, { until: '2027-06-21' });
    expect(headingOf(saved.message)).toBe('Verlof: Karin');
    expect(cardText(saved.message)).toContain('nog 5 keer');

    expect(await house.remind('2027-02-01T09:00:00+01:00')).toMatchObject({ sent: 1, digests: 1 });
    expect(cardText(mila.lastMessage())).toContain(WORDS.tips['leave-4w-before'][0]);
    const moved = await mila.press(mila.lastMessage(), WORDS.change, {
      from: '2027-03-08',
      until: '2027-06-28',
    });
    expect(cardText(moved.message)).toContain(WORDS.moved);
    // Four weeks before is a week later now; the old week before is dropped; the new one comes.
    expect(await house.remind('2027-02-08T09:00:00+01:00')).toMatchObject({ sent: 1 });
    expect(await house.remind('2027-02-22T09:00:00+01:00')).toMatchObject({ sent: 0, dropped: 1 });
    expect(await house.remind('2027-03-01T09:00:00+01:00')).toMatchObject({ sent: 1 });
    const ended = await mila.press(mila.lastMessage(), WORDS.end);
    expect(cardText(ended.message)).toContain(WORDS.ended);
    expect(await house.remind('2027-06-14T09:00:00+01:00')).toMatchObject({ sent: 0 });
  });

  it('are saved once, and keep what the form says when it is sent again with something else', async () => {
    const mila = house.teams.person({ name: 'Mila de Wit' });
    await mila.install();
    const asked = await mila.says('belangrijk moment toevoegen');
    const form = await mila.press(asked.messages[0]!, { verb: 'moments.add' });
    const inputs = { kind: 'start', name: 'Peter', from: '2027-03-01' };
    const saved = await mila.press(form.message, WORDS.save, inputs);
    const again = await mila.repeats();
    expect(again.body).toMatchObject({ value: (saved.body as { value: unknown }).value });
    const lagged = await mila.press(
      form.message,
      WORDS.save,
      { ...inputs, from: '2027-04-01' },
      { asGiven: true },
    );
    expect(cardText(lagged.message)).toContain(WORDS.otherSaved);
    expect(cardText(lagged.message)).toContain('"value":"2027-04-01"');
    const kept = await mila.press(lagged.message, { verb: 'moments.show' });
    expect(cardText(kept.message)).toContain('"value":"2027-03-01"');
  });

  it('ask for a day that was emptied or is none, and stay as they are', async () => {
    const mila = house.teams.person({ name: 'Mila de Wit' });
    await mila.install();
    const asked = await mila.says('Karin gaat op 1 maart met verlof');
    const saved = await mila.press(asked.messages[0]!, WORDS.save, { until: '2027-06-21' });
    const emptied = await mila.press(saved.message, WORDS.change, { until: '' }, { force: true });
    expect(cardText(emptied.message)).toContain(WORDS.untilWrong);
    const none = await mila.press(emptied.message, WORDS.change, { from: 'morgen' }, { force: true });
    expect(cardText(none.message)).toContain(WORDS.fromWrong);
    expect(cardText(none.message)).toContain('maandag 1 maart 2027');
  });

  it('keep nothing of a sensitive word: only kind and dates stand in the tables, and no log has it', async () => {
    const mila = house.teams.person({ name: 'Mila de Wit' });
    await mila.install();
    for (const text of ['Peter ligt in scheiding', 'rouw na overlijden van haar moeder'])
      await mila.says(text);
    const asked = await mila.says('belangrijk moment toevoegen');
    const form = await mila.press(asked.messages[0]!, { verb: 'moments.add' });
    await mila.press(form.message, WORDS.save, {
      kind: 'extra',
      name: 'Peter',
      from: '2027-01-13',
      until: '2027-03-13',
    });
    const kept = JSON.stringify(await house.dump());
    expect(kept).toContain('extra');
    expect(kept + house.logged.join('')).not.toMatch(/scheiding|rouw|overlijden/i);
  });

  it('of somebody else are not there, and one that was deleted neither', async () => {
    const mila = house.teams.person({ name: 'Mila de Wit' });
    await mila.install();
    const asked = await mila.says('belangrijk moment toevoegen');
    const form = await mila.press(asked.messages[0]!, { verb: 'moments.add' });
    const inputs = { kind: 'start', name: 'Lotte', from: '2027-02-01' };
    const saved = await mila.press(form.message, WORDS.save, inputs);
    const sure = await mila.press(saved.message, WORDS.delete);
    const gone = await mila.press(sure.message, WORDS.deleteSure);
    expect(cardText(gone.message)).toContain(WORDS.deleted);
    const again = await mila.press(saved.message, WORDS.end, {}, { asGiven: true });
    expect(cardText(again.message)).toContain(WORDS.gone);
    expect(await house.remind('2027-02-01T09:00:00+01:00')).toMatchObject({ sent: 0, dropped: 1 });
  });
});
