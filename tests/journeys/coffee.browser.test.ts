import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addDays, dayOf, defaultSlot, slotOn, workingDayFrom } from '../../bot/domain/calendar.js';
import { format, messagesFor } from '../../cards/content/words.js';
import { longDay } from '../../cards/dates.js';
import type { PlaygroundPage } from '../support/browser/playground-page.js';
import { keepPicture, openTryOut, type TryOut } from '../support/browser/try-out.js';
import { runLocalJob } from '../support/process/local-job.js';

const WORDS = messagesFor('nl');
const { coffee: COFFEE, digest: DIGEST } = WORDS;
const filled = (text: string, values: Parameters<typeof format>[2]) => format('nl', text, values);
const ZONE = 'Europe/Amsterdam';

describe('a cup of coffee, in a real browser in the Playground', () => {
  let tryOut: TryOut;
  let manager: PlaygroundPage;

  beforeAll(async () => {
    tryOut = await openTryOut();
    manager = await tryOut.open('manager', 1_800);
  });
  afterAll(() => tryOut?.close());

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
    const none = await runLocalJob(tryOut.local.connectionString, [
      'reminders',
      '--at',
      slotOn(addDays(today, 7), slot),
    ]);
    expect(none).toMatchObject({ due: 0, sent: 0 });
    const sent = await runLocalJob(tryOut.local.connectionString, ['reminders', '--at', slotOn(first, slot)]);
    expect(sent).toMatchObject({ due: 3, sent: 3, digests: 1, failed: 0 });
    await manager.waitForCard(DIGEST.title);

    await manager.pressFirst(DIGEST.open);
    await manager.waitForCard(COFFEE.questionsTitle);
    await keepPicture(manager, 'coffee');
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
  });
});
