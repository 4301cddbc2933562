import type { Agreement } from '../../bot/domain/agreement.js';
import { changeAgreement } from '../../bot/domain/agreement-changes.js';
import type { AuditedKind } from '../../bot/domain/audit-entry.js';
import { defaultSlot, type Slot } from '../../bot/domain/calendar.js';
import { openErasureRequest } from '../../bot/domain/erasure-request.js';
import {
  deletedReminder,
  isMovedOf,
  memberFor,
  openIn,
  takenOverReminder,
} from '../../bot/domain/handover.js';
import type { Handover } from '../../bot/domain/handover-request.js';
import { actingIn } from '../../bot/domain/handover-request.js';
import type { Manager, ManagerRecords } from '../../bot/domain/manager.js';
import type { Member } from '../../bot/domain/member.js';
import { openMomentRequest } from '../../bot/domain/moment-request.js';
import {
  evaluationReminder,
  initiativeReminder,
  landedReminder,
} from '../../bot/domain/reminders/agreement-reminders.js';
import { slotFor } from '../../bot/domain/reminders/planning.js';
import { scanEvaluationReminder } from '../../bot/domain/reminders/scan-reminders.js';
import { entryOf, handedOverScan } from '../../bot/domain/scan.js';
import { removeOnRequest, writeChange } from '../../bot/services/agreement-writer.js';
import { removeMomentOnRequest } from '../../bot/services/moment-writer.js';
import type { Audit } from '../../bot/store/audit.js';
import type { EmployeeIndex } from '../../bot/store/employee-index.js';
import type { Managers } from '../../bot/store/managers.js';
import type { People } from '../../bot/store/people.js';
import type { Reminders } from '../../bot/store/reminders.js';
import type { Scans } from '../../bot/store/scans.js';
import type { Versioned } from '../../bot/store/tables/row-mapping.js';
import type { WriteResult } from '../../bot/store/tables/tables.js';

export type HandoverDeps = {
  readonly people: People;
  readonly managers: Managers;
  readonly about: EmployeeIndex;
  readonly reminders: Reminders;
  readonly audit: Audit;
  readonly scans: Scans;
  readonly newId: () => string;
  readonly zone: string;
};
/** An agreement that is changed again and again while it goes over is left for the next night. */
const MOST_TRIES = 5;

/** Which request, and when it is carried out (instant). */
type Doing = { readonly handover: Handover; readonly now: string };
/**
 * `left`: some of it could not be read, or was changed meanwhile, and is for the next night. `leftOwn`: some of it is
 * about somebody of HR who acts in it, and stays.
 */
export type CarriedOut = { readonly left: boolean; readonly leftOwn: boolean };

/**
 * Gives all that still runs with one manager to the next, or removes it, and in the end their coffees and moments. What
 * is about somebody of HR who asked for it or confirmed it stays where it is. Each agreement is written with its next
 * manager first, then the employee's pointer, and removed from the leaver last: whoever does it again after a crash
 * finds what is left and completes it. Of the rest nothing is removed before all agreements went.
 */
export async function carryOut(deps: HandoverDeps, doing: Doing): Promise<CarriedOut> {
  const { handover } = doing;
  const leaver = { tenant: handover.tenant, person: handover.leaver };
  const everything = await deps.managers.records(leaver);
  const acting = actingIn(handover);
  const isOwn = ({ employee }: Agreement) => employee !== null && acting.includes(employee);
  const open = openIn(everything);
  const going = open.filter((agreement) => !isOwn(agreement));
  const next = await nextOf(deps, doing, leaver, going);
  const left = await eachAgreement(deps, leaver, going, (kept) =>
    next !== null && mayGoTo(next.successor, kept.record)
      ? takeOver(deps, { leaver, next, kept }, doing)
      : remove(deps, leaver, kept, doing),
  );
  const asked = everything.agreements.filter((one) => !isOwn(one) && isAskedToGo(one));
  const unanswered = await eachAgreement(deps, leaver, asked, (kept) => remove(deps, leaver, kept, doing));
  const waiting = await moveScans(deps, leaver, everything, doing);
  if (left || unanswered || waiting || everything.unreadable.length > 0)
    return { left: true, leftOwn: false };
  const places = everything.members.filter(({ person }) => person !== null && acting.includes(person));
  await removeKept(deps, leaver, without(everything, places), doing);
  return { left: false, leftOwn: places.length > 0 || open.some(isOwn) };
}

/** Who goes on, once they have been told; null where all is deleted. */
async function nextOf(
  deps: HandoverDeps,
  { handover, now }: Doing,
  leaver: Manager,
  going: readonly Agreement[],
): Promise<Next | null> {
  const { tenant, id, successor: person, successorName: name, what } = handover;
  if (what === 'delete' || person === null) return null;
  const successor = { tenant, person, name };
  const [first] = going.filter((agreement) => mayGoTo(successor, agreement));
  if (first !== undefined) {
    const about = { leaver, former: first.managerName, occasion: id };
    const at = { now, slot: defaultSlot(deps.zone) };
    await deps.reminders.plan(takenOverReminder(successor, about, at));
  }
  const found = await deps.people.get(tenant, person);
  const { members } = await deps.managers.records(successor);
  return { successor, members, slot: slotFor(found?.record ?? null, deps.zone) };
}

