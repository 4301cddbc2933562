import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { messagesFor } from '../../cards/content/words.js';
import { cardText, headingOf } from '../support/browser/cards-on-screen.js';
import { type House, openHouse } from '../support/running-bot.js';

const { overview: WORDS, coffee: COFFEE, moments: MOMENTS } = messagesFor('nl');

describe('the overview', () => {
  let house: House;
  beforeEach(async () => {
    house = await openHouse({ now: '2027-01-12T10:00:00+01:00' });
  });
  afterEach(() => house.close());

  it('shows coffees and moments together, changes when one is done, and can be narrowed to one person', async () => {
    const mila = house.teams.person({ name: 'Mila de Wit' });
    await mila.install();
    const empty = await mila.says('wat staat er open');
    expect(cardText(empty.messages[0])).toContain(WORDS.introNone);

    const add = await mila.press((await mila.says('koffie')).messages[0]!, COFFEE.add);
    await mila.press(add.message, COFFEE.save, { names: 'Anouk\nJan', rhythm: 'weekly' });
    const form = await mila.press((await mila.says('belangrijk moment toevoegen')).messages[0]!, {
      verb: 'moments.add',
    });
    await mila.press(form.message, MOMENTS.save, { kind: 'start', name: 'Anouk', from: '2027-01-19' });

    house.setNow('2027-01-19T10:00:00+01:00');
    const overview = await mila.says('wat staat er open');
    const text = cardText(overview.messages[0]);
    for (const line of ['Koffie: Anouk', 'Koffie: Jan', 'Nieuwe start: Anouk', WORDS.groups.today]) {
      expect(text).toContain(line);
    }
    const before = house.bot.tables.requests();
    const only = await mila.press(overview.messages[0]!, WORDS.filter, { member: await idOf('Anouk') });
    expect(house.bot.tables.requests() - before).toBeLessThanOrEqual(2);
    expect(cardText(only.message)).toContain('Koffie: Anouk');
    expect(cardText(only.message)).not.toContain('Koffie: Jan');

    const opened = await mila.press(only.message, 'Koffie: Anouk');
    expect(headingOf(opened.message)).toBe('Koffie met Anouk?');
    await mila.press(opened.message, COFFEE.done);
    const after = await mila.says('wat staat er open');
    expect(cardText(after.messages[0])).toContain('Koffie: Anouk');
    expect(cardText(after.messages[0])).toContain(WORDS.groups.later);
  });

  async function idOf(name: string): Promise<string> {
    const rows = ((await house.dump()).managers ?? []) as { name?: string; id?: string }[];
    return rows.find((row) => row.name === name)?.id ?? '';
  }
});
