import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { constants } from 'node:os';
import { parseArgs } from 'node:util';
import { parseConfig } from './config.js';
import { parseInstant } from './domain/calendar.js';
import { codeOf } from './errors.js';
import { createLog, takeConsole } from './log.js';

const USAGE = `use: command.js serve
     command.js doctor
     command.js job reminders|reconcile|retention|handover|figures [--at 2027-01-04T09:00:00+01:00] [--dry-run]`;

/**
 * What is typed on the command line, as far as an exit code; null while a server goes on, or ends by itself. What is wrong with the
 * settings or the words is said before the house is loaded, which takes two seconds.
 */
async function run(args: readonly string[]): Promise<number | null> {
  const asked = readArguments(args);
  if (asked === null) return usage();
  const { values, positionals } = asked;
  const [command = 'serve', jobName = ''] = positionals;
  const now = () => new Date();
  const at = parseInstant(values.at ?? now().toISOString());
  if (!['serve', 'job', 'doctor'].includes(command) || at === null) return usage();
  if (existsSync('.env')) process.loadEnvFile('.env');
  const parsed = parseConfig(process.env);
  if (!parsed.ok) {
    process.stderr.write(
      `Kopje Koffie cannot start:\n${parsed.problems.map((line) => `- ${line}\n`).join('')}`,
    );
    return 1;
  }
  const { config } = parsed;
  const { composeBot } = await import('./main.js');
  const { createNlu } = await import('./nlu/nlu.js');
  const { stopOnSignals } = await import('./lifecycle.js');
  const log = createLog(config.logLevel);
  // The SDK is loaded where somebody wants figures, and of a job by hand nobody does: it would take the port of the
  // instance beside it.
  const exporters =
    command === 'serve' && config.telemetry !== null
      ? await (await import('./telemetry/exporters.js')).openExporters(config.telemetry, {
          log,
          instance: randomUUID(),
        })
      : null;
  const bot = composeBot(config, {
    now,
    newId: randomUUID,
    log,
    nlu: createNlu(),
    print: (line) => process.stdout.write(`${line}\n`),
    ...(exporters === null ? {} : { telemetry: exporters.telemetry }),
  });
  if (command === 'doctor') {
    const { asText } = await import('./doctor/doctor.js');
    const findings = await bot.examine();
    process.stdout.write(asText(findings));
    return findings.some(({ state }) => state === 'fault') ? 1 : 0;
  }
  if (command === 'serve') {
    takeConsole(log);
    const stop = async () => {
      await bot.stop();
      await exporters?.stop();
    };
    stopOnSignals({ stop }, log);
    const address = await bot.start();
    log.info({ address, ...(exporters?.address ? { metrics: exporters.address } : {}) }, 'ready');
    for (const { check, state, says } of await bot.examine())
      if (state === 'fault')
        log.warn({ code: 'doctor', check, says }, 'something that it needs is not right');
    return null;
  }
  const job = bot.jobs.find((one) => one.name === jobName);
  if (job === undefined) return usage();
  await bot.tables.create();
  // What was cut short did not do all that it was asked for: the code that shells have for it.
  const isStopping = stopOnSignals(bot, log, (signal) => 128 + constants.signals[signal]);
  const result = await job.run({ at, dryRun: values['dry-run'], byHand: values.at !== undefined });
  process.stdout.write(`${JSON.stringify(result)}\n`);
  // It has given back what it had; the process ends when that is written down.
  if (isStopping()) return null;
  return result.failed === 0 ? 0 : 1;
}

function readArguments(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      allowPositionals: true,
      options: { at: { type: 'string' }, 'dry-run': { type: 'boolean', default: false } },
    });
  } catch {
    return null;
  }
}

function usage(): number {
  process.stderr.write(`${USAGE}\n`);
  return 2;
}

run(process.argv.slice(2)).then(
  (code) => {
    // A server goes on; a command is done, whatever connection is still kept alive for another request.
    if (code !== null) process.exit(code);
  },
  (error: unknown) => {
    createLog('error').fatal({ code: codeOf(error) }, 'stopped by an error');
    process.stderr.write(`${error instanceof Error ? error.message : 'unknown error'}\n`);
    process.exit(1);
  },
);
