import type { MomentTyped } from '../../../cards/actions.js';
import type { Problems } from '../../../cards/agreement/problems.js';
import { OFF } from '../../../cards/choices.js';
import { sayingsIn } from '../../../cards/content/said.js';
import { format, messagesFor } from '../../../cards/content/words.js';
import { deleteMomentCard } from '../../../cards/moments/delete.card.js';
import { type MomentProblems, momentFormCard } from '../../../cards/moments/form.card.js';
import { momentListCard } from '../../../cards/moments/list.card.js';
import { momentCard, type TypedDays } from '../../../cards/moments/moment.card.js';
import { noticeCard } from '../../../cards/notice/notice.card.js';
import { escapeMarkdown, oneLine } from '../../../cards/plain.js';
import type { Authorize } from '../../access/authorization.js';
import { refusalOf } from '../../access/refusal.js';
import { defaultSlot } from '../../domain/calendar.js';
import type { ManagerRecords } from '../../domain/manager.js';
import {
  type Member,
  matchMember,
  newMember,
  newMemberId,
  traitsOf,
  type WhoAsked,
} from '../../domain/member.js';
import { type Moment, type MomentEdit, sameMoment } from '../../domain/moment.js';
import { newMoment } from '../../domain/moment-changes.js';
import { currentTips, momentViewOf } from '../../domain/reminders/moment-reminders.js';
import { slotFor } from '../../domain/reminders/planning.js';
import { daysSaid } from '../../nlu/entities/days.js';
import { namedIn, nameSaid, saidOf } from '../../nlu/entities/names.js';
import type { Screen } from '../../nlu/screening/field-screening.js';
import { type Reply, show, type TurnHandler, type VerbHandlers } from '../../reply.js';
import { any, checkWhom, problem } from '../../services/form-validation.js';
import { linkAccount, pointToMember } from '../../services/member-account.js';
import { recordMoment, removeMoment, writeMoment } from '../../services/moment-writer.js';
import { upsertPerson } from '../../services/reachability.js';
import { contextForOther } from '../../services/record-writer.js';
import type { EmployeeIndex } from '../../store/employee-index.js';
import type { Managers } from '../../store/managers.js';
import type { People } from '../../store/people.js';
import type { Reminders } from '../../store/reminders.js';
import type { Versioned } from '../../store/tables/row-mapping.js';
import { type Turn, todayOf } from '../../turn.js';
import { daysFor, momentList, readDays, readMoment } from './moments.rules.js';

export type MomentsDeps = {
  readonly people: People;
  readonly about: EmployeeIndex;
  readonly managers: Managers;
  readonly reminders: Reminders;
  readonly newId: () => string;
  readonly authorize: Authorize;
  readonly screen: Screen;
  /** IANA zone of a person who has not said otherwise. */
  readonly zone: string;
};
type Verbs =
  | 'moments.list'
  | 'moments.add'
  | 'moments.save'
  | 'moments.show'
  | 'moments.change'
  | 'moments.end'
  | 'moments.ask-delete'
  | 'moments.delete';
export type Moments = VerbHandlers<Verbs> & { readonly open: TurnHandler };
type OfMoment = Turn & { readonly data: { readonly id: string; readonly version: number } };

const NOTHING_TYPED: MomentTyped = {
  kind: '',
  known: '',
  name: '',
  person: '',
  sameAs: '',
  from: '',
  until: '',
  contact: OFF,
};

