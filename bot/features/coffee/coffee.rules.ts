import type { Payload } from '../../../cards/actions.js';
import { MOST_ITEMS, numberedName } from '../../../cards/actions.js';
import type { Problem, Problems } from '../../../cards/agreement/problems.js';
import { readChoice } from '../../../cards/choices.js';
import type { CoffeeQuestion } from '../../../cards/coffee/add.card.js';
import { oneLine, stripMarkdown } from '../../../cards/plain.js';
import { isEntraId } from '../../domain/entra-id.js';
import {
  isSameName,
  type Member,
  type MemberMatch,
  matchMember,
  newMember,
  newMemberId,
  type WhoAsked,
} from '../../domain/member.js';
import type { Rhythm } from '../../domain/rhythm.js';
import type { Screen } from '../../nlu/screening/field-screening.js';
import { any, checkName, problem } from '../../services/form-validation.js';

/** More than a manager leads. */
const MOST_AT_ONCE = 200;

/** Somebody to put on the coffee list: as they stand on it, with the account that they get, or new. */
export type Wanted = {
  readonly member: Member;
  /** Only their name was typed: it may be somebody else of that name who is meant. */
  readonly byName: boolean;
  /** This very form made the place: a press that came twice. */
  readonly own: boolean;
};
/** What a form comes to: whom to put on the list and how often, or what is to be asked or mended. */
export type CoffeeRead =
  | { readonly is: 'ready'; readonly wanted: readonly Wanted[]; readonly rhythm: Rhythm }
  | {
      readonly is: 'asked';
      readonly problems: Problems;
      /** Names that may be several people, each with the ids of whom it may be and what was answered. */
      readonly questions: readonly CoffeeQuestion[];
      /** The same for whom was chosen in Teams. */
      readonly account: readonly string[];
      /** The names with those on a line of their own that were typed on one; null where none was. */
      readonly split: string | null;
    };

type Typed = Payload<'coffee.save'>;
type Around = { readonly form: string; readonly self: string; readonly screen: Screen };

/** The names that were typed, one on each line or with a semicolon. A comma is part of a name: "Vries, Jan de". */
export function namesIn(typed: string): readonly string[] {
  return typed
    .split(/[\n\r;]/)
    .map(oneLine)
    .filter((name) => name !== '');
}

/**
 * Reads the form that puts people on the coffee list. Whom a name means is for the list to say, and where it may be two
 * people for the manager, who answers in the same form. Nothing is left out: a line that is not understood is asked.
 */
export function readCoffeeForm(typed: Typed, members: readonly Member[], around: Around): CoffeeRead {
  const names = namesIn(typed.names);
  const answers = new Map(typed.asking.map((name, at) => [name, typed[numberedName('same', at)]] as const));
  const account = accountOf(typed);
  const accountMatch = matchMember(members, account);
  const matches = names.map((name) => ({
    name,
    match: matchName(members, { name, sameAs: answers.get(name) ?? '' }, around),
  }));
  const rhythm = readChoice(typed.rhythm, ({ coffee }) => coffee.rhythms);
  const split = typed.split ? null : splitNames(names);
  const questions = names.flatMap((name): CoffeeQuestion[] => {
    const candidates = idsAsked(matchName(members, { name, sameAs: '' }, around));
    return candidates.length === 0 ? [] : [{ name, candidates, answer: answers.get(name) ?? '' }];
  });
  const problems: Problems = {
    names: checkNames({ names, typed, matches, isSplit: split !== null, screen: around.screen }),
    ...checkAccount(account, accountMatch, around),
    rhythm: rhythm === null ? problem('choose') : undefined,
  };
  if (rhythm === null || any(problems)) {
    const asked = idsAsked(matchMember(members, { ...account, sameAs: '' }));
    return { is: 'asked', problems, questions: questions.slice(0, MOST_ITEMS), account: asked, split };
  }
  const listed = members.find(({ id }) => id === typed.known && typed.known !== '');
  const wanted = [
    ...(listed === undefined ? [] : [{ member: listed, byName: false, own: false }]),
    ...matches.map(({ name, match }) => wantedBy(match, name, null, around)),
    ...(account.person === '' ? [] : [wantedBy(accountMatch, account.name, account.person, around)]),
  ];
  const twice = wanted.find(({ member }, at) => wanted.findIndex((one) => one.member.id === member.id) < at);
  // They said in the bot that they would rather have none: only they can take that back.
  const refused = wanted.find(({ member }) => member.coffeeRefusedAt !== null);
  if (twice === undefined && refused === undefined) return { is: 'ready', wanted, rhythm };
  const wrong =
    twice === undefined
      ? problem('coffeeRefused', { name: stripMarkdown(refused?.member.name ?? '') })
      : problem('twice', { name: twice.member.name });
  return { is: 'asked', problems: { names: wrong }, questions, account: [], split: null };
}

