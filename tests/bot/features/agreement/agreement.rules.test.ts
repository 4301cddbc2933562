import { describe, expect, it } from 'vitest';
import { checkConversation, checkPlan } from '../../../../bot/features/agreement/agreement.rules.js';
import type { Screen } from '../../../../bot/nlu/screening/field-screening.js';
import type { Draft, DraftItem } from '../../../../cards/actions.js';
import { WHAT_MAX } from '../../../../cards/agreement/item-fields.js';
import type { Problems } from '../../../../cards/agreement/problems.js';
import { NAME_MAX } from '../../../../cards/who/who-fields.js';
import { faultsOf } from '../../../support/faults.js';
import { aDraft, aMember, EMPLOYEE, MANAGER } from '../../../support/sample-records.js';

const TODAY = '2027-01-12';
const everythingPasses: Screen = () => [];
/** Refuses one word, as a real screen refuses many. */
const noBurnout: Screen = (text) => (/burn-?out/i.test(text) ? ['burn-out'] : []);

/** The problems that are there, without the fields that are right. */
function wrong(problems: Problems): Problems {
  return Object.fromEntries(Object.entries(problems).filter(([, problem]) => problem !== undefined));
}

const OTHER = 'c3c3c3c3-0000-4000-8000-000000000003';

describe('agreement.rules: the conversation', () => {
  function check(overrides: Partial<Draft> = {}, members = [aMember()], screen = everythingPasses) {
    const draft = aDraft({ name: 'Bo', person: '', ...overrides });
    return checkConversation(draft, TODAY, { self: MANAGER, members, screen });
  }

  it('comes out in the shapes of the record, each once, in its order, and may be with or on all that there may be', async () => {
    expect(check({ day: '2027-01-11', present: 'employee,hr', subjects: 'hours' })).toEqual({
      value: { day: '2027-01-11', present: ['employee', 'hr'], subjects: ['hours'] },
      problems: expect.anything(),
    });
    const { value } = check({ present: 'hr, employee,hr', subjects: 'Werktijden en rooster,tasks' });
    expect(value).toMatchObject({ present: ['employee', 'hr'], subjects: ['tasks', 'hours'] });
    expect(
      await faultsOf<[string, Partial<Draft>]>(
        [
          ['a typed name', {}],
          ['a typed name of the greatest length', { name: 'x'.repeat(NAME_MAX) }],
          ['somebody from Teams with a name', { person: EMPLOYEE }],
          ['somebody from the list', { known: aMember().id, name: '' }],
          [
            'somebody from the list who is chosen in Teams too',
            { known: aMember().id, name: '', person: EMPLOYEE },
          ],
          ['somebody from Teams who is on the list, without a name', { name: '', person: EMPLOYEE }],
          ['an id that is on no list, with a name', { known: 'nobody' }],
          ['a conversation of today', { day: TODAY }],
          ['a conversation of a year ago', { day: '2026-01-11' }],
        ],
        (_case, overrides) => {
          expect(wrong(check(overrides).problems)).toEqual({});
        },
      ),
    ).toEqual([]);
  });

  it('is refused with anything missing or wrong, and says what, all of it at once', async () => {
    expect(
      await faultsOf<[string, Partial<Draft>, string, string]>(
        [
          ['nobody', { name: '' }, 'name', 'nobody'],
          ['an id that is on no list', { known: 'nobody', name: '' }, 'name', 'nobody'],
          ['somebody new from Teams without a name', { name: '', person: OTHER }, 'name', 'nameForPerson'],
          ['a name that is too long', { name: 'x'.repeat(NAME_MAX + 1) }, 'name', 'nameLong'],
          ['somebody from the list and a name', { known: aMember().id }, 'known', 'two'],
          [
            'somebody from the list and another from Teams',
            { known: aMember().id, name: '', person: OTHER },
            'known',
            'otherAccount',
          ],
          ['oneself', { person: MANAGER }, 'person', 'yourself'],
          ['an e-mail address for a person', { person: 'bo@example.nl' }, 'person', 'notAPerson'],
          ['two people', { person: `${EMPLOYEE},${MANAGER}` }, 'person', 'notAPerson'],
          ['no day', { day: '' }, 'day', 'notADay'],
          ['a day that does not exist', { day: '2026-02-30' }, 'day', 'notADay'],
          ['tomorrow', { day: '2027-01-13' }, 'day', 'dayFuture'],
          ['more than a year ago', { day: '2026-01-10' }, 'day', 'dayLongAgo'],
          ['nobody present', { present: '' }, 'present', 'nobodyPresent'],
          ['only somebody present who is not on the form', { present: 'doctor' }, 'present', 'nobodyPresent'],
          ['no subject', { subjects: '' }, 'subjects', 'noSubject'],
          ['only a subject that is not on the form', { subjects: 'illness' }, 'subjects', 'noSubject'],
        ],
        (_case, overrides, field, id) => {
          const { value, problems } = check(overrides);
          expect(value).toBeNull();
          expect(wrong(problems)).toEqual({ [field]: expect.objectContaining({ id }) });
        },
      ),
    ).toEqual([]);
    const { problems } = check({ name: '', day: '', present: '', subjects: '' });
    expect(Object.keys(wrong(problems)).sort()).toEqual(['day', 'name', 'present', 'subjects']);
  });

  it('asks again where something is not on the form or the name tells something of health, naming the words', () => {
    const { value, problems } = check({ present: 'hr,illness', subjects: 'hours,depression' });
    expect(value).toBeNull();
    expect(Object.keys(wrong(problems)).sort()).toEqual(['present', 'subjects']);
    {
      const { value, problems } = check({ name: 'Bo (burn-out)' }, [], noBurnout);
      expect(value).toBeNull();
      expect(wrong(problems)).toEqual({ name: { id: 'nameScreened', values: { words: 'burn-out' } } });
    }
  });
});

