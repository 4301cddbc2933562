import { defineConfig } from 'vitest/config';

/** What measures out time against Teams' limits, or many processes against each other, has the machine to itself. */
const ALONE = ['tests/faults/**/*.test.ts'];

export default defineConfig({
  test: {
    // Files share what they import: loading Bot Framework anew for each took as long as all tests together.
    isolate: false,
    root: new URL('..', import.meta.url).pathname,
    globalSetup: ['tests/support/global-setup.ts'],
    testTimeout: 20_000,
    hookTimeout: 30_000,
    projects: [
      {
        extends: true,
        test: {
          name: 'together',
          include: ['tests/**/*.test.ts'],
          exclude: ALONE,
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
