import { z } from 'zod';
import { CHARACTERISTICS } from './content/characteristics.js';
import { MONTHLY_KINDS } from './content/monthly-kinds.js';
import { LANGS, type Lang } from './content/words.js';
import { HELP_LANGS } from './crisis/danger-kinds.js';
import { SIGNAL_GROUPS, SIGNAL_STEPS, type SignalGroup } from './signals/groups.js';

export const PARTS = ['prepare', 'basics', 'naming', 'effect', 'bottlenecks', 'needs', 'closing'] as const;
export type Part = (typeof PARTS)[number];
export const MOST_ITEMS = 5;

export const SITUATIONS = ['cries', 'angry', 'denies', 'silent', 'tells-much', 'leaves'] as const;
export type Situation = (typeof SITUATIONS)[number];

/** A bound on what a form sends back: longer text is cut off here, and the rule of its field says that it is too long. */
const TYPED_MAX = 20_000;
/** For the settings of a whole organisation, pasted as JSON. */
const PASTED_MAX = 60_000;

/** As typed, whatever it is: the rules of a feature judge it, so that a form comes back filled in. */
const typed = filledIn(TYPED_MAX);
/** Ids are made by the bot: a forged payload with anything else in their place is refused before it becomes a key. */
const id = z.string().regex(/^[A-Za-z0-9-]{1,100}$/);
/**
 * The id of a new record, chosen when its form opens. Never that of a place on a list, which is made of a name or an
 * account: what leads somebody to what is kept about them is found by the one or the other.
 */
const newRecord = id.refine((one) => !/^(?:person|name)-/.test(one));
const version = z.number().int();
const part = z.object({ part: z.enum(PARTS) });
/** A line of the other person in a talk that is practised: of which situation, and which of its lines. */
const practised = z.object({ situation: z.enum(SITUATIONS), round: z.number().int().min(0).max(9) });
const subject = z.object({ id });
const versioned = z.object({ id, version });
/**
 * The state of an agreement on the card, for optimistic concurrency: its version, and which request of the employee's was
 * shown, by its instant. Cards of earlier versions have no request.
 */
const seen = versioned.extend({ asked: z.string().max(40).default('') });
/**
 * The same with what the card asked about, by the ids of the agreements in the order of its rows. A new row has
 * its id from the form: saving is idempotent.
 */
const corrected = seen.extend({
  ids: z.array(z.string().regex(/^[A-Za-z0-9-]{1,20}$/)).max(MOST_ITEMS),
});
/** One request of an employee's, for a change or for removal: of which record, and when it was made (instant). */
const request = z.object({ id, askedAt: z.iso.datetime() });
const shared = z.object({ manager: id, id });
/**
 * A record of somebody's about whom presses, with the name under which it was shown: looking it up again costs a request
 * each time. It only ever comes back to them.
 */
const ownRecord = shared.extend({ managerName: z.string().max(300).default('') });
/** Which steps of a moment's plan to show the tips of, by their ids; none for those of today. */
const nudges = z.array(z.string().max(64)).max(20).default([]);
/**
 * A request with who made it: once the record is gone, only what led the employee to it can tell that it was removed by this
 * very press. Empty on a card of an earlier version.
 */
const granted = request.extend({ employee: z.string().max(100).default('') });
/** One request about a manager who leaves: which of the two the card was about may be over by now. */
const handoverRequest = z.object({ leaver: id, request: id });
const none = z.object({});
/**
 * Which card of help, by its place in `HELP_TOPICS`, in which language, and whether it comes beside the card that was
 * pressed. A button of before there were several leads to the one about suicide.
 */
const help = z.object({
  topic: z.number().int().min(0).max(5).default(0),
  spoken: z.enum(HELP_LANGS).optional(),
  beside: z.boolean().default(false),
});
/** The day of the digest that a press came from, and can go back to. */
const day = z.iso.date();

