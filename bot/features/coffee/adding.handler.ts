import { type CoffeeAddData, coffeeAddCard } from '../../../cards/coffee/add.card.js';
import { format, messagesFor } from '../../../cards/content/words.js';
import { escapeMarkdown } from '../../../cards/plain.js';
import { type CoffeeContact, isCoffeeContact, onCoffeeList } from '../../domain/coffee.js';
import type { ManagerRecords } from '../../domain/manager.js';
import type { Member } from '../../domain/member.js';
import { traitsOf } from '../../domain/member.js';
import { coffeeReminder, slotFor } from '../../domain/reminders/planning.js';
import type { Rhythm } from '../../domain/rhythm.js';
import type { Screen } from '../../nlu/screening/field-screening.js';
import { type Reply, show, type VerbHandlers } from '../../reply.js';
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
import { listOf } from './coffee-list.js';

export type AddingDeps = {
  readonly people: People;
  readonly about: EmployeeIndex;
  readonly managers: Managers;
  readonly reminders: Reminders;
  readonly organisationSettings: Pick<OrganisationSettings, 'of'>;
  readonly newId: () => string;
  readonly screen: Screen;
  /** IANA zone of a person who has not said otherwise. */
  readonly zone: string;
};

export type Adding = VerbHandlers<'coffee.add' | 'coffee.save'>;

/** A form in which nothing is filled in yet. */
export const NOBODY = { known: '', names: '', person: '', personName: '', sameAs: '', rhythm: '' };
/** A concurrent writer of the list is another press of the manager's: more conflicts in a row are a fault. */
const MOST_TRIES = 5;
/**
 * People who are put on the list together get their first coffee on so many days: reminders of coffee come on three days
 * a week at most, and each day is a request of its own. One day fewer pays for what lets somebody find their place.
 */
const FIRST_DAYS = { plain: 3, withAccount: 2 };
/** More names than this are counted. */
const MOST_NAMED = 8;

/** Puts people on the coffee list: by the names of some at once, or by somebody's account in Teams. */
export function createAdding(deps: AddingDeps): Adding {
  return {
    'coffee.add': async (turn) => {
      const { coffeeRhythm } = await deps.organisationSettings.of(turn.tenant);
      return form(deps, turn, { id: deps.newId(), typed: { ...NOBODY, rhythm: coffeeRhythm } });
    },
    'coffee.save': (turn) => save(deps, turn),
  };
}

type FormData = Pick<CoffeeAddData, 'id' | 'typed'> & Partial<CoffeeAddData>;

async function form(deps: AddingDeps, turn: Turn, data: FormData): Promise<Reply> {
  return addingForm(turn, await deps.managers.records(turn), data);
}

/** The form to put people on the list with, filled in as `data` says. */
export function addingForm(turn: Turn, records: ManagerRecords, data: FormData): Reply {
  const people = traitsOf(records.members, records);
  const nothingAsked = { questions: [], account: [], split: false, problems: {} };
  return show(coffeeAddCard(turn.lang, { ...nothingAsked, ...data, people }));
}

async function save(deps: AddingDeps, turn: Press<'coffee.save'>): Promise<Reply> {
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
  deps: AddingDeps,
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
