import { readChoice } from '../../../cards/choices.js';
import { type CoffeeAddData, coffeeAddCard } from '../../../cards/coffee/add.card.js';
import type { CoffeeUndo } from '../../../cards/coffee/coffee-view.js';
import { coffeeListCard } from '../../../cards/coffee/list.card.js';
import { type CoffeePersonData, coffeePersonCard } from '../../../cards/coffee/person.card.js';
import { sayingsIn } from '../../../cards/content/said.js';
import { format, messagesFor } from '../../../cards/content/words.js';
import { longDay } from '../../../cards/dates.js';
import { noticeCard } from '../../../cards/notice/notice.card.js';
import { escapeMarkdown } from '../../../cards/plain.js';
import type { Authorize } from '../../access/authorization.js';
import { refusalOf } from '../../access/refusal.js';
import { addDays, DAYS_IN_A_YEAR } from '../../domain/calendar.js';
import {
  type CoffeeContact,
  coffeeList,
  isCoffeeContact,
  mayBeNextDay,
  onCoffeeList,
} from '../../domain/coffee.js';
import type { CoffeeChange } from '../../domain/coffee-changes.js';
import type { ManagerRecords } from '../../domain/manager.js';
import type { Member } from '../../domain/member.js';
import { traitsOf } from '../../domain/member.js';
import { coffeeReminder, slotFor } from '../../domain/reminders/planning.js';
import type { Rhythm } from '../../domain/rhythm.js';
import { namedIn, nameSaid, saidOf } from '../../nlu/entities/names.js';
import type { Screen } from '../../nlu/screening/field-screening.js';
import { type Reply, show, type TurnHandler, type VerbHandlers } from '../../reply.js';
import { writeCoffee } from '../../services/coffee-writer.js';
import { problem } from '../../services/form-validation.js';
import { pointToMember } from '../../services/member-account.js';
import type { OrganisationSettings } from '../../services/organisation-settings.js';
import { upsertPerson } from '../../services/reachability.js';
import type { EmployeeIndex } from '../../store/employee-index.js';
import type { Managers } from '../../store/managers.js';
import type { People } from '../../store/people.js';
import type { Reminders } from '../../store/reminders.js';
import type { Versioned } from '../../store/tables/row-mapping.js';
import { type Press, type Turn, todayOf } from '../../turn.js';
import { type CoffeeRead, readCoffeeForm, type Wanted } from './coffee.rules.js';

