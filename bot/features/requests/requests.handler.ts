import { readChoice } from '../../../cards/choices.js';
import { format, messagesFor } from '../../../cards/content/words.js';
import { longDay } from '../../../cards/dates.js';
import type { MomentProblems } from '../../../cards/moments/form.card.js';
import { momentCard } from '../../../cards/moments/moment.card.js';
import { noticeCard } from '../../../cards/notice/notice.card.js';
import { escapeMarkdown } from '../../../cards/plain.js';
import { askDatesCard } from '../../../cards/requests/dates.card.js';
import { decideRequestCard, momentRemovedCard } from '../../../cards/requests/decide.card.js';
import {
  askMomentRemovalCard,
  type OwnRecord,
  ownCoffeeCard,
  ownMomentCard,
  whereOf,
} from '../../../cards/requests/own.card.js';
import { dayOf } from '../../domain/calendar.js';
import { askedNow } from '../../domain/erasure-request.js';
import type { Manager } from '../../domain/manager.js';
import type { Member } from '../../domain/member.js';
import type { Moment } from '../../domain/moment.js';
import { hasChange } from '../../domain/moment.js';
import { momentAsked } from '../../domain/moment-changes.js';
import { type AskedMoment, type MomentWish, openMomentRequest } from '../../domain/moment-request.js';
import { currentTips, momentViewOf } from '../../domain/reminders/moment-reminders.js';
import { type Reply, show, type VerbHandlers } from '../../reply.js';
import { writeCoffee } from '../../services/coffee-writer.js';
import { checkMomentDays } from '../../services/form-validation.js';
import { removeMomentOnRequest, writeMoment } from '../../services/moment-writer.js';
import { contextForOther, contextOf, type Written } from '../../services/record-writer.js';
import type { EmployeeIndex } from '../../store/employee-index.js';
import type { Managers } from '../../store/managers.js';
import type { People } from '../../store/people.js';
import type { Reminders } from '../../store/reminders.js';
import type { Versioned } from '../../store/tables/row-mapping.js';
import { type Turn, todayOf } from '../../turn.js';

export type RequestDeps = {
  readonly people: People;
  readonly managers: Managers;
  readonly about: EmployeeIndex;
  readonly reminders: Reminders;
  /** IANA zone of a person who has not said otherwise. */
  readonly zone: string;
};
export type Requests = VerbHandlers<
  | 'own.coffee'
  | 'own.refuse-coffee'
  | 'own.allow-coffee'
  | 'own.moment'
  | 'own.ask-removal'
  | 'own.send-removal'
  | 'own.ask-dates'
  | 'own.send-dates'
  | 'own.withdraw'
  | 'request.decide'
  | 'request.do'
  | 'request.keep'
>;

/**
 * What an employee says to the coffees and moments that a manager keeps of them. An objection to coffees is honoured at
 * once (GDPR art. 21); other dates or removal of a moment (art. 16 and 17) is asked, and the manager answers within a
 * month, as for an agreement. Both only for what is linked to the employee's account: nothing else is known to be theirs.
 */
