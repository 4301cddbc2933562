import type { ManagerRecords } from '../../../../bot/domain/manager.js';
import type { Person } from '../../../../bot/domain/person.js';
import type { Reminder } from '../../../../bot/domain/reminder.js';
import { subjectKindOf } from '../../../../bot/domain/reminder-kinds.js';
import { currentSubject, type ScanFor } from '../../../../bot/domain/reminders/current-subject.js';
import { isMonthly } from '../../../../bot/domain/reminders/monthly-reminders.js';
import { DEFAULT_RETENTION } from '../../../../bot/domain/retention-periods.js';
import type { Scan } from '../../../../bot/domain/scan.js';
import { itemId } from '../../../../bot/store/deliveries.js';
import type { Received } from '../../../support/teams/teams.js';
import { dayIn, type World } from '../world.js';
import type { Claim } from './claims.js';

/** A reminder that stood in the tables once, and when it was first seen there. */
type Promised = {
  readonly reminder: Reminder;
  readonly at: number;
  readonly since: number;
  /**
   * Nobody has to keep it any more: the night forgot whoever it was for, who was away for longer than the term, or they had
   * switched its kind off, which they may have taken back since.
   */
  released: boolean;
};

/** Every reminder that was ever promised. */
export type Ledger = {
  /** Reads what stands in the tables now. */
  note(): Promise<void>;
  /** Those that a day would bring: the instants at which something is due. */
  all(): readonly Promised[];
};

export function openLedger(world: World): Ledger {
  const promised = new Map<string, Promised>();
  let known = new Set<string>();
  return {
    async note() {
      const people = new Map<string, Person>();
      for await (const person of world.stores.people.all())
        people.set(`${person.tenant}|${person.person}`, person);
      for (const one of promised.values()) {
        const key = `${one.reminder.tenant}|${one.reminder.person}`;
        const person = people.get(key);
        const isForgotten = known.has(key) && person === undefined;
        if (isForgotten || isSwitchedOff(one.reminder, person)) one.released = true;
      }
      known = new Set(people.keys());
      for await (const { reminder } of world.stores.reminders.all()) {
        if (reminder === null) continue;
        const id = idOf(reminder);
        if (promised.has(id)) continue;
        const since = world.teams.received.length;
        promised.set(id, { reminder, at: world.at, since, released: false });
      }
    },
    all: () => [...promised.values()],
  };
}

/**
 * A promise is kept once: each reminder that ever stood in the tables was delivered, or is planned or waits, or is
 * shown as not delivered, or is not wanted any more by what it was about. It is asked when nothing goes wrong any
 * more, the days have passed and everybody is back. What came twice is counted; without a process that was killed
 * or an answer that was lost it may not happen.
 */
export async function aPromiseIsKeptOnce(world: World, ledger: Ledger): Promise<{ readonly twice: number }> {
  await ledger.note();
  const stands = new Set<string>();
  for await (const { reminder } of world.stores.reminders.all())
    if (reminder !== null) stands.add(idOf(reminder));
  const kept = new Map<string, ManagerRecords>();
  for await (const { manager, everything } of world.stores.managers.all())
    kept.set(`${manager.tenant}|${manager.person}`, everything);
  const people = new Map<string, Person>();
  for await (const person of world.stores.people.all())
    people.set(`${person.tenant}|${person.person}`, person);
  const scans = new Map<string, Scan>();
  for await (const { record } of world.stores.scans.all()) scans.set(`${record.tenant}|${record.id}`, record);
  const proven = new Map<string, Set<string>>();
  for (const { key, person } of world.actors) {
    const items = await world.stores.deliveries.sentTo(person.tenantId, person.objectId);
    proven.set(key, new Set([...items.keys()].map(withoutRound)));
  }
  for (const one of ledger.all()) {
    const { reminder } = one;
    const key = `${reminder.tenant}|${reminder.person}`;
    if (one.released || stands.has(idOf(reminder))) continue;
    if (proven.get(key)?.has(withoutRound(itemId(reminder)))) continue;
    const records = kept.get(`${reminder.tenant}|${reminder.manager}`);
    const person = people.get(key);
    const scan = scans.get(`${reminder.tenant}|${reminder.subject}`);
    const answered = scan !== undefined && (await world.stores.scans.hasAnswered(scan, reminder.person));
    const about = scan === undefined ? null : { scan, hasAnswered: answered };
    if (!isWanted(reminder, records, person, about, dayIn(world)) || isShown(reminder, records)) continue;
    // Proofs go when somebody takes the bot out, and after their term. A message about what is gone names no record: once its
    // proof is gone too, nothing can tell whether it came.
    if (wasSent(world, one) || isPastProof(world, reminder) || isPastWaiting(world, reminder)) continue;
    world.found(
      'a promise is kept once',
      `${reminder.kind} of ${reminder.subject} for ${reminder.occasion}, due ${reminder.due} to ${nameOf(world, key)}, seen first at step ${one.at}, is neither sent, nor planned, nor waiting, nor shown as not delivered`,
    );
  }
  return { twice: countTwice(world, ledger) };
}

/**
 * What an employee asks to be changed is heard: the manager was shown it, or it stands on the record, where they find
 * it. The employee was told so, and it is their right (AVG, article 16).
 */
