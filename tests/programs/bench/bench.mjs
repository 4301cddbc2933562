// Measures the reminders: npm run bench, with -- --quick for a minute's version and -- --json for JSON alone.
import { cpus, totalmem } from 'node:os';
import { parseArgs } from 'node:util';
import { engine, growth, limited, openBot, openUnhurried, plainLoop } from './measures.mjs';
import { startChannel, startTables } from './processes.mjs';
import { crowd, MOST_STORING_MS, NINE, planDue, storeLater } from './stored.mjs';

const { values } = parseArgs({
  options: { quick: { type: 'boolean', default: false }, json: { type: 'boolean', default: false } },
});
const sizes = values.quick
  ? { due: 2_000, stored: 20_000, found: 1_000, grow: [5_000, 20_000], limited: 400, plain: 300 }
  : {
      due: 10_000,
      stored: 100_000,
      found: 1_000,
      grow: [10_000, 100_000, 1_000_000],
      limited: 1_000,
      plain: 2_000,
    };

const tables = await startTables();
const channel = await startChannel(false);
const strict = await startChannel(true);
const processes = { tables, channel, strict };
const report = {
  date: new Date().toISOString(),
  machine: {
    cores: cpus().length,
    processor: cpus()[0]?.model ?? 'unknown',
    memoryGb: Math.round(totalmem() / 2 ** 30),
    node: process.version,
    platform: `${process.platform} ${process.arch}`,
  },
  repeat: `npm run bench${values.quick ? ' -- --quick' : ''}`,
  engine: [],
  growth: [],
};

tell('the plain loop');
const plainBot = await openUnhurried(tables.connectionString);
report.plainLoop = await plainLoop(plainBot, processes, sizes.plain);
tell('sending at the limit');
report.limited = await limited(await openBot(tables.connectionString), processes, sizes.limited);

const bot = await openUnhurried(tables.connectionString);
const { reminders } = bot.stores;
// What is found stays due throughout the growth; who it is for does not matter.
let laterStored = 0;
let finders = await dueToBeFound();
for (const total of sizes.grow) {
  if (total === sizes.stored) await measureEngine();
  tell(`storing ${total.toLocaleString('en')} reminders`);
  const found = await growth(bot, { due: sizes.found, total, laterStored });
  laterStored = found.laterStored;
  report.growth.push(found);
}

await Promise.all([tables.stop(), channel.stop(), strict.stop()]);
process.stdout.write(values.json ? `${JSON.stringify(report)}\n` : asText(report));
process.exit(0);

async function dueToBeFound() {
  await planDue(reminders, crowd('f', sizes.found, 1, channel.serviceUrl));
  const rows = [];
  for await (const { stored } of reminders.due(NINE)) rows.push(stored);
  return rows;
}

async function measureEngine() {
  const { due, stored } = sizes;
  await reminders.removeAll(finders);
  tell(`storing ${stored.toLocaleString('en')} reminders`);
  laterStored = await storeLater(reminders, laterStored, stored - due, performance.now() + MOST_STORING_MS);
  for (const agreements of [4, 1]) {
    tell(`sending ${due.toLocaleString('en')}, ${agreements} for each manager`);
    report.engine.push(
      await engine(bot, processes, { people: due / agreements, agreements, stored: laterStored }),
    );
  }
  finders = await dueToBeFound();
}

/** What it is at, on stderr: stdout is for the report. */
function tell(what) {
  process.stderr.write(`${what} ...\n`);
}

function asText({ date, machine, repeat, ...measured }) {
  const { cores, processor, memoryGb, node, platform } = machine;
  const rows = [
    ...measured.engine.map(({ people, due, stored, ...row }) => [
      `engine, ${due / people} for each of ${people} managers, ${due} due among ${stored} stored`,
      ...speeds(row),
    ]),
    [`plain loop of the samples, ${measured.plainLoop.messages} messages`, ...speeds(measured.plainLoop)],
  ];
  const { messages, perSecond, refusedInFirstSecond, refusedAfter, othersShare, seconds } = measured.limited;
  return `Reminders, measured ${date.slice(0, 10)} on ${cores} cores (${processor}), ${memoryGb} GB, Node ${node}, ${platform}.
Bot, tables (Azurite, in memory, one thread) and channel are three processes on these cores. Milliseconds are those of
the processor for each reminder; "tables can" is how many a second Azurite could do if nothing else held it up; "others"
is the share of the cores that other programs took meanwhile. To repeat: ${repeat}

${table(
  [
    'sending',
    'a second',
    'requests each',
    'bot ms',
    'tables ms',
    'channel ms',
    'tables can',
    'others',
    'seconds',
  ],
  rows,
)}

At Teams' limits, counted strictly (${messages} messages, ${seconds} s): ${perSecond} a second after the first second;
refused with 429 in the first second ${refusedInFirstSecond}, after it ${refusedAfter}; others ${percent(othersShare)}.

${table(
  [`finding ${sizes.found} due`, 'table requests', 'entities read', 'bot ms', 'seconds (Azurite scans)'],
  measured.growth.map(({ stored, wanted, storingSeconds, ...row }) => [
    stored < wanted
      ? `among ${stored} stored, for ${wanted} take more than the ${storingSeconds} s given`
      : `among ${stored} stored`,
    ...[row.requests, row.entities, row.ownCpuMs, row.seconds],
  ]),
)}
`;
}

function speeds(row) {
  const { perSecond, requestsEach, botMsEach, tablesMsEach, channelMsEach, tablesMostPerSecond } = row;
  const milliseconds = [botMsEach, tablesMsEach, channelMsEach];
  return [
    perSecond,
    requestsEach,
    ...milliseconds,
    tablesMostPerSecond,
    percent(row.othersShare),
    row.seconds,
  ];
}

function percent(share) {
  return `${Math.round(share * 100)}%`;
}

function table(head, rows) {
  const all = [head, ...rows].map((row) => row.map(String));
  const widths = head.map((_, at) => Math.max(...all.map((row) => row[at].length)));
  const line = (row) =>
    `| ${row.map((cell, at) => (at === 0 ? cell.padEnd(widths[at]) : cell.padStart(widths[at]))).join(' | ')} |`;
  const rule = `|${widths.map((width, at) => (at === 0 ? '-'.repeat(width + 2) : `${'-'.repeat(width + 1)}:`)).join('|')}|`;
  return [line(all[0]), rule, ...all.slice(1).map(line)].join('\n');
}
