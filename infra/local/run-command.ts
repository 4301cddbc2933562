import { spawn } from 'node:child_process';
import { constants } from 'node:os';
import { join } from 'node:path';
import { readEnvFile } from '../../bot/config.js';
import { dataFolder, findRoot, tryOutSettings } from './data-folder.js';
import { holderOf } from './folder-lock.js';

/** Either of these says where the tables are; the try-out's tables are used only when neither is set. */
const TABLES = ['AZURE_TABLES_CONNECTION_STRING', 'AZURE_TABLES_ENDPOINT'] as const;

/**
 * Runs a command of the bot, such as a job or a backup. Without settings of its own it works on the tables of the try-out
 * that runs beside it, so that somebody who tries the product sees a reminder come without looking for an emulator's key.
 */
const root = findRoot();
// The command itself reports an .env file that cannot be read.
void readEnvFile();
const isSet = TABLES.some((name) => Boolean(process.env[name]));
const holder = isSet ? null : await holderOf(dataFolder());
const settings = holder?.connectionString == null ? {} : tryOutSettings(holder.connectionString);
const command = ['--disable-warning=ExperimentalWarning', '--enable-source-maps'];
const running = spawn(
  process.execPath,
  [...command, join(root, 'dist', 'bot', 'command.js'), ...process.argv.slice(2)],
  { stdio: 'inherit', env: { ...process.env, ...settings } },
);
// Ctrl-C reaches it through the terminal's process group; SIGTERM goes to this process alone and has to be forwarded.
process.on('SIGINT', () => undefined);
process.on('SIGTERM', () => running.kill('SIGTERM'));
running.once('error', (error) => {
  console.error(error.message);
  process.exitCode = 1;
});
running.once('exit', (code, signal) => {
  if (code === 1 && !isSet && holder === null)
    console.error(
      'Nothing here names the tables: no setting, no .env, and no try-out (npm start) that runs.',
    );
  process.exitCode = code ?? 128 + (signal === null ? 0 : constants.signals[signal]);
});
