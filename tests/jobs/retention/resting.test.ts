import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { defaultOrganisation } from '../../../bot/domain/organisation.js';
import { DEFAULT_RETENTION } from '../../../bot/domain/retention-periods.js';
import { createRetentionJob } from '../../../jobs/retention/retention.job.js';
import { MILA, openSending, type Sending } from '../../support/jobs/sending-scene.js';
import { TENANT } from '../../support/sample-records.js';

let house: Sending;
beforeEach(async () => {
  house = await openSending();
});
afterEach(() => house.own.drop());

/** One night, at four: what it comes to. */
function night(day: string, dryRun = false) {
  const at = `${day}T03:00:00.000Z`;
  const job = createRetentionJob({
    ...house.stores,
    tables: house.own.tables,
    log: house.instance().deps.log,
    newId: () => at,
    zone: 'Europe/Amsterdam',
    instance: 'one',
    monotonicNow: () => performance.now(),
    print: (line) => void house.told.push(line),
  });
  return job.run({ at, dryRun, byHand: true });
}

const status = async () => (await house.agreement())?.status ?? 'gone';

async function planned(): Promise<(string | undefined)[]> {
  const found: (string | undefined)[] = [];
  for await (const { reminder } of house.stores.reminders.all())
    if (reminder?.kind.startsWith('agreement-rest')) found.push(`${reminder.kind} ${reminder.person}`);
  return found.sort();
}

/** Its evaluation is on 12 January 2027, and nobody comes back to it. */
describe('an open agreement that nobody comes back to', () => {
  it('is asked about once, closes four weeks later, which both are told, and goes by its term', async () => {
    await night('2027-07-11');
    expect(await planned()).toEqual([]);
    await night('2027-07-12');
    await night('2027-07-13');
    expect(await planned()).toEqual([`agreement-resting ${MILA.person}`]);
    await night('2027-08-09');
    expect(await status()).toBe('open');
    await night('2027-08-10');
    expect(await status()).toBe('closed');
    expect((await planned()).filter((one) => one?.startsWith('agreement-rested'))).toHaveLength(2);
    expect((await house.stores.audit.of(TENANT, 'agreement-1')).map(({ who, did }) => [who, did])).toEqual([
      ['retention', 'ask-resting'],
      ['retention', 'close-resting'],
    ]);
    await night('2028-08-09');
    expect(await status()).toBe('closed');
    await night('2028-08-10');
    expect(await status()).toBe('gone');
  });

  it('is never closed without having been asked about, however long it rests', async () => {
    await night('2047-01-01');
    expect(await status()).toBe('open');
    expect(await planned()).toHaveLength(1);
  });

  it('stays when the manager comes back to it after the question', async () => {
    await night('2027-07-12');
    await house.changeAgreement({ changedAt: '2027-07-20T09:00:00.000Z', nextDay: '2027-09-01', version: 2 });
    await night('2027-08-10');
    await night('2028-02-28');
    expect(await status()).toBe('open');
    await night('2028-03-01');
    expect((await house.agreement())?.resting).toEqual({ since: '2027-09-01', askedOn: '2028-03-01' });
  });

  it('rests as long as its organisation chose', async () => {
    const terms = { ...DEFAULT_RETENTION, restingAgreementMonths: 12 };
    await house.stores.organisations.put({ ...defaultOrganisation(TENANT), terms }, null);
    await night('2027-07-12');
    expect(await planned()).toEqual([]);
    await night('2028-01-12');
    expect(await planned()).toHaveLength(1);
  });

  it('is only told of in a dry run', async () => {
    await night('2027-07-12', true);
    expect(await planned()).toEqual([]);
    expect(house.told.join()).toContain('ask-resting agreement:agreement-1');
  });
});