/** `from`: missing on cards of earlier versions, which had one day. */
const draftItem = z.object({ what: typed, who: typed, from: typed, by: typed });
/** An unsaved agreement, everything as typed. It lives in the card's payload and is stored nowhere. */
const draft = z.object({
  /** Chosen when the form opens and kept as the agreement's id: saving is idempotent. */
  id: newRecord,
  /** Of whom was chosen from the list, or empty. */
  known: z.string().regex(/^[A-Za-z0-9-]{0,100}$/),
  name: typed,
  person: typed,
  /** The answer to the question whether it is somebody on the list. */
  sameAs: typed,
  day: typed,
  present: typed,
  subjects: typed,
  items: z.array(draftItem).max(MOST_ITEMS),
  initiative: typed,
  next: typed,
  rhythm: typed,
});
export type Draft = z.infer<typeof draft>;
export type DraftItem = z.infer<typeof draftItem>;

/** Whom a form is about: from the list, a name, somebody in Teams, and who of those it may be. */
const whoInputs = z.object({ known: typed, name: typed, person: typed, sameAs: typed });
const conversationInputs = z.object({
  ...whoInputs.shape,
  day: typed,
  present: typed,
  subjects: typed,
});
const itemInputs = z.object({
  ...numbered('what'),
  ...numbered('who'),
  ...numbered('from'),
  ...numbered('by'),
});
const planInputs = z.object({
  ...itemInputs.shape,
  initiative: typed,
  next: typed,
  rhythm: typed,
});
const outcomes = z.object({ ...numbered('outcome'), next: typed });
/** What was ticked, per group of signals the places in its list with commas: it lives in the card alone. */
const ticks = z.object({
  ...(Object.fromEntries(SIGNAL_GROUPS.map((group) => [group, typed])) as Record<SignalGroup, typeof typed>),
  since: typed,
  changed: typed,
});
export type Ticks = z.infer<typeof ticks>;
/** What was ticked on the steps before, and which step the card shows. A card of before there were steps has neither: it asks all. */
const step = z
  .number()
  .int()
  .min(0)
  .max(SIGNAL_STEPS.length - 1);
const tickedBefore = z.object({ ticks: ticks.optional(), shown: step.optional() });
const costs = z.object({ employees: typed, percentage: typed, dayCost: typed, burnouts: typed });
export type CostsTyped = z.infer<typeof costs>;
const search = z.object({ theme: typed, level: typed, effect: typed });
export type MeasureSearch = z.infer<typeof search>;
const coffeeForm = z.object({
  /** Chosen when the form opens: those who are new get their ids from it. A card of before there were such ids has none. */
  id: newRecord.optional(),
  /** The names that the card asked about, in the order of the answers. */
  asking: z.array(z.string().max(TYPED_MAX)).max(MOST_ITEMS).default([]),
  /** Names were put on lines of their own, and the manager has seen it. */
  split: z.boolean().default(false),
});
/** How a coffee was kept before it was said to be had: what undoing it comes to. Days; empty where there was no coffee yet. */
const coffeeBefore = z.object({
  lastDay: z.union([day, z.literal('')]),
  nextDay: day,
  coffees: z.number().int().min(0),
});
const coffeeInputs = z.object({
  known: typed,
  names: typed,
  person: typed,
  personName: typed,
  sameAs: typed,
  ...numbered('same'),
  rhythm: typed,
});
const momentDays = z.object({ from: typed, until: typed, contact: typed });
const momentInputs = z.object({ kind: typed, ...whoInputs.shape, ...momentDays.shape });
export type MomentTyped = z.infer<typeof momentInputs>;
const settings = z.object({
  time: typed,
  days: typed,
  zone: typed,
  language: typed,
  until: typed,
  /** Of cards of before there was a switch for each. */
  kinds: typed,
  coffee: typed,
  landed: typed,
  selfLook: typed,
  teamSubject: typed,
});
export type SettingsTyped = z.infer<typeof settings>;
const contactInputs = z.object({
  kind: typed,
  name: typed,
  phone: typed,
  mail: typed,
  link: typed,
  hours: typed,
});
export type ContactTyped = z.infer<typeof contactInputs>;
const defaults = z.object({
  coffeeRhythm: typed,
  agreementRhythm: typed,
  language: typed,
  closedAgreementMonths: typed,
  restingAgreementMonths: typed,
  passedMomentDays: typed,
  sentDays: typed,
  auditMonths: typed,
  unreachableDays: typed,
});
export type DefaultsTyped = z.infer<typeof defaults>;
const mayRecord = z.object({ managers: typed, listed: typed });
export type MayRecordTyped = z.infer<typeof mayRecord>;
const pasted = z.object({ json: filledIn(PASTED_MAX) });
/** What the record was when the card was made; empty while there was none. */
const etag = z.string().max(200);
const leaving = z.object({ leaver: typed, what: typed, successor: typed, name: typed });
/** The form about a manager who leaves, as typed. */
export type LeavingTyped = z.infer<typeof leaving>;
/** The weeks of an absence that one can ask for: of a later one there is nothing to say. */
export const LAST_WEEK = 156;
const page = z.number().int().min(0).max(1_000);
/** As what somebody takes along what is recorded about them: to read, or as it is kept. */
export const FILE_KINDS = ['document', 'data'] as const;
export type FileKind = (typeof FILE_KINDS)[number];
const file = z.object({ as: z.enum(FILE_KINDS) });
/**
 * What Teams gives back with the answer to a file that was offered. It says what kind was asked for and in which
 * language, nothing of what is in it and not whose it is: whoever answers gets what is about them.
 */
