import { randomUUID } from 'node:crypto';
import { TableClient } from '@azure/data-tables';
import { CloudAdapter, ConfigurationBotFrameworkAuthentication, MessageFactory } from 'botbuilder';
import { parseConfig } from '../../../dist/bot/config.js';
import { createLog } from '../../../dist/bot/log.js';
import { composeBot } from '../../../dist/bot/main.js';
import { createNlu } from '../../../dist/bot/nlu/nlu.js';
import { costOf } from './processes.mjs';
import { crowd, MOST_STORING_MS, NINE, planDue, storeCrowd, storeLater } from './stored.mjs';

/** A find is short: the middle of several, after as many that only warm up. */
const FINDS = 15;
/** The loop of the samples reads a person at a time; Azurite goes through all people of a tenant to find one. */
const TENANTS_OF_LOOP = 50;

let prefixes = 0;

/** The bot with tables of its own; `sendRate` of nothing is Teams' own. */
export async function openBot(connectionString, sendRate) {
  prefixes += 1;
  const parsed = parseConfig({
    BOT_ENV: 'development',
    AZURE_TABLES_CONNECTION_STRING: connectionString,
    TABLE_PREFIX: `bench${prefixes}`,
    REMINDERS: 'off',
    LOG_LEVEL: 'error',
  });
  if (!parsed.ok) throw new Error(parsed.problems.join('\n'));
  const bot = composeBot(parsed.config, {
    now: () => new Date(NINE),
    newId: randomUUID,
    nlu: async () => createNlu(),
    log: createLog('error'),
    ...(sendRate === undefined ? {} : { sendRate }),
  });
  await bot.tables.create();
  const reminders = bot.jobs.find(({ name }) => name === 'reminders');
  return {
    ...bot,
    prefix: parsed.config.tablePrefix,
    remind: () => reminders.run({ at: NINE, dryRun: false }),
  };
}

/** The same without any pace. */
export const openUnhurried = (connectionString) => openBot(connectionString, Number.POSITIVE_INFINITY);

/** Sends what is due for people with so many agreements each, among what is stored already. */
export async function engine(bot, { tables, channel }, { people, agreements, stored }) {
  const who = crowd(`e${agreements}`, people, agreements, channel.serviceUrl);
  await storeCrowd(bot.tables, who);
  await planDue(bot.stores.reminders, who);
  await channel.taken();
  const cost = await costOf(tables, channel, () => bot.remind());
  const { result } = cost;
  const { times } = await channel.taken();
  expect(result.due, people * agreements, 'reminders due');
  expect(result.sent, result.due, 'reminders sent');
  expect(times.length, people, 'messages that came');
  await forgetSent(bot);
  return {
    due: result.due,
    stored: stored + result.due,
    people,
    requestsEach: round(result.tableRequests / result.sent, 2),
    ...speedOf(cost, result.sent),
  };
}

/** How fast it went, what each took of the processor and where; `othersShare` is what else the machine was at. */
function speedOf(cost, count) {
  return {
    perSecond: round(count / (cost.ms / 1_000), 0),
    botMsEach: round(cost.bot / count, 2),
    tablesMsEach: round(cost.tables / count, 2),
    channelMsEach: round(cost.channel / count, 2),
    // Azurite is one thread: faster than this it cannot go, whatever asks it.
    tablesMostPerSecond: round((count * 1_000) / cost.tables, 0),
    othersShare: round(cost.othersShare, 2),
    seconds: round(cost.ms / 1_000, 1),
  };
}

/** Takes away what a run planned anew, so that the next measure finds the same. */
async function forgetSent({ stores: { reminders } }) {
  const rows = [];
  for await (const { stored } of reminders.due('2027-05-01T00:00:00.000Z')) rows.push(stored);
  await reminders.removeAll(rows);
}

/** The loop of the samples: one after the other, the reference read from the table each time. */
export async function plainLoop(bot, { tables, channel }, messages) {
  const { connectionString } = tables;
  const who = crowd('m', messages, 1, channel.serviceUrl, TENANTS_OF_LOOP);
  await storeCrowd(bot.tables, who);
  const adapter = new CloudAdapter(new ConfigurationBotFrameworkAuthentication({}));
  const table = TableClient.fromConnectionString(connectionString, `${bot.prefix}people`, {
    allowInsecureConnection: true,
  });
  await channel.taken();
  const cost = await costOf(tables, channel, async () => {
    for (const { tenant, id } of who) {
      const { reference } = await table.getEntity(tenant, id);
      const { channel: channelId, serviceUrl, conversation, bot: from, user } = JSON.parse(reference);
      const to = {
        channelId,
        serviceUrl,
        conversation: { id: conversation, tenantId: tenant },
        bot: { id: from },
        user: { id: user },
      };
      await adapter.continueConversationAsync('', to, async (context) => {
        await context.sendActivity(MessageFactory.text('Vandaag kijken jullie terug.'));
      });
    }
  });
  expect((await channel.taken()).times.length, messages, 'messages of the plain loop');
  return { messages, requestsEach: 1, ...speedOf(cost, messages) };
}

/** Sends at Teams' pace to a channel that counts strictly. */
export async function limited(bot, { tables, strict: channel }, messages) {
  const who = crowd('m', messages, 1, channel.serviceUrl);
  await storeCrowd(bot.tables, who);
  await planDue(bot.stores.reminders, who);
  const { result, othersShare } = await costOf(tables, channel, () => bot.remind());
  const { times, refused } = await channel.taken();
  expect(result.sent, messages, 'reminders sent at the limit');
  const start = Math.min(...times, ...refused);
  const steady = times.filter((time) => time >= start + 1_000);
  const seconds = (steady.at(-1) - steady[0]) / 1_000;
  return {
    messages,
    perSecond: round((steady.length - 1) / seconds, 1),
    refusedInFirstSecond: refused.filter((time) => time < start + 1_000).length,
    refusedAfter: refused.filter((time) => time >= start + 1_000).length,
    othersShare: round(othersShare, 2),
    seconds: round(result.ms / 1_000, 1),
  };
}

/** Fills up to `total` stored, of which `due` are due, and finds those; among fewer when storing takes too long. */
export async function growth(bot, { due, total, laterStored }) {
  const { reminders } = bot.stores;
  const began = performance.now();
  const later = await storeLater(reminders, laterStored, total - due, began + MOST_STORING_MS);
  const storingSeconds = round((performance.now() - began) / 1_000, 1);
  const cpus = [];
  let requests = 0;
  let entities = 0;
  let seconds = 0;
  for (let finds = 0; finds < 2 * FINDS; finds += 1) {
    const before = bot.tables.requests();
    const cpu = process.cpuUsage();
    const started = performance.now();
    entities = 0;
    for await (const _row of reminders.due(NINE)) entities += 1;
    seconds = (performance.now() - started) / 1_000;
    const used = process.cpuUsage(cpu);
    cpus.push((used.user + used.system) / 1_000);
    requests = bot.tables.requests() - before;
  }
  expect(entities, due, 'due reminders found');
  const counted = cpus.slice(FINDS).toSorted((one, other) => one - other);
  const ownCpuMs = round(counted[Math.floor(FINDS / 2)], 1);
  const stored = { stored: later + due, wanted: total, storingSeconds, laterStored: later };
  return { ...stored, requests, entities, ownCpuMs, seconds: round(seconds, 2) };
}

function expect(actual, wanted, what) {
  if (actual !== wanted) throw new Error(`${what}: ${actual}, not ${wanted}`);
}

function round(number, digits) {
  return Number(number.toFixed(digits));
}
