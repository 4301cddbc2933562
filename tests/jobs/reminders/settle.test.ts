import { describe, expect, it } from 'vitest';
import type { Agreement } from '../../../bot/domain/agreement.js';
import { defaultSlot } from '../../../bot/domain/calendar.js';
import { newMember } from '../../../bot/domain/member.js';
import type { Reminder } from '../../../bot/domain/reminder.js';
import type { ReminderKind } from '../../../bot/domain/reminder-kinds.js';
import { unreachableReminder } from '../../../bot/domain/reminders/planning.js';
import type { DueReminder } from '../../../bot/store/reminders.js';
import {
  MOST_ATTEMPTS,
  type SettleAt,
  settleDelivered,
  settleDropped,
  settleGone,
  settleLater,
  settleRefused,
  settleSent,
  settleUnsent,
  together,
} from '../../../jobs/reminders/settle.js';
import { faultsOf } from '../../support/faults.js';
import {
  aDueReminder,
  anAgreement,
  aReminder,
  EMPLOYEE,
  MANAGER,
  TENANT,
} from '../../support/sample-records.js';

const ZONE = 'Europe/Amsterdam';
const NOW = '2027-01-12T08:00:30.000Z';
const TOMORROW = '2027-01-13T08:00:00.000Z';
const NONE = { sent: 0, dropped: 0, deferred: 0, failed: 0, gaveUp: 0 };
const NOTHING = { plan: [], wait: [], remove: [], marks: [], counts: NONE };
const LEASE = { owner: 'instance-1', until: '2027-01-12T08:10:00.000Z', claimedAt: NOW };
const OTHER_KINDS: readonly ReminderKind[] = [
  'evaluation-initiative',
  'landed',
  'agreement-shared',
  'agreement-moved',
  'agreement-answered',
  'employee-unreachable',
];

const SHARES = ['agreement-shared', 'agreement-moved'] as const;

const agreement = anAgreement();
const theirs = anAgreement({ initiative: 'employee', nextDay: '2027-01-26' });
/** The person's own day and slot, and the agreement that everything is about. */
const at = (about: Agreement | null = agreement, now = NOW): SettleAt => ({
  now,
  today: now.slice(0, 10),
  slot: defaultSlot(ZONE),
  records: { agreementOf: () => about, memberOf: () => null, momentOf: () => null },
});
const markOf = (about: Agreement) => ({ tenant: TENANT, manager: MANAGER, agreement: about });
const due = (overrides: Partial<Reminder> = {}) => aDueReminder({ ...LEASE, ...overrides });
const shared = (overrides: Partial<Reminder> = {}) =>
  due({ kind: 'agreement-shared', person: EMPLOYEE, occasion: '1', ...overrides });

const FAILED = { kind: 'failed', why: '400 BadSyntax' } as const;
/** What the overview says when such a reminder failed. */
const whyUndelivered = (row: DueReminder) => {
  const [mark] = settleUnsent([row], FAILED, at()).marks;
  return mark !== undefined && 'undelivered' in mark ? mark.undelivered : null;
};

