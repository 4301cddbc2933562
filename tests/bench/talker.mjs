// A bot to talk to, as a process of its own: `ours` as it is served, or `echo`, the bare botbuilder sample on restify.
import { randomUUID } from 'node:crypto';
import { CloudAdapter, ConfigurationBotFrameworkAuthentication } from 'botbuilder';
import pino from 'pino';
import restify from 'restify';
import { parseConfig } from '../../dist/bot/config.js';
import { takeConsole } from '../../dist/bot/log.js';
import { composeBot } from '../../dist/bot/main.js';
import { UNLIMITED } from '../../dist/bot/request-limits.js';

// With the address of an issuer it wants its tokens, as in production.
const [which, connectionString, issuer] = process.argv.slice(2);
const guarded = {
  HOST: '127.0.0.1',
  MicrosoftAppId: '0c5cfdbb-c596-4d39-b557-5d9516c94107',
  MicrosoftAppPassword: 'not-used',
  MicrosoftAppTenantId: '72f988bf-0000-4000-8000-000000000001',
};
const bot = which === 'echo' ? await startEcho() : await startOurs();

process.on('message', () => {
  global.gc?.();
  const { rss, heapUsed } = process.memoryUsage();
  process.send({
    tableRequests: bot.tableRequests(),
    used: process.cpuUsage(),
    rssMb: Math.round(rss / 2 ** 20),
    heapMb: Math.round((heapUsed / 2 ** 20) * 10) / 10,
  });
});
process.on('disconnect', () => process.exit(0));
process.send({ url: bot.url });

async function startOurs() {
  const parsed = parseConfig({
    PORT: '0',
    ...(issuer === undefined ? { BOT_ENV: 'development' } : guarded),
    AZURE_TABLES_CONNECTION_STRING: connectionString,
    TABLE_PREFIX: `chat${process.pid}`,
    REMINDERS: 'off',
  });
  if (!parsed.ok) throw new Error(parsed.problems.join());
  const log = pino({ level: 'silent' });
  takeConsole(log);
  const ours = composeBot(parsed.config, {
    now: () => new Date(),
    newId: randomUUID,
    log,
    limits: UNLIMITED,
    ...(issuer === undefined ? {} : { authentication: believing(issuer) }),
  });
  const url = await ours.start();
  return { url, tableRequests: () => ours.tables.requests() };
}

function believing(origin) {
  return new ConfigurationBotFrameworkAuthentication(
    {
      ToChannelFromBotLoginUrl: `${origin}/login`,
      ToChannelFromBotOAuthScope: 'https://api.botframework.com',
      ToBotFromChannelTokenIssuer: 'https://api.botframework.com',
      ToBotFromChannelOpenIdMetadataUrl: `${origin}/openid`,
      ToBotFromEmulatorOpenIdMetadataUrl: `${origin}/openid`,
      OAuthUrl: origin,
      CallerId: '',
    },
    {
      isValidAppId: async (id) => id === guarded.MicrosoftAppId,
      isAuthenticationDisabled: async () => false,
      createCredentials: async () => ({ signRequest: async (request) => request }),
    },
  );
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
