import { randomUUID } from 'node:crypto';
import { constants } from 'node:os';
import { setTimeout as pause } from 'node:timers/promises';
import type { ParseArgsConfig } from 'node:util';
import packageJson from '../package.json' with { type: 'json' };
import type { stopOnSignals } from './composition/lifecycle.js';
import { type Config, parseConfig, readOptions } from './config.js';
import { parseInstant } from './domain/calendar.js';
import { codeOf } from './errors.js';
import { type Log, takeConsole } from './log.js';
import type { Bot } from './main.js';

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

/** What a command has of the process that it is the whole of. */
export type Terminal = {
  /** The settings, or a sentence about why they cannot be read. Asked once the words are understood. */
  readonly settings: () => Readonly<Record<string, string | undefined>> | string;
  readonly out: (text: string) => void;
  readonly err: (text: string) => void;
  /** A log that is written as `err` is. */
  readonly log: (level: string) => Log;
  /** Has signals stop the bot, and end the process. */
  readonly stopOnSignals: (
    ...how: Parameters<typeof stopOnSignals>
  ) => Promise<ReturnType<typeof stopOnSignals>>;
};

/**
 * What is typed on the command line, as far as an exit code; null while a server goes on, or ends by itself. Never rejects.
 */
export async function runCommand(args: readonly string[], terminal: Terminal): Promise<number | null> {
  try {
    return await run(args, terminal);
  } catch (error) {
    return failed(terminal, error, error instanceof Error ? error.message : 'unknown error');
  }
}

/** What is wrong with the settings or the words is said before the house is loaded, which takes two seconds. */
async function run(args: readonly string[], terminal: Terminal): Promise<number | null> {
  const asked = readArguments(args);
  if (typeof asked === 'string') return usage(terminal, asked);
  const { command, text } = asked;
  const at = parseInstant(text('at') ?? new Date().toISOString());
  if (at === null)
    return usage(terminal, '--at: not an instant with its zone, such as 2027-01-04T09:00:00+01:00.');
  const settings = terminal.settings();
  if (typeof settings === 'string') {
    terminal.err(`${settings}\n`);
    return 1;
  }
  const prefix = text('prefix');
  const parsed = parseConfig(prefix === undefined ? settings : { ...settings, TABLE_PREFIX: prefix });
  if (!parsed.ok) {
    const ofPrefix = parsed.problems.find((line) => line.startsWith('TABLE_PREFIX: '));
    if (prefix !== undefined && ofPrefix !== undefined)
      return usage(terminal, `${ofPrefix.replace('TABLE_PREFIX', '--prefix')}.`);
    terminal.err(`Kopje Koffie cannot start:\n${parsed.problems.map((line) => `- ${line}\n`).join('')}`);
    return 1;
  }
  // Of who never opened the app a backup may say so and be wrong by now: they may have had it since, and taken it away.
  const config = command === 'restore' ? { ...parsed.config, catalogApp: null } : parsed.config;
  try {
    return await carryOut(asked, at, config, terminal);
  } catch (error) {
    const { adviceOnTables, isOfTables } = await import('./doctor/table-advice.js');
    if (!isOfTables(error)) throw error;
    return failed(terminal, error, `${codeOf(error)}: ${adviceOnTables(error, config)}`);
  }
}

/** Named so, since a plain import is what loads a module. */
type Exporters = import('./telemetry/exporters.js').Exporters;

/** What a command works with: the house, and the terminal it was typed in. */
type Running = {
  readonly asked: Asked;
  readonly at: string;
  readonly config: Config;
  readonly terminal: Terminal;
  readonly log: Log;
  readonly bot: Bot;
};

/** Does what was asked, with the house around it; an exit code, or null while it goes on. */
async function carryOut(
  asked: Asked,
  at: string,
  config: Config,
  terminal: Terminal,
): Promise<number | null> {
  const { composeBot } = await import('./main.js');
  const log = terminal.log(config.logLevel);
  const exporters = asked.command === 'serve' ? await exportersOf(config, log) : null;
  const bot = composeBot(config, {
    now: () => new Date(),
    newId: randomUUID,
    log,
    nlu: async () => (await import('./nlu/nlu.js')).createNlu(),
    print: (line) => terminal.out(`${line}\n`),
    ...(exporters === null ? {} : { telemetry: exporters.telemetry }),
  });
  const running: Running = { asked, at, config, terminal, log, bot };
  switch (asked.command) {
    case 'doctor':
      return examine(running);
    case 'unreadable':
      return listUnreadable(running);
    case 'serve':
      return serve(running, exporters);
    case 'job':
      return runJob(running);
    case 'backup':
    case 'restore':
      return backUpOrRestore(running, asked.command);
  }
}

/**
 * Null where nobody wants figures. The SDK is loaded where somebody does, and of a job by hand nobody does: it would take
 * the port of the instance beside it.
 */
