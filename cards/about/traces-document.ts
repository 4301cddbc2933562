import { format, type Lang, type Messages, messagesFor } from '../content/words.js';
import { longDay } from '../dates.js';
import { type Block, heading, item, text } from '../document.js';
import { oneLine } from '../plain.js';

type Moment = { readonly day: string; readonly time: string };
type ReminderKind = keyof Messages['export']['kinds'];

/** What there is of somebody themselves. Days are `YYYY-MM-DD`, times `HH:mm`. */
export type Trace = AccountTrace | SentTrace | PlannedTrace | ActsTrace | HandoverTrace | ScanTrace;
export type AccountTrace = {
  readonly kind: 'account';
  /** Whether the bot knows them at all. */
  readonly known: boolean;
  /** On HR's list of who may record; null while that cannot be known. */
  readonly listed: boolean | null;
  readonly language: Lang | null;
  readonly zone: string | null;
  readonly time: string | null;
  /** ISO weekdays. */
  readonly days: readonly number[];
  readonly pausedUntil: string | null;
  readonly off: readonly (keyof Messages['settings']['kinds'])[];
  readonly monthly: readonly (keyof Messages['monthly']['kinds'])[];
  /** Where Teams takes messages for them. */
  readonly address: string | null;
  readonly installed: string | null;
  readonly away: string | null;
};
export type SentTrace = {
  readonly kind: 'sent';
  /** The newest first. */
  readonly messages: readonly (Moment & { readonly kinds: readonly ReminderKind[] })[];
};
export type PlannedTrace = {
  readonly kind: 'planned';
  /** Whether these are all. */
  readonly complete: boolean;
  readonly reminders: readonly (Moment & { readonly kind: ReminderKind })[];
  /** What waits until they can be reached. */
  readonly waiting: readonly ReminderKind[];
};
export type ActsTrace = {
  readonly kind: 'acts';
  readonly complete: boolean;
  /** The newest first. */
  readonly acts: readonly (Moment & {
    readonly did: string;
    readonly by: keyof Messages['export']['by'];
    readonly number: string;
  })[];
};
export type HandoverTrace = {
  readonly kind: 'handover';
  readonly part: keyof Messages['export']['part'];
  readonly number: string;
  readonly state: keyof Messages['export']['handoverState'];
  /** Null where that is not theirs to know yet. */
  readonly what: 'move' | 'delete' | null;
  readonly leaverName: string;
  readonly successorName: string;
  readonly askedOn: string;
  readonly stateOn: string;
};

export type ScanTrace = {
  readonly kind: 'scan';
  readonly part: 'asked' | 'started';
  readonly number: string;
  readonly name: string;
  readonly managerName: string;
  readonly startedOn: string;
  readonly lastDay: string;
  readonly goes: string;
  /** Whether they answered; null where that is not kept any more. */
  readonly answered: boolean | null;
};

const TRACES = {
  account: accountSection,
  sent: sentSection,
  planned: plannedSection,
  acts: actsSection,
  handover: handoverSection,
  scan: scanSection,
} as const;

export function isTrace<Other extends { readonly kind: string }>(one: Other | Trace): one is Trace {
  return Object.hasOwn(TRACES, one.kind);
}

/** One kind of what there is of somebody themselves, to read, with its heading. */
export function traceSection(lang: Lang, trace: Trace): Block[] {
  switch (trace.kind) {
    case 'account':
      return accountSection(lang, trace);
    case 'sent':
      return sentSection(lang, trace);
    case 'planned':
      return plannedSection(lang, trace);
    case 'acts':
      return actsSection(lang, trace);
    case 'handover':
      return handoverSection(lang, trace);
    case 'scan':
      return scanSection(lang, trace);
  }
}

function accountSection(lang: Lang, account: AccountTrace): Block[] {
  const { export: words, settings, monthly } = messagesFor(lang);
  const { account: titles } = words;
  const each = (ids: readonly (string | number)[], names: Readonly<Record<string, string>>) =>
    ids.map((id) => names[String(id)] ?? String(id)).join(', ');
  const facts: readonly (readonly [string, string | null])[] = [
    [titles.language, account.language === null ? null : settings.languages[account.language]],
    [titles.zone, account.zone],
    [titles.time, account.time],
    [titles.days, each(account.days, settings.days)],
    [titles.pausedUntil, dayOrNull(lang, account.pausedUntil)],
    [titles.off, each(account.off, settings.kinds)],
    [titles.monthly, each(account.monthly, monthly.kinds)],
    [titles.address, account.address],
    [titles.installed, dayOrNull(lang, account.installed)],
    [titles.away, dayOrNull(lang, account.away)],
    [titles.listed, account.listed === null ? words.notKnown : account.listed ? words.yes : words.no],
  ];
  return [
    heading(words.accountTitle),
    text(account.known ? words.accountText : words.accountNone),
    ...facts.flatMap(([title, value]): Block[] =>
      value === null || value === '' ? [] : [{ kind: 'fact', title, value: oneLine(value) }],
    ),
  ];
}

