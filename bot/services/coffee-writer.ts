import type { ChangeContext } from '../domain/changes.js';
import { type CoffeeChange, changeCoffee, coffeeStanding } from '../domain/coffee-changes.js';
import type { Member } from '../domain/member.js';
import type { Managers } from '../store/managers.js';
import type { Reminders } from '../store/reminders.js';
import type { Versioned } from '../store/tables/row-mapping.js';
import { tryToWrite, unlessContended, type Written } from './record-writer.js';

export type CoffeeWriterDeps = {
  readonly managers: Managers;
  readonly reminders: Pick<Reminders, 'planAll' | 'cancel'>;
};

/** The one way to change a place on a list, see `tryToWrite`. Throws CodedError `member-contended`. */
export async function writeCoffee(
  deps: CoffeeWriterDeps,
  {
    found,
    change,
    at,
  }: { readonly found: Versioned<Member>; readonly change: CoffeeChange; readonly at: ChangeContext },
): Promise<Written<Member>> {
  return unlessContended(await tryToWriteCoffee(deps, { found, change, at }), 'member-contended');
}

/** The same for whoever has nobody to tell when others write it at each try. */
export function tryToWriteCoffee(
  { managers, reminders }: CoffeeWriterDeps,
  {
    found,
    change,
    at,
  }: { readonly found: Versioned<Member>; readonly change: CoffeeChange; readonly at: ChangeContext },
) {
  const { id } = found.record;
  const place = {
    reminders,
    read: () => managers.member(at.manager, id),
    write: (record: Member, etag: string) => managers.changeMember(at.manager, record, etag),
  };
  return tryToWrite(place, found, (record) => {
    const standing = coffeeStanding(record, change, at);
    return standing === 'open' ? changeCoffee(record, change, at) : standing;
  });
}
