import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startScan } from '../../../bot/domain/scan.js';
import { READ_IN_ORDER } from '../../../bot/store/backup/backup.js';
import { type BackupAsked, backUp } from '../../../bot/store/backup/commands.js';
import { everyRow } from '../../../bot/store/backup/every-row.js';
import { type RestoreAsked, type Restored, restoreBackup } from '../../../bot/store/backup/restore.js';
import { openRestoreRuns } from '../../../bot/store/restore-runs.js';
import { createSeal } from '../../../bot/store/scan-seal.js';
import { openStores } from '../../../bot/store/stores.js';
import { type Range, TABLE_NAMES, type Table, type Tables } from '../../../bot/store/tables/tables.js';
import { putRows, storedRows } from '../../compatibility/stored-rows.js';
import type { DumpedEntity } from '../../support/azure/azurite.js';
import { type OwnTables, openMemoryOwnTables, openOwnTables } from '../../support/azure/temporary-tables.js';
import { faultsOf } from '../../support/faults.js';
import { MILA, SANNE } from '../../support/jobs/sending-scene.js';
import {
  aMember,
  aNewReminder,
  anAgreement,
  EMPLOYEE,
  MANAGER,
  TENANT,
} from '../../support/sample-records.js';
import { setUpEach } from '../../support/set-up.js';

const AT = '2027-01-12T07:00:00.000Z';
const LATER = '2027-01-12T12:00:00.000Z';
const APP = '0.2.0';
const SECRET = 'a secret that nobody guesses, of 32 characters or more';
const OTHER_SECRET = 'another secret that nobody guesses, of 32 characters';

let folder: string;
let files = 0;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'kopje-koffie-backup-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));
const newFile = () => {
  files += 1;
  return join(folder, `${files}.backup`);
};

type Made = { readonly path: string; readonly said: readonly string[] };
async function backUpTo(
  { tables, prefix }: OwnTables,
  { what = 'to', at = AT, secret = SECRET }: { what?: 'to' | 'ledgerTo'; at?: string; secret?: string } = {},
): Promise<Made> {
  const path = newFile();
  const said: string[] = [];
  const say = (line: string) => void said.push(line);
  const house = {
    tables,
    prefix,
    secrets: [secret],
    app: APP,
    now: () => at,
    pause: async () => undefined,
    say,
    complain: say,
  };
  const asked = { to: null, ledgerTo: null, [what]: path };
  expect([await backUp(house, asked), said]).toEqual([0, [expect.any(String)]]);
  return { path, said };
}

const ASKED: Omit<RestoreAsked, 'from'> = {
  dryRun: false,
  ledger: null,
  nothingSince: true,
  unknownSince: false,
  old: false,
  loseScans: false,
};
function restoreInto(
  { tables }: OwnTables,
  from: string,
  asked: Partial<RestoreAsked> = {},
  { now = LATER, secrets = [SECRET], app = APP } = {},
): Promise<Restored> {
  const deps = { tables, seal: createSeal(secrets), secrets, app, now, pause: async () => undefined };
  return restoreBackup(deps, { ...ASKED, from, ...asked });
}

/** What is in the tables, without what says who ticked and what was put back. */
async function contents(own: OwnTables) {
  const { health: _health, ...rest } = await own.dump();
  return rest;
}

