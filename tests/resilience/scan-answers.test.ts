import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, inject, it } from 'vitest';
import { startScan } from '../../bot/domain/scan.js';
import { createSeal } from '../../bot/store/scan-seal.js';
import { openScans } from '../../bot/store/scans.js';
import { type OwnTables, openOwnTables } from '../support/azure/temporary-tables.js';

const PROGRAM = fileURLToPath(new URL('../support/process/scan-answers.mjs', import.meta.url));
const SECRET = 'a secret of at least thirty-two characters';
const PEOPLE = Array.from(
  { length: 50 },
  (_, at) => `d4d4d4d4-0000-4000-8000-${String(at).padStart(12, '0')}`,
);
const ID = { tenant: 'tenant-1', id: 'BCDFG' };

let own: OwnTables;
let processes: ChildProcess[];
beforeEach(async () => {
  own = await openOwnTables();
  processes = [];
});
afterEach(async () => {
  for (const one of processes) one.kill('SIGKILL');
  await own.drop();
});

type Running = { readonly told: readonly string[]; readonly ended: Promise<unknown>; kill(): void };

/** Another process that answers for these people, and is killed once it has told of so many answers. */
function answers(people: readonly string[], figure: number, killAfter = Number.POSITIVE_INFINITY): Running {
  const { prefix } = own;
  const what = {
    connectionString: inject('azurite'),
    prefix,
    secret: SECRET,
    ...ID,
    today: '2027-01-12',
    people,
    figure,
  };
  const child = spawn(process.execPath, [PROGRAM, JSON.stringify(what)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  processes.push(child);
  const told: string[] = [];
  const lines = createInterface({ input: child.stdout });
  lines.on('line', (line) => {
    told.push(line);
    if (told.length >= killAfter) child.kill('SIGKILL');
  });
  return {
    told,
    ended: Promise.all([once(child, 'exit'), once(lines, 'close')]),
    kill: () => child.kill('SIGKILL'),
  };
}

it('fifty people at once in four processes, two of which are killed: no answer is lost, and none counts twice', async () => {
  const scans = openScans(own.tables, createSeal([SECRET]));
  const scan = startScan(
    {
      ...ID,
      ...{ form: 'form-1', manager: 'mila', managerName: 'Mila', name: 'Burgerzaken', before: null },
      ...{ asked: PEOPLE, lastDay: '2027-01-26' },
    },
    '2027-01-12T09:00:00.000Z',
  );
  await scans.add(scan);
  // Each goes through all of them from elsewhere, so that the same person is answered for in several at once.
  const from = (at: number) => [...PEOPLE.slice(at), ...PEOPLE.slice(0, at)];
  const running = [
    answers(from(0), 1, 5),
    answers(from(20), 2, 9),
    answers(from(10), 3),
    answers(from(35), 4),
  ];
  await Promise.all(running.map(({ ended }) => ended));
  const counted = running.flatMap(({ told }) => told).filter((line) => line.endsWith(' counted'));
  // What a process did and could not tell any more before it was killed is in the box, and once.
  expect(new Set(counted).size).toBe(counted.length);
  expect(PEOPLE.length - counted.length).toBeLessThanOrEqual(2);
  expect(await scans.progress(ID)).toEqual({ answered: PEOPLE.length });
  const closed = await scans.close(ID.tenant, ID.id, { now: '2027-01-13T09:00:00.000Z', by: 'hand' });
  expect(closed?.outcome?.answered).toBe(PEOPLE.length);
});
