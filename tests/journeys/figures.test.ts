import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { format, messagesFor } from '../../cards/content/words.js';
import { characteristicTitle } from '../../cards/scan/answer.card.js';
import { presses } from '../security/two-organisations.js';
import { cardText, headingOf } from '../support/browser/cards-on-screen.js';
import { type House, openHouse } from '../support/running-bot.js';
import { recordAgreement } from '../support/shared-agreement.js';
import { cardsOf } from '../support/teams/teams-card.js';
import type { Person } from '../support/teams/teams-person.js';

const { figures: WORDS, notice: NOTICE, coffee: COFFEE } = messagesFor('nl');
const { figures: SCAN } = messagesFor('nl').scan;
const HR = 'c3c3c3c3-0000-4000-8000-000000000003';

describe('figures by month', () => {
  let house: House;
  let hr: Person;
  beforeEach(async () => {
    house = await openHouse({ now: '2027-01-12T10:00:00+01:00', hrAdmins: HR, inMemory: true });
    hr = house.teams.person({ name: 'Hanna van HR', objectId: HR });
    await hr.install();
  });
  afterEach(() => house.close());

  it('show a month that is over, with what five managers or more did with five people or more', async () => {
    for (let at = 1; at <= 6; at += 1) await recordWith(`Leidinggevende ${at}`, `Medewerker ${at}`, at < 5);
    await house.work('figures', '2027-01-20T03:45:00+01:00');
    expect(rowsOf(await asks(hr))).toContainEqual(['dec 2026', ...Array(4).fill(WORDS.few)]);
    await house.work('figures', '2027-02-01T03:45:00+01:00');
    house.setNow('2027-02-01T10:00:00+01:00');
    const shown = await asks(hr);
    expect(headingOf(shown)).toBe(WORDS.title);
    const rows = rowsOf(shown);
    // Months of before there was anything to show are left out.
    expect(rows).toHaveLength(2);
    // Six conversations with an agreement each; four had coffee; nobody looked back.
    expect(rows[1]).toEqual(['jan 2027', '5', '5', WORDS.few, WORDS.few]);
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

  it('of team scans are of months that are over, of three teams and fifteen people or more, and of no team', async () => {
    const sees = async (at: string) => {
      house.setNow(at);
      return cardText(await asks(hr));
    };
    for (const team of [1, 2]) await scanOf(team, '2');
    expect(await sees('2027-02-01T10:00:00+01:00')).toContain(SCAN.few);
    house.setNow('2027-02-02T10:00:00+01:00');
    await scanOf(3, '3');
    // In the month in which it closes it shows nothing: before and after would tell of that team alone.
    expect(await sees('2027-02-03T10:00:00+01:00')).toContain(SCAN.few);
    const shown = await sees('2027-03-01T10:00:00+01:00');
    const first = format('nl', SCAN.row, { title: characteristicTitle('nl', 'workload'), mean: '2,5' });
    expect(shown).toContain(format('nl', SCAN.count, { count: 5 }));
    expect(shown).toContain(first);
    expect(shown).not.toMatch(/Team \d|Leidinggevende/);
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

  /** Five people give each characteristic the same figure, and the scan closes. */
  async function scanOf(at: number, figure: string) {
    const manager = house.teams.person({ name: `Leidinggevende ${at}` });
    await manager.install();
    const team = Array.from({ length: 5 }, (_, one) => house.teams.person({ name: `Lid ${at} ${one}` }));
    const people = team.map(({ objectId }) => objectId).join(',');
    const lastDay = '2027-02-20';
    const { body } = await presses(manager, 'scan.save', {
      id: `scan-${at}`,
      name: `Team ${at}`,
      people,
      lastDay,
    });
    const id = /"id":"([A-Z]{5})"/.exec(JSON.stringify(body))?.[1];
    for (const person of team)
      await presses(person, 'scan.send', { id, answers: figure.repeat(13), top: '' });
    await presses(manager, 'scan.close', { id });
  }

  async function recordWith(name: string, employee: string, coffee: boolean) {
    const manager = house.teams.person({ name });
    await manager.install();
    await recordAgreement(
      manager,
      { name: employee, subjects: 'tasks' },
      { what1: 'Rooster anders', next: '2027-02-09' },
    );
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
