import type { NewAuditEntry } from '../domain/audit-entry.js';
import { codeOf } from '../errors.js';
import type { Log } from '../log.js';
import type { Audit } from '../store/audit.js';
import { ROW_REFUSED } from '../store/tables/limits.js';

export type Noted = { readonly tenant: string; readonly id: string; readonly what: NewAuditEntry };

export type AuditQueueDeps = {
  readonly audit: Audit;
  readonly log: Log;
  /** Runs something after so long; 0 is as soon as there is time. */
  readonly schedule: (what: () => void, inMs: number) => void;
};

export type AuditQueue = {
  /** Has them written soon; entries that come meanwhile go together. */
  add(entries: readonly Noted[]): void;
  /** Writes at once what waits. Never rejects: what could not be written is tried again by itself. */
  flush(): Promise<void>;
};

/** So many are kept while the tables are away; beyond that the oldest go, and the log says so. */
const MOST_KEPT = 10_000;

/** How long the tables are left alone when an entry could not be written: at first, and at most, after failing again. */
const AGAIN_MS = { first: 1_000, most: 60_000 };

/** Entries of the audit trail on their way to the tables. */
export function createAuditQueue(deps: AuditQueueDeps): AuditQueue {
  let noted: readonly Noted[] = [];
  let planned = false;
  let againMs = AGAIN_MS.first;
  let writing = Promise.resolve();

  const write = async (): Promise<void> => {
    const entries = onceEach(noted);
    noted = [];
    if (entries.length === 0) return;
    const left = await writeAll(entries, deps);
    if (left.length === 0) {
      againMs = AGAIN_MS.first;
      return;
    }
    noted = [...left, ...noted];
    if (noted.length > MOST_KEPT) tellLost(deps.log, noted.length - MOST_KEPT);
    noted = noted.slice(-MOST_KEPT);
    plan(againMs);
    againMs = Math.min(2 * againMs, AGAIN_MS.most);
  };
  // One after the other: what is noted while one is under way goes together in the next.
  const flush = (): Promise<void> => {
    planned = false;
    writing = writing.then(write);
    return writing;
  };
  const plan = (inMs: number) => {
    if (planned) return;
    planned = true;
    deps.schedule(() => void flush(), inMs);
  };

  return {
    add(entries) {
      noted = [...noted, ...entries];
      plan(0);
    },
    flush,
  };
}

/** What is still to be written. One entry that the tables will never take is given up, and holds up no other. */
async function writeAll(
  entries: readonly Noted[],
  deps: Pick<AuditQueueDeps, 'audit' | 'log'>,
): Promise<readonly Noted[]> {
  try {
    await deps.audit.addAll(entries);
    return [];
  } catch (error) {
    const [only, ...others] = entries;
    if (!isOfTheEntry(error) || only === undefined) {
      deps.log.error({ code: codeOf(error), entries: entries.length }, 'the audit trail waits');
      return entries;
    }
    if (others.length === 0) {
      tellLost(deps.log, 1);
      return [];
    }
  }
  // The same entry twice is one, so that those that were written before the bad one may be written again.
  const half = Math.ceil(entries.length / 2);
  return [...(await writeAll(entries.slice(0, half), deps)), ...(await writeAll(entries.slice(half), deps))];
}

/** That a row cannot be kept, whenever it is tried. */
function isOfTheEntry(error: unknown): boolean {
  return [ROW_REFUSED, 'http-400', 'http-413'].includes(codeOf(error));
}

function tellLost(log: Log, entries: number): void {
  log.error({ code: 'audit-lost', entries }, 'entries of the audit trail are lost');
}

/** A transaction takes no row twice. */
function onceEach(entries: readonly Noted[]): Noted[] {
  const byPlace = entries.map((entry): [string, Noted] => [
    `${entry.tenant} ${entry.what.at} ${entry.id}`,
    entry,
  ]);
  return [...new Map(byPlace).values()];
}