function sentSection(lang: Lang, { messages }: SentTrace): Block[] {
  const { export: words } = messagesFor(lang);
  return [
    heading(words.sentTitle),
    ...(messages.length === 0 ? [text(words.sentNone)] : []),
    ...messages.map(({ kinds, ...moment }) =>
      item(`${momentLine(lang, moment)}: ${kinds.map((kind) => words.kinds[kind]).join(', ')}`),
    ),
  ];
}

function plannedSection(lang: Lang, { complete, reminders, waiting }: PlannedTrace): Block[] {
  const { export: words } = messagesFor(lang);
  const nothing = reminders.length === 0 && waiting.length === 0 && complete;
  return [
    heading(words.plannedTitle),
    ...(nothing ? [text(words.plannedNone)] : []),
    ...reminders.map(({ kind, ...moment }) => item(`${momentLine(lang, moment)}: ${words.kinds[kind]}`)),
    ...waiting.map((kind) => item(format(lang, words.waits, { kind: words.kinds[kind] }))),
    ...(complete ? [] : [text(words.notAll)]),
  ];
}

function actsSection(lang: Lang, { complete, acts }: ActsTrace): Block[] {
  const { export: words, hr } = messagesFor(lang);
  const did: Readonly<Record<string, string>> = hr.auditDid;
  const named = (id: string) => oneLine(Object.hasOwn(did, id) ? (did[id] ?? id) : id);
  return [
    heading(words.actsTitle),
    text(words.actsText),
    ...(acts.length === 0 && complete ? [text(words.actsNone)] : []),
    ...acts.map(({ did: id, by, number, ...moment }) => {
      const line = { when: momentLine(lang, moment), did: named(id), by: words.by[by], number };
      return item(format(lang, words.act, line));
    }),
    ...(complete ? [] : [text(words.notAll)]),
  ];
}

function handoverSection(lang: Lang, trace: HandoverTrace): Block[] {
  const { export: words } = messagesFor(lang);
  const { part, number, state, what, leaverName, successorName, askedOn, stateOn } = trace;
  const fact = (title: string, value: string): Block[] =>
    value === '' ? [] : [{ kind: 'fact', title, value: oneLine(value) }];
  return [
    heading(words.handoverTitle),
    text(words.part[part]),
    ...fact(words.handoverLeaver, leaverName),
    ...fact(words.handoverSuccessor, successorName),
    ...fact(words.handoverWhat, what === null ? '' : words.what[what]),
    ...fact(words.handoverAsked, longDay(lang, askedOn)),
    ...fact(words.handoverStands, format(lang, words.handoverState[state], { day: longDay(lang, stateOn) })),
    ...fact(words.document.number, number),
  ];
}

function scanSection(lang: Lang, trace: ScanTrace): Block[] {
  const { scan, export: exported } = messagesFor(lang);
  const { export: words } = scan;
  const fact = (title: string, value: string): Block => ({ kind: 'fact', title, value });
  return [
    heading(format(lang, words.title, { manager: oneLine(trace.managerName) })),
    text(words[trace.part]),
    fact(words.name, oneLine(trace.name)),
    fact(words.startedOn, longDay(lang, trace.startedOn)),
    fact(words.lastDay, longDay(lang, trace.lastDay)),
    ...(trace.answered === null ? [] : [fact(words.answered, trace.answered ? exported.yes : exported.no)]),
    ...(trace.part === 'asked' ? [text(words.never)] : []),
    fact(words.goes, longDay(lang, trace.goes)),
    fact(exported.document.number, trace.number),
  ];
}

function momentLine(lang: Lang, { day, time }: Moment): string {
  return `${longDay(lang, day)}, ${time}`;
}

function dayOrNull(lang: Lang, day: string | null): string | null {
  return day === null ? null : longDay(lang, day);
}
