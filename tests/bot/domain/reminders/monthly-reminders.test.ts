import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dayOf, defaultSlot } from '../../../../bot/domain/calendar.js';
import { monthlyReminders } from '../../../../bot/domain/reminders/monthly-reminders.js';
import {
  allTopics,
  MONTHLY_KINDS,
  topicOf,
  topicSource,
  topicWords,
} from '../../../../cards/content/monthly-kinds.js';
import { LANGS } from '../../../../cards/content/words.js';
import { faultsOf } from '../../../support/faults.js';
import { aPerson } from '../../../support/sample-records.js';

const SLOT = defaultSlot('Europe/Amsterdam');
const BOTH = aPerson({ monthly: ['self-look', 'team-subject'] });

describe('what comes once a month', () => {
  it('is nothing for who did not ask, and comes once for each month, whenever it is planned from', () => {
    expect(monthlyReminders(aPerson(), SLOT, '2027-01-12T09:00:00.000Z')).toEqual([]);
    let now = '2027-01-01T00:00:00.000Z';
    const months: string[] = [];
    for (let sent = 0; sent < 24; sent += 1) {
      const [next] = monthlyReminders({ ...BOTH, monthly: ['self-look'] }, SLOT, now);
      months.push(next?.occasion ?? '');
      now = next?.due ?? '';
    }
    expect(new Set(months).size).toBe(24);
    expect(months[0]).toBe('2027-01');
    expect(months[23]).toBe('2028-12');
  });

  it('keeps a look at oneself and a subject for the team two weeks apart', () => {
    fc.assert(
      fc.property(
        fc.uuid(),
        fc.date({ min: new Date('2026-01-01'), max: new Date('2030-01-01'), noInvalidDate: true }),
        (person, from) => {
          const [one, other] = monthlyReminders({ ...BOTH, person }, SLOT, from.toISOString());
          expect(one?.due).not.toBe(other?.due);
          for (const reminder of [one, other]) {
            if (reminder === undefined) throw new Error('not planned');
            expect(reminder.due > from.toISOString()).toBe(true);
            // A day without work may push the last of them into the month after.
            expect(dayOf(reminder.due, SLOT.zone) >= `${reminder.occasion}-01`).toBe(true);
          }
        },
      ),
    );
  });

  it('is spread over the month among many people', () => {
    const ids = fc.sample(fc.uuid(), { numRuns: 2_000, seed: 1 });
    const perDay = new Map<string, number>();
    for (const person of ids) {
      const [{ due } = { due: '' }] = monthlyReminders({ ...BOTH, person }, SLOT, '2027-03-01T00:00:00.000Z');
      perDay.set(due, (perDay.get(due) ?? 0) + 1);
    }
    // A Monday has those of its weekend too: three days of 28.
    expect(Math.max(...perDay.values())).toBeLessThan((2_000 / 28) * 3 * 1.5);
  });

  it('waits for the end of a pause', () => {
    const [next] = monthlyReminders(BOTH, { ...SLOT, notBefore: '2027-05-03' }, '2027-01-02T00:00:00.000Z');
    expect(next?.due).toBe('2027-05-03T07:00:00.000Z');
  });
});

describe('the topics of a month', () => {
  it('take turns, of each kind, and each has its words and its source', async () => {
    expect(
      await faultsOf(MONTHLY_KINDS, (kind) => {
        const topics = allTopics(kind);
        const turns = topics.map((_, at) => topicOf(kind, `2027-${String(at + 1).padStart(2, '0')}`).id);
        expect(new Set(turns).size).toBe(topics.length);
        for (const topic of topics) {
          expect(topicSource(topic).section).not.toBe('');
          for (const lang of LANGS) {
            const { questions, step } = topicWords(lang, kind, topic.id);
            expect(questions.length).toBe(3);
            expect(step).not.toBe('');
          }
        }
      }),
    ).toEqual([]);
  });
});
