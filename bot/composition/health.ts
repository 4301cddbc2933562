import packageJson from '../../package.json' with { type: 'json' };
import { createHealth } from '../services/health-check.js';
import type { Foundation } from './foundation.js';
import type { Microsoft } from './microsoft.js';
import type { Storage } from './storage.js';

export type Health = ReturnType<typeof composeHealth>;

/** Whether the bot is well, which it knows from the tables and from what it is told here. */
export function composeHealth(
  { config, deps, timing }: Foundation,
  parts: { readonly storage: Storage; readonly microsoft: Microsoft },
) {
  const { tables, stores } = parts.storage;
  const { monotonicNow } = timing;
  /** In ticks of `monotonicNow`; null until it happens. */
  const happened: { startedAt: number | null; recordedAt: number | null } = {
    startedAt: null,
    recordedAt: null,
  };
  const health = createHealth({
    tables,
    stores,
    version: packageJson.version,
    reminders: config.reminders,
    end: parts.microsoft.end,
    now: deps.now,
    monotonicNow,
    startedAt: () => happened.startedAt,
    recordedAt: () => happened.recordedAt,
  });
  return {
    ...health,
    /** Told when this instance has its tables. */
    started() {
      happened.startedAt = monotonicNow();
    },
    /** Told when this instance has recorded a run of the reminders. */
    recorded() {
      happened.recordedAt = monotonicNow();
    },
  };
}
