import { describe, expect, it } from 'vitest';
import { defaultSlot } from '../../../../bot/domain/calendar.js';
import { newMemberId } from '../../../../bot/domain/member.js';
import {
  forConversationForm,
  memberIdOf,
  newDraft,
  newItem,
  withAnotherItem,
  withConversation,
  withMember,
  withPlan,
} from '../../../../bot/features/agreement/agreement.flow.js';
import { checkConversation, checkPlan } from '../../../../bot/features/agreement/agreement.rules.js';
import { ACTIONS } from '../../../../cards/actions.js';
import { faultsOf } from '../../../support/faults.js';
import { aDraft, aMember, EMPLOYEE, MANAGER } from '../../../support/sample-records.js';

const TODAY = '2027-01-12';
const SLOT = defaultSlot('Europe/Amsterdam');

/** What step 1 sends, as the router reads it. */
function conversationInputs(inputs: Record<string, string>) {
  return ACTIONS['agreement.details'].payload.parse({ draft: aDraft(), lang: 'nl', ...inputs });
}

/** What step 2 sends, as the router reads it. */
function planInputs(inputs: Record<string, string>) {
  return ACTIONS['agreement.save'].payload.parse({ draft: aDraft(), lang: 'nl', ...inputs });
}

describe('agreement.flow: a new form', () => {
  it('asks of a person only who it was with, about what, and what was agreed', () => {
    const draft = {
      ...newDraft({ id: 'id', today: TODAY, slot: SLOT, rhythm: 'two-weekly' }),
      name: 'Sanne',
      subjects: 'tasks',
    };
    expect(
      checkConversation(draft, TODAY, { self: MANAGER, members: [], screen: () => [] }).value,
    ).not.toBeNull();
    const items = draft.items.map((item) => ({ ...item, what: 'Bo begint om tien uur' }));
    expect(checkPlan({ ...draft, items }, TODAY, () => []).value).not.toBeNull();
  });

  it('proposes today for the conversation and the beginning, and then the rhythm that was chosen', async () => {
    expect(
      await faultsOf(
        [
          ['two weeks from now', '2027-12-28', '2028-01-11'],
          ['the working day after it where that is a weekend', '2027-01-09', '2027-01-25'],
          ['the working day after it where that is a holiday', '2027-04-20', '2027-05-04'],
        ],
        (_case, today, next) => {
          expect(newDraft({ id: 'id', today, slot: SLOT, rhythm: 'two-weekly' })).toMatchObject({
            day: today,
            items: [{ from: today, by: '' }],
            next,
          });
        },
      ),
    ).toEqual([]);
  });
});

describe('agreement.flow: withConversation', () => {
  it('takes over what was filled in, tidied, an empty field for one that did not come, and leaves the other step as it was', () => {
    const inputs = {
      name: 'Bo',
      person: EMPLOYEE,
      sameAs: '',
      day: TODAY,
      present: 'hr',
      subjects: 'hours',
      known: 'x',
    };
    expect(withConversation(aDraft(), conversationInputs(inputs))).toEqual(aDraft(inputs));
    expect(withConversation(aDraft(), conversationInputs({}))).toMatchObject({
      name: '',
      person: '',
      day: '',
    });
    {
      const inputs = conversationInputs({ name: '  Bo \n\t de  Boer ', person: EMPLOYEE.toUpperCase() });
      expect(withConversation(aDraft(), inputs)).toMatchObject({ name: 'Bo de Boer', person: EMPLOYEE });
    }
    const draft = withConversation(aDraft({ rhythm: 'quarterly' }), conversationInputs({ name: 'Bo' }));
    expect(draft).toMatchObject({ rhythm: 'quarterly', items: aDraft().items, next: aDraft().next });
  });
});

describe('agreement.flow: withPlan', () => {
  it('takes over what was filled in, row by row, no more than the card showed, and leaves the other step as it was', () => {
    const draft = aDraft({ items: [newItem(TODAY), newItem(TODAY)] });
    const inputs = planInputs({
      what1: ' Een ',
      who1: 'hr',
      from1: '2027-01-11',
      by1: '2027-01-14',
      what2: 'Twee',
      who2: 'team',
      by2: '2027-01-15',
      initiative: 'employee',
      next: '2027-01-19',
      rhythm: 'weekly',
    });
    expect(withPlan(draft, inputs)).toEqual({
      ...draft,
      items: [
        { what: 'Een', who: 'hr', from: '2027-01-11', by: '2027-01-14' },
        { what: 'Twee', who: 'team', from: '', by: '2027-01-15' },
      ],
      initiative: 'employee',
      next: '2027-01-19',
      rhythm: 'weekly',
    });
    {
      const draft = withPlan(
        aDraft({ items: [newItem(TODAY)] }),
        planInputs({ what1: 'Een', what2: 'Twee' }),
      );
      expect(draft.items.map(({ what }) => what)).toEqual(['Een']);
    }
    expect(withPlan(aDraft(), planInputs({}))).toMatchObject({ name: 'Sanne', day: '2027-01-08' });
  });
});