describe('settle: what was sent', () => {
  it('goes, is counted as sent, of each kind, and leaves the record as it is when all was well before', async () => {
    expect(
      await faultsOf<[ReminderKind]>(
        [['evaluation'], ...OTHER_KINDS.map((kind): [ReminderKind] => [kind])],
        (kind) => {
          const rows = [due({ kind })];
          expect(settleSent(rows, at())).toMatchObject({
            remove: rows,
            wait: [],
            counts: { ...NONE, sent: 1 },
          });
        },
      ),
    ).toEqual([]);
    expect(settleSent([due()], at()).marks).toEqual([]);
    const failed = anAgreement({ undelivered: whyUndelivered(due()) });
    expect(settleSent([due({ kind: 'landed' })], at(failed)).marks).toEqual([]);
  });

  it('comes back untried and unclaimed when it is an evaluation, a little later in each round, and not in the last or of another kind', async () => {
    expect(
      await faultsOf(
        [
          [0, { round: 1, due: '2027-01-15T08:00:00.000Z' }],
          [1, { round: 2, due: '2027-01-19T08:00:00.000Z' }],
        ],
        (round, next) => {
          const { plan } = settleSent([due({ round, attempts: 3, why: '500' })], at());
          expect(plan).toEqual([aReminder(next)]);
        },
      ),
    ).toEqual([]);
    expect(settleSent([due({ round: 2 })], at()).plan).toEqual([]);
    expect(
      await faultsOf(OTHER_KINDS, (kind) => {
        expect(settleSent([due({ kind })], at()).plan).toEqual([]);
      }),
    ).toEqual([]);
  });

  it('is marked as shared when the employee was shown it, who is reminded of it where the initiative is theirs and the day is to come', async () => {
    expect(
      await faultsOf(SHARES, (kind) => {
        expect(settleSent([shared({ kind })], at()).marks).toEqual([
          { ...markOf(agreement), answer: 'shared', undelivered: null, delivered: kind },
        ]);
      }),
    ).toEqual([]);
    expect(
      await faultsOf(SHARES, (kind) => {
        expect(settleSent([shared({ kind })], at(theirs)).plan).toMatchObject([
          { kind: 'evaluation-initiative', person: EMPLOYEE, due: '2027-01-26T08:00:00.000Z' },
        ]);
      }),
    ).toEqual([]);
    expect(
      await faultsOf<[string, Agreement]>(
        [
          ['the manager takes the initiative', anAgreement({ nextDay: '2027-01-26' })],
          ['the day has come already', anAgreement({ initiative: 'employee' })],
        ],
        (_case, about) => {
          expect(settleSent([shared()], at(about)).plan).toEqual([]);
        },
      ),
    ).toEqual([]);
  });

  it('takes away that it did not arrive before, of each kind', async () => {
    expect(
      await faultsOf<[ReminderKind]>([['evaluation'], ['landed'], ['evaluation-initiative']], (kind) => {
        const failed = anAgreement({ undelivered: whyUndelivered(due({ kind })) });
        expect(settleSent([due({ kind })], at(failed)).marks).toEqual([
          { ...markOf(failed), answer: null, undelivered: null, delivered: kind },
        ]);
      }),
    ).toEqual([]);
  });
});

describe('settle: what an earlier run had sent', () => {
  it('comes to the same as sending it, as many days after, and is counted as dropped', () => {
    const row = due();
    expect(settleDelivered(row, NOW, at())).toEqual({
      ...settleSent([row], at()),
      counts: { ...NONE, dropped: 1 },
    });
    const { plan } = settleDelivered(due(), NOW, at(agreement, '2027-01-14T08:00:30.000Z'));
    expect(plan).toMatchObject([{ round: 1, due: '2027-01-15T08:00:00.000Z' }]);
  });
});

describe('settle: what does not fit its subject', () => {
  it('goes, and nothing follows', () => {
    const rows = [due(), due({ kind: 'landed' })];
    expect(settleDropped(rows)).toEqual({ ...NOTHING, remove: rows, counts: { ...NONE, dropped: 2 } });
  });
});

describe('settle: somebody who cannot be reached', () => {
  const why = '403 ConversationBlockedByUser';

  it('has it waiting for them, of each kind', async () => {
    expect(
      await faultsOf<[ReminderKind]>(
        [['evaluation'], ...OTHER_KINDS.map((kind): [ReminderKind] => [kind])],
        (kind) => {
          const rows = [due({ kind })];
          expect(settleGone(rows, { why, retry: null }, at())).toMatchObject({
            wait: rows,
            remove: [],
            counts: { ...NONE, deferred: 1 },
          });
        },
      ),
    ).toEqual([]);
  });

  it('is the reason that an agreement waits or an evaluation did not arrive, and changes no other record', async () => {
    expect(settleGone([shared()], { why, retry: null }, at()).marks).toEqual([
      { ...markOf(agreement), answer: 'waiting', undelivered: null, delivered: null },
    ]);
    const row = due({ kind: 'evaluation-initiative', person: EMPLOYEE });
    const { plan } = settleGone([row], { why, retry: null }, at(theirs));
    expect(plan).toEqual([unreachableReminder(row.reminder)]);
    expect(plan[0]).toMatchObject({ kind: 'employee-unreachable', person: MANAGER, manager: MANAGER });
    const [mark] = settleGone([due()], { why, retry: null }, at()).marks;
    expect(mark).toMatchObject({ ...markOf(agreement), answer: null });
    expect(mark).toMatchObject({ undelivered: { why } });
    expect(
      await faultsOf<[ReminderKind]>(
        [['landed'], ['agreement-answered'], ['employee-unreachable']],
        (kind) => {
          expect(settleGone([due({ kind })], { why, retry: null }, at())).toMatchObject({
            plan: [],
            marks: [],
          });
        },
      ),
    ).toEqual([]);
  });
});

