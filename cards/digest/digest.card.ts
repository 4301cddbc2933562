import { MOST_PRIMARY_ACTIONS, primaryActionsIn } from '../action-sets.js';
import { type Button, button } from '../actions.js';
import type { AgreementView } from '../agreement/agreement-view.js';
import { type CoffeeView, lastLine } from '../coffee/coffee-view.js';
import { MOMENT_PLANS } from '../content/moment-kinds.js';
import type { MonthlyKind } from '../content/monthly-kinds.js';
import { format, type Lang, messagesFor } from '../content/words.js';
import { restOfBotIn } from '../crisis/help-messages.js';
import { longDay } from '../dates.js';
import type { RestView } from '../evaluation/resting.card.js';
import { type MomentView, whenLine } from '../moments/moment-view.js';
import { monthlyTitle } from '../monthly/monthly.card.js';
import { escapeMarkdown, stripMarkdown } from '../plain.js';
import { type Card, template } from '../render.js';
import type { AskedMomentView } from '../requests/decide.card.js';
import type { AskedScan } from '../scan/answer.card.js';
import type { AgreedView } from '../scan/measures.card.js';
import json from './digest.template.json' with { type: 'json' };

/** One thing of the day, most urgent first. `manager` is the id of whose record it is. */
export type DigestItem =
  | AgreementItem
  | RestingItem
  | CoffeeItem
  | MomentItem
  | MomentRequestItem
  | MonthlyItem
  | ScanItem
  | UncheckedItem;
type Common = {
  readonly manager: string;
  /** It has been dealt with, here or elsewhere. */
  readonly done: boolean;
};
type AgreementItem = Common & {
  readonly kind: 'evaluation' | 'landed' | 'evaluation-initiative' | 'removal-due';
  readonly agreement: AgreementView;
};
/** An open agreement that nobody came back to. */
type RestingItem = Common & {
  readonly kind: 'agreement-resting';
  readonly agreement: AgreementView;
  /** Null once somebody did. */
  readonly rest: RestView | null;
};
export type MomentItem = Common & {
  readonly kind: 'moment';
  readonly moment: MomentView;
  /** Which nudges of it are due, in the order of its plan: over a weekend or a pause several come on one day. */
  readonly nudges: readonly string[];
};
type MomentRequestItem = Common & {
  readonly kind: 'moment-asked-due';
  readonly moment: AskedMomentView;
};
type MonthlyItem = Common & {
  readonly kind: MonthlyKind;
  /** `YYYY-MM`. */
  readonly month: string;
};
type UncheckedItem = Common & {
  readonly kind: 'contacts-unchecked';
  /** Contacts of the organisation that nobody has looked at for long. */
  readonly count: number;
};
export type ScanItem = Common & {
  readonly kind: 'scan-due';
  /** To answer, or by who started it to look back or to ask again. */
  readonly task: 'answer' | 'evaluation' | 'again';
  readonly scan: AskedScan & Omit<AgreedView, 'isManager' | 'notice'>;
};
type CoffeeItem = Common & {
  readonly kind: 'coffee';
  readonly member: CoffeeView;
};

const fillTemplate = template<{
  title: string;
  count: string;
  items: { title: string; when: string; open: string; color: string; press: Button }[];
  more: string;
  buttons: Button[];
  why: string;
}>(json);
/** What is shown of a long day: the card stays within its size, the rest stands in the list. */
const MOST_SHOWN = 12;

/** Two lines of one moment as one, with the nudges of both. */
export function joinedMoment(one: MomentItem, other: MomentItem): MomentItem {
  const due = [...one.nudges, ...other.nudges];
  const nudges = MOMENT_PLANS[one.moment.kind].nudges.map(({ id }) => id).filter((id) => due.includes(id));
  const later = (one.moment.nextDay ?? '') > (other.moment.nextDay ?? '') ? one : other;
  return { ...later, nudges };
}

/** All that was due for one person on a day, each thing opened and dealt with in the card's own place. */
export function digestCard(lang: Lang, day: string, items: readonly DigestItem[]): Card {
  const { digest: words, agreement, menu } = messagesFor(lang);
  const count = format(lang, words.count, { count: items.length });
  const left = items.length - MOST_SHOWN;
  return fillTemplate(lang, `${words.title}. ${count}`, {
    title: words.title,
    count,
    items: items.slice(0, MOST_SHOWN).map((item) => {
      const shown = line(lang, item);
      // All that a screen reader says of the row.
      const spoken = `${words.open}: ${stripMarkdown(shown.title)}`;
      return {
        ...shown,
        open: item.done ? words.done : words.open,
        color: item.done ? 'Good' : 'Accent',
        press: withDigest(pressOf(lang, item, spoken), day),
      };
    }),
    more: left > 0 ? format(lang, words.more, { count: left }) : '',
    buttons: [
      button(lang, 'agreement.list', agreement.listTitle, { page: 0 }),
      button(lang, 'settings.show', menu.settings, {}),
    ],
    why: words.why,
  });
}

/**
 * The card that a press from a digest brought, with the way back to it on every button and a button that leads back,
 * which is secondary where there are as many primary ones as may be.
 */
export function withWayBack(card: Card, day: string): Card {
  // Named apart from `day`, which forms ask for: what a form holds comes along and would take its place.
  const lang = restOfBotIn(card.lang);
  const title = messagesFor(lang).digest.back;
  const secondary = primaryActionsIn(card.body).length >= MOST_PRIMARY_ACTIONS;
  const back = button(lang, 'digest.show', title, { digestDay: day }, { withoutInputs: true, secondary });
  const body = withDigestInside(card.body, day) as Card['body'];
  return { ...card, body: [...body, { type: 'ActionSet', actions: [back] }] };
}

