import { type Button, button } from '../actions.js';
import type { MomentKind } from '../content/moment-kinds.js';
import { format, type Lang, type Messages, messagesFor } from '../content/words.js';
import { longDay } from '../dates.js';
import { whenLine } from '../moments/moment-view.js';
import { pageOf } from '../pages.js';
import { escapeMarkdown, stripMarkdown } from '../plain.js';
import { type Card, template } from '../render.js';
import json from './records.template.json' with { type: 'json' };

/** What one record is to the employee whom it is about; days are `YYYY-MM-DD`. */
export type RecordView = ManagersRecord | ScanLine;
/** What a manager keeps, or kept. */
export type ManagersRecord = AgreementLine | OtherRecord;
/** What is no agreement, or is none any more. */
export type OtherRecord = CoffeeLine | MomentLine | PlaceLine | RemovedLine;
type AgreementLine = {
  readonly kind: 'agreement';
  readonly id: string;
  /** Entra object id of whose record it is. */
  readonly manager: string;
  readonly managerName: string;
  readonly since: string;
  /** When it goes by itself; null while it is open. */
  readonly until: string | null;
  /** The last day to answer the request to remove it; null when there is none. */
  readonly removalBy: string | null;
};
export type CoffeeLine = {
  readonly kind: 'coffee';
  readonly id: string;
  /** Entra object id of whose record it is. */
  readonly manager: string;
  /** Under which HR can look up what was done to it; null while nothing was. */
  readonly number: string | null;
  /** What the manager calls them. */
  readonly name: string;
  /** Empty when it is not known. */
  readonly managerName: string;
  readonly since: string | null;
  readonly rhythm: keyof Messages['coffee']['rhythms'] | null;
  readonly lastDay: string | null;
  readonly nextDay: string | null;
};
export type MomentLine = {
  readonly kind: 'moment';
  readonly id: string;
  /** What the manager calls them. */
  readonly name: string;
  readonly manager: string;
  /** The last day to answer what was asked about it; null when nothing is. */
  readonly requestBy: string | null;
  readonly managerName: string;
  readonly since: string;
  readonly moment: MomentKind;
  readonly from: string;
  readonly until: string | null;
  /** When it goes by itself. */
  readonly goes: string;
};
/** A place on a manager's list that holds no coffee. */
export type PlaceLine = {
  readonly kind: 'place';
  readonly id: string;
  readonly manager: string;
  /** They said that they want no fixed coffees. */
  readonly refused: boolean;
  /** As of a coffee. */
  readonly number: string | null;
  readonly managerName: string;
  /** What the manager calls them. */
  readonly name: string;
  readonly since: string | null;
};
/** What was removed when they asked. */
export type RemovedLine = {
  readonly kind: 'removed';
  readonly of: 'agreement' | 'moment';
  /** Of the record that is gone. */
  readonly id: string;
  readonly managerName: string;
  readonly since: string;
  readonly removedOn: string;
};
/** A team scan that they were asked for: not whether they answered, which whoever looks on need not see. */
export type ScanLine = {
  readonly kind: 'scan';
  readonly id: string;
  readonly name: string;
  readonly managerName: string;
  /** When it began, which is not always when they were asked. */
  readonly since: string;
  readonly lastDay: string;
  readonly status: 'open' | 'closed' | 'dropped';
  /** When it goes by itself. */
  readonly goes: string;
};

const PER_PAGE = 6;
const fillTemplate = template<{
  title: string;
  intro: string;
  records: { who: string; since: string; until: string; open: string; press: Button }[];
  others: { who: string; since: string; until: string }[];
  ask: string;
  range: string;
  unreadable: string;
  limits: string;
  never: string;
  buttons: Button[];
}>(json);

/**
 * Everything that is linked to somebody's account: by whom, since when and until when. `unreadable` says that there is
 * more that may be about them.
 */
export function recordsCard(
  lang: Lang,
  records: readonly RecordView[],
  { asked, unreadable = false }: { readonly asked: number; readonly unreadable?: boolean },
): Card {
  const words = messagesFor(lang).about;
  const { shown, page, lastPage, range } = pageOf(records, asked, PER_PAGE);
  return fillTemplate(lang, words.recordsTitle, {
    title: words.recordsTitle,
    intro: records.length === 0 ? words.recordsEmpty : words.recordsIntro,
    records: shown.flatMap((record) => (isOpened(record) ? openedLine(lang, record) : [])),
    others: shown.flatMap((record) => (isOpened(record) ? [] : otherLine(lang, record))),
    ask: shown.some(({ kind }) => kind === 'coffee' || kind === 'moment') ? words.recordsAsk : '',
    range: lastPage > 0 ? format(lang, words.recordsPage, range) : '',
    unreadable: unreadable ? words.recordsUnreadable : '',
    limits: records.length === 0 ? '' : words.recordsLimits,
    never: words.recordsNever,
    buttons: [
      ...(page < lastPage ? [button(lang, 'about.records', words.recordsLater, { page: page + 1 })] : []),
      ...(page > 0 ? [button(lang, 'about.records', words.recordsEarlier, { page: page - 1 })] : []),
      ...(records.some(({ kind }) => kind !== 'removed')
        ? [button(lang, 'about.ways', words.exportButton, {})]
        : []),
      button(lang, 'privacy.show', words.recordsPrivacy, {}),
      button(lang, 'menu.show', messagesFor(lang).menu.menu, {}, { secondary: true }),
    ],
  });
}

