import { defaultSlot, type Slot } from '../../calendar.js';
import { changeAgreement } from '../../domain/agreement-changes.js';
import { evaluationReminder, initiativeReminder, landedReminder } from '../../domain/agreement-reminders.js';
import { deletedReminder, memberFor, openIn, takenOverReminder } from '../../domain/handover.js';
import { grantedReminder, openRemoval } from '../../domain/removal.js';
import { slotFor } from '../../planning.js';
import { writeChange } from '../../services/agreement-writer.js';
import type { About } from '../../store/about.js';
import type { Audit, AuditedKind } from '../../store/audit.js';
import type { Agreement, Everything, Manager, Managers, Member, Removal } from '../../store/managers.js';
import type { People } from '../../store/people.js';
import type { Kept } from '../../store/records.js';
import type { Reminders } from '../../store/reminders.js';
import type { WriteResult } from '../../store/tables.js';

export type HandoverNeeds = {
  readonly people: People;
  readonly managers: Managers;
  readonly about: About;
  readonly reminders: Reminders;
  readonly audit: Audit;
  readonly newId: () => string;
  readonly zone: string;
};
/** Who of HR does it, when (instant), and by which button. */
export type Doing = {
  readonly by: string;
  readonly now: string;
  readonly did: 'leaver.move' | 'leaver.delete';
};
/** `any`: there was something to hand over. `left`: some of it could not be read, or was changed meanwhile. */
export type HandedOver = { readonly any: boolean; readonly left: boolean };

/** The next manager, with the name that employees know. */
export type Successor = Manager & { readonly name: string };

/**
 * Gives all that still runs with one manager to the next, and removes their coffees and moments. Each agreement is
 * written with its next manager first, then the employee's pointer, and removed from the leaver last: whoever does
 * it again after a crash finds what is left and completes it.
 */
export async function takeOverAll(
  needs: HandoverNeeds,
  leaver: Manager,
  successor: Successor,
  doing: Doing,
): Promise<HandedOver> {
  const everything = await needs.managers.everything(leaver);
  const open = openIn(everything);
  const movable = open.filter((agreement) => mayGoTo(successor, agreement));
  const [first] = movable;
  if (first !== undefined) {
    const slot = defaultSlot(needs.zone);
    await needs.reminders.plan(takenOverReminder(successor, leaver, first.managerName, doing.now, slot));
  }
  const found = await needs.people.get(successor.tenant, successor.person);
  const { members } = await needs.managers.everything(successor);
  const next: Next = { successor, members, slot: slotFor(found?.record ?? null, needs.zone) };
  const left = await eachAgreement(needs, leaver, open, (kept) =>
    mayGoTo(successor, kept.record)
      ? takeOver(needs, leaver, next, kept, doing)
      : remove(needs, leaver, kept, doing),
  );
  const unanswered = await removeAsked(needs, leaver, everything, doing);
  await removeKept(needs, leaver, everything, doing);
  return { any: movable.length > 0, left: left || unanswered || everything.unreadable.length > 0 };
}

/** Removes all that still runs with a manager, with coffees and moments, and tells each employee. */
export async function removeAll(needs: HandoverNeeds, leaver: Manager, doing: Doing): Promise<HandedOver> {
  const everything = await needs.managers.everything(leaver);
  const open = openIn(everything);
  const left = await eachAgreement(needs, leaver, open, (kept) => remove(needs, leaver, kept, doing));
  const unanswered = await removeAsked(needs, leaver, everything, doing);
  await removeKept(needs, leaver, everything, doing);
  return { any: open.length > 0, left: left || unanswered || everything.unreadable.length > 0 };
}

/** Who goes on, who is on their list already, and when they want to hear from us. */
type Next = { readonly successor: Successor; readonly members: readonly Member[]; readonly slot: Slot };

/** Nobody makes agreements with themselves: what the next manager had with the leaver as an employee ends. */
function mayGoTo(successor: Manager, { employee }: Agreement): boolean {
  return employee !== successor.person;
}

/** One after the other, each as it is now; whether any is left because it was changed at this very moment. */
async function eachAgreement(
  { managers }: HandoverNeeds,
  leaver: Manager,
  open: readonly Agreement[],
  act: (kept: Kept<Agreement>) => Promise<WriteResult>,
): Promise<boolean> {
  let left = false;
  for (const { id } of open) {
    const kept = await managers.agreement(leaver, id);
    if (kept !== null && (await act(kept)) === 'conflict') left = true;
  }
  return left;
}