function withDigestInside(part: unknown, day: string): unknown {
  if (Array.isArray(part)) return part.map((one) => withDigestInside(one, day));
  if (typeof part !== 'object' || part === null) return part;
  const inside = Object.fromEntries(
    Object.entries(part).map(([name, one]) => [name, name === 'data' ? one : withDigestInside(one, day)]),
  );
  const { type } = inside;
  return type === 'Action.Execute' || type === 'Action.Submit' ? withDigest(inside as Button, day) : inside;
}

function withDigest(action: Button, day: string): Button {
  const { data, fallback } = action;
  const carried = { ...(data as object), digest: day };
  if (fallback === undefined) return { ...action, data: carried };
  return { ...action, data: carried, fallback: withDigest(fallback as Button, day) };
}

function pressOf(lang: Lang, item: DigestItem, open: string): Button {
  if (item.kind === 'coffee') return button(lang, 'coffee.show', open, { id: item.member.id });
  if (item.kind === 'moment')
    return button(lang, 'moments.show', open, { id: item.moment.id, nudges: [...item.nudges] });
  if (item.kind === 'moment-asked-due') return button(lang, 'request.decide', open, { id: item.moment.id });
  if (item.kind === 'contacts-unchecked') return button(lang, 'hr.contacts', open, { page: 0 });
  if (item.kind === 'scan-due') return scanPress(lang, item, open);
  if ('month' in item) return button(lang, 'monthly.show', open, { kind: item.kind, month: item.month });
  const { id } = item.agreement;
  const { manager } = item;
  switch (item.kind) {
    case 'evaluation':
      return button(lang, 'evaluation.open', open, { id });
    case 'landed':
      return button(lang, 'landed.open', open, { id });
    case 'removal-due':
      return button(lang, 'removal.decide', open, { id });
    case 'agreement-resting':
      return button(lang, 'agreement.show', open, { id });
    case 'evaluation-initiative':
      return button(lang, 'about.show', open, { manager, id });
  }
}

function scanPress(lang: Lang, { task, scan: { id } }: ScanItem, open: string): Button {
  switch (task) {
    case 'answer':
      return button(lang, 'scan.ask', open, { id });
    case 'evaluation':
      return button(lang, 'scan.evaluate', open, { id });
    case 'again':
      return button(lang, 'scan.show', open, { id });
  }
}

function scanLine(lang: Lang, { task, scan }: ScanItem): { title: string; when: string } {
  const { measures: words } = messagesFor(lang).scan;
  const name = { name: escapeMarkdown(scan.name) };
  switch (task) {
    case 'answer': {
      const day = longDay(lang, scan.lastDay);
      return { title: format(lang, words.dueDigest, name), when: format(lang, words.dueDay, { day }) };
    }
    case 'evaluation': {
      const day = scan.nextDay === null ? '' : longDay(lang, scan.nextDay);
      const when = scan.nextDay === null ? words.ended : format(lang, words.digestDay, { day });
      return { title: format(lang, words.digest, name), when };
    }
    case 'again':
      return { title: format(lang, words.againDigest, name), when: words.againWhen };
  }
}

function line(lang: Lang, item: DigestItem): { title: string; when: string } {
  const { coffee, digest: words, moments, hr, removal, requests } = messagesFor(lang);
  if (item.kind === 'contacts-unchecked') {
    return { title: hr.reminderTitle, when: format(lang, hr.reminderWhen, { count: item.count }) };
  }
  if (item.kind === 'scan-due') return scanLine(lang, item);
  if ('month' in item) return { title: monthlyTitle(lang, item.kind, item.month), when: words.monthly };
  if (item.kind === 'moment') {
    const { kind, memberName } = item.moment;
    const names = { kind: moments.kinds[kind], name: escapeMarkdown(memberName) };
    return { title: format(lang, moments.reminderTitle, names), when: whenLine(lang, item.moment) };
  }
  if (item.kind === 'moment-asked-due') {
    const { memberName, request } = item.moment;
    const by = longDay(lang, request.by);
    return {
      title: format(lang, requests.digest, { name: escapeMarkdown(memberName) }),
      when: format(lang, requests.digestDay, { by }),
    };
  }
  if (item.kind === 'coffee') {
    const { name, lastDay } = item.member;
    const title = format(lang, coffee.reminderTitle, { name: escapeMarkdown(name) });
    return { title, when: lastLine(lang, lastDay, (day) => longDay(lang, day)) };
  }
  const { agreement } = item;
  const names = {
    name: escapeMarkdown(agreement.memberName),
    manager: escapeMarkdown(agreement.managerName),
  };
  const nextDay = { day: longDay(lang, agreement.nextDay) };
  switch (item.kind) {
    case 'removal-due': {
      const by = agreement.removal === null ? '' : longDay(lang, agreement.removal.by);
      return { title: format(lang, removal.digest, names), when: format(lang, removal.digestDay, { by }) };
    }
    case 'agreement-resting': {
      const { rest } = item;
      const when =
        rest === null ? '' : format(lang, words.restingDay, { closes: longDay(lang, rest.closes) });
      return { title: format(lang, words.resting, names), when };
    }
    case 'evaluation':
      return {
        title: format(lang, words.evaluation, names),
        when: format(lang, words.evaluationDay, nextDay),
      };
    case 'landed': {
      const day = longDay(lang, agreement.conversationDay);
      return { title: format(lang, words.landed, names), when: format(lang, words.landedDay, { day }) };
    }
    case 'evaluation-initiative':
      return {
        title: format(lang, words.initiative, names),
        when: format(lang, words.evaluationDay, nextDay),
      };
  }
}
