import type { Agreement, ChangeSubject, Item, Outcome, ReplyToRequest, Undelivered } from './agreement.js';
import { asksTheSame, openRequest } from './agreement.js';
import { restedReminders, restOf, restReminder, restsSince } from './agreement-rest.js';
import { type Day, dayOf, type Instant } from './calendar.js';
import { type ChangeContext, type Changed, changedTo, type Standing } from './changes.js';
import type { ReasonToKeep } from './erasure-record.js';
import { askedNow, keptReminder, openErasureRequest, removalReminders } from './erasure-request.js';
import type { Member } from './member.js';
import type { NewReminder } from './reminder.js';
import { type ReminderKind, rankOf } from './reminder-kinds.js';
import {
  answeredReminder,
  evaluationReminder,
  initiativesToCome,
  landedReminder,
  sharedReminder,
} from './reminders/agreement-reminders.js';

/** What somebody saw of an agreement when they pressed: a card carries it, and it is compared with what is there now. */
export type Seen = {
  readonly version: number;
  /** Which request of the employee's was on the card, by its instant; empty when there was none. */
  readonly asked: string;
};

/** What happens to an agreement that is on record. */
export type Change =
  /** The manager's, from a card that showed how it was. */
  | (ByManager &
      (
        | {
            readonly what: 'evaluated';
            readonly day: Day;
            /** Null: there is no next evaluation, and with this one the agreement is closed. */
            readonly nextDay: Day | null;
            /** By the id of the item; those that are missing were stopped before. */
            readonly outcomes: Readonly<Record<string, Outcome>>;
            readonly rewritten: Readonly<Record<string, Pick<Item, 'what' | 'from' | 'by'>>>;
          }
        | { readonly what: 'moved'; readonly nextDay: Day }
        /** `toldOtherwise`: the employee hears of it by another message than the card of the agreement. */
        | { readonly what: 'closed'; readonly toldOtherwise?: true }
        /** What was recorded wrong, or is agreed on anew without an evaluation. */
        | { readonly what: 'corrected'; readonly to: Corrections }
      ))
  /** The same evaluation, and only a later reminder; `until` is when (instant). */
  | { readonly what: 'snoozed'; readonly version: number; readonly until: Instant }
  /** Goes on after it was closed, with an evaluation on that day. */
  | { readonly what: 'reopened'; readonly version: number; readonly nextDay: Day }
  /** What the manager says to the request of that instant before they discussed it. */
  | { readonly what: 'replied'; readonly askedAt: Instant; readonly reply: ReplyToRequest }
  /**
   * The place on the manager's list to which it belongs: another name, another place of the same person, or a Teams
   * account that was not known before. Who reads it already goes on reading it.
   */
  | { readonly what: 'placed'; readonly member: Pick<Member, 'id' | 'name' | 'person'> }
  /** The manager discussed with the employee what they had asked for, at that instant. */
  | { readonly what: 'request-handled'; readonly askedAt: Instant }
  | { readonly what: 'landed' }
  | { readonly what: 'landed-later'; readonly from: Day }
  /** The employee's, from a card that showed this version. */
  | { readonly what: 'confirmed'; readonly version: number }
  | {
      readonly what: 'change-asked';
      readonly version: number;
      readonly subjects: readonly ChangeSubject[];
      readonly note: string;
    }
  | { readonly what: 'removal-asked' }
  | { readonly what: 'removal-withdrawn' }
  /** The manager's answer to the request for removal of that instant. */
  | { readonly what: 'removal-kept'; readonly askedAt: Instant; readonly kept: ReasonToKeep }
  /** Another manager goes on with it, who has the employee on their list as `member`. */
  | { readonly what: 'handed-over'; readonly member: Pick<Member, 'id'>; readonly managerName: string }
  /** Nobody has come back to it since that day: the manager is asked about it, and when no answer comes it closes. */
  | { readonly what: 'rest-asked' | 'rested'; readonly since: Day }
  /** What the employee asked of the manager before while it was being handed over. */
  | { readonly what: 'requests-carried'; readonly from: Requests }
  /** What became of a reminder about this version of it, for its maker to see. */
  | {
      readonly what: 'delivery-noted';
      readonly version: number;
      /** That it was shown to the employee, or waits for them; null leaves the answer as it is. */
      readonly answer: 'shared' | 'waiting' | null;
      /** The reminder that was not delivered now, and the kind of the one that was; null for none. */
      readonly undelivered: Undelivered | null;
      readonly delivered: ReminderKind | null;
    };