/**
 * Team scans go to the successor with what their teams agreed on, or go; whether any is left because it was changed at this
 * very moment. What leads to it is written with the next manager first, then the scan says whose it is.
 */
async function moveScans(
  deps: HandoverDeps,
  leaver: Manager,
  { scans: entries }: ManagerRecords,
  doing: Doing,
): Promise<boolean> {
  const { scans, managers, people, reminders, zone } = deps;
  const { tenant, what, successor: person, successorName } = doing.handover;
  let left = false;
  for (const { id } of entries) {
    const found = await scans.get(tenant, id);
    if (found?.record.manager === leaver.person) {
      await note(deps, { leaver, kind: 'scan', record: id }, doing);
      if (what === 'delete' || person === null) {
        await scans.remove(tenant, id);
      } else {
        const next = { tenant, person };
        const moved = handedOverScan(found.record, { person, name: successorName }, doing.now);
        const look = scanEvaluationReminder(
          next,
          moved,
          slotFor((await people.get(tenant, person))?.record ?? null, zone),
        );
        if (look !== null) await reminders.plan(look);
        await managers.putScan(next, entryOf(moved));
        if ((await scans.change(moved, found.etag)) !== 'ok') {
          left = true;
          continue;
        }
      }
    }
    await managers.removeScan(leaver, id);
  }
  return left;
}

/** The next manager, with the name that employees know. */
type Successor = Manager & { readonly name: string };
/** Who goes on, who is on their list already, and when they want to hear from us. */
type Next = { readonly successor: Successor; readonly members: readonly Member[]; readonly slot: Slot };

/** Nobody makes agreements with themselves: what the next manager had with the leaver as an employee ends. */
function mayGoTo(successor: Manager, { employee }: Agreement): boolean {
  return employee !== successor.person;
}

/** One after the other, each as it is now; whether any is left because it was changed at this very moment. */
async function eachAgreement(
  { managers }: HandoverDeps,
  leaver: Manager,
  open: readonly Agreement[],
  act: (kept: Versioned<Agreement>) => Promise<WriteResult>,
): Promise<boolean> {
  let left = false;
  for (const { id } of open) {
    const kept = await managers.agreement(leaver, id);
    if (kept !== null && (await act(kept)) === 'conflict') left = true;
  }
  return left;
}

async function takeOver(
  deps: HandoverDeps,
  {
    leaver,
    next,
    kept,
  }: { readonly leaver: Manager; readonly next: Next; readonly kept: Versioned<Agreement> },
  doing: Doing,
): Promise<WriteResult> {
  const { managers, about } = deps;
  let { record, etag } = kept;
  for (let tries = 0; tries < MOST_TRIES; tries += 1) {
    if (!(await giveTo(deps, next, record, doing))) return 'conflict';
    const { employee, id, createdAt } = record;
    if (employee !== null) {
      const pointer = { manager: next.successor.person, agreement: id, since: createdAt };
      await about.index(leaver.tenant, employee, pointer);
    }
    const removed = await removeRecord(deps, leaver, { record, etag }, doing);
    if (removed !== 'conflict') return removed;
    // The employee answered at that very moment: what they said goes along.
    const newest = await managers.agreement(leaver, id);
    if (newest === null) return 'gone';
    ({ record, etag } = newest);
  }
  return 'conflict';
}

/** Whether the next manager has the agreement now, with all that the employee asked for. */
async function giveTo(
  deps: HandoverDeps,
  { successor, members, slot }: Next,
  record: Agreement,
  { now }: Doing,
): Promise<boolean> {
  const { managers, reminders, zone } = deps;
  const at = { manager: successor, now, slot, zone };
  const there = await managers.agreement(successor, record.id);
  if (there !== null) {
    // Another agreement of the same number: removing the leaver's would lose it.
    if (!isMovedOf(there.record, record)) return false;
    // By a run that did not get to its end: the employee may have asked the leaver for something since.
    await writeChange(deps, { found: there, change: { what: 'requests-carried', from: record }, at });
    return true;
  }
  const member = memberFor(record, members);
  const change = { what: 'handed-over', member, managerName: successor.name } as const;
  const { record: moved, plan } = changeAgreement(record, change, at);
  await reminders.planAll(plan);
  return (await managers.addAgreement(successor, member, moved)) === 'ok';
}

