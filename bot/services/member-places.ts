import { changeAgreement, standingOf } from '../domain/agreement-changes.js';
import type { ChangeContext, Changed, Standing } from '../domain/changes.js';
import { changeCoffee, coffeeStanding } from '../domain/coffee-changes.js';
import type { Member } from '../domain/member.js';
import { changeMoment, momentStanding } from '../domain/moment-changes.js';
import type { NewReminder } from '../domain/reminder.js';
import { CodedError } from '../errors.js';
import type { EmployeeIndex } from '../store/employee-index.js';
import type { Managers, VersionedRecords } from '../store/managers.js';
import type { Reminders } from '../store/reminders.js';
import type { Versioned } from '../store/tables/row-mapping.js';
import type { Turn } from '../turn.js';
import { pointToMember } from './member-account.js';
import { MOST_TRIES } from './record-writer.js';

export type MemberPlacesDeps = {
  readonly managers: Managers;
  readonly about: EmployeeIndex;
  readonly reminders: Reminders;
};

/** Another name or the Teams account of a place on the list, or another place of the same person that becomes this one. */
export type PlaceChange =
  | { readonly what: 'renamed'; readonly name: string }
  | { readonly what: 'linked'; readonly account: string }
  | { readonly what: 'merged'; readonly from: string };

/** `refused`: they are two accounts in Teams. `gone`: there is no such place. */
export type Placed =
  | { readonly kind: 'done'; readonly place: Member }
  | { readonly kind: 'refused' | 'gone' };

/**
 * The one way to change whom records belong to: the place and all that belongs to it in one transaction, so that nothing is
 * ever under two names. A place that became another goes last, as it was read: what was written of it meanwhile, such as
 * that its person wants no fixed coffees, is taken over first. What is planned and what leads the employee to it comes first, as with every other record; whoever
 * writes one of them meanwhile makes it begin anew. More than a hundred records go in several such steps, and pressing
 * again completes them.
 */
export async function changePlace(
  deps: MemberPlacesDeps,
  turn: Turn,
  { id, change, at }: { readonly id: string; readonly change: PlaceChange; readonly at: ChangeContext },
): Promise<Placed> {
  const { managers, about, reminders } = deps;
  for (let tries = 0; tries < MOST_TRIES; tries += 1) {
    const all = await managers.versioned(turn);
    const kept = all.members.find(({ record }) => record.id === id);
    if (kept === undefined) return { kind: 'gone' };
    const from = change.what === 'merged' ? change.from : id;
    const emptied =
      change.what === 'merged' ? (all.members.find(({ record }) => record.id === from) ?? null) : null;
    const step = changedPlace(kept.record, change, all, at);
    if (step === 'refused') return { kind: 'refused' };
    const moved = movedRecords(all, from, step.record, at);
    const members = step.isChanged ? [{ record: step.record, etag: kept.etag }] : [];
    const isAsWanted = members.length + moved.agreements.length + moved.moments.length === 0;
    await reminders.planAll([...step.plan, ...moved.plan]);
    await pointTo(about, turn, step.record, moved);
    const { agreements, moments } = moved;
    if (!isAsWanted && (await managers.rearrange(turn, { members, agreements, moments })) !== 'ok') continue;
    if (emptied !== null) {
      if ((await managers.takeOff(turn, emptied)) === 'conflict') continue;
      const before = emptied.record.person;
      if (before !== null) await about.unindex(turn.tenant, before, { manager: turn.person, id: from });
    }
    return { kind: 'done', place: step.record };
  }
  throw new CodedError('member-contended', 'a place was written by others at each of several tries');
}

type Step = {
  readonly record: Member;
  readonly plan: readonly NewReminder[];
  readonly isChanged: boolean;
};

function changedPlace(
  place: Member,
  change: PlaceChange,
  { members }: VersionedRecords,
  at: ChangeContext,
): Step | 'refused' {
  const same: Step = { record: place, plan: [], isChanged: false };
  const other =
    change.what === 'merged' ? members.find(({ record }) => record.id === change.from) : undefined;
  // The other is gone: it became this one already.
  if (change.what === 'merged' && other === undefined) return same;
  const step =
    change.what === 'merged' ? ({ what: 'merged', other: other?.record ?? place } as const) : change;
  const standing = coffeeStanding(place, step, at);
  if (standing === 'overtaken') return 'refused';
  if (standing === 'done') return same;
  const { record, plan } = changeCoffee(place, step, at);
  return { record, plan, isChanged: true };
}

/** All that belongs to the place `from`, as it is under the place `to`; without what stands so already. */
function movedRecords(
  { agreements, moments }: VersionedRecords,
  from: string,
  to: Member,
  at: ChangeContext,
) {
  const plan: NewReminder[] = [];
  const change = { what: 'placed', member: to } as const;
  const moved = <Record extends { readonly member: string }>(
    records: readonly Versioned<Record>[],
    standing: (record: Record) => Standing,
    changed: (record: Record) => Changed<Record>,
  ) =>
    records.flatMap(({ record, etag }): Versioned<Record>[] => {
      if (record.member !== from || standing(record) !== 'open') return [];
      const next = changed(record);
      plan.push(...next.plan);
      return [{ record: next.record, etag }];
    });
  return {
    agreements: moved(
      agreements,
      (record) => standingOf(record, change),
      (record) => changeAgreement(record, change, at),
    ),
    moments: moved(
      moments,
      (record) => momentStanding(record, change, at),
      (record) => changeMoment(record, change, at),
    ),
    plan,
  };
}

/** Lets the employee find the place, and each agreement that is shown to them. */
async function pointTo(
  about: EmployeeIndex,
  turn: Turn,
  { id, person }: Member,
  { agreements }: ReturnType<typeof movedRecords>,
): Promise<void> {
  if (person === null) return;
  await pointToMember(about, turn, { member: id, account: person });
  for (const { record } of agreements) {
    if (record.employee !== person) continue;
    const pointer = { manager: turn.person, agreement: record.id, since: record.createdAt };
    await about.index(turn.tenant, person, pointer);
  }
}
