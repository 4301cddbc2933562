import { describe, expect, it } from 'vitest';
import { SUBJECT_GROUPS } from '../../cards/content/subjects.js';
import { format, messagesFor } from '../../cards/content/words.js';
import { presses } from '../security/two-organisations.js';
import { cardText, headingOf } from '../support/browser/cards-on-screen.js';
import { faultsOf } from '../support/faults.js';
import { type House, openHouse } from '../support/running-bot.js';
import { setUpEach } from '../support/set-up.js';

describe('finding what the guides say', () => {
  let house: House;
  const afresh = setUpEach(
    async () => {
      house = await openHouse({ now: '2027-01-12T10:00:00+01:00', inMemory: true });
    },
    () => house.close(),
  );

  it('ticks signals, looks, goes back with the ticks still there, and leaves no row and no word in a log', async () => {
    const mila = house.teams.person({ name: 'Mila de Wit' });
    await mila.install();
    const before = await house.dump();
    const logged = house.logged.length;

    const asked = await mila.says('waaraan zie ik dat het niet goed gaat met iemand');
    expect(headingOf(asked.messages[0])).toBe(messagesFor('nl').checklist.title);
    const { result, steps, next, previous, see } = messagesFor('nl').checklist;
    // Step by step, each with its own boxes, and back once.
    const inputs = [
      {},
      { 'signals-psychic': '0,2' },
      { 'signals-physical': '1' },
      { 'signals-functioning': '1' },
    ];
    let message = asked.messages[0]!;
    for (const [at, ticked] of inputs.entries()) {
      const to = format('nl', next, { title: steps[at + 1] ?? '' });
      message = (await mila.press(message, to, ticked)).message;
    }
    message = (await mila.press(message, previous, {})).message;
    expect(cardText(message)).toContain('"value":"1"');
    // A box that is emptied again is empty.
    message = (await mila.press(message, previous, { 'signals-functioning': '1' })).message;
    message = (
      await mila.press(message, format('nl', next, { title: steps[3] ?? '' }), { 'signals-physical': '' })
    ).message;
    message = (await mila.press(message, format('nl', next, { title: steps[4] ?? '' }), {})).message;
    const weighed = await mila.press(message, see, { since: 'months', changed: 'yes' });
    expect(cardText(weighed.message)).toContain(result.spread);
    expect(cardText(weighed.message)).toContain(result.long);
    expect(cardText(weighed.message)).toContain(result.changed);
    const again = await mila.press(weighed.message, messagesFor('nl').checklist.again);
    expect(cardText(again.message)).toContain('"signals-psychic":"0,2"');
    expect(cardText(again.message)).toContain('"signals-physical":""');
    expect(cardText(again.message)).toContain('"since":"months"');

    expect(await house.dump()).toEqual(before);
    expect(house.logged.slice(logged).join('\n')).not.toMatch(/signals|psychic|0,2/);
  });

  it('works out the weeks of an absence from a day, and keeps neither', async () => {
    const mila = house.teams.person({ name: 'Mila de Wit' });
    await mila.install();
    const before = await house.dump();
    const words = messagesFor('nl').absenceWeeks;
    const law = await mila.says('wet poortwachter');
    expect(headingOf(law.messages[0])).toContain('per week');
    const form = await mila.press(law.messages[0]!, messagesFor('nl').knowledge.deeds['absence-weeks']);
    const wrong = await mila.press(form.message, words.show, { day: '1999-01-01' }, { force: true });
    expect(cardText(wrong.message)).toContain(words.dayWrong);
    const weeks = await mila.press(form.message, words.show, { day: '2026-12-07' });
    expect(headingOf(weeks.message)).toContain('maandag 7 december 2026');
    // Week 6 ends 42 days after the first day.
    expect(cardText(weeks.message)).toContain('ma 18 jan 2027');
    expect(await house.dump()).toEqual(before);
  });

  it('adds up what absence costs, and gives a form with a slip in it back as it was', async () => {
    const mila = house.teams.person({ name: 'Mila de Wit' });
    await mila.install();
    const words = messagesFor('nl').costsSum;
    const asked = await mila.says('wat kost verzuim');
    const slip = await mila.press(asked.messages[0]!, words.show, { employees: 'duizend' });
    expect(cardText(slip.message)).toContain(words.employeesWrong);
    expect(cardText(slip.message)).toContain('duizend');
    const sum = await mila.press(slip.message, words.show, { employees: '1.000' });
    expect(headingOf(sum.message)).toContain('5.408.000');
  });

  it('finds measures by theme, level and what they do, and opens one', async () => {
    const mila = house.teams.person({ name: 'Mila de Wit' });
    await mila.install();
    const { finder } = messagesFor('nl');
    const asked = await mila.says('welke maatregelen kan ik nemen tegen werkdruk');
    expect(headingOf(asked.messages[0])).toBe(finder.title);
    const all = await mila.press(asked.messages[0]!, finder.find);
    expect(headingOf(all.message)).toContain('52');
    const next = await mila.press(all.message, finder.next);
    expect(cardText(next.message)).toContain('9 tot en met 16 van 52');
    const change = await mila.press(next.message, finder.change);
    const people = await mila.press(change.message, finder.find, { level: 'person' });
    expect(headingOf(people.message)).not.toContain('52');
  });

  it('walks the eight questions and comes out at a handle', async () => {
    const mila = house.teams.person({ name: 'Mila de Wit' });
    await mila.install();
    const { check, menu, knowledge } = messagesFor('nl');
    const greeted = await mila.says('hallo');
    const subjects = await mila.press(greeted.messages[0]!, menu.subjects);
    let card = (await mila.press(subjects.message, `Open: ${knowledge.subjects.check.name}`)).message;
    for (const _question of check.questions) card = (await mila.press(card, check.no)).message;
    expect(headingOf(card)).toBe(check.resultTitle);
    expect(cardText(card)).toContain('"verb":"knowledge.piece"');
  });

  it('opens every subject from the menu in two presses', async () => {
    const mila = house.teams.person({ name: 'Mila de Wit' });
    await mila.install();
    const { menu, knowledge } = messagesFor('nl');
    const greeted = await mila.says('hallo');
    const subjects = await mila.press(greeted.messages[0]!, menu.subjects);
    for (const { id } of SUBJECT_GROUPS.flatMap(({ subjects: group }) => group)) {
      const names: Record<string, { name: string }> = knowledge.subjects;
      const name = names[id]?.name;
      if (name === undefined) continue;
      const opened = await mila.press(subjects.message, `Open: ${name}`, {}, { asGiven: true });
      expect(headingOf(opened.message), id).not.toBe('');
    }
  });

  it('does not come back to what somebody looked up for themselves', async () => {
    expect(
      await faultsOf(
        ['rights', 'self-care', 'employee'],
        async (subject) => {
          const mila = house.teams.person({ name: 'Mila de Wit' });
          await mila.install();
          await presses(mila, 'knowledge.subject', { subject });
          await presses(mila, 'conversation.part', { part: 'naming' });
          const back = await mila.says('terug');
          expect(headingOf(back.messages[0])).toBe(headingOf((await mila.says('menu')).messages[0]));
        },
        afresh,
      ),
    ).toEqual([]);
  });

  it('lands on the very piece that a word of it names', async () => {
    expect(
      await faultsOf(
        [
          ['wat is OMA thuis laten', 'OMA'],
          ['duobaan', 'uobaan'],
          ['vergadervrij', 'ergadervrij'],
          ['wat is het model van karasek', 'arasek'],
        ],
        async (text, heading) => {
          const mila = house.teams.person({ name: 'Mila de Wit' });
          await mila.install();
          const asked = await mila.says(text);
          expect(headingOf(asked.messages[0])).toContain(heading);
        },
        afresh,
      ),
    ).toEqual([]);
  });
});
