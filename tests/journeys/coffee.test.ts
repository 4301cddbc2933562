import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { messagesFor } from '../../cards/content/words.js';
import { cardText, headingOf } from '../support/browser/cards-on-screen.js';
import { type House, openHouse } from '../support/running-bot.js';

const { coffee: WORDS } = messagesFor('nl');

describe('a rhythm of coffees', () => {
  let house: House;
  beforeEach(async () => {
    house = await openHouse({ now: '2027-01-12T10:00:00+01:00' });
  });
  afterEach(() => house.close());

  it('adds people, reminds on the day, and is done, moved, skipped, paused and stopped in one press each', async () => {
    const mila = house.teams.person({ name: 'Mila de Wit' });
    await mila.install();
    const asked = await mila.says('koffie plannen met mijn team');
    expect(cardText(asked.messages[0])).toContain(WORDS.empty);
    const form = await mila.press(asked.messages[0]!, WORDS.add);
    const list = await mila.press(form.message, WORDS.save, {
      names: 'Anouk\nJan Smit; Fatima',
      rhythm: 'weekly',
    });
    expect(cardText(list.message)).toContain('Toegevoegd: Anouk, Jan Smit en Fatima.');
    expect(cardText(list.message)).toContain('di 19 jan 2027');

    // A week later all three are due: one digest, in which one is done.
    expect(await house.remind('2027-01-19T09:00:00+01:00')).toMatchObject({ due: 3, digests: 1, failed: 0 });
    const digest = mila.lastMessage();
    expect(cardText(digest)).toContain('Koffie met Anouk?');
    const opened = await mila.press(digest, { verb: 'coffee.show', nth: 0 });
    expect(headingOf(opened.message)).toMatch(/^Koffie met /);
    const done = await mila.press(opened.message, WORDS.done);
    expect(cardText(done.message)).toContain('dinsdag 26 januari 2027');
    const back = await mila.press(done.message, messagesFor('nl').digest.back);
    expect(cardText(back.message)).toContain(messagesFor('nl').digest.done);

    // By words: the card of that person, and nothing kept before the press.
    const before = await house.dump();
    const said = await mila.says('ik heb net koffie gedronken met Jan');
    expect(headingOf(said.messages[0])).toBe('Koffie met Jan Smit?');
    expect(await house.dump()).toEqual(before);
    const wrong = await mila.press(said.messages[0]!, WORDS.move, { day: '2027-01-01' }, { force: true });
    expect(cardText(wrong.message)).toContain(WORDS.dayWrong);
    expect(cardText(wrong.message)).toContain('2027-01-01');
    const moved = await mila.press(wrong.message, WORDS.move, { day: '2027-02-06' });
    // A Saturday becomes the Monday after it.
    expect(cardText(moved.message)).toContain('maandag 8 februari 2027');
    const skipped = await mila.press(moved.message, WORDS.skip);
    expect(cardText(skipped.message)).toContain('maandag 15 februari 2027');
    const paused = await mila.press(skipped.message, WORDS.pause, { until: '2027-06-01' });
    expect(cardText(paused.message)).toContain('dinsdag 1 juni 2027');
    const stopped = await mila.press(paused.message, WORDS.stop);
    expect(cardText(stopped.message)).toContain('Jan Smit staat niet meer op je koffielijst');
    expect(cardText(stopped.message)).not.toContain('Open: Jan Smit');
  });

  it('stays on the list after each, and takes back what was said by mistake', async () => {
    const mila = house.teams.person({ name: 'Mila de Wit' });
    await mila.install();
    const form = await mila.press((await mila.says('koffie')).messages[0]!, WORDS.add);
    const list = await mila.press(form.message, WORDS.save, { names: 'Anouk\nFatima', rhythm: 'weekly' });
    const before = await house.dump();
    const once = await mila.press(list.message, 'Koffie gehad met Anouk');
    expect(headingOf(once.message)).toBe(WORDS.title);
    const twice = await mila.press(once.message, 'Koffie gehad met Fatima');
    expect(headingOf(twice.message)).toBe(WORDS.title);
    const back = await mila.press(twice.message, WORDS.undo);
    expect(cardText(back.message)).toContain('Teruggezet. De volgende keer met Fatima is');
    const kept = ({ managers = [] }: Awaited<ReturnType<House['dump']>>) =>
      (managers as { name?: unknown; nextDay?: unknown; lastDay?: unknown }[])
        .filter(({ name }) => name === 'Fatima')
        .map(({ nextDay, lastDay }) => [nextDay, lastDay]);
    expect(kept(before)).toHaveLength(1);
    expect(kept(await house.dump())).toEqual(kept(before));
    // From the card of one person the way back stands there.
    const opened = await mila.press(back.message, 'Open: Fatima');
    const done = await mila.press(opened.message, WORDS.done);
    expect(headingOf((await mila.press(done.message, WORDS.undo)).message)).toBe('Koffie met Fatima?');
  });

  it('keeps nobody under what is no person of Teams', async () => {
    const mila = house.teams.person({ name: 'Mila de Wit' });
    await mila.install();
    const asked = await mila.says('kopje koffie');
    const form = await mila.press(asked.messages[0]!, WORDS.add);
    const wrong = await mila.press(
      form.message,
      WORDS.save,
      { personName: 'Jan', person: 'Jan' },
      { force: true },
    );
    expect(cardText(wrong.message)).toContain(messagesFor('nl').agreement.problem.notAPerson);
    expect((await house.dump()).managers).toEqual([]);
  });

  it('takes a press on an old card for what it is, and somebody else’s people for nobody', async () => {
    const mila = house.teams.person({ name: 'Mila de Wit' });
    const peter = house.teams.person({ name: 'Peter Jansen' });
    await mila.install();
    await peter.install();
    const form = await mila.press((await mila.says('koffie')).messages[0]!, WORDS.add);
    const list = await mila.press(form.message, WORDS.save, { names: 'Anouk', rhythm: 'weekly' });
    const first = await mila.press(list.message, 'Open: Anouk');
    await mila.press(first.message, WORDS.done);
    const again = await mila.press(first.message, WORDS.skip, {}, { asGiven: true });
    expect(cardText(again.message)).toContain(WORDS.outdated);
    // Pressed by hand by somebody who got hold of the payload: the answer is that of what is not there.
    const { id } = buttonData(first.message, 'coffee.skip');
    const own = await peter.press((await peter.says('koffie')).messages[0]!, WORDS.add);
    const before = await house.dump();
    const stolen = await peter.sends({
      type: 'message',
      text: '',
      value: { verb: 'coffee.skip', id, version: 1, lang: 'nl' },
      replyToId: own.message.id ?? '',
    });
    expect(cardText(peter.messages().at(-1))).toContain(WORDS.gone);
    expect(stolen.status).toBe(200);
    expect(await house.dump()).toEqual(before);
  });

  it('writes three times a week at most about coffee; the rest comes the next week', async () => {
    const mila = house.teams.person({ name: 'Mila de Wit' });
    await mila.install();
    for (const [name, day] of [
      ['Anouk', '2027-01-18'],
      ['Bo', '2027-01-19'],
      ['Cas', '2027-01-20'],
      ['Daan', '2027-01-21'],
    ] as const) {
      const form = await mila.press((await mila.says('koffie')).messages[0]!, WORDS.add);
      const list = await mila.press(form.message, WORDS.save, { names: name, rhythm: 'weekly' });
      const person = await mila.press(list.message, `Open: ${name}`);
      await mila.press(person.message, WORDS.move, { day });
    }
    const digests: number[] = [];
    for (const day of ['18', '19', '20', '21', '22', '25']) {
      digests.push((await house.remind(`2027-01-${day}T09:00:00+01:00`)).digests);
    }
    // Monday, Tuesday and Wednesday; Thursday's waits over the weekend.
    expect(digests).toEqual([1, 1, 1, 0, 0, 1]);
    expect(cardText(mila.lastMessage())).toContain('Daan');
  });

  it('opens the form filled in for somebody new, with how often', async () => {
    const mila = house.teams.person({ name: 'Mila de Wit' });
    await mila.install();
    const before = await house.dump();
    const asked = await mila.says('herinner me elke drie weken aan Lotte');
    expect(headingOf(asked.messages[0])).toBe(WORDS.addTitle);
    expect(cardText(asked.messages[0])).toContain('"value":"Lotte"');
    expect(cardText(asked.messages[0])).toContain('"value":"four-weekly"');
    expect(await house.dump()).toEqual(before);
  });

  it('gives a form with a name that is too long back as it was typed', async () => {
    const mila = house.teams.person({ name: 'Mila de Wit' });
    await mila.install();
    const form = await mila.press((await mila.says('koffie')).messages[0]!, WORDS.add);
    const long = 'x'.repeat(61);
    const back = await mila.press(form.message, WORDS.save, { names: `Anouk\n${long}`, rhythm: 'weekly' });
    expect(cardText(back.message)).toContain(long);
    expect(cardText(back.message)).toContain('te lang');
  });
});

function buttonData(message: unknown, verb: string): { readonly id: string } {
  const found = new RegExp(`"verb":"${verb}".*?"data":(\\{[^}]*\\})`).exec(JSON.stringify(message));
  return JSON.parse(found?.[1] ?? '{}');
}
