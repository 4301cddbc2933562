import { afterAll, beforeAll, describe, expect, inject, it, vi } from 'vitest';
import { TURN_MS } from '../../bot/teams/answer.js';
import { messagesFor } from '../../cards/content/words.js';
import { withHelp } from '../../cards/crisis/help.js';
import { startTablesProxy, type TablesProxy, type TablesRequest } from '../support/azure/tables-proxy.js';
import { limit } from '../support/run/time-limits.js';
import { type House, openHouse } from '../support/running-bot.js';
import type { Activity, Person } from '../support/teams/teams.js';

/** What the work of a turn gets here, and what each request takes: a save makes more of them than fit. */
const WORK_MS = 1_700;
const REQUEST_MS = 500;
const { notice: NOTICE } = messagesFor('nl');
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
  // Of somebody with an account: a save of six requests, of which the last cannot leave in time.
  const about = {
    name: 'Sanne',
    person: house.teams.person({ name: 'Sanne Bakker' }).objectId,
    subjects: 'tasks',
  };
  ({ message: form } = await mila.press(start.messages[0]!, { verb: 'agreement.details' }, about));
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

const loggedAs = (which: string) =>
  house.logged.map((line) => JSON.parse(line)).filter(({ code }) => code === which);

describe.sequential('while each request to the tables takes long', () => {
  beforeAll(() => slow(REQUEST_MS));

  it('who asks sees that an answer is coming, and then the answer', async () => {
    const turn = await mila.says('kopje koffie');
    expect(turn.activities.map(({ type }) => type)).toEqual(['typing', 'message']);
    expect(turn.messages[0]?.attachments).toHaveLength(1);
  });

  it('a save that does not fit into its turn is told so, may be kept, and makes no request afterwards', async () => {
    asked.length = 0;
    const { status, body, messages } = await mila.press(form, { verb: 'agreement.save' }, AN_AGREEMENT);
    expect(status).toBe(200);
    expect(body).toMatchObject({ statusCode: 400, value: { code: 'too-slow' } });
    expect(messages).toHaveLength(1);
    expect(messages[0]?.text).toBe(withHelp('nl', NOTICE.tooSlowSaved));
    const made = asked.length;
    expect(asked.some(({ method }) => method !== 'GET')).toBe(true);
    // It ends by the request that it may not make any more.
    await vi.waitFor(() => expect(loggedAs('turn-over')).toHaveLength(1), { timeout: limit(5_000) });
    expect(asked).toHaveLength(made);
    expect(loggedAs('too-slow')).toMatchObject([{ kind: 'press', wrote: true }]);
  });

  it('what only reads and does not fit is told that nothing was changed', async () => {
    slow(WORK_MS + 100);
    const before = await house.dump();
    const { messages } = await mila.says('mijn overzicht');
    expect(messages).toHaveLength(1);
    // That the tables are silent is known just before the turn is over, where the machine has time for it.
    expect([NOTICE.tablesAway, NOTICE.tooSlow].map((text) => withHelp('nl', text))).toContain(
      messages[0]?.text,
    );
    expect(asked.every(({ method }) => method === 'GET')).toBe(true);
    expect(await house.dump()).toEqual(before);
  });
});

describe.sequential('when they are quick again', () => {
  beforeAll(() => proxy.fault());

  it('the form that was left is saved, once', async () => {
    const saved = await mila.press(form, { verb: 'agreement.save' }, AN_AGREEMENT);
    expect(saved.body).toMatchObject({ statusCode: 200 });
    const rows = (await house.dump()).managers?.filter((row) => JSON.stringify(row).includes('balie'));
    expect(rows).toHaveLength(1);
    expect(house.teams.violations).toEqual([]);
  });
});
