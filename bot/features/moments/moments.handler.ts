import type { MomentTyped } from '../../../cards/actions.js';
import { sayingsIn } from '../../../cards/content/said.js';
import { fill, wordsIn } from '../../../cards/content/words.js';
import { type MomentProblems, momentFormCard } from '../../../cards/moments/form.card.js';
import { momentListCard } from '../../../cards/moments/list.card.js';
import { momentCard, type TypedDays } from '../../../cards/moments/moment.card.js';
import { noticeCard } from '../../../cards/notice/notice.card.js';
import { dayOf } from '../../calendar.js';
import { momentReminders } from '../../moment-plan.js';
import { slotFor } from '../../planning.js';
import { remember } from '../../reachability.js';
import { type Reply, show, type TurnHandler, type VerbHandlers } from '../../reply.js';
import { daysSaid } from '../../said-days.js';
import { namedIn, nameSaid, saidOf } from '../../said-names.js';
import { type Screen, screenName } from '../../screening.js';
import { type Managers, type Moment, newMember } from '../../store/managers.js';
import type { People } from '../../store/people.js';
import type { Kept } from '../../store/records.js';
import type { Reminders } from '../../store/reminders.js';
import type { Turn } from '../../turn.js';
import { currentNudges, daysFor, momentList, readDays, readMoment, viewOf } from './moments.rules.js';

