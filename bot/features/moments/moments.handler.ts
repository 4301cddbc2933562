import type { MomentTyped } from '../../../cards/actions.js';
import type { Problems } from '../../../cards/agreement/problems.js';
import { OFF } from '../../../cards/choices.js';
import { sayingsIn } from '../../../cards/content/said.js';
import { fill, wordsIn } from '../../../cards/content/words.js';
import { deleteMomentCard } from '../../../cards/moments/delete.card.js';
import { type MomentProblems, momentFormCard } from '../../../cards/moments/form.card.js';
import { momentListCard } from '../../../cards/moments/list.card.js';
import { momentCard, type TypedDays } from '../../../cards/moments/moment.card.js';
import { noticeCard } from '../../../cards/notice/notice.card.js';
import { oneLine, plain } from '../../../cards/plain.js';
import { matchMember, newMemberId, traitsOf, type WhoAsked } from '../../domain/member.js';
import { changedMoment, hasChange, type MomentChange, sameMoment } from '../../domain/moment.js';
import { any, checkWhom, problem } from '../../field-rules.js';
import { momentReminders } from '../../moment-plan.js';
import { slotFor } from '../../planning.js';
import { remember } from '../../reachability.js';
import { type Reply, show, type TurnHandler, type VerbHandlers } from '../../reply.js';
import { daysSaid } from '../../said-days.js';
import { namedIn, nameSaid, saidOf } from '../../said-names.js';
import type { Screen } from '../../screening.js';
import { linkAccount, pointToMember } from '../../services/member-account.js';
import type { About } from '../../store/about.js';
import { type Everything, type Managers, type Member, type Moment, newMember } from '../../store/managers.js';
import type { People } from '../../store/people.js';
import type { Kept } from '../../store/records.js';
import type { Reminders } from '../../store/reminders.js';
import { type Turn, todayOf } from '../../turn.js';
import { currentNudges, daysFor, momentList, readDays, readMoment, viewOf } from './moments.rules.js';

