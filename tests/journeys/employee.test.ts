import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { messagesFor } from '../../cards/content/words.js';
import { cardText, headingOf } from '../support/browser/cards-on-screen.js';
import { type House, openHouse } from '../support/running-bot.js';
import { recordAgreement } from '../support/shared-agreement.js';

const NL = messagesFor('nl');
describe('the journey of an employee', () => {
  let house: House;
  beforeAll(async () => {
    house = await openHouse({ now: '2027-01-12T10:00:00+01:00' });
  });
  afterAll(() => house.close());

  async function record(managerName: string, employee: { objectId: string }, what: string) {
    const mila = house.teams.person({ name: managerName });
    await mila.install();
    const saved = await recordAgreement(
      mila,
      {
        name: 'Sanne',
        person: employee.objectId,
        subjects: 'tasks',
      },
      { what1: what, next: '2027-01-26' },
    );
    return { mila, saved };
  }

  it('asks for a change in words about the work, and the manager gets to see it', async () => {
    const sanne = house.teams.person({ name: 'Sanne Bakker' });
    await sanne.install();
    const { mila } = await record('Mila Een', sanne, 'Sanne doet de balie niet');
    await house.remind();
    const asked = await sanne.press(sanne.lastMessage(), 'Ik wil iets anders');
    expect(headingOf(asked.message)).toBe('Wat wil je anders?');
    const empty = await sanne.press(
      asked.message,
      'Versturen',
      { note: 'liever een week later' },
      { force: true },
    );
    expect(cardText(empty.message)).toContain('Kies waar het over gaat.');
    expect(cardText(empty.message)).toContain('liever een week later');
    const sent = await sanne.press(empty.message, 'Versturen', {
      change: 'days',
      note: 'liever een week later',
    });
    expect(cardText(sent.message)).toContain('Mila Een krijgt je vraag te zien');
    await house.remind();
    expect(headingOf(mila.lastMessage())).toBe('Sanne wil iets anders in de afspraken');
    expect(cardText(mila.lastMessage())).toContain('liever een week later');
    expect(cardText(mila.lastMessage())).toContain('De dagen');
  });

  it('who does not have the bot yet: it waits, the manager sees so, and it comes when they install it', async () => {
    const bram = house.teams.person({ name: 'Bram' });
    const { mila, saved } = await record('Mila Twee', bram, 'Bram sluit niet meer af');
    expect(await house.remind()).toMatchObject({ sent: 0, deferred: 1, failed: 0 });
    expect(await house.remind()).toMatchObject({ due: 0 });
    const shown = await mila.press(saved.message, 'Mijn afspraken');
    expect(cardText(shown.message)).toContain('Laat de afspraken zelf zien');
    const installed = await bram.install();
    expect(headingOf(installed.messages[0])).toBe('Welkom bij Kopje Koffie');
    expect(await house.remind()).toMatchObject({ sent: 1 });
    expect(cardText(bram.lastMessage())).toContain('Bram sluit niet meer af');
  });

  it('who has the bot without an event of it is known from the first answer on, and gets what waited', async () => {
    const yara = house.teams.person({ name: 'Yara', installed: true });
    await record('Mila Vier', yara, 'Yara sluit niet meer af');
    expect(await house.remind()).toMatchObject({ sent: 0, deferred: 1 });
    const records = await yara.says('wat is er over mij vastgelegd');
    const opened = await yara.press(records.messages[0]!, { verb: 'about.show' });
    const rowOf = async () =>
      (await house.dump()).people?.find((row) => JSON.stringify(row).includes(yara.objectId));
    expect(await rowOf()).toBeUndefined();
    await yara.press(opened.message, 'Dit klopt');
    expect(await rowOf()).toMatchObject({ person: yara.objectId });
    await house.remind();
    expect(cardText(yara.lastMessage())).toContain('Yara sluit niet meer af');
  });

  it('who could not be reached is back with an answer, and not with a look-up', async () => {
    const zoe = house.teams.person({ name: 'Zoë' });
    await zoe.install();
    house.setNow('2027-01-18T10:00:00+01:00');
    await record('Mila Vijf', zoe, 'Zoë sluit niet meer af');
    zoe.blocks();
    for (const at of ['18T10:01', '19T09:00']) await house.remind(`2027-01-${at}:00+01:00`);
    const rowOf = async () =>
      (await house.dump()).people?.find((row) => JSON.stringify(row).includes(zoe.objectId));
    expect(await rowOf()).toHaveProperty('unreachableSince');
    zoe.returns();
    const records = await zoe.says('wat is er over mij vastgelegd');
    const opened = await zoe.press(records.messages[0]!, { verb: 'about.show' });
    expect(await rowOf()).toHaveProperty('unreachableSince');
    await zoe.press(opened.message, 'Dit klopt');
    expect(await rowOf()).not.toHaveProperty('unreachableSince');
    await house.remind('2027-01-19T10:00:00+01:00');
    expect(cardText(zoe.lastMessage())).toContain('Zoë sluit niet meer af');
  });

  it('who takes the initiative is reminded too, once they have seen the agreements', async () => {
    const noor = house.teams.person({ name: 'Noor' });
    await noor.install();
    const mila = house.teams.person({ name: 'Mila Drie' });
    await mila.install();
    await recordAgreement(
      mila,
      {
        name: 'Noor',
        person: noor.objectId,
        day: '2026-12-01',
        subjects: 'tasks',
      },
      {
        what1: 'Noor kiest zelf de volgorde',
        initiative: 'employee',
        next: '2027-01-26',
      },
    );
    await house.remind();
    await house.remind('2027-01-26T09:00:00+01:00');
    expect(headingOf(noor.lastMessage())).toBe('Vandaag evaluatie met Mila Drie');
    expect(cardText(mila.lastMessage())).toContain('Noor zou over de evaluatie beginnen');
    const opened = await noor.press(noor.lastMessage(), 'Afspraken bekijken');
    expect(cardText(opened.message)).toContain('Noor kiest zelf de volgorde');
  });

  it('finds somebody to talk to, in both languages, and nothing of it is kept', async () => {
    house.setNow('2027-02-01T10:00:00+01:00');
    const kim = house.teams.person({ name: 'Kim Stil', locale: 'nl-NL' });
    await kim.install();
    const before = await house.dump();
    const linesBefore = house.logged.length;
    const questions: [string, string, string][] = [
      ['Ik wil met iemand praten', NL.support.title, '088 0767 000'],
      ['luisterlijn', NL.support.title, 'deluisterlijn.nl'],
      ['vertrouwenspersoon', NL.support.title, 'Vertrouwenspersoon'],
      ['ik wil niet meer leven', NL.crisis.suicide.title, '0800-0113'],
    ];
    for (const [question, heading, holds] of questions) {
      const { messages } = await kim.says(question);
      expect(headingOf(messages[0])).toBe(heading);
      expect(cardText(messages[0])).toContain(holds);
    }
    const english = await kim.says('I need someone to talk to');
    expect(cardText(english.messages[0])).toContain('Day and night');
    await kim.press(english.messages[0]!, 'Menu');
    const danger = await kim.says('I want to kill myself');
    await kim.press(danger.messages[0]!, { verb: 'support.show' });
    expect(await house.dump()).toEqual(before);
    expect(house.logged.slice(linesBefore)).toEqual([]);
    expect(house.teams.violations).toEqual([]);
  });
});