type Requests = Pick<Agreement, 'changeAsked' | 'removal'>;
export type DeliveryNoted = Extract<Change, { what: 'delivery-noted' }>;
type ByManager = { readonly seen: Seen };
/** All of an agreement that its manager can correct; the day of the evaluation is moved. */
export type Corrections = Partial<
  Pick<Agreement, 'items' | 'conversationDay' | 'present' | 'subjects' | 'initiative' | 'rhythm'>
>;

/**
 * What a change comes to. Nothing is decided here about whether it may still happen: see `standingOf`. What was
 * planned and does not fit the record any more is dropped when it comes due, so that only the reminder of the
 * evaluation, which would lie there for weeks, is cancelled.
 */
export function changeAgreement(agreement: Agreement, change: Change, at: ChangeContext): Changed<Agreement> {
  const { manager, now, slot } = at;
  switch (change.what) {
    case 'evaluated': {
      const record = evaluated(agreement, change, now);
      if (record.status === 'open') return rescheduled(agreement, record, at);
      return { record, plan: shared(record, at), cancel: [plannedEvaluation(agreement, at)] };
    }
    case 'moved':
      return rescheduled(agreement, { ...shownAnew(agreement, now), nextDay: change.nextDay }, at);
    case 'snoozed': {
      const record = { ...agreement, remindFrom: change.until, remindAt: change.until };
      return changedOnly(record, [{ ...evaluationReminder(manager, record, slot), due: change.until }]);
    }
    case 'closed': {
      const record = closed(agreement, now);
      return changedOnly(record, change.toldOtherwise === true ? [] : shared(record, at));
    }
    case 'corrected':
      return corrected(agreement, change.to, at);
    case 'reopened': {
      const record = { ...shownAnew(agreement, now), status: 'open' as const, nextDay: change.nextDay };
      return rescheduled(agreement, { ...record, resting: null }, at);
    }
    case 'replied': {
      const { changeAsked } = agreement;
      const replied = changeAsked === null ? null : { ...changeAsked, reply: change.reply };
      const record = { ...shownAnew(agreement, now), changeAsked: replied };
      return changedOnly(record, shared(record, at));
    }
    case 'placed':
      return placed(agreement, change.member, at);
    case 'rest-asked': {
      const ask = restReminder(manager, agreement, { on: dayOf(now, slot.zone), slot });
      const resting = { since: change.since, askedOn: dayOf(ask.due, slot.zone) };
      return changedOnly({ ...agreement, resting }, [ask]);
    }
    case 'rested': {
      const record = closed(agreement, now);
      return changedOnly(record, restedReminders(manager, record, slot));
    }
    case 'request-handled': {
      const { changeAsked } = agreement;
      const handled = changeAsked === null ? null : { ...changeAsked, handledAt: now };
      const record = { ...shownAnew(agreement, now), changeAsked: handled };
      return changedOnly(record, shared(record, at));
    }
    case 'landed':
      return changedOnly({ ...agreement, landed: true }, []);
    case 'landed-later': {
      const record = { ...agreement, landedFrom: change.from };
      return changedOnly(record, [landedReminder(manager, record, slot)]);
    }
    case 'confirmed': {
      const record: Agreement = { ...agreement, answer: 'confirmed', answeredAt: now, changeAsked: null };
      return changedOnly(record, answered(record, at));
    }
    case 'change-asked': {
      const { subjects, note } = change;
      const changeAsked = { subjects: [...subjects], note, askedAt: now, handledAt: null, reply: null };
      const record: Agreement = { ...agreement, answer: 'change-asked', answeredAt: now, changeAsked };
      return changedOnly(record, answered(record, at));
    }
    case 'removal-asked': {
      const record = { ...agreement, removal: askedNow(now, at.zone) };
      return changedOnly(record, removalReminders(manager, record, { now, slot }));
    }
    case 'removal-withdrawn':
      return changedOnly({ ...agreement, removal: null }, []);
    case 'removal-kept': {
      const { removal } = agreement;
      const kept = removal === null ? null : { ...removal, answeredAt: now, kept: change.kept };
      const record = { ...agreement, removal: kept };
      const told = keptReminder(manager, record, { now, slot });
      return changedOnly(record, told === null ? [] : [told]);
    }
    case 'handed-over':
      return handedOver(agreement, change, at);
    case 'requests-carried': {
      const { changeAsked, removal } = newerRequests(agreement, change.from);
      const record = { ...agreement, ...(changeAsked && { changeAsked }), ...(removal && { removal }) };
      return changedOnly(record, [
        ...(changeAsked === null ? [] : [answeredReminder(manager, record, { now, slot })]),
        ...(removal === null ? [] : removalReminders(manager, record, { now, slot })),
      ]);
    }
    case 'delivery-noted':
      return changedTo({ ...agreement, ...deliveryAfter(agreement, change) });
  }
}