describe('settle: what has to wait for another day', () => {
  it('moves to the next slot, over a weekend too, free to be claimed and otherwise as it was', () => {
    const rows = [due({ round: 1, attempts: 2, why: '500' })];
    expect(settleLater(rows, at())).toEqual({
      ...NOTHING,
      plan: [aReminder({ round: 1, attempts: 2, why: '500', due: TOMORROW, claimedAt: NOW })],
      remove: rows,
      counts: { ...NONE, deferred: 1 },
    });
    const { plan } = settleLater([due()], at(agreement, '2027-01-15T14:00:00.000Z'));
    expect(plan).toMatchObject([{ due: '2027-01-18T08:00:00.000Z' }]);
  });
});

describe('settle: what surely did not arrive, and may later', () => {
  const NO_LUCK = { kind: 'retry', why: '503', afterMs: null } as const;
  const TODAY = NOW.slice(0, 10);
  const soLater = (minutes: number) => new Date(Date.parse(NOW) + minutes * 60_000).toISOString();
  const triedAt = (instant: string, row: DueReminder, sent: Parameters<typeof settleUnsent>[1] = NO_LUCK) =>
    settleUnsent([row], sent, at(agreement, instant));

  it('keeps its place for a minute, longer each time of a day and as long as Teams asks, and its maker is told nothing yet', async () => {
    expect(triedAt(NOW, due())).toEqual({
      ...NOTHING,
      plan: [
        aReminder({
          attempts: 1,
          triedOn: TODAY,
          tries: 1,
          notBefore: soLater(1),
          why: '503',
          claimedAt: NOW,
        }),
      ],
      counts: { ...NONE, deferred: 1 },
    });
    expect(
      await faultsOf(
        [
          [1, 2],
          [2, 5],
          [3, 10],
          [4, 30],
          [5, 60],
          [6, 60],
          [9, 60],
        ],
        (tries, minutes) => {
          const { plan } = triedAt(NOW, due({ attempts: 1, triedOn: TODAY, tries }));
          expect(plan).toMatchObject([{ attempts: 1, tries: tries + 1, notBefore: soLater(minutes) }]);
        },
      ),
    ).toEqual([]);
    const sent = { ...NO_LUCK, afterMs: 5 * 60_000 };
    expect(triedAt(NOW, due(), sent).plan).toMatchObject([{ notBefore: soLater(5) }]);
    const soon = { ...NO_LUCK, afterMs: 2_000 };
    expect(triedAt(NOW, due(), soon).plan).toMatchObject([{ notBefore: soLater(1) }]);
  });

  it('begins anew on another day, and its maker sees from then on that it did not arrive', () => {
    const { plan, marks } = triedAt(NOW, due({ attempts: 1, triedOn: '2027-01-11', tries: 9 }));
    expect(plan).toMatchObject([{ attempts: 2, tries: 1, triedOn: TODAY, notBefore: soLater(1) }]);
    expect(marks).toMatchObject([{ undelivered: { kind: 'evaluation', why: '503' } }]);
  });

  it('goes to the next working day where no time is left today, which its maker sees', async () => {
    expect(
      await faultsOf(
        [
          ['the evening', '2027-01-12T18:30:00.000Z', NO_LUCK],
          ['what Teams asks for', NOW, { ...NO_LUCK, afterMs: 13 * 3_600_000 }],
        ],
        (_case, now, sent) => {
          const row = due({ attempts: 1, triedOn: TODAY, tries: 12 });
          expect(triedAt(now, row, sent)).toMatchObject({
            plan: [{ due: TOMORROW, attempts: 1, notBefore: null }],
            remove: [row],
            marks: [{ undelivered: { why: '503' } }],
            counts: { ...NONE, failed: 1 },
          });
        },
      ),
    ).toEqual([]);
  });

  it('is given up in the evening of the last day, and counted once where it fails for good that day', () => {
    const row = due({ attempts: MOST_ATTEMPTS, triedOn: TODAY, tries: 12 });
    expect(triedAt(NOW, row).counts).toEqual({ ...NONE, deferred: 1 });
    expect(triedAt('2027-01-12T18:30:00.000Z', row)).toMatchObject({
      plan: [],
      remove: [row],
      marks: [{ undelivered: { kind: 'evaluation', why: '503', givenUp: true } }],
      counts: { ...NONE, gaveUp: 1 },
    });
    {
      const row = due({ attempts: 2, triedOn: TODAY, tries: 3 });
      expect(triedAt(NOW, row, FAILED).plan).toMatchObject([{ attempts: 2, due: TOMORROW }]);
    }
  });
});

