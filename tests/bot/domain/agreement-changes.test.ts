import { describe, expect, it } from 'vitest';
import type { Agreement, ChangeRequest } from '../../../bot/domain/agreement.js';
import { allStopped } from '../../../bot/domain/agreement.js';
import {
  type Change,
  changeAgreement,
  newAgreement,
  standingOf,
  wasRecordedAs,
} from '../../../bot/domain/agreement-changes.js';
import { defaultSlot } from '../../../bot/domain/calendar.js';
import type { ChangeContext, Standing } from '../../../bot/domain/changes.js';
import type { ErasureRequest } from '../../../bot/domain/erasure-record.js';
import { faultsOf } from '../../support/faults.js';
import { aMember, anAgreement, anItem, EMPLOYEE, MANAGER, TENANT } from '../../support/sample-records.js';

const NOW = '2027-01-12T09:30:00.000Z';
const NEXT = '2027-01-26';
const EARLIER = '2027-01-11T09:00:00.000Z';
const AT: ChangeContext = {
  manager: { tenant: TENANT, person: MANAGER },
  now: NOW,
  slot: defaultSlot('Europe/Amsterdam'),
  zone: 'Europe/Amsterdam',
};
const SEEN = { version: 1, asked: '' };
const ASKED: ChangeRequest = {
  subjects: ['days'],
  note: 'Later',
  askedAt: EARLIER,
  handledAt: null,
  reply: null,
};
const REMOVAL: ErasureRequest = { askedAt: EARLIER, by: '2027-02-11', answeredAt: null, kept: null };

const EVALUATED = {
  what: 'evaluated',
  seen: SEEN,
  day: '2027-01-12',
  nextDay: NEXT,
  outcomes: { a: 'works', b: 'adjust' },
  rewritten: { b: { what: 'Sanne begint om half tien', from: null, by: '2027-01-20' } },
} as const satisfies Change;
const MOVED = { what: 'moved', seen: SEEN, nextDay: NEXT } as const satisfies Change;
const CLOSED = { what: 'closed', seen: SEEN } as const satisfies Change;
const SNOOZED = {
  what: 'snoozed',
  version: 1,
  until: '2027-01-15T08:00:00.000Z',
} as const satisfies Change;
const HANDLED = { what: 'request-handled', askedAt: EARLIER } as const satisfies Change;
const CONFIRMED = { what: 'confirmed', version: 1 } as const satisfies Change;
const CHANGE_ASKED = {
  what: 'change-asked',
  version: 1,
  subjects: ['days'],
  note: 'Later',
} as const satisfies Change;
const KEPT = { what: 'removal-kept', askedAt: EARLIER, kept: 'law' } as const satisfies Change;
const HANDED_OVER = {
  what: 'handed-over',
  member: { id: 'their-place' },
  managerName: 'Ahmed',
} as const satisfies Change;

const THREE = [anItem({ id: 'a' }), anItem({ id: 'b' }), anItem({ id: 'c' })];

function changed(overrides: Partial<Agreement>, change: Change): Agreement {
  return changeAgreement(anAgreement(overrides), change, AT).record;
}

function plannedBy(overrides: Partial<Agreement>, change: Change) {
  const { plan, cancel } = changeAgreement(anAgreement(overrides), change, AT);
  const told = (one: (typeof plan)[number]) => [one.kind, one.person, one.occasion, one.due];
  return { plan: plan.map(told), cancel: cancel.map(told) };
}

