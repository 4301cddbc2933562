import { type Instant, newsMoment, type Slot } from '../calendar.js';
import { type Agreement, type Everything, type Manager, type Member, newMember } from '../store/managers.js';
import type { NewReminder } from '../store/reminders.js';
import { matchMember, newMemberId } from './member.js';

/** The agreements that still run: what is closed stays where it is until its time is over. */
export function openIn({ agreements }: Pick<Everything, 'agreements'>): readonly Agreement[] {
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

/** Tells the next manager: once a day, however often it is planned. */
export function takenOverReminder(
  successor: Manager,
  leaver: Manager,
  former: string,
  now: Instant,
  slot: Slot,
): NewReminder {
  return ofLeaver('agreements-taken-over', successor, successor, leaver, former, now, slot);
}

/** Tells an employee that nobody goes on with what they had agreed on: once a day, however many those were. */
export function deletedReminder(
  employee: string,
  leaver: Manager,
  former: string,
  now: Instant,
  slot: Slot,
): NewReminder {
  const to = { tenant: leaver.tenant, person: employee };
  return ofLeaver('agreements-deleted', to, leaver, leaver, former, now, slot);
}

/**
 * Tells an employee that what they had agreed on is closed, since their manager cannot be reached any more: once a day,
 * however many those were.
 */
export function closedReminder(
  employee: string,
  manager: Manager,
  former: string,
  now: Instant,
  slot: Slot,
): NewReminder {
  const to = { tenant: manager.tenant, person: employee };
  return ofLeaver('agreements-closed', to, manager, manager, former, now, slot);
}

function ofLeaver(
  kind: NewReminder['kind'],
  to: Manager,
  manager: Manager,
  leaver: Manager,
  former: string,
  now: Instant,
  slot: Slot,
): NewReminder {
  return {
    kind,
    tenant: to.tenant,
    person: to.person,
    manager: manager.person,
    subject: leaver.person,
    occasion: now.slice(0, 10),
    due: newsMoment(now, slot),
    former,
    round: 0,
  };
}
