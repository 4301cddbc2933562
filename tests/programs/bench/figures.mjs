// What being measured costs a turn, by itself: npm run bench:figures. Beside a whole turn it drowns in what else a machine
// does; `npm run bench:chat -- --watched` has both on one that is quiet.
import { openExporters } from '../../../dist/bot/telemetry/exporters.js';
import { createWatch } from '../../../dist/bot/telemetry/watch.js';

const TURNS = 100_000;
const SCRAPES = 200;
const ROUNDS = 5;
const silent = () => undefined;
const log = { debug: silent, info: silent, warn: silent, error: silent, fatal: silent };
const SETTINGS = {
  ...{ prometheus: { host: '127.0.0.1', port: 0 }, otlpMetrics: false, otlpTraces: false },
  ...{ exportIntervalMillis: 60_000, log: true },
};
const exporters = await openExporters(SETTINGS, { log, instance: 'bench' });

const found = { off: [], on: [] };
for (let round = 0; round < ROUNDS; round += 1) {
  found.off.push(await turns(null));
  found.on.push(await turns(exporters.telemetry));
}
const scrape = await microsecondsOf(SCRAPES, async () => (await fetch(exporters.address)).text());
const middle = (all) => [...all].sort((one, other) => one - other)[all.length >> 1];
process.stdout.write(
  `Processor, median of ${ROUNDS}: a turn of two table requests and one message takes ${middle(found.on).toFixed(1)} µs of figures, ` +
    `${middle(found.off).toFixed(1)} with none; a scrape ${(scrape / 1_000).toFixed(1)} ms.\n`,
);
await exporters.stop();

/** What a turn tells: itself, two requests to the tables, a message. */
async function turns(telemetry) {
  const watch = createWatch({
    telemetry,
    now: () => new Date(),
    monotonicNow: () => performance.now(),
    newId: () => 'bench',
    reminders: true,
  });
  const date = new Date().toUTCString();
  const turn = () =>
    watch.turn({ type: 'message' }, async () => {
      for (let request = 0; request < 2; request += 1) watch.tables('get')({ status: 200, date });
      watch.channel('answer', false)({ outcome: { kind: 'sent' }, status: 201 });
      return 'answered';
    });
  await microsecondsOf(TURNS / 5, turn);
  return microsecondsOf(TURNS, turn);
}

async function microsecondsOf(times, act) {
  const before = process.cpuUsage();
  for (let time = 0; time < times; time += 1) await act();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / times;
}
