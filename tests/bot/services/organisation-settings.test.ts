import { describe, expect, it } from 'vitest';
import { defaultOrganisation } from '../../../bot/domain/organisation.js';
import { createOrganisationSettings } from '../../../bot/services/organisation-settings.js';
import type { Organisations } from '../../../bot/store/organisation.js';
import { type OwnTables, openMemoryOwnTables } from '../../support/azure/temporary-tables.js';
import { logInto } from '../../support/recording-log.js';
import { TENANT } from '../../support/sample-records.js';
import { setUpEach } from '../../support/set-up.js';

const OTHER = '72f988bf-0000-4000-8000-000000000002';
const FIVE_MINUTES = 5 * 60_000;

describe('what HR filled in', () => {
  let own: OwnTables;
  let now: number;
  let asked: number;
  let logged: string[];
  /** What the tables do; null: they answer. */
  let trouble: (() => Promise<never>) | null;
  /** Lets half a second pass. */
  let passHalfASecond: () => void;

  const afresh = setUpEach(
    async () => {
      own = openMemoryOwnTables();
      now = Date.parse('2027-01-12T09:00:00.000Z');
      asked = 0;
      logged = [];
      trouble = null;
      passHalfASecond = () => undefined;
    },
    () => own.drop(),
  );

  function open() {
    const organisations: Organisations = {
      ...own.stores.organisations,
      get(tenant) {
        asked += 1;
        return trouble === null ? own.stores.organisations.get(tenant) : trouble();
      },
    };
    return createOrganisationSettings({
      organisations,
      monotonicNow: () => now,
      after(_ms, act) {
        passHalfASecond = act;
        return () => undefined;
      },
      log: logInto(logged),
    });
  }

  async function fillIn(coffeeRhythm: 'weekly' | 'quarterly', tenant = TENANT) {
    const { etag } = await own.stores.organisations.get(tenant);
    await own.stores.organisations.put({ ...defaultOrganisation(tenant), coffeeRhythm }, etag);
  }

  it('is what is usual while nobody filled in anything, and each tenant has its own', async () => {
    await fillIn('weekly', OTHER);
    const organisation = open();
    expect(await organisation.of(TENANT)).toEqual(defaultOrganisation(TENANT));
    expect((await organisation.of(OTHER)).coffeeRhythm).toBe('weekly');
  });

  it('is read once for five minutes, also when many ask at once, and counts at once where it was written', async () => {
    await fillIn('weekly');
    const organisation = open();
    await Promise.all([organisation.of(TENANT), organisation.of(TENANT), organisation.of(TENANT)]);
    await fillIn('quarterly');
    now += FIVE_MINUTES - 1;
    expect((await organisation.of(TENANT)).coffeeRhythm).toBe('weekly');
    expect(asked).toBe(1);
    now += 1;
    expect((await organisation.of(TENANT)).coffeeRhythm).toBe('quarterly');
    await afresh();
    {
      const organisation = open();
      await organisation.of(TENANT);
      organisation.learn({ ...defaultOrganisation(TENANT), coffeeRhythm: 'weekly' });
      expect((await organisation.of(TENANT)).coffeeRhythm).toBe('weekly');
      expect(asked).toBe(1);
    }
  });

  it('is the last known when the tables fail, with a code in the log, and is asked again a little later', async () => {
    await fillIn('weekly');
    const organisation = open();
    await organisation.of(TENANT);
    now += FIVE_MINUTES;
    trouble = () => Promise.reject(Object.assign(new Error('away'), { statusCode: 503 }));
    expect((await organisation.of(TENANT)).coffeeRhythm).toBe('weekly');
    expect((await organisation.of(TENANT)).coffeeRhythm).toBe('weekly');
    expect(asked).toBe(2);
    expect(logged.join('')).toContain('"code":"http-503"');
    trouble = null;
    await fillIn('quarterly');
    now += 15_000;
    expect((await organisation.of(TENANT)).coffeeRhythm).toBe('quarterly');
  });

  it('is what is usual when the tables do not answer: half a second for the first, none for the next', async () => {
    let answer: (error: Error) => void = () => undefined;
    trouble = () =>
      new Promise((_resolve, reject) => {
        answer = reject;
      });
    const organisation = open();
    const first = organisation.of(TENANT);
    passHalfASecond();
    expect(await first).toEqual(defaultOrganisation(TENANT));
    // Nobody lets time pass here: an answer can only come without waiting.
    expect(await organisation.of(TENANT)).toEqual(defaultOrganisation(TENANT));
    expect(asked).toBe(1);
    answer(new Error('late'));
  });

  it('is waited for again at the next reading: the wait for one that came in time is over', async () => {
    const organisation = open();
    await organisation.of(TENANT);
    const passTheFirst = passHalfASecond;
    now += FIVE_MINUTES;
    let answer: (found: never) => void = () => undefined;
    trouble = () =>
      new Promise((resolve) => {
        answer = resolve;
      });
    const asking = [organisation.of(TENANT)];
    passTheFirst();
    await new Promise((resolve) => setImmediate(resolve));
    asking.push(organisation.of(TENANT));
    const coffeeRhythm = 'weekly';
    answer({ record: { ...defaultOrganisation(TENANT), coffeeRhythm }, etag: null } as never);
    expect((await Promise.all(asking)).map((found) => found.coffeeRhythm)).toEqual(['weekly', 'weekly']);
  });

  it('keeps what was written while an older answer was on its way', async () => {
    let answer: (found: never) => void = () => undefined;
    trouble = () =>
      new Promise((resolve) => {
        answer = resolve;
      });
    const organisation = open();
    const first = organisation.of(TENANT);
    organisation.learn({ ...defaultOrganisation(TENANT), coffeeRhythm: 'weekly' });
    answer({ record: defaultOrganisation(TENANT), etag: null } as never);
    expect((await first).coffeeRhythm).toBe('weekly');
  });

  describe('when it decides who may record', () => {
    const away = () => Promise.reject(Object.assign(new Error('away'), { statusCode: 503 }));

    it('is unknown while it was never read, known as soon as the tables answer, and waited for where they take too long', async () => {
      const organisation = open();
      trouble = away;
      expect((await organisation.of(TENANT)).managers).toBe('everyone');
      expect(await organisation.forAuthorization(TENANT)).toBeNull();
      trouble = null;
      expect(await organisation.forAuthorization(TENANT)).toEqual(defaultOrganisation(TENANT));
      await afresh();
      {
        const organisation = open();
        trouble = () => new Promise(() => undefined);
        const asking = organisation.forAuthorization(TENANT);
        passHalfASecond();
        expect(await asking).toBeNull();
      }
    });

    it('is what was read last for a quarter of an hour, and unknown from then on', async () => {
      await fillIn('weekly');
      const organisation = open();
      await organisation.forAuthorization(TENANT);
      trouble = away;
      now += 15 * 60_000 - 1;
      expect((await organisation.forAuthorization(TENANT))?.coffeeRhythm).toBe('weekly');
      now += 1;
      expect(await organisation.forAuthorization(TENANT)).toBeNull();
    });

    it('is what was written just now, and is read once for all who ask at once', async () => {
      const organisation = open();
      await Promise.all([organisation.forAuthorization(TENANT), organisation.forAuthorization(TENANT)]);
      expect(asked).toBe(1);
      organisation.learn({ ...defaultOrganisation(TENANT), coffeeRhythm: 'weekly' });
      expect((await organisation.forAuthorization(TENANT))?.coffeeRhythm).toBe('weekly');
      expect(asked).toBe(1);
    });
  });
});