describe('agreement.rules: the plan', () => {
  const good: DraftItem = {
    what: 'De klantvragen gaan naar Joris',
    who: 'manager',
    from: '',
    by: '2027-01-15',
  };

  function check(items: DraftItem[], overrides: Partial<Draft> = {}, screen = everythingPasses) {
    return checkPlan(aDraft({ items, ...overrides }), TODAY, screen);
  }

  it('comes out in the shapes of the record, without rows that have no text, one to five, in the first row', () => {
    const other: DraftItem = { what: 'Bo begint om tien uur', who: 'employee', from: '2027-01-04', by: '' };
    expect(
      check([good, other], { initiative: 'employee', rhythm: 'weekly', next: '2027-01-26' }).value,
    ).toEqual({
      items: [
        { id: '1', ...good, from: null, outcome: null },
        { id: '2', ...other, from: '2027-01-04', by: null, outcome: null },
      ],
      initiative: 'employee',
      rhythm: 'weekly',
      nextDay: '2027-01-26',
    });
    const empty: DraftItem = { what: '', who: '', from: '', by: 'x' };
    const { value, problems } = check([empty, good, empty]);
    expect(value?.items.map(({ what }) => what)).toEqual([good.what]);
    expect(wrong(problems)).toEqual({});
    {
      const { value, problems } = check([
        { ...good, what: '' },
        { ...good, what: '' },
      ]);
      expect(value).toBeNull();
      expect(wrong(problems)).toEqual({ what1: { id: 'noItem' } });
      {
        const { value, problems } = check([]);
        expect(value).toBeNull();
        expect(wrong(problems)).toMatchObject({ what1: { id: 'noItem' } });
      }
      expect(check(Array.from({ length: 7 }, () => good)).value?.items).toHaveLength(5);
    }
  });

  it('is refused with a wrong agreement in it, at its own row, and with a text that tells something of health', async () => {
    expect(
      await faultsOf<[string, Partial<DraftItem>, string, string]>(
        [
          ['a text that is too long', { what: 'x'.repeat(WHAT_MAX + 1) }, 'what2', 'itemLong'],
          ['nobody who does it', { who: '' }, 'who2', 'itemWho'],
          ['somebody who is not on the form', { who: 'partner' }, 'who2', 'itemWho'],
          ['no day', { by: '' }, 'from2', 'oneDay'],
          ['an end before its beginning', { from: '2027-01-20', by: '2027-01-19' }, 'by2', 'untilBefore'],
          ['a beginning of long ago', { from: '2026-01-01' }, 'from2', 'dayLongAgo'],
          ['a beginning that is no day', { from: '12 januari' }, 'from2', 'notADay'],
          ['a beginning more than a year ahead', { from: '2028-01-14', by: '' }, 'from2', 'dayFar'],
          ['a day that does not exist', { by: '2027-02-30' }, 'by2', 'notADay'],
          ['yesterday', { by: '2027-01-11' }, 'by2', 'dayPast'],
          ['more than a year ahead', { by: '2028-01-14' }, 'by2', 'dayFar'],
        ],
        (_case, overrides, field, id) => {
          const { value, problems } = check([good, { ...good, ...overrides }]);
          expect(value).toBeNull();
          expect(wrong(problems)).toEqual({ [field]: expect.objectContaining({ id }) });
        },
      ),
    ).toEqual([]);
    const { value, problems } = check([good, { ...good, what: 'Herstelt van burnout' }], {}, noBurnout);
    expect(value).toBeNull();
    expect(wrong(problems)).toEqual({ what2: { id: 'screened', values: { words: 'burn-out' } } });
  });

  it('takes an agreement at the edge of what may be, and may be looked back on tomorrow', async () => {
    expect(
      await faultsOf<[string, Partial<DraftItem>]>(
        [
          ['a text of the greatest length', { what: 'x'.repeat(WHAT_MAX) }],
          ['a day today', { by: TODAY }],
          ['a day a year ahead', { by: '2028-01-13' }],
        ],
        (_case, overrides) => {
          expect(wrong(check([{ ...good, ...overrides }]).problems)).toEqual({});
        },
      ),
    ).toEqual([]);
    expect(check([good], { next: '2027-01-13' }).value?.nextDay).toBe('2027-01-13');
  });

  it('is refused with a wrong evaluation', async () => {
    expect(
      await faultsOf<[string, Partial<Draft>, string, string]>(
        [
          ['no initiative', { initiative: '' }, 'initiative', 'choose'],
          ['an initiative that is not on the form', { initiative: 'hr' }, 'initiative', 'choose'],
          ['no rhythm', { rhythm: '' }, 'rhythm', 'choose'],
          ['a rhythm that is not on the form', { rhythm: 'daily' }, 'rhythm', 'choose'],
          ['no next day', { next: '' }, 'next', 'notADay'],
          ['a next day that does not exist', { next: '2027-02-30' }, 'next', 'notADay'],
          ['a next day today', { next: TODAY }, 'next', 'dayTomorrow'],
          ['a next day in the past', { next: '2027-01-01' }, 'next', 'dayTomorrow'],
          ['a next day more than a year ahead', { next: '2028-01-14' }, 'next', 'dayFar'],
        ],
        (_case, overrides, field, id) => {
          const { value, problems } = check([good], overrides);
          expect(value).toBeNull();
          expect(wrong(problems)).toEqual({ [field]: { id } });
        },
      ),
    ).toEqual([]);
  });
});
