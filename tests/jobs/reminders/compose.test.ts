import { describe, expect, it } from 'vitest';
import type { Agreement } from '../../../bot/domain/agreement.js';
import { defaultSlot } from '../../../bot/domain/calendar.js';
import { askedFor } from '../../../bot/domain/handover-request.js';
import { type Member, newMember } from '../../../bot/domain/member.js';
import type { Moment } from '../../../bot/domain/moment.js';
import type { Reminder } from '../../../bot/domain/reminder.js';
import type { ReminderRecords } from '../../../bot/domain/reminders/current-subject.js';
import { DEFAULT_RETENTION } from '../../../bot/domain/retention-periods.js';
import { itemId } from '../../../bot/store/deliveries.js';
import { answeredCard } from '../../../cards/about/answered.card.js';
import { sharedCard } from '../../../cards/about/shared.card.js';
import { digestCard } from '../../../cards/digest/digest.card.js';
import { evaluateCard } from '../../../cards/evaluation/evaluate.card.js';
import { initiativeCard } from '../../../cards/evaluation/initiative.card.js';
import { landedCard } from '../../../cards/evaluation/landed.card.js';
import { unreachableCard } from '../../../cards/evaluation/unreachable.card.js';
import { deletedCard } from '../../../cards/leaver/deleted.card.js';
import { takenOverCard } from '../../../cards/leaver/taken-over.card.js';
import { momentCard } from '../../../cards/moments/moment.card.js';
import { decideRemovalCard } from '../../../cards/removal/decide.card.js';
import { removalGrantedCard, removalKeptCard, removalLateCard } from '../../../cards/removal/outcome.card.js';
import { decideRequestCard } from '../../../cards/requests/decide.card.js';
import {
  coffeeRefusedCard,
  momentAnsweredCard,
  momentLateCard,
  momentRemovedNewsCard,
} from '../../../cards/requests/news.card.js';
import { compose, newsId } from '../../../jobs/reminders/compose.js';
import { faultsOf } from '../../support/faults.js';
import {
  aDueReminder,
  aMoment,
  aMomentRequest,
  anAgreement,
  aReminder,
  EMPLOYEE,
  MANAGER,
  TENANT,
} from '../../support/sample-records.js';

const TODAY = '2027-01-12';
const SLOT = defaultSlot('Europe/Amsterdam');
const READER = { lang: 'nl', today: TODAY, slot: SLOT, terms: DEFAULT_RETENTION } as const;
const ANSWERED_AT = '2027-01-11T10:00:00.000Z';

const one = anAgreement();
const two = anAgreement({
  id: 'agreement-2',
  memberName: 'Bo',
  answer: 'confirmed',
  answeredAt: ANSWERED_AT,
});
const subjects: Readonly<Record<string, Agreement>> = { [one.id]: one, [two.id]: two };
const subjectOf: ReminderRecords['agreementOf'] = ({ subject }) => subjects[subject] ?? null;
const nobody = {
  agreementOf: subjectOf,
  memberOf: () => null,
  momentOf: () => null,
  contactsOf: () => [],
  handoverOf: () => null,
  scanOf: () => null,
};

const evaluation = (overrides: Partial<Reminder> = {}) => aDueReminder(overrides);
const landed = (overrides: Partial<Reminder> = {}) =>
  aDueReminder({ kind: 'landed', occasion: '2027-01-08', ...overrides });
const shared = (overrides: Partial<Reminder> = {}) =>
  aDueReminder({ kind: 'agreement-shared', person: EMPLOYEE, occasion: '1', ...overrides });
const answered = (overrides: Partial<Reminder> = {}) =>
  aDueReminder({ kind: 'agreement-answered', subject: two.id, occasion: ANSWERED_AT, ...overrides });

function messagesOf(rows: Parameters<typeof compose>[0], today = TODAY, find = subjectOf) {
  return compose(rows, { ...nobody, agreementOf: find }, { ...READER, today }).messages;
}