export function createRequests(deps: RequestDeps): Requests {
  return {
    'own.coffee': (turn) => withOwnPlace(deps, turn, (found) => coffee(turn, found.record, '')),
    'own.refuse-coffee': (turn) =>
      withOwnPlace(deps, turn, (found, manager) => object(deps, turn, found, { manager, what: 'refused' })),
    'own.allow-coffee': (turn) =>
      withOwnPlace(deps, turn, (found, manager) => object(deps, turn, found, { manager, what: 'allowed' })),
    'own.moment': (turn) => withOwnMoment(deps, turn, (found) => ownMoment(turn, found.record, '')),
    'own.ask-removal': (turn) =>
      withOwnMoment(deps, turn, ({ record }) =>
        openMomentRequest(record) === null
          ? show(askMomentRemovalCard(turn.lang, { ...whereOf(turn.data), by: byNow(deps, turn) }))
          : ownMoment(turn, record, ''),
      ),
    'own.send-removal': (turn) =>
      withOwnMoment(deps, turn, (found, manager) =>
        ask(deps, turn, found, { manager, wish: { what: 'remove' } }),
      ),
    'own.ask-dates': (turn) =>
      withOwnMoment(deps, turn, ({ record }) =>
        askDates(deps, turn, record, { from: record.from, until: record.until ?? '' }),
      ),
    'own.send-dates': (turn) =>
      withOwnMoment(deps, turn, async (found, manager) => {
        const { from, until } = turn.data;
        const read = checkMomentDays(found.record.kind, { from, until }, await todayOf(deps, turn));
        if ('wrong' in read) return askDates(deps, turn, found.record, { from, until, problems: read.wrong });
        if (hasChange(found.record, read.days)) {
          return ownMoment(turn, found.record, messagesFor(turn.lang).requests.sameDates);
        }
        return ask(deps, turn, found, { manager, wish: { what: 'dates', ...read.days } });
      }),
    'own.withdraw': (turn) =>
      withOwnMoment(deps, turn, async (found, manager) => {
        const at = contextForOther(deps.zone, manager, turn.now);
        const written = await writeMoment(deps, { found, change: { what: 'withdrawn' }, at });
        return momentWritten(turn, written, messagesFor(turn.lang).requests.withdrawn);
      }),
    'request.decide': async (turn) => {
      const found = await deps.managers.moment(turn, turn.data.id);
      if (found === null) return goneToManager(turn);
      const asked = momentAsked(found.record, null);
      return asked === null ? over(deps, turn, found.record) : decide(turn, asked);
    },
    'request.do': async (turn) => {
      const { id, askedAt, employee } = turn.data;
      const found = await deps.managers.moment(turn, id);
      if (found === null) return goneOrRemoved(deps, turn, { id, askedAt, employee });
      const asked = momentAsked(found.record, askedAt);
      if (asked?.request.what === 'remove') {
        const at = contextForOther(deps.zone, turn, turn.now);
        const removed = await removeMomentOnRequest(deps, { manager: turn, found, askedAt, at });
        return removed.kind === 'done'
          ? show(momentRemovedCard(turn.lang, found.record.memberName))
          : over(deps, turn, removed.record);
      }
      const at = await contextOf(deps, turn, turn.now);
      const written = await writeMoment(deps, { found, change: { what: 'dates-given', askedAt }, at });
      return answered(deps, turn, written, 'datesDone');
    },
    'request.keep': async (turn) => {
      const { id, askedAt, why } = turn.data;
      const found = await deps.managers.moment(turn, id);
      if (found === null) return goneToManager(turn);
      const kept = readChoice(why, ({ requests }) => requests.why);
      if (kept === null) {
        const asked = momentAsked(found.record, askedAt);
        return asked === null ? over(deps, turn, found.record) : decide(turn, asked, true);
      }
      const at = contextForOther(deps.zone, turn, turn.now);
      const written = await writeMoment(deps, { found, change: { what: 'kept', askedAt, kept }, at });
      return answered(deps, turn, written, 'keptDone');
    },
  };
}

/** A place on a list that is who asks; the same answer for what is not there and for what is somebody else's. */
async function withOwnPlace(
  { managers }: RequestDeps,
  turn: Turn & { readonly data: OwnRecord },
  then: (found: Versioned<Member>, manager: Manager) => Reply | Promise<Reply>,
): Promise<Reply> {
  const manager = { tenant: turn.tenant, person: turn.data.manager };
  const found = await managers.member(manager, turn.data.id);
  return found === null || found.record.person !== turn.person ? gone(turn) : then(found, manager);
}

/** The same for a moment, which is whose place it belongs to. */
async function withOwnMoment(
  { managers }: RequestDeps,
  turn: Turn & { readonly data: OwnRecord },
  then: (found: Versioned<Moment>, manager: Manager) => Reply | Promise<Reply>,
): Promise<Reply> {
  const manager = { tenant: turn.tenant, person: turn.data.manager };
  const found = await managers.moment(manager, turn.data.id);
  const place = found === null ? null : await managers.member(manager, found.record.member);
  return found === null || place?.record.person !== turn.person ? gone(turn) : then(found, manager);
}

function gone(turn: Turn): Reply {
  const { about, requests } = messagesFor(turn.lang);
  return show(noticeCard(turn.lang, about.recordsTitle, requests.gone));
}

function goneToManager(turn: Turn): Reply {
  const { moments } = messagesFor(turn.lang);
  return show(noticeCard(turn.lang, moments.title, moments.gone));
}

function coffee(
  turn: Turn & { readonly data: OwnRecord },
  { rhythm, lastDay, nextDay, coffeeRefusedAt }: Member,
  notice: string,
): Reply {
  const where = whereOf(turn.data);
  const refused = coffeeRefusedAt !== null;
  return show(ownCoffeeCard(turn.lang, { ...where, rhythm, lastDay, nextDay, refused, notice }));
}

async function object(
  deps: RequestDeps,
  turn: Turn & { readonly data: OwnRecord },
  found: Versioned<Member>,
  { manager, what }: { readonly manager: Manager; readonly what: 'refused' | 'allowed' },
): Promise<Reply> {
  const at = contextForOther(deps.zone, manager, turn.now);
  const written = await writeCoffee(deps, { found, change: { what }, at });
  const { coffeeRefusedDone, coffeeAllowedDone } = messagesFor(turn.lang).requests;
  const notice = what === 'refused' ? coffeeRefusedDone : coffeeAllowedDone;
  return written.kind === 'gone' ? gone(turn) : coffee(turn, written.record, notice);
}

