/**
 * A backup of many rows, and putting it back: rows are made as they are asked for and forgotten as they are written, so
 * that the memory is that of the program and not of an emulator. `--rows 1000000`; a table of seconds and megabytes.
 */
import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { backUp, restore } from '../../../dist/bot/store/backup/commands.js';

const { values } = parseArgs({ options: { rows: { type: 'string', default: '1000000' } } });
const rows = Number(values.rows);
const TENANT = '72f988bf-0000-4000-8000-000000000001';
/** Of each hundred rows so many lie in a table, as in an organisation that has used it for a year. */
const SHARES = { managers: 40, about: 15, reminders: 20, nudges: 15, audit: 8, people: 2 };

function rowOf(table, at) {
  const person = `${String(Math.floor(at / 20)).padStart(8, '0')}-0000-4000-8000-000000000001`;
  const id = `${String(at).padStart(8, '0')}-1111-4111-8111-111111111111`;
  const words = 'De klantvragen gaan naar een collega, en we kijken na twee weken of dat werkt. '.repeat(6);
  const about = { tenant: TENANT, person, manager: person, subject: id, occasion: '2027-01-12' };
  const due = '2027-01-12T08:00:00.000Z';
  const keys = (partitionKey, rowKey) => ({ partitionKey, rowKey });
  switch (table) {
    case 'reminders':
      return {
        ...keys(`due|2027-01-12T08|${at % 16}`, `${due}|${id}`),
        kind: 'evaluation',
        ...about,
        due,
        round: 0,
      };
    case 'nudges':
      return {
        ...keys(`${TENANT}|${person}`, `digest_7c${id}`),
        items: JSON.stringify([`evaluation|${person}|${id}|2027-01-12|0`]),
        ...{ sentAt: new Date().toISOString(), activity: '1:abc' },
      };
    default:
      return {
        ...keys(`${TENANT}|${person}`, `agreement|${id}`),
        id,
        items: words,
        createdAt: due,
        version: 1,
      };
  }
}

/** Tables that make what is read and forget what is written; `filled` is whether they hold anything. */
function openTables(filled) {
  const written = { rows: 0 };
  let run = null;
  const table = (name) => ({
    async get() {
      return run;
    },
    async *query() {
      const count = filled ? Math.floor((rows * (SHARES[name] ?? 0)) / 100) : 0;
      for (let at = 0; at < count; at += 1) {
        // A page of the service comes after a wait.
        if (at % 1_000 === 0) await new Promise((resolve) => setImmediate(resolve));
        yield { row: rowOf(name, at), etag: '' };
      }
    },
    async upsert(row) {
      if (name === 'health') run = { row, etag: '' };
      else written.rows += 1;
    },
    async transact(writes) {
      await new Promise((resolve) => setImmediate(resolve));
      written.rows += writes.length;
      return 'ok';
    },
  });
  return { tables: { table, serverTime: async () => null }, written };
}

const folder = await mkdtemp(join(tmpdir(), 'kopje-koffie-bench-'));
const peak = { bytes: 0 };
const watch = setInterval(() => {
  peak.bytes = Math.max(peak.bytes, process.memoryUsage().rss);
}, 50);
const house = {
  ...{ secrets: ['a secret of the bench, of 32 characters or more'], prefix: 'bench', app: '0.2.0' },
  ...{
    now: () => new Date().toISOString(),
    pause: async () => undefined,
    say: () => undefined,
    complain: console.error,
  },
};
async function measure(what, act) {
  peak.bytes = process.memoryUsage().rss;
  const started = performance.now();
  const code = await act();
  const seconds = ((performance.now() - started) / 1_000).toFixed(1);
  console.log(
    `${what.padEnd(24)} ${seconds.padStart(7)} s   peak ${Math.round(peak.bytes / 1e6)} MB${code === 0 ? '' : '   FAILED'}`,
  );
}
try {
  const copy = join(folder, 'copy');
  const ledger = join(folder, 'ledger');
  const from = openTables(true);
  console.log(`${rows} rows; empty: ${Math.round(process.memoryUsage().rss / 1e6)} MB`);
  await measure('backup', () => backUp({ ...house, tables: from.tables }, { to: copy, ledgerTo: null }));
  await measure('ledger', () => backUp({ ...house, tables: from.tables }, { to: null, ledgerTo: ledger }));
  for (const name of [copy, ledger])
    console.log(
      `${name.slice(folder.length + 1).padEnd(24)} ${((await stat(name)).size / 1e6).toFixed(1).padStart(7)} MB`,
    );
  const asked = {
    from: copy,
    dryRun: false,
    nothingSince: true,
    unknownSince: false,
    old: false,
    loseScans: false,
  };
  for (const [what, with_] of [
    ['restore', null],
    ['restore, with the ledger', ledger],
  ]) {
    const to = openTables(false);
    await measure(what, () =>
      restore({ ...house, tables: to.tables, mend: async () => 0 }, { ...asked, ledger: with_ }),
    );
    console.log(`${'rows written'.padEnd(24)} ${String(to.written.rows).padStart(7)}`);
  }
} finally {
  clearInterval(watch);
  await rm(folder, { recursive: true, force: true });
}
