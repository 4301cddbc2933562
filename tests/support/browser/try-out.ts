import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Local, startLocal } from '../../../infra/local/start-local.js';
import { openBrowser } from './browser.js';
import { createPlaygroundPage, type PlaygroundPage } from './playground-page.js';

/** Set to keep the pictures that README and docs show. */
const pictures = process.env.PICTURES;

/** The try-out as `npm start` has it, on data and ports of its own, and a browser to walk it with. */
export type TryOut = {
  readonly local: Local;
  /**
   * Opens the chat of one of the two. `height` where pictures are taken of it: tall enough for a whole card, of which
   * the Playground's own bar would cover a part.
   */
  open(who: 'manager' | 'employee', height?: number): Promise<PlaygroundPage>;
  close(): Promise<void>;
};

/** The clock of the bot is the real one: jobs are run by hand, at the day that a test is about. */
export async function openTryOut(): Promise<TryOut> {
  const folder = await mkdtemp(join(tmpdir(), 'kopje-koffie-try-out-'));
  const ports = { bot: 0, tables: 0, manager: 0, employee: 0 };
  const started = await startLocal({ dataFolder: folder, ports, botEnv: { REMINDERS: 'off' } });
  if (!started.ok) throw new Error(started.problem);
  const { local } = started;
  const browser = await openBrowser();
  return {
    local,
    async open(who, height) {
      const opened = createPlaygroundPage(await browser.newPage());
      if (pictures !== undefined && height !== undefined)
        await opened.page.setViewportSize({ width: 1_000, height });
      await opened.open(who === 'manager' ? local.managerUrl : local.employeeUrl);
      return opened;
    },
    async close() {
      await browser.close();
      await local.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** Keeps a picture of the newest card where pictures are asked for. */
export async function keepPicture(page: PlaygroundPage, name: string): Promise<void> {
  if (pictures !== undefined) await page.screenshot(join(pictures, `${name}.png`), 'card');
}
