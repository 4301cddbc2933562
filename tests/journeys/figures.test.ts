import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { messagesFor } from '../../cards/content/words.js';
import { cardText, headingOf } from '../support/browser/cards-on-screen.js';
import { type House, openHouse } from '../support/running-bot.js';
import { cardsOf } from '../support/teams/teams-card.js';
import type { Person } from '../support/teams/teams-person.js';

const { figures: WORDS, notice: NOTICE, coffee: COFFEE } = messagesFor('nl');
const HR = 'c3c3c3c3-0000-4000-8000-000000000003';

describe('figures by month', () => {
  let house: House;
  let hr: Person;
  beforeEach(async () => {
    house = await openHouse({ now: '2027-01-12T10:00:00+01:00', hrAdmins: HR });
    hr = house.teams.person({ name: 'Hanna van HR', objectId: HR });
    await hr.install();
  });
  afterEach(() => house.close());

  it('show a month that is over, with what five managers or more did with five people or more', async () => {
    for (let at = 1; at <= 6; at += 1) await recordWith(`Leidinggevende ${at}`, `Medewerker ${at}`, at < 5);
    await house.work('figures', '2027-01-20T03:45:00+01:00');
    expect(rowsOf(await asks(hr))).toContainEqual(['dec 2026', ...Array(5).fill(WORDS.few)]);
    await house.work('figures', '2027-02-01T03:45:00+01:00');
    house.setNow('2027-02-01T10:00:00+01:00');
    const shown = await asks(hr);
    expect(headingOf(shown)).toBe(WORDS.title);
    const rows = rowsOf(shown);
    expect(rows).toHaveLength(13);
    // Six conversations with an agreement each; four had coffee; nobody looked back.
    expect(rows[1]).toEqual(['jan 2027', '5', '5', WORDS.few, WORDS.few, WORDS.few]);
    expect(cardText(shown)).not.toMatch(/Leidinggevende \d|Medewerker \d/);
    expect(house.logged.join()).not.toMatch(/Leidinggevende|Medewerker/);
  });

  it('show the same every day after, whatever is recorded or counted', async () => {
    for (let at = 1; at <= 6; at += 1) await recordWith(`Leidinggevende ${at}`, `Medewerker ${at}`, true);
    await house.work('figures', '2027-02-01T03:45:00+01:00');
    house.setNow('2027-02-01T10:00:00+01:00');
    const first = rowsOf(await asks(hr));
    for (let at = 7; at <= 9; at += 1) await recordWith(`Leidinggevende ${at}`, `Medewerker ${at}`, true);
    await house.work('figures', '2027-02-02T03:45:00+01:00');
    house.setNow('2027-02-02T10:00:00+01:00');
    expect(rowsOf(await asks(hr))).toEqual(first);
  });

  it('are for HR alone: anybody else gets what a button gets that there is not', async () => {
    const mila = house.teams.person({ name: 'Mila de Wit' });
    await mila.install();
    const pressed = await press(mila, 'figures.show');
    const unknown = await press(mila, 'figures.no-such-button');
    expect(pressed.status).toBe(200);
    expect(pressed.body).toEqual(unknown.body);
    expect(pressed.messages.map(({ text }) => text)).toEqual([NOTICE.outdated]);
    expect(unknown.messages.map(({ text }) => text)).toEqual([NOTICE.outdated]);
  });

  const press = (who: Person, verb: string) =>
    who.sends({
      type: 'invoke',
      name: 'adaptiveCard/action',
      value: { action: { type: 'Action.Execute', verb, data: { lang: 'nl' } } },
    });

  async function asks(who: Person) {
    await who.sends({ text: '', value: { verb: 'figures.show', lang: 'nl' } });
    return who.lastMessage();
  }

  async function recordWith(name: string, employee: string, coffee: boolean) {
    const manager = house.teams.person({ name });
    await manager.install();
    const one = await manager.says('afspraak vastleggen');
    const two = await manager.press(one.messages[0]!, 'Verder', { name: employee, subjects: 'tasks' });
    await manager.press(two.message, 'Opslaan', { what1: 'Rooster anders', next: '2027-02-09' });
    if (!coffee) return;
    const form = await manager.press((await manager.says('koffie')).messages[0]!, COFFEE.add);
    const list = await manager.press(form.message, COFFEE.save, { names: employee, rhythm: 'weekly' });
    const person = await manager.press(list.message, COFFEE.open.replace('{name}', employee));
    await manager.press(person.message, COFFEE.done);
  }
});

/** What stands in the table, row by row, the heading first. */
function rowsOf(message: Parameters<typeof cardsOf>[0]): string[][] {
  const [card] = cardsOf(message) as unknown as { body: { type: string; rows?: Row[] }[] }[];
  const table = card?.body.find(({ type }) => type === 'Table');
  return (table?.rows ?? []).map(({ cells }) => cells.map(({ items }) => items[0]?.text ?? ''));
}
type Row = { readonly cells: readonly { readonly items: readonly { readonly text: string }[] }[] };
