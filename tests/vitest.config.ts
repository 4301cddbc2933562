import { defineConfig } from 'vitest/config';
import { LongestFirst } from './support/run/longest-first.js';
import { ALONE, LATE_MS, SOON_MS } from './support/run/time-limits.js';

/** Much of it waits for another process: one worker more than the two cores that there are at least. */
const TOGETHER = 3;

export default defineConfig({
  test: {
    // Files share what they import: loading Bot Framework anew for each took as long as all tests together.
    isolate: false,
    root: new URL('..', import.meta.url).pathname,
    globalSetup: ['tests/support/global-setup.ts'],
    setupFiles: ['tests/support/run/set-limit.ts'],
    sequence: { sequencer: LongestFirst },
    hookTimeout: LATE_MS,
    testTimeout: SOON_MS,
    projects: [
      {
        extends: true,
        test: {
          name: 'together',
          include: ['tests/**/*.test.ts'],
          exclude: ALONE,
          maxWorkers: TOGETHER,
          sequence: { groupOrder: 0 },
        },
      },
      {
        extends: true,
        test: {
          name: 'alone',
          include: ALONE,
          fileParallelism: false,
          sequence: { groupOrder: 1 },
        },
      },
    ],
  },
});
