import type { Exported } from '../../../cards/about/export.card.js';
import { type Recorded, recordsDocument } from '../../../cards/about/records-document.js';
import type { FileKind } from '../../../cards/actions.js';
import { type Lang, messagesFor } from '../../../cards/content/words.js';
import { wordDocument } from '../../../cards/word-document.js';
import type { Agreement } from '../../domain/agreement.js';
import { goesOn } from '../../domain/agreement-rest.js';
import { dayOf, timeOf } from '../../domain/calendar.js';
import type { RetentionPeriods } from '../../domain/retention-periods.js';
import { goesOnDay } from '../../domain/scan.js';
import { readItem } from '../../store/deliveries.js';
import type { OwnData, OwnTraces } from './own-data.js';
import { keptOfRemoved, type OwnRecords, shownOf } from './own-records.js';

const EXTENSIONS: Readonly<Record<FileKind, string>> = { document: 'docx', data: 'json' };

/** What a file is made of: nothing of it is looked up here. */
export type FileMaking = {
  readonly lang: Lang;
  readonly as: FileKind;
  readonly own: OwnData;
  readonly terms: RetentionPeriods;
  readonly now: string;
  readonly zone: string;
};

/**
 * The name of a file. Teams brings no answer to a consent card for a name that is in the OneDrive already, so each
 * has its second; nobody's name is in it. Source: MicrosoftDocs/msteams-docs, issue 1667.
 */
export function fileName({ lang, as, now, zone }: Pick<FileMaking, 'lang' | 'as' | 'now' | 'zone'>): string {
  const time = `${timeOf(now, zone)}:${now.slice(17, 19)}`.replaceAll(':', '.');
  return `${messagesFor(lang).export.fileName} ${dayOf(now, zone)} ${time}.${EXTENSIONS[as]}`;
}

/** The file itself: to read, or all as it is kept. */
export function fileOf(making: FileMaking): Uint8Array {
  return making.as === 'document' ? documentOf(making) : dataOf(making);
}

/** All of it to read and as it is kept, in one order: what others recorded first. */
export function exportedOf(
  { records, traces }: OwnData,
  terms: RetentionPeriods,
  zone: string,
): readonly Exported[] {
  const others = shownOf({ ...records, agreements: [] }, terms, zone);
  return [
    ...records.agreements.map(({ record }) => ({ recorded: recordedOf(record, terms, zone), kept: record })),
    ...others.flatMap(({ view, kept }) => (view.kind === 'agreement' ? [] : [{ recorded: view, kept }])),
    ...tracesOf(traces, zone),
  ];
}

function documentOf({ lang, own, terms, now, zone }: FileMaking): Uint8Array {
  const recorded = exportedOf(own, terms, zone).map((one) => one.recorded);
  return wordDocument(
    recordsDocument(lang, recorded, { day: dayOf(now, zone), unreadable: own.records.unreadable }),
    now,
  );
}

function dataOf({ lang, own: { records, traces }, now }: FileMaking): Uint8Array {
  const { planned, acts } = traces;
  const kept = {
    made: now,
    ...listsOf(records),
    foundBy: records.pointers,
    account: traces.person,
    onListOfWhoMayRecord: traces.listed,
    sent: traces.sent,
    planned: planned.planned,
    waiting: planned.waiting,
    acts: acts.entries,
    handovers: traces.handovers,
    scans: traces.scans,
    incomplete: [
      ...(records.unreadable ? ['records'] : []),
      ...(planned.complete ? [] : ['planned']),
      ...(acts.complete ? [] : ['acts']),
      ...(traces.listed === null ? ['onListOfWhoMayRecord'] : []),
    ],
    notHere: messagesFor(lang).export.notHere,
  };
  return new TextEncoder().encode(`${JSON.stringify(kept, null, 2)}\n`);
}

function recordedOf(record: Agreement, terms: RetentionPeriods, zone: string): Recorded {
  return {
    kind: 'agreement',
    agreement: record,
    since: dayOf(record.createdAt, zone),
    changed: dayOf(record.changedAt, zone),
    until: goesOn(record, terms, zone),
    answered: record.answeredAt === null ? null : dayOf(record.answeredAt, zone),
  };
}

/** What others recorded, as it is kept, by list: another list does not compile without its line here. */
function listsOf(
  records: OwnRecords,
): Readonly<Record<Exclude<keyof OwnRecords, 'pointers' | 'unreadable'>, readonly object[]>> {
  const recordsIn = (found: readonly { readonly record: object }[]) => found.map(({ record }) => record);
  return {
    agreements: recordsIn(records.agreements),
    coffees: recordsIn(records.coffees),
    moments: recordsIn(records.moments),
    places: recordsIn(records.places),
    removed: records.removed.map(keptOfRemoved),
  };
}

/** What there is of themselves, in the zone in which they read it. */
function tracesOf(traces: OwnTraces, zone: string): readonly Exported[] {
  const { person, listed, sent, planned, acts, handovers, scans } = traces;
  const moment = (instant: string) => ({ day: dayOf(instant, zone), time: timeOf(instant, zone) });
  const day = (instant: string | null) => (instant === null ? null : dayOf(instant, zone));
  const chosen = person ?? { language: null, zone: null, time: null, days: null, off: null, monthly: null };
  const { language, zone: ownZone, time, days, off, monthly } = chosen;
  return [
    {
      recorded: {
        ...{ kind: 'account', known: person !== null, listed, language, time, zone: ownZone },
        days: days ?? [],
        off: off ?? [],
        monthly: monthly ?? [],
        pausedUntil: person?.pausedUntil ?? null,
        address: person?.reference?.serviceUrl ?? null,
        installed: day(person?.installedAt ?? null),
        away: day(person?.unreachableSince ?? null),
      },
      kept: { account: person, onListOfWhoMayRecord: listed },
    },
    {
      recorded: {
        kind: 'sent',
        messages: [...sent]
          .sort((one, other) => other.sentAt.localeCompare(one.sentAt))
          .map(({ sentAt, items }) => ({
            ...moment(sentAt),
            kinds: [...new Set(items.flatMap((item) => readItem(item)?.kind ?? []))],
          })),
      },
      kept: { sent },
    },
    {
      recorded: {
        kind: 'planned',
        complete: planned.complete,
        reminders: [...planned.planned]
          .sort((one, other) => one.due.localeCompare(other.due))
          .map(({ due, kind }) => ({ ...moment(due), kind })),
        waiting: planned.waiting.map(({ kind }) => kind),
      },
      kept: { planned: planned.planned, waiting: planned.waiting },
    },
    {
      recorded: {
        kind: 'acts',
        complete: acts.complete,
        acts: acts.entries.map(({ at, did, by, record }) => ({ ...moment(at), did, by, number: record })),
      },
      kept: { acts: acts.entries },
    },
    ...handovers.map((handover): Exported => {
      const { part, id = '', state = 'waiting', stateAt = '', askedAt = '' } = handover;
      const { leaverName = '', successorName = '', what = null } = handover;
      const days = { askedOn: dayOf(askedAt, zone), stateOn: dayOf(stateAt, zone) };
      return {
        recorded: { kind: 'handover', part, number: id, state, what, leaverName, successorName, ...days },
        kept: handover,
      };
    }),
    ...scans.map((scan): Exported => {
      const { part, name, managerName, lastDay, answered } = scan;
      const days = { lastDay, startedOn: dayOf(scan.startedAt, zone), goes: goesOnDay(scan, zone) };
      return {
        recorded: { kind: 'scan', part, number: scan.id, name, managerName, answered, ...days },
        kept: scan,
      };
    }),
  ];
}
