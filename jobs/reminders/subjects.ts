import { codeOf } from '../../bot/errors.js';
import type { Agreement, Everything, Manager, Managers, Member, Moment } from '../../bot/store/managers.js';
import { UNREADABLE } from '../../bot/store/records.js';
import type { Reminder } from '../../bot/store/reminders.js';
import type { Keepsakes, SubjectOf } from './compose.js';
import type { DuePerson, DueReminder } from './due.js';

/** What the reminders of a person are about, as it is now; `unreadable` are those whose subject cannot be read. */
export type Subjects = {
  readonly subjectOf: SubjectOf;
  readonly keepsakes: Keepsakes;
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
  const moments = new Map<string, Moment>();
  const broken = new Set<string>();
  for (const [person, subjects] of wanted) {
    const more = due.rows.some(({ reminder: { kind } }) => kind === 'coffee' || kind === 'moment');
    const read = await readOf(managers, { tenant: due.tenant, person }, subjects, more);
    for (const agreement of read.agreements) found.set(`${person}|${agreement.id}`, agreement);
    for (const member of read.members) people.set(`${person}|${member.id}`, member);
    for (const moment of read.moments) moments.set(`${person}|${moment.id}`, moment);
    for (const id of read.unreadable) broken.add(`${person}|${id}`);
  }
  const idOf = ({ manager, subject }: Reminder) => `${manager}|${subject}`;
  return {
    subjectOf: (reminder) => found.get(idOf(reminder)) ?? null,
    keepsakes: {
      memberOf: (reminder) => people.get(idOf(reminder)) ?? null,
      momentOf: (reminder) => moments.get(idOf(reminder)) ?? null,
    },
    unreadable: due.rows.filter(({ reminder }) => broken.has(idOf(reminder))),
  };
}

async function readOf(
  managers: Managers,
  manager: Manager,
  subjects: ReadonlySet<string>,
  /** Whether people or moments are asked for too, and not agreements alone. */
  more: boolean,
): Promise<Pick<Everything, 'agreements' | 'members' | 'moments' | 'unreadable'>> {
  const [only] = subjects;
  if (subjects.size > 1 || only === undefined || more) return managers.everything(manager);
  try {
    const kept = await managers.agreement(manager, only);
    return { agreements: kept === null ? [] : [kept.record], members: [], moments: [], unreadable: [] };
  } catch (error) {
    if (codeOf(error) !== UNREADABLE) throw error;
    return { agreements: [], members: [], moments: [], unreadable: [only] };
  }
}
