import type { EmployeeIndex } from '../store/employee-index.js';
import type { Turn } from '../turn.js';
import { type CoffeeWriterDeps, tryToWriteCoffee } from './coffee-writer.js';
import { contextForOther } from './record-writer.js';

export type MemberAccountDeps = CoffeeWriterDeps & {
  readonly about: EmployeeIndex;
  /** IANA zone of the organisation. */
  readonly zone: string;
};

/**
 * Gives a place on the manager's list the Teams account of whom it is, by the manager's word; from then on the employee
 * finds what was recorded of that place. `taken`: the place has another account, is gone, or was written by others at
 * each of several tries, and nothing was changed.
 */
export async function linkAccount(
  deps: MemberAccountDeps,
  turn: Turn,
  { id, account }: { readonly id: string; readonly account: string },
): Promise<'linked' | 'taken'> {
  const found = await deps.managers.member(turn, id);
  if (found === null) return 'taken';
  const at = contextForOther(deps.zone, turn, turn.now);
  const written = await tryToWriteCoffee(deps, { found, change: { what: 'linked', account }, at });
  if (written.kind !== 'done') return 'taken';
  await pointToMember(deps.about, turn, { member: id, account });
  return 'linked';
}

/** Lets an employee find what is kept of a place that is theirs: its coffees and its moments. */
export async function pointToMember(
  about: EmployeeIndex,
  turn: Turn,
  { member, account }: { readonly member: string; readonly account: string },
): Promise<void> {
  const pointer = { manager: turn.person, member, since: turn.now, managerName: turn.name };
  await about.index(turn.tenant, account, pointer);
}
