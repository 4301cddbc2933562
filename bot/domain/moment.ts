import type { Moment } from '../store/managers.js';

/** What a manager can change of a moment. */
export type MomentChange = Partial<Pick<Moment, 'from' | 'until' | 'contact' | 'status'>>;

/** The moment as it is after a change: a newer version, which a card of before knows itself to be older than. */
export function changedMoment(moment: Moment, change: MomentChange, now: string): Moment {
  return { ...moment, ...change, changedAt: now, version: moment.version + 1 };
}

/** Whether a moment is as a change was to leave it: then the change was made, by whichever press came first. */
export function hasChange(moment: Moment, change: MomentChange): boolean {
  return Object.entries(change).every(([name, value]) => moment[name as keyof MomentChange] === value);
}

/** Whether two say the same, whatever came of them since. */
export function sameMoment(one: Moment, other: Moment): boolean {
  const facts = ({ kind, member, from, until, contact }: Moment) =>
    JSON.stringify([kind, member, from, until, contact]);
  return facts(one) === facts(other);
}
