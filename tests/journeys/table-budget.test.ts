import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import dutchPhrases from '../../bot/nlu/content/nl/intents.json' with { type: 'json' };
import { INTENTS } from '../../bot/nlu/intents/intent.js';
import { type House, openHouse } from '../support/running-bot.js';
import { recordAgreement } from '../support/shared-agreement.js';
import type { Person } from '../support/teams/teams.js';

/** What a turn that only reads may cost in requests to the tables. */
const MOST_REQUESTS = 2;
const PHRASES: Readonly<Record<string, readonly string[]>> = dutchPhrases;
/** Where what else the words say leads to a card of its own. */
const WITH_MORE_WORDS = [
  'koffie met Anouk',
  'elke week koffie met Bart',
  'elke week koffie met Sanne',
  'Sanne gaat 1 maart met pensioen',
  'afspraak vastleggen met Sanne',
  'sanne',
  'anouk',
  'willemijn',
  'wie is de bedrijfsarts',
  'week 6',
];

describe('what somebody asks who has people, an agreement, a coffee and a moment on record', () => {
  let house: House;
  let mila: Person;
  beforeAll(async () => {
    house = await openHouse({ limits: 'off' });
    mila = house.teams.person({ name: 'Mila de Wit' });
    await mila.install();
    await recordAgreement(
      mila,
      { name: 'Sanne', subjects: 'tasks' },
      { what1: 'Sanne doet de balie niet', next: '2027-01-26' },
    );
    const list = (await mila.says('kopje koffie')).messages[0]!;
    const people = await mila.press(list, { verb: 'coffee.add' });
    await mila.press(people.message, { verb: 'coffee.save' }, { names: 'Anouk\nJan', rhythm: 'weekly' });
    const moments = (await mila.says('belangrijke momenten')).messages[0]!;
    const form = await mila.press(moments, { verb: 'moments.add' });
    await mila.press(
      form.message,
      { verb: 'moments.save' },
      { kind: 'start', name: 'Anouk', from: '2027-01-19' },
    );
  });
  afterAll(() => house.close());

  it('costs two requests to the tables at most', async () => {
    const asked = [...INTENTS.flatMap((intent) => PHRASES[intent]?.[0] ?? []), ...WITH_MORE_WORDS];
    const costs = new Map<string, number>();
    for (const text of asked) {
      const before = house.bot.tables.requests();
      const { messages } = await mila.says(text);
      expect(messages[0]?.attachments, text).toHaveLength(1);
      costs.set(text, house.bot.tables.requests() - before);
    }
    expect(costs.size).toBeGreaterThan(20);
    expect([...costs].filter(([, requests]) => requests > MOST_REQUESTS)).toEqual([]);
  });
});
