import type { Agreement } from '../../../bot/domain/agreement.js';
import type { Manager } from '../../../bot/domain/manager.js';
import type { Member } from '../../../bot/domain/member.js';
import { coffeesOf, type Happening, happeningsOf } from '../../../jobs/figures/count.js';
import { aMember, anAgreement, anItem, TENANT } from '../sample-records.js';

export const ZONE = 'Europe/Amsterdam';
export const MONTH = '2027-01';

/** An Entra object id: of a manager or of an employee, by number. */
function idOf(kind: 'manager' | 'employee', at: number): string {
  return `${kind === 'manager' ? 'a' : 'b'}0000000-0000-4000-8000-${String(at).padStart(12, '0')}`;
}

export function managerAt(at: number): Manager {
  return { tenant: TENANT, person: idOf('manager', at) };
}

/** What one employee has with one manager in a month. */
export type Dealings = {
  readonly manager: number;
  readonly employee: number;
  readonly items: number;
  readonly onTime: number;
  readonly late: number;
  readonly coffee: boolean;
};

/** The records of it. */
export function recordsOf(one: Dealings): {
  readonly manager: Manager;
  readonly member: Member;
  readonly agreement: Agreement;
} {
  const employee = idOf('employee', one.employee);
  const member = aMember({
    id: `person-${employee}`,
    name: `Naam ${one.employee}`,
    person: employee,
    lastDay: one.coffee ? `${MONTH}-12` : null,
  });
  const evaluation = (planned: string) => ({ day: `${MONTH}-15`, planned, outcomes: {} });
  return {
    manager: managerAt(one.manager),
    member,
    agreement: anAgreement({
      id: `${one.manager}-${one.employee}`,
      member: member.id,
      memberName: member.name,
      employee,
      createdAt: `${MONTH}-08T10:00:00.000Z`,
      items: Array.from({ length: one.items }, (_, at) => anItem({ id: String(at) })),
      evaluations: [
        ...Array.from({ length: one.onTime }, () => evaluation(`${MONTH}-12`)),
        ...Array.from({ length: one.late }, () => evaluation(`${MONTH}-11`)),
      ],
    }),
  };
}

/** All that there is to count of it in the month. */
export function happeningsIn(all: readonly Dealings[]): Happening[] {
  return all
    .flatMap((one) => {
      const { manager, member, agreement } = recordsOf(one);
      return [...happeningsOf(manager, agreement, ZONE), ...coffeesOf(manager, member)];
    })
    .filter(({ month }) => month === MONTH);
}
