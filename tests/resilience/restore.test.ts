import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, inject, it, vi } from 'vitest';
import { backUp } from '../../bot/store/backup/commands.js';
import { restoreBackup } from '../../bot/store/backup/restore.js';
import { openStores } from '../../bot/store/stores.js';
import { openTables } from '../../bot/store/tables/tables.js';
import { dropTables, dumpTables, ownPrefix } from '../support/azure/azurite.js';
import { openMemoryOwnTables } from '../support/azure/temporary-tables.js';
import { NINE, openSending } from '../support/jobs/sending-scene.js';
import { addressOf, answerOf, LEARNS_NOTHING, startCommand } from '../support/process/command.js';
import { LATE_MS, limit } from '../support/run/time-limits.js';
import {
  aMember,
  aNewReminder,
  anAgreement,
  aPerson,
  aReference,
  TENANT,
} from '../support/sample-records.js';
import { startTeams } from '../support/teams/teams.js';

let folder: string;
const prefixes: string[] = [];
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'kopje-koffie-restore-'));
});
afterAll(async () => {
  await rm(folder, { recursive: true, force: true });
  for (const prefix of prefixes) await dropTables(inject('azurite'), prefix);
});

/** Tables of their own, and the commands of an operator on them. */
async function openPlace() {
  const prefix = ownPrefix();
  prefixes.push(prefix);
  const tables = openTables({ connectionString: inject('azurite') }, prefix);
  const env = {
    ...{ BOT_ENV: 'development', PORT: '0', REMINDERS: 'off', TABLE_PREFIX: prefix },
    AZURE_TABLES_CONNECTION_STRING: inject('azurite'),
  };
  const start = (...args: readonly string[]) =>
    startCommand(args, { cwd: folder, env, preload: [LEARNS_NOTHING] });
  const run = async (...args: readonly string[]) => {
    const { code, stdout, stderr } = await answerOf(args, env);
    const last = stdout.trimEnd().split('\n').at(-1) ?? '';
    return { code, stderr, result: last === '' ? {} : JSON.parse(last) };
  };
  return { prefix, tables, stores: openStores(tables), start, run };
}
const newPath = () => join(folder, randomUUID());

