import { readChoice } from '../../../cards/choices.js';
import type { CoffeeUndo } from '../../../cards/coffee/coffee-view.js';
import { type CoffeePersonData, coffeePersonCard } from '../../../cards/coffee/person.card.js';
import { sayingsIn } from '../../../cards/content/said.js';
import { format, messagesFor } from '../../../cards/content/words.js';
import { longDay } from '../../../cards/dates.js';
import { noticeCard } from '../../../cards/notice/notice.card.js';
import { escapeMarkdown } from '../../../cards/plain.js';
import type { Authorize } from '../../access/authorization.js';
import { refusalOf } from '../../access/refusal.js';
import { addDays, DAYS_IN_A_YEAR } from '../../domain/calendar.js';
import { type CoffeeContact, coffeeList, isCoffeeContact, mayBeNextDay } from '../../domain/coffee.js';
import type { CoffeeChange } from '../../domain/coffee-changes.js';
import type { Member } from '../../domain/member.js';
import { slotFor } from '../../domain/reminders/planning.js';
import { namedIn, nameSaid, saidOf } from '../../nlu/entities/names.js';
import { type Reply, show, type TurnHandler, type VerbHandlers } from '../../reply.js';
import { writeCoffee } from '../../services/coffee-writer.js';
import { upsertPerson } from '../../services/reachability.js';
import { type Turn, todayOf } from '../../turn.js';
import { type Adding, type AddingDeps, addingForm, createAdding, NOBODY } from './adding.handler.js';
import { listOf } from './coffee-list.js';

export type CoffeeDeps = AddingDeps & { readonly authorize: Authorize };

type Verbs =
  | 'coffee.list'
  | 'coffee.show'
  | 'coffee.done'
  | 'coffee.undo'
  | 'coffee.skip'
  | 'coffee.move'
  | 'coffee.pause'
  | 'coffee.rhythm'
  | 'coffee.stop';
export type Coffee = VerbHandlers<Verbs> & Adding & { readonly open: TurnHandler };
type OfPerson = Turn & { readonly data: { readonly id: string; readonly version: number } };

const NOTHING_TYPED = { day: '', until: '', dayWrong: false, untilWrong: false, reminder: false };

/**
 * A rhythm of coffees with the people on a manager's list. Only days are kept: there is no field for what was said.
 */
export function createCoffee(deps: CoffeeDeps): Coffee {
  const { managers } = deps;
  return {
    ...createAdding(deps),
    open: (turn) => openByWords(deps, turn),
    'coffee.list': (turn) => list(deps, turn, { page: turn.data.page }),
    'coffee.show': async (turn) => {
      const found = await managers.member(turn, turn.data.id);
      return found !== null && isCoffeeContact(found.record)
        ? person(deps, turn, { contact: found.record, notice: '' })
        : gone(turn);
    },
    'coffee.done': (turn) =>
      change(deps, turn, {
        asked: { what: 'recorded' },
        done: (member, before) =>
          shownOn(deps, turn, { member, notice: withDay(turn, 'doneNotice', member), before }),
      }),
    'coffee.undo': (turn) => {
      const { lastDay, nextDay, coffees } = turn.data.was;
      const was = { lastDay: lastDay === '' ? null : lastDay, nextDay, coffees };
      return change(deps, turn, {
        asked: { what: 'undone', ...was },
        done: (member) =>
          shownOn(deps, turn, { member, notice: withDay(turn, 'undoneNotice', member), before: null }),
      });
    },
    'coffee.skip': (turn) =>
      change(deps, turn, {
        asked: { what: 'skipped', planned: turn.data.planned },
        done: (member) => shown(deps, turn, member, withDay(turn, 'skippedNotice', member)),
      }),
    'coffee.move': (turn) => toDay(deps, turn, { day: turn.data.day, notice: 'movedNotice', field: 'day' }),
    'coffee.pause': (turn) =>
      toDay(deps, turn, { day: turn.data.until, notice: 'pausedNotice', field: 'until' }),
    'coffee.rhythm': async (turn) => {
      const rhythm = readChoice(turn.data.rhythm, ({ coffee }) => coffee.rhythms);
      if (rhythm === null) return asItIs(deps, turn, { rhythmWrong: true });
      const done = (member: Member) => shown(deps, turn, member, withDay(turn, 'rhythmNotice', member));
      return change(deps, turn, { asked: { what: 'rhythm', rhythm }, done, typed: { rhythm } });
    },
    'coffee.stop': (turn) =>
      change(deps, turn, {
        asked: { what: 'stopped' },
        done: (member) => {
          const { stoppedNotice } = messagesFor(turn.lang).coffee;
          return list(deps, turn, {
            page: 0,
            notice: format(turn.lang, stoppedNotice, { name: escapeMarkdown(member.name) }),
          });
        },
      }),
  };
}

async function openByWords(deps: CoffeeDeps, turn: Turn): Promise<Reply> {
  const text = turn.said.kind === 'text' ? turn.said.text : '';
  const records = await deps.managers.records(turn);
  const { members } = records;
  const [named, ...others] = namedIn(text, coffeeList(members), turn.lang);
  const rhythm = saidOf(text, sayingsIn(turn.lang).rhythms);
  if (rhythm !== null && named === undefined) {
    // Whoever may not record is told before they fill in a form that could not be saved.
    const refused = await refusalOf(deps.authorize, 'recorders', { turn, inForm: false });
    if (refused !== null) return refused;
    // Somebody new, how often: the form opens filled in, and nothing is kept before it is sent.
    const [listed, ...namesakes] = namedIn(text, members, turn.lang);
    const who =
      listed !== undefined && namesakes.length === 0
        ? { known: listed.id }
        : { names: listed?.name ?? nameSaid(text, turn.lang) };
    return addingForm(turn, records, { id: deps.newId(), typed: { ...NOBODY, ...who, rhythm } });
  }
  // One name that can only be one person opens that person's card; nothing is kept before a press.
  return named !== undefined && others.length === 0
    ? person(deps, turn, { contact: named, notice: '' })
    : listOf(deps, turn, { members, page: 0, notice: '' });
}