describe('compose: tips of one moment that come on one day', () => {
  const moment = aMoment({
    id: 'moment-1',
    member: 'name-1',
    memberName: 'Karin',
    kind: 'leave',
    from: '2027-02-01',
    until: '2027-05-02',
    contact: true,
    createdAt: '2027-01-01T09:00:00.000Z',
    changedAt: '2027-01-01T09:00:00.000Z',
  });
  const keepsakes = { ...nobody, momentOf: () => moment };
  const tip = (id: string, day: string) =>
    aDueReminder({
      kind: 'moment',
      subject: moment.id,
      occasion: `${id}|${day}`,
      due: '2027-05-03T07:00:00.000Z',
    });
  const composed = (...rows: ReturnType<typeof tip>[]) =>
    compose(rows, keepsakes, { ...READER, today: '2027-05-03' });
  // Saturday the first and Sunday the second both come on Monday.
  const contact = tip('leave-contact', '2027-05-01');
  const firstDay = tip('leave-first-day-back', '2027-05-02');

  it('stand in one line of a digest that leads to each once, in either order, and are dropped each on its own', async () => {
    expect(
      await faultsOf(
        [
          ['in order', [contact, firstDay]],
          ['the other way about', [firstDay, contact]],
        ],
        (_case, rows) => {
          const { messages, dropped } = composed(...rows);
          expect(dropped).toEqual([]);
          expect(messages).toHaveLength(1);
          expect(messages[0]?.rows).toEqual(expect.arrayContaining(rows));
          expect(messages[0]?.card).toEqual(
            momentCard('nl', {
              moment: { ...moment, nextDay: '2027-05-02' },
              nudges: ['leave-contact', 'leave-first-day-back'],
              notice: '',
              typed: null,
              reminder: true,
            }),
          );
        },
      ),
    ).toEqual([]);
    const { messages } = composed(contact, firstDay, landed());
    expect(messages).toHaveLength(1);
    expect(messages[0]?.rows).toHaveLength(3);
    const presses = JSON.stringify(messages[0]?.card).match(/"nudges":\[[^\]]*\]/g);
    expect([...new Set(presses)]).toEqual(['"nudges":["leave-contact","leave-first-day-back"]']);
    {
      const before = tip('leave-contact', '2027-04-01');
      const { messages, dropped } = composed(before, contact);
      expect(dropped).toEqual([]);
      expect(messages.map(({ rows }) => rows)).toEqual([[before, contact]]);
    }
    const moved = tip('leave-contact', '2027-04-15');
    expect(composed(moved, firstDay)).toMatchObject({ dropped: [moved], messages: [{ rows: [firstDay] }] });
  });
});