/** Moments to pay attention: kind and dates. What a text said of them is not looked at, let alone kept. */
export function createMoments(deps: MomentsDeps): Moments {
  const { managers } = deps;
  return {
    open: (turn) => openByWords(deps, turn),
    'moments.list': (turn) => list(deps, turn, turn.data.page),
    'moments.add': async (turn) =>
      form(turn, await managers.records(turn), { id: deps.newId(), typed: NOTHING_TYPED }),
    async 'moments.save'(turn) {
      const { id, lang: _lang, digest: _digest, ...typed } = turn.data;
      return save(deps, turn, id, { ...typed, ...whoIn(typed) });
    },
    async 'moments.show'(turn) {
      const found = await managers.moment(turn, turn.data.id);
      return found === null || found.record.status !== 'open'
        ? gone(turn)
        : one(deps, turn, { moment: found.record, notice: '' }, { nudges: turn.data.nudges });
    },
    async 'moments.change'(turn) {
      const found = await managers.moment(turn, turn.data.id);
      if (found === null || found.record.status !== 'open') return gone(turn);
      const { moments } = messagesFor(turn.lang);
      const read = readDays(found.record.kind, turn.data, {
        current: found.record,
        today: await todayOf(deps, turn),
      });
      const { from, until, contact } = turn.data;
      const filled = { from, until, contact: contact === '' ? undefined : contact };
      if ('wrong' in read) {
        const { from: fromWrong, until: untilWrong } = read.wrong;
        const wrong = { fromWrong: fromWrong !== undefined, untilWrong: untilWrong !== undefined };
        return one(deps, turn, { moment: found.record, notice: '' }, { typed: { ...filled, ...wrong } });
      }
      const typed = { ...filled, fromWrong: false, untilWrong: false };
      const done = (moved: Moment) => one(deps, turn, { moment: moved, notice: moments.moved });
      return change(deps, turn, found, { to: read.days, done, typed });
    },
    async 'moments.end'(turn) {
      const found = await managers.moment(turn, turn.data.id);
      if (found === null) return gone(turn);
      const { ended } = messagesFor(turn.lang).moments;
      return change(deps, turn, found, { to: { status: 'ended' }, done: () => list(deps, turn, 0, ended) });
    },
    async 'moments.ask-delete'(turn) {
      const found = await managers.moment(turn, turn.data.id);
      if (found === null || found.record.status !== 'open') return gone(turn);
      return show(deleteMomentCard(turn.lang, momentViewOf(found.record, await todayOf(deps, turn))));
    },
    'moments.delete': (turn) => remove(deps, turn),
  };
}

async function openByWords(deps: MomentsDeps, turn: Turn): Promise<Reply> {
  const text = turn.said.kind === 'text' ? turn.said.text : '';
  const kind = saidOf(text, sayingsIn(turn.lang).moments);
  if (kind === null) return list(deps, turn, 0);
  // Whoever may not record is told before they fill in a form that could not be saved.
  const refused = await refusalOf(deps.authorize, 'recorders', { turn, inForm: false });
  if (refused !== null) return refused;
  const everything = await deps.managers.records(turn);
  const [named, ...others] = namedIn(text, everything.members, turn.lang);
  const said = daysSaid(text, turn.lang, await todayOf(deps, turn));
  // Only a kind that may be on record comes along; whatever else the text says stays in the text.
  const typed = { ...NOTHING_TYPED, kind, ...daysFor(kind, said) };
  const who =
    named !== undefined && others.length === 0
      ? { known: named.id }
      : { name: named?.name ?? nameSaid(text, turn.lang) };
  return form(turn, everything, { id: deps.newId(), typed: { ...typed, ...who } });
}

async function list(deps: MomentsDeps, turn: Turn, page: number, notice = ''): Promise<Reply> {
  const { moments } = await deps.managers.records(turn);
  const shown = momentList(moments, await todayOf(deps, turn));
  return show(momentListCard(turn.lang, { moments: shown, page, notice }));
}

type FormData = {
  readonly id: string;
  readonly typed: MomentTyped;
  readonly problems?: MomentProblems;
  readonly whoProblems?: Problems;
  /** The moment that was saved with this form before; empty for none. */
  readonly saved?: string;
};

function form(
  turn: Turn,
  records: ManagerRecords,
  { id, typed, problems = {}, whoProblems = {}, saved = '' }: FormData,
): Reply {
  const people = traitsOf(records.members, records);
  const match = matchMember(records.members, { ...whoIn(typed), sameAs: '' });
  const asked = match.is === 'ask' ? match.candidates.map((candidate) => candidate.id) : [];
  return show(momentFormCard(turn.lang, { id, typed, people, asked, problems, whoProblems, saved }));
}

async function one(
  deps: MomentsDeps,
  turn: Turn,
  { moment, notice }: { readonly moment: Moment; readonly notice: string },
  { typed = null, nudges = [] }: { typed?: TypedDays | null; nudges?: readonly string[] } = {},
): Promise<Reply> {
  const today = await todayOf(deps, turn);
  return show(
    momentCard(turn.lang, {
      moment: momentViewOf(moment, today),
      nudges: nudges.length > 0 ? nudges : currentTips(moment, today),
      notice,
      typed,
      reminder: false,
    }),
  );
}

function gone(turn: Turn): Reply {
  const { moments } = messagesFor(turn.lang);
  return show(noticeCard(turn.lang, moments.title, moments.gone));
}