/** What can be opened, to say something to it. */
type Opened = AgreementLine | CoffeeLine | MomentLine | PlaceLine | ScanLine;

function isOpened(record: RecordView): record is Opened {
  return record.kind === 'place' ? record.refused : record.kind !== 'removed';
}

function openedLine(lang: Lang, record: Opened) {
  if (record.kind === 'agreement') return agreementLine(lang, record);
  const { about: words } = messagesFor(lang);
  const line = otherLine(lang, record);
  if (record.kind === 'scan') return { ...line, open: words.recordsShow, press: scanPress(lang, record) };
  const { manager, managerName, id } = record;
  const verb = record.kind === 'moment' ? 'own.moment' : 'own.coffee';
  return {
    ...line,
    open: words.recordsShow,
    press: button(lang, verb, `${words.recordsShow}: ${stripMarkdown(line.who)}`, {
      manager,
      managerName,
      id,
    }),
  };
}

function agreementLine(lang: Lang, record: AgreementLine) {
  const { about: words, removal } = messagesFor(lang);
  const { id, manager, managerName, until, removalBy } = record;
  const asked = removalBy === null ? '' : format(lang, removal.listWaiting, { by: longDay(lang, removalBy) });
  const since = sinceLine(lang, record.since);
  const goes = together([until === null ? words.recordsOpen : goesLine(lang, until), asked]);
  const spoken = format(lang, words.recordsAgreement, { manager: stripMarkdown(managerName) });
  return {
    who: format(lang, words.recordsAgreement, { manager: escapeMarkdown(managerName) }),
    since,
    until: goes,
    open: words.recordsShow,
    // Of two agreements with one manager only the days differ.
    press: button(lang, 'about.show', `${words.recordsShow}: ${spoken}. ${together([since, goes])}`, {
      manager,
      id,
    }),
  };
}

/** While it is open that is answered which its outcome is of later. */
function scanPress(lang: Lang, { id, name, since, status }: ScanLine): Button {
  const { about: words } = messagesFor(lang);
  const which = format(lang, words.recordsScan, { name: stripMarkdown(name) });
  const spoken = `${words.recordsShow}: ${which}. ${format(lang, words.recordsScanSince, { day: longDay(lang, since) })}`;
  return status === 'open'
    ? button(lang, 'scan.ask', spoken, { id })
    : button(lang, 'scan.outcome', spoken, { id, page: 0 });
}

function otherLine(lang: Lang, record: OtherRecord | ScanLine) {
  const { about: words, coffee, moments, removal, requests, scan } = messagesFor(lang);
  const whose = record.managerName === '' ? words.recordsManager : escapeMarkdown(record.managerName);
  const since = record.since === null ? '' : sinceLine(lang, record.since);
  const day = (one: string | null) => (one === null ? '' : longDay(lang, one));
  switch (record.kind) {
    case 'coffee': {
      const { rhythm, lastDay, nextDay } = record;
      const often =
        rhythm === null ? '' : format(lang, words.recordsRhythm, { rhythm: coffee.rhythms[rhythm] });
      const last = lastDay === null ? '' : format(lang, words.recordsLast, { day: day(lastDay) });
      const next = nextDay === null ? '' : format(lang, words.recordsNext, { day: day(nextDay) });
      return {
        who: format(lang, words.recordsCoffee, { manager: whose }),
        since,
        until: together([often, last, next, words.recordsCoffeeUntil]),
      };
    }
    case 'moment': {
      const kind = moments.kinds[record.moment];
      return {
        who: format(lang, words.recordsMoment, { kind, manager: whose }),
        since: together([`${whenLine(lang, { ...record, kind: record.moment })}.`, since]),
        until: together([
          format(lang, words.recordsGoes, { day: day(record.goes) }),
          record.requestBy === null ? '' : format(lang, requests.listWaiting, { by: day(record.requestBy) }),
        ]),
      };
    }
    case 'scan':
      return {
        who: format(lang, words.recordsScan, { name: escapeMarkdown(record.name) }),
        since: together([
          format(lang, words.recordsScanAsked, { manager: whose }),
          format(lang, words.recordsScanSince, { day: longDay(lang, record.since) }),
          record.status === 'open'
            ? format(lang, scan.untilLine, { day: longDay(lang, record.lastDay) })
            : '',
        ]),
        until: together([
          words.recordsScanNever,
          format(lang, words.recordsScanUntil, { day: longDay(lang, record.goes) }),
        ]),
      };
    case 'place':
      return {
        who: format(lang, words.recordsPlace, { manager: whose }),
        since,
        until: together([record.refused ? requests.listRefused : '', words.recordsPlaceUntil]),
      };
    case 'removed':
      return {
        who: format(lang, record.of === 'moment' ? requests.listRemoved : words.recordsAgreement, {
          manager: whose,
        }),
        since,
        until: format(lang, removal.listRemoved, { day: day(record.removedOn) }),
      };
  }
}

function sinceLine(lang: Lang, since: string): string {
  return format(lang, messagesFor(lang).about.recordsSince, { day: longDay(lang, since) });
}

function goesLine(lang: Lang, until: string): string {
  return format(lang, messagesFor(lang).about.recordsUntil, { day: longDay(lang, until) });
}

function together(sentences: readonly string[]): string {
  return sentences.filter((one) => one !== '').join(' ');
}