describe('an agreement that is evaluated', () => {
  const before = anAgreement({
    items: THREE,
    remindFrom: '2027-01-12T08:00:00.000Z',
    answer: 'confirmed',
    answeredAt: EARLIER,
    evaluations: [{ day: '2026-12-29', outcomes: { a: 'works' } }],
  });
  const after = changed(before, EVALUATED);

  it('has the outcome at each item and another day, with its reminder, is shown anew, and leaves all else that was recorded and kept', () => {
    expect(after.items).toEqual([
      { ...THREE[0], outcome: 'works' },
      anItem({ id: 'b', what: 'Sanne begint om half tien', from: null, by: '2027-01-20', outcome: 'adjust' }),
      THREE[2],
    ]);
    expect(after.evaluations).toEqual([
      ...before.evaluations,
      { day: '2027-01-12', planned: before.nextDay, outcomes: { a: 'works', b: 'adjust' } },
    ]);
    expect(after).toMatchObject({ nextDay: NEXT, remindFrom: null, remindAt: '2027-01-26T08:00:00.000Z' });
    expect(after).toMatchObject({
      version: 2,
      changedAt: NOW,
      status: 'open',
      answer: 'on-its-way',
      answeredAt: null,
    });
    const { conversationDay, present, subjects, createdAt, initiative, rhythm, landed } = before;
    const facts = { conversationDay, present, subjects, createdAt, initiative, rhythm, landed };
    expect(after).toMatchObject(facts);
    expect(before).toMatchObject({ items: THREE, version: 1 });
    expect(plannedBy(before, EVALUATED)).toEqual({
      plan: [
        ['evaluation', MANAGER, NEXT, '2027-01-26T08:00:00.000Z'],
        ['agreement-shared', EMPLOYEE, '2', NOW],
      ],
      cancel: [['evaluation', MANAGER, '2027-01-12|2027-01-12T08:00:00.000Z', '2027-01-12T08:00:00.000Z']],
    });
  });
});

describe('an agreement that is moved', () => {
  it('has another day and no other outcome, still tells of a handover, and is shared with nobody where there is nobody to share with', async () => {
    const before = anAgreement({ remindFrom: '2027-01-12T08:00:00.000Z' });
    expect(changed(before, MOVED)).toEqual({
      ...before,
      nextDay: NEXT,
      remindFrom: null,
      remindAt: '2027-01-26T08:00:00.000Z',
      changedAt: NOW,
      version: 2,
      answer: 'on-its-way',
    });
    expect(
      await faultsOf(
        [
          ['on-its-way', 'Ahmed'],
          ['waiting', 'Ahmed'],
          ['shared', null],
          ['confirmed', null],
        ] as const,
        (answer, movedFrom) => {
          expect(changed({ movedFrom: 'Ahmed', answer }, MOVED).movedFrom).toBe(movedFrom);
        },
      ),
    ).toEqual([]);
    const alone = { employee: null, answer: 'not-shared' } as const;
    expect(changed(alone, MOVED).answer).toBe('not-shared');
    expect(plannedBy(alone, MOVED).plan.map(([kind]) => kind)).toEqual(['evaluation']);
  });
});

describe('a request of the employee', () => {
  it('is kept with what they wrote and left as it is by every other change, and is news for the manager', async () => {
    expect(changed({}, CHANGE_ASKED)).toEqual(
      anAgreement({
        answer: 'change-asked',
        answeredAt: NOW,
        changeAsked: { subjects: ['days'], note: 'Later', askedAt: NOW, handledAt: null, reply: null },
      }),
    );
    expect(plannedBy({}, CHANGE_ASKED).plan).toEqual([['agreement-answered', MANAGER, NOW, NOW]]);
    expect(
      await faultsOf<[string, Change]>(
        [
          ['an evaluation', EVALUATED],
          ['another day', MOVED],
          ['closing', CLOSED],
          ['a later reminder', SNOOZED],
          ['a request for removal', { what: 'removal-asked' }],
          ['another manager', HANDED_OVER],
        ],
        (_case, change) => {
          expect(changed({ changeAsked: ASKED }, change).changeAsked).toEqual(ASKED);
        },
      ),
    ).toEqual([]);
  });

  it('is dealt with when the manager says so or the employee that all is right, and is news for the next manager until then', () => {
    const after = changed({ changeAsked: ASKED, answer: 'change-asked' }, HANDLED);
    expect(after.changeAsked).toEqual({ ...ASKED, handledAt: NOW, reply: null });
    expect(after).toMatchObject({ answer: 'on-its-way', version: 2 });
    expect(plannedBy({ changeAsked: ASKED }, HANDLED).plan).toEqual([
      ['agreement-shared', EMPLOYEE, '2', NOW],
    ]);
    expect(changed({ changeAsked: ASKED }, CONFIRMED)).toMatchObject({
      changeAsked: null,
      answer: 'confirmed',
    });
    const plan = plannedBy({ changeAsked: ASKED }, HANDED_OVER).plan;
    expect(plan).toContainEqual(['agreement-answered', MANAGER, EARLIER, NOW]);
  });
});

