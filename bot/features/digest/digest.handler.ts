import { messagesFor } from '../../../cards/content/words.js';
import { type DigestItem, digestCard, joinedMoment } from '../../../cards/digest/digest.card.js';
import { noticeCard } from '../../../cards/notice/notice.card.js';
import type { Agreement } from '../../domain/agreement.js';
import type { ManagerRecords } from '../../domain/manager.js';
import { subjectKindOf } from '../../domain/reminder-kinds.js';
import {
  currentSubject,
  type ReminderRecords,
  type ScanFor,
} from '../../domain/reminders/current-subject.js';
import { codeOf } from '../../errors.js';
import { show, type VerbHandlers } from '../../reply.js';
import { type Deliveries, digestId, type Item, readItem } from '../../store/deliveries.js';
import type { EmployeeIndex } from '../../store/employee-index.js';
import type { Managers } from '../../store/managers.js';
import type { Organisations } from '../../store/organisation.js';
import type { Scans } from '../../store/scans.js';
import { UNREADABLE } from '../../store/tables/row-mapping.js';
import type { Turn } from '../../turn.js';

export type DigestDeps = {
  readonly managers: Managers;
  readonly about: EmployeeIndex;
  readonly deliveries: Deliveries;
  readonly organisations: Organisations;
  readonly scans: Pick<Scans, 'get' | 'hasAnswered'>;
};
type Own = Pick<ManagerRecords, 'agreements' | 'members' | 'moments'>;

/** A digest again, as things stand now: what was dealt with meanwhile, here or elsewhere, shows so. */
export function createDigest(deps: DigestDeps): VerbHandlers<'digest.show'> {
  return {
    async 'digest.show'(turn) {
      const { tenant, person } = turn;
      const { digestDay: day } = turn.data;
      const sent = await deps.deliveries.find(tenant, person, digestId(day));
      const items = (sent?.items ?? []).map(readItem).filter((item) => item !== null);
      const own: Own = items.some(({ manager }) => manager === person)
        ? await deps.managers.records(turn)
        : { agreements: [], members: [], moments: [] };
      const shown: DigestItem[] = [];
      for (const item of items) {
        const records = await recordsFor(deps, turn, item, own);
        const subject = currentSubject({ ...item, tenant, person, former: null }, records, day);
        if (subject !== null && 'done' in subject) put(shown, subject);
      }
      const { digest } = messagesFor(turn.lang);
      return show(
        shown.length === 0
          ? noticeCard(turn.lang, digest.title, digest.gone)
          : digestCard(turn.lang, day, shown),
      );
    },
  };
}

/** Tips of one moment are one line, as they were when they were sent. */
function put(shown: DigestItem[], item: DigestItem): void {
  const at = shown.findIndex(
    (one) => one.kind === 'moment' && item.kind === 'moment' && one.moment.id === item.moment.id,
  );
  const same = shown[at];
  if (same?.kind === 'moment' && item.kind === 'moment') shown[at] = joinedMoment(same, item);
  else shown.push(item);
}

/** Reads no more than the item is about: a turn that reads costs two requests to the tables. */
async function recordsFor(deps: DigestDeps, turn: Turn, item: Item, own: Own): Promise<ReminderRecords> {
  const agreement =
    subjectKindOf(item) === 'agreement' ? await agreementOf(deps, turn, item, own.agreements) : null;
  const contacts =
    item.kind === 'contacts-unchecked' ? (await deps.organisations.get(turn.tenant)).record.contacts : [];
  const scan = item.kind === 'scan-due' ? await scanOf(deps, turn, item) : null;
  return {
    agreementOf: () => agreement,
    memberOf: ({ subject }) => own.members.find(({ id }) => id === subject) ?? null,
    momentOf: ({ subject }) => own.moments.find(({ id }) => id === subject) ?? null,
    contactsOf: () => contacts,
    handoverOf: () => null,
    scanOf: () => scan,
  };
}

/** Whoever was asked or started it finds it, by what they were reminded of; one that cannot be read is not there. */
async function scanOf(
  { scans }: DigestDeps,
  { tenant, person }: Turn,
  { subject }: Item,
): Promise<ScanFor | null> {
  try {
    const found = await scans.get(tenant, subject);
    if (found === null) return null;
    return { scan: found.record, hasAnswered: await scans.hasAnswered(found.record, person) };
  } catch (error) {
    if (codeOf(error) !== UNREADABLE) throw error;
    return null;
  }
}

/** One's own record, or one of somebody else that an employee was led to; anything else is not there. */
async function agreementOf(
  { managers, about }: DigestDeps,
  { tenant, person }: Turn,
  { manager, subject }: Item,
  own: readonly Agreement[],
): Promise<Agreement | null> {
  if (manager === person) return own.find(({ id }) => id === subject) ?? null;
  if (!(await about.concerns(tenant, person, manager, subject))) return null;
  try {
    return (await managers.agreement({ tenant, person: manager }, subject))?.record ?? null;
  } catch (error) {
    if (codeOf(error) !== UNREADABLE) throw error;
    return null;
  }
}
