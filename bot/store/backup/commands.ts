import { accessSync, constants, lstatSync, rmSync, statSync } from 'node:fs';
import { type FileHandle, open, rename } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import type { Writable } from 'node:stream';
import { finished } from 'node:stream/promises';
import { codeOf } from '../../errors.js';
import { createSeal } from '../scan-seal.js';
import { whichTables, whyNotFrom } from '../tables/missing-tables.js';
import type { Tables } from '../tables/tables.js';
import { writeBackup } from './backup.js';
import type { Pause } from './every-row.js';
import { LEDGER_READS, writeLedger } from './ledger.js';
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
  const unwritable = whyNotTo(to) ?? whyNotTo(ledgerTo);
  if (unwritable !== null) return refused(complain, unwritable);
  if (to !== null && ledgerTo !== null && resolve(to) === resolve(ledgerTo))
    return refused(complain, 'The backup and the ledger need a file each.');
  const [secret] = secrets;
  if (ledgerTo !== null && secret === undefined) {
    complain('A ledger is made under SCAN_SECRET, so that nobody can read it without: set one first.');
    return 1;
  }
  // A prefix that was mistyped would come back as an empty copy.
  const found = await whichTables(tables);
  const problem = whyNotFrom(found, prefix, to === null ? LEDGER_READS : undefined);
  if (problem !== null) return refused(complain, problem);
  const at = house.now();
  const tell = [to, ledgerTo].includes(STANDARD_OUTPUT) ? complain : house.say;
  if (to !== null) {
    const written = await into(to, (out) =>
      writeBackup(tables, { there: found.there, to: out, header: { at, app, prefix }, pause }),
    );
    if (typeof written === 'string') return refused(complain, written);
    tell(JSON.stringify({ command: 'backup', at, prefix, file: to, ...written }));
  }
  if (ledgerTo !== null && secret !== undefined) {
    const written = await into(ledgerTo, (out) =>
      writeLedger(tables, { to: out, header: { at, app, prefix }, secret, pause }),
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
  if (failed > 0)
    complain(
      `All rows are there, and ${failed} of them could not be mended or tidied. The bot may begin, and tries each of them again at night; what its log says about them is in docs/operate.md.`,
    );
  say(JSON.stringify({ command: 'restore', dryRun: asked.dryRun, from, into: prefix, ...told, failed }));
  return failed === 0 ? 0 : 1;
}

function refused(complain: (line: string) => void, problem: string): number {
  complain(problem);
  return 1;
}

/** Why no file can be made under a path, as far as that is seen before; null where it can, and of the standard output. */
function whyNotTo(path: string | null): string | null {
  if (path === null) return null;
  if (path === STANDARD_OUTPUT)
    return process.stdout.isTTY
      ? 'The standard output is a screen here: send it on, such as --to - > kopje.backup.'
      : null;
  try {
    const folder = dirname(path);
    if (statSync(folder, { throwIfNoEntry: false })?.isDirectory() !== true)
      return `There is no folder ${folder}. Make it first, or choose another place.`;
    accessSync(folder, constants.W_OK);
    // Also a link to nothing, in the place of which the file would come.
    if (lstatSync(path, { throwIfNoEntry: false }) === undefined) return null;
    return `${path} is there already, and stays: choose another name.`;
  } catch (error) {
    return problemOfWriting(path, error);
  }
}

/** Why a file could not be written, in a sentence for an operator. */
function problemOfWriting(path: string, error: unknown): string {
  const code = codeOf(error);
  if (path === STANDARD_OUTPUT)
    return `The standard output took no more (${code}): what it has is no whole copy. Throw that away, and run it again.`;
  if (code === 'EEXIST')
    return `${path}.part is there: another is being written, or one was killed. Delete it if nothing writes to it, and run this again.`;
  if (['ENOSPC', 'EDQUOT'].includes(code))
    return `${path} cannot be written (${code}): the disk is full. Make room, or choose another place.`;
  if (['EACCES', 'EPERM', 'EROFS'].includes(code))
    return `${path} cannot be written (${code}). Choose a place that this user may write to, or - for the standard output.`;
  return `${path} cannot be written (${code}).`;
}

/**
 * Writes a file beside its place and moves it there when it is whole, so that what lies under the name can be put back;
 * a sentence where it cannot be written. The standard output is written as it is.
 */
async function into<Written>(
  path: string,
  write: (out: Writable) => Promise<Written>,
): Promise<Written | string> {
  if (path === STANDARD_OUTPUT) return onto(process.stdout, path, write);
  const part = `${path}.part`;
  // Half a copy of what is recorded about people must not be left lying about when the command is told to stop.
  const forget = () => rmSync(part, { force: true });
  let file: FileHandle;
  try {
    file = await open(part, 'wx', OWNER_ALONE);
  } catch (error) {
    return problemOfWriting(path, error);
  }
  process.once('exit', forget);
  const out = file.createWriteStream({ flush: true });
  try {
    const written = await onto(out, path, write);
    if (typeof written === 'string') return written;
    try {
      out.end();
      await finished(out);
      await rename(part, path);
    } catch (error) {
      return problemOfWriting(path, error);
    }
    return written;
  } finally {
    out.destroy();
    // Where it was moved to its place there is nothing under this name any more.
    forget();
    process.off('exit', forget);
  }
}

/** Writes to a stream; a sentence where that took no more. What fails for another reason, such as the tables, rejects. */
async function onto<Written>(
  out: Writable,
  path: string,
  write: (out: Writable) => Promise<Written>,
): Promise<Written | string> {
  // Told apart by where it comes from: the tables fail by the same codes of the system.
  let ofFile: unknown = null;
  out.on('error', (error) => {
    ofFile ??= error;
  });
  try {
    return await write(out);
  } catch (error) {
    if (ofFile === null) throw error;
    return problemOfWriting(path, ofFile);
  }
}
