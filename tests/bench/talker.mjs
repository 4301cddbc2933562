// A bot to talk to, as a process of its own: `ours` as it is served, or `echo`, the bare botbuilder sample on restify.
import { randomUUID } from 'node:crypto';
import { CloudAdapter, ConfigurationBotFrameworkAuthentication } from 'botbuilder';
import pino from 'pino';
import restify from 'restify';
import { parseConfig } from '../../dist/bot/config.js';
import { composeBot } from '../../dist/bot/main.js';
import { UNLIMITED } from '../../dist/bot/request-limits.js';

const [which, connectionString] = process.argv.slice(2);
const bot = which === 'echo' ? await startEcho() : await startOurs();

process.on('message', () => {
  global.gc?.();
  const { rss } = process.memoryUsage();
  process.send({
    tableRequests: bot.tableRequests(),
    used: process.cpuUsage(),
    rssMb: Math.round(rss / 2 ** 20),
  });
});
process.on('disconnect', () => process.exit(0));
process.send({ url: bot.url });

async function startOurs() {
  const parsed = parseConfig({
    PORT: '0',
    BOT_ENV: 'development',
    AZURE_TABLES_CONNECTION_STRING: connectionString,
    TABLE_PREFIX: `chat${process.pid}`,
    REMINDERS: 'off',
  });
  if (!parsed.ok) throw new Error(parsed.problems.join());
  const ours = composeBot(parsed.config, {
    now: () => new Date(),
    newId: randomUUID,
    log: pino({ level: 'silent' }),
    requestLimits: UNLIMITED,
  });
  const url = await ours.start();
  return { url, tableRequests: () => ours.tables.requests() };
}

/** As the samples have it: restify, the adapter's own `process`, one answer. */
async function startEcho() {
  const adapter = new CloudAdapter(new ConfigurationBotFrameworkAuthentication({}));
  const server = restify.createServer();
  server.use(restify.plugins.bodyParser());
  server.post('/api/messages', async (request, response) => {
    await adapter.process(request, response, async (context) => {
      if (context.activity.type === 'message') await context.sendActivity(`echo: ${context.activity.text}`);
    });
  });
  await new Promise((listening) => server.listen(0, '127.0.0.1', listening));
  return { url: `http://127.0.0.1:${server.address().port}`, tableRequests: () => 0 };
}
