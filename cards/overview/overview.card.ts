import { type Button, button } from '../actions.js';
import { type AgreementView, undeliveredLine } from '../agreement/agreement-view.js';
import { type Choice, choicesOf } from '../choices.js';
import type { CoffeeView } from '../coffee/coffee-view.js';
import { format, type Lang, messagesFor } from '../content/words.js';
import { longDay } from '../dates.js';
import type { MomentView } from '../moments/moment-view.js';
import { pageOf } from '../pages.js';
import { escapeMarkdown, stripMarkdown } from '../plain.js';
import { type Card, template } from '../render.js';
import { type ScanLine, scanState } from '../scan/home.card.js';
import json from './overview.template.json' with { type: 'json' };

/** Why something is open, most urgent first: what somebody asked of the manager has a term, or a person who waits. */
export const OPEN_GROUPS = ['asked', 'overdue', 'today', 'week', 'undelivered', 'waiting', 'later'] as const;
export type OpenGroup = (typeof OPEN_GROUPS)[number];

/** What asks nothing of the manager now. */
const NOT_NOW: readonly OpenGroup[] = ['waiting', 'later'];

/** One open thing. `day` is when it is meant to be done, `YYYY-MM-DD`. */
export type OpenThing = {
  readonly group: OpenGroup;
  readonly day: string;
} & (
  | { readonly kind: 'evaluation'; readonly agreement: AgreementView }
  | { readonly kind: 'removal'; readonly agreement: AgreementView }
  /** What an employee asked to have changed in an agreement that is closed. */
  | { readonly kind: 'request'; readonly agreement: AgreementView }
  | { readonly kind: 'coffee'; readonly member: CoffeeView }
  | { readonly kind: 'moment' | 'moment-request'; readonly moment: MomentView }
  | { readonly kind: 'scan'; readonly scan: ScanLine }
);

export type OverviewData = {
  /** In the order of the groups. */
  readonly things: readonly OpenThing[];
  /** Everybody with something open: id and name. */
  readonly members: readonly { readonly id: string; readonly name: string }[];
  /** The id of the one person that is shown, empty for all. */
  readonly of: string;
  readonly page: number;
};

type Row = { name: string; about: string; press: Button };
const PER_PAGE = 10;
/** The choice that stands for everybody: a choice has to have a value. */
export const EVERYONE = 'all';
/** A list longer than this is no list to choose from. */
const MOST_MEMBERS = 100;
const fillTemplate = template<{
  title: string;
  intro: string;
  groups: { title: string; color: string; rows: Row[] }[];
  range: string;
  memberLabel: string;
  members: Choice[];
  member: string;
  filterButtons: Button[];
  buttons: Button[];
}>(json);

/** All that is open, by how urgent it is, a page at a time; each line opens the thing itself. */
export function overviewCard(lang: Lang, { things, members, of, page: asked }: OverviewData): Card {
  const { overview: words, menu } = messagesFor(lang);
  const { shown, page, lastPage, range } = pageOf(things, asked, PER_PAGE);
  return fillTemplate(lang, words.title, {
    title: words.title,
    intro: range.total === 0 ? words.introNone : introOf(lang, things),
    groups: OPEN_GROUPS.map((group) => ({
      title: words.groups[group],
      color: group === 'asked' || group === 'overdue' || group === 'undelivered' ? 'Attention' : 'Default',
      rows: shown.filter((thing) => thing.group === group).map((thing) => rowOf(lang, thing)),
    })).filter(({ rows }) => rows.length > 0),
    range: lastPage > 0 ? format(lang, words.page, range) : '',
    memberLabel: words.memberLabel,
    members: choicesOf(memberTitles(words.everyone, members)),
    member: of === '' ? EVERYONE : of,
    filterButtons: [button(lang, 'overview.filter', words.filter, {})],
    buttons: [
      ...(page < lastPage ? [button(lang, 'overview.show', words.later, { page: page + 1, of })] : []),
      ...(page > 0 ? [button(lang, 'overview.show', words.earlier, { page: page - 1, of })] : []),
      button(lang, 'agreement.list', words.agreements, { page: 0 }, { withoutInputs: true }),
      button(lang, 'coffee.list', words.coffeeList, { page: 0 }, { withoutInputs: true }),
      button(lang, 'moments.list', words.moments, { page: 0 }, { withoutInputs: true, secondary: true }),
      button(lang, 'settings.show', menu.settings, {}, { withoutInputs: true, secondary: true }),
    ],
  });
}

