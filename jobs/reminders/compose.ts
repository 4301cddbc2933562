import type { Agreement } from '../../bot/domain/agreement.js';
import { restOf } from '../../bot/domain/agreement-rest.js';
import {
  addDays,
  addRhythm,
  DAYS_IN_A_YEAR,
  defaultSlot,
  type Slot,
  workingDayFrom,
} from '../../bot/domain/calendar.js';
import { refusalStillWanted } from '../../bot/domain/coffee.js';
import type { Handover } from '../../bot/domain/handover-request.js';
import {
  HANDOVER_KINDS,
  handoverStillWanted,
  isOfHandover,
  viewOf,
  whyNotConfirm,
  whyNotStop,
} from '../../bot/domain/handover-request.js';
import type { Member } from '../../bot/domain/member.js';
import type { Moment } from '../../bot/domain/moment.js';
import { isOfMomentRequest, momentRequestStillWanted } from '../../bot/domain/moment-request.js';
import type { OwnContact } from '../../bot/domain/organisation.js';
import type { Reminder, ReminderKind } from '../../bot/domain/reminder.js';
import { uncheckedContacts } from '../../bot/domain/reminders/contacts-reminders.js';
import { nudgeWanted } from '../../bot/domain/reminders/moment-reminders.js';
import { isMonthly } from '../../bot/domain/reminders/monthly-reminders.js';
import { coffeeStillWanted, isBusinessOf, stillWanted } from '../../bot/domain/reminders/planning.js';
import { digestId, itemId } from '../../bot/store/deliveries.js';
import { answeredCard } from '../../cards/about/answered.card.js';
import { sharedCard } from '../../cards/about/shared.card.js';
import { agreementCard } from '../../cards/agreement/agreement.card.js';
import type { AgreementView } from '../../cards/agreement/agreement-view.js';
import { coffeePersonCard } from '../../cards/coffee/person.card.js';
import { MONTHLY_KINDS } from '../../cards/content/monthly-kinds.js';
import type { Lang } from '../../cards/content/words.js';
import { type DigestItem, digestCard, joinedMoment } from '../../cards/digest/digest.card.js';
import { evaluateCard } from '../../cards/evaluation/evaluate.card.js';
import { initiativeCard } from '../../cards/evaluation/initiative.card.js';
import { landedCard } from '../../cards/evaluation/landed.card.js';
import { restedCard, restingCard } from '../../cards/evaluation/resting.card.js';
import { unreachableCard } from '../../cards/evaluation/unreachable.card.js';
import { announcedCard } from '../../cards/leaver/announced.card.js';
import { closedCard } from '../../cards/leaver/closed.card.js';
import { deletedCard } from '../../cards/leaver/deleted.card.js';
import { requestCard } from '../../cards/leaver/request.card.js';
import { takenOverCard } from '../../cards/leaver/taken-over.card.js';
import { momentCard } from '../../cards/moments/moment.card.js';
import { monthlyCard } from '../../cards/monthly/monthly.card.js';
import { decideRemovalCard } from '../../cards/removal/decide.card.js';
import { removalGrantedCard, removalKeptCard, removalLateCard } from '../../cards/removal/outcome.card.js';
import type { Card } from '../../cards/render.js';
import { type AskedMomentView, decideRequestCard } from '../../cards/requests/decide.card.js';
import {
  coffeeRefusedCard,
  momentAnsweredCard,
  momentLateCard,
  momentRemovedNewsCard,
} from '../../cards/requests/news.card.js';
import type { DueReminder } from './due.js';

/** One card to send. `id` names it in the nudges: the same things on the same day have the same id. */
export type Message = {
  readonly id: string;
  readonly kind: 'digest' | 'news';
  readonly card: Card;
  readonly rows: readonly DueReminder[];
};
export type Composed = {
  readonly messages: readonly Message[];
  /** What does not fit its subject any more, or is in the messages already. */
  readonly dropped: readonly DueReminder[];
  /** What no card can be made of: it must not keep the rest from going out. */
  readonly faulty: readonly DueReminder[];
};

/** The agreement that a reminder is about, as it is now; null when it is gone or it is about none. */
export type SubjectOf = (reminder: Reminder) => Agreement | null;
/** What else a manager keeps: the person that a coffee is about, the moment that a nudge belongs to. */
export type ReminderRecords = {
  readonly memberOf: (reminder: Reminder) => Member | null;
  readonly momentOf: (reminder: Reminder) => Moment | null;
  /** The organisation's own people to turn to. */
  readonly contactsOf: (reminder: Reminder) => readonly OwnContact[];
  /** What HR asked for about the manager whom a reminder is about. */
  readonly handoverOf: (reminder: Reminder) => Handover | null;
};

