import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { Agreement } from '../../../bot/domain/agreement.js';
import { addDays, addRhythm, dayOf } from '../../../bot/domain/calendar.js';
import { type Member, newMember } from '../../../bot/domain/member.js';
import type { Person } from '../../../bot/domain/person.js';
import type { NewReminder, Reminder } from '../../../bot/domain/reminder.js';
import { evaluationReminder, landedReminder } from '../../../bot/domain/reminders/agreement-reminders.js';
import { momentReminders } from '../../../bot/domain/reminders/moment-reminders.js';
import { coffeeReminder, slotFor } from '../../../bot/domain/reminders/planning.js';
import { itemId } from '../../../bot/store/deliveries.js';
import type { Sent } from '../../../bot/teams/proactive.js';
import { MILA, openSending, type Sending } from '../../support/jobs/sending-scene.js';
import { aMember, aMoment, anAgreement } from '../../support/sample-records.js';

/** Fortnights in `npm test`; more to look for what is rare: `RUNS=500`. */
const RUNS = Number(process.env.RUNS ?? 20);
const HOUR_MS = 3_600_000;
const ZONES = ['Europe/Amsterdam', 'America/Paramaribo', 'America/Curacao', 'Pacific/Auckland'] as const;
/** Starts around weekends, holidays and the days on which clocks change. */
const STARTS = ['2026-12-22', '2027-03-24', '2027-04-23', '2027-05-01', '2027-10-28', '2027-12-30'] as const;
const DAYS = 14;

const weathers: Readonly<Record<string, Sent>> = {
  fine: { kind: 'sent', activity: '1' },
  busy: { kind: 'retry', why: '503', afterMs: null },
  refused: { kind: 'gone', why: '403' },
  silent: { kind: 'uncertain', why: 'no answer' },
  broken: { kind: 'failed', why: '400' },
};

const scenario = fc.record({
  start: fc.constantFrom(...STARTS),
  zone: fc.constantFrom(...ZONES),
  time: fc.constantFrom('07:30', '09:00', '14:00', '21:00'),
  days: fc.subarray([1, 2, 3, 4, 5, 6, 7], { minLength: 1 }),
  pausedFor: fc.option(fc.integer({ min: 1, max: 12 }), { nil: null }),
  evaluations: fc.array(fc.integer({ min: 0, max: 8 }), { maxLength: 5 }),
  moments: fc.array(
    fc.record({
      kind: fc.constantFrom('leave', 'return', 'start', 'extra', 'anniversary' as const),
      from: fc.integer({ min: -20, max: 10 }),
      lasts: fc.integer({ min: 1, max: 40 }),
    }),
    { maxLength: 3 },
  ),
  coffees: fc.array(fc.integer({ min: 0, max: 9 }), { maxLength: 4 }),
  /** What Teams does on each day. */
  weather: fc.array(fc.constantFrom(...Object.keys(weathers)), { minLength: DAYS, maxLength: DAYS }),
  /** What changes meanwhile: on a day, the evaluation of that number moves or closes. */
  moved: fc.option(fc.record({ day: fc.integer({ min: 1, max: 6 }), by: fc.integer({ min: 1, max: 5 }) }), {
    nil: null,
  }),
});
type Scenario = typeof scenario extends fc.Arbitrary<infer Value> ? Value : never;

/** What may have become of a planned reminder: nothing else is in line with a promise. */
async function fateOf(house: Sending, planned: NewReminder, sent: ReadonlySet<string>): Promise<string> {
  const is = (one: Pick<Reminder, 'kind' | 'subject' | 'occasion'>) =>
    one.kind === planned.kind && one.subject === planned.subject && one.occasion === planned.occasion;
  if ([...sent].some((id) => id.startsWith(itemId({ ...planned, round: 0 }).slice(0, -1)))) return 'sent';
  if ((await house.due()).some(is)) return 'planned';
  if ((await house.waiting()).some(is)) return 'waiting';
  const { agreements, members, moments } = await house.stores.managers.records(MILA);
  const agreement = agreements.find(({ id }) => id === planned.subject);
  // There is room for one: it says that a reminder of this agreement did not arrive.
  if (agreement !== undefined && agreement.undelivered !== null) return 'shown';
  if (agreement !== undefined && (agreement.status === 'closed' || agreement.nextDay !== planned.occasion))
    return planned.kind === 'evaluation' ? 'changed' : 'vanished';
  if (planned.kind === 'coffee') {
    const member = members.find(({ id }) => id === planned.subject);
    if (member?.nextDay !== planned.occasion) return 'changed';
    return member.undeliveredOccasion === planned.occasion ? 'shown' : 'vanished';
  }
  const moment = moments.find(({ id }) => id === planned.subject);
  // The newest tip of a moment that arrived takes the place of those before it, which were shown until then.
  const [, day = ''] = planned.occasion.split('|');
  const later = [...sent].some((id) => {
    const [kind, , subject, , sentDay = ''] = id.split('|');
    return kind === 'moment' && subject === planned.subject && sentDay > day;
  });
  if (later) return 'overtaken';
  // A moment shows the newest that did not arrive; those before it lie further back.
  if (moment !== undefined) return typeof moment.undeliveredOccasion === 'string' ? 'shown' : 'vanished';
  return agreement === undefined ? 'changed' : 'vanished';
}