/** How many things there are to do now, and how many that can wait. */
function introOf(lang: Lang, things: readonly OpenThing[]): string {
  const waits = things.filter(({ group }) => NOT_NOW.includes(group)).length;
  return format(lang, messagesFor(lang).overview.intro, { now: things.length - waits, later: waits });
}

/** Whom one can choose, by id, with the choice that stands for everybody. */
export function memberTitles(
  everyone: string,
  members: OverviewData['members'],
): Readonly<Record<string, string>> {
  const named = members.slice(0, MOST_MEMBERS).map(({ id, name }) => [id, stripMarkdown(name)] as const);
  return { [EVERYONE]: everyone, ...Object.fromEntries(named) };
}

function rowOf(lang: Lang, thing: OpenThing): Row {
  const { overview: words, moments, removal, requests } = messagesFor(lang);
  const day = longDay(lang, thing.day);
  const when = format(lang, thing.group === 'overdue' ? words.since : words.onDay, { day });
  switch (thing.kind) {
    case 'evaluation': {
      const { agreement } = thing;
      const name = format(lang, words.evaluation, { name: escapeMarkdown(agreement.memberName) });
      const spoken = format(lang, words.evaluation, { name: stripMarkdown(agreement.memberName) });
      return {
        name,
        about: aboutAgreement(lang, thing.group, agreement, when),
        press: openOf(lang, thing, spoken),
      };
    }
    case 'request': {
      const { id, memberName } = thing.agreement;
      const { viewTitle } = messagesFor(lang).agreement;
      const spoken = format(lang, viewTitle, { name: stripMarkdown(memberName) });
      return {
        name: format(lang, viewTitle, { name: escapeMarkdown(memberName) }),
        about: format(lang, words.changeAsked, { name: escapeMarkdown(memberName) }),
        press: button(lang, 'agreement.show', spoken, { id }),
      };
    }
    case 'removal': {
      const { id, memberName } = thing.agreement;
      const spoken = format(lang, removal.digest, { name: stripMarkdown(memberName) });
      return {
        name: format(lang, removal.digest, { name: escapeMarkdown(memberName) }),
        about: format(lang, removal.digestDay, { by: day }),
        press: button(lang, 'removal.decide', spoken, { id }),
      };
    }
    case 'coffee': {
      const name = format(lang, words.coffee, { name: escapeMarkdown(thing.member.name) });
      const spoken = format(lang, words.coffee, { name: stripMarkdown(thing.member.name) });
      return { name, about: when, press: button(lang, 'coffee.show', spoken, { id: thing.member.id }) };
    }
    case 'scan': {
      const { scan: scanWords } = messagesFor(lang);
      const { id, name } = thing.scan;
      const spoken = `${scanWords.title}: ${stripMarkdown(name)}`;
      return {
        name: `${scanWords.title}: ${escapeMarkdown(name)}`,
        about: scanState(lang, thing.scan),
        press: button(lang, 'scan.show', spoken, { id }),
      };
    }
    case 'moment-request': {
      const { id, memberName } = thing.moment;
      const spoken = format(lang, requests.digest, { name: stripMarkdown(memberName) });
      return {
        name: format(lang, requests.digest, { name: escapeMarkdown(memberName) }),
        about: format(lang, requests.digestDay, { by: day }),
        press: button(lang, 'request.decide', spoken, { id }),
      };
    }
    case 'moment': {
      const kind = moments.kinds[thing.moment.kind];
      const name = format(lang, words.moment, { kind, name: escapeMarkdown(thing.moment.memberName) });
      const spoken = format(lang, words.moment, { kind, name: stripMarkdown(thing.moment.memberName) });
      return { name, about: when, press: button(lang, 'moments.show', spoken, { id: thing.moment.id }) };
    }
  }
}

/** What is due opens where it is recorded; what waits or was not delivered opens as it stands. */
function openOf(
  lang: Lang,
  { group, agreement: { id } }: OpenThing & { kind: 'evaluation' },
  title: string,
): Button {
  return group === 'asked' || group === 'waiting' || group === 'undelivered'
    ? button(lang, 'agreement.show', title, { id })
    : button(lang, 'evaluation.open', title, { id });
}

function aboutAgreement(lang: Lang, group: OpenGroup, agreement: AgreementView, when: string): string {
  const { overview: words } = messagesFor(lang);
  const name = escapeMarkdown(agreement.memberName);
  if (group === 'undelivered') return undeliveredLine(lang, agreement);
  if (group === 'asked') return format(lang, words.changeAsked, { name });
  return group === 'waiting' ? format(lang, words.waitingFor, { name }) : when;
}