describe('a backup that is put back', () => {
  it('after a sweep was broken off sends the rest, and nothing twice', async () => {
    const PEOPLE = 24;
    const { prefix, tables, stores, start, run } = await openPlace();
    await tables.create();
    const teams = await startTeams({ appId: randomUUID(), limits: 'off' });
    const people = Array.from({ length: PEOPLE }, (_, at) =>
      teams.person({ name: `Manager ${at}`, installed: true }),
    );
    try {
      for (const { objectId, conversationId: conversation, serviceUrl, userId: user, tenantId } of people) {
        const manager = { tenant: TENANT, person: objectId };
        const reference = { ...aReference({ conversation, serviceUrl, user }), tenant: tenantId };
        await stores.people.add(aPerson({ ...manager, reference }));
        await stores.managers.addAgreement(manager, aMember(), anAgreement({ answer: 'confirmed' }));
        await stores.reminders.plan(aNewReminder({ ...manager, manager: objectId }));
      }
      const [copy, ledger] = [newPath(), newPath()];
      expect(await run('backup', '--to', copy)).toMatchObject({
        code: 0,
        result: { rows: { people: PEOPLE } },
      });
      const sweep = start('job', 'reminders', '--at', NINE);
      teams.fault(() => ({ delayMs: 300 }));
      await vi.waitUntil(() => teams.received.length > 5, { timeout: limit(120_000), interval: 5 });
      sweep.child.kill('SIGTERM');
      await sweep.ended;
      const sent = teams.received.length;
      expect(sent).toBeLessThan(PEOPLE);
      expect(await run('backup', '--ledger-to', ledger)).toMatchObject({ code: 0, result: { sent } });

      await dropTables(inject('azurite'), prefix);
      const restored = await run('restore', '--from', copy, '--ledger', ledger);
      expect(restored).toMatchObject({ code: 0, result: { sentSince: sent, rows: { reminders: PEOPLE } } });
      teams.fault(() => undefined);
      await run('job', 'reminders', '--at', NINE);
      await run('job', 'reconcile', '--at', NINE);
      await run('job', 'reminders', '--at', '2027-01-12T09:00:00.000Z');
      expect(people.map((person) => person.messages().length)).toEqual(people.map(() => 1));
    } finally {
      await teams.close();
    }
  });

  it('is done again from its beginning after the process died; nothing works on half of it', async () => {
    const from = await openPlace();
    await from.tables.create();
    const MANAGERS = 200;
    for (let made = 0; made < MANAGERS; made += 1) {
      const manager = { tenant: TENANT, person: randomUUID() };
      await from.stores.managers.putMembers(
        manager,
        Array.from({ length: 5 }, (_, at) =>
          aMember({ id: `name-${at}`, person: null, rhythm: 'quarterly' }),
        ),
      );
    }
    const copy = newPath();
    await from.run('backup', '--to', copy);
    const to = await openPlace();
    const asked = ['restore', '--from', copy, '--nothing-since'] as const;
    await to.tables.create();
    const first = to.start(...asked);
    const rows = async () => {
      let found = 0;
      for await (const _row of to.tables.table('managers').query({ most: 1 })) found += 1;
      return found;
    };
    await vi.waitUntil(async () => (await rows()) > 0, { timeout: limit(120_000), interval: 20 });
    first.child.kill('SIGKILL');
    await first.ended;
    expect(await to.run('job', 'retention')).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('restore-unfinished'),
    });
    const serving = to.start('serve');
    const address = await addressOf(serving);
    await vi.waitUntil(() => serving.stderr().includes('restore-unfinished'), { timeout: LATE_MS });
    expect((await fetch(`${address}/readyz`)).status).toBe(503);
    expect(await to.run(...asked)).toMatchObject({ code: 0, result: { rows: { managers: MANAGERS * 5 } } });
    // The bot that waited for it begins by itself.
    await vi.waitUntil(() => fetch(`${address}/readyz`).then(({ ok }) => ok), { timeout: LATE_MS });
    serving.child.kill('SIGTERM');
    await serving.ended;
    const [before, after] = [
      await dumpTables(inject('azurite'), from.prefix),
      await dumpTables(inject('azurite'), to.prefix),
    ];
    expect(after.managers).toEqual(before.managers);
    expect(await to.run(...asked)).toMatchObject({ code: 1, stderr: expect.stringContaining('not empty') });
  });

  it('sends on the next working day what may have been sent since', async () => {
    const from = await openSending();
    await from.plan(aNewReminder());
    const to = openMemoryOwnTables();
    const path = newPath();
    const say = () => undefined;
    const house = { pause: async () => undefined, secrets: [], app: '0.2.0', say, complain: say };
    await backUp(
      { ...house, ...from.own, now: () => '2027-01-12T07:00:00.000Z' },
      { to: path, ledgerTo: null },
    );
    const noon = '2027-01-12T11:00:00.000Z';
    const asked = { from: path, dryRun: false, ledger: null, old: false, loseScans: false };
    const since = { nothingSince: false, unknownSince: true };
    const deps = { ...house, tables: to.tables, seal: null, now: noon };
    expect(await restoreBackup(deps, { ...asked, ...since })).toMatchObject({ ok: true, held: 1 });
    const after = await openSending(to);
    await after.remind(noon);
    expect(after.conversations()).toEqual([]);
    await after.remind('2027-01-13T08:00:00.000Z');
    expect(after.conversations()).toEqual(['a:1']);
    await after.remind('2027-01-13T09:00:00.000Z');
    expect(after.conversations()).toEqual(['a:1']);
    expect(await after.agreement()).toMatchObject({ id: 'agreement-1' });
  });
});
