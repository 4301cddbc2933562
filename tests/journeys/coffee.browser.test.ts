import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addDays, dayOf, defaultSlot, slotOn, workingDayFrom } from '../../bot/domain/calendar.js';
import { messagesFor } from '../../cards/content/words.js';
import { longDay } from '../../cards/dates.js';
import { type Local, startLocal } from '../../infra/local/start-local.js';
import { openBrowser, type TestBrowser } from '../support/browser/browser.js';
import { createPlaygroundPage, type PlaygroundPage } from '../support/browser/playground-page.js';
import { runLocalJob } from '../support/process/local-job.js';

const ZONE = 'Europe/Amsterdam';
/** Set to keep the pictures that the README shows. */
const pictures = process.env.PICTURES;

describe('a cup of coffee, in a real browser in the Playground', () => {
  let folder: string;
  let local: Local;
  let browser: TestBrowser;
  let manager: PlaygroundPage;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'kopje-koffie-coffee-'));
    const ports = { bot: 0, tables: 0, manager: 0, employee: 0 };
    const started = await startLocal({ dataFolder: folder, ports, botEnv: { REMINDERS: 'off' } });
    if (!started.ok) throw new Error(started.problem);
    local = started.local;
    browser = await openBrowser();
    manager = createPlaygroundPage(await browser.newPage());
    if (pictures !== undefined) await manager.page.setViewportSize({ width: 1_000, height: 1_800 });
    await manager.open(local.managerUrl);
  }, 60_000);
  afterAll(async () => {
    await browser?.close();
    await local?.stop();
    await rm(folder, { recursive: true, force: true });
  });

  it('is planned with three people, comes on its day, is had and moved, and the overview changes with it', async () => {
    const today = dayOf(new Date().toISOString(), ZONE);
    const slot = defaultSlot(ZONE);
    await manager.waitForCard('Welkom bij Kopje Koffie');
    await manager.send('kopje koffie');
    await manager.press('Mensen toevoegen');
    await manager.waitForCard('Wie zet je op je lijst?');
    await manager.fill(messagesFor('nl').coffee.namesLabel, 'Anouk\nBas\nLotte');
    await manager.choose('Hoe vaak?', 'Elke vier weken');
    await manager.press('Toevoegen');
    await manager.waitForCard('Toegevoegd: Anouk, Bas en Lotte.');

    // The first coffee with somebody new is within a fortnight.
    const first = workingDayFrom(addDays(today, 14), slot);
    const none = await runLocalJob(local.connectionString, [
      'reminders',
      '--at',
      slotOn(addDays(today, 7), slot),
    ]);
    expect(none).toMatchObject({ due: 0, sent: 0 });
    const sent = await runLocalJob(local.connectionString, ['reminders', '--at', slotOn(first, slot)]);
    expect(sent).toMatchObject({ due: 3, sent: 3, digests: 1, failed: 0 });
    await manager.waitForCard('Dit staat er voor je klaar');

    await manager.pressFirst('Openen');
    await manager.waitForCard('Zo kun je beginnen');
    await keepPicture('coffee');
    await manager.press('Vandaag koffie gehad');
    const next = longDay('nl', workingDayFrom(addDays(today, 28), slot));
    await manager.waitForCard(`Mooi. De volgende keer met Anouk is ${next}`);
    await manager.press('Terug naar het overzicht');
    await manager.waitForCard('Gedaan');

    await manager.send('koffie met Bas');
    await manager.waitForCard('Koffie met Bas?');
    const moved = workingDayFrom(addDays(today, 40), slot);
    await manager.fill('Nieuwe dag', moved);
    await manager.press('Verzetten');
    await manager.waitForCard(`Verzet naar ${longDay('nl', moved)}`);

    await manager.send('mijn overzicht');
    const overview = await manager.waitForCard(messagesFor('nl').overview.title);
    expect(overview).toContain(longDay('nl', moved));
    expect(overview).toContain(next);
  }, 60_000);

  async function keepPicture(name: string): Promise<void> {
    if (pictures !== undefined) await manager.screenshot(join(pictures, `${name}.png`), 'card');
  }
});
