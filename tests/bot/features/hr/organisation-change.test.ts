import { describe, expect, it } from 'vitest';
import type { Organisation } from '../../../../bot/domain/organisation.js';
import { change } from '../../../../bot/features/hr/organisation-change.js';
import { type OwnTables, openOwnTables } from '../../../support/azure/temporary-tables.js';
import { faultsOf } from '../../../support/faults.js';
import { TENANT } from '../../../support/sample-records.js';
import { setUpEach } from '../../../support/set-up.js';

let own: OwnTables;
const afresh = setUpEach(
  async () => {
    own = await openOwnTables();
  },
  () => own.drop(),
);

const weekly = (record: Organisation): Organisation => ({ ...record, coffeeRhythm: 'weekly' });
const quarterly = (record: Organisation): Organisation => ({ ...record, coffeeRhythm: 'quarterly' });

function deps(put = own.stores.organisations.put) {
  let written = 0;
  const organisations = {
    ...own.stores.organisations,
    put: async (...args: Parameters<typeof put>) => {
      const result = await put(...args);
      if (result === 'ok') written += 1;
      return result;
    },
  };
  const organisationSettings = {
    of: async () => weekly((await own.stores.organisations.get(TENANT)).record),
    forAuthorization: async () => null,
    learn: () => undefined,
  };
  return {
    deps: { organisations, organisationSettings, newId: () => '1' },
    written: () => written,
  };
}
const turn = { tenant: TENANT };

describe('a change of what HR filled in', () => {
  it('is done once, and said so to every press, when it comes four times at once', async () => {
    expect(
      await faultsOf(
        [
          ['while nothing was filled in', ''],
          ['of what was filled in before', 'etag'],
        ],
        async (_when, known) => {
          const here = deps();
          const before = known === '' ? '' : (await change(here.deps, { turn, etag: '' }, quarterly)).etag;
          const done = await Promise.all(
            [1, 2, 3, 4].map(() => change(here.deps, { turn, etag: before }, weekly)),
          );
          expect(done.map(({ conflict }) => conflict)).toEqual([false, false, false, false]);
          expect(done.every(({ record }) => record.coffeeRhythm === 'weekly')).toBe(true);
          expect(here.written()).toBe(known === '' ? 1 : 2);
        },
        afresh,
      ),
    ).toEqual([]);
  });

  it('is a conflict where somebody else made it something else at that moment', async () => {
    const { put } = own.stores.organisations;
    const here = deps(async (record, etag) => {
      await put(quarterly(record), etag);
      return put(record, etag);
    });
    expect(await change(here.deps, { turn, etag: '' }, weekly)).toMatchObject({
      conflict: true,
      record: { coffeeRhythm: 'quarterly' },
    });
  });
});
