import { monitorEventLoopDelay } from 'node:perf_hooks';
import type { Shown } from './metrics.js';

export type ProcessFigures = {
  eventLoopDelay(): readonly Shown<'kopje_event_loop_delay_seconds'>[];
  memory(): readonly Shown<'kopje_memory_bytes'>[];
  stop(): void;
};

/** How often the loop is looked at, in milliseconds: a delay shorter than this is none. */
const RESOLUTION_MS = 20;
/** Two that collect figures at their own times must not each see only what came after the other. */
const LEAST_WINDOW_MS = 50_000;

/** What the process tells of itself. `monotonicNow` in milliseconds. */
export function processFigures(monotonicNow: () => number): ProcessFigures {
  const delay = monitorEventLoopDelay({ resolution: RESOLUTION_MS });
  delay.enable();
  let windowBegan = monotonicNow();
  // What it measures is the time between two looks, of which one resolution is no delay.
  const seconds = (nanoseconds: number) => Math.max(0, nanoseconds / 1e9 - RESOLUTION_MS / 1_000);
  return {
    eventLoopDelay() {
      const shown = [
        { value: seconds(delay.percentile(50)), attributes: { percentile: '50' } },
        { value: seconds(delay.percentile(99)), attributes: { percentile: '99' } },
        { value: seconds(delay.max), attributes: { percentile: '100' } },
      ] as const;
      if (monotonicNow() - windowBegan >= LEAST_WINDOW_MS) {
        delay.reset();
        windowBegan = monotonicNow();
      }
      return shown;
    },
    memory() {
      const { rss, heapUsed } = process.memoryUsage();
      return [
        { value: rss, attributes: { part: 'rss' } },
        { value: heapUsed, attributes: { part: 'heap-used' } },
      ];
    },
    stop: () => void delay.disable(),
  };
}