async function takeOver(
  needs: HandoverNeeds,
  leaver: Manager,
  { successor, members, slot }: Next,
  { record, etag }: Kept<Agreement>,
  doing: Doing,
): Promise<WriteResult> {
  const { managers, reminders, about } = needs;
  const at = { manager: successor, now: doing.now, slot, zone: needs.zone };
  const written = await managers.agreement(successor, record.id);
  if (written === null) {
    const member = memberFor(record, members);
    const change = { what: 'handed-over', member, managerName: successor.name } as const;
    const { record: moved, plan } = changeAgreement(record, change, at);
    await reminders.planAll(plan);
    if ((await managers.addAgreement(successor, member, moved)) !== 'ok') return 'conflict';
  } else {
    // By a run that did not get to its end: the employee may have asked the leaver for something since.
    await writeChange(needs, written, { what: 'requests-carried', from: record }, at);
  }
  const { employee, id, createdAt } = record;
  if (employee !== null) {
    const pointer = { manager: successor.person, agreement: id, since: createdAt };
    await about.point(leaver.tenant, employee, pointer);
  }
  return removeRecord(needs, leaver, { record, etag }, doing);
}

async function remove(
  needs: HandoverNeeds,
  leaver: Manager,
  kept: Kept<Agreement>,
  doing: Doing,
): Promise<WriteResult> {
  const { record } = kept;
  const removal = openRemoval(record);
  if (record.employee !== null && removal !== null) {
    await cancelReminders(needs, leaver, record);
    return removeOnRequest(needs, leaver, kept, { employee: record.employee, removal }, doing);
  }
  if (record.employee !== null) {
    const slot = defaultSlot(needs.zone);
    await needs.reminders.plan(deletedReminder(record.employee, leaver, record.managerName, doing.now, slot));
  }
  await cancelReminders(needs, leaver, record);
  return removeRecord(needs, leaver, kept, doing);
}

/**
 * What is closed stays with the leaver until its term, but for what an employee asked to have removed: nobody is left
 * to find a reason to keep it.
 */
function removeAsked(
  needs: HandoverNeeds,
  leaver: Manager,
  { agreements }: Everything,
  doing: Doing,
): Promise<boolean> {
  const asked = agreements.filter((one) => one.status === 'closed' && openRemoval(one) !== null);
  return eachAgreement(needs, leaver, asked, (kept) => remove(needs, leaver, kept, doing));
}

/** The employee asked for it: request and answer stay on record, and the message says that it was on their word. */
async function removeOnRequest(
  needs: HandoverNeeds,
  leaver: Manager,
  { record, etag }: Kept<Agreement>,
  asked: { readonly employee: string; readonly removal: Removal },
  doing: Doing,
): Promise<WriteResult> {
  const { id, managerName, createdAt: since } = record;
  const { employee, removal } = asked;
  const slot = defaultSlot(needs.zone);
  await needs.reminders.plan(grantedReminder(leaver, { ...record, ...asked }, doing.now, slot));
  await note(needs, leaver, 'agreement', id, doing);
  const removed = { askedAt: removal.askedAt, at: doing.now, managerName };
  await needs.about.point(leaver.tenant, employee, { manager: leaver.person, agreement: id, since, removed });
  return needs.managers.removeAgreement(leaver, id, etag);
}

/** What is planned at other times than these, such as a second reminder, is dropped when it comes due. */
async function cancelReminders(
  { people, reminders, zone }: HandoverNeeds,
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

/** The employee's pointer goes before the record: without the record nobody would find the pointer again. */
async function removeRecord(
  needs: HandoverNeeds,
  leaver: Manager,
  { record, etag }: Kept<Agreement>,
  doing: Doing,
): Promise<WriteResult> {
  const { employee, id } = record;
  await note(needs, leaver, 'agreement', id, doing);
  if (employee !== null) await needs.about.unpoint(leaver.tenant, employee, leaver.person, id);
  return needs.managers.removeAgreement(leaver, id, etag);
}

/** Coffees and moments are one's own: they end with who leaves. */
async function removeKept(
  needs: HandoverNeeds,
  leaver: Manager,
  { members, moments }: Everything,
  doing: Doing,
): Promise<void> {
  // A place that never got a number was never on the audit trail either.
  for (const { number } of members) await note(needs, leaver, 'member', number ?? needs.newId(), doing);
  for (const { id } of moments) await note(needs, leaver, 'moment', id, doing);
  for (const { id, person } of members) {
    if (person !== null) await needs.about.unpoint(leaver.tenant, person, leaver.person, id);
  }
  await needs.managers.removeKept(
    leaver,
    members.map(({ id }) => id),
    moments.map(({ id }) => id),
  );
}

/** Noted before it is done: a crash in between notes it twice, and never leaves it out. */
async function note(
  { audit, newId }: HandoverNeeds,
  { tenant, person: manager }: Manager,
  kind: AuditedKind,
  record: string,
  { by, now, did }: Doing,
): Promise<void> {
  await audit.add(tenant, newId(), { at: now, who: by, did, record, kind, manager });
}
