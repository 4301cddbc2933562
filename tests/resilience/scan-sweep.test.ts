import { afterAll, beforeAll, expect, it } from 'vitest';
import { entryOf, startScan } from '../../bot/domain/scan.js';
import { messagesFor } from '../../cards/content/words.js';
import { presses } from '../security/two-organisations.js';
import { headingOf } from '../support/browser/cards-on-screen.js';
import { type House, openHouse } from '../support/running-bot.js';
import type { Person, Turn } from '../support/teams/teams.js';

/** 200 were measured: `PEOPLE=200`. */
const PEOPLE = Number(process.env.PEOPLE ?? 75);
/** So many press at the same instant: within a minute, not all in one of its milliseconds. */
const AT_ONCE = 25;

let house: House;
let mila: Person;
let team: Person[];
beforeAll(async () => {
  house = await openHouse({ now: '2027-01-12T10:00:00+01:00', limits: 'off' });
  mila = house.teams.person({ name: 'Mila de Wit' });
  team = Array.from({ length: PEOPLE }, (_, at) => house.teams.person({ name: `P${at}` }));
  await mila.install();
  for (const person of team) await person.install();
});
afterAll(() => house.close());

it('many people answer over HTTP beside a sweep of reminders to all of them: no answer is lost or doubled, and each is asked once', async () => {
  const { scans, managers, reminders } = house.bot.stores;
  const manager = { tenant: mila.tenantId, person: mila.objectId };
  const scan = startScan(
    {
      ...{ tenant: manager.tenant, id: 'BCDFG', form: 'form-1', before: null, name: 'Burgerzaken' },
      ...{ manager: mila.objectId, managerName: 'Mila de Wit', lastDay: '2027-01-26' },
      asked: team.map(({ objectId }) => objectId),
    },
    '2027-01-12T09:00:00.000Z',
  );
  await scans.add(scan);
  await managers.putScan(manager, entryOf(scan));
  await reminders.planAll(
    team.map(({ objectId: person }) => ({
      ...{ kind: 'scan-news', tenant: manager.tenant, person, manager: mila.objectId, subject: 'BCDFG' },
      ...{ occasion: 'asked', due: '2027-01-12T09:00:00.000Z', round: 0 },
    })),
  );
  const answer = (person: Person) =>
    presses(person, 'scan.send', { id: 'BCDFG', answers: '3'.repeat(13), top: 'workload' });
  const started = performance.now();
  const sweep = house.remind('2027-01-12T10:01:00+01:00');
  // Each sends twice, as Teams does when an answer got lost.
  const turns: Turn[] = [];
  for (let from = 0; from < PEOPLE; from += AT_ONCE) {
    const some = team.slice(from, from + AT_ONCE);
    turns.push(...(await Promise.all(some.flatMap((person) => [answer(person), answer(person)]))));
  }
  const { failed } = await sweep;
  const seconds = (performance.now() - started) / 1_000;
  console.info(`${PEOPLE} people, ${turns.length} presses and a sweep in ${seconds.toFixed(1)} s`);
  expect(turns.map(({ status }) => status).every((status) => status === 200)).toBe(true);
  const told = turns.map(
    ({ body }) =>
      /Je antwoorden zijn binnen/.exec(JSON.stringify(body))?.[0] ?? JSON.stringify(body).slice(0, 300),
  );
  expect([...new Set(told)]).toEqual(['Je antwoorden zijn binnen']);
  expect(await scans.progress(scan)).toEqual({ answered: PEOPLE });
  expect(failed).toBe(0);
  // Who answered before they were asked is not asked any more; nobody is asked twice.
  const asked = team.map(
    (person) => person.messages().filter((one) => JSON.stringify(one).includes('scan.step')).length,
  );
  expect(Math.max(...asked)).toBeLessThanOrEqual(1);
  const closed = await scans.close(manager.tenant, 'BCDFG', { now: '2027-01-13T09:00:00.000Z', by: 'hand' });
  expect(closed?.outcome).toMatchObject({ answered: PEOPLE });
});

it('a team of 60 in one room types the code at one moment: each is asked, and nobody has to type it again', async () => {
  const { scans } = house.bot.stores;
  const tenant = mila.tenantId;
  const scan = startScan(
    {
      ...{ tenant, id: 'CDFGH', form: 'form-2', before: null, name: 'Burgerzaken', asked: [] },
      ...{ manager: mila.objectId, managerName: 'Mila de Wit', lastDay: '2027-01-26' },
    },
    '2027-01-12T09:00:00.000Z',
  );
  await scans.add(scan);
  const room = team.slice(0, 60);
  const turns = await Promise.all(room.map((person) => person.says('scan CDFGH')));
  const shown = turns.map(({ messages }) => headingOf(messages[0]));
  expect([...new Set(shown)]).toEqual([messagesFor('nl').scan.ask.title]);
  const kept = (await scans.get(tenant, 'CDFGH'))?.record.asked;
  expect(kept).toEqual(room.map(({ objectId }) => objectId).sort());
});