describe('settle: what failed, or may have', () => {
  const UNSENT = [
    { kind: 'failed', why: 'the reason' },
    { kind: 'uncertain', why: 'the reason' },
  ] as const;
  const EACH = UNSENT.map(
    (sent) => [sent, (attempts: number) => settleUnsent([due({ attempts })], sent, at())] as const,
  );

  it('moves to the next slot, with the reason and one try more, and shows in the overview of who made the record', async () => {
    expect(
      await faultsOf(EACH, (_sent, tried) => {
        expect(tried(0)).toMatchObject({
          plan: [
            aReminder({
              due: TOMORROW,
              attempts: 1,
              triedOn: '2027-01-12',
              tries: 1,
              why: 'the reason',
              claimedAt: NOW,
            }),
          ],
          wait: [],
          counts: { ...NONE, failed: 1 },
        });
        expect(tried(0).remove).toHaveLength(1);
      }),
    ).toEqual([]);
    expect(
      await faultsOf(EACH, (_sent, tried) => {
        const [mark] = tried(0).marks;
        expect(mark).toMatchObject({ ...markOf(agreement), answer: null });
        expect(mark).toMatchObject({ undelivered: { why: 'the reason' } });
      }),
    ).toEqual([]);
  });

  it('is tried a last time, and given up after so many tries, which stays to be seen', async () => {
    expect(
      await faultsOf(EACH, (_sent, tried) => {
        expect(tried(MOST_ATTEMPTS - 2).plan).toHaveLength(1);
      }),
    ).toEqual([]);
    expect(
      await faultsOf(EACH, (_sent, tried) => {
        expect(tried(MOST_ATTEMPTS - 1)).toMatchObject({ plan: [], counts: { ...NONE, gaveUp: 1 } });
        expect(tried(MOST_ATTEMPTS - 1).remove).toHaveLength(1);
        expect(tried(MOST_ATTEMPTS - 1).marks).toHaveLength(1);
      }),
    ).toEqual([]);
  });

  it('is counted each on its own', async () => {
    expect(
      await faultsOf(EACH, (sent) => {
        const rows = [due(), due({ attempts: MOST_ATTEMPTS - 1 }), due({ kind: 'landed' })];
        expect(settleUnsent(rows, sent, at())).toMatchObject({
          remove: rows,
          counts: { ...NONE, failed: 2, gaveUp: 1 },
        });
      }),
    ).toEqual([]);
  });
});

describe('settle: coffees and moments', () => {
  const kept = (kind: 'coffee' | 'moment') => due({ kind, subject: 'kept', occasion: 'when' });
  const markOfKept = (what: 'member' | 'moment', arrived: boolean) => [
    { tenant: TENANT, manager: MANAGER, kept: what, id: 'kept', occasion: 'when', arrived },
  ];
  const noted = (undeliveredOccasion: string | null): SettleAt => {
    const coffee = { ...newMember('kept', 'Bo', null), undeliveredOccasion };
    return {
      ...at(null),
      records: { agreementOf: () => null, memberOf: () => coffee, momentOf: () => null },
    };
  };

  it('show that a reminder did not arrive, whatever came between, until the next one arrived', async () => {
    expect(
      await faultsOf(
        [
          ['coffee', 'member'],
          ['moment', 'moment'],
        ] as const,
        (kind, what) => {
          const row = kept(kind);
          for (const settled of [
            settleUnsent([row], FAILED, at(null)),
            settleRefused([row], '403', at(null)),
            settleGone([row], { why: '403', retry: null }, at(null)),
          ])
            expect(settled.marks).toEqual(markOfKept(what, false));
        },
      ),
    ).toEqual([]);
    expect(settleSent([kept('coffee')], noted('before')).marks).toEqual(markOfKept('member', true));
    expect(settleSent([kept('coffee')], noted(null)).marks).toEqual([]);
  });
});

describe('settle: together', () => {
  it('is all of it, in order, with the counts added up, or nothing', () => {
    expect(together([])).toEqual(NOTHING);
    const all: DueReminder[][] = [
      [due()],
      [shared()],
      [due({ kind: 'landed' })],
      [due({ subject: 'other' })],
    ];
    const [one = [], two = [], three = [], four = []] = all;
    const parts = [
      settleSent(one, at()),
      settleGone(two, { why: '403', retry: null }, at()),
      settleDropped(three),
      settleUnsent(four, FAILED, at()),
    ];
    expect(together(parts)).toEqual({
      plan: parts.flatMap(({ plan }) => plan),
      wait: two,
      remove: [...one, ...three, ...four],
      marks: parts.flatMap(({ marks }) => marks),
      counts: { sent: 1, dropped: 1, deferred: 1, failed: 1, gaveUp: 0 },
    });
  });
});
