import type { Instant } from './calendar.js';
import {
  type ChangeContext,
  type Changed,
  changedTo,
  type ReminderOutcome,
  type Standing,
  undeliveredAfter,
} from './changes.js';
import type { ReasonToKeep } from './erasure-record.js';
import type { Member } from './member.js';
import { changedMoment, hasChange, type Moment, type MomentEdit, type MomentRequest } from './moment.js';
import {
  type AskedMoment,
  type MomentWish,
  momentAnsweredReminder,
  momentRequestReminders,
  openMomentRequest,
  withAnswerIfAsked,
  withDatesAsked,
  withReason,
  withRequest,
} from './moment-request.js';
import { momentReminders, wantedTip } from './reminders/moment-reminders.js';

/** What happens to a moment that is on record. */
export type MomentChange =
  /** The manager's, from a card that showed this version. */
  | { readonly what: 'edited'; readonly version: number; readonly to: MomentEdit }
  /** The employee's (GDPR art. 16 and 17). */
  | { readonly what: 'asked'; readonly employee: string; readonly wish: MomentWish }
  | { readonly what: 'withdrawn' }
  /** The manager's answer to the request of that instant: the dates that were asked for, or why it stays as it is. */
  | { readonly what: 'dates-given'; readonly askedAt: Instant }
  | { readonly what: 'kept'; readonly askedAt: Instant; readonly kept: ReasonToKeep }
  /** The place on the manager's list to which it belongs, with its name. */
  | { readonly what: 'placed'; readonly member: Pick<Member, 'id' | 'name'> }
  | ReminderOutcome;

/** A new moment of somebody on the list, with its reminders. */
export function newMoment(
  facts: Pick<Moment, 'id' | 'kind' | 'from' | 'until' | 'contact'>,
  member: Member,
  { manager, now, slot }: ChangeContext,
): Changed<Moment> {
  const record: Moment = {
    ...facts,
    member: member.id,
    memberName: member.name,
    request: null,
    status: 'open',
    createdAt: now,
    changedAt: now,
    version: 1,
  };
  return changedTo(record, ...momentReminders(manager, record, { slot, now }));
}

/** What a change comes to. Whether it may still happen is not decided here: see `momentStanding`. */
export function changeMoment(moment: Moment, change: MomentChange, at: ChangeContext): Changed<Moment> {
  const { manager, now, slot } = at;
  switch (change.what) {
    case 'edited': {
      // With the dates that whom it is about asked for, they are answered.
      const record = withAnswerIfAsked(changedMoment(moment, change.to, now), now);
      const isAnswered = record.request !== moment.request;
      return changedTo(
        record,
        ...momentReminders(manager, record, { slot, now }),
        isAnswered ? momentAnsweredReminder(manager, record, { now, slot }) : null,
      );
    }
    case 'asked': {
      const record = withRequest(moment, change, at);
      return changedTo(record, ...momentRequestReminders(manager, record, { now, slot }));
    }
    case 'withdrawn':
      return changedTo({ ...moment, request: null });
    case 'dates-given': {
      const asked = momentAsked(moment, change.askedAt, 'dates');
      if (asked === null) return changedTo(moment);
      const record = withDatesAsked(asked, now);
      return changedTo(
        record,
        ...momentReminders(manager, record, { slot, now }),
        momentAnsweredReminder(manager, record, { now, slot }),
      );
    }
    case 'kept': {
      const asked = momentAsked(moment, change.askedAt);
      if (asked === null) return changedTo(moment);
      const record = withReason(asked, change.kept, now);
      return changedTo(record, momentAnsweredReminder(manager, record, { now, slot }));
    }
    case 'placed':
      return changedTo({ ...moment, member: change.member.id, memberName: change.member.name });
    case 'reminded': {
      const { undeliveredOccasion } = undeliveredAfter(moment, change);
      return changedTo({ ...moment, undeliveredOccasion });
    }
  }
}

export function momentStanding(moment: Moment, change: MomentChange, at: ChangeContext): Standing {
  switch (change.what) {
    case 'edited':
      // That the employee asked something of it makes it no other moment.
      if (moment.version === change.version) return 'open';
      return hasChange(moment, change.to) ? 'done' : 'overtaken';
    case 'asked': {
      const { request } = withRequest(moment, change, at);
      return request === moment.request ? 'done' : 'open';
    }
    case 'withdrawn':
      if (moment.request === null) return 'done';
      // What was answered meanwhile stays on record.
      return openMomentRequest(moment) === null ? 'overtaken' : 'open';
    case 'dates-given':
      if (momentAsked(moment, change.askedAt, 'dates') !== null) return 'open';
      return wasAnswered(moment, change.askedAt, null) ? 'done' : 'overtaken';
    case 'kept':
      if (momentAsked(moment, change.askedAt) !== null) return 'open';
      return wasAnswered(moment, change.askedAt, change.kept) ? 'done' : 'overtaken';
    case 'placed': {
      const { id, name } = change.member;
      return moment.member === id && moment.memberName === name ? 'done' : 'open';
    }
    case 'reminded':
      // Moved or ended meanwhile: nobody waits for that reminder any more.
      if (!change.arrived && wantedTip(change.occasion, moment) === null) return 'overtaken';
      return undeliveredAfter(moment, change).isSame ? 'done' : 'open';
  }
}

/** The moment with its open request, where it is the one of that instant and, if said, for that; else null. */
export function momentAsked(
  moment: Moment,
  instant: Instant | null,
  what: MomentRequest['what'] | null = null,
): AskedMoment | null {
  const request = openMomentRequest(moment);
  if (request === null || (instant !== null && request.askedAt !== instant)) return null;
  return what === null || request.what === what ? { ...moment, request } : null;
}

/** Whether the request of that instant got that very answer: pressed twice it is one. */
function wasAnswered({ request }: Moment, instant: Instant, kept: ReasonToKeep | null): boolean {
  return request?.askedAt === instant && request.answeredAt !== null && request.kept === kept;
}
