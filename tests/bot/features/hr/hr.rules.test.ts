import { describe, expect, it } from 'vitest';
import { defaultOrganisation } from '../../../../bot/domain/organisation.js';
import {
  checkContact,
  checkDefaults,
  checkMayRecord,
  defaultsAsTyped,
} from '../../../../bot/features/hr/hr.rules.js';
import type { ContactTyped } from '../../../../cards/actions.js';
import { CONTACT_MAX, MOST_LISTED } from '../../../../cards/hr/hr-view.js';
import { faultsOf } from '../../../support/faults.js';
import { EMPLOYEE, MANAGER, TENANT } from '../../../support/sample-records.js';

const TODAY = '2027-01-12';
const right: ContactTyped = {
  kind: 'confidant-internal',
  name: ' Anouk  Visser ',
  phone: '0201234567',
  mail: '',
  link: '',
  hours: '',
};
const usual = defaultsAsTyped(defaultOrganisation(TENANT));

function problemsOf(typed: Partial<ContactTyped>) {
  const { problems } = checkContact({ ...right, ...typed }, 'c-1', TODAY);
  return Object.fromEntries(
    Object.entries(problems ?? {}).flatMap(([field, one]) => (one ? [[field, one.id]] : [])),
  );
}

describe('a contact that HR fills in', () => {
  it('shows a number as people write it, and dials it whole', async () => {
    expect(
      await faultsOf(
        [
          ['0201234567', '020 123 4567', '+31201234567'],
          ['+31 (0)20-1234567', '020 123 4567', '+31201234567'],
          ['06 1234 5678', '06 12345678', '+31612345678'],
          ['+32 2 555 12 12', '+32 2 555 12 12', '+3225551212'],
          ['0800-0113', '0800-0113', '08000113'],
          ['113', '113', '113'],
          ['14 020', '14 020', '14020'],
        ],
        (phone, shown, dial) => {
          expect(checkContact({ ...right, phone }, 'c-1', TODAY).value).toMatchObject({ phone: shown, dial });
        },
      ),
    ).toEqual([]);
  });

  it('is kept with the day on which HR said that it is right', () => {
    expect(checkContact(right, 'c-1', TODAY)).toEqual({
      value: {
        id: 'c-1',
        kind: 'confidant-internal',
        name: 'Anouk Visser',
        phone: '020 123 4567',
        dial: '+31201234567',
        mail: null,
        link: null,
        hours: '',
        checked: TODAY,
      },
      problems: null,
    });
  });

  it('says what is wrong with each field, everything at once', async () => {
    expect(
      await faultsOf<[string, Partial<ContactTyped>, Record<string, string>]>(
        [
          ['a kind that there is not', { kind: 'boss' }, { kind: 'kindMissing' }],
          ['no name', { name: '  ' }, { name: 'nameMissing' }],
          ['a long name', { name: 'x'.repeat(CONTACT_MAX.name + 1) }, { name: 'tooLong' }],
          ['no way to reach them', { phone: '' }, { phone: 'noReach' }],
          ['letters for a number', { phone: 'bel mij' }, { phone: 'phoneWrong' }],
          ['a number that nobody has', { phone: '020 12 34 5678 90' }, { phone: 'phoneWrong' }],
          ['half an address', { mail: 'anouk@' }, { mail: 'mailWrong' }],
          ['two addresses', { mail: 'a@b.nl, c@d.nl' }, { mail: 'mailWrong' }],
          ['http', { link: 'http://voorbeeld.nl' }, { link: 'linkWrong' }],
          ['a script', { link: 'javascript:alert(1)' }, { link: 'linkWrong' }],
          [
            'an address that looks like another',
            { link: 'https://bank.nl@voorbeeld.nl' },
            { link: 'linkWrong' },
          ],
          ['a name without a host', { link: 'https://intranet' }, { link: 'linkWrong' }],
          ['long hours', { hours: 'x'.repeat(CONTACT_MAX.hours + 1) }, { hours: 'tooLong' }],
        ],
        (_what, typed, expected) => {
          expect(problemsOf(typed)).toEqual(expected);
        },
      ),
    ).toEqual([]);
    const wrong = { kind: '', name: '', phone: 'x', mail: 'x', link: 'x', hours: 'x'.repeat(200) };
    expect(Object.keys(problemsOf(wrong))).toEqual(['kind', 'name', 'phone', 'mail', 'link', 'hours']);
  });
});

describe('the defaults', () => {
  it('take every term within its limits and none beyond, and no rhythm or language that is no choice', () => {
    expect(checkDefaults({ ...usual, closedAgreementMonths: '24' }).value?.terms.closedAgreementMonths).toBe(
      24,
    );
    for (const term of ['25', '0', '', '-1', '1.5', 'twaalf']) {
      const { problems } = checkDefaults({ ...usual, closedAgreementMonths: term });
      expect(problems?.closedAgreementMonths).toEqual({ id: 'term', values: { least: 1, most: 24 } });
    }
    const { problems } = checkDefaults({ ...usual, coffeeRhythm: 'daily', language: 'fr' });
    expect(problems).toMatchObject({
      coffeeRhythm: { id: 'chooseRhythm' },
      language: { id: 'chooseLanguage' },
    });
  });
});

describe('who may record', () => {
  it('is a list of people from Teams, each once, never nobody, and no name or more than fit', () => {
    const typed = { managers: 'listed', listed: `${MANAGER.toUpperCase()},${EMPLOYEE}, ${MANAGER}` };
    expect(checkMayRecord(typed, false).value).toEqual({ managers: 'listed', listed: [MANAGER, EMPLOYEE] });
    {
      const typed = { managers: 'listed', listed: '' };
      expect(checkMayRecord(typed, false).problems).toMatchObject({ listed: { id: 'nobodyListed' } });
      expect(checkMayRecord(typed, true).value).toEqual({ managers: 'listed', listed: [] });
    }
    expect(checkMayRecord({ managers: 'listed', listed: 'Mila' }, false).problems).toMatchObject({
      listed: { id: 'notAPerson', values: { what: 'mila' } },
    });
    const many = Array.from(
      { length: MOST_LISTED + 1 },
      (_, at) => MANAGER.slice(0, 24) + String(at).padStart(12, '0'),
    );
    expect(checkMayRecord({ managers: 'listed', listed: many.join(',') }, false).problems).toMatchObject({
      listed: { id: 'tooManyListed' },
    });
  });
});
