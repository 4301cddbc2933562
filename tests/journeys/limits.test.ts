import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type House, openHouse } from '../support/house.js';

describe('who asks too much', () => {
  let house: House;
  beforeEach(async () => {
    house = await openHouse({ limited: true });
  });
  afterEach(() => house.close());

  it('is told to wait, and nobody else notices', async () => {
    const bo = house.teams.person({ name: 'Bo' });
    const kim = house.teams.person({ name: 'Kim' });
    await bo.install();
    await kim.install();
    const answers = await Promise.all(Array.from({ length: 70 }, () => bo.says('hallo')));
    const statuses = answers.map(({ status }) => status);
    expect(statuses.filter((status) => status === 429).length).toBeGreaterThanOrEqual(10);
    expect(statuses.filter((status) => status === 200).length).toBeGreaterThanOrEqual(55);
    expect((await kim.says('hallo')).status).toBe(200);
  });

  it('without a token is told so too, and who has one is served from the same address', async () => {
    const kim = house.teams.person({ name: 'Kim' });
    await kim.install();
    const refused = await Promise.all(Array.from({ length: 120 }, () => kim.says('hallo', { token: null })));
    const statuses = refused.map(({ status }) => status);
    expect(statuses.filter((status) => status === 401)).toHaveLength(100);
    expect(statuses.filter((status) => status === 429)).toHaveLength(20);
    expect((await kim.says('hallo')).status).toBe(200);
  });
});