describe('compose: what an employee says to a coffee or a moment', () => {
  const ASKED = '2027-01-11T10:00:00.000Z';
  const request = aMomentRequest({ askedAt: ASKED, by: '2027-02-11' });
  const moment = {
    ...aMoment({
      ...{ id: 'moment-1', member: 'name-1', memberName: 'Karin', kind: 'start', from: '2027-02-01' },
      ...{ until: null, contact: false, status: 'open', version: 1 },
      ...{ createdAt: ASKED, changedAt: ASKED },
    }),
    request,
  };
  const answered = { ...moment, request: { ...request, answeredAt: ANSWERED_AT, kept: 'law' } } as const;
  const member = { ...newMember('name-1', 'Karin', EMPLOYEE), coffeeRefusedAt: ASKED };
  const cardsOf = (kind: Reminder['kind'], keepsakes: object, changes: Partial<Reminder> = {}) => {
    const row = aDueReminder({ kind, subject: 'moment-1', occasion: ASKED, ...changes });
    const { messages, dropped } = compose([row], { ...nobody, ...keepsakes }, READER);
    expect(messages.length + dropped.length).toBe(1);
    return messages.map(({ kind: as, card }) => [as, card]);
  };
  const isThere = (one: Moment) => ({ momentOf: () => one });
  const view = { ...moment, nextDay: null };

  it('is told to the manager at once and before the last day, to the employee after it, and not once it was answered or anew', () => {
    expect(cardsOf('moment-asked', isThere(moment))).toEqual([['news', decideRequestCard('nl', view)]]);
    expect(cardsOf('moment-asked-due', isThere(moment))).toEqual([['digest', decideRequestCard('nl', view)]]);
    expect(cardsOf('moment-asked-late', isThere(moment))).toEqual([['news', momentLateCard('nl', request)]]);
    for (const kind of ['moment-asked', 'moment-asked-due', 'moment-asked-late'] as const) {
      expect(cardsOf(kind, isThere(answered))).toEqual([]);
      expect(cardsOf(kind, isThere({ ...moment, request: null }))).toEqual([]);
      expect(cardsOf(kind, isThere(moment), { occasion: ANSWERED_AT.replace('11T', '10T') })).toEqual([]);
      expect(cardsOf(kind, {})).toEqual([]);
    }
  });

  it('is answered to the employee, with the record or without it', () => {
    const news = momentAnsweredCard('nl', answered, answered.request);
    expect(cardsOf('moment-answered', isThere(answered), { occasion: ANSWERED_AT })).toEqual([
      ['news', news],
    ]);
    const gone = momentRemovedNewsCard('nl', { managerName: 'Mila de Wit', months: 12 });
    expect(cardsOf('moment-removed', {}, { former: 'Mila de Wit' })).toEqual([['news', gone]]);
    // What tells of it is planned first: it did not come to that.
    expect(cardsOf('moment-removed', isThere(moment), { former: 'Mila de Wit' })).toEqual([]);
  });

  it('is a coffee less, which the manager hears unless it was taken back, and has a line in a digest', () => {
    const refused = { memberOf: () => member };
    expect(cardsOf('coffee-refused', refused)).toEqual([['news', coffeeRefusedCard('nl', 'Karin')]]);
    expect(cardsOf('coffee-refused', { memberOf: () => ({ ...member, coffeeRefusedAt: null }) })).toEqual([]);
    expect(cardsOf('coffee-refused', {})).toEqual([]);
    const row = aDueReminder({ kind: 'moment-asked-due', subject: 'moment-1', occasion: ASKED });
    const rows = [landed(), row];
    const { messages } = compose(rows, { ...nobody, ...isThere(moment) }, READER);
    expect(messages.map(({ kind, rows: of }) => [kind, of.length])).toEqual([['digest', 2]]);
    expect(JSON.stringify(messages[0]?.card)).toContain('Karin vraagt iets over een moment');
  });
});

describe('compose: what no card can be made of', () => {
  it('is told apart, and the rest goes out, also where it is the card of a digest', () => {
    const broken = evaluation({ subject: 'broken' });
    const find: ReminderRecords['agreementOf'] = (reminder) => {
      if (reminder.subject === 'broken') throw new Error('a bug');
      return subjectOf(reminder);
    };
    const row = landed();
    const made = compose([broken, row], { ...nobody, agreementOf: find }, READER);
    expect(made.faulty).toEqual([broken]);
    expect(made.messages.map(({ rows }) => rows)).toEqual([[row]]);
    {
      // A rhythm that no version of this program knows.
      const odd = { ...one, rhythm: 'hourly' } as unknown as Agreement;
      const row = evaluation();
      const made = compose([row], { ...nobody, agreementOf: () => odd }, READER);
      expect([made.messages, made.faulty]).toEqual([[], [row]]);
    }
  });
});

