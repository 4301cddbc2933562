import { createWriteStream, existsSync, rmSync } from 'node:fs';
import { rename } from 'node:fs/promises';
import type { Writable } from 'node:stream';
import { finished } from 'node:stream/promises';
import { codeOf } from '../../errors.js';
import { createSeal } from '../scan-seal.js';
import type { Tables } from '../tables/tables.js';
import { writeBackup } from './backup.js';
import type { Pause } from './every-row.js';
import { writeLedger } from './ledger.js';
import { type RestoreAsked, restoreBackup } from './restore.js';

export type BackupHouse = {
  readonly tables: Tables;
  /** The newest first; empty where the bot has none. */
  readonly secrets: readonly string[];
  readonly prefix: string;
  /** The version of this bot. */
  readonly app: string;
  /** Instant. */
  readonly now: () => string;
  readonly pause: Pause;
  readonly say: (line: string) => void;
  readonly complain: (line: string) => void;
};

/** Paths; `-` is the standard output, which a container without a disk hands on. */
export type BackupAsked = { readonly to: string | null; readonly ledgerTo: string | null };

const STANDARD_OUTPUT = '-';
/** It holds all that is recorded about people: for whoever made it alone. */
const OWNER_ALONE = 0o600;

/** Writes what was asked for; the exit code. The last line says what, as JSON: on the error output where the file is on the other. */
export async function backUp(house: BackupHouse, { to, ledgerTo }: BackupAsked): Promise<number> {
  const { tables, prefix, app, secrets, complain, pause } = house;
  if (to === STANDARD_OUTPUT && ledgerTo === STANDARD_OUTPUT) {
    complain('Only one of the two can go to the standard output.');
    return 2;
  }
  const [secret] = secrets;
  if (ledgerTo !== null && secret === undefined) {
    complain('A ledger is made under SCAN_SECRET, so that nobody can read it without: set one first.');
    return 1;
  }
  const at = house.now();
  const tell = [to, ledgerTo].includes(STANDARD_OUTPUT) ? complain : house.say;
  if (to !== null) {
    const written = await into(to, (out) => writeBackup(tables, out, { at, app, prefix }, pause));
    if (typeof written === 'string') return refused(complain, written);
    tell(JSON.stringify({ command: 'backup', at, prefix, file: to, ...written }));
  }
  if (ledgerTo !== null && secret !== undefined) {
    const written = await into(ledgerTo, (out) =>
      writeLedger(tables, out, { at, app, prefix }, secret, pause),
    );
    if (typeof written === 'string') return refused(complain, written);
    tell(JSON.stringify({ command: 'ledger', at, prefix, file: ledgerTo, ...written }));
  }
  return 0;
}

/**
 * Puts a backup back, mends and tidies what is there with `mend`, which tells how much failed, and only then lets the bot
 * work on it; the exit code.
 */
export async function restore(
  house: BackupHouse & { readonly mend: () => Promise<number> },
  asked: RestoreAsked,
): Promise<number> {
  const { tables, secrets, app, prefix, complain, say, pause } = house;
  const seal = secrets.length > 0 ? createSeal(secrets) : null;
  const restored = await restoreBackup({ tables, seal, secrets, app, now: house.now(), pause }, asked);
  if (!restored.ok) return refused(complain, restored.problem);
  const { finish, ok: _ok, prefix: from, ...told } = restored;
  const failed = asked.dryRun ? 0 : await house.mend();
  // What the nights could not do they do again; the tables are whole.
  await finish(house.now());
  say(JSON.stringify({ command: 'restore', dryRun: asked.dryRun, from, into: prefix, ...told, failed }));
  return failed === 0 ? 0 : 1;
}

function refused(complain: (line: string) => void, problem: string): number {
  complain(problem);
  return 1;
}

/**
 * Writes a file beside its place and moves it there when it is whole, so that what lies under the name can be put back;
 * a sentence where something lies there already. The standard output is written as it is.
 */
async function into<Written>(
  path: string,
  write: (out: Writable) => Promise<Written>,
): Promise<Written | string> {
  if (path === STANDARD_OUTPUT) return write(process.stdout);
  if (existsSync(path)) return `${path} is there already, and stays: choose another name.`;
  const part = `${path}.part`;
  // Half a copy of what is recorded about people must not be left lying about when the command is told to stop.
  const forget = () => rmSync(part, { force: true });
  process.once('exit', forget);
  const out = createWriteStream(part, { flags: 'w', mode: OWNER_ALONE, flush: true });
  try {
    const written = await write(out);
    out.end();
    await finished(out);
    await rename(part, path);
    return written;
  } catch (error) {
    out.destroy();
    forget();
    const code = codeOf(error);
    if (['ENOENT', 'EACCES', 'EPERM', 'EROFS', 'ENOSPC', 'EISDIR'].includes(code))
      return `${path} cannot be written (${code}).`;
    throw error;
  } finally {
    process.off('exit', forget);
  }
}
