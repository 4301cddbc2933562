import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addDays, dayOf, defaultSlot, slotOn, workingDayFrom } from '../../bot/domain/calendar.js';
import { type Local, startLocal } from '../../infra/local/start-local.js';
import { openBrowser, type TestBrowser } from '../support/browser/browser.js';
import { createPlaygroundPage, type PlaygroundPage } from '../support/browser/playground-page.js';
import { runLocalJob } from '../support/process/local-job.js';

const ZONE = 'Europe/Amsterdam';
/** Set to keep the pictures that the README shows. */
const pictures = process.env.PICTURES;

describe('the main journey, in a real browser in the Playground', () => {
  let folder: string;
  let local: Local;
  let browser: TestBrowser;
  let manager: PlaygroundPage;
  let employee: PlaygroundPage;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'kopje-koffie-journey-'));
    const ports = { bot: 0, tables: 0, manager: 0, employee: 0 };
    // The clock of the bot is the real one: the jobs are run by hand, at the day that the test is about.
    const started = await startLocal({ dataFolder: folder, ports, botEnv: { REMINDERS: 'off' } });
    if (!started.ok) throw new Error(started.problem);
    local = started.local;
    browser = await openBrowser();
    manager = createPlaygroundPage(await browser.newPage());
    employee = createPlaygroundPage(await browser.newPage());
    // Tall enough for a whole card: the Playground's own bar would cover a part of a picture of a longer one.
    if (pictures !== undefined) await manager.page.setViewportSize({ width: 1_000, height: 1_800 });
    await manager.open(local.managerUrl);
    await employee.open(local.employeeUrl);
  }, 60_000);
  afterAll(async () => {
    await browser?.close();
    await local?.stop();
    await rm(folder, { recursive: true, force: true });
  });

  it('goes from the question to the guide, the agreement, the reminder on the day and the outcome', async () => {
    const today = dayOf(new Date().toISOString(), ZONE);
    await manager.waitForCard('Welkom bij Kopje Koffie');
    await employee.waitForCard('Welkom bij Kopje Koffie');

    await manager.send('hoe begin ik het gesprek?');
    await manager.waitForCard('Bereid het gesprek voor');
    await keepPicture(manager, 'guide');
    for (const [button, heading] of [
      ['Volgende: Luisteren', 'Zo voer je het gesprek'],
      ['Volgende: Benoemen', 'Zeg wat je ziet'],
      ['Volgende: Het werk', 'Praat over het werk'],
      ['Volgende: Knelpunten', 'Zoek uit wat er knelt'],
      ['Volgende: Wat nodig is', 'Kijk wat er nodig is'],
      ['Volgende: Afronden', 'Rond af met afspraken'],
    ] as const) {
      await manager.press(button);
      await manager.waitForCard(heading);
    }

    await manager.press('Afspraak vastleggen');
    await manager.waitForCard('Stap 1 van 2');
    // Before anything is filled in: the Playground empties a form when the window changes its size for a picture.
    await keepPicture(manager, 'agreement');
    await manager.fill('Naam', 'Sanne');
    await manager.choose('Zoek deze persoon in Teams (mag leeg blijven)', 'Sanne Bakker');
    // A conversation of weeks ago: nobody asks any more how that one landed.
    await manager.fill('Op welke dag was het gesprek?', addDays(today, -28));
    await manager.choose('Waar ging het over?', 'Taken en wat eerst komt');
    await manager.press('Verder');
    await manager.waitForCard('Stap 2 van 2');
    await manager.fill('Wat spreken jullie af?', 'De klantvragen gaan twee weken naar Joris');
    await manager.press('Opslaan');
    await manager.waitForCard('Sanne krijgt de afspraken ook te zien');

    const slot = defaultSlot(ZONE);
    const evaluationDay = workingDayFrom(addDays(today, 14), slot);
    const result = await runLocalJob(local.connectionString, [
      'reminders',
      '--at',
      slotOn(evaluationDay, slot),
    ]);
    expect(result).toMatchObject({ job: 'reminders', due: 2, sent: 2, digests: 1, failed: 0 });
    await manager.waitForCard('Vandaag evalueren jullie');
    await keepPicture(manager, 'reminder');
    await employee.waitForCard('Mila de Wit heeft afspraken met je vastgelegd');
    await keepPicture(employee, 'shared');

    await manager.choose('Afspraak 1: hoe loopt het?', 'Werkt');
    await manager.press('Opslaan');
    await manager.waitForCard('Jullie evalueren weer op');
    await employee.press('Dit klopt');
    await employee.waitForCard('Deze afspraak is intussen veranderd');
    await employee.press('Dit klopt');
    await employee.waitForCard('Mila de Wit ziet dat het klopt');
  }, 60_000);

  it('leaves who wants a file, which the Playground has not, with the chat', async () => {
    await employee.send('wat is er over mij vastgelegd');
    await employee.waitForCard('Wat er over jou is vastgelegd');
    await employee.press('Alles bewaren');
    await employee.waitForCard('Hoe wil je het hebben?');
    await employee.press('Als document');
    await employee.waitForCard('Mag ik het bestand in je OneDrive zetten?');
    await employee.press('Hier in de chat');
    await employee.waitForCard('Lees of kopieer het hieronder');
  }, 60_000);

  async function keepPicture(page: PlaygroundPage, name: string): Promise<void> {
    if (pictures !== undefined) await page.screenshot(join(pictures, `${name}.png`), 'card');
  }
});
