import { describe, expect, it } from 'vitest';
import type { Agreement } from '../../../bot/domain/agreement.js';
import { defaultSlot, type Slot } from '../../../bot/domain/calendar.js';
import type { NewReminder } from '../../../bot/domain/reminder.js';
import { itemId } from '../../../bot/store/deliveries.js';
import { identityOf, missingReminders } from '../../../jobs/reconcile/missing.js';
import { faultsOf } from '../../support/faults.js';
import { aNewReminder, anAgreement, EMPLOYEE, MANAGER, TENANT } from '../../support/sample-records.js';

const MILA = { tenant: TENANT, person: MANAGER };
const SLOT = defaultSlot('Europe/Amsterdam');
/** The night before the evaluation's week, and one long after it. */
const NIGHT = '2027-01-11T02:30:00.000Z';
const LONG_AFTER = '2027-02-10T02:30:00.000Z';
const SNOOZED = '2027-01-15T08:00:00.000Z';
const NOT_SHARED = { employee: null, answer: 'not-shared' } as const;

const evaluation = aNewReminder();
const landed = aNewReminder({ kind: 'landed', occasion: '2027-01-08', due: '2027-01-13T08:00:00.000Z' });
const shared = aNewReminder({
  kind: 'agreement-shared',
  person: EMPLOYEE,
  occasion: '1',
  due: '2027-01-11T08:00:00.000Z',
});
const initiative = aNewReminder({ kind: 'evaluation-initiative', person: EMPLOYEE });

function missing(
  changes: Partial<Agreement>,
  around: { planned?: readonly NewReminder[]; now?: string; slot?: Slot } = {},
): NewReminder[] {
  const { planned = [], now = NIGHT, slot = SLOT } = around;
  return missingReminders(MILA, anAgreement(changes), {
    planned: new Set(planned.map(identityOf)),
    now,
    slot,
  });
}

describe('missing: the evaluation', () => {
  const only = { ...NOT_SHARED, landed: true } as const;

  it('is missing at the time that was planned, kept, snoozed to or usual, at once where that has passed, when nothing is planned', () => {
    expect(missing(only)).toEqual([evaluation]);
    const [found] = missing({ ...only, remindAt: '2027-01-12T14:30:00.000Z' });
    expect(found?.due).toBe('2027-01-12T14:30:00.000Z');
    expect(missing({ ...only, remindAt: '' })).toEqual([evaluation]);
    const [late] = missing({ ...only, remindAt: '' }, { slot: { ...SLOT, time: '16:15' } });
    expect(late?.due).toBe('2027-01-12T15:15:00.000Z');
    expect(missing(only, { now: LONG_AFTER })).toEqual([{ ...evaluation, due: LONG_AFTER }]);
    expect(missing({ ...only, remindFrom: SNOOZED, remindAt: SNOOZED })).toEqual([
      { ...evaluation, occasion: `2027-01-12|${SNOOZED}`, due: SNOOZED },
    ]);
  });

  it('is not missing wherever it lies, and is when what is planned is of something else', async () => {
    expect(
      await faultsOf<[string, Partial<NewReminder>]>(
        [
          ['where it was planned', {}],
          ['in another hour', { due: '2027-01-13T08:00:00.000Z' }],
          ['in a later round', { round: 2 }],
          ['tried before', { attempts: 3, why: 'timeout' }],
        ],
        (_case, where) => {
          expect(missing(only, { planned: [{ ...evaluation, ...where }] })).toEqual([]);
        },
      ),
    ).toEqual([]);
    expect(
      await faultsOf<[string, Partial<NewReminder>]>(
        [
          ['another manager', { manager: EMPLOYEE }],
          ['another agreement', { subject: 'agreement-2' }],
          ['another day', { occasion: '2027-01-05' }],
          ['another kind', { kind: 'landed' }],
        ],
        (_case, other) => {
          expect(missing(only, { planned: [{ ...evaluation, ...other }] })).toEqual([evaluation]);
        },
      ),
    ).toEqual([]);
  });
});

