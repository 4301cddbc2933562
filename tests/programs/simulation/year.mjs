import pino from 'pino';
import { changeAgreement } from '../../../dist/bot/domain/agreement-changes.js';
import {
  addDays,
  addRhythm,
  dayOf,
  plus,
  slotOn,
  weekdayOf,
  workingDayFrom,
} from '../../../dist/bot/domain/calendar.js';
import { withCoffee, withRhythm, withSkip } from '../../../dist/bot/domain/coffee.js';
import { newMember } from '../../../dist/bot/domain/member.js';
import { defaultOrganisation } from '../../../dist/bot/domain/organisation.js';
import {
  evaluationReminder,
  landedReminder,
  sharedReminder,
} from '../../../dist/bot/domain/reminders/agreement-reminders.js';
import { momentReminders } from '../../../dist/bot/domain/reminders/moment-reminders.js';
import { monthlyReminders } from '../../../dist/bot/domain/reminders/monthly-reminders.js';
import { coffeeReminder, plannedFor, slotFor } from '../../../dist/bot/domain/reminders/planning.js';
import { DEFAULT_RETENTION } from '../../../dist/bot/domain/retention-periods.js';
import { readItem } from '../../../dist/bot/store/deliveries.js';
import { openStores } from '../../../dist/bot/store/stores.js';
import { createRemindersJob } from '../../../dist/jobs/reminders/reminders.job.js';
import { openMemoryTables } from './memory-tables.mjs';
import { aPersonOf, HABITS, openChance, TENANT } from './people.mjs';

const ZONE = 'Europe/Amsterdam';
const FIRST_DAY = '2027-01-04';
/** A Thursday, on which nobody is off, from when on they go on holiday. */
const SUMMER = '2027-07-01';
const TICK_MINUTES = 15;
/** Nobody here wants to hear before or after these UTC hours. */
const TICKS = { from: 5, until: 20 };

/**
 * A year, or its first `days`, day by day, over the planning, due, claim, compose, send and settle of the product; only the
 * tables are in memory, sending is counting, and people do what HABITS says. Returns what went out and what was owed.
 */
export async function simulateYear({ managers: count, seed, days }) {
  const chance = openChance(seed);
  const tables = openMemoryTables();
  const stores = openStores(tables);
  const seen = openSeen();
  let now = `${FIRST_DAY}T00:00:00.000Z`;
  const job = createRemindersJob({
    ...stores,
    deliveries: watched(stores.deliveries, seen),
    tables,
    send: async (reference) => {
      if (seen.blocked.has(reference.conversation)) return { kind: 'gone', why: '403 blocked' };
      seen.messages.push({ at: now, person: reference.user.slice(3) });
      return { kind: 'sent', activity: '1' };
    },
    log: pino({ level: 'silent' }),
    zone: ZONE,
    now: () => new Date(now),
    monotonicNow: () => performance.now(),
    instance: 'simulation',
    print: () => undefined,
    stopping: () => false,
    isHeld: () => false,
    isHrAdmin: () => false,
    settingsOf: async (tenant) => defaultOrganisation(tenant),
  });

  const actors = [];
  for (let made = 0; made < count; made += 1) actors.push(await aManager(chance, stores, seen, now));
  const sweeps = { reminders: 0, requests: 0 };
  for (let at = 0; at < days; at += 1) {
    const day = addDays(FIRST_DAY, at);
    seen.today = new Map();
    const morning = await morningOf(stores, actors, day);
    const owed = owedOn(morning, day);
    for (let minute = TICKS.from * 60; minute <= TICKS.until * 60; minute += TICK_MINUTES) {
      now = new Date(Date.parse(`${day}T00:00:00.000Z`) + minute * 60_000).toISOString();
      const before = tables.requests();
      const result = await job.run({ at: now, dryRun: false });
      if (result.due === 0) continue;
      sweeps.reminders += result.sent;
      sweeps.requests += tables.requests() - before;
      if (result.failed > 0) throw new Error(`${result.failed} failed at ${now}`);
    }
    settleOwed(owed, seen);
    await forgetOldProofs(stores, day);
    // In the evening, so that nothing that people do is mixed up with the sweeps of the day.
    for (const one of morning) await live(one, { chance, stores, seen, day, now });
  }
  return { actors, seen, sweeps, days, firstDay: FIRST_DAY, zone: ZONE };
}

/** As the night's retention does, once a week. */
async function forgetOldProofs({ deliveries }, day) {
  if (weekdayOf(day) !== 7) return;
  const before = `${addDays(day, -DEFAULT_RETENTION.sentDays)}T00:00:00.000Z`;
  await deliveries.forget(before, false, async () => before);
}