const OF_LEAVER = ['agreements-taken-over', 'agreements-deleted', 'agreements-closed'] as const;
const NEWS = [
  'agreement-shared',
  'agreement-moved',
  'agreement-answered',
  'employee-unreachable',
  'removal-asked',
  'removal-late',
  'removal-kept',
  'removal-granted',
  'moment-asked',
  'moment-asked-late',
  'moment-answered',
  'moment-removed',
  'coffee-refused',
  'agreement-rested',
  ...OF_LEAVER,
  ...HANDOVER_KINDS,
] as const;
type NewsKind = (typeof NEWS)[number];
type DigestKind = Exclude<ReminderKind, NewsKind | 'delivery-retry'>;
/** Most urgent first. */
const URGENCY: readonly DigestKind[] = [
  'removal-due',
  'moment-asked-due',
  'evaluation',
  'evaluation-initiative',
  'agreement-resting',
  'landed',
  'moment',
  'coffee',
  'contacts-unchecked',
  ...MONTHLY_KINDS,
];
/** Most important first: what has a legal term, then what was promised on a day, then what is new, then the rest. */
const IMPORTANCE: readonly ReminderKind[] = [
  'removal-granted',
  'removal-kept',
  'removal-late',
  'removal-due',
  'removal-asked',
  'moment-removed',
  'moment-answered',
  'moment-asked-late',
  'moment-asked-due',
  'moment-asked',
  'coffee-refused',
  'evaluation',
  'evaluation-initiative',
  ...NEWS,
  ...URGENCY,
];
/** One line of a digest, and the reminders that it is the line of. */
type ToDo = { readonly rows: DueReminder[]; item: DigestItem };

/**
 * What goes out to one person: news each on its own, everything that is to be done in one digest, which is the
 * card of the thing itself when there is only one. What does not fit its subject any more is dropped. Of a moment each
 * nudge is in its one line: over a weekend or a pause several come on one day.
 */
export function compose(
  rows: readonly DueReminder[],
  subjectOf: SubjectOf,
  keepsakes: ReminderRecords,
  lang: Lang,
  /** The person's own day, `YYYY-MM-DD`, and when they hear from us. */
  today: string,
  slot: Slot,
): Composed {
  const dropped: DueReminder[] = [];
  const faulty: DueReminder[] = [];
  const news: Message[] = [];
  const todo: ToDo[] = [];
  const seen = new Map<string, ToDo | null>();
  for (const row of rows) {
    const { reminder } = row;
    const made = orFault(() => makeOf(row, subjectOf, keepsakes, lang, today, slot));
    if (made === FAULT) {
      faulty.push(row);
      continue;
    }
    if (made === null) {
      dropped.push(row);
      continue;
    }
    const id = [reminder.kind, reminder.manager, reminder.subject].join('|');
    const same = seen.get(id);
    if ('card' in made) {
      if (same === undefined) news.push({ id: newsId(reminder), kind: 'news', card: made.card, rows: [row] });
      else dropped.push(row);
      seen.set(id, null);
    } else if (same?.item.kind === 'moment' && made.kind === 'moment') {
      same.rows.push(row);
      same.item = joinedMoment(same.item, made);
    } else if (same !== undefined) {
      dropped.push(row);
    } else {
      const line = { rows: [row], item: made };
      seen.set(id, line);
      todo.push(line);
    }
  }
  todo.sort(
    ({ item: one }, { item: other }) =>
      URGENCY.indexOf(one.kind) - URGENCY.indexOf(other.kind) || placeOf(one).localeCompare(placeOf(other)),
  );
  const [only] = todo;
  if (only === undefined) return { messages: news, dropped, faulty };
  const inDigest = todo.flatMap((line) => line.rows);
  const card = orFault(() =>
    todo.length === 1
      ? onlyCard(only, lang, today, slot)
      : digestCard(
          lang,
          today,
          todo.map(({ item }) => item),
        ),
  );
  if (card === FAULT) return { messages: news, dropped, faulty: [...faulty, ...inDigest] };
  const digest: Message = { id: digestId(today), kind: 'digest', card, rows: inDigest };
  return { messages: [...news, digest], dropped, faulty };
}

const FAULT = Symbol('fault');

/** A card that cannot be made is a bug in it and no reason to keep everything else from a person. */
function orFault<Made>(make: () => Made): Made | typeof FAULT {
  try {
    return make();
  } catch {
    return FAULT;
  }
}

