import { describe, expect, it } from 'vitest';
import type { Agreement } from '../../../../bot/domain/agreement.js';
import { newMember } from '../../../../bot/domain/member.js';
import { DEFAULT_RETENTION } from '../../../../bot/domain/retention-periods.js';
import {
  exportedOf,
  type FileMaking,
  fileName,
  fileOf,
} from '../../../../bot/features/about/export.rules.js';
import type { OwnTraces } from '../../../../bot/features/about/own-data.js';
import type { OwnRecords } from '../../../../bot/features/about/own-records.js';
import { aMoment, anAgreement, MANAGER } from '../../../support/sample-records.js';
import { wordText } from '../../../support/word-text.js';

const NONE: OwnRecords = {
  agreements: [],
  coffees: [],
  moments: [],
  places: [],
  removed: [],
  pointers: [],
  unreadable: false,
};
const NO_TRACES: OwnTraces = {
  person: null,
  sent: [],
  planned: { planned: [], waiting: [], complete: true },
  acts: { entries: [], complete: true },
  handovers: [],
  scans: [],
  listed: false,
};
const ownOf = (records: OwnRecords, traces: OwnTraces = NO_TRACES) => ({ records, traces });
const withAgreements = (...records: readonly Agreement[]): OwnRecords => ({
  ...NONE,
  agreements: records.map((record) => ({ manager: MANAGER, managerName: record.managerName, record })),
});
const MAKING: FileMaking = {
  lang: 'nl',
  as: 'document',
  own: ownOf(withAgreements(anAgreement())),
  terms: DEFAULT_RETENTION,
  now: '2027-01-12T22:59:07.000Z',
  zone: 'Europe/Amsterdam',
};

describe('the name of a file', () => {
  it('has the kind, the day and the second where the organisation is, and nobody’s name', () => {
    expect(fileName(MAKING)).toBe('Wat er over mij is vastgelegd 2027-01-12 23.59.07.docx');
    expect(fileName({ ...MAKING, lang: 'en', as: 'data', now: '2027-01-12T23:00:00.000Z' })).toBe(
      'What is recorded about me 2027-01-13 00.00.00.json',
    );
  });
});

describe('the file', () => {
  it('as data is the records as they are kept, and when that was, or a list of none', () => {
    const data = JSON.parse(new TextDecoder().decode(fileOf({ ...MAKING, as: 'data' })));
    expect(data).toMatchObject({
      made: MAKING.now,
      agreements: [anAgreement()],
      coffees: [],
      moments: [],
      places: [],
      removed: [],
    });
    {
      const data = JSON.parse(new TextDecoder().decode(fileOf({ ...MAKING, as: 'data', own: ownOf(NONE) })));
      expect(data.agreements).toEqual([]);
    }
  });

  it('as a document tells days where the organisation is, and when a closed agreement goes by its terms', () => {
    const record = anAgreement({
      createdAt: '2027-01-08T23:30:00.000Z',
      answeredAt: '2027-01-09T23:30:00.000Z',
    });
    const text = wordText(fileOf({ ...MAKING, own: ownOf(withAgreements(record)) }));
    expect(text).toContain('Gemaakt op dinsdag 12 januari 2027');
    expect(text).toContain('Vastgelegd op: zaterdag 9 januari 2027');
    expect(text).toContain('Je antwoordde op zondag 10 januari 2027.');
    {
      const record = anAgreement({ status: 'closed', changedAt: '2027-01-12T12:00:00.000Z' });
      const closed = { ...MAKING, own: ownOf(withAgreements(record)) };
      expect(wordText(fileOf(closed))).toContain('verwijderd op woensdag 12 januari 2028');
      const sooner = { ...closed, terms: { ...DEFAULT_RETENTION, closedAgreementMonths: 6 } };
      expect(wordText(fileOf(sooner))).toContain('verwijderd op maandag 12 juli 2027');
    }
  });

  it('holds coffees, moments and what was removed, as data and as a document', () => {
    const place = {
      ...newMember('person-1', 'Sanne', 'sanne'),
      rhythm: 'weekly',
      nextDay: '2027-01-19',
    } as const;
    const moment = aMoment({
      id: 'moment-1',
      member: 'person-1',
      memberName: 'Sanne',
      kind: 'start',
      from: '2027-02-01',
      createdAt: MAKING.now,
      changedAt: MAKING.now,
    });
    const removed = { askedAt: MAKING.now, at: MAKING.now, managerName: 'Ahmed Yilmaz' };
    const whose = { manager: MANAGER, managerName: 'Mila de Wit' };
    const pointer = {
      manager: MANAGER,
      agreement: 'gone',
      member: null,
      moment: null,
      managerName: null,
      since: MAKING.now,
    };
    const records: OwnRecords = {
      ...NONE,
      places: [{ ...whose, record: { ...place, name: 'San', rhythm: null, nextDay: null }, since: null }],
      coffees: [{ ...whose, record: place, since: null }],
      moments: [{ ...whose, record: moment }],
      removed: [{ ...pointer, removed }],
    };
    // In the chat each stands beside itself as it is kept.
    const told = exportedOf(ownOf(records), MAKING.terms, MAKING.zone);
    expect(told.slice(0, 4).map(({ recorded, kept }) => [recorded.kind, kept])).toEqual([
      ['coffee', place],
      ['moment', moment],
      ['place', records.places[0]?.record],
      ['removed', { since: MAKING.now, ...removed }],
    ]);
    const data = JSON.parse(new TextDecoder().decode(fileOf({ ...MAKING, as: 'data', own: ownOf(records) })));
    expect(data).toMatchObject({ coffees: [place], moments: [moment], removed: [removed] });
    const text = wordText(fileOf({ ...MAKING, own: ownOf(records) }));
    expect(text).toContain('Kopje koffie met Mila de Wit');
    expect(text).toContain('Hoe vaak: Elke week');
    expect(text).toContain('Je naam op de lijst van Mila de Wit');
    expect(text).toContain('Jouw naam hierin: San');
    expect(text).toContain('Nieuwe start, vastgelegd door Mila de Wit');
    expect(text).toContain('Op jouw vraag verwijderd op dinsdag 12 januari 2027.');
    expect(text).not.toContain('${');
  });

  it('stays small, with as much as one person may ever have', () => {
    const records = withAgreements(...Array.from({ length: 200 }, () => anAgreement()));
    expect(fileOf({ ...MAKING, own: ownOf(records) }).length).toBeLessThan(100_000);
    expect(fileOf({ ...MAKING, as: 'data', own: ownOf(records) }).length).toBeLessThan(500_000);
  });
});
