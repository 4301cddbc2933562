import { describe, expect, it } from 'vitest';
import { messagesFor } from '../../cards/content/words.js';
import { cardText, headingOf } from '../support/browser/cards-on-screen.js';
import { type House, openHouse } from '../support/running-bot.js';
import { setUpEach } from '../support/set-up.js';
import type { Person } from '../support/teams/teams-person.js';

const { coffee: COFFEE, crisis: CRISIS, moments: MOMENTS } = messagesFor('nl');

describe('a free field', () => {
  let house: House;
  let mila: Person;
  const afresh = setUpEach(
    async () => {
      house = await openHouse({ now: '2027-01-12T10:00:00+01:00' });
      mila = house.teams.person({ name: 'Mila de Wit' });
      await mila.install();
    },
    () => house.close(),
  );

  it('for names of people, to have coffee with or of a moment, takes no health and no private life', async () => {
    const form = await mila.press((await mila.says('koffie')).messages[0]!, COFFEE.add);
    const names = 'Anouk\nBas (burn-out)';
    const back = await mila.press(form.message, COFFEE.save, { names, rhythm: 'weekly' }, { force: true });
    expect(cardText(back.message)).toContain('burn');
    expect(cardText(back.message)).toContain('(AVG)');
    expect(cardText(back.message)).toContain(JSON.stringify(names).slice(1, -1));
    expect((await house.dump()).managers ?? []).toEqual([]);
    const kept = await mila.press(back.message, COFFEE.save, { names: 'Anouk\nBas', rhythm: 'weekly' });
    expect(cardText(kept.message)).toContain('Toegevoegd: Anouk en Bas.');
    await afresh();
    {
      const asked = await mila.says('Karin gaat op 1 maart met verlof');
      const typed = { kind: 'leave', name: 'Karin, zwanger', from: '2027-03-01', until: '2027-06-21' };
      const back = await mila.press(asked.messages[0]!, MOMENTS.save, typed, { force: true });
      expect(cardText(back.message)).toContain('zwanger');
      expect(cardText(back.message)).toContain('(AVG)');
      const { managers = [], reminders = [] } = await house.dump();
      expect([...managers, ...reminders]).toEqual([]);
    }
  });

  it('in which somebody writes of suicide brings 113 at once, leaves the form as it is and keeps nothing', async () => {
    const form = await mila.press((await mila.says('koffie')).messages[0]!, COFFEE.add);
    const before = await house.dump();
    const pressed = await mila.press(form.message, COFFEE.save, {
      names: 'ik wil niet meer leven',
      rhythm: 'weekly',
    });
    expect(pressed.messages.map(headingOf)).toEqual([CRISIS.suicide.title]);
    expect(headingOf(pressed.message)).toBe(COFFEE.addTitle);
    expect(await house.dump()).toEqual(before);
    expect(house.logged.join('\n')).not.toContain('niet meer leven');
  });
});
