// One instance of the bot as a process of its own. It sends reminders when its parent says so, and its clock says what
// the parent wants. Plain JavaScript over the build, because Node 20 does not read TypeScript.
import { randomUUID } from 'node:crypto';
import { subscribe } from 'node:diagnostics_channel';
import { stopOnSignals } from '../../../dist/bot/composition/lifecycle.js';
import { parseConfig } from '../../../dist/bot/config.js';
import { createLog } from '../../../dist/bot/log.js';
import { composeBot } from '../../../dist/bot/main.js';

const { clock, unlimited, ...surroundings } = JSON.parse(process.argv[2] ?? '{}');
const departures = [];
let ahead = 0;
if (clock !== undefined) setClock(clock);

const parsed = parseConfig(process.env);
if (!parsed.ok) throw new Error(parsed.problems.join('\n'));
const bot = composeBot(parsed.config, {
  ...surroundings,
  ...(unlimited ? { sendRate: Number.POSITIVE_INFINITY } : {}),
  now: () => new Date(Date.now() + ahead),
  newId: randomUUID,
  nlu: async () => (await import('../../../dist/bot/nlu/nlu.js')).createNlu(),
  log: createLog(parsed.config.logLevel),
});
stopOnSignals(bot, createLog(parsed.config.logLevel));
const reminders = bot.jobs.find(({ name }) => name === 'reminders');

// When each message left, by the real clock: when it comes is also up to whoever it comes to.
subscribe('http.client.request.start', ({ request: { path } }) => {
  if (path.includes('/v3/conversations/'))
    departures.push({ path: decodeURIComponent(path), time: Date.now() });
});

process.on('message', async ({ id, clock: to, run, departed }) => {
  try {
    if (departed) return process.send({ id, result: departures });
    if (to !== undefined) setClock(to);
    const result = run === undefined ? null : await reminders.run({ at: run, dryRun: false });
    process.send({ id, result });
  } catch (error) {
    process.send({ id, error: error.message });
  }
});
// A parent that is gone leaves nobody behind.
process.on('disconnect', () => process.exit(0));
process.send({ ready: true });

function setClock(to) {
  ahead = Date.parse(to) - Date.now();
}
