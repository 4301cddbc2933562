import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pino from 'pino';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { parseConfig } from '../../bot/config.js';
import { type Bot, composeBot } from '../../bot/main.js';
import { type AzuriteProcess, startAzuriteProcess } from '../support/azurite.js';

const BOUND_MS = 40_000;

let location: string;
let azurite: AzuriteProcess;
let bot: Bot | null = null;
beforeEach(async () => {
  location = await mkdtemp(join(tmpdir(), 'kopje-koffie-start-'));
  // Started and stopped once, so that the port is known.
  azurite = await startAzuriteProcess({ location });
  await azurite.stop();
}, BOUND_MS);
afterEach(async () => {
  await bot?.stop();
  await azurite.stop();
  await rm(location, { recursive: true, force: true });
}, BOUND_MS);

it(
  'starts without tables, says so, answers that it lives, and comes up by itself when they come',
  async () => {
    const logged: string[] = [];
    const parsed = parseConfig({
      PORT: '0',
      BOT_ENV: 'development',
      AZURE_TABLES_CONNECTION_STRING: azurite.connectionString,
      TABLE_PREFIX: 'start',
      REMINDERS: 'off',
    });
    if (!parsed.ok) throw new Error(parsed.problems.join());
    bot = composeBot(parsed.config, {
      now: () => new Date(),
      newId: () => crypto.randomUUID(),
      log: pino({}, { write: (line: string) => void logged.push(line) }),
    });
    const url = await bot.start();
    expect((await fetch(`${url}/healthz`)).status).toBe(200);
    expect((await fetch(`${url}/readyz`)).status).toBe(503);
    expect(logged.join()).toContain('the tables do not answer');

    azurite = await startAzuriteProcess({ location, port: azurite.port });
    const ready = async () => (await fetch(`${url}/readyz`)).status === 200;
    await vi.waitUntil(ready, { timeout: BOUND_MS / 2, interval: 100 });
    const told = () => logged.join().includes('the tables are there');
    await vi.waitUntil(told, { timeout: BOUND_MS / 2, interval: 50 });
  },
  BOUND_MS,
);
