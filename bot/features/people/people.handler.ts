import { problemText } from '../../../cards/agreement/problems.js';
import { format, messagesFor } from '../../../cards/content/words.js';
import { noticeCard } from '../../../cards/notice/notice.card.js';
import {
  linkCard,
  mergeCard,
  type PersonProblem,
  type PersonView,
  peopleListCard,
  personCard,
  renameCard,
} from '../../../cards/people/people.card.js';
import { escapeMarkdown, oneLine } from '../../../cards/plain.js';
import { isCoffeeContact } from '../../domain/coffee.js';
import { isEntraId } from '../../domain/entra-id.js';
import type { ManagerRecords } from '../../domain/manager.js';
import { isSameName, type Member, traitsOf } from '../../domain/member.js';
import type { Screen } from '../../nlu/screening/field-screening.js';
import { type Reply, show, showBeside, type VerbHandlers } from '../../reply.js';
import { checkName, problem } from '../../services/form-validation.js';
import { changePlace } from '../../services/member-places.js';
import { contextOf, MOST_TRIES } from '../../services/record-writer.js';
import type { EmployeeIndex } from '../../store/employee-index.js';
import type { Managers } from '../../store/managers.js';
import type { People as PeopleStore } from '../../store/people.js';
import type { Reminders } from '../../store/reminders.js';
import type { Press, Turn } from '../../turn.js';

export type PeopleDeps = {
  readonly managers: Managers;
  readonly people: PeopleStore;
  readonly about: EmployeeIndex;
  readonly reminders: Reminders;
  readonly screen: Screen;
  /** IANA zone of a person who has not said otherwise. */
  readonly zone: string;
};
type Verbs =
  | 'people.list'
  | 'people.show'
  | 'people.ask-rename'
  | 'people.rename'
  | 'people.ask-link'
  | 'people.link'
  | 'people.ask-merge'
  | 'people.merge'
  | 'people.remove';
export type PeopleFeature = VerbHandlers<Verbs> & {
  /** What is kept with the one whose name is all that was typed; null where it may be no name of theirs. */
  readonly byName: (turn: Turn) => Promise<Reply | null>;
};
type OfPerson = Turn & { readonly data: { readonly id: string } };
type Listed = { readonly member: Member; readonly records: ManagerRecords };

/** Whom a manager recorded something with: another name, an account in Teams, two places that are one, or none any more. */
export function createPeople(deps: PeopleDeps): PeopleFeature {
  const { managers } = deps;
  const withListed = async (
    turn: OfPerson,
    then: (listed: Listed) => Promise<Reply> | Reply,
  ): Promise<Reply> => {
    const records = await managers.records(turn);
    const member = records.members.find(({ id }) => id === turn.data.id);
    return member === undefined ? gone(turn) : then({ member, records });
  };
  return {
    byName: (turn) => byName(managers, turn),
    'people.list': (turn) => list(managers, turn, { page: turn.data.page }),
    'people.show': (turn) => withListed(turn, (listed) => personReply(turn, listed)),
    'people.ask-rename': (turn) =>
      withListed(turn, ({ member }) =>
        show(renameCard(turn.lang, member, { typed: member.name, problem: '' })),
      ),
    'people.rename': (turn) => withListed(turn, ({ member }) => rename(deps, turn, member)),
    'people.ask-link': (turn) =>
      withListed(turn, (listed) =>
        listed.member.person === null
          ? show(linkCard(turn.lang, listed.member, { typed: '', problem: null }))
          : personReply(turn, listed),
      ),
    'people.link': (turn) => withListed(turn, (listed) => link(deps, turn, listed)),
    'people.ask-merge': (turn) =>
      withListed(turn, ({ member, records }) => mergeForm(turn, { member, records, typed: '', why: null })),
    'people.merge': (turn) => merge(deps, turn),
    'people.remove': (turn) => withListed(turn, ({ member }) => remove(managers, turn, member)),
  };
}

