import type { Payload } from '../../../cards/actions.js';
import { coffeeAddCard, type NamesProblem } from '../../../cards/coffee/add.card.js';
import { coffeeListCard } from '../../../cards/coffee/list.card.js';
import { type CoffeePersonData, coffeePersonCard } from '../../../cards/coffee/person.card.js';
import { sayingsIn } from '../../../cards/content/said.js';
import { fill, wordsIn } from '../../../cards/content/words.js';
import { longDay } from '../../../cards/dates.js';
import { noticeCard } from '../../../cards/notice/notice.card.js';
import { plain } from '../../../cards/plain.js';
import { addDays, DAYS_IN_A_YEAR, dayOf, type Slot, workingDayFrom } from '../../calendar.js';
import { isEntraId } from '../../field-rules.js';
import type { OwnOrganisation } from '../../own-organisation.js';
import { coffeeReminder, type Drinker, slotFor } from '../../planning.js';
import { remember } from '../../reachability.js';
import { type Reply, show, type TurnHandler, type VerbHandlers } from '../../reply.js';
import { namedIn, nameSaid, saidOf } from '../../said-names.js';
import { type Screen, screenName } from '../../screening.js';
import type { About } from '../../store/about.js';
import { type Managers, type Member, newMember, RHYTHMS, type Rhythm } from '../../store/managers.js';
import type { People } from '../../store/people.js';
import type { Kept } from '../../store/records.js';
import type { Reminders } from '../../store/reminders.js';
import type { Turn } from '../../turn.js';
import {
  coffeeList,
  had,
  isDrinker,
  mayBeNext,
  namesIn,
  onDay,
  skipped,
  stopped,
  withRhythm,
} from './coffee.rules.js';

export type CoffeeNeeds = {
  readonly people: People;
  readonly about: About;
  readonly managers: Managers;
  readonly reminders: Reminders;
  readonly ownOrganisation: Pick<OwnOrganisation, 'of'>;
  readonly newId: () => string;
  readonly screen: Screen;
  /** IANA zone of a person who has not said otherwise. */
  readonly zone: string;
};

type Verbs =
  | 'coffee.list'
  | 'coffee.add'
  | 'coffee.save'
  | 'coffee.show'
  | 'coffee.done'
  | 'coffee.skip'
  | 'coffee.move'
  | 'coffee.pause'
  | 'coffee.rhythm'
  | 'coffee.stop';
export type Coffee = VerbHandlers<Verbs> & { readonly open: TurnHandler };

const NAME_MAX = 60;
/** More than a manager leads; and one transaction holds a hundred rows. */
const MOST_AT_ONCE = 50;
const NOTHING_TYPED = { day: '', until: '', dayWrong: false, untilWrong: false, reminder: false };

/**
 * A rhythm of coffees with the people on a manager's list. Only days are kept: there is no field for what was said.
 */
