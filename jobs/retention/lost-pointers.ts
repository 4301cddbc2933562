import { addDays, dayOf } from '../../bot/domain/calendar.js';
import type { Manager, ManagerRecords } from '../../bot/domain/manager.js';
import { codeOf } from '../../bot/errors.js';
import { UNREADABLE } from '../../bot/store/tables/row-mapping.js';
import type { Work } from './work.js';

/** What managers keep of people with an account, as a pointer names it; seen on the way through all of them. */
export type Linked = {
  see(manager: Manager, everything: ManagerRecords): void;
  has(tenant: string, employee: string, to: { readonly manager: string; readonly id: string }): boolean;
};

export function openLinked(): Linked {
  const seen = new Set<string>();
  return {
    see({ tenant, person: manager }, { agreements, members }) {
      for (const { employee, id } of agreements) seen.add([tenant, employee, manager, id].join('|'));
      for (const { person, id } of members) seen.add([tenant, person, manager, id].join('|'));
    },
    has: (...where) => seen.has(where.join('|')),
  };
}

/**
 * Pointers that lead to nothing about whom they belong to, left by a crash between a record and its pointer: they say
 * for ever who was on whose list. Each is looked up once more, and what was written today stays: its record may be on
 * its way.
 */
export async function removeLostPointers(work: Work, linked: Linked): Promise<void> {
  const { deps, at, dryRun, total } = work;
  const yesterday = addDays(dayOf(at, 'UTC'), -1);
  for await (const { tenant, employee, pointer } of deps.about.all()) {
    const { manager, agreement, member, removed, since } = pointer;
    const id = agreement ?? member ?? '';
    if (removed !== null || since >= yesterday || linked.has(tenant, employee, { manager, id })) continue;
    if (await leadsSomewhere(work, { tenant, person: manager }, employee, pointer)) continue;
    total.removed += 1;
    if (dryRun) deps.print(`${tenant} ${manager} pointer:${id}`);
    else await deps.about.unindex(tenant, employee, { manager, id });
  }
}

/** Also where what it leads to cannot be read: that may well be about them. */
async function leadsSomewhere(
  { deps }: Work,
  manager: Manager,
  employee: string,
  { agreement, member }: { readonly agreement: string | null; readonly member: string | null },
): Promise<boolean> {
  try {
    if (agreement !== null) {
      return (await deps.managers.agreement(manager, agreement))?.record.employee === employee;
    }
    return member !== null && (await deps.managers.member(manager, member))?.record.person === employee;
  } catch (error) {
    if (codeOf(error) !== UNREADABLE) throw error;
    return true;
  }
}