describe('compose: one thing to do', () => {
  const form = {
    agreement: one,
    next: '2027-01-26',
    chosen: {},
    problems: {},
    notice: '',
    today: '2027-01-13',
  };

  it('is the form of the evaluation, the question how it landed or the word to who takes the initiative, in the language of the person', () => {
    const row = evaluation();
    expect(messagesOf([row])).toEqual([
      {
        id: 'digest|2027-01-12',
        kind: 'digest',
        card: evaluateCard('nl', { ...form, occasion: 'due' }),
        rows: [row],
      },
    ]);
    const [message] = messagesOf([evaluation({ round: 1 })], '2027-01-15');
    expect(message?.card).toEqual(
      evaluateCard('nl', { ...form, occasion: 'again', next: '2027-01-29', today: '2027-01-16' }),
    );
    {
      const [message] = messagesOf([evaluation()], '2027-01-18');
      expect(message?.card).toEqual(
        evaluateCard('nl', { ...form, occasion: 'after', next: '2027-02-01', today: '2027-01-19' }),
      );
    }
    {
      const [message] = messagesOf([evaluation({ round: 2 })], '2027-03-15');
      expect(message?.card).toEqual(
        evaluateCard('nl', { ...form, occasion: 'again', next: '2027-03-30', today: '2027-03-16' }),
      );
    }
    {
      expect(messagesOf([landed()])[0]?.card).toEqual(landedCard('nl', one));
      const agreement = anAgreement({ initiative: 'employee' });
      const row = aDueReminder({ kind: 'evaluation-initiative', person: EMPLOYEE });
      const [message] = messagesOf([row], TODAY, () => agreement);
      expect(message).toMatchObject({ kind: 'digest', card: initiativeCard('nl', agreement, MANAGER) });
      {
        const [message] = compose([landed()], nobody, { ...READER, lang: 'en' }).messages;
        expect(message?.card).toEqual(landedCard('en', one));
      }
    }
  });
});

describe('compose: several things to do', () => {
  it('are one digest, named by the day: the most urgent first, and of a kind who was not spoken to for longest', () => {
    const rows = [landed(), evaluation({ subject: two.id }), evaluation()];
    const messages = messagesOf(rows);
    expect(messages).toHaveLength(1);
    expect(messages[0]).toMatchObject({
      id: 'digest|2027-01-12',
      kind: 'digest',
      card: digestCard('nl', TODAY, [
        { kind: 'evaluation', agreement: two, manager: MANAGER, done: false },
        { kind: 'evaluation', agreement: one, manager: MANAGER, done: false },
        { kind: 'landed', agreement: one, manager: MANAGER, done: false },
      ]),
    });
    expect(messages[0]?.rows).toHaveLength(3);
    {
      const members: Readonly<Record<string, Member>> = Object.fromEntries(
        [
          ['a', 'Anouk', '2026-12-01'],
          ['b', 'Bas', null],
          ['c', 'Carla', '2026-11-01'],
          ['d', 'Adil', null],
        ].map(([id, name, lastDay]) => [
          id,
          { ...newMember(id as string, name as string, null), rhythm: 'weekly', nextDay: TODAY, lastDay },
        ]),
      );
      const rows = Object.keys(members).map((id) =>
        aDueReminder({ kind: 'coffee', subject: id, occasion: TODAY }),
      );
      const found = {
        ...nobody,
        memberOf: ({ subject }: Pick<Reminder, 'subject'>) => members[subject] ?? null,
      };
      const { messages } = compose(rows, found, READER);
      const order = messages[0]?.rows.map(({ reminder }) => members[reminder.subject]?.name);
      expect(order).toEqual(['Adil', 'Bas', 'Carla', 'Anouk']);
    }
    const ids = [[landed()], [evaluation()], [landed(), evaluation()]].map((rows) => messagesOf(rows)[0]?.id);
    expect(new Set(ids)).toEqual(new Set(['digest|2027-01-12']));
  });
});

