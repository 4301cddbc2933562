import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { REQUEST_LIMITS } from '../../bot/http/request-limits.js';
import { type House, openHouse } from '../support/running-bot.js';
import type { Person } from '../support/teams/teams.js';

const { byPerson, refusedByAddress } = REQUEST_LIMITS;

let house: House;
beforeAll(async () => {
  house = await openHouse({ limited: true });
});
afterAll(() => house.close());

async function installed(name: string): Promise<Person> {
  const person = house.teams.person({ name });
  await person.install();
  return person;
}

describe('somebody who comes too often', () => {
  it('gets 429 with when to come again, nothing of theirs is done, and nobody else notices', async () => {
    const eager = await installed('Eager');
    const calm = await installed('Calm');
    // Two events came with being installed.
    for (let times = 2; times < byPerson.most; times += 1) {
      expect((await eager.sends({ type: 'typing' })).status).toBe(200);
    }
    const seen = eager.messages().length;
    const before = await house.dump();
    for (const turn of [await eager.says('menu'), await eager.uninstall()]) {
      expect(turn.status).toBe(429);
      expect(Number(turn.headers['retry-after'])).toBeGreaterThan(0);
      expect(Number(turn.headers['retry-after'])).toBeLessThanOrEqual(byPerson.ms / 1_000);
      expect(turn.body).toEqual({
        code: 'TooMany',
        message: 'There were too many requests. Try again later.',
      });
    }
    expect(eager.messages()).toHaveLength(seen);
    expect(await house.dump()).toEqual(before);
    expect((await calm.says('wat kun je?')).status).toBe(200);
  });
});

describe('an address that was refused too often', () => {
  it('gets 429 unless its token looks right, so that nobody can shut out Teams', async () => {
    const noor = await installed('Noor');
    const bogus = () => noor.says('hoi', { token: 'bogus' });
    const statuses: number[] = [];
    for (let times = 0; times < refusedByAddress.most + 5; times += 1) statuses.push((await bogus()).status);
    expect(statuses.filter((status) => status === 401)).toHaveLength(refusedByAddress.most);
    expect(statuses.slice(refusedByAddress.most)).toEqual([429, 429, 429, 429, 429]);
    const held = await bogus();
    expect(Number(held.headers['retry-after'])).toBeGreaterThan(0);
    expect(Number(held.headers['retry-after'])).toBeLessThanOrEqual(refusedByAddress.ms / 1_000);

    // Where it says that it comes from makes no difference: anybody can write that.
    const elsewhere = { 'content-type': 'application/json', 'x-forwarded-for': '203.0.113.9' };
    const { status } = await fetch(`${house.url}/api/messages`, {
      method: 'POST',
      headers: elsewhere,
      body: '{}',
    });
    expect(status).toBe(429);

    // One that looks right and is not proves nothing either, but it is looked at.
    const forged = await house.issuer.sign({ serviceurl: noor.serviceUrl }, { key: 'foreign' });
    expect((await noor.says('hoi', { token: forged })).status).toBe(429);
    const answer = await noor.says('met wie kan ik praten?');
    expect(answer.status).toBe(200);
    expect(JSON.stringify(answer.messages)).toContain('Luisterlijn');
    expect((await fetch(`${house.url}/readyz`)).status).toBe(200);

    const told = house.logged.map((line) => JSON.parse(line) as { code?: string });
    expect(told.filter(({ code }) => code === 'too-many-refused')).toHaveLength(1);
    expect(told.filter(({ code }) => code === 'unreadable-token')).toHaveLength(refusedByAddress.most);
  });
});