async function exportersOf({ telemetry }: Config, log: Log): Promise<Exporters | null> {
  if (telemetry === null) return null;
  const { openExporters } = await import('./telemetry/exporters.js');
  return openExporters(telemetry, { log, instance: randomUUID() });
}

async function examine({ bot, terminal }: Running): Promise<number> {
  const { asText } = await import('./doctor/doctor.js');
  const findings = await bot.examine();
  terminal.out(asText(findings));
  return findings.some(({ state }) => state === 'fault') ? 1 : 0;
}

async function listUnreadable({ bot, config, terminal }: Running): Promise<number> {
  const { whichTables, whyNotFrom } = await import('./store/tables/missing-tables.js');
  const { unreadableRows } = await import('./store/unreadable.js');
  const tables = await whichTables(bot.tables);
  let found = 0;
  for await (const row of unreadableRows(bot.tables, tables.there)) {
    terminal.out(`${JSON.stringify(row)}\n`);
    found += 1;
  }
  const problem = whyNotFrom(tables, config.tablePrefix);
  if (problem !== null) terminal.err(`${problem}\n`);
  return found === 0 && problem === null ? 0 : 1;
}

async function serve({ bot, terminal, log }: Running, exporters: Exporters | null): Promise<null> {
  takeConsole(log);
  const stop = async () => {
    await bot.stop();
    await exporters?.stop();
  };
  const isStopping = await terminal.stopOnSignals({ stop }, log);
  const address = await bot.start();
  // Whoever is told to stop while the tables are away never was.
  if (isStopping()) return null;
  log.info({ address, ...(exporters?.address ? { metrics: exporters.address } : {}) }, 'ready');
  for (const { check, state, says } of await bot.examine())
    if (state === 'fault') log.warn({ code: 'doctor', check, says }, 'something that it needs is not right');
  return null;
}

/** What was cut short did not do all that it was asked for: it ends with the code that shells have for the signal. */
function stopCutShort({ asked, bot, terminal, log }: Running) {
  return terminal.stopOnSignals(bot, log, (signal) => {
    const said = STOPPED[asked.command];
    if (said !== undefined) terminal.err(`${said}\n`);
    return 128 + constants.signals[signal];
  });
}

async function runJob(running: Running): Promise<number | null> {
  const { asked, at, bot, terminal } = running;
  const { name, text, is } = asked;
  const isStopping = await stopCutShort(running);
  const job = jobOf(bot, name);
  if (job === undefined) return usage(terminal, name === '' ? 'Say which job.' : `There is no job ${name}.`);
  await bot.tables.create();
  await bot.restoreRuns.mustBeFinished();
  const result = await job.run({ at, dryRun: is('dry-run'), byHand: text('at') !== undefined });
  terminal.out(`${JSON.stringify(result)}\n`);
  // It has given back what it had; the process ends when that is written down.
  if (isStopping()) return null;
  return result.failed === 0 ? 0 : 1;
}

function jobOf(bot: Bot, name: string) {
  return bot.jobs.find((one) => one.name === name);
}

async function backUpOrRestore(running: Running, command: 'backup' | 'restore'): Promise<number> {
  const { asked, bot, config, terminal } = running;
  const { text, is } = asked;
  void (await stopCutShort(running));
  const { backUp, restore } = await import('./store/backup/commands.js');
  const house = {
    tables: bot.tables,
    secrets: config.scanSecrets,
    prefix: config.tablePrefix,
    app: packageJson.version,
    now: () => new Date().toISOString(),
    pause: (ms: number) => pause(ms),
    say: (line: string) => terminal.out(`${line}\n`),
    complain: (line: string) => terminal.err(`${line}\n`),
  };
  if (command === 'backup')
    return backUp(house, { to: text('to') ?? null, ledgerTo: text('ledger-to') ?? null });
  return restore(
    { ...house, mend: () => mend(running) },
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

/** What a night would put right in tables that were put back; how much of it failed. */
async function mend({ bot, terminal }: Running): Promise<number> {
  let failed = 0;
  for (const night of ['reconcile', 'retention'].flatMap((name) => jobOf(bot, name) ?? [])) {
    const result = await night.run({ at: new Date().toISOString(), dryRun: false });
    terminal.out(`${JSON.stringify(result)}\n`);
    failed += result.failed;
  }
  return failed;
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

function usage(terminal: Terminal, problem: string): number {
  terminal.err(`${problem}\n${USAGE}\n`);
  return 2;
}

/** Says in the log that it ended, by the code, and behind it in words what to do. */
function failed(terminal: Terminal, error: unknown, words: string): number {
  terminal.log('error').fatal({ code: codeOf(error) }, 'stopped by an error');
  terminal.err(`${words}\n`);
  return 1;
}
