import type { Exported } from '../../../cards/about/export.card.js';
import { type Recorded, recordsDocument } from '../../../cards/about/records-document.js';
import type { FileKind } from '../../../cards/actions.js';
import { type Lang, wordsIn } from '../../../cards/content/words.js';
import { dayOf, timeOf } from '../../calendar.js';
import type { Agreement } from '../../store/managers.js';
import type { Terms } from '../../store/terms.js';
import { wordDocument } from '../../word-document.js';
import { goesOn, type OwnRecords, viewsOf } from './own-records.js';

const EXTENSIONS: Readonly<Record<FileKind, string>> = { document: 'docx', data: 'json' };

/** What a file is made of: nothing of it is looked up here. */
export type FileMaking = {
  readonly lang: Lang;
  readonly as: FileKind;
  readonly records: OwnRecords;
  readonly terms: Terms;
  readonly now: string;
  readonly zone: string;
};

/**
 * The name of a file. Teams brings no answer to a consent card for a name that is in the OneDrive already, so each
 * has its second; nobody's name is in it. Source: MicrosoftDocs/msteams-docs, issue 1667.
 */
export function fileName({ lang, as, now, zone }: Pick<FileMaking, 'lang' | 'as' | 'now' | 'zone'>): string {
  const time = `${timeOf(now, zone)}:${now.slice(17, 19)}`.replaceAll(':', '.');
  return `${wordsIn(lang).export.fileName} ${dayOf(now, zone)} ${time}.${EXTENSIONS[as]}`;
}

/** The file itself: to read, or the records as they are kept. */
export function fileOf(making: FileMaking): Uint8Array {
  return making.as === 'document' ? documentOf(making) : dataOf(making);
}

/** Each record to read and as it is kept, in one order. */
export function exportedOf(records: OwnRecords, terms: Terms, zone: string): readonly Exported[] {
  const { agreements, coffees, moments, places, removed } = records;
  const others = viewsOf({ ...records, agreements: [] }, terms, zone).filter(
    (view) => view.kind !== 'agreement',
  );
  const onList = [...coffees, ...moments, ...places].map(({ record }) => record);
  const kept = [...onList, ...removed.map(keptOfRemoved)];
  return [
    ...agreements.map(({ record }) => ({ recorded: recordedOf(record, terms, zone), kept: record })),
    ...others.map((recorded, at) => ({ recorded, kept: kept[at] ?? {} })),
  ];
}

function documentOf({ lang, records, terms, now, zone }: FileMaking): Uint8Array {
  const recorded = exportedOf(records, terms, zone).map((one) => one.recorded);
  return wordDocument(recordsDocument(lang, recorded, dayOf(now, zone), records.unreadable), now);
}

function dataOf({ records, now }: FileMaking): Uint8Array {
  const recordsIn = (found: readonly { readonly record: object }[]) => found.map(({ record }) => record);
  const kept = {
    made: now,
    agreements: recordsIn(records.agreements),
    coffees: recordsIn(records.coffees),
    moments: recordsIn(records.moments),
    places: recordsIn(records.places),
    removed: records.removed.map(keptOfRemoved),
  };
  return new TextEncoder().encode(`${JSON.stringify(kept, null, 2)}\n`);
}

function recordedOf(record: Agreement, terms: Terms, zone: string): Recorded {
  return {
    kind: 'agreement',
    agreement: record,
    since: dayOf(record.createdAt, zone),
    changed: dayOf(record.changedAt, zone),
    until: goesOn(record, terms, zone),
    answered: record.answeredAt === null ? null : dayOf(record.answeredAt, zone),
  };
}

function keptOfRemoved({ since, removed }: OwnRecords['removed'][number]): object {
  return { since, ...removed };
}