describe('a backup', () => {
  it('reads every table, proofs after the reminders that they prove', () => {
    expect([...READ_IN_ORDER].sort()).toEqual([...TABLE_NAMES].sort());
    expect(READ_IN_ORDER.indexOf('nudges')).toBeGreaterThan(READ_IN_ORDER.indexOf('reminders'));
    expect(READ_IN_ORDER.indexOf('about')).toBeGreaterThan(READ_IN_ORDER.indexOf('managers'));
  });

  it('brings back each row as it was, also one that cannot be read as a record', async () => {
    const [from, to] = await Promise.all([openOwnTables(), openOwnTables()]);
    try {
      await putRows(from.prefix, storedRows('0.1.0'));
      const { path } = await backUpTo(from);
      const restored = await restoreInto(to, path, { nothingSince: true });
      expect(restored).toMatchObject({ ok: true, copyAt: AT, prefix: from.prefix, held: 0 });
      const [before, after] = [await contents(from), await contents(to)];
      // What is about records that are gone would go the next night.
      const removed = (before.about ?? []).flatMap((row) =>
        row.removed === undefined ? [] : [row.agreement],
      );
      const isLeft = (row: DumpedEntity) =>
        !removed.includes(row.subject) || row.kind === 'removal-granted' || row.partitionKey === 'aside';
      const reminders = (before.reminders ?? []).filter(isLeft);
      expect(after).toEqual({ ...before, reminders });
      expect(restored).toMatchObject({
        leftOut: { erased: (before.reminders ?? []).length - reminders.length },
      });
    } finally {
      await Promise.all([from.drop(), to.drop()]);
    }
  });

  it('keeps letters, line separators and figures as they are', async () => {
    const [from, to] = [openMemoryOwnTables(), openMemoryOwnTables()];
    const row = { partitionKey: 'p', rowKey: 'r', text: 'é\u2028\u2029\n"\\ 😀', number: -7, yes: false };
    await from.tables.table('organisation').upsert(row);
    await restoreInto(to, (await backUpTo(from)).path);
    expect(await contents(to)).toEqual(await contents(from));
  });

  it('goes on behind the last row that came when the tables fail on the way, and has each row once', async () => {
    const from = openMemoryOwnTables();
    const table = from.tables.table('audit');
    for (const partitionKey of ['a', 'a-b', 'a|b', 'b'])
      for (let at = 0; at < 40; at += 1)
        await table.upsert({ partitionKey, rowKey: `row-${String(at).padStart(3, '0')}` });
    let given = 0;
    const paused: number[] = [];
    async function* query(range: Range) {
      for await (const stored of table.query(range)) {
        given += 1;
        if (given % 7 === 0) throw new Error('the tables are away');
        yield stored;
      }
    }
    const rows: string[] = [];
    const pause = async (ms: number) => void paused.push(ms);
    for await (const { row } of everyRow({ ...table, query }, pause))
      rows.push(`${row.partitionKey} ${row.rowKey}`);
    const all = (await from.dump()).audit ?? [];
    expect(rows).toEqual(all.map(({ partitionKey, rowKey }) => `${partitionKey} ${rowKey}`));
    expect(rows).toHaveLength(160);
    expect([...new Set(paused)]).toEqual([1_000]);
  });

  it('is given up when the tables stay away, and leaves no file', async () => {
    const own = openMemoryOwnTables();
    const path = newFile();
    const paused: number[] = [];
    const away: Tables = {
      ...own.tables,
      table: (name) => ({
        ...own.tables.table(name),
        // They were there when it was looked whether they are.
        async *query({ most }: Range): AsyncGenerator<never> {
          yield* [];
          if (most !== 1) throw new Error('the tables are away');
        },
      }),
    };
    const say = () => undefined;
    const house = { ...own, tables: away, secrets: [], app: APP, now: () => AT, say, complain: say };
    const pause = async (ms: number) => void paused.push(ms);
    await expect(backUp({ ...house, pause }, { to: path, ledgerTo: null })).rejects.toThrow('away');
    expect(paused).toEqual([1_000, 2_000, 4_000, 8_000, 16_000]);
    expect((await readdir(folder)).filter((name) => path.endsWith(name.replace('.part', '')))).toEqual([]);
  });

  it('is refused before anything is read where no file can be made, by what is wrong with the place', async () => {
    const own = openMemoryOwnTables();
    const there = join(folder, 'there.ledger');
    await writeFile(there, 'as it was');
    const at = (name: string) => join(folder, name);
    const before = await readdir(folder);
    expect(
      await faultsOf<readonly [string, Partial<BackupAsked>, RegExp]>(
        [
          ['no folder', { to: at('nofolder/x') }, /^There is no folder .*nofolder\. Make it first/],
          ['a file for a folder', { to: join(there, 'x') }, /^There is no folder .*there\.ledger\./],
          ['a name too long', { to: at('x'.repeat(300)) }, /cannot be written \(ENAMETOOLONG\)\.$/],
          ['a folder', { ledgerTo: folder }, /is there already, and stays/],
          ['what is there', { to: there }, /there\.ledger is there already, and stays/],
          ['a ledger that is there', { to: at('x'), ledgerTo: there }, /there\.ledger is there already/],
          [
            'one place for both',
            { to: at('x'), ledgerTo: `${folder}/./x` },
            /^The backup and the ledger need a file each\./,
          ],
        ],
        async (_case, asked, says) => {
          const complained: string[] = [];
          const requests = own.tables.requests();
          const code = await backUp(
            {
              ...{ tables: own.tables, prefix: own.prefix, secrets: [SECRET], app: APP },
              ...{ now: () => AT, pause: async () => undefined, say: () => undefined },
              complain: (line) => void complained.push(line),
            },
            { to: null, ledgerTo: null, ...asked },
          );
          expect([code, complained]).toEqual([1, [expect.stringMatching(says)]]);
          expect(own.tables.requests()).toBe(requests);
          expect(await readdir(folder)).toEqual(before);
        },
      ),
    ).toEqual([]);
    await rm(there);
  });

  it('is not written into the half of another, which may be under way', async () => {
    const own = openMemoryOwnTables();
    const path = newFile();
    await writeFile(`${path}.part`, 'half of another');
    const complained: string[] = [];
    const house = {
      ...{ ...own, secrets: [], app: APP, now: () => AT, pause: async () => undefined },
      ...{ say: () => undefined, complain: (line: string) => void complained.push(line) },
    };
    expect(await backUp(house, { to: path, ledgerTo: null })).toBe(1);
    expect(complained).toEqual([
      expect.stringMatching(/\.part is there: another is being written, or one was killed\. .*[Dd]elete it/),
    ]);
    expect(await readFile(`${path}.part`, 'utf8')).toBe('half of another');
    await rm(`${path}.part`);
  });

  it('is for whoever made it alone, and writes over nothing', async () => {
    const own = openMemoryOwnTables();
    const { path, said } = await backUpTo(own);
    expect((await stat(path)).mode & 0o777).toBe(0o600);
    expect(JSON.parse(said[0] ?? '')).toMatchObject({ command: 'backup', at: AT, file: path, lines: 0 });
    const complaints: string[] = [];
    const complain = (line: string) => void complaints.push(line);
    const house = {
      ...own,
      secrets: [],
      app: APP,
      now: () => AT,
      pause: async () => undefined,
      say: complain,
      complain,
    };
    expect(await backUp(house, { to: path, ledgerTo: null })).toBe(1);
    expect(await backUp(house, { to: null, ledgerTo: newFile() })).toBe(1);
    expect(complaints).toEqual([
      expect.stringContaining('is there already'),
      expect.stringContaining('SCAN_SECRET'),
    ]);
  });
});

