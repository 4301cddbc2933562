import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Tables } from '../../bot/store/tables/tables.js';
import { messagesFor } from '../../cards/content/words.js';
import { presses } from '../security/two-organisations.js';
import { headingOf } from '../support/browser/cards-on-screen.js';
import { type House, openHouse } from '../support/running-bot.js';

const { notice, agreement } = messagesFor('nl');

/** A bot that has just started, and cannot read what HR filled in. */
describe('while nobody knows who may record', () => {
  let house: House;
  let away = true;
  const around = (tables: Tables): Tables => ({
    ...tables,
    table(name) {
      const table = tables.table(name);
      if (name !== 'organisation') return table;
      return {
        ...table,
        async get(partition, row) {
          if (away) throw Object.assign(new Error('away'), { code: 'tables-silent' });
          return table.get(partition, row);
        },
      };
    },
  });
  beforeAll(async () => {
    house = await openHouse({ limits: 'off', aroundTables: around });
  });
  afterAll(() => house.close());

  it('nobody records, nothing that was typed is lost, guidance goes on, and it works as soon as it is known', async () => {
    const mila = house.teams.person({ name: 'Mila de Wit' });
    await mila.install();
    const before = await house.dump();
    const save = () => presses(mila, 'coffee.save', { id: 'form-1', names: 'Anouk', rhythm: 'weekly' });
    expect((await save()).body).toMatchObject({
      statusCode: 400,
      value: { code: 'list-unknown', message: notice.tablesAway },
    });
    expect((await mila.says('afspraak vastleggen')).messages[0]?.text).toBe(notice.tablesAway);
    expect(await house.dump()).toEqual(before);
    expect(headingOf((await mila.says('hoe begin ik het gesprek?')).messages[0])).not.toBe('');
    away = false;
    expect(headingOf((await mila.says('afspraak vastleggen')).messages[0])).toBe(agreement.title);
    expect((await save()).body).toMatchObject({ statusCode: 200 });
    expect((await house.dump()).managers).toHaveLength(1);
  });
});