describe('an agreement that is handed over', () => {
  it('is of the next manager, shown anew, with what is overdue and what was asked at once, and nobody asks how it landed', () => {
    const before = anAgreement({ remindFrom: '2027-01-13T08:00:00.000Z', landedFrom: '2027-01-12' });
    expect(changed(before, HANDED_OVER)).toEqual({
      ...before,
      member: 'their-place',
      managerName: 'Ahmed',
      movedFrom: 'Mila de Wit',
      remindFrom: null,
      remindAt: NOW,
      landed: true,
      landedFrom: null,
      changedAt: NOW,
      version: 2,
    });
    expect(plannedBy({ removal: REMOVAL }, HANDED_OVER).plan.map(([kind, , , due]) => [kind, due])).toEqual([
      ['evaluation', NOW],
      ['agreement-moved', NOW],
      ['removal-asked', NOW],
      ['removal-due', '2027-02-04T08:00:00.000Z'],
      ['removal-late', '2027-02-12T08:00:00.000Z'],
    ]);
  });
});

describe('what was asked of the manager before while it was handed over', () => {
  const carry = (from: Partial<Agreement>): Change => ({
    what: 'requests-carried',
    from: { changeAsked: null, removal: null, ...from },
  });
  const later = { ...ASKED, note: 'Nog later', askedAt: NOW };

  it('goes to the next manager, as news and with its last day, where there is something to hand over', async () => {
    const change = carry({ changeAsked: later, removal: REMOVAL });
    expect(changed({ changeAsked: ASKED }, change)).toMatchObject({ changeAsked: later, removal: REMOVAL });
    expect(plannedBy({}, change).plan.map(([kind]) => kind)).toEqual([
      'agreement-answered',
      'removal-asked',
      'removal-due',
      'removal-late',
    ]);
    expect(
      await faultsOf<[string, Partial<Agreement>, Partial<Agreement>]>(
        [
          ['nothing was asked', {}, {}],
          [
            'it came along already',
            { changeAsked: ASKED, removal: REMOVAL },
            { changeAsked: ASKED, removal: REMOVAL },
          ],
          ['the next manager was asked for something newer', { changeAsked: later }, { changeAsked: ASKED }],
          [
            'the manager before had dealt with it',
            {},
            { changeAsked: { ...later, handledAt: NOW, reply: null } },
          ],
        ],
        (_case, agreement, from) => {
          expect(standingOf(anAgreement(agreement), carry(from))).toBe('done');
        },
      ),
    ).toEqual([]);
  });
});