/** Whom the form is about, as it is compared: the name on one line, the account in lower case. */
function whoIn({ known, name, person, sameAs }: WhoAsked): WhoAsked {
  return { known, name: oneLine(name), person: person.trim().toLowerCase(), sameAs };
}

async function save(deps: MomentsDeps, turn: Turn, id: string, typed: MomentTyped): Promise<Reply> {
  const { managers, screen, zone } = deps;
  const everything = await managers.records(turn);
  const { members } = everything;
  const read = readMoment(typed, await todayOf(deps, turn));
  const whoProblems = checkWhom(typed, { self: turn.person, members, screen });
  if ('problems' in read || any(whoProblems)) {
    const problems = 'problems' in read ? read.problems : {};
    return form(turn, everything, { id, typed, problems, whoProblems });
  }
  const { member, links } = memberFor(id, typed, members);
  const { moments: words } = messagesFor(turn.lang);
  if (links && (await linkAccount(deps, turn, { id: member.id, account: member.person ?? '' })) === 'taken') {
    return form(turn, everything, { id, typed, whoProblems: { known: problem('otherAccount') } });
  }
  const { person } = await upsertPerson(deps, turn);
  const at = { manager: turn, now: turn.now, slot: slotFor(person, zone), zone };
  const made = newMoment({ ...read.facts, id }, member, at);
  const kept = await recordMoment(deps, made, { who: member, manager: turn });
  if (kept.status !== 'open') return gone(turn);
  if (member.person !== null)
    await pointToMember(deps.about, turn, { member: member.id, account: member.person });
  if (!sameMoment(kept, made.record)) {
    // Moved since by another press: it may well be this one that came again.
    if (kept.version > 1) return one(deps, turn, { moment: kept, notice: words.outdated });
    // What is in the form is no longer what was saved with it: it becomes another moment, or nothing.
    return form(turn, everything, { id: deps.newId(), typed, saved: kept.id });
  }
  const saved = format(turn.lang, words.saved, { count: made.plan.length });
  const shared = format(turn.lang, words.shared, { name: escapeMarkdown(member.name) });
  return one(deps, turn, { moment: kept, notice: member.person === null ? saved : `${saved} ${shared}` });
}

/** The place that the moment belongs to: the one on the list, or a new one. */
function memberFor(
  id: string,
  typed: MomentTyped,
  members: readonly Member[],
): { readonly member: Member; readonly links: boolean } {
  const match = matchMember(members, typed);
  if (match.is === 'member') return match;
  const person = typed.person === '' ? null : typed.person;
  return { member: newMember(newMemberId(id, typed.name, person), typed.name, person), links: false };
}

type Edit = {
  readonly to: MomentEdit;
  readonly done: (moment: Moment) => Promise<Reply>;
  /** What was filled in, which comes back when something else came first. */
  readonly typed?: TypedDays | null;
};

/** Changes a moment; anything else that happened meanwhile is shown as it is now, with what was filled in. */
async function change(
  deps: MomentsDeps,
  turn: OfMoment,
  found: Versioned<Moment>,
  { to, done, typed = null }: Edit,
): Promise<Reply> {
  const { version } = turn.data;
  const slot =
    found.record.version === version
      ? slotFor((await upsertPerson(deps, turn)).person, deps.zone)
      : defaultSlot(deps.zone);
  const at = { manager: turn, now: turn.now, slot, zone: deps.zone };
  const written = await writeMoment(deps, { found, change: { what: 'edited', version, to }, at });
  if (written.kind === 'gone') return gone(turn);
  if (written.kind === 'done') return done(written.record);
  return outdated(deps, turn, written.record, typed);
}

/** Something else came first: the moment as it is now, with what was filled in to be sent again. */
async function outdated(
  deps: MomentsDeps,
  turn: Turn,
  moment: Moment,
  typed: TypedDays | null = null,
): Promise<Reply> {
  return moment.status === 'open'
    ? one(deps, turn, { moment, notice: messagesFor(turn.lang).moments.outdated }, { typed })
    : gone(turn);
}

async function remove(deps: MomentsDeps, turn: OfMoment): Promise<Reply> {
  const at = contextForOther(deps.zone, turn, turn.now);
  const removed = await removeMoment(deps, { manager: turn, moment: turn.data, at });
  return removed.kind === 'done'
    ? list(deps, turn, 0, messagesFor(turn.lang).moments.deleted)
    : outdated(deps, turn, removed.record);
}