function idsAsked(match: MemberMatch): readonly string[] {
  return match.is === 'ask' ? match.candidates.map(({ id }) => id) : [];
}

/** A place that this very form made before is that one, whoever else has the name by now. */
function matchName(
  members: readonly Member[],
  { name, sameAs }: { readonly name: string; readonly sameAs: string },
  { form }: Around,
): MemberMatch {
  const own = members.find(({ id }) => id === newMemberId(form, name, null));
  if (own !== undefined) return { is: 'member', member: own, links: false };
  return matchMember(members, { known: '', name, person: '', sameAs });
}

function wantedBy(match: MemberMatch, name: string, person: string | null, { form }: Around): Wanted {
  const byName = person === null;
  const id = newMemberId(form, name, person);
  if (match.is === 'member') return { member: match.member, byName, own: byName && match.member.id === id };
  return { member: newMember(id, name, person), byName, own: true };
}

function accountOf(typed: Typed): WhoAsked {
  const person = typed.person.trim().toLowerCase();
  return { known: '', name: oneLine(typed.personName), person, sameAs: typed.sameAs };
}

function checkAccount({ name, person }: WhoAsked, match: MemberMatch, { self, screen }: Around): Problems {
  if (person === '') return name === '' ? {} : { person: problem('nobodyChosen') };
  if (!isEntraId(person)) return { person: problem('notAPerson') };
  if (person === self) return { person: problem('yourself') };
  if (match.is === 'ask') return { sameAs: problem('which') };
  if (name === '') return match.is === 'member' ? {} : { personName: problem('nameForPerson') };
  return { personName: match.is === 'member' ? undefined : checkName(name, screen) };
}

function checkNames({
  names,
  typed,
  matches,
  isSplit,
  screen,
}: {
  readonly names: readonly string[];
  readonly typed: Typed;
  readonly matches: readonly { readonly name: string; readonly match: MemberMatch }[];
  readonly isSplit: boolean;
  readonly screen: Screen;
}): Problem | undefined {
  if (names.length === 0 && typed.person.trim() === '' && typed.known === '') return problem('noNames');
  if (names.length > MOST_AT_ONCE) return problem('tooMany', { max: MOST_AT_ONCE });
  const twice = names.find((name, at) => names.findIndex((one) => isSameName(one, name)) < at);
  if (twice !== undefined) return problem('twice', { name: twice });
  for (const { name, match } of matches) {
    const wrong = match.is === 'member' ? undefined : checkName(name, screen);
    if (wrong !== undefined) return { id: wrong.id, values: { ...wrong.values, name: stripMarkdown(name) } };
  }
  if (isSplit) return problem('split');
  const unclear = matches.filter(({ match }) => match.is === 'ask').length;
  if (unclear > MOST_ITEMS) return problem('whichMany', { max: MOST_ITEMS });
  return unclear > 0 ? problem('whichName') : undefined;
}

const AND = / (?:en|and|&|\+) /u;
const ROW = new RegExp(`,|${AND.source}`, 'u');
const NAMES_IN_A_NAME = 2;

/**
 * The names with a line for each where one line seems to hold several: two names with "en" between them, or a row with
 * commas. One comma parts a surname from a first name. Null where no line does.
 */
function splitNames(names: readonly string[]): string | null {
  const lines = names.map((name) => {
    const row = name.split(ROW).map(oneLine);
    if (row.length > NAMES_IN_A_NAME) return row;
    const parts = name.split(AND).map(oneLine);
    return parts.every((part) => /^\p{Lu}|^\p{Lo}/u.test(part)) ? parts : [name];
  });
  const all = lines.flatMap((parts) => parts.filter((part) => part !== ''));
  return all.length === names.length ? null : all.join('\n');
}
