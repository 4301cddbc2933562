import type { Agreement } from '../../bot/domain/agreement.js';
import type { Handover } from '../../bot/domain/handover-request.js';
import { isOfHandover } from '../../bot/domain/handover-request.js';
import type { Member } from '../../bot/domain/member.js';
import type { Moment } from '../../bot/domain/moment.js';
import type { OwnContact } from '../../bot/domain/organisation.js';
import type { Person } from '../../bot/domain/person.js';
import type { Reminder } from '../../bot/domain/reminder.js';
import { type ReminderKind, type SubjectKind, subjectKindOf } from '../../bot/domain/reminder-kinds.js';
import type { ReminderAbout, ReminderRecords, ScanFor } from '../../bot/domain/reminders/current-subject.js';
import { codeOf } from '../../bot/errors.js';
import type { Handovers } from '../../bot/store/handovers.js';
import type { Managers, ReadRecords } from '../../bot/store/managers.js';
import type { Organisations } from '../../bot/store/organisation.js';
import type { People } from '../../bot/store/people.js';
import type { DueReminder } from '../../bot/store/reminders.js';
import type { Scans } from '../../bot/store/scans.js';
import { UNREADABLE, type Versioned } from '../../bot/store/tables/row-mapping.js';
import type { DuePerson } from './due.js';

/** What the reminders of a person are about, as it is now; `unreadable` are those whose subject cannot be read. */
export type Subjects = {
  readonly records: ReminderRecords;
  readonly unreadable: readonly DueReminder[];
};

/** What the tables say about people to whom something is due. A row that cannot be read is its own person's trouble. */
export type Known = {
  /** Throws CodedError `unreadable-row`. */
  readonly personOf: (due: DuePerson) => Versioned<Person> | null;
  readonly subjectsOf: (due: DuePerson) => Subjects;
};

export type KnownDeps = {
  readonly people: People;
  readonly managers: Managers;
  readonly organisations: Organisations;
  readonly handovers: Pick<Handovers, 'get'>;
  readonly scans: Pick<Scans, 'get' | 'hasAnswered'>;
};
const UNCHECKED: ReminderKind = 'contacts-unchecked';

/** Reads for many people together what their messages need: one by one, that would be most of all requests. */
export async function readKnown(
  { people, managers, organisations, handovers, scans }: KnownDeps,
  group: readonly DuePerson[],
): Promise<Known> {
  const [persons, several, contacts, asked, scanned] = await Promise.all([
    readPeople(people, group),
    readSeveral(managers, group),
    readContacts(organisations, group),
    readHandovers(handovers, group),
    readScans(scans, group),
  ]);
  return {
    personOf: ({ tenant, person }) => persons.get(tenant)?.(person) ?? null,
    subjectsOf: ({ rows }) => subjectsIn(several, { contacts, asked, scanned }, rows),
  };
}

async function readPeople(people: People, group: readonly DuePerson[]) {
  const ids = new Map<string, string[]>();
  for (const { tenant, person } of group) ids.set(tenant, [...(ids.get(tenant) ?? []), person]);
  const read = [...ids].map(async ([tenant, some]) => [tenant, await people.getMany(tenant, some)] as const);
  return new Map(await Promise.all(read));
}

type ContactsByTenant = ReadonlyMap<string, readonly OwnContact[]>;

/** What HR filled in, only for those tenants in which somebody of HR is to be reminded of it. */
async function readContacts(
  organisations: Organisations,
  group: readonly DuePerson[],
): Promise<ContactsByTenant> {
  const rows = group.flatMap((due) => due.rows).filter(({ reminder }) => reminder.kind === UNCHECKED);
  const tenants = [...new Set(rows.map(({ reminder }) => reminder.tenant))];
  const read = tenants.map(
    async (tenant) => [tenant, (await organisations.get(tenant)).record.contacts] as const,
  );
  return new Map(await Promise.all(read));
}

/** By tenant and leaver; `not-read` is one that is there and cannot be read. */
type HandoversByLeaver = ReadonlyMap<string, Handover | null | typeof NOT_READ>;
const NOT_READ = 'not-read' as const;

async function readHandovers(
  handovers: KnownDeps['handovers'],
  group: readonly DuePerson[],
): Promise<HandoversByLeaver> {
  const rows = group.flatMap((due) => due.rows).filter(({ reminder }) => isOfHandover(reminder.kind));
  const about = new Map(rows.map(({ reminder }) => [leaverOf(reminder), reminder]));
  const read = [...about].map(
    async ([id, { tenant, subject }]): Promise<[string, Handover | null | typeof NOT_READ]> => {
      const found = await handovers.get(tenant, subject).then(
        (kept) => kept?.record ?? null,
        (error: unknown) => {
          if (codeOf(error) !== UNREADABLE) throw error;
          return NOT_READ;
        },
      );
      return [id, found];
    },
  );
  return new Map(await Promise.all(read));
}

