import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { cardText } from '../support/browser/cards-on-screen.js';
import { type House, openHouse } from '../support/running-bot.js';

describe('what is between two people', () => {
  let house: House;
  beforeAll(async () => {
    house = await openHouse({ now: '2027-01-12T10:00:00+01:00' });
  });
  afterAll(() => house.close());

  it('is not shown to a third, when a form that was saved is sent again for them from a screen that lagged', async () => {
    const mila = house.teams.person({ name: 'Mila' });
    const sanne = house.teams.person({ name: 'Sanne' });
    const bram = house.teams.person({ name: 'Bram' });
    for (const person of [mila, sanne, bram]) await person.install();
    const start = await mila.says('afspraak vastleggen');
    const two = await mila.press(start.messages[0]!, 'Verder', {
      name: 'Sanne',
      person: sanne.objectId,
      day: '2027-01-11',
      subjects: 'tasks',
    });
    await mila.press(two.message, 'Opslaan', {
      what1: 'Sanne doet de balie niet',
      next: '2027-01-26',
      initiative: 'employee',
    });
    // The phone still shows the second step: back to the first, another person, and on to the end.
    const one = await mila.press(
      two.message,
      { verb: 'agreement.people' },
      {},
      { asGiven: true, force: true },
    );
    const again = await mila.press(one.message, 'Verder', {
      known: '',
      name: 'Bram',
      person: bram.objectId,
      day: '2027-01-11',
      subjects: 'tasks',
    });
    await mila.press(again.message, 'Opslaan', {
      what1: 'Bram doet de planning niet',
      next: '2027-01-26',
      initiative: 'employee',
    });
    for (const at of [
      '2027-01-12T10:01:00+01:00',
      '2027-01-14T09:00:00+01:00',
      '2027-01-26T09:00:00+01:00',
    ]) {
      await house.remind(at);
    }
    expect(sanne.messages().map(cardText).join()).toContain('Sanne doet de balie niet');
    expect(bram.messages().map(cardText).join()).not.toMatch(/Sanne|balie|Mila/);
  });
});
