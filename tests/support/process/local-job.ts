import type { JobResult } from '../../../jobs/job.js';
import { answerOf } from './command.js';

/** Runs a job as an operator does, `npm run job -- …`, on the tables of a bot that runs here; what it printed last. */
export async function runLocalJob(connectionString: string, args: readonly string[]): Promise<JobResult> {
  const env = {
    BOT_ENV: 'development',
    AZURE_TABLES_CONNECTION_STRING: connectionString,
    LOG_LEVEL: 'warn',
  };
  const { stdout, stderr } = await answerOf(['job', ...args], env);
  const last = stdout.trim().split('\n').at(-1) ?? '';
  try {
    return JSON.parse(last) as JobResult;
  } catch {
    throw new Error(`the job printed no result: ${stdout}${stderr}`);
  }
}
