import { describe, expect, it } from 'vitest';
import { defaultSlot } from '../../../../bot/domain/calendar.js';
import { withRhythm } from '../../../../bot/domain/coffee.js';
import { askedFor, type Handover } from '../../../../bot/domain/handover-request.js';
import type { Moment } from '../../../../bot/domain/moment.js';
import { isNews, REMINDER_KINDS, type ReminderKind } from '../../../../bot/domain/reminder-kinds.js';
import {
  currentSubject,
  type ReminderAbout,
  type ReminderRecords,
  type ScanFor,
} from '../../../../bot/domain/reminders/current-subject.js';
import { occasionOf, tipsOf } from '../../../../bot/domain/reminders/moment-reminders.js';
import { startScan } from '../../../../bot/domain/scan.js';
import {
  aMember,
  aMoment,
  aMomentRequest,
  anAgreement,
  aReminder,
  EMPLOYEE,
  MANAGER,
  TENANT,
} from '../../../support/sample-records.js';

const TODAY = '2027-01-12';
const AT = '2027-01-11T10:00:00.000Z';
const agreement = anAgreement({ initiative: 'employee' });
const moment = aMoment({
  id: 'moment-1',
  member: 'name-1',
  memberName: 'Karin',
  kind: 'leave',
  from: '2027-02-01',
  until: '2027-05-02',
  contact: true,
  createdAt: AT,
  changedAt: AT,
});
const [tip = { id: '', day: '' }] = tipsOf(moment);
const contact = withRhythm(aMember(), 'two-weekly', { today: TODAY, slot: defaultSlot('Europe/Amsterdam') });
const who = {
  tenant: TENANT,
  leaver: MANAGER,
  leaverName: 'Mila',
  successor: EMPLOYEE,
  successorName: 'Sanne',
};
const handover = askedFor({ ...who, id: 'asked-1', what: 'move', askedBy: 'hr-1' }, AT);
const request = aMomentRequest({ askedAt: AT });
const scan = startScan(
  {
    ...{
      tenant: TENANT,
      id: 'BCDFG',
      form: 'form-1',
      manager: MANAGER,
      managerName: 'Mila',
      name: 'Burgerzaken',
    },
    ...{ asked: [EMPLOYEE], lastDay: '2027-01-26', before: null },
  },
  AT,
);
const removal = { askedAt: AT, by: '2027-02-11', answeredAt: null, kept: null };

type Found = {
  agreement: ReturnType<typeof anAgreement> | null;
  member: ReturnType<typeof aMember> | null;
  moment: Moment | null;
  handover: Handover | null;
  scan: ScanFor | null;
  /** Whether a contact was last looked at long ago. */
  unchecked: boolean;
};
const NOTHING: Found = {
  agreement: null,
  member: null,
  moment: null,
  handover: null,
  scan: null,
  unchecked: false,
};

function recordsWith(found: Partial<Found>): ReminderRecords {
  const records = { ...NOTHING, ...found };
  const own = {
    id: 'c1',
    kind: 'company-doctor',
    name: 'Dr. Bos',
    phone: '',
    dial: null,
    mail: '',
    link: '',
    hours: '',
  } as const;
  return {
    agreementOf: () => records.agreement,
    memberOf: () => records.member,
    momentOf: () => records.moment,
    contactsOf: () => (records.unchecked ? [{ ...own, checked: '2026-01-01' }] : []),
    handoverOf: () => records.handover,
    scanOf: () => records.scan,
  };
}

/** For each kind what fits it, and the same after it was dealt with. */
const CASES: Readonly<
  Record<
    Exclude<ReminderKind, 'delivery-retry'>,
    { about: Partial<ReminderAbout>; fits: Partial<Found>; past: Partial<Found> }
  >