describe('a file that is not as it was written', () => {
  let from: OwnTables;
  let to: OwnTables;
  let bytes: Buffer;
  beforeAll(async () => {
    from = openMemoryOwnTables();
    await from.stores.managers.addAgreement(MILA, aMember(), anAgreement());
    await from.stores.reminders.plan(aNewReminder());
    bytes = await readFile((await backUpTo(from)).path);
  });
  const afresh = setUpEach(() => {
    to = openMemoryOwnTables();
  });
  async function refusalOf(changed: Uint8Array, asked: Partial<RestoreAsked> = {}) {
    const path = newFile();
    await writeFile(path, changed);
    const restored = await restoreInto(to, path, asked);
    if (!restored.ok) expect(await contents(to)).toEqual(await contents(openMemoryOwnTables()));
    return restored.ok ? null : restored.problem.replaceAll(path, 'FILE');
  }
  const rewritten = (change: (lines: string[]) => string[]) =>
    gzipSync(`${change(gunzipSync(bytes).toString().trimEnd().split('\n')).join('\n')}\n`);

  it('is refused with any byte changed, cut off wherever, or with a row taken out or added, and nothing is written', async () => {
    // All of what gzip puts around the rows, and every fifth of what is packed: one checksum answers for all of that.
    const isAround = (at: number) => at < 64 || at >= bytes.length - 16;
    const places = Array.from(bytes, (_, at) => at).filter((at) => isAround(at) || at % 5 === 0);
    for (const at of places) {
      const changed = Buffer.from(bytes);
      changed.writeUInt8((changed.readUInt8(at) + 1) % 256, at);
      // Some of gzip's own beginning says when, where and what was packed: that changes nothing.
      const isOfNoMatter = at >= 3 && at <= 9;
      const refusal = await refusalOf(changed);
      if (!isOfNoMatter) expect(refusal, `byte ${at}`).toMatch(/damaged|no file that this bot wrote/);
      else to = openMemoryOwnTables();
    }
    await afresh();
    for (let length = 0; length < bytes.length; length += 7)
      expect(await refusalOf(bytes.subarray(0, length)), `${length} bytes`).toMatch(/damaged/);
    await afresh();
    expect(await refusalOf(rewritten((lines) => lines.filter((_line, at) => at !== 1)))).toMatch(/damaged/);
    expect(await refusalOf(rewritten(([first = '', ...rest]) => [first, '[]', ...rest]))).toMatch(/damaged/);
    expect(await refusalOf(rewritten((lines) => [...lines, '[]']))).toMatch(/damaged/);
    expect(await refusalOf(rewritten((lines) => lines.slice(0, -1)))).toMatch(/damaged/);
    expect(await refusalOf(rewritten((lines) => lines.with(1, '{"row":1}')))).toMatch(/damaged/);
  });

  it('says which version made it when that is a newer one, and is refused when it is something else, or not there', async () => {
    const changed = (what: object) =>
      rewritten(([first = '', ...rest]) => [JSON.stringify({ ...JSON.parse(first), ...what }), ...rest]);
    const newer = 'FILE was made by version 0.3.0, and this is 0.2.0: use that version, or a newer one.';
    expect(await refusalOf(changed({ app: '0.3.0' }))).toBe(newer);
    expect(await refusalOf(changed({ app: '0.3.0', version: 2, kind: 'of another kind' }))).toBe(newer);
    expect(await refusalOf(changed({ app: '0.1.0', version: 2 }))).toContain('made by version 0.1.0');
    expect(await refusalOf(changed({ kind: 'ledger' }))).toBe('FILE is a ledger, not a backup.');
    await afresh();
    expect(await refusalOf(Buffer.from('no archive'))).toMatch(/damaged/);
    expect(await refusalOf(gzipSync('{"some":"json"}\n'))).toMatch(/no file that this bot wrote/);
    expect(await refusalOf(gzipSync(Buffer.alloc(16 * 1024 * 1024, 'x')))).toMatch(/damaged/);
    expect(await restoreInto(to, join(folder, 'nothing'))).toMatchObject({
      problem: `There is no file ${join(folder, 'nothing')}.`,
    });
    expect(await restoreInto(to, folder)).toMatchObject({ problem: expect.stringContaining('EISDIR') });
  });

  it('is refused after a month, unless that is asked for', async () => {
    const { path } = await backUpTo(from, { at: '2026-12-12T11:59:00.000Z' });
    expect(await restoreInto(to, path)).toMatchObject({ problem: expect.stringContaining('--old') });
    expect(await restoreInto(to, path, { old: true })).toMatchObject({ ok: true });
  });

  it('is refused until it is said what is known of the time since', async () => {
    const { path } = await backUpTo(from);
    const refused = await restoreInto(to, path, { nothingSince: false });
    expect(refused).toMatchObject({ problem: expect.stringContaining('--ledger') });
    expect(await restoreInto(to, path, { nothingSince: false, dryRun: true })).toMatchObject({ ok: true });
  });
});

