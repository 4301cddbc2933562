import type { Agreement, Item } from '../../bot/domain/agreement.js';
import { type Member, newMember } from '../../bot/domain/member.js';
import type { Moment, MomentRequest } from '../../bot/domain/moment.js';
import type { Person, Reference } from '../../bot/domain/person.js';
import type { NewReminder, Reminder } from '../../bot/domain/reminder.js';
import type { DueReminder, DueRow } from '../../bot/store/reminders.js';
import { key } from '../../bot/store/tables/keys.js';
import type { Draft } from '../../cards/actions.js';

/** After whatever a test does. */
export const MUCH_LATER = '2030-01-01T00:00:00.000Z';
export const TENANT = '72f988bf-0000-4000-8000-000000000001';
/** Mila, the manager. */
export const MANAGER = 'a1a1a1a1-0000-4000-8000-000000000001';
/** Sanne, with whom Mila makes agreements. */
export const EMPLOYEE = 'b2b2b2b2-0000-4000-8000-000000000002';

const WHEN = '2027-01-08T10:00:00.000Z';

export function aReference(overrides: Partial<Reference> = {}): Reference {
  return {
    channel: 'msteams',
    serviceUrl: 'https://smba.example/emea/',
    conversation: 'a:1',
    tenant: TENANT,
    bot: '28:bot',
    user: '29:1',
    ...overrides,
  };
}

/** Somebody who can be reached: by default the manager. */
export function aPerson(overrides: Partial<Person> = {}): Person {
  return {
    tenant: TENANT,
    person: MANAGER,
    reference: aReference(),
    language: null,
    locale: null,
    zone: null,
    time: null,
    days: null,
    pausedUntil: null,
    off: null,
    monthly: null,
    formerReference: null,
    installedAt: null,
    removedAt: null,
    refusedSince: null,
    refusedWhy: null,
    unreachableSince: null,
    unreachableWhy: null,
    ...overrides,
  };
}

export function aMember(overrides: Partial<Member> = {}): Member {
  return { ...newMember(`person-${EMPLOYEE}`, 'Sanne', EMPLOYEE), ...overrides };
}

/** Sanne starts in a new role on 1 February 2027: recorded on 8 January, and nothing was asked about it. */
export function aMoment(overrides: Partial<Moment> = {}): Moment {
  return {
    id: 'moment-1',
    member: `person-${EMPLOYEE}`,
    memberName: 'Sanne',
    kind: 'start',
    from: '2027-02-01',
    until: null,
    contact: false,
    request: null,
    status: 'open',
    createdAt: '2027-01-08T12:00:00.000Z',
    changedAt: '2027-01-08T12:00:00.000Z',
    version: 1,
    ...overrides,
  };
}

/** What Sanne asked of a moment on 8 January 2027: that it goes. */
export function aMomentRequest(overrides: Partial<MomentRequest> = {}): MomentRequest {
  return {
    employee: EMPLOYEE,
    what: 'remove',
    from: null,
    until: null,
    askedAt: '2027-01-08T12:00:00.000Z',
    by: '2027-02-08',
    answeredAt: null,
    kept: null,
    ...overrides,
  };
}

export function anItem(overrides: Partial<Item> = {}): Item {
  return {
    id: '1',
    who: 'manager',
    what: 'De klantvragen gaan naar Joris',
    from: null,
    by: '2027-01-15',
    outcome: null,
    ...overrides,
  };
}

/** An open agreement, made on 8 January 2027 and to be evaluated on Tuesday the 12th. */
export function anAgreement(overrides: Partial<Agreement> = {}): Agreement {
  return {
    id: 'agreement-1',
    member: `person-${EMPLOYEE}`,
    memberName: 'Sanne',
    managerName: 'Mila de Wit',
    movedFrom: null,
    employee: EMPLOYEE,
    conversationDay: '2027-01-08',
    present: ['manager', 'employee'],
    subjects: ['tasks', 'hours'],
    items: [anItem(), anItem({ id: '2', who: 'employee', what: 'Sanne begint om tien uur' })],
    initiative: 'manager',
    rhythm: 'two-weekly',
    nextDay: '2027-01-12',
    remindFrom: null,
    remindAt: '2027-01-12T08:00:00.000Z',
    evaluations: [],
    landed: false,
    landedFrom: null,
    resting: null,
    answer: 'on-its-way',
    answeredAt: null,
    changeAsked: null,
    removal: null,
    undelivered: null,
    status: 'open',
    createdAt: WHEN,
    changedAt: WHEN,
    version: 1,
    ...overrides,
  };
}

/** The form of such an agreement, filled in with what is new to the list. */
export function aDraft(overrides: Partial<Draft> = {}): Draft {
  return {
    id: 'agreement-1',
    known: '',
    name: 'Sanne',
    person: EMPLOYEE,
    sameAs: '',
    day: '2027-01-08',
    present: 'manager,employee',
    subjects: 'tasks,hours',
    items: [{ what: 'De klantvragen gaan naar Joris', who: 'manager', from: '2027-01-08', by: '2027-01-15' }],
    initiative: 'manager',
    next: '2027-01-26',
    rhythm: 'two-weekly',
    ...overrides,
  };
}

/** The reminder of that agreement's evaluation, at nine on the day, as it is planned. */
export function aNewReminder(overrides: Partial<Reminder> = {}): NewReminder {
  return {
    kind: 'evaluation',
    tenant: TENANT,
    person: MANAGER,
    manager: MANAGER,
    subject: 'agreement-1',
    occasion: '2027-01-12',
    due: '2027-01-12T08:00:00.000Z',
    round: 0,
    ...overrides,
  };
}

const UNTRIED = { attempts: 0, why: null, triedOn: null, tries: 0, notBefore: null };
/** The same as it is read back: nobody has tried to send it. */
export function aReminder(overrides: Partial<Reminder> = {}): Reminder {
  const untried = { former: null, ...UNTRIED, owner: null, until: null, claimedAt: null, sendingAt: null };
  return { ...untried, ...aNewReminder(), ...overrides };
}

/** A reminder as it comes out of the tables. */
export function aDueReminder(overrides: Partial<Reminder> = {}): DueReminder {
  const reminder = aReminder(overrides);
  return { reminder, stored: aRowDueAt(reminder.due, reminder.kind, reminder.subject) };
}

/** A row of reminders that cannot be read. */
export function anUnreadableRow(due: string): DueRow {
  return { reminder: null, stored: aRowDueAt(due, 'unknown', 'unknown'), why: 'a row cannot be read: kind' };
}

function aRowDueAt(due: string, kind: string, subject: string) {
  return {
    row: { partitionKey: key('due', due.slice(0, 13), '0'), rowKey: key(due, kind, subject) },
    etag: 'W/"1"',
  };
}