/** What went out: messages, the digests of each manager, and what became of the evaluations that were owed. */
function openSeen() {
  return {
    messages: [],
    digests: [],
    today: new Map(),
    blocked: new Set(),
    evaluations: { owed: 0, onTheDay: 0, unreachable: 0, late: [] },
  };
}

function watched(deliveries, seen) {
  return {
    ...deliveries,
    async record(tenant, person, id, record) {
      await deliveries.record(tenant, person, id, record);
      const items = record.items.map(readItem);
      seen.today.set(person, [...(seen.today.get(person) ?? []), ...items]);
      if (id.startsWith('digest|'))
        seen.digests.push({
          person,
          at: record.sentAt,
          items: items.length,
          kinds: items.map(({ kind }) => kind),
        });
    },
  };
}

async function aManager(chance, stores, seen, now) {
  const person = aPersonOf(chance, chance.id());
  await stores.people.add(person);
  if (chance.yes(HABITS.blocksTheBot)) seen.blocked.add(person.reference.conversation);
  const manager = { tenant: TENANT, person: person.person };
  const slot = slotFor(person, ZONE);
  const today = dayOf(now, slot.zone);
  const team = Array.from({ length: chance.between(...HABITS.teamSize) }, (_, at) =>
    newMember(`name-${at}`, `Person ${at}`, chance.yes(HABITS.employeeInTeams) ? chance.id() : null),
  );
  for (const { person: id } of team) {
    if (id !== null) await stores.people.add({ ...aPersonOf(chance, id), monthly: null });
  }
  const drinks = chance.yes(HABITS.coffee);
  const members = team.map((member) =>
    drinks ? withRhythm(member, chance.weighted(HABITS.rhythms), { today, slot }) : member,
  );
  await stores.managers.putMembers(manager, members);
  await stores.reminders.planAll([
    ...members.flatMap((member) => coffeeReminder(manager, member, slot) ?? []),
    ...monthlyReminders(person, slot, now),
  ]);
  const pauseFrom = chance.yes(HABITS.summerPause) ? addDays(SUMMER, 7 * chance.between(0, 5)) : null;
  return { manager, team, made: 0, pauseFrom };
}

/** How things stand in the morning for those who work on a day. */
async function morningOf(stores, actors, day) {
  const found = [];
  for (const actor of actors) {
    const { manager } = actor;
    const kept = await stores.people.get(manager.tenant, manager.person);
    const slot = slotFor(kept.record, ZONE);
    if (workingDayFrom(day, slot) !== day) continue;
    found.push({ actor, kept, slot, everything: await stores.managers.records(manager) });
  }
  return found;
}

/** The evaluations whose reminder is due on a day: agreed on, still open, and not put off. */
function owedOn(morning, day) {
  return morning.flatMap(({ actor: { manager }, kept, slot, everything }) =>
    everything.agreements
      .filter(({ status, remindFrom }) => status === 'open' && remindFrom === null)
      .filter((agreement) => dayOf(evaluationReminder(manager, agreement, slot).due, slot.zone) === day)
      .map((agreement) => ({ manager, agreement, unreachable: kept.record.unreachableSince !== null })),
  );
}

function settleOwed(owed, seen) {
  for (const { manager, agreement, unreachable } of owed) {
    const { evaluations } = seen;
    if (unreachable || seen.blocked.has(`a:1${manager.person}`)) {
      evaluations.unreachable += 1;
      continue;
    }
    evaluations.owed += 1;
    const reminded = (seen.today.get(manager.person) ?? []).some(
      (item) =>
        item.kind === 'evaluation' && item.subject === agreement.id && item.occasion === agreement.nextDay,
    );
    if (reminded) evaluations.onTheDay += 1;
    else evaluations.late.push({ agreement: agreement.id, day: agreement.nextDay });
  }
}

/** One day in the life of a manager: they act on what they got, sooner or later, and new things come up. */
async function live({ actor, slot, everything }, { chance, stores, seen, day, now }) {
  const { manager } = actor;
  const got = seen.today.get(manager.person) ?? [];
  const acts = (subject) =>
    chance.yes(got.some((item) => item.subject === subject) ? HABITS.actsSameDay : HABITS.actsLater);
  const plan = [];
  for (const agreement of everything.agreements) {
    if (agreement.status !== 'open' || agreement.nextDay > day || !acts(agreement.id)) continue;
    plan.push(...(await lookBack(agreement, { manager, chance, stores, slot, day, now })));
  }
  for (const member of everything.members) {
    if (member.nextDay === null || member.nextDay > day || !acts(member.id)) continue;
    const next = chance.yes(HABITS.skipsCoffee) ? withSkip(member, day, slot) : withCoffee(member, day, slot);
    await stores.managers.putMembers(manager, [next]);
    plan.push(...[coffeeReminder(manager, next, slot) ?? []].flat());
  }
  if (chance.yes((actor.team.length * HABITS.conversationsEach) / 260)) {
    plan.push(...(await agree(actor, { chance, stores, slot, day, now })));
  }
  if (chance.yes(HABITS.momentsEachManager / 260))
    plan.push(...(await aMoment(actor, { chance, stores, slot, day, now })));
  await stores.reminders.planAll(plan);
  if (day === actor.pauseFrom) await pause({ manager, stores, day, now });
}

