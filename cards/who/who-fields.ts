import { type Problems, problemText } from '../agreement/problems.js';
import type { Choice } from '../choices.js';
import { format, type Lang, type Messages, messagesFor } from '../content/words.js';
import { shortDay } from '../dates.js';
import { stripMarkdown } from '../plain.js';
import { fragment } from '../render.js';
import json from './who-fields.template.json' with { type: 'json' };

/** Longer is no name. The field takes more, and says so: a client that cuts what is pasted says nothing. */
export const NAME_MAX = 60;
/** The value of the answer that it is nobody on the list. */
const SOMEBODY_ELSE = 'new';
/** A list longer than this is no list to choose from: then one types the name. Keeps the card within its size. */
const MOST_KNOWN = 100;
/** So much of what is kept tells two people apart. */
const MOST_TRAITS = 3;

/** Somebody on the manager's list, with what tells them from others of the same name. Days are `YYYY-MM-DD`. */
export type WhoView = {
  readonly member: {
    readonly id: string;
    readonly name: string;
    /** Whether they are one account in Teams: its id, or null. */
    readonly person: string | null;
    readonly rhythm: keyof Messages['coffee']['rhythms'] | null;
    readonly lastDay: string | null;
  };
  readonly moments: readonly { readonly kind: keyof Messages['moments']['kinds']; readonly from: string }[];
  readonly agreements: readonly { readonly conversationDay: string }[];
};
/** The fields as typed: who was chosen from the list, a name, whom in Teams, and the answer to the question. */
export type WhoTyped = {
  readonly known: string;
  readonly name: string;
  readonly person: string;
  readonly sameAs: string;
};
export type WhoFieldsData = {
  readonly typed: WhoTyped;
  /** Everybody on the list. */
  readonly people: readonly WhoView[];
  /** Ids of those among whom the manager has to choose; empty where there is no question. */
  readonly asked: readonly string[];
  readonly problems: Problems;
  /** What it brings to choose somebody in Teams. */
  readonly why: string;
};

const fillFragment = fragment<Record<string, unknown>>(json);

/** Asks whom something is about: somebody from the list, a name, somebody in Teams, and which of two where it is unclear. */
export function whoFields(
  lang: Lang,
  { typed, people, asked, problems, why }: WhoFieldsData,
): readonly unknown[] {
  const { agreement: words } = messagesFor(lang);
  const hasKnown = people.length > 0;
  return fillFragment({
    question: asked.length === 0 ? '' : questionFor(lang, typed.person),
    candidates: candidateChoices(
      lang,
      people.filter(({ member }) => asked.includes(member.id)),
    ),
    sameAs: typed.sameAs,
    sameAsProblem: problemText(lang, problems.sameAs),
    hasKnown,
    knownLabel: words.known,
    knownHint: words.knownHint,
    knownChoices: knownChoices(lang, people),
    known: typed.known,
    knownProblem: problemText(lang, problems.known),
    nameLabel: hasKnown ? words.nameOther : words.nameNew,
    nameHint: words.nameHint,
    nameRequired: !hasKnown,
    nameError: words.problem.noName,
    name: typed.name,
    nameProblem: problemText(lang, problems.name),
    personLabel: words.person,
    personHint: words.personHint,
    personWhy: why,
    person: typed.person,
    personChoices: chosenInTeams(lang, { account: typed.person, name: typed.name, people }),
    personProblem: problemText(lang, problems.person),
  });
}

/**
 * Who was chosen in Teams, by the name that the manager uses, so that a form that comes back shows it: a client has looked up
 * no names for it yet, and a field that looks empty is filled in anew or forgotten.
 */
export function chosenInTeams(
  lang: Lang,
  {
    account,
    name,
    people,
  }: { readonly account: string; readonly name: string; readonly people: readonly WhoView[] },
): readonly Choice[] {
  if (account === '') return [];
  const listed = people.find(({ member }) => member.person === account)?.member.name ?? '';
  const known = [name, listed].map(stripMarkdown).find((one) => one.trim() !== '');
  return [{ title: known ?? messagesFor(lang).who.chosenInTeams, value: account }];
}

/** The question whether somebody is one of the people on the list. `person` is empty where only a name was typed. */
export function questionFor(lang: Lang, person: string): string {
  const { who } = messagesFor(lang);
  return person === '' ? who.questionName : who.questionAccount;
}

/** The people among whom to choose, each with what tells them apart, and that it is somebody else. */
export function candidateChoices(lang: Lang, people: readonly WhoView[]): readonly Choice[] {
  const choices = people.map((one) => ({ title: titleWithTraits(lang, one), value: one.member.id }));
  return [...told(choices), { title: messagesFor(lang).who.somebodyElse, value: SOMEBODY_ELSE }];
}

/** By name; of those who share one with what tells them apart. */
export function knownChoices(lang: Lang, people: readonly WhoView[]): readonly Choice[] {
  const sameName = (name: string) =>
    people.filter(({ member }) => stripMarkdown(member.name) === name).length > 1;
  const choices = people.map((one): Choice => {
    const name = stripMarkdown(one.member.name);
    return { title: sameName(name) ? titleWithTraits(lang, one) : name, value: one.member.id };
  });
  const sorted = choices.sort((one, other) => one.title.localeCompare(other.title, lang));
  return told(sorted.slice(0, MOST_KNOWN));
}

function titleWithTraits(lang: Lang, one: WhoView): string {
  const traits = traitsOf(lang, one).slice(0, MOST_TRAITS).join('; ');
  return format(lang, messagesFor(lang).who.candidate, { name: stripMarkdown(one.member.name), traits });
}

function traitsOf(lang: Lang, { member, moments, agreements }: WhoView): readonly string[] {
  const { who, coffee, moments: momentWords } = messagesFor(lang);
  const { rhythm, lastDay } = member;
  const shown = (day: string) => shortDay(lang, day);
  const [agreement] = agreements;
  const traits = [
    ...(rhythm === null ? [] : [coffeeTrait(lang, coffee.rhythms[rhythm].toLowerCase(), lastDay)]),
    ...moments
      .slice(0, 1)
      .map(({ kind, from }) =>
        format(lang, who.moment, { kind: momentWords.kinds[kind].toLowerCase(), day: shown(from) }),
      ),
    ...(agreement === undefined
      ? []
      : [format(lang, who.agreement, { day: shown(agreement.conversationDay) })]),
    ...(member.person === null ? [] : [who.linked]),
  ];
  return traits.length === 0 ? [who.nothing] : traits;
}

function coffeeTrait(lang: Lang, rhythm: string, lastDay: string | null): string {
  const { who } = messagesFor(lang);
  return lastDay === null
    ? format(lang, who.coffee, { rhythm })
    : format(lang, who.coffeeLast, { rhythm, day: shortDay(lang, lastDay) });
}

/** Of which nothing tells two apart, they are counted. */
function told(choices: readonly Choice[]): readonly Choice[] {
  return choices.map((choice, at) => {
    const before = choices.slice(0, at).filter(({ title }) => title === choice.title).length;
    const others = choices.some((other) => other !== choice && other.title === choice.title);
    return others ? { ...choice, title: `${choice.title} (${before + 1})` } : choice;
  });
}
