import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Agreement } from '../../../bot/domain/agreement.js';
import {
  type Change,
  changeAgreement,
  type Seen,
  standingOf,
} from '../../../bot/domain/agreement-changes.js';
import { defaultSlot } from '../../../bot/domain/calendar.js';
import type { ChangeContext } from '../../../bot/domain/changes.js';
import type { NewReminder } from '../../../bot/domain/reminder.js';
import { stillWanted } from '../../../bot/domain/reminders/planning.js';
import { openThings } from '../../../bot/features/overview/overview.rules.js';
import { agreementCard } from '../../../cards/agreement/agreement.card.js';
import { faultsOf } from '../../support/faults.js';
import { anAgreement, MANAGER, TENANT } from '../../support/sample-records.js';

const FIRST = Date.parse('2027-01-12T09:00:00.000Z');
const SUCCESSOR = 'c3c3c3c3-0000-4000-8000-000000000003';

/** What somebody does, and how long ago they got the card on which they do it, in steps. */
type Act = { readonly by: keyof typeof ACTS; readonly age: number };
type Card = Seen & { readonly version: number };
type Given = { readonly card: Card; readonly note: string; readonly day: string };

/** What each act comes to, from a card of before; `null` for what a reminder that went out writes. */
const ACTS = {
  asks: ({ card, note }: Given) => ({
    what: 'change-asked',
    version: card.version,
    subjects: ['days'],
    note,
  }),
  confirms: ({ card }: Given) => ({ what: 'confirmed', version: card.version }),
  wantsRemoval: () => ({ what: 'removal-asked' }),
  evaluates: ({ card, day }: Given) => ({
    what: 'evaluated',
    seen: card,
    day,
    nextDay: '2027-02-01',
    outcomes: { 1: 'works' },
    rewritten: {},
  }),
  moves: ({ card, day }: Given) => ({ what: 'moved', seen: card, nextDay: day }),
  snoozes: ({ card }: Given) => ({
    what: 'snoozed',
    version: card.version,
    until: '2027-06-01T08:00:00.000Z',
  }),
  closes: ({ card }: Given) => ({ what: 'closed', seen: card }),
  handles: ({ card }: Given) => ({ what: 'request-handled', askedAt: card.asked }),
  handsOver: () => ({ what: 'handed-over', member: { id: 'their-place' }, managerName: 'Ahmed' }),
  isShown: () => null,
} as const satisfies Record<string, (given: Given) => Change | null>;

const NAMES = Object.keys(ACTS) as (keyof typeof ACTS)[];
const anAct: fc.Arbitrary<Act> = fc.record({
  by: fc.oneof(fc.constantFrom(...NAMES), fc.constantFrom('asks' as const, 'handles' as const)),
  age: fc.oneof(fc.constant(0), fc.nat(6)),
});

/** A life of one agreement: what it is, who keeps it, what is planned, and the cards that people still have. */
type Life = {
  agreement: Agreement;
  manager: string;
  planned: NewReminder[];
  cards: Card[];
  /** What the employee asked for last, until it was dealt with or they took it back. */
  request: { readonly note: string; readonly askedAt: string } | null;
};

function live(life: Life, { by, age }: Act, at: number): void {
  const now = new Date(FIRST + at * 3_600_000).toISOString();
  const card = life.cards.at(-1 - age) ?? life.cards[0];
  if (card === undefined) throw new Error('no card');
  const note = `verzoek ${at}`;
  const change = ACTS[by]({ card, note, day: `2027-03-${String((at % 28) + 1).padStart(2, '0')}` });
  if (change === null) {
    if (life.agreement.answer === 'on-its-way') life.agreement = { ...life.agreement, answer: 'shared' };
  } else if (standingOf(life.agreement, change) === 'open') {
    if (by === 'handsOver') life.manager = life.manager === MANAGER ? SUCCESSOR : MANAGER;
    const context: ChangeContext = {
      manager: { tenant: TENANT, person: life.manager },
      now,
      slot: defaultSlot('Europe/Amsterdam'),
      zone: 'Europe/Amsterdam',
    };
    const { record, plan } = changeAgreement(life.agreement, change, context);
    life.agreement = record;
    life.planned = [...life.planned, ...plan];
    if (by === 'asks') life.request = { note, askedAt: now };
    if (by === 'confirms') life.request = null;
    if (by === 'handles') {
      // Only who had that very request on their card can say that it was discussed.
      expect(card.asked).toBe(life.request?.askedAt);
      life.request = null;
    }
  }
  const { version, changeAsked } = life.agreement;
  const open = changeAsked !== null && changeAsked.handledAt === null;
  life.cards = [...life.cards, { version, asked: open ? changeAsked.askedAt : '' }];
}

/** Where a manager comes across what was asked: in the overview, on the agreement itself, and as news. */
function whereItShows({ agreement, manager, planned }: Life, note: string): string[] {
  const things = openThings({ agreements: [agreement], members: [], moments: [], scans: [] }, '2027-01-12');
  const card = JSON.stringify(agreementCard('nl', { agreement, notice: '', closing: null }).body);
  const news = planned.some(
    (one) => one.kind === 'agreement-answered' && one.person === manager && stillWanted(one, agreement),
  );
  return [
    ...(things.length > 0 ? ['overview'] : []),
    ...(card.includes(note) && card.includes('agreement.request-handled') ? ['agreement'] : []),
    ...(news ? ['news'] : []),
  ];
}

function aLife(): Life {
  return {
    agreement: anAgreement({ items: [{ ...anAgreement().items[0]!, id: '1' }] }),
    manager: MANAGER,
    planned: [],
    cards: [{ version: 1, asked: '' }],
    request: null,
  };
}

describe('what an employee asks to have changed', () => {
  it('is in sight of the manager, or dealt with, or taken back by who asked, whatever both do', () => {
    const counted = { asked: 0, handled: 0 };
    fc.assert(
      fc.property(fc.array(anAct, { minLength: 1, maxLength: 25 }), (acts) => {
        const life = aLife();
        acts.forEach((act, at) => {
          const before = life.request;
          live(life, act, at);
          if (life.request !== null) {
            expect(whereItShows(life, life.request.note)).toEqual(['overview', 'agreement', 'news']);
            counted.asked += 1;
          }
          if (before !== null && life.request === null && act.by === 'handles') counted.handled += 1;
        });
      }),
      { numRuns: 500 },
    );
    // Or the property would say little.
    expect(counted.asked).toBeGreaterThan(1_000);
    expect(counted.handled).toBeGreaterThan(100);
  });

  it('stays in sight whatever is done after it', async () => {
    expect(
      await faultsOf<[string, (keyof typeof ACTS)[]]>(
        [
          ['asked before the manager evaluates', ['asks', 'evaluates']],
          ['asked after the manager evaluated', ['evaluates', 'asks']],
          ['asked before it is moved and handed over', ['asks', 'moves', 'handsOver']],
          ['asked, and then closed', ['asks', 'closes']],
          ['asked of what is closed', ['closes', 'asks']],
          ['asked anew after it was dealt with', ['asks', 'handles', 'asks']],
        ],
        (_case, acts) => {
          const life = aLife();
          acts.forEach((by, at) => void live(life, { by, age: 0 }, at));
          expect(life.request).not.toBeNull();
          expect(whereItShows(life, life.request?.note ?? '')).toEqual(['overview', 'agreement', 'news']);
        },
      ),
    ).toEqual([]);
  });
});
