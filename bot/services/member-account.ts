import type { EmployeeIndex } from '../store/employee-index.js';
import type { Managers } from '../store/managers.js';
import type { Turn } from '../turn.js';

export type MemberAccountDeps = { readonly managers: Managers; readonly about: EmployeeIndex };

/** Who writes a place at the same time is another press of the manager's: more in a row is none. */
const MOST_TRIES = 3;

/**
 * Gives a place on the manager's list the Teams account of whom it is, by the manager's word; from then on the employee
 * finds what was recorded of that place. `taken`: the place has another account, or is gone, and nothing was changed.
 */
export async function linkAccount(
  { managers, about }: MemberAccountDeps,
  turn: Turn,
  id: string,
  account: string,
): Promise<'linked' | 'taken'> {
  for (let tries = 0; tries < MOST_TRIES; tries += 1) {
    const found = await managers.member(turn, id);
    if (found === null || (found.record.person ?? account) !== account) return 'taken';
    const linked = { ...found.record, person: account };
    const done =
      found.record.person === account || (await managers.changeMember(turn, linked, found.etag)) === 'ok';
    if (done) {
      await pointToMember(about, turn, id, account);
      return 'linked';
    }
  }
  return 'taken';
}

/** Lets an employee find what is kept of a place that is theirs: its coffees and its moments. */
export async function pointToMember(
  about: EmployeeIndex,
  turn: Turn,
  member: string,
  account: string,
): Promise<void> {
  const pointer = { manager: turn.person, member, since: turn.now, managerName: turn.name };
  await about.index(turn.tenant, account, pointer);
}