async function list(
  deps: CoffeeDeps,
  turn: Turn,
  {
    page,
    notice = '',
    undo = null,
  }: { readonly page: number; readonly notice?: string; readonly undo?: CoffeeUndo | null },
): Promise<Reply> {
  const { members } = await deps.managers.records(turn);
  return listOf(deps, turn, { members, page, notice, undo });
}

async function person(
  deps: CoffeeDeps,
  turn: Turn,
  {
    contact,
    notice,
    typed = {},
  }: { readonly contact: CoffeeContact; readonly notice: string; readonly typed?: Partial<CoffeePersonData> },
): Promise<Reply> {
  const today = await todayOf(deps, turn);
  const from = addDays(today, 1);
  const last = addDays(today, DAYS_IN_A_YEAR);
  return show(
    coffeePersonCard(turn.lang, { ...NOTHING_TYPED, ...typed, person: contact, notice, from, last }),
  );
}

function gone(turn: Turn): Reply {
  const { coffee } = messagesFor(turn.lang);
  return show(noticeCard(turn.lang, coffee.title, coffee.gone));
}

function shown(deps: CoffeeDeps, turn: Turn, member: Member, notice: string): Promise<Reply> {
  return isCoffeeContact(member)
    ? person(deps, turn, { contact: member, notice })
    : list(deps, turn, { page: 0, notice });
}

/**
 * Where the press came from: the list, a page of it, or the card of the person. `before` is how the coffee was kept, where
 * that can be undone.
 */
function shownOn(
  deps: CoffeeDeps,
  turn: Turn & { readonly data: { readonly page?: number | undefined } },
  {
    member,
    notice,
    before,
  }: { readonly member: Member; readonly notice: string; readonly before: Member | null },
): Promise<Reply> {
  const { page } = turn.data;
  const undo = undoOf(member, before, page);
  if (page !== undefined) return list(deps, turn, { page, notice, undo });
  return isCoffeeContact(member)
    ? person(deps, turn, { contact: member, notice, typed: { undo } })
    : list(deps, turn, { page: 0, notice });
}

function undoOf(member: Member, before: Member | null, page: number | undefined): CoffeeUndo | null {
  if (before === null || before.nextDay === null || before.lastDay === member.lastDay) return null;
  const { id, version } = member;
  const was = { lastDay: before.lastDay ?? '', nextDay: before.nextDay, coffees: before.coffees };
  return { id, version, was, page };
}

/** The card of a person as they are now, with something that was typed on it and is wrong. */
async function asItIs(deps: CoffeeDeps, turn: OfPerson, typed: Partial<CoffeePersonData>): Promise<Reply> {
  const found = await deps.managers.member(turn, turn.data.id);
  return found !== null && isCoffeeContact(found.record)
    ? person(deps, turn, { contact: found.record, notice: '', typed })
    : gone(turn);
}

async function toDay(
  deps: CoffeeDeps,
  turn: OfPerson,
  {
    day,
    notice,
    field,
  }: {
    readonly day: string;
    readonly notice: 'movedNotice' | 'pausedNotice';
    readonly field: 'day' | 'until';
  },
): Promise<Reply> {
  const typed = { [field]: day };
  if (!mayBeNextDay(day, await todayOf(deps, turn))) {
    return asItIs(deps, turn, { ...typed, [`${field}Wrong`]: true });
  }
  const done = (member: Member) => shown(deps, turn, member, withDay(turn, notice, member));
  return change(deps, turn, { asked: { what: 'moved', day }, done, typed });
}

type Notice =
  | 'doneNotice'
  | 'undoneNotice'
  | 'skippedNotice'
  | 'movedNotice'
  | 'pausedNotice'
  | 'rhythmNotice';

function withDay(turn: Turn, notice: Notice, member: Member): string {
  const day = member.nextDay === null ? '' : longDay(turn.lang, member.nextDay);
  return format(turn.lang, messagesFor(turn.lang).coffee[notice], { name: escapeMarkdown(member.name), day });
}

/** What the manager changes of a coffee; the version is the one on the card that was pressed. */
type Asked = CoffeeChange extends infer Change
  ? Change extends { readonly version: number }
    ? Omit<Change, 'version'>
    : never
  : never;

/**
 * Changes one person of the manager's own; `typed` is what was filled in, which comes back when something else came
 * first.
 */
async function change(
  deps: CoffeeDeps,
  turn: OfPerson,
  {
    asked,
    done,
    typed = {},
  }: {
    readonly asked: Asked;
    readonly done: (member: Member, before: Member) => Promise<Reply>;
    readonly typed?: Partial<CoffeePersonData>;
  },
): Promise<Reply> {
  const found = await deps.managers.member(turn, turn.data.id);
  if (found === null) return gone(turn);
  const { person: self } = await upsertPerson(deps, turn);
  const at = { manager: turn, now: turn.now, slot: slotFor(self, deps.zone), zone: deps.zone };
  const written = await writeCoffee(deps, { found, change: { ...asked, version: turn.data.version }, at });
  if (written.kind === 'gone') return gone(turn);
  const { kind, record } = written;
  if (kind === 'done') return done(record, found.record);
  const { outdated } = messagesFor(turn.lang).coffee;
  return isCoffeeContact(record)
    ? person(deps, turn, { contact: record, notice: outdated, typed })
    : gone(turn);
}