describe('compose: news', () => {
  it('shows the employee what was recorded or handed over, tells the manager what was answered, and whoever that a manager left', () => {
    const row = shared();
    expect(messagesOf([row])).toEqual([
      {
        id: newsId(row.reminder),
        kind: 'news',
        card: sharedCard('nl', { agreement: one, manager: MANAGER, notice: '' }),
        rows: [row],
      },
    ]);
    const agreement = anAgreement({ managerName: 'Ahmed', movedFrom: 'Mila', version: 2 });
    const [message] = messagesOf(
      [shared({ kind: 'agreement-moved', occasion: '2' })],
      TODAY,
      () => agreement,
    );
    expect(message).toMatchObject({
      kind: 'news',
      card: sharedCard('nl', { agreement, manager: MANAGER, notice: '' }),
    });
    expect(message?.card.fallbackText).toBe('Ahmed neemt je afspraken met Mila over');
    {
      const row = answered();
      expect(messagesOf([row])).toEqual([
        { id: newsId(row.reminder), kind: 'news', card: answeredCard('nl', two), rows: [row] },
      ]);
      const agreement = anAgreement({ initiative: 'employee' });
      const [message] = messagesOf([aDueReminder({ kind: 'employee-unreachable' })], TODAY, () => agreement);
      expect(message).toMatchObject({ kind: 'news', card: unreachableCard('nl', agreement) });
      const left = { subject: 'whoever-left', occasion: TODAY, former: 'Mila' };
      const rows = [
        aDueReminder({ ...left, kind: 'agreements-deleted' }),
        aDueReminder({ ...left, kind: 'agreements-taken-over' }),
      ];
      expect(messagesOf(rows).map(({ kind, card }) => [kind, card])).toEqual([
        ['news', deletedCard('nl', 'Mila')],
        ['news', takenOverCard('nl', 'Mila')],
      ]);
    }
  });

  it('tells of a request for removal: the manager what to decide, the employee the answer or the lack of it', () => {
    const removal = { askedAt: ANSWERED_AT, by: '2027-02-11', answeredAt: null, kept: null };
    const asked = anAgreement({ removal });
    const kept = anAgreement({ removal: { ...removal, answeredAt: ANSWERED_AT, kept: 'law' } });
    const about = { occasion: ANSWERED_AT, person: EMPLOYEE };
    const cardOf = (overrides: Partial<Reminder>, agreement: Agreement | null) =>
      messagesOf([aDueReminder({ ...about, ...overrides })], TODAY, () => agreement).map(({ card }) => card);
    const decision = decideRemovalCard('nl', { agreement: asked, removal, why: '', problem: false });
    expect(cardOf({ kind: 'removal-asked', person: MANAGER }, asked)).toEqual([decision]);
    expect(cardOf({ kind: 'removal-due', person: MANAGER }, asked)).toEqual([decision]);
    expect(cardOf({ kind: 'removal-late' }, asked)).toEqual([removalLateCard('nl', asked, MANAGER)]);
    expect(cardOf({ kind: 'removal-kept' }, kept)).toEqual([removalKeptCard('nl', kept, MANAGER)]);
    const granted = { kind: 'removal-granted', former: 'Mila' } as const;
    expect(cardOf(granted, null)).toEqual([removalGrantedCard('nl', { managerName: 'Mila', months: 12 })]);
    // Half of a removal is none: nobody hears that it is gone while it is there.
    expect(cardOf(granted, asked)).toEqual([]);
    for (const kind of ['removal-asked', 'removal-due', 'removal-late'] as const)
      expect(cardOf({ kind }, kept)).toEqual([]);
  });

  it('says until when what is left of it stays, by the terms that the organisation chose', async () => {
    const closed = anAgreement({ status: 'closed', changedAt: ANSWERED_AT });
    const terms = { ...DEFAULT_RETENTION, closedAgreementMonths: 1, auditMonths: 18 };
    const former = { subject: 'gone', former: 'Mila' };
    const records = {
      ...nobody,
      agreementOf: ({ subject }: Pick<Reminder, 'subject'>) => (subject === closed.id ? closed : null),
    };
    const told = (reminder: Partial<Reminder>) =>
      JSON.stringify(compose([aDueReminder(reminder)], records, { ...READER, terms }).messages);
    expect(
      await faultsOf(
        [
          [
            'agreements that closed by themselves',
            { kind: 'agreement-rested', occasion: ANSWERED_AT },
            'tot donderdag 11 februari 2027',
          ],
          [
            'agreements of a manager who cannot be reached',
            { ...former, kind: 'agreements-closed' },
            'Na 1 maand verwijder',
          ],
          ['that removal was asked for', { ...former, kind: 'removal-granted' }, 'nog 18 maanden'],
          ['that a moment was removed', { ...former, kind: 'moment-removed' }, 'nog 18 maanden'],
        ] as const,
        (_case, reminder, words) => expect(told(reminder)).toContain(words),
      ),
    ).toEqual([]);
  });

  it('comes each on its own, before the digest, with an id of its own for each version', () => {
    const rows = [evaluation(), answered(), landed()];
    expect(messagesOf(rows).map(({ kind, rows: { length } }) => [kind, length])).toEqual([
      ['news', 1],
      ['digest', 2],
    ]);
    const ids = ['1', '2'].map((occasion) => newsId(shared({ occasion }).reminder));
    expect(new Set(ids).size).toBe(2);
  });
});

