import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addDays, dayOf, defaultSlot, slotOn, workingDayFrom } from '../../bot/domain/calendar.js';
import { WHAT_MAX } from '../../cards/agreement/item-fields.js';
import { format, messagesFor } from '../../cards/content/words.js';
import { longDay } from '../../cards/dates.js';
import type { PlaygroundPage } from '../support/browser/playground-page.js';
import { keepPicture, openTryOut, type TryOut } from '../support/browser/try-out.js';
import { runLocalJob } from '../support/process/local-job.js';

const WORDS = messagesFor('nl');
const {
  about: ABOUT,
  agreement: AGREEMENT,
  conversation: GUIDE,
  evaluation: EVALUATION,
  export: EXPORT,
} = WORDS;
const filled = (text: string, values: Parameters<typeof format>[2]) => format('nl', text, values);
const ZONE = 'Europe/Amsterdam';

describe('the main journey, in a real browser in the Playground', () => {
  let tryOut: TryOut;
  let manager: PlaygroundPage;
  let employee: PlaygroundPage;

  beforeAll(async () => {
    tryOut = await openTryOut();
    manager = await tryOut.open('manager', 1_800);
    employee = await tryOut.open('employee');
  });
  afterAll(() => tryOut?.close());

  it('goes from the question to the guide, the agreement, the reminder on the day and the outcome', async () => {
    const today = dayOf(new Date().toISOString(), ZONE);
    await manager.waitForCard(WORDS.welcome.title);
    await employee.waitForCard(WORDS.welcome.title);

    await manager.send('hoe begin ik het gesprek?');
    await manager.waitForCard(GUIDE.begin.title);
    await manager.press(GUIDE.ui.partsFold);
    const [first, ...others] = GUIDE.parts;
    await manager.waitForCard(first?.title ?? '');
    await keepPicture(manager, 'guide');
    for (const { short, title } of others) {
      await manager.press(filled(GUIDE.ui.next, { title: short }));
      await manager.waitForCard(title);
    }

    await manager.press(GUIDE.ui.agree);
    await manager.waitForCard(AGREEMENT.step1);
    // Before anything is filled in: the Playground empties a form when the window changes its size for a picture.
    await keepPicture(manager, 'agreement');
    await manager.fill(AGREEMENT.nameNew, 'Sanne');
    await manager.choose(AGREEMENT.person, 'Sanne Bakker');
    // A conversation of weeks ago: nobody asks any more how that one landed.
    await manager.fill(AGREEMENT.day, addDays(today, -28));
    await manager.choose(AGREEMENT.subjectsLabel, AGREEMENT.subjects.tasks);
    await manager.press(AGREEMENT.details);
    await manager.waitForCard(AGREEMENT.step2);
    await manager.fill(
      filled(AGREEMENT.what, { max: WHAT_MAX }),
      'De klantvragen gaan twee weken naar Joris',
    );
    await manager.press(AGREEMENT.save);
    await manager.waitForCard(filled(AGREEMENT.savedShared, { name: 'Sanne' }));

    const slot = defaultSlot(ZONE);
    const evaluationDay = workingDayFrom(addDays(today, 14), slot);
    const result = await runLocalJob(tryOut.local.connectionString, [
      'reminders',
      '--at',
      slotOn(evaluationDay, slot),
    ]);
    expect(result).toMatchObject({ job: 'reminders', due: 2, sent: 2, digests: 1, failed: 0 });
    await manager.waitForCard(EVALUATION.due);
    await keepPicture(manager, 'reminder');
    await employee.waitForCard(filled(ABOUT.title, { manager: 'Mila de Wit' }));
    await keepPicture(employee, 'shared');

    await manager.choose(filled(EVALUATION.outcomeLabel, { n: 1 }), EVALUATION.outcome.works);
    await manager.press(EVALUATION.record);
    const again = workingDayFrom(addDays(evaluationDay, 14), slot);
    await manager.waitForCard(filled(EVALUATION.recorded, { day: longDay('nl', again) }));
    await employee.press(ABOUT.confirm);
    await employee.waitForCard(AGREEMENT.changed);
    await employee.press(ABOUT.confirm);
    await employee.waitForCard(filled(ABOUT.confirmed, { manager: 'Mila de Wit' }));
  });

  it('leaves who wants a file, which the Playground has not, with the chat', async () => {
    await employee.send('wat is er over mij vastgelegd');
    await employee.waitForCard(ABOUT.recordsTitle);
    await employee.press(ABOUT.exportButton);
    await employee.waitForCard(EXPORT.waysIntro);
    await employee.press(EXPORT.button.document);
    await employee.waitForCard(EXPORT.askedTitle);
    await employee.press(EXPORT.button.chat);
    await employee.waitForCard(ABOUT.exportIntro);
  });
});
