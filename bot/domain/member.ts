import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { Agreement } from './agreement.js';
import type { Moment } from './moment.js';
import { RHYTHMS } from './rhythm.js';

export const memberSchema = z.object({
  id: z.string(),
  /**
   * Under which the audit trail and the employee's export name this place: random, since `id` may hold whose it is. Given
   * at the first change; null until then.
   */
  number: z.string().nullable().default(null),
  /** The name that the manager uses. */
  name: z.string(),
  /** Entra object id; null for somebody whose name was only typed: can be planned for, not shared with. */
  person: z.string().nullable().default(null),
  /** How often a coffee is meant to be; null for whom no coffee is kept. */
  rhythm: z.enum(RHYTHMS).nullable().default(null),
  /** Days of the last coffee and of the next one; nothing of what was said is ever kept. */
  lastDay: z.string().nullable().default(null),
  nextDay: z.string().nullable().default(null),
  /**
   * Since when the employee wants no fixed coffees (instant; GDPR art. 21); null when they did not say so. While it stands
   * nobody puts them on the list again.
   */
  coffeeRefusedAt: z.string().nullable().default(null),
  /** Counts the coffees, so that the opening questions differ from those of the last time. */
  coffees: z.number().int().default(0),
  /** The occasion of the newest reminder of it that did not arrive; null when all is well. */
  undeliveredOccasion: z.string().nullable().optional(),
  /** Goes up with each change: a card knows by it that it is no longer the newest. */
  version: z.number().int().default(0),
});

/** Somebody on a manager's list. */
export type Member = z.infer<typeof memberSchema>;

/** Somebody new on the list, with nothing planned. */
export function newMember(id: string, name: string, person: string | null): Member {
  return memberSchema.parse({ id, name, person });
}

/** What a form says of whom it is about: empty where it says nothing. `known` and `sameAs` are ids of places on the list. */
export type WhoAsked = {
  /** Chosen from the list. */
  readonly known: string;
  /** Typed, on one line. */
  readonly name: string;
  /** Entra object id of whom was chosen in Teams, lower case. */
  readonly person: string;
  /** The answer to the question whether it is one of the candidates: an id, or `SOMEBODY_ELSE`. */
  readonly sameAs: string;
};
/** The answer that it is nobody of those on the list. */
export const SOMEBODY_ELSE = 'new';

/**
 * Who is meant. `member`: this place on the list; `links` where it had no Teams account and gets the chosen one by the
 * manager's own word. `new`: somebody who is not on the list. `ask`: the manager has to say which of these, or none.
 */
export type MemberMatch =
  | { readonly is: 'member'; readonly member: Member; readonly links: boolean }
  | { readonly is: 'new' }
  | { readonly is: 'ask'; readonly candidates: readonly Member[] };

/**
 * Whom of a manager's list somebody means. A place belongs to one Teams account or to none: a name that was only typed
 * is never tied to an account because it is the same name, since the account's owner would read what is about a
 * namesake. What is known for sure comes first; what only may be so is asked.
 */
export function matchMember(members: readonly Member[], asked: WhoAsked): MemberMatch {
  const { name, person, sameAs } = asked;
  const known = members.find(({ id }) => id !== '' && id === asked.known);
  if (known !== undefined && (person === '' || known.person === person)) return found(known);
  if (person !== '') {
    const owner = members.find((member) => member.person === person);
    if (owner !== undefined) return found(owner);
    const unlinked = members.filter(
      (member) => member.person === null && (member === known || mayBeSameName(member.name, name)),
    );
    return decided(unlinked, sameAs, (member) => ({ ...member, person }));
  }
  const [only, ...others] = members.filter((member) => isSameName(member.name, name));
  if (only === undefined) return { is: 'new' };
  if (others.length === 0 && sameAs !== SOMEBODY_ELSE) return found(only);
  return decided([only, ...others], sameAs, (member) => member);
}

function found(member: Member): MemberMatch {
  return { is: 'member', member, links: false };
}

function decided(candidates: readonly Member[], sameAs: string, as: (member: Member) => Member): MemberMatch {
  if (candidates.length === 0 || sameAs === SOMEBODY_ELSE) return { is: 'new' };
  const chosen = candidates.find(({ id }) => id === sameAs);
  if (chosen === undefined) return { is: 'ask', candidates };
  const member = as(chosen);
  return { is: 'member', member, links: member.person !== chosen.person };
}

/** The same name, however it is written: capitals, accents and blanks make no difference. */
export function isSameName(one: string, other: string): boolean {
  return folded(one) === folded(other);
}

/** "Jan" and "Jan Smit" may be one person: the words of the shorter begin the longer. */
function mayBeSameName(one: string, other: string): boolean {
  const [short = '', long = ''] = [folded(one), folded(other)].sort((a, b) => a.length - b.length);
  return short !== '' && (short === long || long.startsWith(`${short} `));
}

const HASH_LETTERS = 32;

/**
 * The id of a new place on the list: the same for the same account, so that nobody stands there twice, and else for the
 * same form and name, so that saving twice makes one.
 */
export function newMemberId(form: string, name: string, person: string | null): string {
  if (person !== null) return `person-${person}`;
  const made = createHash('sha256')
    .update(`${form}|${folded(name)}`)
    .digest('hex');
  return `name-${made.slice(0, HASH_LETTERS)}`;
}

/** What a manager keeps of a place on the list, to tell it from another of the same name. */
export type MemberTraits = {
  readonly member: Member;
  /** Open moments and agreements, the newest first. */
  readonly moments: readonly Moment[];
  readonly agreements: readonly Agreement[];
};

export function traitsOf(
  candidates: readonly Member[],
  { moments, agreements }: { readonly moments: readonly Moment[]; readonly agreements: readonly Agreement[] },
): readonly MemberTraits[] {
  return candidates.map((member) => ({
    member,
    moments: moments
      .filter((moment) => moment.member === member.id && moment.status === 'open')
      .sort((one, other) => other.from.localeCompare(one.from)),
    agreements: agreements
      .filter((agreement) => agreement.member === member.id)
      .sort((one, other) => other.conversationDay.localeCompare(one.conversationDay)),
  }));
}

function folded(name: string): string {
  return name
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .replace(/[\s.,]+/gu, ' ')
    .trim()
    .toLocaleLowerCase('nl');
}