/** The manager hears of an answer, and whoever gave it is reminded of what is theirs to begin. */
function answered(record: Agreement, { manager, now, slot }: ChangeContext): NewReminder[] {
  return [
    answeredReminder(manager, record, { now, slot }),
    ...initiativesToCome(manager, record, { now, slot }),
  ];
}

/** Whether a change can be made to the agreement as it is now. */
export function standingOf(agreement: Agreement, change: Change): Standing {
  switch (change.what) {
    case 'evaluated':
      if (isAsSeen(agreement, change.seen)) return 'open';
      // As it was seen with the same outcomes as the last time, it is another evaluation.
      return agreement.version !== change.seen.version && holdsEvaluation(agreement, change)
        ? 'done'
        : 'overtaken';
    case 'moved':
      // Another day that is the same day changes nothing, and the employee need not look at it again.
      if (agreement.status === 'open' && agreement.nextDay === change.nextDay) return 'done';
      return isAsSeen(agreement, change.seen) ? 'open' : 'overtaken';
    case 'closed':
      if (agreement.status === 'closed') return 'done';
      return isAsSeen(agreement, change.seen) ? 'open' : 'overtaken';
    case 'corrected':
      // What is as it was wanted changes nothing, and the employee need not look at it again.
      if (agreement.status === 'open' && holds(agreement, change.to)) return 'done';
      return isAsSeen(agreement, change.seen) ? 'open' : 'overtaken';
    case 'reopened':
      if (agreement.status === 'open') return agreement.nextDay === change.nextDay ? 'done' : 'overtaken';
      return agreement.version === change.version ? 'open' : 'overtaken';
    case 'replied': {
      const request = openRequest(agreement);
      if (request === null || request.askedAt !== change.askedAt) return 'overtaken';
      return request.reply === change.reply ? 'done' : 'open';
    }
    case 'placed': {
      const { id, name, person } = change.member;
      const isThere = agreement.member === id && agreement.memberName === name;
      return isThere && (agreement.employee !== null || person === null) ? 'done' : 'open';
    }
    case 'rest-asked':
      if (agreement.status === 'closed' || restsSince(agreement) !== change.since) return 'overtaken';
      return restOf(agreement) === null ? 'open' : 'done';
    case 'rested':
      if (agreement.status === 'closed') return 'done';
      return restsSince(agreement) === change.since ? 'open' : 'overtaken';
    case 'snoozed':
      if (!isCurrent(agreement, change.version)) return 'overtaken';
      // A reminder that is still to come by then comes when it was planned.
      return agreement.remindAt >= change.until ? 'done' : 'open';
    case 'request-handled':
      if (agreement.changeAsked?.askedAt !== change.askedAt) return 'overtaken';
      return openRequest(agreement) === null ? 'done' : 'open';
    case 'landed':
      return agreement.landed ? 'done' : 'open';
    case 'landed-later':
      if (agreement.landed) return 'overtaken';
      return agreement.landedFrom === change.from ? 'done' : 'open';
    case 'confirmed':
      if (agreement.version !== change.version) return 'overtaken';
      return agreement.answer === 'confirmed' ? 'done' : 'open';
    case 'change-asked': {
      if (agreement.version !== change.version) return 'overtaken';
      const request = openRequest(agreement);
      return request !== null && asksTheSame(request, change) ? 'done' : 'open';
    }
    case 'removal-asked':
      return openErasureRequest(agreement) === null ? 'open' : 'done';
    case 'removal-withdrawn':
      if (agreement.removal === null) return 'done';
      // What was answered meanwhile stays on record.
      return openErasureRequest(agreement) === null ? 'overtaken' : 'open';
    case 'removal-kept': {
      const { removal } = agreement;
      if (removal === null || removal.askedAt !== change.askedAt) return 'overtaken';
      if (removal.answeredAt === null) return 'open';
      return removal.kept === change.kept ? 'done' : 'overtaken';
    }
    case 'handed-over':
      return 'open';
    case 'requests-carried': {
      const { changeAsked, removal } = newerRequests(agreement, change.from);
      return changeAsked === null && removal === null ? 'done' : 'open';
    }
    case 'delivery-noted': {
      if (agreement.version !== change.version) return 'overtaken';
      const { answer, undelivered } = deliveryAfter(agreement, change);
      return answer === agreement.answer && isSameFailure(undelivered, agreement.undelivered)
        ? 'done'
        : 'open';
    }
  }
}

