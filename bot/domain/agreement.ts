import type { Agreement, ChangeRequest, ChangeSubject } from '../store/managers.js';

/** What the employee asks to have changed, while the manager has not dealt with it; null when there is nothing. */
export function openRequest({ changeAsked }: Pick<Agreement, 'changeAsked'>): ChangeRequest | null {
  return changeAsked !== null && changeAsked.handledAt === null ? changeAsked : null;
}

/** Whether everything that was agreed on was stopped. */
export function allStopped({ items }: Pick<Agreement, 'items'>): boolean {
  return items.every(({ outcome }) => outcome === 'stop');
}

type Asked = { readonly subjects: readonly ChangeSubject[]; readonly note: string };

/** Whether two requests ask the same, whenever they were made. */
export function asksTheSame(one: Asked, other: Asked): boolean {
  return one.note === other.note && [...one.subjects].sort().join() === [...other.subjects].sort().join();
}
