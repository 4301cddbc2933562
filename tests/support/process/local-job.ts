import { spawn } from 'node:child_process';
import type { JobResult } from '../../../jobs/job.js';
import { COMMAND, ROOT } from './command.js';

/** Runs a job as an operator does, `npm run job -- …`, on the tables of a bot that runs here; what it printed last. */
export function runLocalJob(connectionString: string, args: readonly string[]): Promise<JobResult> {
  const env = {
    ...process.env,
    BOT_ENV: 'development',
    AZURE_TABLES_CONNECTION_STRING: connectionString,
    LOG_LEVEL: 'warn',
  };
  const command = ['--disable-warning=ExperimentalWarning', COMMAND, 'job', ...args];
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, command, { cwd: ROOT, env, stdio: ['ignore', 'pipe', 'inherit'] });
    let output = '';
    child.stdout.on('data', (chunk: Buffer) => {
      output += chunk.toString();
    });
    child.on('error', reject);
    child.on('close', () => {
      const last = output.trim().split('\n').at(-1) ?? '';
      try {
        resolve(JSON.parse(last) as JobResult);
      } catch {
        reject(new Error(`the job printed no result: ${output}`));
      }
    });
  });
}