describe('an agreement that is put right', () => {
  const items = [anItem({ id: 'a', who: 'hr', from: '2027-01-11', by: null })];
  const corrected = (to: Extract<Change, { what: 'corrected' }>['to'], seen = SEEN): Change => ({
    what: 'corrected',
    seen,
    to,
  });

  it('is shown to the employee anew where they are linked to Teams, keeps its evaluation, and asks how the conversation landed by the day that it had', () => {
    const before = { answer: 'confirmed', answeredAt: EARLIER } as const;
    expect(changed(before, corrected({ items }))).toEqual(anAgreement({ items, changedAt: NOW, version: 2 }));
    expect(plannedBy(before, corrected({ items }))).toEqual({
      plan: [['agreement-shared', EMPLOYEE, '2', NOW]],
      cancel: [],
    });
    const alone = { employee: null, answer: 'not-shared' } as const;
    expect(changed(alone, corrected({ items })).answer).toBe('not-shared');
    expect(plannedBy(alone, corrected({ items })).plan).toEqual([]);
    const to = { conversationDay: '2027-01-11' };
    expect(plannedBy({}, corrected(to)).plan).toContainEqual([
      'landed',
      MANAGER,
      '2027-01-11',
      '2027-01-14T08:00:00.000Z',
    ]);
    const kinds = (agreement: Partial<Agreement>, day: string) =>
      plannedBy(agreement, corrected({ conversationDay: day })).plan.map(([kind]) => kind);
    expect(kinds({ landed: true }, '2027-01-11')).toEqual(['agreement-shared']);
    expect(kinds({}, '2026-12-01')).toEqual(['agreement-shared']);
  });

  it('is a proposal where the employee asked for something, and open, done or overtaken by what became of the record', async () => {
    const asked = { answer: 'change-asked', changeAsked: ASKED } as const;
    const seen = { version: 1, asked: EARLIER };
    expect(changed(asked, corrected({ items }, seen)).changeAsked).toEqual({ ...ASKED, reply: 'proposed' });
    const handled = { ...ASKED, handledAt: NOW };
    expect(changed({ changeAsked: handled }, corrected({ items })).changeAsked).toEqual(handled);
    expect(
      await faultsOf<[string, Standing, Partial<Agreement>, Change]>(
        [
          ['as it was seen', 'open', {}, corrected({ items })],
          ['that says so already', 'done', { items }, corrected({ items })],
          ['that says so already, by the press before', 'done', { items, version: 2 }, corrected({ items })],
          ['that another change came to', 'overtaken', { version: 2 }, corrected({ items })],
          ['of which something is asked since', 'overtaken', { changeAsked: ASKED }, corrected({ items })],
          ['that is closed', 'overtaken', { items, status: 'closed' }, corrected({ items })],
        ],
        (_case, standing, agreement, change) => {
          expect(standingOf(anAgreement(agreement), change)).toBe(standing);
        },
      ),
    ).toEqual([]);
  });
});

describe('an agreement that its employee answers', () => {
  it('reminds them of the evaluation that is theirs to begin, also where they answer before it was shown to them', async () => {
    const theirs = { initiative: 'employee', nextDay: NEXT } as const;
    const reminded = (agreement: Partial<Agreement>, change: Change) =>
      plannedBy(agreement, change).plan.filter(([kind]) => kind === 'evaluation-initiative');
    const planned = [['evaluation-initiative', EMPLOYEE, NEXT, '2027-01-26T08:00:00.000Z']];
    expect(
      await faultsOf<[string, Partial<Agreement>, Change, unknown]>(
        [
          ['confirmed while it is on its way', { ...theirs, answer: 'on-its-way' }, CONFIRMED, planned],
          ['confirmed while it waits for them', { ...theirs, answer: 'waiting' }, CONFIRMED, planned],
          ['a change asked for before', { ...theirs, answer: 'on-its-way' }, CHANGE_ASKED, planned],
          ['one that the manager begins', { nextDay: NEXT, initiative: 'manager' }, CONFIRMED, []],
          ['one whose time has come', { ...theirs, nextDay: '2027-01-12' }, CONFIRMED, []],
          ['one that is closed', { ...theirs, status: 'closed' }, CONFIRMED, []],
        ],
        (_case, agreement, change, expected) => {
          expect(reminded(agreement, change)).toEqual(expected);
        },
      ),
    ).toEqual([]);
  });
});

describe('an agreement of one evaluation', () => {
  const ONCE = { rhythm: 'once', items: THREE } as const;
  const LAST = { ...EVALUATED, nextDay: null } as const;

  it('is closed with it, told to the employee and has no evaluation to come, done when the same press comes again, and goes on where another day was chosen', () => {
    const record = changed(ONCE, LAST);
    expect(record).toMatchObject({ status: 'closed', nextDay: '2027-01-12', version: 2 });
    expect(record.evaluations).toHaveLength(1);
    expect(plannedBy(ONCE, LAST)).toEqual({
      plan: [['agreement-shared', EMPLOYEE, '2', NOW]],
      cancel: [['evaluation', MANAGER, '2027-01-12', '2027-01-12T08:00:00.000Z']],
    });
    expect(standingOf(changed(ONCE, LAST), LAST)).toBe('done');
    expect(standingOf(changed(ONCE, LAST), EVALUATED)).toBe('overtaken');
    expect(changed(ONCE, EVALUATED)).toMatchObject({ status: 'open', nextDay: NEXT });
    expect(standingOf(changed(ONCE, EVALUATED), LAST)).toBe('overtaken');
  });
});