/** Among things of a kind: what waits longest first, and whom one has not spoken to for longest; then by name. */
function placeOf(item: DigestItem): string {
  switch (item.kind) {
    case 'coffee':
      return `${item.member.lastDay ?? ''}|${item.member.name}`;
    case 'moment':
      return `${item.moment.nextDay ?? ''}|${item.moment.memberName}`;
    case 'contacts-unchecked':
      return '';
    case 'self-look':
    case 'team-subject':
      return item.month;
    case 'moment-asked-due':
      return `${item.moment.request.by}|${item.moment.memberName}`;
    case 'removal-due':
      return `${item.agreement.removal?.by ?? ''}|${item.agreement.memberName}`;
    case 'landed':
      return `${item.agreement.conversationDay}|${item.agreement.memberName}`;
    case 'agreement-resting':
    case 'evaluation':
    case 'evaluation-initiative':
      return `${item.agreement.nextDay}|${item.agreement.memberName}`;
  }
}

/** A piece of news, a line of the digest, or null for what does not fit its subject any more. */
function makeOf(
  { reminder }: DueReminder,
  subjectOf: SubjectOf,
  keepsakes: ReminderRecords,
  lang: Lang,
  today: string,
  slot: Slot,
): { readonly card: Card } | DigestItem | null {
  const { kind, manager } = reminder;
  if (kind === 'coffee') {
    const member = keepsakes.memberOf(reminder);
    return coffeeStillWanted(reminder, member) ? { kind, member, manager, done: false } : null;
  }
  if (kind === 'moment') {
    const moment = keepsakes.momentOf(reminder);
    const nudge = nudgeWanted(reminder.occasion, moment);
    if (moment === null || nudge === null) return null;
    return { kind, moment: { ...moment, nextDay: nudge.day }, nudges: [nudge.id], manager, done: false };
  }
  if (kind === 'moment-removed') {
    const { former } = reminder;
    return keepsakes.momentOf(reminder) !== null || former === null
      ? null
      : { card: momentRemovedNewsCard(lang, former) };
  }
  if (isOfMomentRequest(kind)) {
    const moment = keepsakes.momentOf(reminder);
    if (!momentRequestStillWanted(reminder, moment)) return null;
    const view = { ...moment, nextDay: null };
    return kind === 'moment-asked-due'
      ? { kind, moment: view, manager, done: false }
      : { card: requestNews(lang, kind, view) };
  }
  if (kind === 'coffee-refused') {
    const member = keepsakes.memberOf(reminder);
    return refusalStillWanted(reminder, member) ? { card: coffeeRefusedCard(lang, member.name) } : null;
  }
  if (kind === 'contacts-unchecked') {
    const count = uncheckedContacts(keepsakes.contactsOf(reminder), today).length;
    return count === 0 ? null : { kind, count, manager, done: false };
  }
  if (kind === 'delivery-retry') return null;
  if (isMonthly(kind)) return { kind, month: reminder.occasion, manager, done: false };
  if (isOfLeaver(kind))
    return reminder.former === null ? null : { card: leaverNews(lang, kind, reminder.former) };
  if (isOfHandover(kind)) {
    const handover = keepsakes.handoverOf(reminder);
    const wanted = handoverStillWanted({ kind, occasion: reminder.occasion }, handover);
    return wanted ? { card: handoverNews(lang, reminder, handover, { today, slot }) } : null;
  }
  const agreement = subjectOf(reminder);
  if (kind === 'removal-granted') {
    const { former } = reminder;
    return agreement !== null || former === null ? null : { card: removalGrantedCard(lang, former) };
  }
  if (!stillWanted(reminder, agreement) || !isBusinessOf(reminder, agreement)) return null;
  if (isNews(kind)) return { card: newsCard(reminder, agreement, lang) };
  if (kind === 'agreement-resting') {
    const rest = restOf(agreement);
    return rest === null ? null : { kind, agreement, rest, manager, done: false };
  }
  return { kind, agreement, manager, done: false };
}

/** How important a message is by the most important in it: 0 is the most. */
export function importanceOf({ rows }: Message): number {
  return Math.min(...rows.map(({ reminder }) => IMPORTANCE.indexOf(reminder.kind)));
}

/** Whether one kind of reminder is more important than another; a kind that is no longer sent is less than any. */
export function isMoreImportant(kind: string, other: string): boolean {
  const known: readonly string[] = IMPORTANCE;
  const rankOf = (name: string) => (known.includes(name) ? known.indexOf(name) : known.length);
  return rankOf(kind) < rankOf(other);
}

/** Sent at once, each on its own; the other kinds wait for the digest. */
export function isNews(kind: ReminderKind): kind is NewsKind {
  return NEWS.some((one) => one === kind);
}

