import type { DigestItem } from '../../../cards/digest/digest.card.js';
import type { Agreement } from '../agreement.js';
import { restOf } from '../agreement-rest.js';
import type { Day } from '../calendar.js';
import { isCoffeeContact, refusalStillWanted } from '../coffee.js';
import { type Handover, type HandoverKind, handoverStillWanted } from '../handover-request.js';
import type { Member } from '../member.js';
import type { Moment } from '../moment.js';
import { type AskedMoment, momentRequestStillWanted } from '../moment-request.js';
import type { OwnContact } from '../organisation.js';
import type { Reminder } from '../reminder.js';
import type { DigestKind, NewsKind } from '../reminder-kinds.js';
import type { Scan } from '../scan.js';
import { uncheckedContacts } from './contacts-reminders.js';
import { wantedTip } from './moment-reminders.js';
import { coffeeStillWanted, isBusinessOf, stillWanted } from './planning.js';
import { scanNewsWanted, scanTaskOf, scanTaskWanted } from './scan-reminders.js';

/** What names the subject of a reminder, and what of it the reminder was planned for. */
export type ReminderAbout = Pick<
  Reminder,
  'kind' | 'tenant' | 'person' | 'manager' | 'subject' | 'occasion' | 'former'
>;

/** The records that reminders are about, as they are now; null for what is gone, and for what a reminder is not about. */
export type ReminderRecords = {
  readonly agreementOf: (reminder: ReminderAbout) => Agreement | null;
  readonly memberOf: (reminder: ReminderAbout) => Member | null;
  readonly momentOf: (reminder: ReminderAbout) => Moment | null;
  /** The organisation's own people to turn to. */
  readonly contactsOf: (reminder: ReminderAbout) => readonly OwnContact[];
  /** What HR asked for about the manager whom a reminder is about. */
  readonly handoverOf: (reminder: ReminderAbout) => Handover | null;
  /** The team scan, and whether the person of the reminder has answered it. */
  readonly scanOf: (reminder: ReminderAbout) => ScanFor | null;
};

/** A team scan as it stands with one person. */
export type ScanFor = { readonly scan: Scan; readonly hasAnswered: boolean };

type NewsOfMoment = 'moment-asked' | 'moment-asked-late' | 'moment-answered';
/** Told of what there is no record of any more, or of many at once: by the name of the manager whose they were. */
type NewsByName =
  | 'moment-removed'
  | 'removal-granted'
  | 'agreements-taken-over'
  | 'agreements-deleted'
  | 'agreements-closed';
type NewsOfAgreement = Exclude<
  NewsKind,
  NewsOfMoment | NewsByName | HandoverKind | 'coffee-refused' | 'scan-news'
>;

/** What a piece of news tells of. */
export type NewsItem =
  | { readonly kind: NewsOfAgreement; readonly agreement: Agreement }
  | { readonly kind: NewsOfMoment; readonly moment: AskedMoment & { readonly nextDay: null } }
  | { readonly kind: NewsByName; readonly former: string }
  | { readonly kind: HandoverKind; readonly handover: Handover }
  | { readonly kind: 'coffee-refused'; readonly member: Member }
  | { readonly kind: 'scan-news'; readonly tells: 'asked' | 'closed' | 'agreed'; readonly scan: Scan };

/**
 * What a reminder is about as things stand now, for the job that sends it and for the card that shows it again: a line of
 * a digest, `done` where it was dealt with meanwhile, or a piece of news. Null where there is nothing to tell any more:
 * it is gone, or it is another person's by now, or it is news that was overtaken. `today`: the day by which contacts
 * have been unchecked for long.
 */
