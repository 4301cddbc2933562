import { randomUUID } from 'node:crypto';
import { constants } from 'node:os';
import { setTimeout as pause } from 'node:timers/promises';
import type { ParseArgsConfig } from 'node:util';
import packageJson from '../package.json' with { type: 'json' };
import { type Config, parseConfig, readEnvFile, readOptions } from './config.js';
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
/** What is said of a command that is told to stop; a job tells by its result. */
const STOPPED: Partial<Record<Command, string>> = {
  backup: 'Stopped: no file was made. Run the same again.',
  restore:
    'Stopped half-way. Run the same again: it begins anew, and no bot works on these tables before it has come to its end.',
};
type Command = 'serve' | 'doctor' | 'unreadable' | 'job' | 'backup' | 'restore';

/**
 * What is typed on the command line, as far as an exit code; null while a server goes on, or ends by itself. What is wrong with the
 * settings or the words is said before the house is loaded, which takes two seconds.
 */
async function run(args: readonly string[]): Promise<number | null> {
  const asked = readArguments(args);
  if (typeof asked === 'string') return usage(asked);
  const { command, text } = asked;
  const at = parseInstant(text('at') ?? new Date().toISOString());
  if (at === null) return usage('--at: not an instant with its zone, such as 2027-01-04T09:00:00+01:00.');
  const unread = readEnvFile();
  if (unread !== null) {
    process.stderr.write(`${unread}\n`);
    return 1;
  }
  const prefix = text('prefix');
  const parsed = parseConfig(prefix === undefined ? process.env : { ...process.env, TABLE_PREFIX: prefix });
  if (!parsed.ok) {
    const ofPrefix = parsed.problems.find((line) => line.startsWith('TABLE_PREFIX: '));
    if (prefix !== undefined && ofPrefix !== undefined)
      return usage(`${ofPrefix.replace('TABLE_PREFIX', '--prefix')}.`);
    process.stderr.write(
      `Kopje Koffie cannot start:\n${parsed.problems.map((line) => `- ${line}\n`).join('')}`,
    );
    return 1;
  }
  // Of who never opened the app a backup may say so and be wrong by now: they may have had it since, and taken it away.
  const config = command === 'restore' ? { ...parsed.config, catalogApp: null } : parsed.config;
  try {
    return await carryOut(asked, at, config);
  } catch (error) {
    const { adviceOnTables, isOfTables } = await import('./doctor/table-advice.js');
    if (!isOfTables(error)) throw error;
    return failed(error, `${codeOf(error)}: ${adviceOnTables(error, config)}`);
  }
}

/** Does what was asked, with the house around it; an exit code, or null while it goes on. */
async function carryOut(
  { command, name: jobName, text, is }: Asked,
  at: string,
  config: Config,
): Promise<number | null> {
  const now = () => new Date();
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
  const { whichTables, whyNotFrom } = await import('./store/tables/missing-tables.js');
  if (command === 'unreadable') {
    const { unreadableRows } = await import('./store/unreadable.js');
    const tables = await whichTables(bot.tables);
    let found = 0;
    for await (const row of unreadableRows(bot.tables, tables.there)) {
      process.stdout.write(`${JSON.stringify(row)}\n`);
      found += 1;
    }
    const problem = whyNotFrom(tables, config.tablePrefix);
    if (problem !== null) process.stderr.write(`${problem}\n`);
    return found === 0 && problem === null ? 0 : 1;
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
  // What was cut short did not do all that it was asked for: the code that shells have for it.
  const isStopping = stopOnSignals(bot, log, (signal) => {
    const said = STOPPED[command];
    if (said !== undefined) process.stderr.write(`${said}\n`);
    return 128 + constants.signals[signal];
  });
  if (command === 'job') {
    const job = jobOf(jobName);
    if (job === undefined) return usage(jobName === '' ? 'Say which job.' : `There is no job ${jobName}.`);
    await bot.tables.create();
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

/** What is asked, or a sentence about what is wrong with the words. */
function readArguments(args: readonly string[]): Asked | string {
  const [first = 'serve', ...others] = args;
  const command = (Object.keys(OPTIONS) as Command[]).find((one) => one === first);
  if (command === undefined) return `There is no command ${first}.`;
  const read = readOptions(others, OPTIONS[command], { words: true });
  if (typeof read === 'string') return read;
  const { values, positionals } = read;
  const [name = '', ...more] = command === 'job' ? positionals : ['', ...positionals];
  if (more.length > 0) return `${more[0]}: ${command} takes no such word.`;
  const text = (option: string) => {
    const value = values[option];
    return typeof value === 'string' ? value : undefined;
  };
  const empty = Object.keys(values).find((option) => text(option) === '');
  if (empty !== undefined) return `--${empty} has to be followed by something.`;
  const asked: Asked = { command, name, text, is: (option) => values[option] === true };
  return incompleteness(asked) ?? asked;
}

/** What a command cannot do without, or with; null where nothing is amiss. */
function incompleteness({ command, text, is }: Asked): string | null {
  if (command === 'backup' && text('to') === undefined && text('ledger-to') === undefined)
    return 'Say where to: --to, --ledger-to, or both.';
  if (command !== 'restore') return null;
  if (text('from') === undefined) return 'Say which backup: --from.';
  return is('unknown-since') && (is('nothing-since') || text('ledger') !== undefined)
    ? '--unknown-since goes with neither --nothing-since nor --ledger.'
    : null;
}

function usage(problem: string): number {
  process.stderr.write(`${problem}\n${USAGE}\n`);
  return 2;
}

/** Says in the log that it ended, by the code, and behind it in words what to do. */
function failed(error: unknown, words: string): number {
  createLog('error').fatal({ code: codeOf(error) }, 'stopped by an error');
  process.stderr.write(`${words}\n`);
  return 1;
}

run(process.argv.slice(2)).then(
  (code) => {
    // A server goes on; a command is done, whatever connection is still kept alive for another request.
    if (code !== null) process.exit(code);
  },
  (error: unknown) => {
    process.exit(failed(error, error instanceof Error ? error.message : 'unknown error'));
  },
);
