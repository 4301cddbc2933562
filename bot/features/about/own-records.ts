import { dayOf, plus } from '../../calendar.js';
import type { About } from '../../store/about.js';
import type { Agreement, Managers } from '../../store/managers.js';
import type { Terms } from '../../store/terms.js';
import type { Turn } from '../../turn.js';

/** One record about somebody, and whose it is. */
export type Found = { readonly manager: string; readonly record: Agreement };
/** Everything about who asks, the newest first; what a pointer no longer leads to is left out. */
export type OwnRecords = (who: Pick<Turn, 'tenant' | 'person'>) => Promise<readonly Found[]>;

/** Reads in two requests, whoever recorded it; what is about somebody else is never among it. */
export function createOwnRecords(needs: { readonly managers: Managers; readonly about: About }): OwnRecords {
  return async ({ tenant, person }) => {
    const pointers = await needs.about.of(tenant, person);
    const wanted = new Map<string, { kind: 'agreement'; id: string }[]>();
    for (const { manager, agreement: id } of pointers) {
      wanted.set(manager, [...(wanted.get(manager) ?? []), { kind: 'agreement', id }]);
    }
    const several = await needs.managers.several(
      [...wanted].map(([manager, subjects]) => ({ manager: { tenant, person: manager }, subjects })),
    );
    return pointers
      .flatMap(({ manager, agreement: id }): Found[] => {
        const record = several.agreement({ tenant, person: manager }, id)?.record;
        return record === undefined || record.employee !== person ? [] : [{ manager, record }];
      })
      .sort((one, other) => other.record.createdAt.localeCompare(one.record.createdAt));
  };
}

/** The day on which a record goes by itself; null while it is open. */
export function goesOn(
  { status, changedAt }: Agreement,
  { closedAgreementMonths }: Terms,
  zone: string,
): string | null {
  return status === 'closed' ? plus(dayOf(changedAt, zone), { months: closedAgreementMonths }) : null;
}