export const fileContext = file.extend({ lang: z.enum(LANGS) });
export type FileContext = z.infer<typeof fileContext>;

/** What can be put in a calendar. */
const CALENDAR_OF = ['conversation', 'evaluation', 'coffee'] as const;
export type CalendarOf = (typeof CALENDAR_OF)[number];
/** Of which record, by its id; empty for a conversation, of which nothing is kept. */
const inCalendar = z.object({ of: z.enum(CALENDAR_OF), id: z.string().regex(/^[A-Za-z0-9-]{0,100}$/) });
/** What Teams gives back with the answer to a calendar file: whoever answers gets what is theirs. */
export const calendarFileContext = inCalendar.extend({ as: z.literal('calendar'), lang: z.enum(LANGS) });
export type CalendarFileContext = z.infer<typeof calendarFileContext>;
/** The lists of a team scan: on paper for anybody, with an outcome for who was asked. */
const SCAN_FILES = ['scan-paper', 'scan-outcome'] as const;
/** The same of such a file; `scan` is empty for the list on paper. Whoever answers gets what they may see. */
export const scanFileContext = z.object({
  as: z.enum(SCAN_FILES),
  scan: z.string().regex(/^[A-Z]{0,5}$/),
  lang: z.enum(LANGS),
});
export type ScanFileContext = z.infer<typeof scanFileContext>;

/** How many characteristics stand on each card of the answers; what needs improvement first is the last step. */
export const ANSWER_STEPS = [5, 4, 4] as const;
export const TOP_STEP = ANSWER_STEPS.length;
/** For each characteristic a figure, 0 for no opinion or - for what is not answered yet: it lives in the card alone. */
const scanAnswers = z.string().regex(new RegExp(`^[0-5-]{${CHARACTERISTICS.length}}$`));
/** What needs improvement first, by the places in the list, while one goes back and forth. */
const scanTop = z.string().regex(/^[a-z,-]{0,200}$/);
/** The code of a scan, which is its id too. */
const scan = z.object({ id: z.string().regex(/^[A-Z]{5}$/) });
const scanInputs = z.object({ name: typed, known: typed, people: typed, lastDay: typed });
export type ScanTyped = z.infer<typeof scanInputs>;
export const MEET_PARTS = ['welcome', 'compare', 'understand', 'choose', 'ideas', 'agree'] as const;
export type MeetPart = (typeof MEET_PARTS)[number];
const scanMeasures = z.object({ ...numbered('what'), ...numbered('who'), ...numbered('by'), next: typed });
export type ScanMeasuresTyped = z.infer<typeof scanMeasures>;
/** `rows`: how many of them the form shows; one of before showed all. */
const measuresForm = scan.extend({
  version,
  rows: z.number().int().min(1).max(MOST_ITEMS).default(MOST_ITEMS),
});