/** By scan and person; `not-read` is of a scan that is there and cannot be read. */
type ScansByPerson = ReadonlyMap<string, ScanFor | null | typeof NOT_READ>;

function isOfScan({ kind }: Pick<Reminder, 'kind'>): boolean {
  return kind === 'scan-news' || kind === 'scan-due';
}

function scanIdOf({ tenant, subject, person }: ReminderAbout): string {
  return `${tenant}|${subject}|${person}`;
}

/** Each scan is read once for all whom it concerns, and its box only where somebody may still have to answer. */
async function readScans(scans: KnownDeps['scans'], group: readonly DuePerson[]): Promise<ScansByPerson> {
  const reminders = group
    .flatMap(({ rows }) => rows)
    .map(({ reminder }) => reminder)
    .filter(isOfScan);
  const reading = new Map<string, ReturnType<typeof readScan>>();
  const read = reminders.map(async (reminder): Promise<[string, ScanFor | null | typeof NOT_READ]> => {
    const { tenant, subject, person } = reminder;
    const id = `${tenant}|${subject}`;
    const underWay = reading.get(id) ?? readScan(scans, tenant, subject);
    reading.set(id, underWay);
    const scan = await underWay;
    if (scan === null || scan === NOT_READ) return [scanIdOf(reminder), scan];
    return [scanIdOf(reminder), { scan, hasAnswered: await scans.hasAnswered(scan, person) }];
  });
  return new Map(await Promise.all(read));
}

async function readScan(scans: KnownDeps['scans'], tenant: string, id: string) {
  return scans.get(tenant, id).then(
    (kept) => kept?.record ?? null,
    (error: unknown) => {
      if (codeOf(error) !== UNREADABLE) throw error;
      return NOT_READ;
    },
  );
}

function leaverOf({ tenant, subject }: ReminderAbout): string {
  return `${tenant}|${subject}`;
}

function readSeveral(managers: Managers, group: readonly DuePerson[]): Promise<ReadRecords> {
  const byManager = new Map<string, Reminder[]>();
  for (const { reminder } of group.flatMap(({ rows }) => rows)) {
    if (subjectKindOf(reminder) === null) continue;
    const id = `${reminder.tenant}|${reminder.manager}`;
    byManager.set(id, [...(byManager.get(id) ?? []), reminder]);
  }
  return managers.several(
    [...byManager.values()].map((reminders) => ({
      manager: managerOf(reminders[0] as Reminder),
      subjects: [...new Map(reminders.map((one) => [idOf(one), one])).values()].flatMap((one) => {
        const kind = subjectKindOf(one);
        return kind === null ? [] : { kind, id: one.subject };
      }),
    })),
  );
}

function subjectsIn(
  several: ReadRecords,
  {
    contacts,
    asked,
    scanned,
  }: {
    readonly contacts: ContactsByTenant;
    readonly asked: HandoversByLeaver;
    readonly scanned: ScansByPerson;
  },
  rows: readonly DueReminder[],
): Subjects {
  const handoverOf = (reminder: ReminderAbout) => asked.get(leaverOf(reminder)) ?? null;
  const found: { [Kind in SubjectKind]: Map<string, Records[Kind]> } = {
    agreement: new Map(),
    member: new Map(),
    moment: new Map(),
  };
  const read = <Kind extends SubjectKind>(kind: Kind, reminder: Reminder) => {
    const kept = several[kind](managerOf(reminder), reminder.subject);
    if (kept !== null) found[kind].set(idOf(reminder), kept.record as Records[Kind]);
  };
  const unreadable = rows.filter(({ reminder }) => {
    const kind = subjectKindOf(reminder);
    if (isOfHandover(reminder.kind)) return handoverOf(reminder) === NOT_READ;
    if (isOfScan(reminder)) return scanned.get(scanIdOf(reminder)) === NOT_READ;
    try {
      if (kind !== null) read(kind, reminder);
      return false;
    } catch (error) {
      if (codeOf(error) !== UNREADABLE) throw error;
      return true;
    }
  });
  return {
    records: {
      agreementOf: (reminder) => found.agreement.get(idOf(reminder)) ?? null,
      memberOf: (reminder) => found.member.get(idOf(reminder)) ?? null,
      momentOf: (reminder) => found.moment.get(idOf(reminder)) ?? null,
      contactsOf: ({ tenant }) => contacts.get(tenant) ?? [],
      handoverOf: (reminder) => {
        const found = handoverOf(reminder);
        return found === NOT_READ ? null : found;
      },
      scanOf: (reminder) => {
        const found = scanned.get(scanIdOf(reminder)) ?? null;
        return found === NOT_READ ? null : found;
      },
    },
    unreadable,
  };
}

type Records = { readonly agreement: Agreement; readonly member: Member; readonly moment: Moment };

function managerOf({ tenant, manager: person }: Reminder) {
  return { tenant, person };
}

function idOf(reminder: ReminderAbout): string {
  return `${reminder.manager}|${subjectKindOf(reminder)}|${reminder.subject}`;
}
