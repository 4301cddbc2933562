import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  addDays,
  dayOf,
  defaultSlot,
  newsMoment,
  slotOn,
  workingDayFrom,
} from '../../bot/domain/calendar.js';
import { createSeal } from '../../bot/store/scan-seal.js';
import { openScans } from '../../bot/store/scans.js';
import { openTables } from '../../bot/store/tables/tables.js';
import { ANSWER_STEPS } from '../../cards/actions.js';
import { WHAT_MAX } from '../../cards/agreement/item-fields.js';
import { CHARACTERISTICS } from '../../cards/content/characteristics.js';
import { format, messagesFor } from '../../cards/content/words.js';
import { longDay } from '../../cards/dates.js';
import { characteristicsOn, characteristicTitle } from '../../cards/scan/answer.card.js';
import { fullName, MANAGER, playgroundConfig, TENANT_ID } from '../../infra/local/people.js';
import type { PlaygroundPage } from '../support/browser/playground-page.js';
import { keepPicture, openTryOut, type TryOut } from '../support/browser/try-out.js';
import { runLocalJob } from '../support/process/local-job.js';

const {
  about: ABOUT,
  agreement: AGREEMENT,
  coffee: COFFEE,
  conversation: GUIDE,
  digest: DIGEST,
  evaluation: EVALUATION,
  export: EXPORT,
  overview: OVERVIEW,
  scan: WORDS,
  welcome: WELCOME,
} = messagesFor('nl');
const filled = (text: string, values: Parameters<typeof format>[2]) => format('nl', text, values);

const ZONE = 'Europe/Amsterdam';

