import { LRUCache } from 'lru-cache';
import { defaultOrganisation, type Organisation } from '../domain/organisation.js';
import { codeOf } from '../errors.js';
import type { Log } from '../log.js';
import type { Organisations } from '../store/organisation.js';
import { type After, TIMED_OUT, withTimeout } from '../timeout.js';

/** What HR filled in. */
export type OrganisationSettings = {
  /**
   * For callers that must not wait: the settings last read, or the defaults. Never throws, and waits at most half a
   * second for the tables.
   */
  of(tenant: string): Promise<Organisation>;
  /**
   * For authorization: null while the settings are unknown, since the defaults let everybody record. Never throws;
   * waits at most two seconds for the tables.
   */
  forAuthorization(tenant: string): Promise<Organisation | null>;
  /** What was written just now counts here at once; other instances find it when they read again. */
  learn(record: Organisation): void;
};

export type OrganisationSettingsDeps = {
  readonly organisations: Organisations;
  /** Milliseconds that only go up: a clock that is set back must not make what was read last for longer. */
  readonly monotonicNow: () => number;
  readonly after: After;
  readonly log: Log;
};

const FRESH_MS = 5 * 60_000;
const MOST_WAITED_MS = 500;
/** Whoever is kept from recording meanwhile would rather wait than be told to come back. */
const MOST_WAITED_TO_AUTHORIZE_MS = 2_000;
/**
 * So long what was read still decides who may record while the tables do not answer: about as long as it takes anyway
 * until every instance knows what HR changed.
 */
const TRUSTED_MS = 15 * 60_000;
/** Tables that did not answer are asked again after this long: nobody waits for them in between. */
const AGAIN_MS = 15_000;
/** More organisations than one bot serves: a bound, so that nothing can grow for ever. */
const MOST_TENANTS = 1_000;

type Known = {
  record: Organisation;
  /** When it was last read or written, by `monotonicNow`; null while only the defaults are known. */
  readAt: number | null;
  /** Until when it is not read again, by `monotonicNow`. */
  until: number;
  reading: Promise<void> | null;
  /** The reading that is under way has been waited for once. */
  late: boolean;
};

/** Reads what HR filled in once in a while for each tenant. */
export function createOrganisationSettings(deps: OrganisationSettingsDeps): OrganisationSettings {
  const tenants = new LRUCache<string, Known>({ max: MOST_TENANTS });
  const read = async (tenant: string, known: Known): Promise<void> => {
    const before = known.record;
    try {
      const { record } = await deps.organisations.get(tenant);
      // What was written meanwhile is newer than what was being read.
      if (known.record === before) known.record = record;
      known.readAt = deps.monotonicNow();
      known.until = known.readAt + FRESH_MS;
    } catch (error) {
      deps.log.warn({ code: codeOf(error) }, 'what HR filled in cannot be read');
      known.until = deps.monotonicNow() + AGAIN_MS;
    } finally {
      known.reading = null;
    }
  };
  const knownOf = (tenant: string): Known => {
    const found = tenants.get(tenant);
    if (found !== undefined) return found;
    const fresh: Known = {
      record: defaultOrganisation(tenant),
      readAt: null,
      until: 0,
      reading: null,
      late: false,
    };
    tenants.set(tenant, fresh);
    return fresh;
  };
  return {
    async of(tenant) {
      const known = knownOf(tenant);
      if (known.reading === null && deps.monotonicNow() >= known.until) {
        known.late = false;
        known.reading = read(tenant, known);
      }
      if (known.reading !== null && !known.late) {
        const { reading } = known;
        const read = await withTimeout(MOST_WAITED_MS, reading, deps.after);
        if (read === TIMED_OUT && known.reading === reading) known.late = true;
      }
      return known.record;
    },
    async forAuthorization(tenant) {
      const known = knownOf(tenant);
      const trusted = () => known.readAt !== null && deps.monotonicNow() - known.readAt < TRUSTED_MS;
      // Tables that failed a moment ago are asked again all the same: nobody can record until they answer.
      if (known.reading === null && (deps.monotonicNow() >= known.until || !trusted())) {
        known.late = false;
        known.reading = read(tenant, known);
      }
      if (known.reading !== null)
        void (await withTimeout(MOST_WAITED_TO_AUTHORIZE_MS, known.reading, deps.after));
      return trusted() ? known.record : null;
    },
    learn(record) {
      const known = knownOf(record.tenant);
      known.record = record;
      known.readAt = deps.monotonicNow();
      known.until = known.readAt + FRESH_MS;
    },
  };
}