export type CoffeeDeps = {
  readonly people: People;
  readonly about: EmployeeIndex;
  readonly managers: Managers;
  readonly reminders: Reminders;
  readonly organisationSettings: Pick<OrganisationSettings, 'of'>;
  readonly newId: () => string;
  readonly authorize: Authorize;
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
  | 'coffee.undo'
  | 'coffee.skip'
  | 'coffee.move'
  | 'coffee.pause'
  | 'coffee.rhythm'
  | 'coffee.stop';
export type Coffee = VerbHandlers<Verbs> & { readonly open: TurnHandler };
type OfPerson = Turn & { readonly data: { readonly id: string; readonly version: number } };

const NOTHING_TYPED = { day: '', until: '', dayWrong: false, untilWrong: false, reminder: false };
const NOBODY = { known: '', names: '', person: '', personName: '', sameAs: '', rhythm: '' };
/** A concurrent writer of the list is another press of the manager's: more conflicts in a row are a fault. */
const MOST_TRIES = 5;
/**
 * People who are put on the list together get their first coffee on so many days: reminders of coffee come on three days
 * a week at most, and each day is a request of its own. One day fewer pays for what lets somebody find their place.
 */
const FIRST_DAYS = { plain: 3, withAccount: 2 };
/** More names than this are counted. */
const MOST_NAMED = 8;

/**
 * A rhythm of coffees with the people on a manager's list. Only days are kept: there is no field for what was said.
 */
export function createCoffee(deps: CoffeeDeps): Coffee {
  const { managers } = deps;
  const usualRhythm = async ({ tenant }: Turn): Promise<Rhythm> =>
    (await deps.organisationSettings.of(tenant)).coffeeRhythm;
  return {
    open: (turn) => openByWords(deps, turn),
    'coffee.list': (turn) => list(deps, turn, { page: turn.data.page }),
    'coffee.add': async (turn) => {
      const typed = { ...NOBODY, rhythm: await usualRhythm(turn) };
      return form(deps, turn, { id: deps.newId(), typed });
    },
    'coffee.save': (turn) => save(deps, turn),
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
    return formOf(turn, records, { id: deps.newId(), typed: { ...NOBODY, ...who, rhythm } });
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

async function listOf(
  deps: CoffeeDeps,
  turn: Turn,
  {
    members,
    page,
    notice,
    undo = null,
  }: {
    readonly members: readonly Member[];
    readonly page: number;
    readonly notice: string;
    readonly undo?: CoffeeUndo | null;
  },
): Promise<Reply> {
  const today = await todayOf(deps, turn);
  return show(coffeeListCard(turn.lang, { people: coffeeList(members), page, today, notice, undo }));
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

type FormData = Pick<CoffeeAddData, 'id' | 'typed'> & Partial<CoffeeAddData>;

async function form(deps: CoffeeDeps, turn: Turn, data: FormData): Promise<Reply> {
  return formOf(turn, await deps.managers.records(turn), data);
}

function formOf(turn: Turn, records: ManagerRecords, data: FormData): Reply {
  const people = traitsOf(records.members, records);
  const nothingAsked = { questions: [], account: [], split: false, problems: {} };
  return show(coffeeAddCard(turn.lang, { ...nothingAsked, ...data, people }));
}

async function save(deps: CoffeeDeps, turn: Press<'coffee.save'>): Promise<Reply> {
  const { id, asking: _asking, split: _split, lang: _lang, digest: _digest, ...filled } = turn.data;
  const { known, names, person: account, personName, sameAs, rhythm } = filled;
  const typed = { known, names, person: account, personName, sameAs, rhythm };
  if (id === undefined) {
    // Sent from a card of before forms had ids: it comes back with one, and with all that was filled in.
    const problems = { names: problem('again') };
    return form(deps, turn, { id: deps.newId(), typed, problems });
  }
  for (let tries = 0; tries < MOST_TRIES; tries += 1) {
    const members = await deps.managers.members(turn);
    const around = { form: id, self: turn.person, screen: deps.screen };
    const read = readCoffeeForm(
      turn.data,
      members.map(({ record }) => record),
      around,
    );
    if (read.is === 'asked') {
      const { problems, questions, account: asked, split } = read;
      const shownAs = { ...typed, names: split ?? names };
      const isSplit = split !== null || turn.data.split;
      return form(deps, turn, { id, typed: shownAs, questions, account: asked, split: isSplit, problems });
    }
    const saved = await put(deps, turn, members, read);
    if (saved !== null) return listOf(deps, turn, { members: saved.members, page: 0, notice: saved.notice });
  }
  return form(deps, turn, { id, typed, split: turn.data.split, problems: { names: problem('busy') } });
}

/**
 * Puts people on the list: who is new is added, who is known is changed as they were read. Null when somebody was written
 * meanwhile: the form is read again against the list as it is then.
 */
async function put(
  deps: CoffeeDeps,
  turn: Turn,
  members: readonly Versioned<Member>[],
  { wanted, rhythm }: Extract<CoffeeRead, { is: 'ready' }>,
): Promise<{ readonly members: readonly Member[]; readonly notice: string } | null> {
  const today = await todayOf(deps, turn);
  const { person: self } = await upsertPerson(deps, turn);
  const slot = slotFor(self, deps.zone);
  const byId = new Map(members.map((kept) => [kept.record.id, kept]));
  const records = new Map(members.map(({ record }) => [record.id, record]));
  const over = wanted.some(({ member }) => member.person !== null)
    ? FIRST_DAYS.withAccount
    : FIRST_DAYS.plain;
  const changed: Changed[] = [];
  for (const one of wanted) {
    const before = byId.get(one.member.id)?.record ?? null;
    const after = onCoffeeList(one.member, rhythm, { today, slot, list: [...records.values()], over });
    records.set(after.id, after);
    changed.push({ ...one, before, after });
  }
  const written = changed.filter(({ before, after }) => before === null || !isSame(before, after));
  await deps.reminders.planAll(written.flatMap(({ after }) => coffeeReminder(turn, after, slot) ?? []));
  if (written.length > 0) {
    const result = await deps.managers.saveMembers(turn, {
      add: written.filter(({ before }) => before === null).map(({ after }) => after),
      change: written.flatMap(({ after }) => {
        const kept = byId.get(after.id);
        return kept === undefined ? [] : [{ record: after, etag: kept.etag }];
      }),
    });
    if (result !== 'ok') return null;
  }
  for (const { before, after } of changed) {
    // Whoever was chosen in Teams can look up what is kept about them.
    const isFindable = before !== null && before.person === after.person && isCoffeeContact(before);
    if (after.person !== null && !isFindable)
      await pointToMember(deps.about, turn, { member: after.id, account: after.person });
  }
  return { members: [...records.values()], notice: noticeOf(turn, changed, rhythm) };
}

type Changed = Wanted & { readonly before: Member | null; readonly after: CoffeeContact };

function isSame(before: Member, after: Member): boolean {
  return before.version === after.version && before.person === after.person;
}

/** Who was put on the list, of whom only the rhythm changed, and who was on it already. */
function noticeOf(turn: Turn, changed: readonly Changed[], rhythm: Rhythm): string {
  const { coffee: words } = messagesFor(turn.lang);
  const listed = (text: string, some: readonly Changed[]): readonly string[] => {
    if (some.length === 0) return [];
    const names = new Intl.ListFormat(turn.lang).format(some.map(({ after }) => escapeMarkdown(after.name)));
    return [format(turn.lang, text, { names })];
  };
  const isOnList = ({ before }: Changed) => before !== null && isCoffeeContact(before);
  const added = changed.filter((one) => one.own || !isOnList(one));
  const others = changed.filter((one) => !added.includes(one));
  const same = others.filter(({ before }) => before?.rhythm === rhythm);
  const many = format(turn.lang, words.addedMany, { count: added.length });
  return [
    ...(added.length > MOST_NAMED ? [many] : listed(words.addedNames, added)),
    ...listed(
      words.changedNames,
      others.filter((one) => !same.includes(one)),
    ),
    // Whoever was chosen by more than a name is nobody else.
    ...listed(
      words.onListNames,
      same.filter(({ byName }) => !byName),
    ),
    ...listed(
      words.alreadyNames,
      same.filter(({ byName }) => byName),
    ),
  ].join(' ');
}