describe('missing: the question how it landed', () => {
  const only = { planned: [evaluation] };

  it('is missing a few working days after the conversation, and not when there is nothing to be reminded of', async () => {
    expect(missing(NOT_SHARED, only)).toEqual([landed]);
    expect(
      await faultsOf<[string, Partial<Agreement>, string]>(
        [
          ['it was dealt with', { landed: true }, NIGHT],
          ['its time is now', {}, landed.due],
          ['its time has passed', {}, LONG_AFTER],
        ],
        (_case, changes, now) => {
          expect(missing({ ...NOT_SHARED, ...changes }, { ...only, now })).toEqual([]);
        },
      ),
    ).toEqual([]);
  });
});

describe('missing: what the employee is shown', () => {
  const only = { planned: [evaluation, landed] };

  it('is missing while it is on its way or waiting, also with a version of before, and not when it was answered or is for nobody', async () => {
    expect(
      await faultsOf(['on-its-way', 'waiting'] as const, (answer) => {
        expect(missing({ answer }, only)).toEqual([shared]);
      }),
    ).toEqual([]);
    expect(
      await faultsOf(['not-shared', 'shared', 'confirmed', 'change-asked'] as const, (answer) => {
        expect(missing({ answer }, only)).toEqual([]);
      }),
    ).toEqual([]);
    expect(missing({ employee: null }, only)).toEqual([]);
    const [found] = missing({ version: 2 }, { planned: [...only.planned, shared] });
    expect(found).toEqual({ ...shared, occasion: '2' });
  });
});

describe('missing: the initiative of the employee', () => {
  const theirs = { initiative: 'employee', answer: 'shared' } as const;
  const only = { planned: [evaluation, landed] };

  it('is missing once they have seen the agreement, and not before or when nothing is to be told', async () => {
    expect(missing(theirs, only)).toEqual([initiative]);
    expect(missing({ ...theirs, answer: 'on-its-way' }, only)).toEqual([shared]);
    expect(
      await faultsOf<[string, Partial<Agreement>, string]>(
        [
          ['the manager takes it', { initiative: 'manager' }, NIGHT],
          ['there is nobody to remind', { employee: null }, NIGHT],
          ['its time has passed', {}, LONG_AFTER],
        ],
        (_case, changes, now) => {
          const found = missing({ ...theirs, ...changes }, { ...only, now });
          expect(found.filter(({ kind }) => kind === 'evaluation-initiative')).toEqual([]);
        },
      ),
    ).toEqual([]);
  });
});

describe('missing: nothing', () => {
  it('of an agreement that is closed, has everything, or got what was missing', () => {
    for (const answer of ['on-its-way', 'waiting', 'shared'] as const)
      expect(missing({ status: 'closed', answer, initiative: 'employee' })).toEqual([]);
    expect(missing({}, { planned: [evaluation, landed, shared] })).toEqual([]);
    expect(missing({}, { planned: missing({}) })).toEqual([]);
  });
});

describe('what a reminder is about', () => {
  const provenBy = (one: Partial<NewReminder>, of: NewReminder = evaluation) =>
    itemId({ ...evaluation, ...one }).startsWith(`${identityOf(of)}|`);

  it('is what its proofs start with, in any round, and no proof of another or of before a snooze', async () => {
    for (const round of [0, 1, 2]) expect(provenBy({ round })).toBe(true);
    expect(
      await faultsOf<[string, Partial<NewReminder>]>(
        [
          ['occasion', { occasion: '2027-01-1' }],
          ['agreement', { subject: 'agreement-11' }],
          ['kind', { kind: 'landed' }],
        ],
        (_case, other) => {
          expect(provenBy(other)).toBe(false);
        },
      ),
    ).toEqual([]);
    const snoozed = { ...evaluation, occasion: `2027-01-12|${SNOOZED}` };
    expect(provenBy({}, snoozed)).toBe(false);
    expect(provenBy(snoozed, snoozed)).toBe(true);
  });
});
