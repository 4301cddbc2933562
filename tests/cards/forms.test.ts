import { describe, expect, it } from 'vitest';
import { LANGS, messagesFor } from '../../cards/content/words.js';
import { type ContactView, reachLine } from '../../cards/hr/hr-view.js';
import { momentFormCard } from '../../cards/moments/form.card.js';
import { chosenInTeams } from '../../cards/who/who-fields.js';
import { faultsOf } from '../support/faults.js';
import { inputsOf } from '../support/teams/teams-card.js';

const SANNE = '2c8e7b43-1d4f-4a9e-8b62-6e3d9f5a8c02';

describe('a form', () => {
  it('shows who was chosen in Teams by the name that the manager uses, also where it comes back', () => {
    const member = { id: 'm', name: 'Sanne', person: SANNE, rhythm: null, lastDay: null };
    const listed = [{ member, moments: [], agreements: [] }];
    expect(chosenInTeams('nl', { account: '', name: 'Sanne', people: listed })).toEqual([]);
    expect(chosenInTeams('nl', { account: SANNE, name: 'San', people: [] })).toEqual([
      { title: 'San', value: SANNE },
    ]);
    expect(chosenInTeams('nl', { account: SANNE, name: '', people: listed })).toEqual([
      { title: 'Sanne', value: SANNE },
    ]);
    const { chosenInTeams: unknown } = messagesFor('nl').who;
    expect(chosenInTeams('nl', { account: SANNE, name: '', people: [] })).toEqual([
      { title: unknown, value: SANNE },
    ]);
  });

  it('about a moment asks in each language only for the days that its kind has', async () => {
    expect(
      await faultsOf(LANGS, (lang) => {
        const fields = (kind: string, problems: { until?: 'untilWrong' } = {}) => {
          const typed = {
            kind,
            known: '',
            name: '',
            person: '',
            sameAs: '',
            from: '',
            until: '',
            contact: '',
          };
          const form = { id: 'form-1', typed, people: [], asked: [], problems, whoProblems: {} };
          return inputsOf([momentFormCard(lang, form)]).map(({ id }) => id);
        };
        expect(fields('')).toEqual(expect.arrayContaining(['until', 'contact']));
        expect(fields('leave')).toEqual(expect.arrayContaining(['until', 'contact']));
        for (const kind of ['retirement', 'return', 'start', 'anniversary']) {
          expect(fields(kind), kind).not.toContain('until');
          expect(fields(kind), kind).not.toContain('contact');
        }
        expect(fields('extra')).toContain('until');
        expect(fields('retirement', { until: 'untilWrong' })).toContain('until');
      }),
    ).toEqual([]);
  });
});

describe('an address of somebody to turn to', () => {
  it('can be copied as it is', () => {
    const contact: ContactView = {
      id: 'c',
      kind: 'social-work',
      name: 'Ria',
      phone: null,
      dial: null,
      link: null,
      hours: '',
      mail: 'ria_b@example.com',
      checked: '2027-01-12',
    };
    expect(reachLine(contact)).toBe('[ria\\_b@example.com](mailto:ria_b@example.com)');
  });
});
