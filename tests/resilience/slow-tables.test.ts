import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { TURN_MS } from '../../bot/teams/answer.js';
import { startTablesProxy, type TablesProxy, type TablesRequest } from '../support/azure/tables-proxy.js';
import { type House, openHouse } from '../support/running-bot.js';
import type { Activity, Person } from '../support/teams/teams.js';

/** What the work of a turn gets here, and what each request takes: a save makes more of them than fit. */
const WORK_MS = 2_000;
const REQUEST_MS = 700;
const AN_AGREEMENT = { what1: 'Sanne doet de balie niet', next: '2027-01-26' };

let proxy: TablesProxy;
let house: House;
let mila: Person;
let form: Activity;
const asked: TablesRequest[] = [];
beforeAll(async () => {
  proxy = await startTablesProxy(inject('azurite'));
  house = await openHouse({
    way: proxy.connectionString,
    turnTimes: { typingAfter: 100, forAnswer: TURN_MS - WORK_MS },
    limits: 'off',
  });
  mila = house.teams.person({ name: 'Mila' });
  await mila.install();
  const start = await mila.says('afspraak vastleggen');
  ({ message: form } = await mila.press(start.messages[0]!, 'Verder', { name: 'Sanne', subjects: 'tasks' }));
});
afterAll(async () => {
  await house.close();
  await proxy.close();
});

function slow(delayMs: number): void {
  asked.length = 0;
  proxy.fault((request) => {
    asked.push(request);
    return { delayMs };
  });
}

describe.sequential('while each request to the tables takes long', () => {
  beforeAll(() => slow(REQUEST_MS));

  it('who asks sees that an answer is coming, and then the answer', async () => {
    const turn = await mila.says('kopje koffie');
    expect(turn.activities.map(({ type }) => type)).toEqual(['typing', 'message']);
    expect(turn.messages[0]?.attachments).toHaveLength(1);
  });

  it('a save that does not fit into its turn is told so, may be kept, and makes no request afterwards', async () => {
    asked.length = 0;
    const { status, body, messages } = await mila.press(form, 'Opslaan', AN_AGREEMENT);
    expect(status).toBe(200);
    expect(body).toMatchObject({ statusCode: 400, value: { code: 'too-slow' } });
    expect(messages).toHaveLength(1);
    expect(messages[0]?.text).toMatch(
      /^Dit duurt te lang\. Misschien is het al opgeslagen; er is niets kwijt\./,
    );
    const made = asked.length;
    expect(asked.some(({ method }) => method !== 'GET')).toBe(true);
    await pause(4 * REQUEST_MS);
    expect(asked).toHaveLength(made);
    const late = house.logged.map((line) => JSON.parse(line)).filter(({ code }) => code === 'too-slow');
    expect(late).toMatchObject([{ kind: 'press', wrote: true }]);
  });

  it('what only reads and does not fit is told that nothing was changed', async () => {
    slow(WORK_MS + 100);
    const before = await house.dump();
    const { messages } = await mila.says('mijn overzicht');
    expect(messages.map(({ text }) => text)).toEqual([
      expect.stringMatching(
        /^(Dit duurt te lang, dus ik ben gestopt\. Er is niets veranderd|Ik kan er nu even niet bij)/,
      ),
    ]);
    expect(asked.every(({ method }) => method === 'GET')).toBe(true);
    expect(await house.dump()).toEqual(before);
  });
});

describe.sequential('when they are quick again', () => {
  beforeAll(() => proxy.fault());

  it('the form that was left is saved, once', async () => {
    const saved = await mila.press(form, 'Opslaan', AN_AGREEMENT);
    expect(saved.body).toMatchObject({ statusCode: 200 });
    const rows = (await house.dump()).managers?.filter((row) => JSON.stringify(row).includes('balie'));
    expect(rows).toHaveLength(1);
    expect(house.teams.violations).toEqual([]);
  });
});
