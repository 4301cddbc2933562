import { defineConfig } from 'vitest/config';

/** What measures out time against Teams' limits, or many processes against each other, has the machine to itself. */
const ALONE = ['channel', 'instances', 'limits'].map((name) => `tests/resilience/${name}.test.ts`);
/** Much of it waits for another process: one worker more than the two cores that there are at least. */
const TOGETHER = 3;

export default defineConfig({
  test: {
    // Files share what they import: loading Bot Framework anew for each took as long as all tests together.
    isolate: false,
    root: new URL('..', import.meta.url).pathname,
    globalSetup: ['tests/support/global-setup.ts'],
    testTimeout: 60_000,
    hookTimeout: 60_000,
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
        test: { name: 'alone', include: ALONE, fileParallelism: false, sequence: { groupOrder: 1 } },
      },
    ],
  },
});