async function byName(managers: Managers, turn: Turn): Promise<Reply | null> {
  const text = turn.said.kind === 'text' ? turn.said.text : '';
  if (!mayBeName(text)) return null;
  const records = await managers.records(turn);
  const named = records.members.filter(({ name }) => isNamed(name, text));
  const [one, ...others] = named;
  if (one === undefined) return null;
  if (others.length === 0) return personReply(turn, { member: one, records });
  const views = named.map((member) => viewOf(member, records));
  return show(peopleListCard(turn.lang, views, { asked: 0, notice: messagesFor(turn.lang).people.which }));
}

async function list(
  managers: Managers,
  turn: Turn,
  { page = 0, notice = '' }: { readonly page?: number; readonly notice?: string },
): Promise<Reply> {
  const records = await managers.records(turn);
  const views = records.members
    .map((member) => viewOf(member, records))
    .sort((one, other) => one.name.localeCompare(other.name, turn.lang));
  return show(peopleListCard(turn.lang, views, { asked: page, notice }));
}

/** Somebody as they are now; the list where they are not on it any more. */
async function shown(
  managers: Managers,
  turn: Turn,
  { id, notice }: { readonly id: string; readonly notice: string },
): Promise<Reply> {
  const records = await managers.records(turn);
  const member = records.members.find((one) => one.id === id);
  return member === undefined
    ? list(managers, turn, { notice })
    : personReply(turn, { member, records }, notice);
}

async function rename(
  deps: PeopleDeps,
  turn: Press<'people.rename'>,
  { id, name: before }: Member,
): Promise<Reply> {
  const name = oneLine(turn.data.name);
  const wrong = name === '' ? problem('noName') : checkName(name, deps.screen);
  if (wrong !== undefined && name !== before) {
    const member = { id, name: before };
    return show(renameCard(turn.lang, member, { typed: name, problem: problemText(turn.lang, wrong) }));
  }
  const at = await contextOf(deps, turn, turn.now);
  const placed = await changePlace(deps, turn, { id, change: { what: 'renamed', name }, at });
  return placed.kind === 'done'
    ? shown(deps.managers, turn, { id, notice: saying(turn, 'renamed', placed.place) })
    : gone(turn);
}

async function link(
  deps: PeopleDeps,
  turn: Press<'people.link'>,
  { member, records }: Listed,
): Promise<Reply> {
  const account = turn.data.person.trim().toLowerCase();
  const refused = (why: PersonProblem) => show(linkCard(turn.lang, member, { typed: account, problem: why }));
  if (!isEntraId(account)) return refused('person');
  if (account === turn.person) return refused('yourself');
  if (records.members.some(({ id, person }) => person === account && id !== member.id))
    return refused('taken');
  const at = await contextOf(deps, turn, turn.now);
  const { id } = member;
  const placed = await changePlace(deps, turn, { id, change: { what: 'linked', account }, at });
  if (placed.kind === 'refused') return refused('twoAccounts');
  return placed.kind === 'done'
    ? shown(deps.managers, turn, { id, notice: saying(turn, 'linkedNow', placed.place) })
    : gone(turn);
}

async function merge(deps: PeopleDeps, turn: Press<'people.merge'>): Promise<Reply> {
  const records = await deps.managers.records(turn);
  const { id, other } = turn.data;
  const [from, to] = [id, other].map((one) => records.members.find((member) => member.id === one));
  const merged = (into: Member) =>
    shown(deps.managers, turn, { id: into.id, notice: saying(turn, 'merged', into) });
  // Pressed again after it was done: the one is gone, and the other is what became of both.
  if (from === undefined) return to === undefined ? gone(turn) : merged(to);
  const refused = (why: PersonProblem) => mergeForm(turn, { member: from, records, typed: other, why });
  if (to === undefined || to.id === from.id) return refused('other');
  const at = await contextOf(deps, turn, turn.now);
  const change = { what: 'merged', from: from.id } as const;
  const placed = await changePlace(deps, turn, { id: to.id, change, at });
  if (placed.kind === 'refused') return refused('twoAccounts');
  return placed.kind === 'done' ? merged(to) : gone(turn);
}