describe('the tables that a backup is put into', () => {
  let path: string;
  let to: OwnTables;
  beforeAll(async () => {
    const from = openMemoryOwnTables();
    await from.stores.managers.addAgreement(MILA, aMember(), anAgreement());
    path = (await backUpTo(from)).path;
  });
  const afresh = setUpEach(() => {
    to = openMemoryOwnTables();
  });

  it('stay as they are when they are not empty, and in a dry run, which counts', async () => {
    await to.stores.reminders.plan(aNewReminder());
    const before = await to.dump();
    expect(await restoreInto(to, path)).toMatchObject({
      problem: expect.stringContaining('not empty (reminders)'),
    });
    expect(await to.dump()).toEqual(before);
    await afresh();
    expect(await restoreInto(to, path, { dryRun: true })).toMatchObject({
      ok: true,
      rows: { managers: 2, reminders: 0 },
    });
    expect(await to.dump()).toEqual(await openMemoryOwnTables().dump());
  });

  it('failing on the way are no fault of the file: a write is tried again, and then it comes through', async () => {
    let fails = 5;
    const fail = () => {
      fails -= 1;
      if (fails >= 0) throw Object.assign(new Error('no such host'), { code: 'ENOENT' });
    };
    const tables: Tables = {
      ...to.tables,
      table(name) {
        const table = to.tables.table(name);
        const transact: Table['transact'] = async (writes) => {
          fail();
          return table.transact(writes);
        };
        return name === 'managers' ? { ...table, transact } : table;
      },
    };
    fails = 6;
    await expect(restoreInto({ ...to, tables }, path)).rejects.toThrow('no such host');
    fails = 5;
    expect(await restoreInto({ ...to, tables }, path)).toMatchObject({ ok: true, rows: { managers: 2 } });
  });

  it('are not those of a bot that runs', async () => {
    // By the clock of the tables, which is the machine's here.
    const ranAt = (await to.tables.serverTime()) ?? LATER;
    const tick = { at: LATER, ranAt, due: 0, failed: 0 };
    await to.stores.health.record('reminders', 'instance', tick);
    expect(await restoreInto(to, path)).toMatchObject({ problem: expect.stringContaining('Stop it first') });
    await to.stores.health.record('reminders', 'instance', { ...tick, ranAt: AT });
    expect(await restoreInto(to, path)).toMatchObject({ ok: true });
  });

  it('may not be worked on before all is there, and go on with the same backup alone', async () => {
    const runs = openRestoreRuns(to.tables);
    await runs.mustBeFinished();
    const first = await restoreInto(to, path);
    await expect(runs.mustBeFinished()).rejects.toMatchObject({ code: 'restore-unfinished' });
    const another = openMemoryOwnTables();
    const other = await backUpTo(another);
    expect(await restoreInto(to, other.path)).toMatchObject({
      problem: expect.stringContaining('put back half-way'),
    });
    const again = await restoreInto(to, path);
    expect(again).toMatchObject({ ok: true });
    if (first.ok && again.ok) await again.finish(LATER);
    await runs.mustBeFinished();
    expect(await restoreInto(to, path)).toMatchObject({ problem: expect.stringContaining('not empty') });
  });
});