export type MomentsNeeds = {
  readonly people: People;
  readonly about: About;
  readonly managers: Managers;
  readonly reminders: Reminders;
  readonly newId: () => string;
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
export function createMoments(needs: MomentsNeeds): Moments {
  const { managers } = needs;
  return {
    open: (turn) => openByWords(needs, turn),
    'moments.list': (turn) => list(needs, turn, turn.data.page),
    'moments.add': async (turn) =>
      form(turn, needs.newId(), NOTHING_TYPED, await managers.everything(turn), {}, {}),
    async 'moments.save'(turn) {
      const { id, lang: _lang, digest: _digest, ...typed } = turn.data;
      return save(needs, turn, id, { ...typed, ...whoIn(typed) });
    },
    async 'moments.show'(turn) {
      const found = await managers.moment(turn, turn.data.id);
      return found === null || found.record.status !== 'open'
        ? gone(turn)
        : one(needs, turn, found.record, '', { nudges: turn.data.nudges });
    },
    async 'moments.change'(turn) {
      const found = await managers.moment(turn, turn.data.id);
      if (found === null || found.record.status !== 'open') return gone(turn);
      const { moments } = wordsIn(turn.lang);
      const read = readDays(found.record.kind, turn.data, found.record, await todayOf(needs, turn));
      if ('wrong' in read) {
        const { from, until } = turn.data;
        const { from: fromWrong, until: untilWrong } = read.wrong;
        const wrong = { fromWrong: fromWrong !== undefined, untilWrong: untilWrong !== undefined };
        return one(needs, turn, found.record, '', { typed: { from, until, ...wrong } });
      }
      return change(needs, turn, found, read.days, (moved) => one(needs, turn, moved, moments.moved));
    },
    async 'moments.end'(turn) {
      const found = await managers.moment(turn, turn.data.id);
      if (found === null) return gone(turn);
      const { ended } = wordsIn(turn.lang).moments;
      return change(needs, turn, found, { status: 'ended' }, () => list(needs, turn, 0, ended));
    },
    async 'moments.ask-delete'(turn) {
      const found = await managers.moment(turn, turn.data.id);
      if (found === null || found.record.status !== 'open') return gone(turn);
      return show(deleteMomentCard(turn.lang, viewOf(found.record, await todayOf(needs, turn))));
    },
    'moments.delete': (turn) => remove(needs, turn),
  };
}

async function openByWords(needs: MomentsNeeds, turn: Turn): Promise<Reply> {
  const text = turn.said.kind === 'text' ? turn.said.text : '';
  const kind = saidOf(text, sayingsIn(turn.lang).moments);
  if (kind === null) return list(needs, turn, 0);
  const everything = await needs.managers.everything(turn);
  const [named, ...others] = namedIn(text, everything.members, turn.lang);
  const said = daysSaid(text, turn.lang, await todayOf(needs, turn));
  // Only a kind that may be on record comes along; whatever else the text says stays in the text.
  const typed = { ...NOTHING_TYPED, kind, ...daysFor(kind, said) };
  const who =
    named !== undefined && others.length === 0
      ? { known: named.id }
      : { name: named?.name ?? nameSaid(text, turn.lang) };
  return form(turn, needs.newId(), { ...typed, ...who }, everything, {}, {});
}

async function list(needs: MomentsNeeds, turn: Turn, page: number, notice = ''): Promise<Reply> {
  const { moments } = await needs.managers.everything(turn);
  const shown = momentList(moments, await todayOf(needs, turn));
  return show(momentListCard(turn.lang, { moments: shown, page, notice }));
}

function form(
  turn: Turn,
  id: string,
  typed: MomentTyped,
  everything: Everything,
  problems: MomentProblems,
  whoProblems: Problems,
): Reply {
  const people = traitsOf(everything.members, everything);
  const match = matchMember(everything.members, { ...whoIn(typed), sameAs: '' });
  const asked = match.is === 'ask' ? match.candidates.map((candidate) => candidate.id) : [];
  return show(momentFormCard(turn.lang, { id, typed, people, asked, problems, whoProblems }));
}

async function one(
  needs: MomentsNeeds,
  turn: Turn,
  moment: Moment,
  notice: string,
  { typed = null, nudges = [] }: { typed?: TypedDays | null; nudges?: readonly string[] } = {},
): Promise<Reply> {
  const today = await todayOf(needs, turn);
  return show(
    momentCard(turn.lang, {
      moment: viewOf(moment, today),
      nudges: nudges.length > 0 ? nudges : currentNudges(moment, today),
      notice,
      typed,
      reminder: false,
    }),
  );
}

function gone(turn: Turn): Reply {
  const { moments } = wordsIn(turn.lang);
  return show(noticeCard(turn.lang, moments.title, moments.gone));
}

/** Whom the form is about, as it is compared: the name on one line, the account in lower case. */
function whoIn({ known, name, person, sameAs }: WhoAsked): WhoAsked {
  return { known, name: oneLine(name), person: person.trim().toLowerCase(), sameAs };
}

async function save(needs: MomentsNeeds, turn: Turn, id: string, typed: MomentTyped): Promise<Reply> {
  const { managers, reminders, screen, zone } = needs;
  const everything = await managers.everything(turn);
  const { members } = everything;
  const read = readMoment(typed, await todayOf(needs, turn));
  const whoProblems = checkWhom(typed, { self: turn.person, members, screen });
  if ('problems' in read || any(whoProblems)) {
    return form(turn, id, typed, everything, 'problems' in read ? read.problems : {}, whoProblems);
  }
  const { member, links } = memberFor(id, typed, members);
  const { moments: words } = wordsIn(turn.lang);
  if (links && (await linkAccount(needs, turn, member.id, member.person ?? '')) === 'taken') {
    return form(turn, id, typed, everything, {}, { known: problem('otherAccount') });
  }
  const moment: Moment = {
    ...read.facts,
    id,
    member: member.id,
    memberName: member.name,
    status: 'open',
    createdAt: turn.now,
    changedAt: turn.now,
    version: 1,
  };
  const { person } = await remember(needs, turn);
  const planned = momentReminders(turn, moment, slotFor(person, zone), turn.now);
  await reminders.planAll(planned);
  const added = await managers.addMoment(turn, member, moment);
  // Saved twice, the first stays: the same press came again, or one from a screen that lagged.
  const kept = added === 'ok' ? moment : ((await managers.moment(turn, id))?.record ?? null);
  if (kept === null || kept.status !== 'open') return gone(turn);
  if (member.person !== null) await pointToMember(needs.about, turn, member.id, member.person);
  if (!sameMoment(kept, moment)) return one(needs, turn, kept, words.outdated);
  const saved = fill(turn.lang, words.saved, { count: planned.length });
  const shared = fill(turn.lang, words.shared, { name: plain(member.name) });
  return one(needs, turn, kept, member.person === null ? saved : `${saved} ${shared}`);
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

/**
 * Writes a change of a moment, with its reminders first. Pressed twice, or answered late, it is done as soon as the moment
 * is as it was to be; anything else that happened meanwhile is shown as it is now.
 */
async function change(
  needs: MomentsNeeds,
  turn: OfMoment,
  found: Kept<Moment>,
  to: MomentChange,
  done: (moment: Moment) => Promise<Reply>,
): Promise<Reply> {
  const { managers, reminders, zone } = needs;
  const asItIs = async (moment: Moment | null): Promise<Reply> => {
    if (moment === null) return gone(turn);
    if (hasChange(moment, to)) return done(moment);
    return moment.status === 'open'
      ? one(needs, turn, moment, wordsIn(turn.lang).moments.outdated)
      : gone(turn);
  };
  if (found.record.version !== turn.data.version) return asItIs(found.record);
  const changed = changedMoment(found.record, to, turn.now);
  const { person } = await remember(needs, turn);
  await reminders.planAll(momentReminders(turn, changed, slotFor(person, zone), turn.now));
  if ((await managers.changeMoment(turn, changed, found.etag)) === 'ok') return done(changed);
  return asItIs((await managers.moment(turn, turn.data.id))?.record ?? null);
}

/** What is gone already is deleted: a press may come twice. Reminders that are left are dropped when they come due. */
async function remove(needs: MomentsNeeds, turn: OfMoment): Promise<Reply> {
  const { moments: words } = wordsIn(turn.lang);
  const found = await needs.managers.moment(turn, turn.data.id);
  const stays =
    found !== null &&
    (found.record.version !== turn.data.version ||
      (await needs.managers.removeMoment(turn, found.record.id, found.etag)) === 'conflict');
  if (!stays) return list(needs, turn, 0, words.deleted);
  const newest = await needs.managers.moment(turn, turn.data.id);
  if (newest === null) return list(needs, turn, 0, words.deleted);
  return newest.record.status === 'open' ? one(needs, turn, newest.record, words.outdated) : gone(turn);
}
