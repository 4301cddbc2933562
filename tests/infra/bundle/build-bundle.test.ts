import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { type Bundle, buildBundle } from '../../../infra/bundle/build-bundle.js';
import packageJson from '../../../package.json' with { type: 'json' };
import { dropTables, ownPrefix } from '../../support/azure/azurite.js';
import { addressOf, startCommand } from '../../support/process/command.js';

const ROOT = fileURLToPath(new URL('../../..', import.meta.url));
/** What may be deployed, in bytes: 288 MB of node_modules became a tenth of that, and it must not creep back. */
const BUDGET = 16 * 1024 * 1024;

/** Away from the repository: nothing above it has a node_modules. */
let folder: string;
let bundle: Bundle;
const prefix = ownPrefix();
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'kopje-koffie-bundle-'));
  bundle = await buildBundle(ROOT, folder);
});
afterAll(async () => {
  rmSync(folder, { recursive: true, force: true });
  await dropTables(inject('azurite'), prefix);
});

describe('the bundle', () => {
  it('stays within its budget, and holds files alone', () => {
    const entries = readdirSync(folder, { withFileTypes: true });
    expect(entries.filter((entry) => !entry.isFile())).toEqual([]);
    const sizes = entries.map(({ name }) => ({ name, bytes: statSync(join(folder, name)).size }));
    expect(sizes.reduce((sum, { bytes }) => sum + bytes, 0)).toBeLessThan(BUDGET);
    const byName = (one: { name: string }, other: { name: string }) => one.name.localeCompare(other.name);
    expect([...bundle.files].sort(byName)).toEqual(sizes.sort(byName));
  });

  it('has the licence of each package that is in it, and of what is deployed alone', () => {
    const notices = readFileSync(join(folder, 'THIRD-PARTY-NOTICES.txt'), 'utf8');
    const sections = notices.split(`${'-'.repeat(80)}\n`).slice(1);
    expect(sections.length).toBeGreaterThan(100);
    for (const name of ['botbuilder', 'restify', 'pino', 'zod', '@azure/data-tables'])
      expect(notices).toMatch(new RegExp(`^${name} \\d`, 'm'));
    // Of the days that it knows a list goes in, whose licence wants to be named.
    const { 'date-holidays': days, ...others } = packageJson.devDependencies;
    expect(notices).toContain(`\ndate-holidays ${days}\n`);
    for (const name of Object.keys(others)) expect(notices).not.toContain(`\n${name} `);
    // A licence that must be passed on cannot be passed on by its name alone; the few that have no more are known.
    const nameless = sections.filter((text) => /^Licence: $/m.test(text));
    expect(nameless).toEqual([]);
    const bare = sections.filter((text) => text.includes('brings no text of its licence'));
    expect(bare.length).toBeLessThan(8);
  });

  it('starts without anything beside it, says that it lives, and stops in order', async () => {
    const running = startCommand(['serve'], {
      cwd: folder,
      command: join(folder, 'command.js'),
      env: {
        ...{ BOT_ENV: 'development', PORT: '0', REMINDERS: 'off', TABLE_PREFIX: prefix },
        AZURE_TABLES_CONNECTION_STRING: inject('azurite'),
      },
    });
    const address = await addressOf(running);
    const alive = await fetch(`${address}/healthz`);
    expect(alive.status).toBe(200);
    expect(await alive.json()).toEqual({ alive: true, version: packageJson.version });
    const page = await fetch(`${address}/privacy`);
    expect(await page.text()).toContain('<html lang="nl">');
    running.child.kill('SIGTERM');
    expect(await running.ended).toMatchObject({ code: 0, signal: null });
  });

  it('says wrong settings before it loads the rest', async () => {
    const { code, stderr } = await startCommand(['serve'], {
      cwd: folder,
      command: join(folder, 'command.js'),
      env: { PORT: 'many' },
    }).ended;
    expect([code, stderr]).toEqual([1, expect.stringContaining('- PORT: ')]);
  });
});