describe('what was removed', () => {
  let from: OwnTables;
  let to: OwnTables;
  const ASKED_AT = '2027-01-10T09:00:00.000Z';
  const other = anAgreement({ id: 'agreement-2' });
  const afresh = setUpEach(async () => {
    [from, to] = [openMemoryOwnTables(), openMemoryOwnTables()];
    const { managers, about, reminders } = from.stores;
    for (const agreement of [anAgreement(), other]) {
      await managers.addAgreement(MILA, aMember(), agreement);
      await about.index(TENANT, EMPLOYEE, { manager: MANAGER, agreement: agreement.id, since: ASKED_AT });
      await reminders.plan(aNewReminder({ subject: agreement.id }));
    }
    await managers.putMembers(MILA, [aMember({ number: 'number-1' })]);
    await reminders.plan(aNewReminder({ kind: 'removal-granted', person: EMPLOYEE, former: 'Mila' }));
  });
  /** What the restored tables still say of an agreement. */
  const leftOf = async (id: string) => {
    const { managers, about, reminders } = to.stores;
    const kinds: string[] = [];
    for await (const { reminder } of reminders.all()) if (reminder?.subject === id) kinds.push(reminder.kind);
    return {
      record: (await managers.agreement(MILA, id)) !== null,
      pointers: (await about.of(TENANT, EMPLOYEE)).filter(({ agreement }) => agreement === id).length,
      reminders: kinds.sort(),
    };
  };
  const GONE = { record: false, pointers: 0, reminders: ['removal-granted'] };
  const THERE = { record: true, pointers: 1, reminders: ['evaluation'] };
  const removed = { askedAt: ASKED_AT, at: LATER, managerName: 'Mila' };
  const grant = () =>
    from.stores.about.index(TENANT, EMPLOYEE, {
      ...{ manager: MANAGER, agreement: 'agreement-1', since: ASKED_AT, removed },
    });
  const noted = (kind: 'agreement' | 'member' | 'moment', record: string, gone?: true) =>
    from.stores.audit.add(TENANT, `${kind}-${record}`, {
      ...{ at: LATER, who: MANAGER, did: 'a.verb', record, kind, manager: MANAGER },
      ...(gone ? { gone } : {}),
    });

  it('while the backup was made stays out by the pointer, which tells of it', async () => {
    await grant();
    const { path } = await backUpTo(from);
    expect(await restoreInto(to, path)).toMatchObject({ ok: true, leftOut: { erased: 2 } });
    expect(await leftOf('agreement-1')).toEqual({ ...GONE, pointers: 1 });
    expect(await leftOf('agreement-2')).toEqual(THERE);
  });

  it('on request since the backup stays out by the ledger, with pointer and reminders', async () => {
    const { path } = await backUpTo(from);
    await grant();
    const ledger = (await backUpTo(from, { what: 'ledgerTo', at: LATER })).path;
    expect(await restoreInto(to, path, { ledger })).toMatchObject({ ok: true, leftOut: { erased: 3 } });
    expect(await leftOf('agreement-1')).toEqual(GONE);
    expect(await leftOf('agreement-2')).toEqual(THERE);
  });

  it('by a manager since the backup stays out, and what was changed, or of which nothing is known, does not', async () => {
    const { path } = await backUpTo(from);
    await noted('agreement', 'agreement-1', true);
    await noted('agreement', 'agreement-2');
    await noted('member', 'number-1', true);
    const ledger = (await backUpTo(from, { what: 'ledgerTo', at: LATER })).path;
    await restoreInto(to, path, { ledger });
    expect(await leftOf('agreement-1')).toEqual(GONE);
    expect(await leftOf('agreement-2')).toEqual(THERE);
    expect(await to.stores.managers.members(MILA)).toEqual([]);
    await afresh();
    {
      const { path } = await backUpTo(from);
      await grant();
      await restoreInto(to, path, { nothingSince: false, unknownSince: true });
      expect(await leftOf('agreement-1')).toMatchObject({ record: true, pointers: 1 });
    }
  });

  it('cannot be read from the ledger, nor by who has the backup too and not the key', async () => {
    await grant();
    await from.stores.deliveries.record(TENANT, EMPLOYEE, 'digest|2027-01-12', {
      ...{ items: [`evaluation|${MANAGER}|agreement-1|2027-01-12|0`], sentAt: LATER, activity: '1:abc' },
    });
    const { path } = await backUpTo(from, { what: 'ledgerTo', at: LATER });
    const text = gunzipSync(await readFile(path)).toString();
    for (const id of [TENANT, EMPLOYEE, MANAGER, 'agreement-1', 'Mila', 'evaluation'])
      expect(text).not.toContain(id);
    const again = await backUpTo(from, { what: 'ledgerTo', at: LATER, secret: OTHER_SECRET });
    const hashes = (one: string) => one.split('\n').filter((line) => line.startsWith('["erased"'));
    expect(hashes(text)).not.toEqual(hashes(gunzipSync(await readFile(again.path)).toString()));
  });

  it('is not known by a ledger of before the backup, or of another key', async () => {
    const { path } = await backUpTo(from);
    const older = await backUpTo(from, { what: 'ledgerTo', at: ASKED_AT });
    const foreign = await backUpTo(from, { what: 'ledgerTo', at: LATER, secret: OTHER_SECRET });
    const refusals = [
      await restoreInto(to, path, { ledger: older.path }),
      await restoreInto(to, path, { ledger: foreign.path }),
      await restoreInto(to, path, { ledger: path }),
    ];
    expect(refusals).toMatchObject([
      { problem: expect.stringContaining('is older than the backup') },
      { problem: expect.stringContaining('another SCAN_SECRET') },
      { problem: expect.stringContaining('is a backup, not a ledger') },
    ]);
    expect(await to.dump()).toEqual(await openMemoryOwnTables().dump());
    const secrets = [SECRET, OTHER_SECRET];
    expect(await restoreInto(to, path, { ledger: foreign.path }, { secrets })).toMatchObject({ ok: true });
  });
});