export function currentSubject(
  reminder: ReminderAbout,
  records: ReminderRecords,
  today: Day,
): DigestItem | NewsItem | null {
  const { kind, manager, former } = reminder;
  switch (kind) {
    case 'coffee': {
      const member = records.memberOf(reminder);
      if (member === null || !isCoffeeContact(member)) return null;
      return { kind, manager, member, done: !coffeeStillWanted(reminder, member) };
    }
    case 'coffee-refused': {
      const member = records.memberOf(reminder);
      return refusalStillWanted(reminder, member) ? { kind, member } : null;
    }
    case 'moment': {
      const moment = records.momentOf(reminder);
      const tip = wantedTip(reminder.occasion, moment);
      if (moment === null || tip === null) return null;
      return { kind, manager, moment: { ...moment, nextDay: tip.day }, nudges: [tip.id], done: false };
    }
    case 'moment-asked-due': {
      const moment = records.momentOf(reminder);
      if (moment?.request == null) return null;
      const asked = { ...moment, request: moment.request, nextDay: null };
      return { kind, manager, moment: asked, done: !momentRequestStillWanted(reminder, moment) };
    }
    case 'moment-asked':
    case 'moment-asked-late':
    case 'moment-answered': {
      const moment = records.momentOf(reminder);
      return momentRequestStillWanted(reminder, moment)
        ? { kind, moment: { ...moment, nextDay: null } }
        : null;
    }
    case 'moment-removed':
      return former === null || records.momentOf(reminder) !== null ? null : { kind, former };
    case 'removal-granted':
      return former === null || records.agreementOf(reminder) !== null ? null : { kind, former };
    case 'agreements-taken-over':
    case 'agreements-deleted':
    case 'agreements-closed':
      return former === null ? null : { kind, former };
    case 'handover-announced':
    case 'handover-to-confirm':
    case 'handover-objected':
    case 'handover-ended': {
      const handover = records.handoverOf(reminder);
      return handoverStillWanted({ kind, occasion: reminder.occasion }, handover) ? { kind, handover } : null;
    }
    case 'contacts-unchecked': {
      const count = uncheckedContacts(records.contactsOf(reminder), today).length;
      return { kind, manager, count, done: count === 0 };
    }
    case 'self-look':
    case 'team-subject':
      return { kind, manager, month: reminder.occasion, done: false };
    case 'scan-news':
    case 'scan-due':
      return currentScan({ ...reminder, kind }, records.scanOf(reminder), today);
    case 'delivery-retry':
      return null;
    default:
      return currentAgreement({ ...reminder, kind }, records.agreementOf(reminder));
  }
}

function currentScan(
  reminder: ReminderAbout & { readonly kind: 'scan-news' | 'scan-due' },
  found: ScanFor | null,
  today: Day,
): DigestItem | NewsItem | null {
  const { kind, manager } = reminder;
  if (found === null) return null;
  const { scan, hasAnswered } = found;
  if (kind === 'scan-news') {
    const tells = scanNewsWanted(reminder, scan, { hasAnswered, today });
    return tells === null ? null : { kind, tells, scan };
  }
  const task = scanTaskOf(reminder.occasion);
  const isTheirs =
    task === 'answer' ? scan.asked.includes(reminder.person) : scan.manager === reminder.person;
  if (task === null || !isTheirs) return null;
  return { kind, manager, task, scan, done: scanTaskWanted(reminder, scan, { hasAnswered, today }) === null };
}

type TaskOfAgreement = Extract<
  DigestKind,
  'evaluation' | 'evaluation-initiative' | 'landed' | 'removal-due' | 'agreement-resting'
>;

function currentAgreement(
  reminder: ReminderAbout & { readonly kind: TaskOfAgreement | NewsOfAgreement },
  agreement: Agreement | null,
): DigestItem | NewsItem | null {
  const { kind, manager } = reminder;
  if (agreement === null || !isBusinessOf(reminder, agreement)) return null;
  const isWanted = stillWanted(reminder, agreement);
  switch (kind) {
    case 'agreement-resting': {
      const rest = restOf(agreement);
      return { kind, manager, agreement, rest, done: !isWanted || rest === null };
    }
    case 'evaluation':
    case 'evaluation-initiative':
    case 'landed':
    case 'removal-due':
      return { kind, manager, agreement, done: !isWanted };
    default:
      return isWanted ? { kind, agreement } : null;
  }
}
