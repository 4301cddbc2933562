import { defineConfig } from 'vitest/config';

/** What measures out time against Teams' limits, or many processes against each other, has the machine to itself. */
const ALONE = [
  ...['channel', 'instances', 'limits'].map((name) => `tests/resilience/${name}.test.ts`),
  'tests/programs/attack/attack.test.ts',
];
/** What may take longer than other tests, by why. */
const LONG = [
  // Processes of their own, compilers, a browser.
  ...['tests/infra/**/*.test.ts', 'tests/programs/**/*.test.ts', 'tests/**/*.browser.test.ts'],
  ...['tests/bot/command.test.ts', 'tests/bot/nlu/**/{ask,screen,learn}.test.ts'],
  ...['tests/support/azure/azurite.test.ts', 'tests/resilience/**/*.test.ts'],
  // Whole stored organisations, all cards at once, weeks of reminders, deaths at each write, many presses in one test.
  ...['tests/compatibility/**/*.test.ts', 'tests/cards/{gallery,rendering}.test.ts'],
  ...['tests/jobs/reminders/{crash,gone,no-luck,no-promise-vanishes}.test.ts'],
  ...[
    'tests/security/{inherited-names,presses.fuzz,reach,telemetry}.test.ts',
    'tests/journeys/requests.test.ts',
  ],
];
/** Much of it waits for another process: one worker more than the two cores that there are at least. */
const TOGETHER = 3;
/** More than 1 for a machine that has much else to do: `PATIENCE=4 npm test`. */
const PATIENCE = Number(process.env.PATIENCE ?? 1);
/** A test that hangs is to be found soon. */
const SOON_MS = 10_000 * PATIENCE;
const LATE_MS = 60_000 * PATIENCE;

export default defineConfig({
  test: {
    // Files share what they import: loading Bot Framework anew for each took as long as all tests together.
    isolate: false,
    root: new URL('..', import.meta.url).pathname,
    globalSetup: ['tests/support/global-setup.ts'],
    hookTimeout: LATE_MS,
    projects: [
      {
        extends: true,
        test: {
          name: 'together',
          include: ['tests/**/*.test.ts'],
          exclude: [...ALONE, ...LONG],
          testTimeout: SOON_MS,
          maxWorkers: TOGETHER,
          sequence: { groupOrder: 0 },
        },
      },
      {
        extends: true,
        test: {
          name: 'long',
          include: LONG,
          exclude: ALONE,
          testTimeout: LATE_MS,
          maxWorkers: TOGETHER,
          sequence: { groupOrder: 0 },
        },
      },
      {
        extends: true,
        test: {
          name: 'alone',
          include: ALONE,
          testTimeout: LATE_MS,
          fileParallelism: false,
          sequence: { groupOrder: 1 },
        },
      },
    ],
  },
});
