// A bot to talk to, as a process of its own: `ours` as it is served, `again` too, `watched` the same with all figures, or `echo`, the bare botbuilder sample on restify.
import { randomUUID } from 'node:crypto';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import pino from 'pino';
import { parseConfig } from '../../../dist/bot/config.js';
import { UNLIMITED } from '../../../dist/bot/http/request-limits.js';
import { takeConsole } from '../../../dist/bot/log.js';
import { composeBot } from '../../../dist/bot/main.js';
import { createNlu } from '../../../dist/bot/nlu/nlu.js';
import { openExporters } from '../../../dist/bot/telemetry/exporters.js';
import { startEcho } from './echo.mjs';
import { crowd, planDue, storeCrowd } from './stored.mjs';

const [which, connectionString] = process.argv.slice(2);
const bot = which === 'echo' ? await startEcho() : await startOurs();

const delay = monitorEventLoopDelay({ resolution: 10 });
delay.enable();

process.on('message', async ({ seed, remind }) => {
  if (seed !== undefined) {
    await bot.seed(seed);
    delay.reset();
    return process.send({ seeded: true });
  }
  if (remind !== undefined) return process.send({ result: await bot.remind(remind) });
  // Before the memory is tidied: that is not of the turns.
  const used = process.cpuUsage();
  global.gc?.();
  const { rss, heapUsed } = process.memoryUsage();
  process.send({
    tableRequests: bot.tableRequests(),
    used,
    after: process.cpuUsage(),
    rssMb: Math.round(rss / 2 ** 20),
    heapMb: Math.round((heapUsed / 2 ** 20) * 10) / 10,
    /** The longest that nothing else could run. */
    blockedMs: Math.round(delay.max / 1e6),
  });
});
process.on('disconnect', () => process.exit(0));
process.send({ url: bot.url, scrapeUrl: bot.scrapeUrl });

async function startOurs() {
  const parsed = parseConfig({
    PORT: '0',
    BOT_ENV: 'development',
    AZURE_TABLES_CONNECTION_STRING: connectionString,
    TABLE_PREFIX: `chat${process.pid}`,
    REMINDERS: 'off',
  });
  if (!parsed.ok) throw new Error(parsed.problems.join());
  const log = pino({ level: 'silent' });
  takeConsole(log);
  const exporters =
    which === 'watched'
      ? await openExporters(
          {
            ...{ prometheus: { host: '127.0.0.1', port: 0 }, otlpMetrics: false, otlpTraces: false },
            ...{ exportIntervalMillis: 60_000, log: true },
          },
          { log, instance: 'bench' },
        )
      : null;
  const ours = composeBot(parsed.config, {
    now: () => new Date(),
    newId: randomUUID,
    nlu: async () => createNlu(),
    log,
    limits: UNLIMITED,
    ...(exporters === null ? {} : { telemetry: exporters.telemetry }),
  });
  const url = await ours.start();
  return {
    url,
    scrapeUrl: exporters?.address,
    tableRequests: () => ours.tables.requests(),
    /** Reminders that are due for so many people, each with a conversation at the channel. */
    async seed({ people, serviceUrl }) {
      const who = crowd('s', people, 1, serviceUrl);
      await storeCrowd(ours.tables, who);
      await planDue(ours.stores.reminders, who);
    },
    remind: (at) => ours.jobs.find(({ name }) => name === 'reminders').run({ at, dryRun: false }),
  };
}
