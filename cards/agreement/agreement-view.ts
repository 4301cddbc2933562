import { format, type Lang, type Messages, messagesFor } from '../content/words.js';
import { longDay, shortDay } from '../dates.js';
import { escapeMarkdown } from '../plain.js';
import type { RemovalView } from '../removal/removal-view.js';

type AgreementWords = Messages['agreement'];

/** What a card shows of an agreement: the record as it is kept fits it. Days are `YYYY-MM-DD`. */
export type AgreementView = {
  readonly id: string;
  readonly version: number;
  /** The id of the employee's place on the manager's list. */
  readonly member: string;
  readonly memberName: string;
  readonly managerName: string;
  /** The name of whose it was before, when the employee was last told of a handover. */
  readonly movedFrom: string | null;
  readonly conversationDay: string;
  readonly present: readonly (keyof AgreementWords['present'])[];
  readonly subjects: readonly (keyof AgreementWords['subjects'])[];
  readonly items: readonly ItemView[];
  readonly initiative: keyof AgreementWords['initiative'];
  readonly rhythm: keyof AgreementWords['rhythm'];
  readonly nextDay: string;
  readonly answer: keyof AgreementWords['answer'];
  /** What the employee asks to have changed; null when there is nothing. */
  readonly changeAsked: ChangeRequestView | null;
  /** The employee's request to remove it; null when there is none. */
  readonly removal: RemovalView | null;
  /** Which kind of reminder did not arrive and the code of why; 403 and 404 are people who cannot be reached. */
  readonly undelivered: {
    readonly kind: string;
    readonly why: string;
    readonly givenUp?: true | undefined;
  } | null;
  readonly status: 'open' | 'closed';
};
export type ChangeRequestView = {
  readonly subjects: readonly (keyof Messages['about']['change'])[];
  readonly note: string;
  /** Instant: which request it is. */
  readonly askedAt: string;
  /** When the manager said that it was discussed (instant); null while it waits for that. */
  readonly handledAt: string | null;
  readonly reply: keyof AgreementWords['replies'] | 'proposed' | null;
};
export type ItemView = {
  readonly id: string;
  readonly who: keyof AgreementWords['whoIs'];
  readonly what: string;
  readonly from: string | null;
  readonly by: string | null;
  readonly outcome: keyof AgreementWords['outcome'] | null;
};

/** Whose view it is: the manager reads "Ik" where the employee reads the manager's name. */
export type Reader = 'manager' | 'employee';
export type Fact = { readonly title: string; readonly value: string };

/** Escapes user text for where it is shown: `escapeMarkdown` on cards, since Teams renders markdown there. */
export type Safe = (text: string) => string;

/** Who does it, what by when and how the last evaluation left it, in one line. Names come out escaped. */
export function itemDetails(
  lang: Lang,
  { agreement, item }: { readonly agreement: AgreementView; readonly item: ItemView },
  { reader, safe = escapeMarkdown }: { readonly reader: Reader; readonly safe?: Safe },
): string {
  const words = messagesFor(lang).agreement;
  const names = { name: safe(agreement.memberName), manager: safe(agreement.managerName) };
  const forOther: Record<string, string> = words.whoIsOther;
  const who = (reader === 'employee' ? forOther[item.who] : undefined) ?? words.whoIs[item.who];
  const parts = [format(lang, who, names), ...whenOf(lang, item)];
  if (item.outcome !== null) parts.push(words.outcome[item.outcome]);
  return parts.join(' · ');
}

/** From when until when; the one day alone where only one was asked for, which may be either. */
function whenOf(lang: Lang, { from, by }: ItemView): readonly string[] {
  const words = messagesFor(lang).agreement;
  if (from === null || from === by) return by === null ? [] : [shortDay(lang, by)];
  const first = shortDay(lang, from);
  return by === null
    ? [format(lang, words.itemFrom, { from: first })]
    : [format(lang, words.itemFromBy, { from: first, by: shortDay(lang, by) })];
}

export function itemLines(
  lang: Lang,
  agreement: AgreementView,
  { reader, safe = escapeMarkdown }: { readonly reader: Reader; readonly safe?: Safe },
) {
  return agreement.items.map((item) => ({
    what: safe(item.what),
    details: itemDetails(lang, { agreement, item }, { reader, safe }),
  }));
}

/** What the employee asks to have changed, while it waits; null when there is nothing. */
export function openRequest({ changeAsked }: AgreementView): ChangeRequestView | null {
  return changeAsked !== null && changeAsked.handledAt === null ? changeAsked : null;
}

