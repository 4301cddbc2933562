import { describe, expect, it } from 'vitest';
import { defaultOrganisation, type Organisation } from '../../../../bot/domain/organisation.js';
import { changesBetween, exportOf, readImport } from '../../../../bot/features/hr/exchange.rules.js';
import { MOST_CONTACTS } from '../../../../cards/hr/hr-view.js';
import { ANOUK, MANY_LISTED } from '../../../cards/hr-samples.js';
import { faultsOf } from '../../../support/faults.js';
import { TENANT } from '../../../support/sample-records.js';

const TODAY = '2027-01-12';
const usual = defaultOrganisation(TENANT);
const full: Organisation = {
  ...usual,
  contacts: [
    ANOUK,
    { ...ANOUK, id: 'c-2', phone: '+32 2 555 12 12', dial: '+3225551212', mail: null, link: null },
  ],
  coffeeRhythm: 'weekly',
  language: 'en',
  terms: { ...usual.terms, auditMonths: 24 },
  managers: 'listed',
  listed: MANY_LISTED,
};

function problemsIn(json: unknown, before = usual) {
  const text = typeof json === 'string' ? json : JSON.stringify(json);
  return readImport(text, before, { today: TODAY, reportsCount: false }).problems?.map(
    ({ id, field }) => `${field} ${id}`,
  );
}

describe('an export', () => {
  it('comes back in as it went out, and leaves as it is what it does not name', () => {
    for (const organisation of [usual, { ...full, listed: full.listed.slice(0, 2) }, full]) {
      const text = exportOf(organisation);
      expect(readImport(text, usual, { today: TODAY, reportsCount: false })).toEqual({
        record: organisation,
        problems: null,
      });
      expect(
        changesBetween(organisation, readImport(text, usual, { today: TODAY, reportsCount: false }).record!),
      ).toEqual([]);
    }
    expect(exportOf(usual)).toContain('\n');
    expect(exportOf(full)).not.toContain('\n');
    expect(exportOf(full)).not.toContain(TENANT);
    const { record } = readImport('{"coffeeRhythm":"quarterly","terms":{"sentDays":120}}', full, {
      today: TODAY,
      reportsCount: false,
    });
    expect(record).toEqual({ ...full, coffeeRhythm: 'quarterly', terms: { ...full.terms, sentDays: 120 } });
    expect(changesBetween(full, record!)).toEqual([
      { kind: 'default', field: 'coffeeRhythm', before: 'weekly', after: 'quarterly' },
      { kind: 'default', field: 'sentDays', before: '90', after: '120' },
    ]);
  });
});

describe('an import', () => {
  it('names everything that is wrong with a file', async () => {
    expect(
      await faultsOf(
        [
          ['no JSON', 'dit is geen JSON', [' importNoJson']],
          ['half of it', '{"contacts": [', [' importNoJson']],
          ['a list', [], ['{} importShape']],
          ['null', null, ['{} importShape']],
          [
            'a field that there is not',
            { tenant: TENANT, x: 1 },
            ['tenant importUnknown', 'x importUnknown'],
          ],
          ['a term that there is not', { terms: { years: 1 } }, ['terms.years importUnknown']],
          [
            'contacts of another shape',
            { contacts: [{ id: 5 }] },
            [
              'contacts[0].id importShape',
              'contacts[0].kind importShape',
              'contacts[0].name importShape',
              'contacts[0].checked importShape',
            ],
          ],
        ] as const,
        (_what, json, expected) => {
          expect(problemsIn(json)).toEqual(expected);
        },
      ),
    ).toEqual([]);
  });

  it('holds to the rules of the forms, names every problem at once, and takes no contact twice or too many', () => {
    const { dial: _dial, ...contact } = ANOUK;
    const json = {
      contacts: [
        { ...contact, phone: 'bel mij', link: 'javascript:alert(1)' },
        { ...contact, checked: '2027-01-13' },
        { ...contact, id: 'c-3', name: '', checked: 'gisteren' },
      ],
      coffeeRhythm: 'daily',
      terms: { sentDays: 9, auditMonths: 'x' },
      managers: 'listed',
      listed: ['Mila'],
    };
    expect(problemsIn(json)).toEqual([
      'contacts[0].phone importField',
      'contacts[0].link importField',
      'contacts[1].checked importDay',
      'contacts[2].name importField',
      'contacts[2].checked importDay',
      'coffeeRhythm importField',
      'terms.sentDays importField',
      'terms.auditMonths importField',
      'listed importField',
    ]);
    {
      const { dial: _dial, ...contact } = ANOUK;
      expect(problemsIn({ contacts: [contact, contact] })).toEqual(['contacts[1] importDouble']);
      const many = Array.from({ length: MOST_CONTACTS + 1 }, (_, at) => ({ ...contact, id: `c-${at}` }));
      expect(problemsIn({ contacts: many })).toEqual(['contacts importField']);
    }
  });

  it('says what it would change', () => {
    const after: Organisation = {
      ...full,
      contacts: [
        { ...ANOUK, name: 'Anouk de Boer' },
        { ...ANOUK, id: 'c-9' },
      ],
      managers: 'everyone',
      listed: [MANY_LISTED[0]!, 'b2b2b2b2-0000-4000-8000-000000000002'],
    };
    const named = changesBetween(full, after).map((one) =>
      'contact' in one ? [one.kind, one.contact.id] : one,
    );
    expect(named).toEqual([
      ['added', 'c-9'],
      ['contact', ANOUK.id],
      ['removed', 'c-2'],
      { kind: 'managers', before: 'listed', after: 'everyone' },
      { kind: 'listed', added: 1, removed: MANY_LISTED.length - 1 },
    ]);
  });
});
