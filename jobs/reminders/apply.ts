import type { Undelivered } from '../../bot/domain/agreement.js';
import type { Member } from '../../bot/domain/member.js';
import type { Moment } from '../../bot/domain/moment.js';
import { isReachable } from '../../bot/domain/person.js';
import { rankOf } from '../../bot/domain/reminder-kinds.js';
import { nudgeWanted } from '../../bot/domain/reminders/moment-reminders.js';
import type { Managers } from '../../bot/store/managers.js';
import type { People } from '../../bot/store/people.js';
import type { Reminders } from '../../bot/store/reminders.js';
import type { AgreementMark, KeepsakeMark, Mark, Settlement } from './settle.js';

export type ApplyDeps = {
  readonly people: People;
  readonly managers: Managers;
  readonly reminders: Reminders;
};

/**
 * Writes a settlement: what is planned first, rows that are done last. A crash anywhere leaves rows whose lease
 * runs out; doing all of it again comes to the same.
 */
export async function apply(deps: ApplyDeps, settlement: Settlement, now: string): Promise<void> {
  await deps.reminders.planAll(settlement.plan);
  for (const mark of settlement.marks) await writeMark(deps.managers, mark);
  await deps.reminders.waitAll(settlement.wait);
  await releaseWhoIsBack(deps, settlement, now);
  await deps.reminders.removeAll(settlement.remove.map(({ stored }) => stored));
}

/** Whoever came back while we were at it found nothing waiting yet: their return must not be missed. */
async function releaseWhoIsBack(
  { people, reminders }: ApplyDeps,
  { wait }: Settlement,
  now: string,
): Promise<void> {
  const waiting = new Map(wait.map(({ reminder }) => [`${reminder.tenant}|${reminder.person}`, reminder]));
  for (const { tenant, person } of waiting.values()) {
    const found = await people.get(tenant, person);
    if (found !== null && isReachable(found.record)) await reminders.release(tenant, person, now);
  }
}

/** A person who presses a button at this very moment wins: then it is tried again on what is there then. */
const MOST_TRIES = 3;

function writeMark(managers: Managers, mark: Mark): Promise<void> {
  if ('agreement' in mark) return markAgreement(managers, mark);
  return mark.kept === 'member' ? markMember(managers, mark) : markMoment(managers, mark);
}

async function markMember(managers: Managers, { tenant, manager, id, ...mark }: KeepsakeMark): Promise<void> {
  const owner = { tenant, person: manager };
  for (let tries = 0; tries < MOST_TRIES; tries += 1) {
    const found = await managers.member(owner, id);
    // Had, moved or stopped meanwhile: nobody waits for that reminder any more.
    if (found === null || (!mark.arrived && found.record.nextDay !== mark.occasion)) return;
    const record = marked(found.record, mark);
    if (record === found.record) return;
    if ((await managers.changeMember(owner, record, found.etag)) === 'ok') return;
  }
}

async function markMoment(managers: Managers, { tenant, manager, id, ...mark }: KeepsakeMark): Promise<void> {
  const owner = { tenant, person: manager };
  for (let tries = 0; tries < MOST_TRIES; tries += 1) {
    const found = await managers.moment(owner, id);
    if (found === null || (!mark.arrived && nudgeWanted(mark.occasion, found.record) === null)) return;
    const record = marked(found.record, mark);
    if (record === found.record) return;
    if ((await managers.changeMoment(owner, record, found.etag)) === 'ok') return;
  }
}

/** The very same object when it says so already. */
function marked<Kept extends Member | Moment>(
  record: Kept,
  { arrived, occasion }: Pick<KeepsakeMark, 'arrived' | 'occasion'>,
): Kept {
  const undeliveredOccasion = arrived ? null : occasion;
  return (record.undeliveredOccasion ?? null) === undeliveredOccasion
    ? record
    : { ...record, undeliveredOccasion };
}

async function markAgreement(managers: Managers, mark: AgreementMark): Promise<void> {
  const manager = { tenant: mark.tenant, person: mark.manager };
  for (let tries = 0; tries < MOST_TRIES; tries += 1) {
    const found = await managers.agreement(manager, mark.agreement.id);
    if (found === null || found.record.version !== mark.agreement.version) return;
    const { record } = found;
    // An answer that came in meanwhile says more than that it was delivered.
    const open = record.answer === 'on-its-way' || record.answer === 'waiting';
    const answer = open && mark.answer !== null ? mark.answer : record.answer;
    const undelivered = undeliveredAfter(record.undelivered, mark);
    if (answer === record.answer && isSameFailure(undelivered, record.undelivered)) return;
    const change = { ...record, answer, undelivered };
    if ((await managers.changeAgreement(manager, change, found.etag)) === 'ok') return;
  }
}

/**
 * What its maker sees from now on, by how the record is now and not as it was when the message was composed. There is
 * room for one: what arrives takes only its own kind away, what is tried again does not hide what was given up, and what
 * is less important not what is more so.
 */
function undeliveredAfter(
  now: Undelivered | null,
  { undelivered, delivered }: Pick<AgreementMark, 'undelivered' | 'delivered'>,
): Undelivered | null {
  if (undelivered === null) return now?.kind === delivered ? null : now;
  if (now === null || now.kind === undelivered.kind) return undelivered;
  if (now.givenUp !== undelivered.givenUp) return now.givenUp === true ? now : undelivered;
  return rankOf(now.kind) < rankOf(undelivered.kind) ? now : undelivered;
}

function isSameFailure(one: Undelivered | null, other: Undelivered | null): boolean {
  return one?.kind === other?.kind && one?.why === other?.why && one?.givenUp === other?.givenUp;
}