describe('agreement.flow: withAnotherItem', () => {
  it('adds an empty row after the others, up to five', () => {
    expect(withAnotherItem(aDraft(), TODAY).items).toEqual([...aDraft().items, newItem(TODAY)]);
    const draft = aDraft({ items: Array.from({ length: 5 }, () => newItem(TODAY)) });
    expect(withAnotherItem(draft, TODAY)).toEqual(draft);
  });
});

describe('agreement.flow: withMember', () => {
  const sanne = aMember();
  const bo = aMember({ id: 'name-bo', name: 'Bo', person: null });
  const members = [bo, sanne];

  it('finds on the list whoever is meant, by the picked Teams id before the name', async () => {
    expect(
      await faultsOf(
        [
          ['who was chosen from the list', { known: sanne.id, name: '', person: '' }, sanne],
          ['who was chosen from the list and has no id', { known: bo.id, name: '', person: '' }, bo],
          ['who has the same Teams id, by the list’s id', { name: 'Sanne', person: EMPLOYEE }, sanne],
          ['who has the very same name', { name: 'Bo', person: '' }, bo],
          ['who has the same name in other letters', { name: 'sanne', person: '' }, sanne],
        ],
        (_case, overrides, expected) => {
          expect(withMember(aDraft(overrides), members)).toMatchObject({
            known: expected.id,
            name: expected.name,
            person: expected.person ?? '',
          });
        },
      ),
    ).toEqual([]);
    const draft = withMember(aDraft({ name: 'Bo', person: EMPLOYEE }), members);
    expect(draft).toMatchObject({ known: sanne.id, person: EMPLOYEE });
  });

  it('gives somebody whose name was only typed the picked Teams id when the manager says so, and the name of now', () => {
    const unsaid = withMember(aDraft({ name: 'bo', person: EMPLOYEE }), [bo]);
    expect(unsaid).toMatchObject({ known: '', name: 'bo', person: EMPLOYEE });
    const said = withMember(aDraft({ name: 'bo', person: EMPLOYEE, sameAs: bo.id }), [bo]);
    expect(said).toMatchObject({ known: bo.id, name: 'Bo', person: EMPLOYEE, sameAs: bo.id });
    const draft = withMember(aDraft({ name: 'Sanne B.', person: EMPLOYEE }), members);
    expect(draft).toMatchObject({ known: sanne.id, name: 'Sanne B.' });
  });

  it('makes somebody new of whoever is not on the list', async () => {
    expect(
      await faultsOf(
        [
          ['a name that is on no list', { name: 'Kim', person: '' }],
          ['an id that is on no list', { known: 'gone', name: 'Kim', person: '' }],
          ['a Teams id that is on no list', { name: 'Kim', person: MANAGER }],
          ['the same name with another Teams id', { name: 'Sanne', person: MANAGER }],
        ],
        (_case, overrides) => {
          const draft = aDraft(overrides);
          expect(withMember(draft, members)).toEqual({ ...draft, known: '' });
        },
      ),
    ).toEqual([]);
  });
});

describe('agreement.flow: forConversationForm', () => {
  it('puts somebody back where they were chosen or typed, and comes back out of step 1 as the same person', () => {
    const draft = withMember(aDraft({ known: aMember().id, name: '', person: '' }), [aMember()]);
    expect(forConversationForm(draft, [aMember()])).toMatchObject({
      known: aMember().id,
      name: '',
      person: '',
    });
    expect(forConversationForm(aDraft(), [aMember()])).toEqual(aDraft());
    {
      const draft = withMember(aDraft({ name: 'Sanne' }), [aMember()]);
      expect(withMember(forConversationForm(draft, [aMember()]), [aMember()])).toEqual(draft);
    }
  });
});

describe('agreement.flow: memberIdOf', () => {
  it('is told apart by what was filled in', async () => {
    expect(
      await faultsOf(
        [
          ['the list’s own for somebody from the list', { known: 'name-bo' }, 'name-bo'],
          ['the person’s for somebody from Teams', { person: EMPLOYEE }, `person-${EMPLOYEE}`],
          ['the form’s for a typed name', { id: 'form-1', person: '' }, newMemberId('form-1', 'Sanne', null)],
        ],
        (_case, overrides, expected) => {
          expect(memberIdOf(aDraft(overrides))).toBe(expected);
        },
      ),
    ).toEqual([]);
  });
});
