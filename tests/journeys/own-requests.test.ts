import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { messagesFor } from '../../cards/content/words.js';
import { cardText, headingOf } from '../support/browser/cards-on-screen.js';
import type { House } from '../support/running-bot.js';
import { openSharedAgreement } from '../support/shared-agreement.js';
import type { Person } from '../support/teams/teams.js';

const { requests: WORDS, coffee: COFFEE, moments: MOMENTS, agreement: AGREEMENT } = messagesFor('nl');

describe('an employee who says something to coffees and moments about them', () => {
  let house: House;
  let mila: Person;
  let sanne: Person;
  beforeEach(async () => {
    ({ house, mila, sanne } = await openSharedAgreement());
    await addCoffee();
    const moments = await mila.says('belangrijke momenten');
    const form = await mila.press(moments.messages[0]!, MOMENTS.add);
    const known = `person-${sanne.objectId}`;
    const days = { from: '2027-03-01', until: '2027-06-21' };
    await mila.press(form.message, MOMENTS.save, { kind: 'leave', known, ...days, contact: 'no' });
    await house.remind('2027-01-12T10:01:00+01:00');
  });
  afterEach(() => house.close());

  const addCoffee = async () => {
    const list = await mila.says('kopje koffie');
    const form = await mila.press(list.messages[0]!, COFFEE.add);
    return mila.press(form.message, COFFEE.save, { names: 'Sanne', rhythm: 'weekly' });
  };
  const records = async () => (await sanne.says('wat is er over mij vastgelegd')).messages[0]!;
  const newest = (person: Person) => person.messages().at(-1)!;

  it('is off the coffee list at once, and can be put on it again only when they say so', async () => {
    const coffee = await sanne.press(await records(), { verb: 'own.coffee' });
    const off = await sanne.press(coffee.message, WORDS.coffeeRefuse);
    expect(cardText(off.message)).toContain(WORDS.coffeeRefusedDone);
    await house.remind('2027-01-12T10:02:00+01:00');
    expect(headingOf(newest(mila))).toBe('Sanne heeft liever geen vaste koffie');
    const list = await mila.press(newest(mila), WORDS.coffeeNewsButton);
    expect(cardText(list.message)).not.toContain('Sanne');
    expect(cardText((await addCoffee()).message)).toContain(
      AGREEMENT.problem.coffeeRefused.split('{name}')[1],
    );

    const seen = await records();
    expect(cardText(seen)).toContain(WORDS.listRefused);
    const again = await sanne.press(seen, { verb: 'own.coffee' });
    await sanne.press(again.message, WORDS.coffeeAllow);
    expect(cardText((await addCoffee()).message)).toContain('Toegevoegd: Sanne');
    expect(house.logged.join()).not.toMatch(/Sanne|Mila/);
  });

  it('gets the dates that they ask for, and hears it', async () => {
    const moment = await sanne.press(await records(), { verb: 'own.moment' });
    expect(cardText(moment.message)).toContain('Mila de Wit');
    const form = await sanne.press(moment.message, WORDS.askDates);
    const sent = await sanne.press(form.message, WORDS.send, { from: '2027-03-08', until: '2027-06-28' });
    expect(cardText(sent.message)).toContain('uiterlijk op vrijdag 12 februari 2027');
    await house.remind('2027-01-12T10:02:00+01:00');
    expect(headingOf(newest(mila))).toBe('Sanne vraagt om andere data');
    const done = await mila.press(newest(mila), WORDS.doDates);
    expect(cardText(done.message)).toContain('maandag 8 maart 2027');
    await house.remind('2027-01-12T10:03:00+01:00');
    expect(headingOf(newest(sanne))).toBe(WORDS.newsDatesTitle);
    expect(cardText(await records())).toContain('maandag 8 maart 2027');
  });

  it('gets it removed: nothing of it is left but that it was asked for and done', async () => {
    const moment = await sanne.press(await records(), { verb: 'own.moment' });
    const asking = await sanne.press(moment.message, WORDS.askRemove);
    await sanne.press(asking.message, WORDS.send);
    expect(cardText(await records())).toContain('Je vroeg hier iets over');
    await house.remind('2027-01-12T10:02:00+01:00');
    const done = await mila.press(newest(mila), WORDS.doRemove);
    expect(headingOf(done.message)).toBe(WORDS.removedTitle);
    await house.remind('2027-01-12T10:03:00+01:00');
    expect(headingOf(newest(sanne))).toBe(WORDS.newsRemovedTitle);
    expect(cardText(newest(sanne))).toContain('Je vroeg er Mila de Wit iets over');
    expect(cardText(await records())).toContain('Op jouw vraag verwijderd op dinsdag 12 januari 2027');

    await house.work('reconcile', '2027-01-13T03:30:00+01:00');
    await house.work('retention', '2027-01-13T04:00:00+01:00');
    const left = await house.dump();
    expect(JSON.stringify(left)).not.toMatch(/2027-06-21|"leave"/);
    const trail = (left.audit as { did: string; who: string }[]).map(({ did, who }) => [did, who]);
    expect(trail).toContainEqual(['own.send-removal', sanne.objectId]);
    expect(trail).toContainEqual(['request.do', mila.objectId]);
  });

  it('is not forgotten: the manager hears again a week before the term, the employee the day after it', async () => {
    const moment = await sanne.press(await records(), { verb: 'own.moment' });
    const asking = await sanne.press(moment.message, WORDS.askRemove);
    await sanne.press(asking.message, WORDS.send);
    await house.remind('2027-01-12T10:02:00+01:00');
    const open = await mila.says('wat staat er open');
    expect(cardText(open.messages[0]!)).toContain('Sanne vraagt iets over een moment');
    await house.remind('2027-02-05T09:01:00+01:00');
    expect(cardText(newest(mila))).toContain('Sanne vraagt iets over een moment');
    await house.remind('2027-02-15T09:01:00+01:00');
    expect(headingOf(newest(sanne))).toBe(WORDS.newsLateTitle);
    expect(cardText(newest(sanne))).toContain('Autoriteit Persoonsgegevens');
  });
});
