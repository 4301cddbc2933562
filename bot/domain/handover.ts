import type { Agreement } from './agreement.js';
import { type At, newsMoment } from './calendar.js';
import type { Manager, ManagerRecords } from './manager.js';
import { type Member, matchMember, newMember, newMemberId } from './member.js';
import { type NewReminder, newReminder } from './reminder.js';

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

/** News about the agreements of a manager who left or cannot be reached any more: once, however many those are. */
type Former = {
  /** Whose they were: the manager, and the name that stands on them. */
  readonly leaver: Manager;
  readonly former: string;
  /** Which handover, or which time of being away. */
  readonly occasion: string;
};

/** Tells the next manager. */
export function takenOverReminder(successor: Manager, former: Former, at: At): NewReminder {
  return ofLeaver('agreements-taken-over', { to: successor.person, manager: successor }, former, at);
}

/** Tells an employee that nobody goes on with what they had agreed on. */
export function deletedReminder(employee: string, former: Former, at: At): NewReminder {
  return ofLeaver('agreements-deleted', { to: employee, manager: former.leaver }, former, at);
}

/** Tells an employee that what they had agreed on is closed, since their manager cannot be reached any more. */
export function closedReminder(employee: string, former: Former, at: At): NewReminder {
  return ofLeaver('agreements-closed', { to: employee, manager: former.leaver }, former, at);
}

function ofLeaver(
  kind: NewReminder['kind'],
  { to, manager }: { readonly to: string; readonly manager: Manager },
  { leaver, former, occasion }: Former,
  { now, slot }: At,
): NewReminder {
  const due = newsMoment(now, slot);
  return { ...newReminder({ kind, manager, person: to, subject: leaver.person, occasion, due }), former };
}

/** Whether an agreement with the next manager is the leaver's, handed over before: ids come from clients. */
export function isMovedOf(there: Agreement, { id, createdAt, employee }: Agreement): boolean {
  return there.id === id && there.createdAt === createdAt && there.employee === employee;
}
