import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { constants } from 'node:os';
import { setTimeout as pause } from 'node:timers/promises';
import { type ParseArgsConfig, parseArgs } from 'node:util';
import packageJson from '../package.json' with { type: 'json' };
import { parseConfig } from './config.js';
import { parseInstant } from './domain/calendar.js';
import { codeOf } from './errors.js';
import { createLog, takeConsole } from './log.js';

const USAGE = `use: command.js serve
     command.js doctor
     command.js job reminders|reconcile|retention|handover|figures [--at 2027-01-04T09:00:00+01:00] [--dry-run]
     command.js unreadable
     command.js backup [--to <file>|-] [--ledger-to <file>|-] [--prefix <of the tables>]
     command.js restore --from <file> [--prefix <of the tables>] [--dry-run] [--old] [--lose-scans]
                        --ledger <file> | --nothing-since | --unknown-since`;

const TEXT = { type: 'string' } as const;
const FLAG = { type: 'boolean', default: false } as const;
/** What each command takes. */
const OPTIONS: Readonly<Record<Command, NonNullable<ParseArgsConfig['options']>>> = {
  serve: {},
  doctor: {},
  unreadable: {},
  job: { at: TEXT, 'dry-run': FLAG },
  backup: { to: TEXT, 'ledger-to': TEXT, prefix: TEXT },
  restore: {
    ...{ from: TEXT, prefix: TEXT, ledger: TEXT, 'dry-run': FLAG },
    ...{ 'nothing-since': FLAG, 'unknown-since': FLAG, old: FLAG, 'lose-scans': FLAG },
  },
};
type Command = 'serve' | 'doctor' | 'unreadable' | 'job' | 'backup' | 'restore';

/**
 * What is typed on the command line, as far as an exit code; null while a server goes on, or ends by itself. What is wrong with the
 * settings or the words is said before the house is loaded, which takes two seconds.
 */
async function run(args: readonly string[]): Promise<number | null> {
  const asked = readArguments(args);
  if (asked === null) return usage();
  const { command, name: jobName, text, is } = asked;
  const now = () => new Date();
  const at = parseInstant(text('at') ?? now().toISOString());
  if (at === null || isIncomplete(asked)) return usage();
  if (existsSync('.env')) process.loadEnvFile('.env');
  const prefix = text('prefix');
  const parsed = parseConfig(prefix === undefined ? process.env : { ...process.env, TABLE_PREFIX: prefix });
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
  if (command === 'unreadable') {
    const { unreadableRows } = await import('./store/unreadable.js');
    let found = 0;
    for await (const row of unreadableRows(bot.tables)) {
      process.stdout.write(`${JSON.stringify(row)}\n`);
      found += 1;
    }
    return found === 0 ? 0 : 1;
  }
  if (command === 'serve') {
    takeConsole(log);
    const stop = async () => {
      await bot.stop();
      await exporters?.stop();
    };
    const isStopping = stopOnSignals({ stop }, log);
    const address = await bot.start();
    // Whoever is told to stop while the tables are away never was.
    if (isStopping()) return null;
    log.info({ address, ...(exporters?.address ? { metrics: exporters.address } : {}) }, 'ready');
    for (const { check, state, says } of await bot.examine())
      if (state === 'fault')
        log.warn({ code: 'doctor', check, says }, 'something that it needs is not right');
    return null;
  }
  const jobOf = (name: string) => bot.jobs.find((one) => one.name === name);
  const job = jobOf(jobName);
  if (command === 'job' && job === undefined) return usage();
  // What is to be read is there: a prefix that was mistyped would come back as an empty copy, and leave empty tables.
  if (command === 'backup') {
    if (!(await bot.tables.answer())) {
      process.stderr.write('Not every table answers: look at --prefix, and see what `doctor` says.\n');
      return 1;
    }
  } else {
    await bot.tables.create();
  }
  // What was cut short did not do all that it was asked for: the code that shells have for it.
  const isStopping = stopOnSignals(bot, log, (signal) => 128 + constants.signals[signal]);
  if (job !== undefined && command === 'job') {
    await bot.restoreRuns.mustBeFinished();
    const result = await job.run({ at, dryRun: is('dry-run'), byHand: text('at') !== undefined });
    process.stdout.write(`${JSON.stringify(result)}\n`);
    // It has given back what it had; the process ends when that is written down.
    if (isStopping()) return null;
    return result.failed === 0 ? 0 : 1;
  }
  const { backUp, restore } = await import('./store/backup/commands.js');
  const house = {
    tables: bot.tables,
    secrets: config.scanSecrets,
    prefix: config.tablePrefix,
    app: packageJson.version,
    now: () => now().toISOString(),
    pause: (ms: number) => pause(ms),
    say: (line: string) => process.stdout.write(`${line}\n`),
    complain: (line: string) => process.stderr.write(`${line}\n`),
  };
  if (command === 'backup')
    return backUp(house, { to: text('to') ?? null, ledgerTo: text('ledger-to') ?? null });
  const mend = async () => {
    const nights = ['reconcile', 'retention'].flatMap((name) => jobOf(name) ?? []);
    let failed = 0;
    for (const night of nights) {
      const result = await night.run({ at: now().toISOString(), dryRun: false });
      process.stdout.write(`${JSON.stringify(result)}\n`);
      failed += result.failed;
    }
    return failed;
  };
  return restore(
    { ...house, mend },
    {
      from: text('from') ?? '',
      dryRun: is('dry-run'),
      ledger: text('ledger') ?? null,
      nothingSince: is('nothing-since'),
      unknownSince: is('unknown-since'),
      old: is('old'),
      loseScans: is('lose-scans'),
    },
  );
}

type Asked = {
  readonly command: Command;
  /** What stands behind the command. */
  readonly name: string;
  readonly text: (option: string) => string | undefined;
  readonly is: (option: string) => boolean;
};

function readArguments(args: readonly string[]): Asked | null {
  const [first = 'serve', ...others] = args;
  const command = (Object.keys(OPTIONS) as Command[]).find((one) => one === first);
  if (command === undefined) return null;
  try {
    const { values, positionals } = parseArgs({
      args: [...others],
      allowPositionals: true,
      options: OPTIONS[command],
    });
    const [name = '', ...more] = positionals;
    if (more.length > 0 || (command !== 'job' && name !== '')) return null;
    const text = (option: string) => {
      const value = values[option];
      return typeof value === 'string' ? value : undefined;
    };
    return { command, name, text, is: (option) => values[option] === true };
  } catch {
    return null;
  }
}

/** Whether a command lacks what it cannot do without. */
function isIncomplete({ command, text, is }: Asked): boolean {
  if (command === 'backup') return text('to') === undefined && text('ledger-to') === undefined;
  if (command !== 'restore') return false;
  return (
    text('from') === undefined ||
    (is('unknown-since') && (is('nothing-since') || text('ledger') !== undefined))
  );
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
