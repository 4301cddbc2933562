import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { askedFor } from '../../../bot/domain/handover-request.js';
import { entryOf, withMeasures } from '../../../bot/domain/scan.js';
import { carryOut } from '../../../jobs/handover/carry-out.js';
import { MAKER, openScanScene, type ScanScene, STARTED, TEAM } from '../../support/jobs/scan-scene.js';
import { MANAGER, TENANT } from '../../support/sample-records.js';

const NOW = '2027-02-01T03:30:00.000Z';
const [FIRST = ''] = TEAM;
const NEXT = { tenant: TENANT, person: FIRST };

let scene: ScanScene;
beforeEach(async () => {
  scene = await openScanScene();
  await scene.answer(6);
  const closed = await scene.stores.scans.close(TENANT, 'BCDFG', {
    now: '2027-01-20T09:00:00.000Z',
    by: 'hand',
  });
  const found = await scene.stores.scans.get(TENANT, 'BCDFG');
  if (closed === null || found === null) throw new Error('no scan');
  const agreed = [{ what: 'Twee uur zonder overleg', who: 'Mila', by: null }];
  const record = withMeasures(closed, agreed, { nextDay: '2027-03-01', now: STARTED });
  await scene.stores.scans.change(record, found.etag);
  await scene.stores.managers.putScan(MAKER, entryOf(record));
});
afterEach(() => scene.own.drop());

function carry(what: 'move' | 'delete') {
  const who = {
    ...{ tenant: TENANT, leaver: MANAGER, leaverName: 'Mila de Wit', what, askedBy: 'hr-1', id: 'asked-1' },
    ...{ successor: what === 'move' ? FIRST : null, successorName: 'Ahmed' },
  };
  const deps = { ...scene.stores, newId: randomUUID, zone: 'Europe/Amsterdam' };
  return carryOut(deps, { handover: askedFor(who, STARTED), now: NOW });
}

describe('a team scan of a manager who leaves', () => {
  it('goes to the successor with what the team agreed on, who is asked no longer', async () => {
    await carry('move');
    expect(await scene.scan()).toMatchObject({ manager: FIRST, managerName: 'Ahmed', nextDay: '2027-03-01' });
    expect((await scene.scan())?.asked).toEqual(TEAM.slice(1));
    expect((await scene.stores.managers.records(MAKER)).scans).toEqual([]);
    expect((await scene.stores.managers.records(NEXT)).scans).toMatchObject([{ id: 'BCDFG' }]);
    expect(await scene.planned()).toContain('1 scan-due evaluation|2027-03-01');
    const again = await scene.own.dump();
    await carry('move');
    expect((await scene.own.dump()).scans).toEqual(again.scans);
  });

  it('goes where nobody goes on', async () => {
    await carry('delete');
    expect((await scene.own.dump()).scans).toEqual([]);
    expect((await scene.stores.managers.records(MAKER)).scans).toEqual([]);
    expect(await scene.stores.audit.of(TENANT, 'BCDFG')).toMatchObject([
      { did: 'leaver.delete', kind: 'scan' },
    ]);
  });
});
