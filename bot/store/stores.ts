import { type Audit, openAudit } from './audit.js';
import { type Deliveries, openDeliveries } from './deliveries.js';
import { type EmployeeIndex, openEmployeeIndex } from './employee-index.js';
import { type Figures, openFigures } from './figures.js';
import { type Handovers, openHandovers } from './handovers.js';
import { type Health, openHealth } from './health.js';
import { type Managers, openManagers } from './managers.js';
import { type NightRuns, openNightRuns } from './night-runs.js';
import { type Organisations, openOrganisations } from './organisation.js';
import { openPeople, type People } from './people.js';
import { openReminders, type Reminders } from './reminders.js';
import type { Seal } from './scan-seal.js';
import { openScans, type Scans } from './scans.js';
import type { Tables } from './tables/tables.js';

/** All that is kept, a store for each kind of record. */
export type Stores = {
  readonly people: People;
  readonly managers: Managers;
  readonly about: EmployeeIndex;
  readonly reminders: Reminders;
  readonly deliveries: Deliveries;
  readonly organisations: Organisations;
  readonly audit: Audit;
  readonly figures: Figures;
  readonly handovers: Handovers;
  readonly health: Health;
  readonly nightRuns: NightRuns;
  readonly scans: Scans;
};

/** Without a seal no team scan can be started or answered. */
export function openStores(tables: Tables, seal: Seal | null = null): Stores {
  return {
    people: openPeople(tables),
    managers: openManagers(tables),
    about: openEmployeeIndex(tables),
    reminders: openReminders(tables),
    deliveries: openDeliveries(tables),
    organisations: openOrganisations(tables),
    audit: openAudit(tables),
    figures: openFigures(tables),
    handovers: openHandovers(tables),
    health: openHealth(tables),
    nightRuns: openNightRuns(tables),
    scans: openScans(tables, seal),
  };
}