/** What its maker sees of deliveries from now on. An answer that came in meanwhile says more than that it was shown. */
function deliveryAfter(
  agreement: Agreement,
  noted: DeliveryNoted,
): Pick<Agreement, 'answer' | 'undelivered'> {
  const isOpen = agreement.answer === 'on-its-way' || agreement.answer === 'waiting';
  return {
    answer: isOpen && noted.answer !== null ? noted.answer : agreement.answer,
    undelivered: undeliveredNow(agreement.undelivered, noted),
  };
}

/**
 * There is room for one: what arrives takes only its own kind away, what is tried again does not hide what was given up,
 * and what is less important not what is more so.
 */
function undeliveredNow(
  now: Undelivered | null,
  { undelivered, delivered }: Pick<DeliveryNoted, 'undelivered' | 'delivered'>,
): Undelivered | null {
  if (undelivered === null) return now?.kind === delivered ? null : now;
  if (now === null || now.kind === undelivered.kind) return undelivered;
  if (now.givenUp !== undelivered.givenUp) return now.givenUp === true ? now : undelivered;
  return rankOf(now.kind) < rankOf(undelivered.kind) ? now : undelivered;
}

function isSameFailure(one: Undelivered | null, other: Undelivered | null): boolean {
  return one?.kind === other?.kind && one?.why === other?.why && one?.givenUp === other?.givenUp;
}

/** Whether an open agreement is as a card showed it, with what the employee asked for. */
export function isAsSeen(agreement: Agreement, seen: Seen): boolean {
  return isCurrent(agreement, seen.version) && !isAskedSince(agreement, seen);
}

/** Whether the employee asked for something that the card did not show. */
export function isAskedSince(agreement: Agreement, { asked }: Pick<Seen, 'asked'>): boolean {
  const request = openRequest(agreement);
  return request !== null && request.askedAt !== asked;
}

/** What is kept of a new agreement, and what follows. */
export type NewAgreement = Pick<
  Agreement,
  | 'id'
  | 'managerName'
  | 'conversationDay'
  | 'present'
  | 'subjects'
  | 'items'
  | 'initiative'
  | 'rhythm'
  | 'nextDay'
>;

export function newAgreement(facts: NewAgreement, member: Member, at: ChangeContext): Changed<Agreement> {
  const { manager, now, slot } = at;
  const draft: Agreement = {
    ...facts,
    member: member.id,
    memberName: member.name,
    movedFrom: null,
    employee: member.person,
    remindFrom: null,
    remindAt: '',
    evaluations: [],
    landed: false,
    landedFrom: null,
    resting: null,
    answer: member.person === null ? 'not-shared' : 'on-its-way',
    answeredAt: null,
    changeAsked: null,
    removal: null,
    undelivered: null,
    status: 'open',
    createdAt: now,
    changedAt: now,
    version: 1,
  };
  const evaluation = evaluationReminder(manager, draft, slot);
  const record = { ...draft, remindAt: evaluation.due };
  const landed = landedReminder(manager, record, slot);
  // A conversation of weeks ago has landed by now: asking would be odd.
  return changedOnly(record, [evaluation, ...(landed.due > now ? [landed] : []), ...shared(record, at)]);
}