async function lookBack(agreement, { manager, chance, stores, slot, day, now }) {
  const found = await stores.managers.agreement(manager, agreement.id);
  if (chance.yes(HABITS.snoozes)) {
    const due = slotOn(addDays(day, 3), slot);
    const later = { ...found.record, remindFrom: due, remindAt: due, version: found.record.version + 1 };
    await stores.managers.changeAgreement(manager, later, found.etag);
    return [{ ...evaluationReminder(manager, later, slot), due }];
  }
  if (found.record.evaluations.length >= chance.between(...HABITS.evaluations)) {
    await stores.managers.changeAgreement(manager, { ...found.record, status: 'closed' }, found.etag);
    return [];
  }
  const nextDay = workingDayFrom(addRhythm(day, found.record.rhythm), slot);
  const seen = { version: found.record.version, asked: '' };
  const change = { what: 'evaluated', seen, day, nextDay, outcomes: { 1: 'works' }, rewritten: {} };
  const { record, plan } = changeAgreement(found.record, change, { manager, now, slot, zone: ZONE });
  await stores.managers.changeAgreement(manager, { ...record, landed: true }, found.etag);
  return plan;
}

async function agree(actor, { chance, stores, slot, day, now }) {
  const { manager, team } = actor;
  actor.made += 1;
  const who = chance.of(team);
  const rhythm = chance.of(['two-weekly', 'two-weekly', 'four-weekly']);
  const agreement = {
    id: `agreement-${actor.made}`,
    member: who.id,
    memberName: who.name,
    managerName: 'Manager',
    employee: who.person,
    conversationDay: day,
    present: ['manager', 'employee'],
    subjects: ['tasks'],
    items: [{ id: '1', who: 'manager', what: 'Twee taken gaan over', by: addDays(day, 7), outcome: null }],
    initiative: who.person !== null && chance.yes(HABITS.employeeTakesInitiative) ? 'employee' : 'manager',
    rhythm,
    nextDay: workingDayFrom(addRhythm(day, rhythm), slot),
    remindFrom: null,
    remindAt: '',
    movedFrom: null,
    evaluations: [],
    landed: false,
    answer: who.person === null ? 'not-shared' : 'on-its-way',
    answeredAt: null,
    changeAsked: null,
    undelivered: null,
    status: 'open',
    createdAt: now,
    changedAt: now,
    version: 1,
  };
  const evaluation = evaluationReminder(manager, agreement, slot);
  const { record } = (await stores.managers.member(manager, who.id)) ?? { record: who };
  await stores.managers.addAgreement(manager, record, { ...agreement, remindAt: evaluation.due });
  return [
    evaluation,
    landedReminder(manager, agreement, slot),
    ...[sharedReminder(manager, agreement, { now, slot }) ?? []].flat(),
  ];
}

async function aMoment(actor, { chance, stores, slot, day, now }) {
  const { manager, team } = actor;
  actor.made += 1;
  const who = chance.of(team);
  const kind = chance.of(['leave', 'leave', 'return', 'retirement', 'start', 'anniversary', 'extra']);
  const from = plus(day, { weeks: chance.between(1, 20) });
  const until = kind === 'leave' || kind === 'extra' ? plus(from, { weeks: chance.between(3, 20) }) : null;
  const moment = {
    id: `moment-${actor.made}`,
    member: who.id,
    memberName: who.name,
    kind,
    from,
    until,
    contact: chance.yes(0.5),
    status: 'open',
    createdAt: now,
    changedAt: now,
    version: 1,
  };
  await stores.managers.addMoment(manager, who, moment);
  return momentReminders(manager, moment, { now, slot });
}

/** Three weeks away, set on the day before: what is planned moves along, as when settings are saved. */
async function pause({ manager, stores, day, now }) {
  const kept = await stores.people.get(manager.tenant, manager.person);
  const record = { ...kept.record, pausedUntil: addDays(day, 24) };
  await stores.people.change(record, kept.etag);
  const slot = slotFor(record, ZONE);
  const everything = await stores.managers.records(manager);
  await stores.reminders.planAll([
    ...plannedFor(manager, everything, { now, slot }),
    ...monthlyReminders(record, slot, now),
  ]);
}
