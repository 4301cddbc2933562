import { describe, expect, it } from 'vitest';
import { type FileMaking, fileName, fileOf } from '../../../../bot/features/about/export.rules.js';
import { TERMS } from '../../../../bot/store/terms.js';
import { anAgreement, MANAGER } from '../../../support/records.js';
import { wordText } from '../../../support/word-text.js';

const MAKING: FileMaking = {
  lang: 'nl',
  as: 'document',
  records: [{ manager: MANAGER, record: anAgreement() }],
  terms: TERMS,
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
  it('as data is the records as they are kept, and when that was', () => {
    const data = JSON.parse(new TextDecoder().decode(fileOf({ ...MAKING, as: 'data' })));
    expect(data).toEqual({ made: MAKING.now, agreements: [anAgreement()] });
  });

  it('as data is a list of none where there is nothing', () => {
    const data = JSON.parse(new TextDecoder().decode(fileOf({ ...MAKING, as: 'data', records: [] })));
    expect(data.agreements).toEqual([]);
  });

  it('as a document tells days where the organisation is', () => {
    const record = anAgreement({
      createdAt: '2027-01-08T23:30:00.000Z',
      answeredAt: '2027-01-09T23:30:00.000Z',
    });
    const text = wordText(fileOf({ ...MAKING, records: [{ manager: MANAGER, record }] }));
    expect(text).toContain('Gemaakt op dinsdag 12 januari 2027');
    expect(text).toContain('Vastgelegd op: zaterdag 9 januari 2027');
    expect(text).toContain('Je antwoordde op zondag 10 januari 2027.');
  });

  it('as a document tells when a closed agreement goes, by the terms of the organisation', () => {
    const record = anAgreement({ status: 'closed', changedAt: '2027-01-12T12:00:00.000Z' });
    const closed = { ...MAKING, records: [{ manager: MANAGER, record }] };
    expect(wordText(fileOf(closed))).toContain('verwijderd op woensdag 12 januari 2028');
    const sooner = { ...closed, terms: { ...TERMS, closedAgreementMonths: 6 } };
    expect(wordText(fileOf(sooner))).toContain('verwijderd op maandag 12 juli 2027');
  });

  it('stays small, with as much as one person may ever have', () => {
    const records = Array.from({ length: 200 }, () => ({ manager: MANAGER, record: anAgreement() }));
    expect(fileOf({ ...MAKING, records }).length).toBeLessThan(100_000);
    expect(fileOf({ ...MAKING, as: 'data', records }).length).toBeLessThan(500_000);
  });
});
