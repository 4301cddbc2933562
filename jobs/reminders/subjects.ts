import { codeOf } from '../../bot/errors.js';
import type { Agreement, Everything, Manager, Managers, Member } from '../../bot/store/managers.js';
import { UNREADABLE } from '../../bot/store/records.js';
import type { Reminder } from '../../bot/store/reminders.js';
import type { MemberOf, SubjectOf } from './compose.js';
import type { DuePerson, DueReminder } from './due.js';

/** What the reminders of a person are about, as it is now; `unreadable` are those whose subject cannot be read. */
export type Subjects = {
  readonly subjectOf: SubjectOf;
  readonly memberOf: MemberOf;
  readonly unreadable: readonly DueReminder[];
};

/** One query brings all that one manager keeps; a single subject is read on its own. */
export async function readSubjects(managers: Managers, due: DuePerson): Promise<Subjects> {
  const wanted = new Map<string, Set<string>>();
  for (const { reminder } of due.rows) {
    wanted.set(reminder.manager, (wanted.get(reminder.manager) ?? new Set()).add(reminder.subject));
  }
  const found = new Map<string, Agreement>();
  const people = new Map<string, Member>();
  const broken = new Set<string>();
  for (const [person, subjects] of wanted) {
    const coffee = due.rows.some(({ reminder }) => reminder.kind === 'coffee');
    const read = await readOf(managers, { tenant: due.tenant, person }, subjects, coffee);
    for (const agreement of read.agreements) found.set(`${person}|${agreement.id}`, agreement);
    for (const member of read.members) people.set(`${person}|${member.id}`, member);
    for (const id of read.unreadable) broken.add(`${person}|${id}`);
  }
  const idOf = ({ manager, subject }: Reminder) => `${manager}|${subject}`;
  return {
    subjectOf: (reminder) => found.get(idOf(reminder)) ?? null,
    memberOf: (reminder) => people.get(idOf(reminder)) ?? null,
    unreadable: due.rows.filter(({ reminder }) => broken.has(idOf(reminder))),
  };
}

async function readOf(
  managers: Managers,
  manager: Manager,
  subjects: ReadonlySet<string>,
  /** Whether people are asked for too, and not agreements alone. */
  coffee: boolean,
): Promise<Pick<Everything, 'agreements' | 'members' | 'unreadable'>> {
  const [only] = subjects;
  if (subjects.size > 1 || only === undefined || coffee) return managers.everything(manager);
  try {
    const kept = await managers.agreement(manager, only);
    return { agreements: kept === null ? [] : [kept.record], members: [], unreadable: [] };
  } catch (error) {
    if (codeOf(error) !== UNREADABLE) throw error;
    return { agreements: [], members: [], unreadable: [only] };
  }
}
