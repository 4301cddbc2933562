import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { messagesFor } from '../../cards/content/words.js';
import { cardText, headingOf } from '../support/browser/cards-on-screen.js';
import type { House } from '../support/running-bot.js';
import { openSharedAgreement } from '../support/shared-agreement.js';
import type { Person } from '../support/teams/teams.js';
import { buttonsOf, cardsOf } from '../support/teams/teams-card.js';

const { removal: WORDS, about: ABOUT, agreement: AGREEMENT } = messagesFor('nl');
const ASKING = 'Sanne wil jullie afspraken laten verwijderen';

describe('an employee who asks to have something removed', () => {
  let house: House;
  let mila: Person;
  let sanne: Person;
  beforeEach(async () => {
    ({ house, mila, sanne } = await openSharedAgreement());
    await house.remind('2027-01-12T10:01:00+01:00');
  });
  afterEach(() => house.close());

  const records = async () => {
    return (await sanne.says('wat is er over mij vastgelegd')).messages[0]!;
  };
  const newest = (person: Person) => person.messages().at(-1)!;
  const ask = async () => {
    const opened = await sanne.press(await records(), { verb: 'about.show' });
    const asking = await sanne.press(opened.message, WORDS.ask);
    return sanne.press(asking.message, WORDS.send);
  };

  it('gets it removed: nothing of it is left but that it was asked for and done', async () => {
    expect(cardText((await ask()).message)).toContain('uiterlijk op vrijdag 12 februari 2027');
    expect(cardText(await records())).toContain('Antwoord uiterlijk op vrijdag 12 februari 2027');
    await house.remind('2027-01-12T10:02:00+01:00');
    expect(headingOf(newest(mila))).toBe(ASKING);
    const sure = await mila.press(newest(mila), WORDS.grant);
    const done = await mila.press(sure.message, WORDS.sure);
    expect(headingOf(done.message)).toBe(WORDS.grantedDoneTitle);
    await house.remind('2027-01-12T10:03:00+01:00');
    expect(headingOf(newest(sanne))).toBe('Je afspraken met Mila de Wit zijn verwijderd');
    expect(cardText(await records())).toContain('Op jouw vraag verwijderd op dinsdag 12 januari 2027');

    await house.work('reconcile', '2027-01-13T03:30:00+01:00');
    await house.work('retention', '2027-01-13T04:00:00+01:00');
    const left = await house.dump();
    expect(JSON.stringify(left)).not.toMatch(/balie|two-weekly|2027-01-11/);
    expect(left.managers).toEqual([]);
    expect(left.reminders).toEqual([]);
    expect(house.logged.join()).not.toMatch(/Sanne|Mila|balie/);
    const trail = (left.audit as { did: string; who: string }[]).map(({ did, who }) => [did, who]);
    expect(trail).toContainEqual(['removal.send', sanne.objectId]);
    expect(trail).toContainEqual(['removal.grant', mila.objectId]);
    await house.work('retention', '2028-01-14T04:00:00+01:00');
    expect(cardText(await records())).toContain(ABOUT.recordsEmpty);
  });

  it('hears why it stays, and where to go with that', async () => {
    await ask();
    await house.remind('2027-01-12T10:02:00+01:00');
    const refused = await mila.press(newest(mila), WORDS.keep, { why: 'in-use' });
    expect(cardText(refused.message)).toContain('Sanne krijgt bericht');
    await house.remind('2027-01-12T10:03:00+01:00');
    expect(headingOf(newest(sanne))).toBe('Je afspraken met Mila de Wit blijven bewaard');
    expect(cardText(newest(sanne))).toContain('De reden van Mila de Wit: We werken er nog mee');
    const seen = await sanne.press(newest(sanne), AGREEMENT.view);
    expect(cardText(seen.message)).toContain('antwoordde dat het blijft');
  });

  it('is not forgotten: the manager hears again a week before the term, the employee the day after it', async () => {
    await ask();
    await house.remind('2027-01-12T10:02:00+01:00');
    const verbs = () =>
      cardsOf(newest(mila))
        .flatMap(buttonsOf)
        .map(({ action }) => action.verb);
    await house.remind('2027-01-14T09:01:00+01:00');
    expect(verbs()).not.toContain('removal.keep');
    const open = await mila.says('wat staat er open');
    expect(cardText(open.messages[0]!)).toContain('Beslis uiterlijk op vrijdag 12 februari 2027');
    await house.remind('2027-02-05T09:01:00+01:00');
    expect(headingOf(newest(mila))).toBe(ASKING);
    await house.remind('2027-02-15T09:01:00+01:00');
    expect(headingOf(newest(sanne))).toBe('Je kreeg nog geen antwoord van Mila de Wit');
    expect(cardText(newest(sanne))).toContain('Autoriteit Persoonsgegevens');
    expect(await house.remind('2027-02-16T09:01:00+01:00')).toMatchObject({ sent: 0 });
  });

  it('may take it back, and then nobody is asked to decide', async () => {
    const sent = await ask();
    await sanne.press(sent.message, WORDS.withdraw);
    expect(await house.remind('2027-01-12T10:02:00+01:00')).toMatchObject({ sent: 0, dropped: 1 });
    expect(await house.remind('2027-02-15T09:01:00+01:00')).toMatchObject({ failed: 0 });
    expect(sanne.messages().map(headingOf)).not.toContain('Je kreeg nog geen antwoord van Mila de Wit');
  });
});
