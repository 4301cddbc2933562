import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addDays, dayOf, defaultSlot, slotOn, workingDayFrom } from '../../bot/domain/calendar.js';
import { format, messagesFor } from '../../cards/content/words.js';
import { longDay } from '../../cards/dates.js';
import { type Local, startLocal } from '../../infra/local/start-local.js';
import { openBrowser, type TestBrowser } from '../support/browser/browser.js';
import { createPlaygroundPage, type PlaygroundPage } from '../support/browser/playground-page.js';
import { runLocalJob } from '../support/process/local-job.js';

const WORDS = messagesFor('nl');
const { coffee: COFFEE, digest: DIGEST } = WORDS;
const filled = (text: string, values: Parameters<typeof format>[2]) => format('nl', text, values);
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
    await manager.waitForCard(WORDS.welcome.title);
    await manager.send('kopje koffie');
    await manager.press(COFFEE.add);
    await manager.waitForCard(COFFEE.addTitle);
    await manager.fill(COFFEE.namesLabel, 'Anouk\nBas\nLotte');
    await manager.choose(COFFEE.rhythmLabel, COFFEE.rhythms['four-weekly']);
    await manager.press(COFFEE.save);
    await manager.waitForCard(filled(COFFEE.addedNames, { names: 'Anouk, Bas en Lotte' }));

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
    await manager.waitForCard(DIGEST.title);

    await manager.pressFirst(DIGEST.open);
    await manager.waitForCard(COFFEE.questionsTitle);
    await keepPicture('coffee');
    await manager.press(COFFEE.done);
    const next = longDay('nl', workingDayFrom(addDays(today, 28), slot));
    await manager.waitForCard(filled(COFFEE.doneNotice, { name: 'Anouk', day: next }));
    await manager.press(DIGEST.back);
    await manager.waitForCard(DIGEST.done);

    await manager.send('koffie met Bas');
    await manager.waitForCard(filled(COFFEE.reminderTitle, { name: 'Bas' }));
    const moved = workingDayFrom(addDays(today, 40), slot);
    await manager.press(COFFEE.planOtherwise);
    await manager.fill(COFFEE.dayLabel, moved);
    await manager.press(COFFEE.move);
    await manager.waitForCard(filled(COFFEE.movedNotice, { day: longDay('nl', moved) }));

    await manager.send('mijn overzicht');
    // The welcome names the overview too, and the card of Bas his day: the day of Anouk stands on the overview alone.
    const overview = await manager.waitForCard(next);
    expect(overview).toContain(longDay('nl', moved));
    expect(overview).toContain(next);
  }, 60_000);

  async function keepPicture(name: string): Promise<void> {
    if (pictures !== undefined) await manager.screenshot(join(pictures, `${name}.png`), 'card');
  }
});