describe('compose: what is dropped', () => {
  it('is what its subject no longer asks for, and everything about a closed agreement but that it was closed', async () => {
    expect(
      await faultsOf(
        [
          ['an evaluation that was moved', evaluation({ occasion: '2027-01-05' })],
          ['what is about nothing any more', evaluation({ subject: 'gone' })],
          ['a version that is no longer the newest', shared({ occasion: '0' })],
        ],
        (_case, row) => {
          expect(compose([row], nobody, READER)).toEqual({
            messages: [],
            dropped: [row],
            faulty: [],
          });
        },
      ),
    ).toEqual([]);
    const rows = [evaluation(), landed(), shared({ occasion: '0' })];
    const { messages, dropped } = compose(
      rows,
      { ...nobody, agreementOf: () => anAgreement({ status: 'closed' }) },
      READER,
    );
    expect(messages).toEqual([]);
    expect(dropped).toEqual(rows);
  });

  it('is what stands twice: the first stays, and what still fits the same subject', () => {
    const [first, second] = [evaluation(), evaluation({ round: 1, due: '2027-01-15T08:00:00.000Z' })];
    const { messages, dropped } = compose([first, second], nobody, READER);
    expect(messages.map(({ rows }) => rows)).toEqual([[first]]);
    expect(dropped).toEqual([second]);
    {
      const [outdated, fits] = [
        evaluation({ occasion: '2027-01-05', due: '2027-01-05T08:00:00.000Z' }),
        evaluation(),
      ];
      const { messages, dropped } = compose([outdated, fits], nobody, READER);
      expect(messages.map(({ rows }) => rows)).toEqual([[fits]]);
      expect(dropped).toEqual([outdated]);
    }
  });

  it('gives whom HR takes for leaving their days from the message on, also when it was asked for before a weekend', () => {
    const handover = askedFor(
      {
        ...{ tenant: TENANT, id: 'request-1', leaver: MANAGER, leaverName: 'Mila', what: 'delete' },
        ...{ successor: null, successorName: '', askedBy: 'hr' },
      },
      '2027-01-08T17:30:00.000Z',
    );
    const news = { kind: 'handover-announced', subject: MANAGER, occasion: handover.id } as const;
    const monday = '2027-01-11';
    const keepsakes = { ...nobody, handoverOf: () => handover };
    const { messages } = compose([aDueReminder(news)], keepsakes, { ...READER, today: monday });
    expect(JSON.stringify(messages[0]?.card)).toContain('uiterlijk op maandag 18 januari 2027');
  });

  it('leaves every reminder in a message or among the dropped, once, and is nothing when nothing is due', () => {
    const rows = [evaluation(), evaluation(), landed(), answered(), evaluation({ subject: 'gone' })];
    const { messages, dropped } = compose(rows, nobody, READER);
    const out = [...messages.flatMap((message) => message.rows), ...dropped];
    expect(out).toHaveLength(rows.length);
    expect(new Set(out)).toEqual(new Set(rows));
    expect(compose([], nobody, READER)).toEqual({
      messages: [],
      dropped: [],
      faulty: [],
    });
  });
});

describe('compose: itemId', () => {
  it('tells one occasion and round from another, whenever it was due', () => {
    expect(itemId(aReminder({ round: 1 }))).toBe(`evaluation|${MANAGER}|agreement-1|2027-01-12|1`);
    expect(itemId(aReminder({ due: '2027-03-01T10:00:00.000Z' }))).toBe(itemId(aReminder()));
  });
});
