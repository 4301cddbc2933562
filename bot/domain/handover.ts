import type { Agreement } from './agreement.js';
import { type Instant, newsMoment, type Slot } from './calendar.js';
import type { Manager, ManagerRecords } from './manager.js';
import { type Member, matchMember, newMember, newMemberId } from './member.js';
import type { NewReminder } from './reminder.js';

/** The agreements that still run: what is closed stays where it is until its time is over. */
export function openIn({ agreements }: Pick<ManagerRecords, 'agreements'>): readonly Agreement[] {
  return agreements.filter(({ status }) => status === 'open');
}

/**
 * Whom an agreement is with on the next manager's list, where they may stand already: the same account, or the place
 * that an earlier run made. A name alone is no ground: nobody is there to say whether it is the same person.
 */
export function memberFor({ member, memberName, employee }: Agreement, list: readonly Member[]): Member {
  if (employee === null) return list.find(({ id }) => id === member) ?? newMember(member, memberName, null);
  const match = matchMember(list, { known: '', name: '', person: employee, sameAs: '' });
  return match.is === 'member'
    ? match.member
    : newMember(newMemberId(member, memberName, employee), memberName, employee);
}

/** What news about a manager's agreements names: whose they were, and which occasion it is of, so that it comes once. */
type Former = { readonly former: string; readonly occasion: string };

/** Tells the next manager, once however many agreements go over. */
export function takenOverReminder(
  successor: Manager,
  leaver: Manager,
  about: Former,
  now: Instant,
  slot: Slot,
): NewReminder {
  return ofLeaver('agreements-taken-over', successor, successor, leaver, about, now, slot);
}

/** Tells an employee that nobody goes on with what they had agreed on, once however many those were. */
export function deletedReminder(
  employee: string,
  leaver: Manager,
  about: Former,
  now: Instant,
  slot: Slot,
): NewReminder {
  const to = { tenant: leaver.tenant, person: employee };
  return ofLeaver('agreements-deleted', to, leaver, leaver, about, now, slot);
}

/**
 * Tells an employee that what they had agreed on is closed, since their manager cannot be reached any more: once,
 * however many those were.
 */
export function closedReminder(
  employee: string,
  manager: Manager,
  about: Former,
  now: Instant,
  slot: Slot,
): NewReminder {
  const to = { tenant: manager.tenant, person: employee };
  return ofLeaver('agreements-closed', to, manager, manager, about, now, slot);
}

function ofLeaver(
  kind: NewReminder['kind'],
  to: Manager,
  manager: Manager,
  leaver: Manager,
  { former, occasion }: Former,
  now: Instant,
  slot: Slot,
): NewReminder {
  return {
    kind,
    tenant: to.tenant,
    person: to.person,
    manager: manager.person,
    subject: leaver.person,
    occasion,
    due: newsMoment(now, slot),
    former,
    round: 0,
  };
}

/** Whether an agreement with the next manager is the leaver's, handed over before: ids come from clients. */
export function isMovedOf(there: Agreement, { id, createdAt, employee }: Agreement): boolean {
  return there.id === id && there.createdAt === createdAt && there.employee === employee;
}
