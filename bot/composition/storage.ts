import { auditWrites } from '../access/audit-trail.js';
import { codeOf } from '../errors.js';
import { openRestoreRuns } from '../store/restore-runs.js';
import { createSeal } from '../store/scan-seal.js';
import { openStores, type Stores } from '../store/stores.js';
import { openTables } from '../store/tables/tables.js';
import { createTurnReads } from '../store/turn-reads.js';
import { createTurnWrites } from '../store/turn-writes.js';
import { createTurnBudget } from '../teams/turn-budget.js';
import type { Foundation } from './foundation.js';
import type { Microsoft } from './microsoft.js';

export type Storage = ReturnType<typeof composeStorage>;

/** What is kept: the tables within the time of a turn, the stores over them, and those whose writes are audited. */
export function composeStorage(
  { config, deps, timing, watch }: Foundation,
  { microsoft }: { readonly microsoft: Microsoft },
) {
  const { log, newId } = deps;
  const budget = createTurnBudget({
    ...timing,
    failedLate: (error) => log.warn({ code: codeOf(error) }, 'failed after its turn was over'),
  });
  const straight = openTables(microsoft.tablesAddress, config.tablePrefix, {
    time: budget.requests,
    watch: watch.tables,
    retries: deps.tableRetries,
  });
  const tables = deps.aroundTables?.(straight) ?? straight;
  const turnWrites = createTurnWrites(tables);
  const { scanSecrets } = config;
  const opened = openStores(turnWrites.tables, scanSecrets.length > 0 ? createSeal(scanSecrets) : null);
  const turnReads = createTurnReads(opened.people);
  const stores: Stores = { ...opened, people: turnReads.people };
  const audited = auditWrites({
    ...stores,
    newId,
    log,
    // What is noted of several turns goes together.
    schedule: (what, inMs) =>
      budget.outside(() => void (inMs === 0 ? setImmediate(what) : setTimeout(what, inMs).unref())),
  });
  return { budget, tables, turnReads, turnWrites, stores, audited, restoreRuns: openRestoreRuns(tables) };
}
