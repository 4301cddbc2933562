import { entryOf, type Scan, startScan } from '../../../bot/domain/scan.js';
import { createSeal } from '../../../bot/store/scan-seal.js';
import { openStores, type Stores } from '../../../bot/store/stores.js';
import { CHARACTERISTICS } from '../../../cards/content/characteristics.js';
import { type OwnTables, openOwnTables } from '../azure/temporary-tables.js';
import { MANAGER, TENANT } from '../sample-records.js';

export const MAKER = { tenant: TENANT, person: MANAGER };
export const STARTED = '2027-01-12T09:00:00.000Z';
export const TEAM = [1, 2, 3, 4, 5, 6, 7].map((at) => `d4d4d4d4-0000-4000-8000-00000000000${at}`);

/** Tables with a team scan of Mila's, and stores that can open its box. */
export type ScanScene = {
  readonly own: OwnTables;
  readonly stores: Stores;
  scan(): Promise<Scan | null>;
  /** So many of the team answer. */
  answer(people: number): Promise<void>;
  /** Everything that is planned: `person kind occasion`. */
  planned(): Promise<readonly string[]>;
};

export async function openScanScene(changes: Partial<Scan> = {}): Promise<ScanScene> {
  const own = await openOwnTables();
  const stores = openStores(own.tables, createSeal(['a secret of at least thirty-two characters']));
  const scan: Scan = {
    ...startScan(
      {
        ...{ tenant: TENANT, id: 'BCDFG', form: 'form-1', manager: MANAGER, managerName: 'Mila de Wit' },
        ...{ name: 'Burgerzaken', asked: TEAM, lastDay: '2027-01-26', before: null },
      },
      STARTED,
    ),
    ...changes,
  };
  await stores.scans.add(scan);
  await stores.managers.putScan(MAKER, entryOf(scan));
  return {
    own,
    stores,
    scan: async () => (await stores.scans.get(TENANT, 'BCDFG'))?.record ?? null,
    async answer(people) {
      const ballot = { figures: CHARACTERISTICS.map(() => 3), top: [] };
      for (const who of TEAM.slice(0, people))
        await stores.scans.answer(TENANT, 'BCDFG', { person: who, ballot, today: '2027-01-13' });
    },
    async planned() {
      const found: string[] = [];
      for await (const { reminder } of stores.reminders.all()) {
        if (reminder !== null) found.push(`${reminder.person.at(-1)} ${reminder.kind} ${reminder.occasion}`);
      }
      return found.sort();
    },
  };
}
