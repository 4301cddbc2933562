import type { LeavingTyped } from '../../../cards/actions.js';
import { NAME_MAX } from '../../../cards/agreement/form-conversation.card.js';
import { asIds } from '../../../cards/choices.js';
import type { LeavingProblems } from '../../../cards/leaver/form.card.js';
import { oneLine } from '../../../cards/plain.js';
import { type Instant, newsMoment, type Slot } from '../../calendar.js';
import { isEntraId } from '../../field-rules.js';
import { type Screen, screenName } from '../../screening.js';
import type { Agreement, Everything, Manager, Member } from '../../store/managers.js';
import { newMember } from '../../store/managers.js';
import type { NewReminder } from '../../store/reminders.js';

/** The form as it is meant: ids as they are kept, the name on one line. */
export function asMeant({ leaver, what, successor, name }: LeavingTyped): LeavingTyped {
  return {
    leaver: leaver.trim().toLowerCase(),
    what: asIds(what, ({ leaver: words }) => words.what),
    successor: successor.trim().toLowerCase(),
    name: oneLine(name),
  };
}

/** What is wrong with the form, field by field; nothing when it can be done. */
export function problemsOf({ leaver, what, successor, name }: LeavingTyped, screen: Screen): LeavingProblems {
  const whoWrong: LeavingProblems = isEntraId(leaver) ? {} : { leaver: 'leaver' };
  if (what === 'delete') return successor === '' ? whoWrong : { ...whoWrong, successor: 'both' };
  if (what !== 'move') return { ...whoWrong, what: 'what' };
  return { ...whoWrong, ...successorProblem(leaver, successor), ...nameProblem(name, screen) };
}

function successorProblem(leaver: string, successor: string): LeavingProblems {
  if (!isEntraId(successor)) return { successor: 'successor' };
  return successor === leaver ? { successor: 'same' } : {};
}

function nameProblem(name: string, screen: Screen): LeavingProblems {
  if (name === '') return { name: 'name' };
  if (name.length > NAME_MAX) return { name: 'nameLong' };
  const words = screenName(name, screen);
  return words.length === 0 ? {} : { name: 'nameScreened', words: words.join(', ') };
}

/** The agreements that still run: what is closed stays where it is until its time is over. */
export function openIn({ agreements }: Pick<Everything, 'agreements'>): readonly Agreement[] {
  return agreements.filter(({ status }) => status === 'open');
}

/**
 * The agreement as its next manager gets it: shown anew to the employee, and without the question how the
 * conversation landed, which was another's.
 */
export function handedOver(agreement: Agreement, member: Member, name: string, now: Instant): Agreement {
  return {
    ...agreement,
    member: member.id,
    managerName: name,
    movedFrom: agreement.managerName,
    remindFrom: null,
    landed: true,
    answer: agreement.employee === null ? 'not-shared' : 'on-its-way',
    answeredAt: null,
    changeAsked: null,
    undelivered: null,
    changedAt: now,
    version: agreement.version + 1,
  };
}

/** Whom an agreement is with on the next manager's list, where they may stand already. */
export function memberFor(agreement: Agreement, list: readonly Member[]): Member {
  const { member, memberName, employee } = agreement;
  const known = list.find(({ id, person }) => id === member || (employee !== null && person === employee));
  return known ?? newMember(member, memberName, employee);
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
