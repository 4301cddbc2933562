import { describe, expect, it } from 'vitest';
import {
  allStopped,
  alreadyRecorded,
  type Chosen,
  evaluated,
  moved,
  readOutcomes,
  toRewrite,
} from '../../../../bot/features/evaluation/evaluation.rules.js';
import type { Agreement } from '../../../../bot/store/managers.js';
import { anAgreement, anItem } from '../../../support/records.js';

const NOW = '2027-01-12T09:30:00.000Z';
const NEXT = '2027-01-26';
const three = [anItem({ id: 'a' }), anItem({ id: 'b' }), anItem({ id: 'c' })];

function chosen(outcomes: Partial<Chosen>): Chosen {
  return { outcome1: '', outcome2: '', outcome3: '', outcome4: '', outcome5: '', next: NEXT, ...outcomes };
}

describe('evaluation.rules: readOutcomes', () => {
  it('reads what was chosen for each agreement, by the id of the agreement', () => {
    const read = readOutcomes(
      anAgreement({ items: three }),
      chosen({ outcome1: 'works', outcome2: 'adjust', outcome3: 'stop' }),
    );
    expect(read).toEqual({ outcomes: { a: 'works', b: 'adjust', c: 'stop' }, problems: {} });
  });

  it.each(['', 'perfect', 'Work', 'works,stop'])('asks again where %j was chosen', (outcome2) => {
    const read = readOutcomes(
      anAgreement({ items: three }),
      chosen({ outcome1: 'works', outcome2, outcome3: 'works' }),
    );
    expect(read).toEqual({ outcomes: { a: 'works', c: 'works' }, problems: { outcome2: { id: 'outcome' } } });
  });

  it('does not ask of what was stopped before, and keeps the fields of the others', () => {
    const items = [anItem({ id: 'a', outcome: 'stop' }), anItem({ id: 'b', outcome: 'works' })];
    const read = readOutcomes(anAgreement({ items }), chosen({ outcome1: 'works', outcome2: 'adjust' }));
    expect(read).toEqual({ outcomes: { b: 'adjust' }, problems: {} });
  });
});

describe('evaluation.rules: toRewrite', () => {
  it('is the places of what is to change', () => {
    const outcomes = { a: 'adjust', b: 'works', c: 'adjust' } as const;
    expect(toRewrite(anAgreement({ items: three }), outcomes)).toEqual([0, 2]);
  });

  it('is nothing when everything works or stops', () => {
    expect(toRewrite(anAgreement({ items: three }), { a: 'works', b: 'stop' })).toEqual([]);
  });
});

describe('evaluation.rules: evaluated', () => {
  const before = anAgreement({
    items: three,
    remindFrom: '2027-01-12T08:00:00.000Z',
    answer: 'change-asked',
    answeredAt: '2027-01-11T08:00:00.000Z',
    changeAsked: { subjects: ['days'], note: '', askedAt: '2027-01-11T09:00:00.000Z' },
    evaluations: [{ day: '2026-12-29', outcomes: { a: 'works' } }],
  });
  const after = evaluated(before, {
    day: '2027-01-12',
    now: NOW,
    outcomes: { a: 'works', b: 'adjust' },
    nextDay: NEXT,
    rewritten: { b: { what: 'Sanne begint om half tien', by: '2027-01-20' } },
  });

  it('puts the outcome at each agreement and leaves the others', () => {
    expect(after.items.map(({ outcome }) => outcome)).toEqual(['works', 'adjust', null]);
  });

  it('puts the new text and day in the place of the old', () => {
    expect(after.items[1]).toEqual(
      anItem({ id: 'b', what: 'Sanne begint om half tien', by: '2027-01-20', outcome: 'adjust' }),
    );
  });

  it('adds to the evaluations of before', () => {
    expect(after.evaluations).toEqual([
      ...before.evaluations,
      { day: '2027-01-12', planned: before.nextDay, outcomes: { a: 'works', b: 'adjust' } },
    ]);
  });

  it('sets the next day, without what was snoozed of this one', () => {
    expect(after).toMatchObject({ nextDay: NEXT, remindFrom: null });
  });

  it('is to be shown to the employee anew, whatever they answered before', () => {
    expect(after).toMatchObject({ answer: 'on-its-way', answeredAt: null, changeAsked: null });
  });

  it('is a newer version, changed now, and still open', () => {
    expect(after).toMatchObject({ version: before.version + 1, changedAt: NOW, status: 'open' });
  });

  it('leaves what was recorded of the conversation', () => {
    const { conversationDay, present, subjects, createdAt, initiative, rhythm, landed } = before;
    expect(after).toMatchObject({
      conversationDay,
      present,
      subjects,
      createdAt,
      initiative,
      rhythm,
      landed,
    });
  });

  it('leaves the agreement that it was given as it was', () => {
    expect(before.items).toEqual(three);
    expect(before.version).toBe(1);
  });
});