async function remove(
  deps: HandoverDeps,
  leaver: Manager,
  kept: Versioned<Agreement>,
  doing: Doing,
): Promise<WriteResult> {
  const { record } = kept;
  const removal = openErasureRequest(record);
  const slot = defaultSlot(deps.zone);
  if (record.employee !== null && removal !== null) {
    // The employee asked for it: request and answer stay on record, and the message says that it was on their word.
    await cancelReminders(deps, leaver, record);
    await note(deps, { leaver, kind: 'agreement', record: record.id }, doing);
    const at = { manager: leaver, now: doing.now, slot, zone: deps.zone };
    const { kind } = await removeOnRequest(deps, { found: kept, askedAt: removal.askedAt, at });
    return kind === 'done' ? 'ok' : 'conflict';
  }
  if (record.employee !== null) {
    const about = { leaver, former: record.managerName, occasion: doing.handover.id };
    await deps.reminders.plan(deletedReminder(record.employee, about, { now: doing.now, slot }));
  }
  await cancelReminders(deps, leaver, record);
  return removeRecord(deps, leaver, kept, doing);
}

/**
 * What is closed stays with the leaver until its term, but for what an employee asked to have removed: nobody is left
 * to find a reason to keep it.
 */
function isAskedToGo(agreement: Agreement): boolean {
  return agreement.status === 'closed' && openErasureRequest(agreement) !== null;
}

/** All but these places, what was planned with them, and whom agreements that stay are with. */
function without(
  { agreements, members, moments }: ManagerRecords,
  places: readonly Member[],
): Pick<ManagerRecords, 'members' | 'moments'> {
  const kept = new Set(places.map(({ id }) => id));
  for (const { employee, member } of agreements) {
    if (places.some(({ person }) => person === employee)) kept.add(member);
  }
  return {
    members: members.filter(({ id }) => !kept.has(id)),
    moments: moments.filter(({ member }) => !kept.has(member)),
  };
}

/** What is planned at other times than these, such as a second reminder, is dropped when it comes due. */
async function cancelReminders(
  { people, reminders, zone }: HandoverDeps,
  leaver: Manager,
  record: Agreement,
): Promise<void> {
  const slotOfPerson = async (person: string) =>
    slotFor((await people.get(leaver.tenant, person))?.record ?? null, zone);
  const own = await slotOfPerson(leaver.person);
  await reminders.cancel({ ...evaluationReminder(leaver, record, own), due: record.remindAt });
  await reminders.cancel(landedReminder(leaver, record, own));
  if (record.employee === null) return;
  const initiative = initiativeReminder(leaver, record, await slotOfPerson(record.employee));
  if (initiative !== null) await reminders.cancel(initiative);
}

/** The employee's pointer goes after the record: they find it as long as it is there. */
async function removeRecord(
  deps: HandoverDeps,
  leaver: Manager,
  { record, etag }: Versioned<Agreement>,
  doing: Doing,
): Promise<WriteResult> {
  const { employee, id } = record;
  await note(deps, { leaver, kind: 'agreement', record: id }, doing);
  const result = await deps.managers.removeAgreement(leaver, id, etag);
  if (employee !== null && result !== 'conflict') {
    await deps.about.unindex(leaver.tenant, employee, { manager: leaver.person, id });
  }
  return result;
}

/** Coffees and moments are one's own: they end with who leaves. */
async function removeKept(
  deps: HandoverDeps,
  leaver: Manager,
  { members, moments }: Pick<ManagerRecords, 'members' | 'moments'>,
  doing: Doing,
): Promise<void> {
  // A place that never got a number was never on the audit trail either.
  for (const { number } of members)
    await note(deps, { leaver, kind: 'member', record: number ?? deps.newId() }, doing);
  for (const { id } of moments) await note(deps, { leaver, kind: 'moment', record: id }, doing);
  for (const { id } of moments.filter((moment) => openMomentRequest(moment) !== null)) {
    // The employee waits for an answer: that they asked stays on record, and they are told that it is gone.
    const found = await deps.managers.moment(leaver, id);
    const asked = found === null ? null : openMomentRequest(found.record);
    if (found === null || asked === null) continue;
    const named = { ...leaver, name: doing.handover.leaverName };
    const at = { now: doing.now, slot: defaultSlot(deps.zone) };
    await removeMomentOnRequest(deps, { manager: named, found, askedAt: asked.askedAt, at });
  }
  await deps.managers.removeKept(
    leaver,
    members.map(({ id }) => id),
    moments.map(({ id }) => id),
  );
  for (const { id, person } of members) {
    if (person !== null) await deps.about.unindex(leaver.tenant, person, { manager: leaver.person, id });
  }
}

/** Noted before it is done: a crash in between notes it twice, and never leaves it out. */
async function note(
  { audit, newId }: HandoverDeps,
  {
    leaver: { tenant, person: manager },
    kind,
    record,
  }: { readonly leaver: Manager; readonly kind: AuditedKind; readonly record: string },
  { handover: { what, askedBy: who }, now: at }: Doing,
): Promise<void> {
  // What goes over to a successor is not gone, but coffees and moments are, whatever becomes of the agreements.
  const gone = what === 'delete' || kind === 'member' || kind === 'moment';
  const entry = { at, who, did: `leaver.${what}`, record, kind, manager };
  await audit.add(tenant, newId(), gone ? { ...entry, gone } : entry);
}
