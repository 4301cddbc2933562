import { describe, expect, it } from 'vitest';
import type { ReminderKind } from '../../../bot/domain/reminder-kinds.js';
import { itemId } from '../../../bot/store/deliveries.js';
import { deferredToday, isSoft, weekIsFull } from '../../../jobs/reminders/frequency-caps.js';
import { aDueReminder, aReminder } from '../../support/sample-records.js';

/** A Friday. */
const TODAY = '2027-01-15';

function row(kind: ReminderKind, subject: string) {
  return aDueReminder({ kind, subject });
}

function sentOn(...days: readonly string[]) {
  return new Map(
    days.map((day, at) => [
      itemId(aReminder({ kind: 'coffee', subject: `name-${at}`, occasion: day })),
      `${day}T08:00:00.000Z`,
    ]),
  );
}

describe('a full day', () => {
  it('makes coffees and what comes once a month step back, nothing else, and is not filled by news', () => {
    const coffees = [row('coffee', 'a'), row('coffee', 'b')];
    const tasks = ['1', '2', '3'].map((subject) => row('evaluation', subject));
    expect(deferredToday([...tasks, ...coffees])).toEqual([]);
    const full = [...tasks, row('moment', '4')];
    expect(deferredToday([...full, ...coffees])).toEqual(coffees);
    expect(deferredToday(full)).toEqual([]);
    {
      const tasks = ['1', '2', '3', '4'].map((subject) => row('evaluation', subject));
      const monthly = [row('self-look', 'self-look'), row('team-subject', 'team-subject')];
      expect(deferredToday([...tasks, ...monthly])).toEqual(monthly);
    }
    const news = ['1', '2', '3', '4'].map((subject) => row('agreement-answered', subject));
    expect(deferredToday([...news, row('coffee', 'a')])).toEqual([]);
  });
});

describe('a full week', () => {
  it('has had three digests since the person’s Monday, and holds back only what nobody agreed on', () => {
    expect(weekIsFull(sentOn('2027-01-11', '2027-01-12', '2027-01-13'), TODAY, 'Europe/Amsterdam')).toBe(
      true,
    );
    expect(weekIsFull(sentOn('2027-01-10', '2027-01-12', '2027-01-13'), TODAY, 'Europe/Amsterdam')).toBe(
      false,
    );
    expect(weekIsFull(sentOn('2027-01-12', '2027-01-12'), TODAY, 'Europe/Amsterdam')).toBe(false);
    expect(isSoft(row('coffee', 'a'))).toBe(true);
    expect(isSoft(row('moment', 'a'))).toBe(true);
    expect(isSoft(row('self-look', 'a'))).toBe(true);
    expect(isSoft(row('evaluation', 'a'))).toBe(false);
    expect(isSoft(row('landed', 'a'))).toBe(false);
  });
});