/** How an agreement is on a card: what the card's buttons carry, so that a press tells what was seen. */
export function seenOf(agreement: AgreementView): { id: string; version: number; asked: string } {
  const { id, version } = agreement;
  return { id, version, asked: openRequest(agreement)?.askedAt ?? '' };
}

/** What the employee asks for, as their manager reads it; empty when nothing waits. */
export function requestLine(lang: Lang, agreement: AgreementView): string {
  const request = openRequest(agreement);
  if (request === null) return '';
  const { about, agreement: words } = messagesFor(lang);
  const { note, reply } = request;
  return [
    format(lang, words.requestTitle, { name: escapeMarkdown(agreement.memberName) }),
    `${format(lang, about.managerChangeText, { subjects: changeSubjects(lang, request) })}.`,
    ...(note === '' ? [] : [format(lang, about.managerChangeNote, { note: escapeMarkdown(note) })]),
    ...(reply === null ? [] : [format(lang, words.replyWas, { reply: replyText(lang, reply) })]),
  ].join(' ');
}

/** What the employee asked to have changed, and whether it was discussed, as they read it; empty when it is nothing. */
export function ownRequestLine(
  lang: Lang,
  { changeAsked, managerName }: AgreementView,
  safe: Safe = escapeMarkdown,
): string {
  if (changeAsked === null) return '';
  const { about: words } = messagesFor(lang);
  const { note, handledAt, reply } = changeAsked;
  const waiting =
    reply === null
      ? words.requestWaiting
      : reply === 'proposed'
        ? words.requestProposed
        : words.requestReplied;
  const line = format(lang, handledAt === null ? waiting : words.requestHandled, {
    subjects: changeSubjects(lang, changeAsked),
    manager: safe(managerName),
    reply: reply === null ? '' : replyText(lang, reply),
  });
  return note === '' ? line : `${line} ${format(lang, words.requestNote, { note: safe(note) })}`;
}

function replyText(lang: Lang, reply: NonNullable<ChangeRequestView['reply']>): string {
  const words = messagesFor(lang).agreement;
  return reply === 'proposed' ? words.replyProposed : words.replies[reply];
}

/** What an employee wants to be different, in words. */
export function changeSubjects(lang: Lang, { subjects }: ChangeRequestView): string {
  const { change } = messagesFor(lang).about;
  return subjects.map((id) => change[id]).join(', ');
}

/**
 * What to say of a reminder that did not arrive; empty when all is well. Not that they could not be reached: whoever
 * reads it is there.
 */
export function undeliveredLine(lang: Lang, { undelivered }: AgreementView): string {
  const words = messagesFor(lang).agreement.undelivered;
  if (undelivered === null) return '';
  return undelivered.givenUp === true ? words.givenUp : words.again;
}

/** The conversation and the evaluation as facts, the same for both readers but for who is called what. */
export function agreementFacts(
  lang: Lang,
  agreement: AgreementView,
  { reader, safe = escapeMarkdown }: { readonly reader: Reader; readonly safe?: Safe },
): Fact[] {
  const words = messagesFor(lang).agreement;
  const present = agreement.present.map((who) => {
    if (who === 'manager') return reader === 'manager' ? words.present.manager : safe(agreement.managerName);
    if (who === 'employee')
      return reader === 'employee' ? words.whoIsOther.employee : safe(agreement.memberName);
    return words.present[who];
  });
  const facts: Fact[] = [
    { title: words.conversationOn, value: longDay(lang, agreement.conversationDay) },
    { title: words.presentWere, value: present.join(', ') },
    { title: words.aboutSubjects, value: agreement.subjects.map((id) => words.subjects[id]).join(', ') },
  ];
  if (agreement.status === 'open') {
    facts.push(
      { title: words.nextOn, value: longDay(lang, agreement.nextDay) },
      { title: words.initiativeBy, value: initiativeTaker(lang, agreement, reader, safe) },
      { title: words.rhythmIs, value: words.rhythm[agreement.rhythm] },
    );
  }
  return facts;
}

function initiativeTaker(lang: Lang, agreement: AgreementView, reader: Reader, safe: Safe): string {
  const words = messagesFor(lang).agreement;
  if (reader === 'manager') {
    return format(lang, words.initiative[agreement.initiative], { name: safe(agreement.memberName) });
  }
  return agreement.initiative === 'employee' ? words.whoIsOther.employee : safe(agreement.managerName);
}