/** What a verb carries: `data` is written by the card, `inputs` are what the person filled in on it. */
function verb<Data extends z.ZodRawShape, Inputs extends z.ZodRawShape>(
  data: z.ZodObject<Data>,
  inputs: z.ZodObject<Inputs>,
) {
  return {
    data,
    /** Names of what the person filled in. */
    inputs: Object.keys(inputs.shape),
    payload: z.object({ ...data.shape, ...inputs.shape, lang: z.enum(LANGS), digest: day.optional() }),
  };
}

/** Every button there is. Cards write a payload by it, the router parses with it: they cannot drift apart. */
export const ACTIONS = {
  'menu.show': verb(none, none),
  'privacy.show': verb(none, none),
  'support.show': verb(none, none),
  'support.own': verb(z.object({ page }), none),
  'crisis.show': verb(help, none),
  'conversation.part': verb(part, none),
  'conversation.aids': verb(part, none),
  'conversation.ask': verb(part, none),
  'practise.start': verb(none, none),
  'practise.open': verb(practised, none),
  'practise.choose': verb(practised.extend({ choice: z.number().int().min(0).max(9) }), none),
  'practise.say': verb(practised, z.object({ own: typed })),
  'intent.open': verb(z.object({ intent: id }), none),
  'knowledge.subjects': verb(none, none),
  'knowledge.subject': verb(z.object({ subject: id }), none),
  'knowledge.piece': verb(z.object({ piece: id }), none),
  'knowledge.answer': verb(z.object({ answer: id }), none),
  'knowledge.otherwise': verb(none, none),
  'signals.open': verb(z.object({ ticks: ticks.optional() }), none),
  'signals.step': verb(tickedBefore.extend({ to: step }), ticks),
  'signals.weigh': verb(tickedBefore, ticks),
  'check.ask': verb(z.object({ answers: z.string().regex(/^[yn]{0,8}$/) }), none),
  'absence.open': verb(none, none),
  'absence.week': verb(z.object({ week: z.number().int().min(1).max(LAST_WEEK) }), none),
  'absence.weeks': verb(none, z.object({ day: typed })),
  'costs.open': verb(z.object({ filled: costs.optional() }), none),
  'costs.sum': verb(none, costs),
  'measures.open': verb(z.object({ search: search.optional() }), none),
  'measures.find': verb(z.object({ page }), search),
  'measures.page': verb(z.object({ search, page }), none),
  'coffee.list': verb(z.object({ page }), none),
  'coffee.add': verb(none, none),
  'coffee.save': verb(coffeeForm, coffeeInputs),
  'coffee.show': verb(subject, none),
  'coffee.done': verb(versioned.extend({ page: page.optional() }), none),
  'coffee.undo': verb(versioned.extend({ was: coffeeBefore, page: page.optional() }), none),
  'coffee.skip': verb(versioned.extend({ planned: day.optional() }), none),
  'coffee.move': verb(versioned, z.object({ day: typed })),
  'coffee.pause': verb(versioned, z.object({ until: typed })),
  'coffee.rhythm': verb(versioned, z.object({ rhythm: typed })),
  'coffee.stop': verb(versioned, none),
  'moments.list': verb(z.object({ page }), none),
  'moments.add': verb(none, none),
  'moments.save': verb(z.object({ id: newRecord }), momentInputs),
  'moments.show': verb(z.object({ id, nudges }), none),
  'moments.change': verb(versioned, momentDays),
  'moments.end': verb(versioned, none),
  'moments.ask-delete': verb(subject, none),
  'moments.delete': verb(versioned, none),
  'overview.show': verb(z.object({ page, of: z.string().max(100) }), none),
  'overview.filter': verb(none, z.object({ member: typed })),
  'monthly.show': verb(
    z.object({ kind: z.enum(MONTHLY_KINDS), month: z.string().regex(/^\d{4}-(0[1-9]|1[0-2])$/) }),
    none,
  ),
  'figures.show': verb(none, none),
  'hr.show': verb(none, none),
  'hr.contacts': verb(z.object({ page }), none),
  'hr.contact': verb(z.object({ id: z.string().max(100) }), none),
  'hr.contact-save': verb(z.object({ id, etag }), contactInputs),
  'hr.contact-checked': verb(z.object({ id, etag, page }), none),
  'hr.contact-remove': verb(z.object({ id, etag }), none),
  'hr.defaults': verb(none, none),
  'hr.defaults-save': verb(z.object({ etag }), defaults),
  'hr.managers': verb(none, none),
  'hr.managers-save': verb(z.object({ etag }), mayRecord),
  'hr.export': verb(none, none),
  'hr.import': verb(none, none),
  'hr.import-check': verb(none, pasted),
  'hr.import-save': verb(z.object({ seen: z.string().max(100), etag }), pasted),
  'hr.health': verb(none, none),
  'hr.audit': verb(none, none),
  'hr.audit-own': verb(none, none),
  'hr.audit-look': verb(none, z.object({ record: typed })),
  'leaver.show': verb(z.object({ filled: leaving.optional() }), none),
  'leaver.ask': verb(none, leaving),
  'leaver.move': verb(z.object({ leaver: id, successor: id, name: typed }), none),
  'leaver.delete': verb(z.object({ leaver: id }), none),
  'leaver.request': verb(z.object({ leaver: id }), none),
  'leaver.confirm': verb(handoverRequest, none),
  'leaver.stop': verb(handoverRequest, none),
  'handover.object': verb(z.object({ request: id }), none),
  'scan.open': verb(none, none),
  'scan.code': verb(none, z.object({ code: typed })),
  'scan.start': verb(z.object({ before: z.string().max(5).default('') }), none),
  'scan.save': verb(
    z.object({ id: newRecord, before: z.string().max(5).default(''), few: z.boolean().default(false) }),
    scanInputs,
  ),
  'scan.show': verb(scan, none),
  'scan.unreached': verb(scan, none),
  'scan.ask-close': verb(scan, none),
  'scan.close': verb(scan, none),
  'scan.ask-remove': verb(scan, none),
  'scan.remove': verb(scan, none),
  'scan.ask': verb(scan, none),
  'scan.step': verb(
    scan.extend({ from: z.number().int(), to: z.number().int(), answers: scanAnswers, chosen: scanTop }),
    z.object({ ...numbered('figure'), top: typed }),
  ),
  'scan.send': verb(scan.extend({ answers: scanAnswers }), z.object({ top: typed })),
  'scan.outcome': verb(scan.extend({ page }), none),
  'scan.characteristic': verb(scan.extend({ of: z.enum(CHARACTERISTICS), page }), none),
  'scan.compare': verb(scan, none),
  'scan.meet': verb(
    z.object({
      id: z.string().max(5),
      part: z.enum(['agenda', ...MEET_PARTS]),
      // Cards of before have neither.
      chosen: scanTop.default(''),
      choosing: z.boolean().default(false),
    }),
    z.object({ subjects: typed }),
  ),
  'scan.measures': verb(scan, none),
  'scan.more': verb(measuresForm, scanMeasures),
  'scan.agree': verb(measuresForm, scanMeasures),
  'scan.agreed': verb(scan, none),
  'scan.evaluate': verb(scan, none),
  'scan.record': verb(scan.extend({ version }), outcomes),
  'scan.end': verb(scan.extend({ version }), none),
  'scan.paper': verb(none, none),
  'scan.file': verb(scan, none),
  'settings.show': verb(none, none),
  'settings.save': verb(none, settings),
  'agreement.start': verb(none, none),
  'agreement.details': verb(z.object({ draft }), conversationInputs),
  'agreement.people': verb(z.object({ draft }), planInputs),
  'agreement.more': verb(z.object({ draft }), planInputs),
  'agreement.save': verb(z.object({ draft }), planInputs),
  'agreement.list': verb(z.object({ page }), none),
  'agreement.show': verb(subject, none),
  'agreement.ask-close': verb(subject, none),
  'agreement.close': verb(seen, none),
  'agreement.closed': verb(z.object({ page }), none),
  'agreement.ask-reopen': verb(subject, none),
  'agreement.reopen': verb(versioned, z.object({ day: typed })),
  'agreement.correct': verb(subject, none),
  'agreement.correct-more': verb(corrected, itemInputs),
  'agreement.correct-items': verb(corrected, itemInputs),
  'agreement.talk': verb(corrected, itemInputs),
  'agreement.correct-talk': verb(
    seen,
    z.object({ day: typed, present: typed, subjects: typed, initiative: typed, rhythm: typed }),
  ),
  'agreement.ask-reply': verb(subject, none),
  'agreement.reply': verb(request, z.object({ reply: typed })),
  'agreement.request-handled': verb(request, none),
  'evaluation.open': verb(subject, none),
  'evaluation.record': verb(seen, outcomes),
  'evaluation.rewrite': verb(
    seen.extend({ chosen: outcomes }),
    z.object({ ...numbered('what'), ...numbered('from'), ...numbered('by') }),
  ),
  'evaluation.ask-move': verb(subject, none),
  'evaluation.move': verb(seen, z.object({ day: typed })),
  'evaluation.snooze': verb(z.object({ id, version, days: z.literal([1, 3, 7]) }), none),
  'calendar.show': verb(inCalendar, none),
  'calendar.file': verb(inCalendar, none),
  'people.list': verb(z.object({ page }), none),
  'people.show': verb(subject, none),
  'people.ask-rename': verb(subject, none),
  'people.rename': verb(subject, z.object({ name: typed })),
  'people.ask-link': verb(subject, none),
  'people.link': verb(subject, z.object({ person: typed })),
  'people.ask-merge': verb(subject, none),
  'people.merge': verb(subject, z.object({ other: typed })),
  'people.remove': verb(subject, none),
  'digest.show': verb(z.object({ digestDay: day }), none),
  'landed.open': verb(subject, none),
  'landed.done': verb(subject, none),
  'landed.later': verb(subject, none),
  'about.records': verb(z.object({ page }), none),
  'about.ways': verb(none, none),
  'about.export': verb(z.object({ page }), none),
  'about.file': verb(file, none),
  'about.show': verb(shared, none),
  'about.confirm': verb(shared.extend({ version }), none),
  'about.ask-change': verb(shared.extend({ version }), none),
  'about.change': verb(shared.extend({ version }), z.object({ change: typed, note: typed })),
  'own.coffee': verb(ownRecord, none),
  'own.refuse-coffee': verb(ownRecord, none),
  'own.allow-coffee': verb(ownRecord, none),
  'own.moment': verb(ownRecord, none),
  'own.ask-removal': verb(ownRecord, none),
  'own.send-removal': verb(ownRecord, none),
  'own.ask-dates': verb(ownRecord, none),
  'own.send-dates': verb(ownRecord, z.object({ from: typed, until: typed })),
  'own.withdraw': verb(ownRecord, none),
  'request.decide': verb(subject, none),
  'request.do': verb(granted, none),
  'request.keep': verb(request, z.object({ why: typed })),
  'removal.ask': verb(shared, none),
  'removal.send': verb(shared, none),
  'removal.withdraw': verb(shared, none),
  'removal.decide': verb(subject, none),
  'removal.ask-grant': verb(request, none),
  'removal.grant': verb(granted, none),
  'removal.keep': verb(request, z.object({ why: typed })),
} as const;

