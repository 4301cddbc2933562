import { isDeepStrictEqual } from 'node:util';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Reminder } from '../../bot/domain/reminder.js';
import { itemId } from '../../bot/store/deliveries.js';
import { dueOf } from '../../bot/store/reminders.js';
import { openStoredHouse, type ReminderMeaning, type StoredHouse } from './stored-rows.js';

/** Beyond the last instant for which the rows have something planned. */
const HORIZON = '2027-06-01T10:00:00.000Z';
const DAY_MS = 24 * 3_600_000;
/** Kinds that are promised for their day; coffees, moments and monthly thoughts may be put off by caps. */
const PROMISED = /^(evaluation|agreement|employee|removal|agreements)/;

/** Where version 0.1.0 was mended, what comes of a reminder is another thing on purpose. */
const DIFFERENTLY = [
  {
    kind: 'moment',
    occasion: 'leave-4w-before|2026-12-21',
    today: 'sent',
    why: 'of two tips of one moment that a pause had brought to the same day only one was sent',
  },
] as const;

/** A return is asked about for half a year since: its term ends later than 0.1.0 meant, by the next of those nights. */
const GO_LATER = [
  'moment|a9c3cdf7-1fb2-4a42-b905-9d65c0203509',
  'moment|232aa2ef-92a6-4b1e-9231-e7a72a1dcabb',
];