export function createCoffee(needs: CoffeeNeeds): Coffee {
  const { managers, zone } = needs;
  const today = (turn: Turn) => dayOf(turn.now, zone);
  const usualRhythm = async ({ tenant }: Turn): Promise<Rhythm> =>
    (await needs.ownOrganisation.of(tenant)).coffeeRhythm;

  const list = async (turn: Turn, page: number, notice = ''): Promise<Reply> => {
    const { members } = await managers.everything(turn);
    return show(coffeeListCard(turn.lang, { people: coffeeList(members), page, today: today(turn), notice }));
  };
  const person = (
    turn: Turn,
    member: Drinker,
    notice: string,
    typed: Partial<CoffeePersonData> = {},
  ): Reply => {
    const from = addDays(today(turn), 1);
    const last = addDays(today(turn), DAYS_IN_A_YEAR);
    return show(
      coffeePersonCard(turn.lang, { ...NOTHING_TYPED, ...typed, person: member, notice, from, last }),
    );
  };
  const gone = (turn: Turn): Reply => {
    const { coffee } = wordsIn(turn.lang);
    return show(noticeCard(turn.lang, coffee.title, coffee.gone));
  };

  /** Changes one person of the manager's own, with the reminder first; says what came of it. */
  const change = async (
    turn: Turn & { readonly data: { readonly id: string; readonly version: number } },
    how: (member: Drinker, today: string, slot: Slot) => Member,
    said: (words: Said, member: Member) => string,
  ): Promise<Reply> => {
    const found = await managers.member(turn, turn.data.id);
    if (found === null || !isDrinker(found.record)) return gone(turn);
    const words = wordsIn(turn.lang).coffee;
    if (found.record.version !== turn.data.version) return person(turn, found.record, words.outdated);
    const { person: self } = await remember(needs, turn);
    const slot = slotFor(self, zone);
    const changed = how(found.record, today(turn), slot);
    const kept = await keep(needs, turn, { ...found, record: changed }, slot);
    if (!kept) return person(turn, found.record, words.outdated);
    const notice = said(words, changed);
    return isDrinker(changed) ? person(turn, changed, notice) : list(turn, 0, notice);
  };

  return {
    open: async (turn) => {
      const text = turn.said.kind === 'text' ? turn.said.text : '';
      const { members } = await managers.everything(turn);
      const [named, ...others] = namedIn(text, coffeeList(members), turn.lang);
      const rhythm = saidOf(text, sayingsIn(turn.lang).rhythms);
      if (rhythm !== null && named === undefined) {
        // Somebody new, how often: the form opens filled in, and nothing is kept before it is sent.
        const names = namedIn(text, members, turn.lang)[0]?.name ?? nameSaid(text, turn.lang);
        return show(coffeeAddCard(turn.lang, { names, person: '', rhythm, problem: null }));
      }
      // One name that can only be one person opens that person's card; nothing is kept before a press.
      return named !== undefined && others.length === 0 && isDrinker(named)
        ? person(turn, named, '')
        : list(turn, 0);
    },
    'coffee.list': (turn) => list(turn, turn.data.page),
    'coffee.add': async (turn) => {
      const rhythm = await usualRhythm(turn);
      return show(coffeeAddCard(turn.lang, { names: '', person: '', rhythm, problem: null }));
    },
    'coffee.save': async (turn) => {
      const { members } = await managers.everything(turn);
      const read = readPeople(turn.data, members, needs);
      if ('problem' in read) return show(coffeeAddCard(turn.lang, { ...turn.data, problem: read.problem }));
      const { person: self } = await remember(needs, turn);
      const slot = slotFor(self, zone);
      const rhythm = RHYTHMS.find((one) => one === turn.data.rhythm) ?? (await usualRhythm(turn));
      const drinkers = read.people.map((member) => withRhythm(member, rhythm, today(turn), slot));
      await needs.reminders.planAll(drinkers.flatMap((member) => coffeeReminder(turn, member, slot) ?? []));
      await managers.putMembers(turn, drinkers);
      for (const { id, person: employee } of drinkers) {
        // Only who was chosen in Teams can look up what is kept about them.
        if (employee === null || members.some((one) => one.id === id && one.rhythm !== null)) continue;
        const pointer = { manager: turn.person, member: id, since: turn.now, managerName: turn.name };
        await needs.about.point(turn.tenant, employee, pointer);
      }
      const { coffee } = wordsIn(turn.lang);
      return list(turn, 0, fill(turn.lang, coffee.added, { count: drinkers.length }));
    },
    'coffee.show': async (turn) => {
      const found = await managers.member(turn, turn.data.id);
      return found !== null && isDrinker(found.record) ? person(turn, found.record, '') : gone(turn);
    },
    'coffee.done': (turn) => change(turn, had, (words, member) => withDay(turn, words.doneNotice, member)),
    'coffee.skip': (turn) =>
      change(turn, skipped, (words, member) => withDay(turn, words.skippedNotice, member)),
    'coffee.move': async (turn) => {
      const { id, day } = turn.data;
      if (mayBeNext(day, today(turn))) {
        return change(
          turn,
          (member, _today, slot) => onDay(member, workingDayFrom(day, slot)),
          (words, member) => withDay(turn, words.movedNotice, member),
        );
      }
      const found = await managers.member(turn, id);
      if (found === null || !isDrinker(found.record)) return gone(turn);
      return person(turn, found.record, '', { day, dayWrong: true });
    },
    'coffee.pause': async (turn) => {
      const { id, until } = turn.data;
      if (mayBeNext(until, today(turn))) {
        return change(
          turn,
          (member, _today, slot) => onDay(member, workingDayFrom(until, slot)),
          (words, member) => withDay(turn, words.pausedNotice, member),
        );
      }
      const found = await managers.member(turn, id);
      if (found === null || !isDrinker(found.record)) return gone(turn);
      return person(turn, found.record, '', { until, untilWrong: true });
    },
    'coffee.rhythm': (turn) =>
      change(
        turn,
        (member, day, slot) =>
          withRhythm(member, RHYTHMS.find((one) => one === turn.data.rhythm) ?? member.rhythm, day, slot),
        (words, member) => withDay(turn, words.rhythmNotice, member),
      ),
    'coffee.stop': (turn) =>
      change(
        turn,
        (member) => stopped(member),
        (words, member) => fill(turn.lang, words.stoppedNotice, { name: plain(member.name) }),
      ),
  };
}