describe('the answers of a team scan', () => {
  const scan = startScan(
    {
      ...{ tenant: TENANT, id: 'BCDFG', form: 'form-1', before: null, name: 'Burgerzaken' },
      ...{ manager: MANAGER, managerName: 'Mila', lastDay: '2027-01-26', asked: [EMPLOYEE] },
    },
    AT,
  );
  it('come back for whoever has the secret, and are not put back for another', async () => {
    const [from, to] = [openMemoryOwnTables(), openMemoryOwnTables()];
    const scans = openStores(from.tables, createSeal([SECRET])).scans;
    await scans.add(scan);
    const { path } = await backUpTo(from);
    const refused = await restoreInto(to, path, {}, { secrets: [OTHER_SECRET] });
    expect(refused).toMatchObject({ problem: expect.stringContaining('another SCAN_SECRET') });
    expect(await to.dump()).toEqual(await openMemoryOwnTables().dump());
    expect(await restoreInto(to, path, {}, { secrets: [OTHER_SECRET, SECRET] })).toMatchObject({ ok: true });
    expect(await openStores(to.tables, createSeal([SECRET])).scans.progress(scan)).toEqual({ answered: 0 });
    const third = openMemoryOwnTables();
    const lost = await restoreInto(third, path, { loseScans: true }, { secrets: [OTHER_SECRET] });
    expect(lost).toMatchObject({ ok: true, rows: { scans: 2 } });
  });

  it('go with their scan, when that was removed since', async () => {
    const [from, to] = [openMemoryOwnTables(), openMemoryOwnTables()];
    await openStores(from.tables, createSeal([SECRET])).scans.add(scan);
    const { path } = await backUpTo(from);
    await from.stores.audit.add(TENANT, 'scan', {
      ...{ at: LATER, who: MANAGER, did: 'scan.remove', record: scan.id, kind: 'scan' as const },
      ...{ manager: MANAGER, gone: true },
    });
    const ledger = (await backUpTo(from, { what: 'ledgerTo', at: LATER })).path;
    expect(await restoreInto(to, path, { ledger })).toMatchObject({ rows: { scans: 0 } });
  });
});

