import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { topicOf, topicWords } from '../../cards/content/monthly-kinds.js';
import { messagesFor } from '../../cards/content/words.js';
import { cardText, headingOf } from '../support/browser/cards-on-screen.js';
import { type House, openHouse } from '../support/running-bot.js';
import type { Person } from '../support/teams/teams-person.js';

const { digest: DIGEST, monthly: MONTHLY, settings: SETTINGS, coffee: COFFEE } = messagesFor('nl');

describe('once a month', () => {
  let house: House;
  let mila: Person;
  beforeEach(async () => {
    house = await openHouse({ now: '2027-01-01T10:00:00+01:00', inMemory: true });
    // The days follow from her id: with one that the stand-in gives, February's may fall on a weekend, and come in March.
    mila = house.teams.person({ name: 'Mila de Wit', objectId: '11111111-2222-4333-8444-555555555555' });
    await mila.install();
  });
  afterEach(() => house.close());

  it('comes to nobody who did not ask', async () => {
    expect(await daysOfDigests('2027-01-01', 60)).toEqual([]);
  });

  it('brings a look at oneself and a subject for the team, and says how to stop it', async () => {
    await choose('selfLook', 'teamSubject');
    const days = await daysOfDigests('2027-01-01', 58);
    expect(days).toHaveLength(4);
    const cards = mila.messages().map((message) => headingOf(message));
    const subjects = ['2027-01', '2027-02'].map(
      (month) => topicWords('nl', 'team-subject', topicOf('team-subject', month).id).subject,
    );
    expect(cards.filter((title) => title === MONTHLY.titles['self-look'])).toHaveLength(2);
    for (const subject of subjects) expect(cards.some((title) => title.endsWith(subject))).toBe(true);
    const last = mila.messages().at(-1)!;
    expect(cardText(last)).toContain(MONTHLY.why);
    await choose();
    expect(await daysOfDigests('2027-02-28', 60)).toEqual([]);
  });

  it('stands in the digest of a day with more, and opens there and goes back', async () => {
    await choose('coffee', 'selfLook');
    const [due = ''] = await dueDays();
    const add = await mila.press((await mila.says('koffie')).messages[0]!, COFFEE.add);
    await mila.press(add.message, COFFEE.save, { names: 'Anouk', rhythm: 'weekly' });
    const list = await mila.says('koffie');
    const anouk = await mila.press(list.messages[0]!, COFFEE.open.replace('{name}', 'Anouk'));
    await mila.press(anouk.message, COFFEE.move, { day: due });
    await house.remind(`${due}T09:00:00+01:00`);
    const digest = mila.messages().at(-1)!;
    expect(cardText(digest)).toContain(DIGEST.monthly);
    const opened = await mila.press(digest, 'monthly.show');
    expect(headingOf(opened.message)).toBe(MONTHLY.titles['self-look']);
    const back = await mila.press(opened.message, DIGEST.back);
    expect(headingOf(back.message)).toBe(DIGEST.title);
  });

  /** The kinds of messages that she wants; the others she switches off. */
  async function choose(...kinds: readonly ('coffee' | 'landed' | 'selfLook' | 'teamSubject')[]) {
    const form = await mila.says('instellingen');
    const switches = ['coffee', 'landed', 'selfLook', 'teamSubject'] as const;
    const chosen = switches.map((kind) => [kind, kinds.includes(kind) ? 'yes' : 'no']);
    await mila.press(form.messages[0]!, SETTINGS.save, Object.fromEntries(chosen));
  }

  /** On which of so many days from one on a digest went out, the reminders being run each morning. */
  async function daysOfDigests(from: string, days: number) {
    const found: string[] = [];
    for (let at = 0; at < days; at += 1) {
      const morning = new Date(Date.parse(`${from}T08:00:00Z`) + at * 24 * 3_600_000).toISOString();
      const { digests } = await house.remind(morning);
      if (digests > 0) found.push(morning.slice(0, 10));
    }
    return found;
  }

  /** The days for which something is planned. */
  async function dueDays() {
    const { reminders = [] } = await house.dump();
    return (reminders as { due: string }[]).map(({ due }) => due.slice(0, 10)).sort();
  }
});