> = (() => {
  const closed = { agreement: anAgreement({ status: 'closed' }) };
  const named = { about: { former: 'Mila' }, fits: {}, past: {} };
  const asked = { about: { occasion: AT }, fits: { moment: { ...moment, request } }, past: { moment } };
  const answered = { ...request, answeredAt: AT, kept: 'law' as const };
  const toErase = {
    about: { occasion: AT },
    fits: { agreement: anAgreement({ removal }) },
    past: { agreement: anAgreement({ removal: { ...removal, answeredAt: AT, kept: 'law' } }) },
  };
  const kept = { agreement: anAgreement({ removal: { ...removal, answeredAt: AT, kept: 'law' } }) };
  const news = {
    about: { person: EMPLOYEE, occasion: '1' },
    fits: { agreement },
    past: { agreement: anAgreement({ version: 2 }) },
  };
  const ofRequest = (state: Handover['state'], over: Handover['state']) => ({
    about: { occasion: 'asked-1' },
    fits: { handover: { ...handover, state } },
    past: { handover: { ...handover, state: over } },
  });
  const resting = { since: '2027-01-12', askedOn: TODAY };
  const month = { about: { occasion: '2027-01' }, fits: {}, past: {} };
  return {
    evaluation: { about: { occasion: '2027-01-12' }, fits: { agreement }, past: closed },
    'evaluation-initiative': {
      about: { person: EMPLOYEE, occasion: '2027-01-12' },
      fits: { agreement },
      past: closed,
    },
    landed: { about: { occasion: '2027-01-08' }, fits: { agreement }, past: closed },
    'agreement-shared': news,
    'agreement-moved': news,
    'agreement-answered': {
      about: { occasion: AT },
      fits: { agreement: anAgreement({ answer: 'confirmed', answeredAt: AT }) },
      past: closed,
    },
    'employee-unreachable': { about: { occasion: '2027-01-12' }, fits: { agreement }, past: closed },
    'agreement-resting': {
      about: { occasion: '2027-01-12' },
      fits: { agreement: anAgreement({ resting }) },
      past: { agreement: anAgreement({ resting, nextDay: '2027-03-01' }) },
    },
    'agreement-rested': {
      about: { occasion: agreement.changedAt },
      fits: closed,
      past: { agreement },
    },
    'removal-asked': toErase,
    'removal-due': toErase,
    'removal-late': toErase,
    'removal-kept': { about: { occasion: AT }, fits: kept, past: { agreement } },
    'removal-granted': { about: { former: 'Mila' }, fits: {}, past: { agreement } },
    'moment-asked': asked,
    'moment-asked-due': { ...asked, past: { moment: { ...moment, request: answered } } },
    'moment-asked-late': asked,
    'moment-answered': {
      about: { occasion: AT },
      fits: { moment: { ...moment, request: answered } },
      past: { moment: { ...moment, request } },
    },
    'moment-removed': { about: { former: 'Mila' }, fits: {}, past: { moment } },
    moment: { about: { occasion: occasionOf(tip) }, fits: { moment }, past: {} },
    coffee: {
      about: { occasion: contact.nextDay },
      fits: { member: contact },
      past: { member: { ...contact, nextDay: '2027-03-01' } },
    },
    'coffee-refused': {
      about: { occasion: AT },
      fits: { member: aMember({ coffeeRefusedAt: AT }) },
      past: { member: aMember() },
    },
    'agreements-taken-over': named,
    'agreements-deleted': named,
    'agreements-closed': named,
    'handover-announced': ofRequest('waiting', 'stopped'),
    'handover-to-confirm': ofRequest('waiting', 'confirmed'),
    'handover-objected': ofRequest('objected', 'stopped'),
    'handover-ended': ofRequest('done', 'waiting'),
    'scan-news': {
      about: { person: EMPLOYEE, occasion: 'asked' },
      fits: { scan: { scan, hasAnswered: false } },
      past: { scan: { scan, hasAnswered: true } },
    },
    'scan-due': {
      about: { person: EMPLOYEE, occasion: 'answer' },
      fits: { scan: { scan, hasAnswered: false } },
      past: { scan: { scan: { ...scan, status: 'closed' }, hasAnswered: false } },
    },
    'contacts-unchecked': { about: {}, fits: { unchecked: true }, past: {} },
    'self-look': month,
    'team-subject': month,
  };
})();

const cases = Object.entries(CASES).map(([kind, one]) => ({
  reminder: aReminder({ kind: kind as ReminderKind, ...one.about }),
  ...one,
}));
const now = (reminder: ReminderAbout, found: Partial<Found>) =>
  currentSubject(reminder, recordsWith(found), TODAY);

describe('what a reminder is about now', () => {
  it('is there for every kind that has a message, as long as it fits', () => {
    expect(cases.filter(({ reminder, fits }) => now(reminder, fits) === null)).toEqual([]);
    expect(REMINDER_KINDS.filter((kind) => !(kind in CASES))).toEqual(['delivery-retry']);
  });

  it('is of the kind itself, and only a line of the digest can be done', () => {
    for (const { reminder, fits } of cases) {
      const subject = now(reminder, fits);
      expect(subject?.kind).toBe(reminder.kind);
      expect(subject !== null && 'done' in subject, reminder.kind).toBe(!isNews(reminder.kind));
      expect(subject !== null && 'done' in subject && subject.done, reminder.kind).toBe(false);
    }
  });

  it('is no news any more once it was dealt with; a line of the digest is done, or gone', () => {
    // What is told by a name alone, and what comes once a month, cannot be dealt with elsewhere.
    const lasting = [
      'agreements-taken-over',
      'agreements-deleted',
      'agreements-closed',
      'self-look',
      'team-subject',
    ];
    for (const { reminder, past } of cases.filter(({ reminder: { kind } }) => !lasting.includes(kind))) {
      const subject = now(reminder, past);
      expect(subject === null || ('done' in subject && subject.done), reminder.kind).toBe(true);
    }
  });

  it('shows nobody an agreement that is not theirs', () => {
    for (const { reminder, fits } of cases.filter(({ fits: { agreement: one } }) => one != null)) {
      expect(now({ ...reminder, person: 'somebody-else' }, fits), reminder.kind).toBeNull();
    }
  });
});