describe('an agreement that is opened again', () => {
  const REOPENED = { what: 'reopened', version: 1, nextDay: NEXT } as const;
  const closed = { status: 'closed', answer: 'confirmed', answeredAt: EARLIER } as const;

  it('has an evaluation to come, is shown to the employee, and is open, done or overtaken by what became of the request', async () => {
    expect(changed(closed, REOPENED)).toEqual(
      anAgreement({ nextDay: NEXT, remindAt: '2027-01-26T08:00:00.000Z', changedAt: NOW, version: 2 }),
    );
    expect(plannedBy(closed, REOPENED).plan).toEqual([
      ['evaluation', MANAGER, NEXT, '2027-01-26T08:00:00.000Z'],
      ['agreement-shared', EMPLOYEE, '2', NOW],
    ]);
    expect(
      await faultsOf<[string, Standing, Partial<Agreement>]>(
        [
          ['closed, as it was seen', 'open', closed],
          ['closed, and changed since', 'overtaken', { ...closed, version: 2 }],
          ['open on that day', 'done', { nextDay: NEXT, version: 2 }],
          ['open on another day', 'overtaken', { version: 2 }],
        ],
        (_case, standing, agreement) => {
          expect(standingOf(anAgreement(agreement), REOPENED)).toBe(standing);
        },
      ),
    ).toEqual([]);
  });
});

describe('an answer to what the employee asked', () => {
  const REPLIED = { what: 'replied', askedAt: EARLIER, reply: 'soon' } as const;
  const asked = { answer: 'change-asked', changeAsked: ASKED } as const;

  it('is shown to the employee, settles nothing, and is open, done or overtaken by the answer that it has', async () => {
    expect(changed(asked, REPLIED)).toMatchObject({
      changeAsked: { ...ASKED, reply: 'soon' },
      answer: 'on-its-way',
      version: 2,
    });
    expect(plannedBy(asked, REPLIED).plan).toEqual([['agreement-shared', EMPLOYEE, '2', NOW]]);
    expect(
      await faultsOf<[string, Standing, Agreement['changeAsked']]>(
        [
          ['what waits', 'open', ASKED],
          ['what has that answer', 'done', { ...ASKED, reply: 'soon' }],
          ['what has another answer', 'open', { ...ASKED, reply: 'seen' }],
          ['what was discussed since', 'overtaken', { ...ASKED, handledAt: NOW }],
          ['what was asked anew', 'overtaken', { ...ASKED, askedAt: NOW }],
          ['what was taken back', 'overtaken', null],
        ],
        (_case, standing, changeAsked) => {
          expect(standingOf(anAgreement({ changeAsked }), REPLIED)).toBe(standing);
        },
      ),
    ).toEqual([]);
  });
});

describe('an agreement that belongs to another place on the list', () => {
  const placed = (member: Partial<Extract<Change, { what: 'placed' }>['member']>): Change => ({
    what: 'placed',
    member: { id: 'place', name: 'Sanne Bakker', person: null, ...member },
  });
  const alone = { employee: null, answer: 'not-shared' } as const;

  it('has its name, and is shared from then on where the place is linked to Teams, and not taken from who reads it', () => {
    const moved = { member: 'place', memberName: 'Sanne Bakker' };
    expect(changed({}, placed({}))).toEqual(anAgreement(moved));
    expect(plannedBy({}, placed({ person: EMPLOYEE })).plan).toEqual([]);
    expect(changed(alone, placed({}))).toEqual(anAgreement({ ...alone, ...moved }));
    const closed = { ...alone, status: 'closed' } as const;
    expect(changed(closed, placed({ person: EMPLOYEE })).changedAt).toBe(anAgreement().changedAt);
    const linked = placed({ person: EMPLOYEE });
    expect(changed(alone, linked)).toMatchObject({ employee: EMPLOYEE, answer: 'on-its-way', version: 2 });
    expect(plannedBy(alone, linked).plan).toEqual([['agreement-shared', EMPLOYEE, '2', NOW]]);
    expect(changed({}, placed({ person: MANAGER })).employee).toBe(EMPLOYEE);
  });
});