export async function whatIsAskedIsHeard(world: World, asked: readonly Claim[]): Promise<void> {
  for (const { actor, payload, at } of asked) {
    const { manager, id, note } = payload.data as { manager: string; id: string; note?: unknown };
    const { tenantId: tenant } = actor.person;
    if (typeof note !== 'string' || world.secrets.hasSeen(`${tenant}|${manager}`, note)) continue;
    const found = await world.stores.managers.agreement({ tenant, person: manager }, id);
    // What is gone took its requests with it, and was handed on or removed with a word to both.
    if (found === null || found.record.status === 'closed') continue;
    const words = world.secrets.in(note);
    const kept = JSON.stringify(found.record).toLowerCase();
    if (!words.every((word) => kept.includes(word)))
      world.found(
        'a promise is kept once',
        `step ${at}: ${actor.name} asked for ${JSON.stringify(note)}, and nobody heard it`,
      );
  }
}

/** Whether its subject still asks for it; of what is not there any more, or is another, nobody wants to hear. */
function isWanted(
  reminder: Reminder,
  records: ManagerRecords | undefined,
  person: Person | undefined,
  scan: ScanFor | null,
  today: string,
): boolean {
  const { kind, subject } = reminder;
  // Of one that was dropped the message names nothing by which it could be found among those that were sent.
  if (kind === 'scan-news' && scan?.scan.status === 'dropped') return false;
  // Planned anew with each change of settings, and only for whoever asks for it; or not about one record.
  if (isMonthly(kind) || kind === 'contacts-unchecked' || kind === 'agreements-closed') return false;
  if (isSwitchedOff(reminder, person)) return false;
  const current = currentSubject(
    reminder,
    {
      agreementOf: () => records?.agreements.find(({ id }) => id === subject) ?? null,
      memberOf: () => records?.members.find(({ id }) => id === subject) ?? null,
      momentOf: () => records?.moments.find(({ id }) => id === subject) ?? null,
      contactsOf: () => [],
      handoverOf: () => null,
      scanOf: () => scan,
    },
    today,
  );
  return current !== null && !('done' in current && current.done);
}

function isSwitchedOff({ kind }: Reminder, person: Person | undefined): boolean {
  return (kind === 'coffee' || kind === 'landed') && person?.off?.includes(kind) === true;
}

function isShown({ kind, subject }: Reminder, records: ManagerRecords | undefined): boolean {
  const agreement = records?.agreements.find(({ id }) => id === subject);
  if (agreement === undefined) return false;
  const { undelivered, answer } = agreement;
  // Of what the employee has not seen yet the record says so by itself.
  if (kind === 'agreement-shared' || kind === 'agreement-moved') return answer === 'waiting';
  return JSON.stringify(undelivered ?? '').includes(kind);
}

const ABOUT_WHAT_IS_GONE: readonly Reminder['kind'][] = [
  'moment-removed',
  'removal-granted',
  'agreements-deleted',
];

function isPastProof(world: World, { kind, due }: Reminder): boolean {
  const days = (world.now() - Date.parse(due)) / 86_400_000;
  return ABOUT_WHAT_IS_GONE.includes(kind) && days > DEFAULT_RETENTION.sentDays;
}

/** News that is about no record of its own waits for whoever was never here as long as for somebody away, and goes then. */
function isPastWaiting(world: World, { kind, due }: Reminder): boolean {
  const days = (world.now() - Date.parse(due)) / 86_400_000;
  return subjectKindOf({ kind }) === null && days > DEFAULT_RETENTION.unreachableDays;
}

/** Whether a message about it arrived after it was promised. */
function wasSent(world: World, { reminder, since }: Promised): boolean {
  return world.teams.received
    .slice(since)
    .some(
      (one) =>
        arrived(one) &&
        world.actorOf(one.conversationId)?.key === `${reminder.tenant}|${reminder.person}` &&
        JSON.stringify(one.body).includes(reminder.subject),
    );
}

/** Messages that came by themselves twice on one day, beyond what was promised twice. */
function countTwice(world: World, ledger: Ledger): number {
  const counts = new Map<string, { count: number; body: unknown; key: string }>();
  for (const one of world.teams.received) {
    const { body, conversationId, time } = one;
    const key = world.actorOf(conversationId)?.key;
    const { replyToId, attachments } = (body ?? {}) as { replyToId?: unknown; attachments?: unknown };
    if (key === undefined || replyToId !== undefined || one.operation !== 'send' || !arrived(one)) continue;
    const day = new Date(time).toISOString().slice(0, 10);
    const id = `${key} ${day} ${JSON.stringify(attachments)}`;
    const found = counts.get(id) ?? { count: 0, body, key };
    found.count += 1;
    counts.set(id, found);
  }
  let twice = 0;
  for (const { count, body, key } of counts.values()) {
    const text = JSON.stringify(body);
    const promised = ledger
      .all()
      .filter(
        ({ reminder }) => `${reminder.tenant}|${reminder.person}` === key && text.includes(reminder.subject),
      );
    if (count < 2 || count <= promised.length) continue;
    twice += count - 1;
    if (world.kills === 0 && world.weather.lostAnswers() === 0)
      world.found(
        'a promise is kept once',
        `sent ${count} times to ${nameOf(world, key)}: ${text.slice(0, 300)}`,
      );
  }
  return twice;
}

function arrived({ status }: Received): boolean {
  return status === 201;
}

function idOf({ tenant, person, kind, manager, subject, occasion }: Reminder): string {
  return [tenant, person, kind, manager, subject, occasion].join('|');
}

function withoutRound(item: string): string {
  return item.slice(0, item.lastIndexOf('|'));
}

function nameOf(world: World, key: string): string {
  return world.actors.find((actor) => actor.key === key)?.name ?? key;
}