function ownMoment(turn: Turn & { readonly data: OwnRecord }, moment: Moment, notice: string): Reply {
  return show(ownMomentCard(turn.lang, { ...whereOf(turn.data), moment, notice }));
}

function askDates(
  deps: RequestDeps,
  turn: Turn & { readonly data: OwnRecord },
  { kind, ...moment }: Moment,
  {
    from,
    until,
    problems = {},
  }: { readonly from: string; readonly until: string; readonly problems?: MomentProblems },
): Reply {
  const { by } = openMomentRequest(moment) ?? { by: byNow(deps, turn) };
  return show(askDatesCard(turn.lang, { ...whereOf(turn.data), kind, from, until, problems, by }));
}

/** The last day to answer what is asked now. */
function byNow({ zone }: RequestDeps, { now }: Turn): string {
  return askedNow(now, zone).by;
}

async function ask(
  deps: RequestDeps,
  turn: Turn & { readonly data: OwnRecord },
  found: Versioned<Moment>,
  { manager, wish }: { readonly manager: Manager; readonly wish: MomentWish },
): Promise<Reply> {
  const at = contextForOther(deps.zone, manager, turn.now);
  const written = await writeMoment(deps, {
    found,
    change: { what: 'asked', employee: turn.person, wish },
    at,
  });
  const by = written.kind === 'gone' ? '' : (written.record.request?.by ?? '');
  const sent =
    by === '' ? '' : format(turn.lang, messagesFor(turn.lang).requests.sent, { by: longDay(turn.lang, by) });
  return momentWritten(turn, written, sent);
}

/** What an employee sees of what came of it: what was answered meanwhile stands on the card itself. */
function momentWritten(
  turn: Turn & { readonly data: OwnRecord },
  written: Written<Moment>,
  notice: string,
): Reply {
  if (written.kind === 'gone') return gone(turn);
  return ownMoment(turn, written.record, written.kind === 'done' ? notice : '');
}

function decide(turn: Turn, asked: AskedMoment, problem = false): Reply {
  return show(decideRequestCard(turn.lang, { ...asked, nextDay: null }, problem));
}

/** The request that a card was about was answered or taken back; perhaps there is another by now. */
async function over(deps: RequestDeps, turn: Turn, moment: Moment): Promise<Reply> {
  const words = messagesFor(turn.lang);
  const isOver = openMomentRequest(moment) === null;
  if (isOver && moment.status !== 'open') return goneToManager(turn);
  const notice = isOver ? words.requests.over : words.moments.outdated;
  return shownToManager(deps, turn, moment, notice);
}

async function answered(
  deps: RequestDeps,
  turn: Turn,
  written: Written<Moment>,
  done: 'datesDone' | 'keptDone',
): Promise<Reply> {
  if (written.kind === 'gone') return goneToManager(turn);
  const { kind, record } = written;
  if (kind === 'overtaken') return over(deps, turn, record);
  const words = messagesFor(turn.lang).requests;
  return shownToManager(
    deps,
    turn,
    record,
    format(turn.lang, words[done], { name: escapeMarkdown(record.memberName) }),
  );
}

async function shownToManager(deps: RequestDeps, turn: Turn, moment: Moment, notice: string): Promise<Reply> {
  // An ended one has nothing left to press: it waits for its term.
  if (moment.status !== 'open') {
    return show(noticeCard(turn.lang, messagesFor(turn.lang).moments.title, notice));
  }
  const found = await deps.people.get(turn.tenant, turn.person);
  const today = dayOf(turn.now, found?.record.zone ?? deps.zone);
  const nudges = currentTips(moment, today);
  const shown = { moment: momentViewOf(moment, today), nudges, notice, typed: null, reminder: false };
  return show(momentCard(turn.lang, shown));
}

/** Not there any more: by this very press of before, where the employee's pointer proves it; else for whatever reason. */
async function goneOrRemoved(
  { about }: RequestDeps,
  turn: Turn,
  { id, askedAt, employee }: { readonly id: string; readonly askedAt: string; readonly employee: string },
): Promise<Reply> {
  const pointers = employee === '' ? [] : await about.of(turn.tenant, employee);
  const removed = pointers.some(
    (one) => one.manager === turn.person && one.moment === id && one.removed?.askedAt === askedAt,
  );
  return removed ? show(momentRemovedCard(turn.lang, '')) : goneToManager(turn);
}