describe('the other changes', () => {
  it('closes with no evaluation to come, and tells the employee, unless another message does', () => {
    expect(changed({}, CLOSED)).toEqual(anAgreement({ status: 'closed', changedAt: NOW, version: 2 }));
    expect(plannedBy({}, CLOSED)).toEqual({
      plan: [['agreement-shared', EMPLOYEE, '2', NOW]],
      cancel: [],
    });
    expect(plannedBy({ employee: null }, CLOSED).plan).toEqual([]);
    expect(plannedBy({}, { ...CLOSED, toldOtherwise: true }).plan).toEqual([]);
  });

  it('snoozes, or puts off how the conversation landed, as another occasion that leaves the version', () => {
    const { until } = SNOOZED;
    expect(changed({}, SNOOZED)).toEqual(anAgreement({ remindFrom: until, remindAt: until }));
    expect(plannedBy({}, SNOOZED).plan).toEqual([
      ['evaluation', MANAGER, '2027-01-12|2027-01-15T08:00:00.000Z', until],
    ]);
    const change = { what: 'landed-later', from: '2027-01-13' } as const;
    expect(changed({}, change)).toEqual(anAgreement({ landedFrom: '2027-01-13' }));
    expect(plannedBy({}, change).plan).toEqual([
      ['landed', MANAGER, '2027-01-08|2027-01-13', '2027-01-18T08:00:00.000Z'],
    ]);
  });

  it('gives a month to answer a request for removal, in the organisation’s own days, and keeps the answer that it stays, with the reason', () => {
    const late = { ...AT, now: '2027-01-12T23:30:00.000Z' };
    const { record } = changeAgreement(anAgreement(), { what: 'removal-asked' }, late);
    expect(record.removal).toEqual({ askedAt: late.now, by: '2027-02-13', answeredAt: null, kept: null });
    expect(changed({ removal: REMOVAL }, KEPT).removal).toEqual({ ...REMOVAL, answeredAt: NOW, kept: 'law' });
    expect(plannedBy({ removal: REMOVAL }, KEPT).plan).toEqual([['removal-kept', EMPLOYEE, NOW, NOW]]);
  });
});