/**
 * Whether an agreement was recorded with such facts, whatever came of it since: then saving it once more is the very
 * same press, and not another agreement under the same number.
 */
export function wasRecordedAs(earlier: Agreement, wanted: Agreement): boolean {
  const never = ({
    employee,
    memberName,
    conversationDay,
    present,
    subjects,
    initiative,
    rhythm,
    items,
  }: Agreement) =>
    JSON.stringify([
      employee,
      memberName,
      conversationDay,
      present,
      subjects,
      initiative,
      rhythm,
      items.map(({ who }) => who),
    ]);
  const rewritten = new Set(
    earlier.evaluations.flatMap(({ outcomes }) =>
      Object.keys(outcomes).filter((id) => outcomes[id] === 'adjust'),
    ),
  );
  return (
    never(earlier) === never(wanted) &&
    (earlier.version > 1 || earlier.nextDay === wanted.nextDay) &&
    earlier.items.every(
      ({ id, what, from, by }, at) =>
        rewritten.has(id) ||
        (what === wanted.items[at]?.what && from === wanted.items[at]?.from && by === wanted.items[at]?.by),
    )
  );
}

function closed(agreement: Agreement, now: Instant): Agreement {
  return { ...agreement, status: 'closed', changedAt: now, version: agreement.version + 1 };
}

function changedOnly(record: Agreement, plan: readonly NewReminder[]): Changed<Agreement> {
  return changedTo(record, ...plan);
}

function shared(record: Agreement, { manager, now, slot }: ChangeContext): readonly NewReminder[] {
  const reminder = sharedReminder(manager, record, { now, slot });
  return reminder === null ? [] : [reminder];
}

/** With the reminder of its next evaluation in the place of the one before. */
function rescheduled(before: Agreement, after: Agreement, at: ChangeContext): Changed<Agreement> {
  const { manager, slot } = at;
  const draft = { ...after, remindFrom: null };
  const evaluation = evaluationReminder(manager, draft, slot);
  const record = { ...draft, remindAt: evaluation.due };
  return {
    record,
    plan: [evaluation, ...shared(record, at)],
    cancel: before.remindAt === record.remindAt ? [] : [plannedEvaluation(before, at)],
  };
}

/** The reminder of its evaluation, where its row lies. */
function plannedEvaluation(agreement: Agreement, { manager, slot }: ChangeContext): NewReminder {
  return { ...evaluationReminder(manager, agreement, slot), due: agreement.remindAt };
}

/** Outcomes on record, changed texts and days in place. HAN: no evaluation is the last, so there is a next day. */
function evaluated(
  agreement: Agreement,
  done: Extract<Change, { what: 'evaluated' }>,
  now: Instant,
): Agreement {
  return {
    ...shownAnew(agreement, now),
    items: agreement.items.map((item) => ({
      ...item,
      ...done.rewritten[item.id],
      outcome: done.outcomes[item.id] ?? item.outcome,
    })),
    evaluations: [
      ...agreement.evaluations,
      { day: done.day, planned: agreement.nextDay, outcomes: { ...done.outcomes } },
    ],
    ...(done.nextDay === null ? { status: 'closed' as const } : { nextDay: done.nextDay }),
  };
}

/** As it should have been, with the question how the conversation landed on the day that follows from it. */
function corrected(agreement: Agreement, to: Corrections, at: ChangeContext): Changed<Agreement> {
  const { manager, now, slot } = at;
  const { changeAsked } = agreement;
  const request = openRequest(agreement);
  const record: Agreement = {
    ...shownAnew(agreement, now),
    ...to,
    // Whoever changes it while something is asked proposes an answer; only the employee or a talk settles it.
    changeAsked: request === null ? changeAsked : { ...request, reply: 'proposed' },
  };
  const landed = landedReminder(manager, record, slot);
  const asksAnew = !record.landed && record.conversationDay !== agreement.conversationDay && landed.due > now;
  return changedOnly(record, [...(asksAnew ? [landed] : []), ...shared(record, at)]);
}

