// Measures a chat turn beside a bare echo: npm run bench:chat, with -- --json for JSON alone, and with -- --watched also
// beside itself with all figures on.
import { Agent } from 'node:http';
import { cpus, totalmem } from 'node:os';
import { parseArgs } from 'node:util';
import { startChannel, startTables, startTalker } from './processes.mjs';
import { say } from './say.mjs';

const { values } = parseArgs({
  options: {
    json: { type: 'boolean', default: false },
    quick: { type: 'boolean', default: false },
    watched: { type: 'boolean', default: false },
  },
});
const PEOPLE = 200;
const AT_ONCE = 16;
const ROUNDS = values.watched ? 9 : values.quick ? 1 : 5;
const WARM = values.quick ? 300 : 1_500;
const TURNS = values.quick ? 500 : 2_000;
/** As often as Prometheus asks, by what many set it to. */
const SCRAPED_EACH_MS = 15_000;
const TEXT = 'hoe begin ik het gesprek';
/** Nobody wrote this down as an example: it has to be understood each time. */
const OWN_WORDS = 'ik weet niet zo goed hoe ik het gesprek met hem moet openen';

const tables = await startTables();
const channel = await startChannel(false);
const bots = {};
/** Several processes of each: two that do the same differ by more than what is measured. */
const PLAIN = values.watched ? ['ours', 'ours-2', 'ours-3'] : ['ours'];
const WATCHED = values.watched ? ['watched', 'watched-2', 'watched-3'] : [];
const KINDS = [...PLAIN.flatMap((plain, at) => [plain, ...WATCHED.slice(at, at + 1)]), 'echo'];
for (const which of KINDS) bots[which] = await startTalker(which.split('-')[0], tables.connectionString);
const found = { ownWords: [], ...Object.fromEntries(KINDS.map((which) => [which, []])) };
for (const which of Object.keys(bots)) await talk(bots[which], WARM);
const scraping =
  WATCHED.length === 0
    ? null
    : setInterval(() => {
        for (const which of WATCHED) void scrape(bots[which].scrapeUrl);
      }, SCRAPED_EACH_MS);
for (let round = 0; round < ROUNDS; round += 1) {
  // In another order each time: what comes first finds the machine cooler.
  for (const which of round % 2 === 0 ? KINDS : [...KINDS].reverse())
    found[which].push(await talk(bots[which], TURNS));
}
clearInterval(scraping);
// Last: it warms up what the others are not asked for.
await talk(bots.ours, WARM / 2, OWN_WORDS);
for (let round = 0; round < ROUNDS; round += 1)
  found.ownWords.push(await talk(bots.ours, TURNS / 2, OWN_WORDS));
const report = {
  date: new Date().toISOString(),
  machine: {
    cores: cpus().length,
    processor: cpus()[0]?.model ?? 'unknown',
    memoryGb: Math.round(totalmem() / 2 ** 30),
    node: process.version,
  },
  text: TEXT,
  ours: summed('ours'),
  ownWords: summed('ownWords'),
  echo: summed('echo'),
};
report.share = round(report.ours.perSecond / report.echo.perSecond);
if (values.watched) {
  report.watched = summed('watched');
  const [plain, watched] = [PLAIN, WATCHED].map((names) =>
    names.map((which) => middle(found[which], 'botMs')),
  );
  report.watchedShare = round(mean(watched) / mean(plain), 3);
  report.chance = round(Math.max(...plain) / Math.min(...plain), 3);
}
for (const bot of Object.values(bots)) await bot.stop();
await Promise.all([tables.stop(), channel.stop()]);
process.stdout.write(values.json ? `${JSON.stringify(report)}\n` : asText(report));
process.exit(0);

/** So many turns by so many people, some at once; each waits for the answer. */
async function talk(bot, turns, text = TEXT) {
  // Its own: while the others are talked to, a bot gives up the connections that are idle.
  const agent = new Agent({ keepAlive: true, maxSockets: AT_ONCE });
  const before = await bot.asks();
  const times = [];
  let left = turns;
  const started = performance.now();
  const worker = async () => {
    while (left > 0) {
      left -= 1;
      const at = performance.now();
      await say({ bot, channel, agent }, left % PEOPLE, text);
      times.push(performance.now() - at);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
  const ms = performance.now() - started;
  agent.destroy();
  const after = await bot.asks();
  return {
    perSecond: (turns * 1_000) / ms,
    times,
    botMs: (after.usedMs - before.afterMs) / turns,
    requests: (after.tableRequests - before.tableRequests) / turns,
    rssMb: after.rssMb,
  };
}

/** As Prometheus does; what asking costs is not the bot's. */
async function scrape(url) {
  await (await fetch(url)).text();
}

function mean(numbers) {
  return numbers.reduce((sum, one) => sum + one, 0) / numbers.length;
}

function summed(which) {
  const { readyMs } = bots[which] ?? bots.ours;
  const rounds = found[which];
  const times = rounds.flatMap((one) => one.times).sort((one, other) => one - other);
  return {
    perSecond: round(middle(rounds, 'perSecond')),
    medianMs: round(times[times.length >> 1]),
    p99Ms: round(times[Math.floor(times.length * 0.99)]),
    botMsEach: round(middle(rounds, 'botMs')),
    tableRequestsEach: round(middle(rounds, 'requests')),
    memoryMb: Math.max(...rounds.map(({ rssMb }) => rssMb)),
    readyMs: Math.round(readyMs),
  };
}

function middle(rounds, name) {
  return rounds.map((one) => one[name]).sort((one, other) => one - other)[rounds.length >> 1];
}

function asText({ date, machine, ours, ownWords, echo, share, watched, watchedShare, chance }) {
  const line = (name, one) =>
    `| ${[name, one.perSecond, one.medianMs, one.p99Ms, one.botMsEach, one.tableRequestsEach, one.memoryMb, one.readyMs].join(' | ')} |`;
  return `A turn of chat, "${TEXT}" to its card, measured ${date.slice(0, 10)} on ${machine.cores} cores (${machine.processor}), ${machine.memoryGb} GB, Node ${machine.node}.
Bot, tables (Azurite), channel and ${AT_ONCE} who talk at once are on these cores; no tokens on either side.

| | turns a second | median ms | 99th ms | bot ms each | table requests each | memory MB | start to ready ms |
|---|---:|---:|---:|---:|---:|---:|---:|
${line('Kopje Koffie', ours)}
${line('the same, asked in words that are no example', ownWords)}
${watched === undefined ? '' : `${line('the same as the first, with all figures on', watched)}\n`}${line('a bare botbuilder echo', echo)}

Kopje Koffie does ${share} of the echo's turns.${watched === undefined ? '' : ` With all figures on a turn takes ${watchedShare} of the processor's time without, in the mean of ${WATCHED.length} processes each; of those without the slowest takes ${chance} of the quickest.`}
`;
}

function round(number, digits = 2) {
  return Math.round(number * 10 ** digits) / 10 ** digits;
}