describe('whether a change can still be made', () => {
  const later = { version: 2 };
  it('is told of each change by what the record has become since', async () => {
    expect(
      await faultsOf<[string, Standing, Change, Partial<Agreement>]>(
        [
          ['an evaluation of what was seen', 'open', EVALUATED, {}],
          ['an evaluation of an older version', 'overtaken', EVALUATED, later],
          ['an evaluation of what is closed', 'overtaken', EVALUATED, { status: 'closed' }],
          ['an evaluation without having seen a request', 'overtaken', EVALUATED, { changeAsked: ASKED }],
          [
            'an evaluation with the request in sight',
            'open',
            { ...EVALUATED, seen: { version: 1, asked: EARLIER } },
            { changeAsked: ASKED },
          ],
          [
            'an evaluation when the request was taken back meanwhile',
            'open',
            { ...EVALUATED, seen: { version: 1, asked: EARLIER } },
            {},
          ],
          [
            'an evaluation when the request was dealt with meanwhile',
            'open',
            EVALUATED,
            { changeAsked: { ...ASKED, handledAt: NOW, reply: null } },
          ],
          ['a move of an older version', 'overtaken', MOVED, later],
          ['a move without having seen a request', 'overtaken', MOVED, { changeAsked: ASKED }],
          ['a move to the day that it is', 'done', MOVED, { ...later, nextDay: NEXT }],
          ['a move of what is closed, on that day', 'overtaken', MOVED, { nextDay: NEXT, status: 'closed' }],
          ['closing an older version', 'overtaken', CLOSED, later],
          ['closing without having seen a request', 'overtaken', CLOSED, { changeAsked: ASKED }],
          ['closing what is closed', 'done', CLOSED, { ...later, status: 'closed' }],
          ['a later reminder of an older version', 'overtaken', SNOOZED, later],
          ['a later reminder than the one to come', 'open', SNOOZED, {}],
          ['a later reminder that is no later', 'done', SNOOZED, { remindAt: SNOOZED.until }],
          ['handling the request', 'open', HANDLED, { changeAsked: ASKED }],
          ['handling it twice', 'done', HANDLED, { changeAsked: { ...ASKED, handledAt: NOW, reply: null } }],
          [
            'handling another than the one that is there',
            'overtaken',
            HANDLED,
            { changeAsked: { ...ASKED, askedAt: NOW } },
          ],
          ['handling what was taken back', 'overtaken', HANDLED, {}],
          ['saying that it landed twice', 'done', { what: 'landed' }, { landed: true }],
          [
            'putting off twice a day',
            'done',
            { what: 'landed-later', from: '2027-01-12' },
            { landedFrom: '2027-01-12' },
          ],
          [
            'putting off what was asked',
            'overtaken',
            { what: 'landed-later', from: '2027-01-12' },
            { landed: true },
          ],
          ['confirming an older version', 'overtaken', CONFIRMED, later],
          ['confirming twice', 'done', CONFIRMED, { answer: 'confirmed' }],
          [
            'confirming what a change was asked for',
            'open',
            CONFIRMED,
            { answer: 'change-asked', changeAsked: ASKED },
          ],
          ['asking about an older version', 'overtaken', CHANGE_ASKED, later],
          ['asking the same twice', 'done', CHANGE_ASKED, { changeAsked: ASKED }],
          [
            'asking the same after it was dealt with',
            'open',
            CHANGE_ASKED,
            { changeAsked: { ...ASKED, handledAt: NOW, reply: null } },
          ],
          ['asking for something else', 'open', CHANGE_ASKED, { changeAsked: { ...ASKED, note: 'Eerder' } }],
          ['asking about what is closed', 'open', CHANGE_ASKED, { status: 'closed' }],
          ['asking for removal twice', 'done', { what: 'removal-asked' }, { removal: REMOVAL }],
          [
            'asking for removal after it was refused',
            'open',
            { what: 'removal-asked' },
            { removal: { ...REMOVAL, answeredAt: NOW, kept: 'law' } },
          ],
          ['taking that back twice', 'done', { what: 'removal-withdrawn' }, {}],
          [
            'taking that back after it was refused',
            'overtaken',
            { what: 'removal-withdrawn' },
            { removal: { ...REMOVAL, answeredAt: NOW, kept: 'law' } },
          ],
          ['keeping it twice', 'done', KEPT, { removal: { ...REMOVAL, answeredAt: NOW, kept: 'law' } }],
          [
            'keeping it for another reason',
            'overtaken',
            KEPT,
            { removal: { ...REMOVAL, answeredAt: NOW, kept: 'in-use' } },
          ],
          ['keeping it after another request', 'overtaken', KEPT, { removal: { ...REMOVAL, askedAt: NOW } }],
          ['keeping it after it was taken back', 'overtaken', KEPT, {}],
        ],
        (_case, standing, change, overrides) => {
          expect(standingOf(anAgreement(overrides), change)).toBe(standing);
        },
      ),
    ).toEqual([]);
  });

  const recorded = (change: typeof EVALUATED = EVALUATED) => changed({ items: THREE }, change);
  it('is told of an evaluation by an older card as well, and by what that card shows', async () => {
    expect(
      await faultsOf<[string, Standing, Agreement, Change]>(
        [
          ['the same evaluation once more', 'done', recorded(), EVALUATED],
          [
            'the same once more after what it stopped is not asked any more',
            'done',
            changed({ items: THREE }, { ...EVALUATED, outcomes: { a: 'stop', b: 'adjust', c: 'works' } }),
            { ...EVALUATED, outcomes: { b: 'adjust', c: 'works' } },
          ],
          [
            'another outcome',
            'overtaken',
            recorded(),
            { ...EVALUATED, outcomes: { ...EVALUATED.outcomes, b: 'works' } },
          ],
          ['another next day', 'overtaken', recorded(), { ...EVALUATED, nextDay: '2027-02-02' }],
          [
            'another text',
            'overtaken',
            recorded(),
            {
              ...EVALUATED,
              rewritten: { b: { what: 'Sanne begint om elf uur', from: null, by: '2027-01-20' } },
            },
          ],
          ['one that was closed since', 'overtaken', { ...recorded(), status: 'closed' }, EVALUATED],
        ],
        (_case, standing, agreement, change) => {
          expect(standingOf(agreement, change)).toBe(standing);
        },
      ),
    ).toEqual([]);
    expect(standingOf(recorded(), { ...EVALUATED, seen: { version: 2, asked: '' } })).toBe('open');
  });
});

