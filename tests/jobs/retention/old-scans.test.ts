import { afterEach, beforeEach, expect, it } from 'vitest';
import { createRetentionJob } from '../../../jobs/retention/retention.job.js';
import { MAKER, openScanScene, type ScanScene } from '../../support/jobs/scan-scene.js';
import { SILENT } from '../../support/recording-log.js';
import { TENANT } from '../../support/sample-records.js';

let scene: ScanScene;
beforeEach(async () => {
  scene = await openScanScene();
});
afterEach(() => scene.own.drop());

function retain(at: string, dryRun = false) {
  const job = createRetentionJob({
    ...scene.stores,
    tables: scene.own.tables,
    log: SILENT,
    newId: () => at,
    zone: 'Europe/Amsterdam',
    instance: 'one',
    monotonicNow: () => performance.now(),
    print: () => undefined,
  });
  return job.run({ at, dryRun, byHand: true });
}

it('a team scan goes two years after it closed, with what leads to it, and leaves that it went on the audit trail', async () => {
  await scene.answer(5);
  await scene.stores.scans.close(TENANT, 'BCDFG', { now: '2027-01-20T09:00:00.000Z', by: 'hand' });
  await retain('2029-01-19T03:00:00.000Z');
  await retain('2029-01-20T03:00:00.000Z', true);
  expect(await scene.scan()).not.toBeNull();
  await retain('2029-01-20T03:00:00.000Z');
  expect((await scene.own.dump()).scans).toEqual([]);
  expect((await scene.stores.managers.records(MAKER)).scans).toEqual([]);
  expect(await scene.stores.audit.of(TENANT, 'BCDFG')).toMatchObject([{ did: 'remove', kind: 'scan' }]);
});

it('one that was never closed goes as if its last day had closed it', async () => {
  await retain('2029-01-25T03:00:00.000Z');
  expect(await scene.scan()).not.toBeNull();
  await retain('2029-01-26T03:00:00.000Z');
  expect(await scene.scan()).toBeNull();
});
