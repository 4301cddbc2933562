import {
  type AgreementView,
  agreementFacts,
  changeSubjects,
  itemLines,
  ownRequestLine,
} from '../agreement/agreement-view.js';
import { format, type Lang, type Messages, messagesFor } from '../content/words.js';
import { longDay } from '../dates.js';
import type { Block, Document } from '../document.js';
import { whenLine } from '../moments/moment-view.js';
import { oneLine } from '../plain.js';
import { ownRemovalLine } from '../removal/removal-view.js';
import type { CoffeeLine, MomentLine, OtherRecord, PlaceLine, RemovedLine } from './records.card.js';
import { isTrace, type Trace, traceSection } from './traces-document.js';

/** An agreement with all that is kept of it, as the one whom it is about reads it. Days are `YYYY-MM-DD`. */
export type RecordedAgreement = {
  readonly kind: 'agreement';
  readonly agreement: AgreementView & { readonly evaluations: readonly EvaluationView[] };
  readonly since: string;
  readonly changed: string;
  /** When it goes by itself; null while it is open. */
  readonly until: string | null;
  readonly answered: string | null;
};
type EvaluationView = {
  readonly day: string;
  readonly planned?: string | undefined;
  readonly outcomes: Readonly<Record<string, keyof Messages['agreement']['outcome']>>;
};

/** What there may be of somebody: another kind is one more here, with its section below. */
export type Recorded = RecordedAgreement | OtherRecord | Trace;

type AboutThem = RecordedAgreement | OtherRecord;
type Sections = {
  readonly [Kind in AboutThem['kind']]: (lang: Lang, recorded: Extract<AboutThem, { kind: Kind }>) => Block[];
};
const SECTIONS: Sections = {
  agreement: agreementSection,
  coffee: coffeeSection,
  moment: momentSection,
  place: placeSection,
  removed: removedSection,
};

/**
 * Everything that is linked to somebody's account, to read; `day` is the day on which it was put together, `unreadable`
 * says that there is more that may be about them.
 */
export function recordsDocument(
  lang: Lang,
  records: readonly Recorded[],
  { day, unreadable = false }: { readonly day: string; readonly unreadable?: boolean },
): Document {
  const { about, export: words } = messagesFor(lang);
  return {
    lang,
    title: about.recordsTitle,
    blocks: [
      text(format(lang, words.document.made, { day: longDay(lang, day) })),
      ...(records.every(isTrace)
        ? [text(about.recordsEmpty)]
        : [text(words.document.intro), text(about.recordsLimits)]),
      ...(unreadable ? [text(about.recordsUnreadable)] : []),
      ...records.flatMap((recorded) => sectionOf(lang, recorded)),
      heading(2, words.notHereTitle),
      ...words.notHere.map(item),
      heading(2, words.document.neverTitle),
      text(about.recordsNever),
    ],
  };
}

/** One record to read, with its heading. */
export function sectionOf(lang: Lang, recorded: Recorded): Block[] {
  return isTrace(recorded) ? traceSection(lang, recorded) : recordSection(lang, recorded);
}

function recordSection<Kind extends AboutThem['kind']>(
  lang: Lang,
  recorded: Extract<AboutThem, { kind: Kind }>,
): Block[] {
  const make = SECTIONS[recorded.kind as Kind] as Sections[Kind];
  return make(lang, recorded);
}

function agreementSection(lang: Lang, recorded: RecordedAgreement): Block[] {
  const { document: words } = messagesFor(lang).export;
  const { agreement, until } = recorded;
  const manager = oneLine(agreement.managerName);
  return [
    heading(2, format(lang, words.agreements, { manager })),
    fact(words.by, manager),
    ...(agreement.movedFrom === null ? [] : [fact(words.from, oneLine(agreement.movedFrom))]),
    fact(words.calledYou, oneLine(agreement.memberName)),
    fact(words.since, longDay(lang, recorded.since)),
    fact(words.changed, longDay(lang, recorded.changed)),
    fact(
      words.staying,
      until === null ? words.open : format(lang, words.until, { day: longDay(lang, until) }),
    ),
    fact(words.number, agreement.id),
    ...agreementFacts(lang, agreement, { reader: 'employee', safe: oneLine }).map(({ title, value }) =>
      fact(title, value),
    ),
    heading(3, words.items),
    ...itemLines(lang, agreement, { reader: 'employee', safe: oneLine }).map(({ what, details }) =>
      item(`${what} (${details})`),
    ),
    heading(3, words.evaluations),
    ...evaluationBlocks(lang, agreement),
    heading(3, words.answerTitle),
    ...answerBlocks(lang, recorded),
    ...(agreement.removal === null
      ? []
      : [
          text(
            ownRemovalLine(lang, agreement.removal, { managerName: agreement.managerName, shown: oneLine }),
          ),
        ]),
  ];
}