describe('what was sent', () => {
  const NINE_OF_DAY = '2027-01-12T08:00:00.000Z';
  let from: OwnTables;
  let to: OwnTables;
  const afresh = setUpEach(async () => {
    [from, to] = [openMemoryOwnTables(), openMemoryOwnTables()];
    await from.stores.reminders.plan(aNewReminder({ due: NINE_OF_DAY }));
    await from.stores.reminders.plan(aNewReminder({ due: '2027-01-13T08:00:00.000Z', occasion: 'later' }));
  });
  const restored = async () => {
    const found = [];
    for await (const { reminder } of to.stores.reminders.all()) if (reminder !== null) found.push(reminder);
    return found.sort((one, next) => one.due.localeCompare(next.due));
  };

  it('since the backup is proven by the ledger', async () => {
    const { path } = await backUpTo(from);
    const [sent] = await (async () => {
      const found = [];
      for await (const { reminder } of from.stores.reminders.all())
        if (reminder !== null) found.push(reminder);
      return found;
    })();
    const { kind, manager, subject, occasion, round } = sent ?? aNewReminder();
    const item = [kind, manager, subject, occasion, round].join('|');
    const delivery = { items: [item], sentAt: NINE_OF_DAY, activity: '1:abc' };
    await from.stores.deliveries.record(MILA.tenant, MILA.person, 'digest|2027-01-12', delivery);
    const ledger = (await backUpTo(from, { what: 'ledgerTo', at: LATER })).path;
    expect(await restoreInto(to, path, { ledger })).toMatchObject({ ok: true, sentSince: 1, held: 0 });
    expect([...(await to.stores.deliveries.sentTo(MILA.tenant, MILA.person))]).toEqual([[item, NINE_OF_DAY]]);
    expect((await restored()).map(({ claimedAt }) => claimedAt)).toEqual([LATER, null]);
  });

  it('may have been since the backup or was nothing: what was due goes out another day, or the same', async () => {
    const { path } = await backUpTo(from);
    await restoreInto(to, path, { nothingSince: false, unknownSince: true });
    expect((await restored()).map(({ sendingAt }) => sendingAt)).toEqual([LATER, null]);
    await afresh();
    {
      const { path } = await backUpTo(from);
      expect(await restoreInto(to, path)).toMatchObject({ held: 0 });
      expect((await restored()).map(({ sendingAt }) => sendingAt)).toEqual([null, null]);
    }
  });
});

it('an employee finds what was put back about them', async () => {
  const [from, to] = [openMemoryOwnTables(), openMemoryOwnTables()];
  await from.stores.about.index(TENANT, EMPLOYEE, { manager: MANAGER, agreement: 'agreement-1', since: AT });
  await restoreInto(to, (await backUpTo(from)).path);
  expect(await to.stores.about.concerns(SANNE.tenant, SANNE.person, MANAGER, 'agreement-1')).toBe(true);
});
