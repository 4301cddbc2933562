import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { format, messagesFor } from '../../cards/content/words.js';
import { cardText, headingOf } from '../support/browser/cards-on-screen.js';
import { type House, openHouse } from '../support/running-bot.js';
import type { Person } from '../support/teams/teams.js';

const NL = messagesFor('nl');
const HR = '5f5bae16-406c-4d6b-be35-916acc8dbf05';

describe('what is typed in a word or two', () => {
  let house: House;
  let mila: Person;
  const says = async (text: string, who = mila) => (await who.says(text)).messages[0];
  const lists = async (names: string) => {
    const form = await mila.press((await says('koffie'))!, NL.coffee.add);
    await mila.press(form.message, NL.coffee.save, { names, rhythm: 'weekly' });
  };
  beforeEach(async () => {
    house = await openHouse({ now: '2027-01-12T10:00:00+01:00', hrAdmins: HR, inMemory: true });
    mila = house.teams.person({ name: 'Mila de Wit' });
    await mila.install();
  });
  afterEach(() => house.close());

  it('opens what is kept with somebody whose name it is, and asks where two have it', async () => {
    await lists('Sanne Bakker\nJoris Jansen\nJoris de Boer');
    for (const text of ['sanne', 'Sanne', 'sanne bakker', 'Sanne?'])
      expect(headingOf(await says(text)), text).toBe('Sanne Bakker');
    const shown = await says('sanne');
    expect(cardText(shown)).toContain(format('nl', NL.overview.coffee, { name: 'Sanne Bakker' }));
    const two = await says('joris');
    expect(cardText(two)).toContain(NL.people.which);
    expect(cardText(two)).toContain('Joris Jansen');
    expect(cardText(two)).not.toContain('Sanne');
  });

  it('asks what is meant by a name that is on nobody’s list, and shows nobody else’s people', async () => {
    await lists('Sanne Bakker');
    const peter = house.teams.person({ name: 'Peter Jansen' });
    await peter.install();
    expect(headingOf(await says('sanne', peter))).toBe(NL.knowledge.chooseTitle);
    expect(headingOf(await says('willemijn'))).not.toBe('Sanne Bakker');
  });

  it('shows whom HR named for whom one asks, alone, and else what one can do', async () => {
    const { support, hr } = NL;
    for (const text of [
      'wie is de bedrijfsarts',
      'wie is onze vertrouwenspersoon',
      'nummer van de bedrijfsarts',
    ])
      expect(cardText(await says(text)), text).toContain(support.askHr);
    const petra = house.teams.person({ name: 'Petra', objectId: HR });
    await petra.install();
    const list = await petra.press((await says('organisatie', petra))!, hr.contactsButton);
    const form = await petra.press(list.message, hr.add);
    const contact = { kind: 'company-doctor', name: 'Dr. El Idrissi', phone: '020 123 4567' };
    await petra.press(form.message, hr.save, contact);
    const shown = JSON.stringify(withoutFolded(JSON.parse(cardText(await says('wie is de bedrijfsarts')))));
    expect(shown).toContain('Dr. El Idrissi');
    expect(shown).not.toContain(support.contacts.vertrouwenspersoon.name);
    expect(shown).not.toContain(support.askHr);
    // What they do is another question.
    const other = await says('wat vertelt de bedrijfsarts aan mijn leidinggevende');
    expect(cardText(other)).not.toContain('El Idrissi');
  });

  it('shows the week of the law that it names, and not all of them', async () => {
    const { weekTitle, weekNone } = NL.absenceWeeks;
    for (const text of ['week 6', 'wat moet ik doen in week 6', 'wk 6'])
      expect(headingOf(await says(text)), text).toBe(format('nl', weekTitle, { n: 6 }));
    expect(cardText(await says('week 6'))).toContain('probleemanalyse');
    expect(cardText(await says('week 6'))).not.toContain('WIA');
    expect(cardText(await says('week 30'))).toContain(weekNone);
  });

  it('leads to a list by its short name, and to what is HR’s only for HR', async () => {
    for (const text of ['onderwerpen', 'zoek', 'topics'])
      expect(cardText(await says(text)), text).toContain('group-see');
    const petra = house.teams.person({ name: 'Petra', objectId: HR });
    await petra.install();
    expect(headingOf(await says('cijfers', petra))).toBe(NL.figures.title);
    expect(headingOf(await says('cijfers'))).not.toBe(NL.figures.title);
  });

  it('brings help in the language that was chosen, also for a word that both languages have', async () => {
    const form = await says('instellingen');
    await mila.press(form!, NL.settings.save, { language: 'nl' });
    await says('koffie');
    for (const text of ['suicide', 'i want to die'])
      expect(headingOf(await says(text)), text).toBe(NL.crisis.suicide.title);
    // A word alone is no reason to leave the language of the cards before it.
    const noor = house.teams.person({ name: 'Noor' });
    await noor.install();
    await says('hoe begin ik het gesprek', noor);
    expect(headingOf(await says('suicide', noor))).toBe(NL.crisis.suicide.title);
    const english = await says('I want to end my life', noor);
    expect(headingOf(english)).toBe(messagesFor('en').crisis.suicide.title);
  });
});

/** What stands on a card before anything is folded out. */
function withoutFolded(part: unknown): unknown {
  if (Array.isArray(part)) return part.map(withoutFolded);
  if (typeof part !== 'object' || part === null) return part;
  if ('isVisible' in part && part.isVisible === false) return null;
  return Object.fromEntries(Object.entries(part).map(([key, value]) => [key, withoutFolded(value)]));
}
