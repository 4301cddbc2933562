import { readEnvFile } from '../../bot/config.js';
import { dataFolder, hrAdmins } from './data-folder.js';
import { openUrl } from './open-url.js';
import { EMPLOYEE, fullName, MANAGER } from './people.js';
import { LOCAL_PORTS, type LocalPorts, startLocal } from './start-local.js';

// The ports may stand there too; what the environment says goes first.
const unread = readEnvFile();
if (unread !== null) {
  console.error(unread);
  process.exit(1);
}
const folder = dataFolder();
const stopping = new AbortController();
process.on('SIGINT', () => stopping.abort());
process.on('SIGTERM', () => stopping.abort());

const ports = readPorts();
const started =
  typeof ports === 'string'
    ? { ok: false as const, problem: ports }
    : await startLocal({
        dataFolder: folder,
        ports,
        signal: stopping.signal,
        output: (text) => process.stderr.write(text),
      });

if (!started.ok) {
  if (!stopping.signal.aborted) fail('Kopje Koffie cannot start.', started.problem);
} else {
  const { managerUrl, employeeUrl, ended } = started.local;
  const hr = hrAdmins().split(',').includes(MANAGER.id) ? ', and HR' : '';
  console.log(`Kopje Koffie is running. Open in a browser:

  ${managerUrl}   as ${fullName(MANAGER)}, a manager${hr}
  ${employeeUrl}   as ${fullName(EMPLOYEE)}, an employee

Then type: hoe begin ik het gesprek?
Record an agreement (type: afspraak vastleggen), and let its reminder come now, from another terminal:

  npm run job -- reminders --at ${inFifteenDays()}

What you record is kept in ${folder} (delete it to start afresh); the chat itself begins empty each time.
Ctrl-C stops everything.`);
  if (!process.env.CI && !process.env.NO_BROWSER) openUrl(managerUrl);
  const problem = await ended;
  if (problem !== null) fail('Kopje Koffie has stopped.', problem);
}

/** When an evaluation that a new form proposes has come due: in fifteen days, after the usual time of a reminder. */
function inFifteenDays(): string {
  const day = new Date(Date.now() + 15 * 24 * 3_600_000).toISOString().slice(0, 10);
  return `${day}T12:00:00+01:00`;
}

function fail(outcome: string, problem: string): void {
  console.error(`${outcome}\n${problem}`);
  process.exitCode = 1;
}

/** The ports from the environment, or a sentence that says which variable is wrong. */
function readPorts(): LocalPorts | string {
  const wrong: string[] = [];
  const read = (variable: string, otherwise: number, highest = 65_535) => {
    const text = process.env[variable]?.trim();
    if (!text) return otherwise;
    const port = Number(text);
    if (!Number.isInteger(port) || port < 0 || port > highest) {
      wrong.push(`${variable} is "${text}"; it must be a whole number from 0 to ${highest}.`);
    }
    return port;
  };
  // One less than the highest: the employee's Playground takes the port after the manager's.
  const manager = read('PLAYGROUND_PORT', LOCAL_PORTS.manager, 65_534);
  const found = {
    bot: read('PORT', LOCAL_PORTS.bot),
    tables: read('AZURITE_PORT', LOCAL_PORTS.tables),
    manager,
    employee: manager === 0 ? 0 : manager + 1,
  };
  return wrong.length > 0 ? wrong.join('\n') : found;
}
