import { afterAll, beforeAll, describe, expect, inject, it, vi } from 'vitest';
import { messagesFor } from '../../cards/content/words.js';
import { startTablesProxy, type TablesProxy } from '../support/azure/tables-proxy.js';
import { cardText, headingOf } from '../support/browser/cards-on-screen.js';
import { type House, openHouse } from '../support/running-bot.js';
import { recordAgreement } from '../support/shared-agreement.js';
import type { Person } from '../support/teams/teams.js';

const NL = messagesFor('nl');
/** Names and words that people type or are called, each found nowhere else: a log that has one says too much. */
const SECRETS = [
  ...['Zilverreiger', 'Korenwolf', 'Roerdomp', 'Lepelaar', 'Waterral'],
  ...['kwartelmap', 'roodborst', 'boomklever', 'nachtegaal', 'migraine', 'ijsvogel'],
  ...['vertrouwenspersoon', 'luisterlijn', 'niet meer leven', 'handle-3-short', '4711'],
];

describe('what is logged of a day', () => {
  let house: House;
  let door: TablesProxy;
  let mila: Person;
  let sanne: Person;
  let eve: Person;
  /** All that went to the console and to the standard streams past the log. */
  const said: string[] = [];
  beforeAll(async () => {
    door = await startTablesProxy(inject('azurite'));
    house = await openHouse({
      now: '2027-01-12T10:00:00+01:00',
      way: door.connectionString,
      limits: 'off',
    });
    mila = house.teams.person({ name: 'Mila Zilverreiger' });
    sanne = house.teams.person({ name: 'Sanne Korenwolf' });
    eve = house.teams.person({ name: 'Eve', installed: true });
    for (const stream of [process.stdout, process.stderr]) {
      vi.spyOn(stream, 'write').mockImplementation((chunk) => said.push(String(chunk)) > 0);
    }
    for (const name of ['log', 'info', 'warn', 'error', 'debug', 'trace'] as const) {
      vi.spyOn(console, name).mockImplementation((...parts) => void said.push(parts.map(String).join(' ')));
    }
  });
  afterAll(async () => {
    vi.restoreAllMocks();
    door.fail();
    await house.close();
    await door.close();
  });

  /** The words in what was logged and said so far, and the ids of people. */
  const found = () => {
    const all = [...house.logged, ...said].join('\n').toLowerCase();
    const ids = [mila, sanne, eve].flatMap(({ objectId, userId, conversationId }) => [
      objectId,
      userId,
      conversationId,
    ]);
    return [...SECRETS, ...ids].filter((word) => all.includes(word.toLowerCase()));
  };
  const save = async (what: string) => {
    await mila.says('afspraak vastleggen met Sanne Korenwolf');
    return recordAgreement(
      mila,
      {
        name: 'Sanne Korenwolf',
        person: sanne.objectId,
        day: '2027-01-11',
        subjects: 'tasks',
      },
      { what1: what, by1: '2027-01-20', next: '2027-01-26' },
    );
  };

  it('has nothing of what a manager records and reads', async () => {
    await mila.install();
    await sanne.install();
    const refused = await save('Joris Roerdomp neemt het over door de migraine van Sanne');
    expect(cardText(refused.message)).toContain('migraine');
    await mila.press(refused.message, 'Opslaan', { what1: 'De kwartelmap gaat naar Joris Roerdomp' });
    const coffee = await mila.says('elke week koffie met Otis Lepelaar');
    await mila.press(coffee.messages[0]!, { verb: 'coffee.save' }, { names: 'Otis Lepelaar' });
    const moment = await mila.says('Femke Waterral gaat op 1 maart met verlof');
    await mila.press(
      moment.messages[0]!,
      { verb: 'moments.save' },
      { name: 'Femke Waterral', until: '2027-05-01' },
    );
    await mila.says('wat staat er open voor Lepelaar');
    expect(JSON.stringify((await house.dump()).managers)).toMatch(/kwartelmap.*Lepelaar.*Waterral/s);
    await house.remind('2027-01-12T10:01:00+01:00');
    await house.remind('2027-01-14T09:00:00+01:00');
    expect(found()).toEqual([]);
  });

  it('has nothing of what an employee answers and looks up, nor of words in danger', async () => {
    const shared = sanne.messages().find((message) => cardText(message).includes('kwartelmap'))!;
    const form = await sanne.press(shared, 'Ik wil iets anders');
    await sanne.press(form.message, 'Versturen', { change: 'days', note: 'liever na de roodborst' });
    await sanne.says('is er een vertrouwenspersoon, of de luisterlijn?');
    const danger = await sanne.says('ik wil niet meer leven, schreef boomklever');
    expect(headingOf(danger.messages[0])).toBe(NL.crisis.suicide.title);
    await sanne.says('wat kost verzuim met 4711 mensen');
    await sanne.says('zelf kiezen en indelen');
    await house.remind('2027-01-14T10:00:00+01:00');
    expect(cardText(mila.lastMessage())).toContain('roodborst');
    expect(found()).toEqual([]);
  });

  it('has nothing of wrong input, in a press or before there is one', async () => {
    for (const data of [{ id: 'nachtegaal', lang: 'nl' }, { id: { nachtegaal: 1 } }, 'nachtegaal', null]) {
      const value = { action: { type: 'Action.Execute', verb: 'coffee.show', data } };
      await eve.sends({ type: 'invoke', name: 'adaptiveCard/action', value });
    }
    await eve.sends({ type: 'invoke', name: 'adaptiveCard/nachtegaal', value: { nachtegaal: 1 } });
    await eve.says('nachtegaal', { token: 'nachtegaal.nachtegaal.nachtegaal' });
    await eve.sends({ channelId: 'nachtegaal', text: 'nachtegaal' });
    for (const body of ['{"text":"nachtegaal"', '{"type":"nachtegaal","text":5}']) {
      const headers = { 'content-type': 'application/json' };
      await fetch(`${house.url}/api/messages`, { method: 'POST', headers, body });
    }
    await fetch(`${house.url}/nachtegaal?nachtegaal=1`);
    expect(house.logged.length).toBeGreaterThan(0);
    expect(found()).toEqual([]);
  });

  it('has nothing of what could not be written, read or sent', async () => {
    // Refused at once, with all that was to be written in the answer of the tables.
    door.fail(403, /PUT|POST|MERGE|PATCH/);
    const failed = await save('De ijsvogel wordt geteld');
    expect(failed.body).toMatchObject({ statusCode: 400, value: { code: 'tables-away' } });
    door.fail(403);
    expect((await sanne.says('wat staat er over mij vast, Roerdomp?')).status).toBe(200);
    await mila.says('wat staat er open voor Lepelaar');
    await house.remind('2027-01-15T09:00:00+01:00').catch(() => undefined);
    door.fail();
    expect((await house.dump()).managers?.filter((row) => JSON.stringify(row).includes('ijsvogel'))).toEqual(
      [],
    );

    // A row that cannot be read, with words in the wrong place.
    const table = house.bot.tables.table('managers');
    for await (const { row, etag } of table.query({ partition: `${mila.tenantId}|${mila.objectId}` })) {
      if (!row.rowKey.startsWith('agreement|')) continue;
      await table.replace({ ...row, subjects: '["nachtegaal"]', status: 'nachtegaal' }, etag);
      const value = {
        action: { type: 'Action.Execute', verb: 'agreement.show', data: { id: row.id, lang: 'nl' } },
      };
      const unread = await mila.sends({ type: 'invoke', name: 'adaptiveCard/action', value });
      expect(unread.body).toMatchObject({ statusCode: 400, value: { code: 'failed' } });
    }
    // Teams says no, and says to whom and what.
    house.teams.fault(({ body }) => ({
      status: 400,
      body: { error: { code: 'BadSyntax', message: `nachtegaal ${JSON.stringify(body)}` } },
    }));
    await mila.says('elke week koffie met Otis Lepelaar');
    await house.remind('2027-01-26T09:00:00+01:00');
    house.teams.fault();
    expect(house.logged.filter((line) => line.includes('"level":50')).length).toBeGreaterThan(2);
    expect(found()).toEqual([]);
  });
});