function holds(agreement: Agreement, to: Corrections): boolean {
  return Object.entries(to).every(
    ([name, value]) => JSON.stringify(agreement[name as keyof Corrections]) === JSON.stringify(value),
  );
}

/** Under the name and the place of somebody on the list, shared from now on where their account is new to it. */
function placed(
  agreement: Agreement,
  member: Pick<Member, 'id' | 'name' | 'person'>,
  at: ChangeContext,
): Changed<Agreement> {
  const named: Agreement = { ...agreement, member: member.id, memberName: member.name };
  if (agreement.employee !== null || member.person === null) return changedOnly(named, []);
  const linked: Agreement = { ...named, employee: member.person };
  const record: Agreement = {
    ...shownAnew(linked, at.now),
    // The term after which a closed one goes counts from when it was closed.
    changedAt: agreement.status === 'closed' ? agreement.changedAt : at.now,
  };
  return changedOnly(record, shared(record, at));
}

/**
 * Changed by the manager, and shown to the employee as it is now. What the employee asked for stays until the manager
 * says that they discussed it: an evaluation or another day is no answer to it.
 */
function shownAnew(agreement: Agreement, now: Instant): Agreement {
  const isUnseen = agreement.answer === 'on-its-way' || agreement.answer === 'waiting';
  return {
    ...agreement,
    // Whoever has not seen the handover yet hears of it with this change.
    movedFrom: isUnseen ? agreement.movedFrom : null,
    answer: agreement.employee === null ? 'not-shared' : 'on-its-way',
    answeredAt: null,
    undelivered: null,
    changedAt: now,
    version: agreement.version + 1,
  };
}

/** Without the question how the conversation landed, which was another's; what the employee asked for goes along. */
function handedOver(
  agreement: Agreement,
  { member, managerName }: Extract<Change, { what: 'handed-over' }>,
  at: ChangeContext,
): Changed<Agreement> {
  const { manager, now, slot } = at;
  const draft: Agreement = {
    ...shownAnew(agreement, now),
    member: member.id,
    managerName,
    movedFrom: agreement.managerName,
    remindFrom: null,
    landed: true,
    landedFrom: null,
  };
  const planned = evaluationReminder(manager, draft, slot);
  const evaluation = { ...planned, due: planned.due > now ? planned.due : now };
  const record = { ...draft, remindAt: evaluation.due };
  return changedOnly(record, [
    evaluation,
    ...shared(record, at),
    ...(openRequest(record) === null ? [] : [answeredReminder(manager, record, { now, slot })]),
    // To be answered by the next manager, by the same day.
    ...removalReminders(manager, record, { now, slot }),
  ]);
}

/** What waits in the one and was asked after what is known in the other; null where nothing was. */
function newerRequests(known: Requests, from: Requests): Requests {
  const changeAsked = openRequest(from);
  const removal = openErasureRequest(from);
  const isNewer = (one: { readonly askedAt: Instant } | null, other: { readonly askedAt: Instant } | null) =>
    one !== null && (other === null || other.askedAt < one.askedAt);
  return {
    changeAsked: isNewer(changeAsked, known.changeAsked) ? changeAsked : null,
    removal: isNewer(removal, known.removal) ? removal : null,
  };
}

function isCurrent({ status, version }: Agreement, seen: number): boolean {
  return status === 'open' && version === seen;
}

function holdsEvaluation(
  agreement: Agreement,
  { outcomes, nextDay, rewritten }: Extract<Change, { what: 'evaluated' }>,
): boolean {
  const last = agreement.evaluations.at(-1);
  if (last === undefined) return false;
  if (agreement.status === 'closed' ? nextDay !== null : agreement.nextDay !== nextDay) return false;
  const rewritingHolds = agreement.items.every(({ id, what, from, by }) => {
    const wanted = rewritten[id];
    return wanted === undefined || (wanted.what === what && wanted.from === from && wanted.by === by);
  });
  return (
    rewritingHolds &&
    // What that evaluation stopped is not asked any more, so it is not among the outcomes either.
    Object.keys({ ...last.outcomes, ...outcomes }).every(
      (id) => last.outcomes[id] === (outcomes[id] ?? 'stop'),
    )
  );
}
