import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { newPerson } from '../../../bot/domain/person.js';
import { whenRemoved } from '../../../bot/domain/person-reachability.js';
import { entryOf, withMeasures } from '../../../bot/domain/scan.js';
import { createReconcileJob } from '../../../jobs/reconcile/reconcile.job.js';
import { MAKER, openScanScene, type ScanScene, STARTED, TEAM } from '../../support/jobs/scan-scene.js';
import { SILENT } from '../../support/recording-log.js';
import { MANAGER, TENANT } from '../../support/sample-records.js';

let scene: ScanScene;
beforeEach(async () => {
  scene = await openScanScene();
});
afterEach(() => scene.own.drop());

function night(at: string, dryRun = false) {
  const job = createReconcileJob({
    ...scene.stores,
    tables: scene.own.tables,
    log: SILENT,
    zone: 'Europe/Amsterdam',
    isHrAdmin: () => false,
    monotonicNow: () => performance.now(),
    print: () => undefined,
  });
  return job.run({ at, dryRun });
}

describe('a night with a team scan', () => {
  it('asks whom a crash left out, once, and nobody who has answered', async () => {
    await scene.answer(2);
    await night('2027-01-13T02:00:00.000Z');
    const planned = await scene.planned();
    expect(planned).toHaveLength(10);
    expect(planned.filter((one) => one.startsWith('1 ') || one.startsWith('2 '))).toEqual([]);
    expect(planned.filter((one) => one.includes('scan-due answer'))).toHaveLength(5);
    await night('2027-01-14T02:00:00.000Z');
    expect(await scene.planned()).toEqual(planned);
  });

  it('asks nobody again who was asked before', async () => {
    await night('2027-01-13T02:00:00.000Z');
    for await (const { reminder, stored } of scene.stores.reminders.all()) {
      if (reminder?.kind !== 'scan-news') continue;
      const items = [`scan-news|${MANAGER}|BCDFG|asked|0`];
      await scene.stores.deliveries.record(TENANT, reminder.person, `news|${items[0]}`, {
        items,
        sentAt: STARTED,
        activity: '1',
      });
      await scene.stores.reminders.removeAll([stored]);
    }
    await night('2027-01-14T02:00:00.000Z');
    expect((await scene.planned()).filter((one) => one.includes('scan-news'))).toEqual([]);
  });

  it('plans once more for whoever took the app out, whose proof went with it, and counts nothing as lost', async () => {
    await night('2027-01-13T02:00:00.000Z');
    const [first = ''] = TEAM;
    for await (const { reminder, stored } of scene.stores.reminders.all()) {
      if (reminder?.person === first) await scene.stores.reminders.removeAll([stored]);
    }
    const found = await scene.stores.people.get(TENANT, first);
    const here = found?.record ?? newPerson(TENANT, first);
    const away = whenRemoved(here, {
      occurredAt: '2027-01-13T10:00:00.000Z',
      now: '2027-01-13T10:00:00.000Z',
    });
    if (found === null) await scene.stores.people.add(away);
    else await scene.stores.people.change(away, found.etag);
    expect(await night('2027-01-14T02:00:00.000Z')).toMatchObject({ claimed: 0 });
    expect((await scene.planned()).filter((one) => one.startsWith('1 '))).toHaveLength(2);
  });

  it('closes it after its last day wherever its people are, tells everybody and says so on the audit trail', async () => {
    await scene.answer(5);
    await night('2027-01-27T02:00:00.000Z', true);
    await night('2027-01-27T02:00:00.000Z');
    expect(await scene.scan()).toMatchObject({ status: 'open' });
    expect(await night('2027-01-28T02:00:00.000Z')).toMatchObject({ counts: { closedScans: 1 } });
    expect(await scene.scan()).toMatchObject({ status: 'closed', outcome: { answered: 5 } });
    const told = (await scene.planned()).filter((one) => one.endsWith('closed'));
    expect(told).toHaveLength(TEAM.length + 1);
    expect((await scene.stores.managers.records(MAKER)).scans).toMatchObject([{ status: 'closed' }]);
    expect(await scene.stores.audit.of(TENANT, 'BCDFG')).toMatchObject([{ did: 'close-scan', kind: 'scan' }]);
    expect(await night('2027-01-29T02:00:00.000Z')).toMatchObject({ counts: { closedScans: 0 } });
    expect((await scene.planned()).filter((one) => one.endsWith('closed'))).toEqual(told);
  });

  it('leaves whoever closed it by hand with what they saw, and tells the team alone', async () => {
    await scene.answer(5);
    await scene.stores.scans.close(TENANT, 'BCDFG', { now: '2027-01-20T09:00:00.000Z', by: 'hand' });
    await night('2027-01-21T02:00:00.000Z');
    const told: string[] = [];
    for await (const { reminder } of scene.stores.reminders.all())
      if (reminder?.occasion === 'closed') told.push(reminder.person);
    expect(told.sort()).toEqual([...TEAM].sort());
  });

  it('plans nothing again that was told so long ago that its proof is gone', async () => {
    await scene.answer(5);
    await scene.stores.scans.close(TENANT, 'BCDFG', { now: '2027-01-20T09:00:00.000Z', by: 'hand' });
    const found = await scene.stores.scans.get(TENANT, 'BCDFG');
    if (found === null) throw new Error('no scan');
    const agreed = [{ what: 'Twee uur zonder overleg', who: 'Mila', by: null }];
    await scene.stores.scans.change(
      withMeasures(found.record, agreed, { nextDay: '2027-03-01', now: STARTED }),
      found.etag,
    );
    // Half a year after it closed Mila was asked whether to ask again; a year after it nobody needs to hear that.
    await night('2028-01-20T02:00:00.000Z');
    expect(await scene.planned()).toEqual([]);
  });

  it('writes what leads to it where that is missing or says something else, and drops what leads nowhere', async () => {
    const scan = await scene.scan();
    await scene.stores.managers.removeScan(MAKER, 'BCDFG');
    await night('2027-01-13T02:00:00.000Z');
    expect((await scene.stores.managers.records(MAKER)).scans).toEqual(scan === null ? [] : [entryOf(scan)]);
    await scene.stores.scans.remove(TENANT, 'BCDFG');
    await night('2027-01-14T02:00:00.000Z');
    expect((await scene.stores.managers.records(MAKER)).scans).toEqual([]);
  });

  it('plans the day to look back and half a year later', async () => {
    await scene.answer(5);
    await scene.stores.scans.close(TENANT, 'BCDFG', { now: '2027-01-20T09:00:00.000Z', by: 'hand' });
    const found = await scene.stores.scans.get(TENANT, 'BCDFG');
    if (found === null) throw new Error('no scan');
    const agreed = [{ what: 'Twee uur zonder overleg', who: 'Mila', by: null }];
    await scene.stores.scans.change(
      withMeasures(found.record, agreed, { nextDay: '2027-03-01', now: STARTED }),
      found.etag,
    );
    await night('2027-01-21T02:00:00.000Z');
    const ofManager = (await scene.planned()).filter((one) => one.includes('scan-due'));
    expect(ofManager.map((one) => one.split(' ')[2])).toEqual(['again|2027-07-20', 'evaluation|2027-03-01']);
    expect((await scene.planned()).filter((one) => one.endsWith('agreed|3'))).toHaveLength(TEAM.length);
  });
});