export type Verb = keyof typeof ACTIONS;

export function isVerb(name: string): name is Verb {
  return Object.hasOwn(ACTIONS, name);
}

/** What a handler of the verb gets, checked. */
export type Payload<V extends Verb> = z.output<(typeof ACTIONS)[V]['payload']>;
type Data<V extends Verb> = z.input<(typeof ACTIONS)[V]['data']>;

export type Button = { readonly type: string } & Readonly<Record<string, unknown>>;

/**
 * A button that Teams answers in place (`Action.Execute`), with `Action.Submit` for clients that know no better;
 * the bot understands both. Source: MicrosoftDocs/AdaptiveCards, universal-action-model.md.
 */
export function button<V extends Verb>(
  lang: Lang,
  name: V,
  title: string,
  data: Data<V>,
  options: { readonly secondary?: boolean; readonly withoutInputs?: boolean } = {},
): Button {
  const common = {
    title,
    ...(options.secondary === true ? { mode: 'secondary' } : {}),
    ...(options.withoutInputs === true ? { associatedInputs: 'none' } : {}),
  };
  return {
    type: 'Action.Execute',
    verb: name,
    ...common,
    data: { ...data, lang },
    fallback: { type: 'Action.Submit', ...common, data: { ...data, lang, verb: name } },
  };
}