describe('evaluation.rules: moved', () => {
  it('sets another day and changes no outcome', () => {
    const before = anAgreement({ remindFrom: '2027-01-12T08:00:00.000Z' });
    expect(moved(before, NEXT, NOW)).toEqual({
      ...before,
      nextDay: NEXT,
      remindFrom: null,
      changedAt: NOW,
      version: 2,
      answer: 'on-its-way',
    });
  });

  it.each([
    ['on-its-way', 'Ahmed'],
    ['waiting', 'Ahmed'],
    ['shared', null],
    ['confirmed', null],
  ] as const)('still tells of a handover when the answer to it is %s', (answer, movedFrom) => {
    expect(moved(anAgreement({ movedFrom: 'Ahmed', answer }), NEXT, NOW).movedFrom).toBe(movedFrom);
  });

  it('shares nothing when there is nobody to share with', () => {
    expect(moved(anAgreement({ employee: null, answer: 'not-shared' }), NEXT, NOW).answer).toBe('not-shared');
  });
});

describe('evaluation.rules: alreadyRecorded', () => {
  const recorded = anAgreement({
    nextDay: NEXT,
    evaluations: [
      { day: '2026-12-29', outcomes: { a: 'stop' } },
      { day: '2027-01-12', outcomes: { a: 'works', b: 'adjust' } },
    ],
  });

  it('is true for the same outcomes and the same next day', () => {
    expect(alreadyRecorded(recorded, { b: 'adjust', a: 'works' }, NEXT)).toBe(true);
  });

  it('is true when what was stopped then is not asked any more', () => {
    const before = anAgreement({ items: three });
    const sent = chosen({ outcome1: 'stop', outcome2: 'works', outcome3: 'adjust' });
    const { outcomes } = readOutcomes(before, sent);
    const done = { day: '2027-01-12', now: NOW, outcomes, nextDay: NEXT, rewritten: {} };
    const after = evaluated(before, done);
    expect(alreadyRecorded(after, readOutcomes(after, sent).outcomes, NEXT)).toBe(true);
  });

  it.each<[string, Parameters<typeof alreadyRecorded>]>([
    ['another outcome', [recorded, { a: 'works', b: 'works' }, NEXT]],
    ['an outcome less', [recorded, { a: 'works' }, NEXT]],
    ['an outcome more', [recorded, { a: 'works', b: 'adjust', c: 'works' }, NEXT]],
    ['another next day', [recorded, { a: 'works', b: 'adjust' }, '2027-02-02']],
    ['an earlier evaluation', [recorded, { a: 'stop' }, NEXT]],
    ['an agreement that was never evaluated', [anAgreement({ nextDay: NEXT }), {}, NEXT]],
  ])('is false for %s', (_case, [agreement, outcomes, nextDay]) => {
    expect(alreadyRecorded(agreement, outcomes, nextDay)).toBe(false);
  });
});

describe('evaluation.rules: allStopped', () => {
  it.each<[string, readonly Agreement['items'][number]['outcome'][], boolean]>([
    ['everything stopped', ['stop', 'stop'], true],
    ['something works', ['stop', 'works'], false],
    ['something was never evaluated', ['stop', null], false],
  ])('when %s: %s', (_case, outcomes, expected) => {
    const items = outcomes.map((outcome, index) => anItem({ id: String(index), outcome }));
    expect(allStopped(anAgreement({ items }))).toBe(expected);
  });
});