type Said = ReturnType<typeof wordsIn>['coffee'];

function withDay(turn: Turn, text: string, member: Member): string {
  const day = member.nextDay === null ? '' : longDay(turn.lang, member.nextDay);
  return fill(turn.lang, text, { name: plain(member.name), day });
}

/** The reminder first, then the record: what a crash leaves over is dropped when it comes due. */
async function keep(
  { managers, reminders }: CoffeeNeeds,
  turn: Turn,
  { record, etag }: Kept<Member>,
  slot: Slot,
): Promise<boolean> {
  const reminder = coffeeReminder(turn, record, slot);
  if (reminder !== null) await reminders.plan(reminder);
  return (await managers.changeMember(turn, record, etag)) === 'ok';
}

/** The people that were typed or chosen: those on the list already as they are there, the others new. */
function readPeople(
  { names, person }: Payload<'coffee.save'>,
  members: readonly Member[],
  { newId, screen }: Pick<CoffeeNeeds, 'newId' | 'screen'>,
): { readonly people: readonly Member[] } | { readonly problem: NamesProblem } {
  const typed = namesIn(names);
  if (typed.length === 0) return { problem: { id: person === '' ? 'noNames' : 'nameForPerson' } };
  if (typed.length > MOST_AT_ONCE) return { problem: { id: 'tooMany', max: MOST_AT_ONCE } };
  const long = typed.find((name) => name.length > NAME_MAX);
  if (long !== undefined)
    return { problem: { id: 'nameLong', name: long.slice(0, NAME_MAX), max: NAME_MAX } };
  const refused = [...new Set(typed.flatMap((name) => screenName(name, screen)))].join(', ');
  if (refused !== '') return { problem: { id: 'nameScreened', words: refused } };
  const chosen = person.toLowerCase();
  if (chosen !== '' && !isEntraId(chosen)) return { problem: { id: 'notAPerson' } };
  return {
    people: typed.map((name, at) => {
      // The name on the first line is that of whom was chosen in Teams.
      const id = at === 0 && chosen !== '' ? chosen : null;
      const known = members.find((member) =>
        id === null ? member.name.toLowerCase() === name.toLowerCase() : member.person === id,
      );
      if (known !== undefined) return known;
      return newMember(id === null ? `name-${newId()}` : `person-${id}`, name, id);
    }),
  };
}
