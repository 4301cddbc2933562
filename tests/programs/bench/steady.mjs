// 200 people talk for two minutes while a sweep of 5,000 reminders runs: npm run bench:steady, with -- --quick for
// twenty seconds and -- --json for JSON alone.
import { Agent } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { startChannel, startTables, startTalker } from './processes.mjs';
import { say } from './say.mjs';
import { NINE } from './stored.mjs';

const { values } = parseArgs({
  options: { json: { type: 'boolean', default: false }, quick: { type: 'boolean', default: false } },
});
const PEOPLE = 200;
const SECONDS = values.quick ? 20 : 120;
const REMINDERS = values.quick ? 800 : 5_000;
/** What people do between two messages: read. */
const THINK_MS = { least: 1_000, more: 2_000 };
const TEXTS = [
  'hoe begin ik het gesprek',
  'ik wil met iemand praten',
  'kopje koffie',
  'mijn overzicht',
  'instellingen',
  'wat mag ik vragen',
  'ik weet niet zo goed hoe ik dit met hem moet bespreken',
  'which measures are there for workload',
  'welke signalen zijn er',
  'welke evaluaties staan er open',
];
const SLOW_MS = 1_000;

const tables = await startTables();
const channel = await startChannel(false);
const bot = await startTalker('ours', tables.connectionString);
const agent = new Agent({ keepAlive: true });
for (let number = 0; number < PEOPLE; number += 1)
  await say({ bot, channel, agent }, number, TEXTS[number % 10]);
const before = await bot.asks();
await bot.seed({ people: REMINDERS, serviceUrl: channel.serviceUrl });
await channel.taken();

const times = [];
const errors = new Map();
let turns = 0;
const until = performance.now() + SECONDS * 1_000;
const sweep = bot.remind(NINE);
await Promise.all(Array.from({ length: PEOPLE }, (_, number) => talk(number)));
const result = await sweep;
const after = await bot.asks();
const { times: arrived } = await channel.taken();
await bot.stop();
await Promise.all([tables.stop(), channel.stop()]);
times.sort((one, other) => one - other);
const report = {
  date: new Date().toISOString(),
  node: process.version,
  people: PEOPLE,
  seconds: SECONDS,
  turns,
  errors: Object.fromEntries(errors),
  medianMs: Math.round(times[times.length >> 1]),
  p95Ms: Math.round(times[Math.floor(times.length * 0.95)]),
  p99Ms: Math.round(times[Math.floor(times.length * 0.99)]),
  underASecond: times.filter((ms) => ms < SLOW_MS).length / times.length,
  reminders: {
    due: result.due,
    sent: result.sent,
    failed: result.failed,
    seconds: Math.round(result.ms / 1_000),
  },
  arrived: arrived.length,
  blockedMs: after.blockedMs,
  heapMb: { before: before.heapMb, after: after.heapMb },
};
process.stdout.write(values.json ? `${JSON.stringify(report)}\n` : asText(report));
const good = errors.size === 0 && result.sent === REMINDERS && report.underASecond >= 0.95;
process.exit(good ? 0 : 1);

async function talk(number) {
  await pause(Math.random() * THINK_MS.more);
  while (performance.now() < until) {
    const at = performance.now();
    turns += 1;
    try {
      await say({ bot, channel, agent }, number, TEXTS[(number + turns) % TEXTS.length]);
      times.push(performance.now() - at);
    } catch (error) {
      const what = error.code ?? error.message;
      errors.set(what, (errors.get(what) ?? 0) + 1);
    }
    await pause(THINK_MS.least + Math.random() * THINK_MS.more);
  }
}

function asText({ date, node, reminders, heapMb, ...told }) {
  return `${told.people} people talked for ${told.seconds} s while ${reminders.due} reminders went out, measured ${date.slice(0, 10)}, Node ${node}.
Turns ${told.turns}, errors ${JSON.stringify(told.errors)}; median ${told.medianMs} ms, 95th percentile ${told.p95Ms} ms, 99th ${told.p99Ms} ms; under a second ${(told.underASecond * 100).toFixed(1)} percent.
Reminders sent ${reminders.sent} of ${reminders.due}, failed ${reminders.failed}, in ${reminders.seconds} s.
The longest that nothing else could run: ${told.blockedMs} ms. Heap after collecting garbage ${heapMb.before} MB before, ${heapMb.after} MB after.
`;
}