async function live(given: Scenario): Promise<readonly (readonly [string, string])[]> {
  const house = await openSending();
  const begin = `${given.start}T00:00:00.000Z`;
  const today = given.start;
  const choices: Partial<Person> = {
    zone: given.zone,
    time: given.time,
    days: [...given.days],
    pausedUntil: given.pausedFor === null ? null : addDays(today, given.pausedFor),
  };
  await house.change(MILA, choices);
  const slot = slotFor((await house.person(MILA)) ?? null, given.zone);
  const planned: NewReminder[] = [];
  for (const [at, after] of given.evaluations.entries()) {
    const nextDay = addDays(today, after);
    const agreement = anAgreement({ id: `e${at}`, nextDay, conversationDay: today, remindAt: '' });
    const evaluation = evaluationReminder(MILA, agreement, slot);
    const landed = landedReminder(MILA, agreement, slot);
    await house.stores.managers.addAgreement(MILA, aMember(), { ...agreement, remindAt: evaluation.due });
    planned.push(evaluation, landed);
  }
  for (const [at, { kind, from, lasts }] of given.moments.entries()) {
    const moment = aMoment({
      id: `m${at}`,
      member: `name-m${at}`,
      memberName: 'Karin',
      kind,
      from: addDays(today, from),
      until: addDays(today, from + lasts),
      contact: true,
      createdAt: begin,
      changedAt: begin,
    });
    await house.stores.managers.addMoment(MILA, newMember(moment.member, 'Karin', null), moment);
    planned.push(...momentReminders(MILA, moment, { slot, now: begin }));
  }
  const members = given.coffees.map(
    (after, at): Member => ({
      ...newMember(`name-c${at}`, `Bo ${at}`, null),
      rhythm: 'weekly',
      nextDay: addDays(today, after),
    }),
  );
  if (members.length > 0) await house.stores.managers.putMembers(MILA, members);
  planned.push(...members.flatMap((member) => coffeeReminder(MILA, member, slot) ?? []));
  await house.plan(...planned);

  const lastPlanned = addDays(today, DAYS - 1);
  const instance = house.instance();
  const sent = new Set<string>();
  for (let hour = 0; hour < DAYS * 24; hour += 1) {
    const now = new Date(Date.parse(begin) + hour * HOUR_MS).toISOString();
    house.setNow(now);
    const weather = weathers[given.weather[Math.floor(hour / 24)] ?? 'fine'];
    house.teams.answer = () => weather ?? { kind: 'sent', activity: '1' };
    const { moved } = given;
    if (moved !== null && hour === moved.day * 24 + 5) await move(house, moved.by);
    await instance.run();
  }
  for (const row of (await house.own.dump()).nudges ?? [])
    for (const item of JSON.parse(String(row.items)) as string[]) sent.add(item);
  const fates = planned
    .filter(({ due }) => dayOf(due, given.zone) <= lastPlanned)
    .map(
      async (one) => [`${one.kind} ${one.subject} ${one.occasion}`, await fateOf(house, one, sent)] as const,
    );
  return Promise.all(fates);
}

/** The first evaluation moves, as a press does it: the new reminder first, then the record. */
async function move(house: Sending, by: number): Promise<void> {
  const found = await house.stores.managers.agreement(MILA, 'e0');
  if (found === null) return;
  const nextDay = addDays(addRhythm(found.record.nextDay, 'weekly'), by);
  const record: Agreement = {
    ...found.record,
    nextDay,
    version: found.record.version + 1,
    undelivered: null,
  };
  const slot = slotFor((await house.person(MILA)) ?? null, 'Europe/Amsterdam');
  await house.plan(evaluationReminder(MILA, record, slot));
  await house.stores.managers.changeAgreement(MILA, record, found.etag);
}

it('every planned reminder is sent, planned again, waits, is shown as not delivered, or its subject changed', async () => {
  await fc.assert(
    fc.asyncProperty(scenario, async (given) => {
      const fates = await live(given);
      expect(fates.filter(([, fate]) => fate === 'vanished')).toEqual([]);
    }),
    { numRuns: RUNS },
  );
});