/** Tells that a manager left: about no record that is left, or about many. */
export function isOfLeaver(kind: ReminderKind): kind is (typeof OF_LEAVER)[number] {
  return OF_LEAVER.some((one) => one === kind);
}

/** The name of a piece of news in the nudges: it is sent once. */
export function newsId(reminder: Reminder): string {
  return `news|${itemId(reminder)}`;
}

function leaverNews(lang: Lang, kind: (typeof OF_LEAVER)[number], former: string): Card {
  switch (kind) {
    case 'agreements-taken-over':
      return takenOverCard(lang, former);
    case 'agreements-deleted':
      return deletedCard(lang, former);
    case 'agreements-closed':
      return closedCard(lang, former);
  }
}

/** To the leaver what becomes of their records, to HR how it stands and what there is to do. */
function handoverNews(
  lang: Lang,
  { person }: Reminder,
  handover: Handover,
  { today, slot }: { readonly today: string; readonly slot: Slot },
): Card {
  const usual = defaultSlot(slot.zone);
  // The days to object count from this very message.
  if (person === handover.leaver) return announcedCard(lang, viewOf(handover, usual, today));
  const view = viewOf(handover, usual);
  const may = {
    confirm: whyNotConfirm(handover, person) === null,
    stop: whyNotStop(handover, person) === null,
  };
  return requestCard(lang, { handover: view, may, notice: '' });
}

/** What was asked of a moment, to the manager; what came of it, to whom it is about. */
function requestNews(
  lang: Lang,
  kind: 'moment-asked' | 'moment-asked-late' | 'moment-answered',
  moment: AskedMomentView,
): Card {
  switch (kind) {
    case 'moment-asked':
      return decideRequestCard(lang, moment);
    case 'moment-asked-late':
      return momentLateCard(lang, moment.request);
    case 'moment-answered':
      return momentAnsweredCard(lang, moment, moment.request);
  }
}

function newsCard(reminder: Reminder, agreement: Agreement, lang: Lang): Card {
  if (reminder.kind === 'agreement-answered') return answeredCard(lang, agreement);
  if (reminder.kind === 'employee-unreachable') return unreachableCard(lang, agreement);
  if (reminder.kind === 'removal-late') return removalLateCard(lang, agreement, reminder.manager);
  if (reminder.kind === 'removal-kept') return removalKeptCard(lang, agreement, reminder.manager);
  if (reminder.kind === 'removal-asked') return decisionOn(lang, agreement);
  if (reminder.kind === 'agreement-rested') {
    const { manager, person } = reminder;
    return restedCard(lang, agreement, person === manager ? null : manager);
  }
  return sharedCard(lang, { agreement, manager: reminder.manager, notice: '' });
}

/** What a manager has to decide on; the agreement as it stands where there is nothing any more. */
function decisionOn(lang: Lang, agreement: AgreementView): Card {
  const { removal } = agreement;
  return removal === null
    ? agreementCard(lang, { agreement, notice: '', closing: false })
    : decideRemovalCard(lang, { agreement, removal, why: '', problem: false });
}

function onlyCard({ rows, item }: ToDo, lang: Lang, today: string, slot: Slot): Card {
  switch (item.kind) {
    case 'removal-due':
      return decisionOn(lang, item.agreement);
    case 'agreement-resting':
      return item.rest === null
        ? digestCard(lang, today, [item])
        : restingCard(lang, item.agreement, item.rest);
    case 'moment-asked-due':
      return decideRequestCard(lang, item.moment);
    case 'landed':
      return landedCard(lang, item.agreement);
    case 'evaluation-initiative':
      return initiativeCard(lang, item.agreement, item.manager);
    case 'moment':
      return momentCard(lang, {
        moment: item.moment,
        nudges: item.nudges,
        notice: '',
        typed: null,
        reminder: true,
      });
    case 'contacts-unchecked':
      return digestCard(lang, today, [item]);
    case 'self-look':
    case 'team-subject':
      return monthlyCard(lang, item.kind, item.month);
    case 'coffee':
      return coffeePersonCard(lang, {
        person: item.member,
        notice: '',
        day: '',
        until: '',
        dayWrong: false,
        untilWrong: false,
        from: addDays(today, 1),
        last: addDays(today, DAYS_IN_A_YEAR),
        reminder: true,
      });
    case 'evaluation': {
      const { agreement } = item;
      return evaluateCard(lang, {
        agreement,
        occasion: rows.some(({ reminder }) => reminder.round > 0)
          ? 'again'
          : agreement.nextDay < today
            ? 'after'
            : 'due',
        next: workingDayFrom(addRhythm(today, agreement.rhythm), slot),
        chosen: {},
        problems: {},
        notice: '',
        today: addDays(today, 1),
      });
    }
  }
}