/**
 * So many letters of a label stand on a button of a phone that is 320 pixels wide, whatever letters they are: clients cut
 * the rest off.
 */
export const MOST_BUTTON_LETTERS = 32;

/** Whether all of its label is read on a small phone. */
export function fitsButton({ title }: Button): boolean {
  return String(title).length <= MOST_BUTTON_LETTERS;
}

export function link(title: string, url: string): Button {
  return { type: 'Action.OpenUrl', title, url };
}

/** The names `what1` to `what5` and so on: the inputs of a form's repeated rows. */
export function numberedName<Name extends string>(name: Name, index: number): `${Name}${1 | 2 | 3 | 4 | 5}` {
  return `${name}${index + 1}` as `${Name}${1 | 2 | 3 | 4 | 5}`;
}

/**
 * A field of a form. Cards write texts; what clients write for the same field differs: null for one that was left
 * empty, a number, a switch as true or false, a list where several are chosen. One schema that refused these made
 * "this button belongs to an old card" of it, and everything that was filled in was lost.
 */
function filledIn(most: number) {
  // The type is that of what a card may write: what a client writes has none.
  const asText = (given: string | undefined): unknown => {
    const text = textOf(given);
    return typeof text === 'string' ? text.slice(0, most) : text;
  };
  return z.preprocess(asText, z.string().max(most)).default('');
}

/** A field's value as text; anything else as it is. */
function textOf(given: unknown): unknown {
  if (given === null) return '';
  if (typeof given === 'number' || typeof given === 'boolean') return String(given);
  if (!Array.isArray(given)) return given;
  const parts = given.filter((one) => one !== null).map((one) => (Array.isArray(one) ? one : textOf(one)));
  return parts.every((one) => typeof one === 'string') ? parts.join(',') : given;
}

function numbered<Name extends string>(name: Name): Record<`${Name}${1 | 2 | 3 | 4 | 5}`, typeof typed> {
  return Object.fromEntries(
    Array.from({ length: MOST_ITEMS }, (_, index) => [numberedName(name, index), typed]),
  ) as Record<`${Name}${1 | 2 | 3 | 4 | 5}`, typeof typed>;
}