function coffeeSection(
  lang: Lang,
  { number, name, managerName, since, rhythm, lastDay, nextDay }: CoffeeLine,
): Block[] {
  const { about, coffee, export: exported } = messagesFor(lang);
  const words = exported.document;
  const day = (title: string, one: string | null) => (one === null ? [] : [fact(title, longDay(lang, one))]);
  return [
    heading(2, format(lang, about.recordsCoffee, { manager: whose(lang, managerName) })),
    fact(words.calledYou, oneLine(name)),
    ...day(words.since, since),
    ...(rhythm === null ? [] : [fact(words.often, coffee.rhythms[rhythm])]),
    ...day(words.last, lastDay),
    ...day(words.next, nextDay),
    fact(words.staying, about.recordsCoffeeUntil),
    ...(number === null ? [] : [fact(words.number, number)]),
  ];
}

function momentSection(lang: Lang, moment: MomentLine): Block[] {
  const { about, moments, requests, export: exported } = messagesFor(lang);
  const words = exported.document;
  const manager = whose(lang, moment.managerName);
  const { requestBy: by } = moment;
  return [
    heading(2, format(lang, about.recordsMoment, { kind: moments.kinds[moment.moment], manager })),
    fact(words.when, whenLine(lang, { ...moment, kind: moment.moment })),
    fact(words.since, longDay(lang, moment.since)),
    fact(words.staying, format(lang, about.recordsGoes, { day: longDay(lang, moment.goes) })),
    fact(words.number, moment.id),
    ...(by === null ? [] : [text(format(lang, requests.listWaiting, { by: longDay(lang, by) }))]),
  ];
}

function placeSection(lang: Lang, { number, managerName, name, since, refused }: PlaceLine): Block[] {
  const { about, requests, export: exported } = messagesFor(lang);
  const words = exported.document;
  return [
    heading(2, format(lang, about.recordsPlace, { manager: whose(lang, managerName) })),
    fact(words.calledYou, oneLine(name)),
    ...(since === null ? [] : [fact(words.since, longDay(lang, since))]),
    fact(words.staying, about.recordsPlaceUntil),
    ...(number === null ? [] : [fact(words.number, number)]),
    ...(refused ? [text(requests.listRefused)] : []),
  ];
}

function removedSection(lang: Lang, { id, of, managerName, since, removedOn }: RemovedLine): Block[] {
  const { removal, requests, export: exported } = messagesFor(lang);
  const words = exported.document;
  const title = of === 'moment' ? requests.listRemoved : words.agreements;
  return [
    heading(2, format(lang, title, { manager: whose(lang, managerName) })),
    fact(words.since, longDay(lang, since)),
    fact(words.number, id),
    text(format(lang, removal.listRemoved, { day: longDay(lang, removedOn) })),
  ];
}

function whose(lang: Lang, managerName: string): string {
  return managerName === '' ? messagesFor(lang).about.recordsManager : oneLine(managerName);
}

function evaluationBlocks(lang: Lang, { evaluations, items }: RecordedAgreement['agreement']): Block[] {
  const { agreement, export: exported } = messagesFor(lang);
  const words = exported.document;
  if (evaluations.length === 0) return [text(words.noEvaluations)];
  return evaluations.map(({ day, planned, outcomes }) => {
    const each = Object.entries(outcomes).map(([id, outcome]) => {
      const what = oneLine(items.find((one) => one.id === id)?.what ?? words.formerItem);
      return format(lang, words.outcome, { what, outcome: agreement.outcome[outcome] });
    });
    const told = { day: longDay(lang, day), outcomes: each.join('; ') || words.noOutcome };
    return item(
      planned === undefined || planned === day
        ? format(lang, words.evaluation, told)
        : format(lang, words.evaluationPlanned, { ...told, planned: longDay(lang, planned) }),
    );
  });
}

function answerBlocks(lang: Lang, { agreement, answered }: RecordedAgreement): Block[] {
  const { document: words } = messagesFor(lang).export;
  const asked = agreement.answer === 'change-asked' ? agreement.changeAsked : null;
  const subjects = asked === null ? '' : changeSubjects(lang, asked);
  const note = asked?.note ?? '';
  // Of an agreement that was changed since, what they asked for stands beside the answer to how it is now.
  const request = asked === null ? ownRequestLine(lang, agreement, oneLine) : '';
  return [
    text(format(lang, words.answer[agreement.answer], { subjects })),
    ...(request === '' ? [] : [text(request)]),
    ...(note === '' ? [] : [text(format(lang, words.note, { note: oneLine(note) }))]),
    ...(answered === null ? [] : [text(format(lang, words.answeredOn, { day: longDay(lang, answered) }))]),
  ];
}

function heading(level: 2 | 3, of: string): Block {
  return { kind: 'heading', level, text: of };
}

function text(of: string): Block {
  return { kind: 'text', text: of };
}

function fact(title: string, value: string): Block {
  return { kind: 'fact', title, value };
}

function item(of: string): Block {
  return { kind: 'item', text: of };
}
