import { messagesFor } from '../../../cards/content/words.js';
import type { DigestItem, MomentItem } from '../../../cards/digest/digest.card.js';
import { digestCard, joinedMoment } from '../../../cards/digest/digest.card.js';
import { noticeCard } from '../../../cards/notice/notice.card.js';
import type { Agreement } from '../../domain/agreement.js';
import { restOf } from '../../domain/agreement-rest.js';
import { isCoffeeContact } from '../../domain/coffee.js';
import { momentRequestStillWanted } from '../../domain/moment-request.js';
import { uncheckedContacts } from '../../domain/reminders/contacts-reminders.js';
import { nudgeWanted } from '../../domain/reminders/moment-reminders.js';
import { isMonthly } from '../../domain/reminders/monthly-reminders.js';
import { coffeeStillWanted, isBusinessOf, stillWanted } from '../../domain/reminders/planning.js';
import { codeOf } from '../../errors.js';
import { show, type VerbHandlers } from '../../reply.js';
import { type Deliveries, digestId, type Item, readItem } from '../../store/deliveries.js';
import type { EmployeeIndex } from '../../store/employee-index.js';
import type { Managers } from '../../store/managers.js';
import type { Organisations } from '../../store/organisation.js';
import { UNREADABLE } from '../../store/tables/row-mapping.js';
import type { Turn } from '../../turn.js';

export type DigestDeps = {
  readonly managers: Managers;
  readonly about: EmployeeIndex;
  readonly deliveries: Deliveries;
  readonly organisations: Organisations;
};

/** A digest again, as things stand now: what was dealt with meanwhile, here or elsewhere, shows so. */
export function createDigest(deps: DigestDeps): VerbHandlers<'digest.show'> {
  return {
    async 'digest.show'(turn) {
      const { digestDay: day } = turn.data;
      const sent = await deps.deliveries.find(turn.tenant, turn.person, digestId(day));
      const items = (sent?.items ?? []).map(readItem).filter((item) => item !== null);
      const own = items.some(({ manager }) => manager === turn.person)
        ? await deps.managers.records(turn)
        : { agreements: [], members: [], moments: [] };
      const shown: DigestItem[] = [];
      for (const item of items) {
        if (item.kind === 'coffee') {
          const member = own.members.find(({ id }) => id === item.subject);
          if (member === undefined || !isCoffeeContact(member)) continue;
          const done = !coffeeStillWanted(item, member);
          shown.push({ kind: item.kind, manager: item.manager, member, done });
          continue;
        }
        if (item.kind === 'moment') {
          const moment = own.moments.find(({ id }) => id === item.subject);
          const nudge = nudgeWanted(item.occasion, moment ?? null);
          if (moment === undefined || nudge === null) continue;
          const due: MomentItem = {
            kind: item.kind,
            manager: item.manager,
            moment: { ...moment, nextDay: nudge.day },
            nudges: [nudge.id],
            done: false,
          };
          const at = shown.findIndex((one) => one.kind === 'moment' && one.moment.id === moment.id);
          const same = shown[at];
          if (same?.kind === 'moment') shown[at] = joinedMoment(same, due);
          else shown.push(due);
          continue;
        }
        if (item.kind === 'moment-asked-due') {
          const moment = own.moments.find(({ id }) => id === item.subject);
          if (moment?.request == null) continue;
          const asked = { ...moment, request: moment.request, nextDay: null };
          const done = !momentRequestStillWanted(item, moment);
          shown.push({ kind: item.kind, manager: item.manager, moment: asked, done });
          continue;
        }
        if (item.kind === 'contacts-unchecked') {
          const { contacts } = (await deps.organisations.get(turn.tenant)).record;
          const count = uncheckedContacts(contacts, day).length;
          shown.push({ kind: item.kind, count, manager: item.manager, done: count === 0 });
          continue;
        }
        if (isMonthly(item.kind)) {
          shown.push({ kind: item.kind, month: item.occasion, manager: item.manager, done: false });
          continue;
        }
        const agreement = await subjectOf(deps, turn, item, own.agreements);
        if (agreement !== null && item.kind === 'agreement-resting') {
          const rest = restOf(agreement);
          shown.push({ kind: item.kind, manager: item.manager, agreement, rest, done: rest === null });
        }
        if (agreement !== null && isTask(item.kind)) {
          const done = !stillWanted(item, agreement);
          shown.push({ kind: item.kind, manager: item.manager, agreement, done });
        }
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

const TASKS = ['evaluation', 'landed', 'evaluation-initiative', 'removal-due'] as const;

function isTask(kind: Item['kind']): kind is (typeof TASKS)[number] {
  return TASKS.some((one) => one === kind);
}

/** One's own record, or one of somebody else that is about this person; anything else is not there. */
async function subjectOf(
  { managers, about }: DigestDeps,
  { tenant, person }: Turn,
  { manager, subject }: Item,
  own: readonly Agreement[],
): Promise<Agreement | null> {
  if (manager === person) return own.find(({ id }) => id === subject) ?? null;
  if (!(await about.concerns(tenant, person, manager, subject))) return null;
  try {
    const found = await managers.agreement({ tenant, person: manager }, subject);
    return found !== null && isBusinessOf({ person, manager }, found.record) ? found.record : null;
  } catch (error) {
    if (codeOf(error) !== UNREADABLE) throw error;
    return null;
  }
}