// Half a year of ticks, in which the bot keeps to the pace of Teams in each conversation.
describe('jobs on rows that version 0.1.0 wrote', () => {
  let stored: StoredHouse;
  beforeAll(async () => {
    stored = await openStoredHouse('0.1.0');
  });
  beforeEach(() => stored.reset());
  afterAll(() => stored.close());

  it('send each reminder at its instant, once, or drop it where its subject has moved on', async () => {
    const { meaning, house } = stored;
    const shownBefore = new Map(meaning.people.map(({ person }) => [person, messageIds(person)]));
    const runs = await serve(HORIZON);
    expect(runs).toBeGreaterThan(60);
    const left = await plannedNow();
    const outcomes: ReminderMeaning[] = [];
    for (const reminder of meaning.reminders) {
      const sentAt = (await sentItems(reminder)).get(itemId(reminder));
      const still = left.find((one) => itemId(one) === itemId(reminder) && one.person === reminder.person);
      const then = sentAt !== undefined ? 'sent' : still !== undefined ? 'waiting' : 'dropped';
      outcomes.push(outcomeOf(reminder, then, sentAt));
    }
    const meant = meaning.reminders.map((one) => outcomeOf(one, thenToday(one), one.at));
    const others = outcomes.map((is, at) => ({ is, meant: meant[at] }));
    expect(others.filter(({ is, meant }) => !isDeepStrictEqual(is, meant))).toEqual([]);
    // Each proof is of a message that Teams took, and each message has its proof.
    for (const { tenant, person } of meaning.people) {
      const before = shownBefore.get(person) ?? new Set();
      const shown = [...messageIds(person)].filter((id) => !before.has(id)).sort();
      expect(await proofsSince(tenant, person), person).toEqual(shown);
    }
    expect(house.teams.violations).toEqual([]);
    // What is damaged is set aside at its instant, and stays there for somebody to look at.
    const { reminders = [] } = await house.dump();
    const aside = (reminders as { partitionKey: string }[]).filter(
      ({ partitionKey }) => partitionKey === 'aside',
    );
    expect(aside).toHaveLength(2);
  });

  it('bring what waited to everybody who comes back', async () => {
    const { meaning, house } = stored;
    const waited = meaning.reminders.filter(({ place }) => place === 'waiting');
    for (const person of new Set(waited.map((one) => one.person))) await stored.person(person).install();
    await serve('2026-12-01T12:00:00.000Z');
    expect(waited.length).toBeGreaterThan(5);
    for (const reminder of waited) {
      expect([...(await sentItems(reminder)).keys()]).toContain(itemId(reminder));
    }
    expect(house.teams.violations).toEqual([]);
  });

  it('mend in the night what a crash had left, drop what is about nothing, and leave the rest', async () => {
    const { meaning, house } = stored;
    const before = (await plannedNow()).map(identityOf);
    const result = await house.work('reconcile', '2026-11-28T03:30:00+01:00');
    expect(result.failed).toBe(meaning.unreadable.length);
    const after = (await plannedNow()).map(identityOf);
    expect(after).toEqual(expect.arrayContaining([...meaning.night.mended]));
    const { dropped } = meaning.night;
    expect(before.filter((one) => !after.includes(one)).sort()).toEqual([...dropped].sort());
    const pointers: string[] = [];
    for await (const { tenant, employee, pointer } of house.bot.stores.about.all()) {
      pointers.push([tenant, employee, pointer.manager, pointer.agreement ?? pointer.member].join('|'));
    }
    const pointedBefore = stored.rows.about.map(({ PartitionKey, RowKey }) => `${PartitionKey}|${RowKey}`);
    expect(pointers).toEqual(expect.arrayContaining([...pointedBefore, ...meaning.night.pointed]));
  });

  it('keep in the first night all that has its time, and take away later what has its term behind it', async () => {
    const { meaning, house } = stored;
    const [first, ...later] = Object.keys(meaning.gone);
    const before = await recordsNow();
    expect((await house.work('retention', first)).failed).toBe(0);
    const kept = await recordsNow();
    expect(before.filter((one) => !kept.includes(one)).sort()).toEqual(
      [...(meaning.gone[first ?? ''] ?? [])].sort(),
    );
    for (const at of later) {
      expect((await house.work('retention', at)).failed).toBe(0);
      const now = await recordsNow();
      const isLater = (one: string) => GO_LATER.some((record) => one.endsWith(record));
      for (const one of meaning.gone[at] ?? []) if (!isLater(one)) expect(now).not.toContain(one);
      if (at !== later[0]) expect(now.filter(isLater)).toEqual([]);
    }
  });

  it('count the months as they were counted', async () => {
    const { meaning, house } = stored;
    await house.work('figures', '2026-12-01T03:45:00+01:00');
    const counted: unknown[] = [];
    for await (const { record } of house.bot.stores.figures.all()) counted.push(record);
    expect(counted).toMatchObject(meaning.figures);
  });

  /** Runs the reminders at each instant at which one comes due, as the clock would, up to one; how often. */
  async function serve(to: string): Promise<number> {
    const { house, meaning } = stored;
    let at: string | undefined = meaning.at;
    let runs = 0;
    while (at !== undefined) {
      await house.remind(at);
      runs += 1;
      at = await nextDue(at, to);
    }
    return runs;
  }

  /** The next instant at which something comes due. Days ahead are read in growing steps: most hold hundreds of rows. */
  async function nextDue(after: string, to: string): Promise<string | undefined> {
    for (let days = 1; ; days *= 4) {
      const until = new Date(Math.min(Date.parse(after) + days * DAY_MS, Date.parse(to))).toISOString();
      const instants: string[] = [];
      for await (const { stored: row } of stored.house.bot.stores.reminders.due(until)) {
        const due = dueOf(row);
        if (due > after) instants.push(due);
      }
      const next = instants.sort()[0];
      if (next !== undefined || until === to) return next;
    }
  }

  async function plannedNow(): Promise<readonly (Reminder & { readonly place: string })[]> {
    const found: (Reminder & { readonly place: string })[] = [];
    for await (const { reminder, stored: row } of stored.house.bot.stores.reminders.all()) {
      const [place = ''] = row.row.partitionKey.split('|');
      if (reminder !== null) found.push({ ...reminder, place });
    }
    return found;
  }

  function sentItems({ tenant, person }: ReminderMeaning) {
    return stored.house.bot.stores.deliveries.sentTo(tenant, person);
  }

  function messageIds(person: string): ReadonlySet<string> {
    return new Set(
      stored
        .person(person)
        .messages()
        .map(({ id = '' }) => id),
    );
  }

  /** Teams' ids of the messages that are proven to have been sent since the rows were taken. */
  async function proofsSince(tenant: string, person: string): Promise<readonly string[]> {
    const { nudges = [] } = await stored.house.dump();
    return (nudges as { partitionKey: string; sentAt: string; activity: string }[])
      .filter((row) => row.partitionKey === `${tenant}|${person}` && row.sentAt >= stored.meaning.at)
      .map(({ activity }) => activity)
      .sort();
  }

  async function recordsNow(): Promise<readonly string[]> {
    const { stores } = stored.house.bot;
    const found: string[] = [];
    for await (const { manager, everything } of stores.managers.all()) {
      const { agreements, members, moments, unreadable } = everything;
      const ids = {
        agreement: [...agreements.map(({ id }) => id), ...unreadable],
        member: members.map(({ id }) => id),
        moment: moments.map(({ id }) => id),
      };
      for (const [kind, some] of Object.entries(ids)) {
        found.push(...some.map((id) => [manager.tenant, manager.person, kind, id].join('|')));
      }
    }
    for await (const { tenant, person } of stores.people.all())
      found.push([tenant, person, 'person'].join('|'));
    return found;
  }
});

/** A reminder with what came of it, and the instant where that one was promised. */
function outcomeOf(reminder: ReminderMeaning, then: ReminderMeaning['then'], at = ''): ReminderMeaning {
  return { ...reminder, then, at: then === 'sent' && PROMISED.test(reminder.kind) ? at : '' };
}

function thenToday({ kind, occasion, then }: ReminderMeaning): ReminderMeaning['then'] {
  return DIFFERENTLY.find((one) => one.kind === kind && one.occasion === occasion)?.today ?? then;
}

function identityOf(reminder: Reminder & { readonly place: string }): string {
  const { place, kind, tenant, person, manager, subject, occasion } = reminder;
  return [place, kind, tenant, person, manager, subject, occasion].join('|');
}
