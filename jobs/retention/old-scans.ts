import { dayOf } from '../../bot/domain/calendar.js';
import { goesOnDay } from '../../bot/domain/scan.js';
import { remove, type Work } from './work.js';

/**
 * Team scans two years after they closed, with what their teams agreed on. Who answered went when they closed. The scan
 * goes before what leads to it: an entry that a crash leaves behind goes in the night, too.
 */
export async function forgetScans(work: Work): Promise<void> {
  const { deps, at, total } = work;
  for await (const { record: scan } of deps.scans.all()) {
    total.looked += 1;
    // In UTC, as all terms of months: they are not a matter of hours.
    if (goesOnDay(scan, 'UTC') > dayOf(at, 'UTC')) continue;
    const { tenant, manager: person, id: record } = scan;
    await remove(work, { tenant, person, record, kind: 'scan' }, async () => {
      await deps.scans.remove(tenant, record);
      await deps.managers.removeScan({ tenant, person }, record);
      return true;
    });
  }
}