async function remove(managers: Managers, turn: Turn, member: Member): Promise<Reply> {
  const removed = () => list(managers, turn, { notice: saying(turn, 'removed', member) });
  for (let tries = 0; tries < MOST_TRIES; tries += 1) {
    if ((await managers.removeMember(turn, member.id, isRefused)) === 'ok') return removed();
    // What the tables say of one row may be of the moment: what is there now decides.
    const records = await managers.records(turn);
    const still = records.members.find(({ id }) => id === member.id);
    if (still === undefined) return removed();
    const { agreements, moments, coffee } = viewOf(still, records);
    if (agreements + moments > 0 || coffee !== 'no')
      return personReply(turn, { member: still, records }, saying(turn, 'notRemoved', member));
  }
  return shown(managers, turn, { id: member.id, notice: saying(turn, 'notRemoved', member) });
}

function personReply(turn: Turn, { member, records }: Listed, notice = ''): Reply {
  return show(personCard(turn.lang, viewOf(member, records), notice));
}

const MOST_WORDS_OF_NAME = 5;
const MOST_LETTERS_OF_NAME = 60;

function asName(text: string): string {
  return text.trim().replace(/[.?!]+$/u, '');
}

/** Words alone, and no more of them than a name has: everything else is not looked up. */
function mayBeName(text: string): boolean {
  const said = asName(text);
  const words = said.split(/\s+/u);
  return (
    said.length > 1 &&
    said.length <= MOST_LETTERS_OF_NAME &&
    words.length <= MOST_WORDS_OF_NAME &&
    words.every((word) => /^[\p{L}\p{M}’'.-]+$/u.test(word))
  );
}

/** Whether a text is somebody's first name or whole name, in capitals or not. */
function isNamed(name: string, text: string): boolean {
  const [first = ''] = name.split(/\s+/u);
  return [first, name].some((one) => isSameName(one, asName(text)));
}

/** Without the place nothing would say any more that its person wants no fixed coffees, and they could be put on the list again. */
function isRefused({ coffeeRefusedAt }: Member): boolean {
  return coffeeRefusedAt !== null;
}

function mergeForm(
  turn: Turn,
  {
    member,
    records,
    typed,
    why,
  }: {
    readonly member: Member;
    readonly records: ManagerRecords;
    readonly typed: string;
    readonly why: PersonProblem | null;
  },
): Reply {
  const others = records.members.filter(({ id }) => id !== member.id);
  return show(mergeCard(turn.lang, member, { others: traitsOf(others, records), typed, problem: why }));
}

function viewOf(member: Member, { agreements, moments }: ManagerRecords): PersonView {
  const { id, name, person } = member;
  const own = agreements.filter((one) => one.member === id);
  const [only, ...others] = own;
  return {
    id,
    name,
    person,
    agreements: own.length,
    only: only !== undefined && others.length === 0 ? only.id : null,
    moments: moments.filter((one) => one.member === id).length,
    coffee: isCoffeeContact(member) ? 'yes' : isRefused(member) ? 'refused' : 'no',
  };
}

function saying(
  turn: Turn,
  what: 'renamed' | 'linkedNow' | 'merged' | 'removed' | 'notRemoved',
  { name }: Pick<Member, 'name'>,
): string {
  return format(turn.lang, messagesFor(turn.lang).people[what], { name: escapeMarkdown(name) });
}

function gone(turn: Turn): Reply {
  const { people } = messagesFor(turn.lang);
  const card = noticeCard(turn.lang, people.title, people.gone);
  const isForm = turn.said.kind === 'press' && /rename|link|merge/.test(turn.said.verb);
  return isForm ? showBeside(card) : show(card);
}