describe('an agreement that is recorded', () => {
  const { id, managerName, conversationDay, present, subjects, items, initiative, rhythm } = anAgreement();
  const facts = {
    id,
    managerName,
    conversationDay,
    present,
    subjects,
    items,
    initiative,
    rhythm,
    nextDay: NEXT,
  };

  it('is open, shared with whom Teams knows, with all its reminders, and asks nothing about a conversation of long ago', () => {
    const { record, plan } = newAgreement(facts, aMember(), AT);
    expect(record).toEqual(
      anAgreement({ nextDay: NEXT, remindAt: '2027-01-26T08:00:00.000Z', createdAt: NOW, changedAt: NOW }),
    );
    expect(plan.map(({ kind, due }) => [kind, due])).toEqual([
      ['evaluation', '2027-01-26T08:00:00.000Z'],
      ['landed', '2027-01-13T08:00:00.000Z'],
      ['agreement-shared', NOW],
    ]);
    const alone = newAgreement({ ...facts, conversationDay: '2026-12-01' }, aMember({ person: null }), AT);
    expect(alone.record).toMatchObject({ employee: null, answer: 'not-shared' });
    expect(alone.plan.map(({ kind }) => kind)).toEqual(['evaluation']);
  });

  const { record } = newAgreement(facts, aMember(), AT);
  it('is known again by what stays the same, and not by more', async () => {
    expect(
      await faultsOf<[string, boolean, Agreement]>(
        [
          ['as it was recorded', true, record],
          [
            'after it was moved and closed',
            true,
            { ...record, nextDay: '2027-03-01', status: 'closed', version: 3 },
          ],
          [
            'after what it says was changed by an evaluation',
            true,
            {
              ...record,
              version: 2,
              nextDay: '2027-03-01',
              evaluations: [{ day: NEXT, outcomes: { 1: 'adjust' } }],
              items: record.items.map((item, at) => (at === 0 ? { ...item, what: 'Iets anders' } : item)),
            },
          ],
          [
            'of which the employee has another place on the list',
            true,
            { ...record, member: 'another-place' },
          ],
          ['of another conversation', false, { ...record, conversationDay: '2027-01-07' }],
          ['with somebody else', false, { ...record, employee: 'somebody-else' }],
          ['with another day, and never moved', false, { ...record, nextDay: '2027-03-01' }],
          [
            'that says something else',
            false,
            { ...record, items: [anItem({ what: 'Iets anders' }), anItem()] },
          ],
          ['with an item less', false, { ...record, items: record.items.slice(0, 1) }],
        ],
        (_case, same, earlier) => {
          expect(wasRecordedAs(earlier, record)).toBe(same);
        },
      ),
    ).toEqual([]);
  });
});

describe('an agreement of which all was stopped', () => {
  it('is one of which every item was stopped', async () => {
    expect(
      await faultsOf<[string, readonly Agreement['items'][number]['outcome'][], boolean]>(
        [
          ['everything stopped', ['stop', 'stop'], true],
          ['something works', ['stop', 'works'], false],
          ['something was never evaluated', ['stop', null], false],
        ],
        (_case, outcomes, expected) => {
          const items = outcomes.map((outcome, index) => anItem({ id: String(index), outcome }));
          expect(allStopped(anAgreement({ items }))).toBe(expected);
        },
      ),
    ).toEqual([]);
  });
});