export type MomentsNeeds = {
  readonly people: People;
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
  | 'moments.delete';
export type Moments = VerbHandlers<Verbs> & { readonly open: TurnHandler };

const NOTHING_TYPED: MomentTyped = { kind: '', name: '', from: '', until: '', contact: '' };

/** Moments to pay attention: kind and dates. What a text said of them is not looked at, let alone kept. */
export function createMoments(needs: MomentsNeeds): Moments {
  const { managers, reminders, zone } = needs;
  const today = (turn: Turn) => dayOf(turn.now, zone);

  const list = async (turn: Turn, page: number, notice = ''): Promise<Reply> => {
    const { moments } = await managers.everything(turn);
    return show(momentListCard(turn.lang, { moments: momentList(moments, today(turn)), page, notice }));
  };
  const form = (turn: Turn, id: string, typed: MomentTyped, problems: MomentProblems, refused = ''): Reply =>
    show(momentFormCard(turn.lang, { id, typed, problems, refused }));
  const one = (
    turn: Turn,
    moment: Moment,
    notice: string,
    typed: TypedDays | null = null,
    nudges: readonly string[] = [],
  ): Reply =>
    show(
      momentCard(turn.lang, {
        moment: viewOf(moment, today(turn)),
        nudges: nudges.length > 0 ? nudges : currentNudges(moment, today(turn)),
        notice,
        typed,
        reminder: false,
      }),
    );
  /** One of the manager's own, in the version that the card showed. */
  const own = async (
    turn: Turn & { readonly data: { readonly id: string; readonly version: number } },
    then: (found: Kept<Moment>) => Promise<Reply>,
  ): Promise<Reply> => {
    const { moments } = wordsIn(turn.lang);
    const found = await managers.moment(turn, turn.data.id);
    if (found === null || found.record.status !== 'open') {
      return show(noticeCard(turn.lang, moments.title, moments.gone));
    }
    return found.record.version === turn.data.version
      ? then(found)
      : one(turn, found.record, moments.outdated);
  };
  const changed = (turn: Turn, moment: Moment, changes: Partial<Moment>): Moment => ({
    ...moment,
    ...changes,
    changedAt: turn.now,
    version: moment.version + 1,
  });

  return {
    open: async (turn) => {
      const text = turn.said.kind === 'text' ? turn.said.text : '';
      const kind = saidOf(text, sayingsIn(turn.lang).moments);
      if (kind === null) return list(turn, 0);
      const { members } = await managers.everything(turn);
      const [named] = namedIn(text, members, turn.lang);
      const said = daysSaid(text, turn.lang, today(turn));
      const name = named?.name ?? nameSaid(text, turn.lang);
      // Only a kind that may be on record comes along; whatever else the text says stays in the text.
      return form(turn, needs.newId(), { ...NOTHING_TYPED, kind, name, ...daysFor(kind, said) }, {});
    },
    'moments.list': (turn) => list(turn, turn.data.page),
    'moments.add': async (turn) => form(turn, needs.newId(), NOTHING_TYPED, {}),
    async 'moments.save'(turn) {
      const { id, kind, name, from, until, contact } = turn.data;
      const typed = { kind, name, from, until, contact };
      const read = readMoment(typed, today(turn));
      if ('problems' in read) return form(turn, id, typed, read.problems);
      const refused = screenName(read.facts.name, needs.screen).join(', ');
      if (refused !== '') return form(turn, id, typed, { name: 'nameScreened' }, refused);
      const { facts } = read;
      const { members } = await managers.everything(turn);
      const known = members.find((member) => member.name.toLowerCase() === facts.name.toLowerCase());
      const member = known ?? newMember(`name-${id}`, facts.name, null);
      const { name: memberName, ...dated } = facts;
      const moment: Moment = {
        ...dated,
        id,
        member: member.id,
        memberName,
        status: 'open',
        createdAt: turn.now,
        changedAt: turn.now,
        version: 1,
      };
      const { person } = await remember(needs, turn);
      const planned = momentReminders(turn, moment, slotFor(person, zone), turn.now);
      await reminders.planAll(planned);
      const { moments } = wordsIn(turn.lang);
      const saved = fill(turn.lang, moments.saved, { count: planned.length });
      if ((await managers.addMoment(turn, member, moment)) === 'ok') return one(turn, moment, saved);
      // Saved twice, the first stays: the same press came again, or one from a screen that lagged.
      const earlier = await managers.moment(turn, id);
      if (earlier === null || earlier.record.status !== 'open') {
        return show(noticeCard(turn.lang, moments.title, moments.gone));
      }
      return one(turn, earlier.record, sameFacts(earlier.record, moment) ? saved : moments.outdated);
    },
    async 'moments.show'(turn) {
      const found = await managers.moment(turn, turn.data.id);
      const { moments } = wordsIn(turn.lang);
      return found === null || found.record.status !== 'open'
        ? show(noticeCard(turn.lang, moments.title, moments.gone))
        : one(turn, found.record, '', null, turn.data.nudges);
    },
    'moments.change': (turn) =>
      own(turn, async ({ record, etag }) => {
        const { moments } = wordsIn(turn.lang);
        const read = readDays(record.kind, turn.data, today(turn));
        if ('wrong' in read) {
          const { from, until } = turn.data;
          const { from: fromWrong, until: untilWrong } = read.wrong;
          return one(turn, record, '', {
            from,
            until,
            fromWrong: fromWrong !== undefined,
            untilWrong: untilWrong !== undefined,
          });
        }
        const moved = changed(turn, record, read.days);
        const { person } = await remember(needs, turn);
        await reminders.planAll(momentReminders(turn, moved, slotFor(person, zone), turn.now));
        const result = await managers.changeMoment(turn, moved, etag);
        return result === 'ok' ? one(turn, moved, moments.moved) : one(turn, record, moments.outdated);
      }),
    'moments.end': (turn) =>
      own(turn, async ({ record, etag }) => {
        const { moments } = wordsIn(turn.lang);
        await managers.changeMoment(turn, changed(turn, record, { status: 'ended' }), etag);
        return list(turn, 0, moments.ended);
      }),
    'moments.delete': (turn) =>
      own(turn, async ({ record }) => {
        // Reminders that are left find no moment when they come due, and are dropped.
        await managers.removeMoment(turn, record.id);
        return list(turn, 0, wordsIn(turn.lang).moments.deleted);
      }),
  };
}

function sameFacts(one: Moment, other: Moment): boolean {
  const facts = ({ kind, memberName, from, until, contact }: Moment) =>
    JSON.stringify([kind, memberName, from, until, contact]);
  return facts(one) === facts(other);
}