/** One try-out for all of them: starting it, with the two windows of the Playground, takes as long as a journey. */
describe('in a real browser in the Playground', () => {
  let tryOut: TryOut;
  let manager: PlaygroundPage;
  let employee: PlaygroundPage;

  beforeAll(async () => {
    tryOut = await openTryOut();
    manager = await tryOut.open('manager', 2_400);
    employee = await tryOut.open('employee', 2_400);
  });
  afterAll(() => tryOut?.close());

  it('the main journey goes from the question to the guide, the agreement, the reminder on the day and the outcome', async () => {
    const today = dayOf(new Date().toISOString(), ZONE);
    await manager.waitForCard(WELCOME.title);
    await employee.waitForCard(WELCOME.title);

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

    // What each of them did is news for the other.
    const news = await runLocalJob(tryOut.local.connectionString, [
      'reminders',
      '--at',
      slotOn(addDays(today, 6), slot),
    ]);
    expect(news).toMatchObject({ due: 2, sent: 2, failed: 0 });
    await manager.waitForCard(filled(ABOUT.managerConfirmed, { name: 'Sanne' }));
  });

  it('the main journey leaves who wants a file, which the Playground has not, with the chat', async () => {
    await employee.send('wat is er over mij vastgelegd');
    await employee.waitForCard(ABOUT.recordsTitle);
    await employee.press(ABOUT.exportButton);
    await employee.waitForCard(EXPORT.waysIntro);
    await employee.press(EXPORT.button.document);
    await employee.waitForCard(EXPORT.askedTitle);
    await employee.press(EXPORT.button.chat);
    await employee.waitForCard(ABOUT.exportIntro);
  });

  it('a cup of coffee is planned with three people, comes on its day, is had and moved, and the overview changes with it', async () => {
    const today = dayOf(new Date().toISOString(), ZONE);
    const slot = defaultSlot(ZONE);
    await manager.waitForCard(WELCOME.title);
    await manager.send('kopje koffie');
    // Until it is there a press would look on the card before it.
    await manager.waitForCard(COFFEE.empty.slice(0, 40));
    await manager.press(COFFEE.add);
    await manager.waitForCard(COFFEE.addTitle);
    await manager.fill(COFFEE.namesLabel, 'Anouk\nBas\nLotte');
    await manager.choose(COFFEE.rhythmLabel, COFFEE.rhythms['four-weekly']);
    await manager.press(COFFEE.save);
    await manager.waitForCard(filled(COFFEE.addedNames, { names: 'Anouk, Bas en Lotte' }));

    // The first coffee with somebody new is within a fortnight. The digest of that day went out in the main journey.
    const first = workingDayFrom(addDays(today, 14), slot);
    const none = await runLocalJob(tryOut.local.connectionString, [
      'reminders',
      '--at',
      slotOn(addDays(today, 7), slot),
    ]);
    expect(none).toMatchObject({ due: 0, sent: 0 });
    const onTheDay = ['reminders', '--at', slotOn(first, slot), '--dry-run'];
    expect(await runLocalJob(tryOut.local.connectionString, onTheDay)).toMatchObject({ due: 3 });
    const after = workingDayFrom(addDays(first, 1), slot);
    const sent = await runLocalJob(tryOut.local.connectionString, ['reminders', '--at', slotOn(after, slot)]);
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
    // The welcome names the overview too, and other cards each of the days: this line stands on the overview alone.
    const overview = await manager.waitForCard(filled(OVERVIEW.coffee, { name: 'Anouk' }));
    expect(overview).toContain(longDay('nl', moved));
    expect(overview).toContain(next);
  });

  it('a team scan is started with the picker, answered step by step, closed, seen, and met about', async () => {
    await employee.waitForCard(WELCOME.title);
    await manager.send('teamscan');
    await manager.waitForCard(WORDS.intro);
    await manager.press(WORDS.start);
    await manager.waitForCard(WORDS.formTitle);
    await manager.fill(WORDS.nameLabel, 'Burgerzaken');
    const team = colleagues();
    for (const name of team) await manager.choose(WORDS.peopleLabel, name);
    await manager.press(WORDS.save);
    // Of the five only Sanne has the bot.
    await manager.waitForCard(WORDS.unreachedTitle);
    await manager.press(WORDS.back);
    const open = await manager.waitForCard(filled(WORDS.askedLine, { count: team.length }));
    const code = /[A-Z]{5}(?=\n)/.exec(open.slice(open.indexOf('Code: ')))?.[0] ?? '';

    expect(await remindByDay()).toMatchObject({ failed: 0 });
    await employee.waitForCard(WORDS.ask.title);
    await employee.press(WORDS.ask.begin);
    for (const [step] of ANSWER_STEPS.entries()) {
      await employee.waitForCard(
        filled(WORDS.answer.title, { step: step + 1, steps: ANSWER_STEPS.length + 1 }),
      );
      if (step === 0) await keepPicture(employee, 'scan-answer');
      for (const [at, one] of characteristicsOn(step).entries())
        await employee.choose(
          characteristicTitle('nl', one),
          at % 2 === 0 ? WORDS.answer.figures[2] : WORDS.answer.figures[4],
        );
      await employee.press(WORDS.answer.next);
    }
    await employee.waitForCard(WORDS.answer.topLabel);
    await employee.choose(WORDS.answer.topLabel, characteristicTitle('nl', 'workload'));
    await employee.press(WORDS.answer.send);
    await employee.waitForCard(WORDS.answer.sent);

    // The others have no window here: their answers are counted as the bot counts them.
    const scans = openScans(
      openTables({ connectionString: tryOut.local.connectionString }, 'kopje'),
      createSeal(['development']),
    );
    const asked = (await scans.get(TENANT_ID, code))?.record.asked ?? [];
    const today = dayOf(new Date().toISOString(), ZONE);
    for (const [at, person] of asked.entries()) {
      const figures = CHARACTERISTICS.map((_, place) => 1 + ((place + (at % 2)) % 5));
      await scans.answer(TENANT_ID, code, {
        person,
        ballot: { figures, top: ['workload', 'growth'] },
        today,
      });
    }

    await manager.press(WORDS.closeOpen);
    await manager.waitForCard(WORDS.closeTitle);
    await manager.press(WORDS.closeSure);
    await manager.waitForCard(WORDS.closed);
    await manager.press(WORDS.news.see);
    await manager.waitForCard(filled(WORDS.outcome.title, { name: 'Burgerzaken' }));
    await keepPicture(manager, 'scan-outcome');
    expect(await remindByDay()).toMatchObject({ failed: 0 });
    await employee.waitForCard(WORDS.news.closedTitle);
    await employee.press(WORDS.news.see);
    await employee.waitForCard(filled(WORDS.outcome.title, { name: 'Burgerzaken' }));

    await manager.press(WORDS.outcome.meet);
    await manager.waitForCard(WORDS.meet.title);
    await keepPicture(manager, 'scan-agenda');
    for (const part of ['welcome', 'compare', 'understand', 'choose'] as const) {
      await manager.press(WORDS.meet.next);
      await manager.waitForCard(WORDS.meet.parts[part].tips[0] ?? '');
    }
    await manager.press(WORDS.meet.next);
    await manager.waitForCard(WORDS.reasons.workload['measure-set-priorities']);
    await manager.press(WORDS.meet.next);
    await manager.press(WORDS.outcome.measures);
    await manager.waitForCard(WORDS.measures.title);
    await manager.fill(filled(WORDS.measures.what, { number: 1 }), 'Elke ochtend tien minuten de planning');
    await manager.fill(filled(WORDS.measures.who, { number: 1 }), 'Het team');
    await manager.fill(WORDS.measures.next, addDays(today, 30));
    await manager.press(WORDS.measures.save);
    await manager.waitForCard(WORDS.measures.saved);
  });

  /** Sends what has become due by the next moment at which news may come: the test runs in the evening, too. */
  function remindByDay() {
    const at = newsMoment(new Date().toISOString(), defaultSlot(ZONE));
    return runLocalJob(tryOut.local.connectionString, ['reminders', '--at', at]);
  }
});

/** Whom the Playground knows beside the manager. */
function colleagues(): readonly string[] {
  const { users } = playgroundConfig(MANAGER) as { users: readonly { name: string }[] };
  return users.map(({ name }) => name).filter((name) => name !== fullName(MANAGER));
}
