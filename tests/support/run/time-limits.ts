/** More than 1 for a machine that has much else to do: `PATIENCE=4 npm test`. */
const PATIENCE = Number(process.env.PATIENCE ?? 1);

/**
 * How long a test or what it waits for may take, in milliseconds: given as on a machine that has little else to do. What
 * is a limit of the product itself, such as the time of a turn, is no such limit.
 */
export function limit(ms: number): number {
  return ms * PATIENCE;
}
/** A test that hangs is to be found soon. */
export const SOON_MS = limit(10_000);
export const LATE_MS = limit(60_000);
const LAST_MS = limit(240_000);

/** What measures out time against Teams' limits, or many processes against each other, has the machine to itself. */
export const ALONE = ['tests/resilience/instances.test.ts', 'tests/resilience/limits.test.ts'];

/**
 * What takes longest, to begin first: what waits beside what computes, so that no core is left over and none is alone
 * with the last of it.
 */
export const FIRST = [
  'tests/resilience/channel.test.ts',
  'tests/resilience/alerts.test.ts',
  'tests/bot/command.test.ts',
  'tests/writes/presses.test.ts',
  'tests/security/reach.test.ts',
  'tests/programs/attack/attack.test.ts',
  'tests/journeys/playground.browser.test.ts',
  'tests/infra/local/start.test.ts',
  'tests/programs/simulation/simulate.test.ts',
  'tests/resilience/stopping.test.ts',
  'tests/resilience/restore.test.ts',
  'tests/resilience/tables.test.ts',
  'tests/security/presses.fuzz.test.ts',
  'tests/compatibility/jobs.test.ts',
  'tests/journeys/scan.test.ts',
  'tests/resilience/operator.test.ts',
  'tests/compatibility/showing.test.ts',
  'tests/compatibility/changing.test.ts',
  'tests/resilience/scan-sweep.test.ts',
  'tests/security/keeps.test.ts',
  'tests/jobs/schedule.test.ts',
];

/** What may take longer than other tests, by why. */
const LONG = [
  // Processes of their own, compilers, a browser.
  /\/tests\/(infra|programs)\//,
  /\.browser\.test\.ts$/,
  /\/tests\/bot\/command\.test\.ts$/,
  /\/tests\/bot\/nlu\/.*\/(screen|learn)\.test\.ts$/,
  /\/tests\/bot\/nlu\/ask\.test\.ts$/,
  /\/tests\/support\/azure\/azurite\.test\.ts$/,
  /\/tests\/resilience\//,
  // Whole stored organisations, all cards at once, weeks of reminders, deaths at each write, many presses in one test.
  /\/tests\/(compatibility|writes)\//,
  /\/tests\/cards\/(gallery|rendering)\.test\.ts$/,
  /\/tests\/jobs\/schedule\.test\.ts$/,
  /\/tests\/jobs\/reminders\/(crash|gone|no-luck|no-promise-vanishes)\.test\.ts$/,
  /\/tests\/security\/(inherited-names|keeps|presses\.fuzz|reach|telemetry)\.test\.ts$/,
  /\/tests\/journeys\/(danger-first|requests|scan)\.test\.ts$/,
];
/** What may take longest: many processes or people in one test, weeks of figures, a long walk through a browser. */
const LONGEST = [
  /\/tests\/resilience\/(alerts|channel|flapping-saves|instances|limits|operator|restore|scan-sweep|stopping)\.test\.ts$/,
  /\/tests\/programs\/attack\//,
  /\/tests\/journeys\/(deployed|playground\.browser)\.test\.ts$/,
  /\/tests\/security\/raw-requests\.fuzz\.test\.ts$/,
];

/** How long a test of this file may take, in milliseconds. */
export function limitOf(path: string): number {
  const isAmong = (patterns: readonly RegExp[]) => patterns.some((pattern) => pattern.test(path));
  return isAmong(LONGEST) ? LAST_MS : isAmong(LONG) ? LATE_MS : SOON_MS;
}
