import { goesOn } from '../../bot/domain/agreement-rest.js';
import { addDays, DAYS_IN_A_YEAR, type Day, defaultSlot, type Slot } from '../../bot/domain/calendar.js';
import { type Handover, viewOf, whyNotConfirm, whyNotStop } from '../../bot/domain/handover-request.js';
import type { Reminder } from '../../bot/domain/reminder.js';
import { rankOf } from '../../bot/domain/reminder-kinds.js';
import { proposedEvaluation } from '../../bot/domain/reminders/agreement-reminders.js';
import {
  currentSubject,
  type NewsItem,
  type ReminderRecords,
} from '../../bot/domain/reminders/current-subject.js';
import type { RetentionPeriods } from '../../bot/domain/retention-periods.js';
import { digestId, itemId } from '../../bot/store/deliveries.js';
import type { DueReminder } from '../../bot/store/reminders.js';
import { answeredCard } from '../../cards/about/answered.card.js';
import { sharedCard } from '../../cards/about/shared.card.js';
import { agreementCard } from '../../cards/agreement/agreement.card.js';
import type { AgreementView } from '../../cards/agreement/agreement-view.js';
import { coffeePersonCard } from '../../cards/coffee/person.card.js';
import type { Lang } from '../../cards/content/words.js';
import { type DigestItem, digestCard, joinedMoment, type ScanItem } from '../../cards/digest/digest.card.js';
import { evaluateCard } from '../../cards/evaluation/evaluate.card.js';
import { initiativeCard } from '../../cards/evaluation/initiative.card.js';
import { landedCard } from '../../cards/evaluation/landed.card.js';
import { restedCard, restingCard } from '../../cards/evaluation/resting.card.js';
import { unreachableCard } from '../../cards/evaluation/unreachable.card.js';
import { announcedCard } from '../../cards/leaver/announced.card.js';
import { closedCard } from '../../cards/leaver/closed.card.js';
import { deletedCard } from '../../cards/leaver/deleted.card.js';
import { requestCard } from '../../cards/leaver/request.card.js';
import { takenOverCard } from '../../cards/leaver/taken-over.card.js';
import { momentCard } from '../../cards/moments/moment.card.js';
import { monthlyCard } from '../../cards/monthly/monthly.card.js';
import { decideRemovalCard } from '../../cards/removal/decide.card.js';
import { removalGrantedCard, removalKeptCard, removalLateCard } from '../../cards/removal/outcome.card.js';
import type { Card } from '../../cards/render.js';
import { decideRequestCard } from '../../cards/requests/decide.card.js';
import {
  coffeeRefusedCard,
  momentAnsweredCard,
  momentLateCard,
  momentRemovedNewsCard,
} from '../../cards/requests/news.card.js';
import { askCard } from '../../cards/scan/answer.card.js';
import { evaluateScanCard } from '../../cards/scan/measures.card.js';
import { scanAgainCard, scanAgreedNewsCard, scanClosedCard } from '../../cards/scan/news.card.js';

/** One card to send. `id` names it in the delivery log: the same things on the same day have the same id. */
export type Message = {
  readonly id: string;
  readonly kind: 'digest' | 'news';
  readonly card: Card;
  readonly rows: readonly DueReminder[];
};
export type Composed = {
  readonly messages: readonly Message[];
  /** What does not fit its subject any more, or is in the messages already. */
  readonly dropped: readonly DueReminder[];
  /** What no card can be made of: it must not keep the rest from going out. */
  readonly faulty: readonly DueReminder[];
};

/**
 * Whom the messages are for: their language, their own day, when they hear from us, and how long their organisation keeps
 * things.
 */
export type Reader = {
  readonly lang: Lang;
  readonly today: Day;
  readonly slot: Slot;
  readonly terms: RetentionPeriods;
};

/** One line of a digest, and the reminders that it is the line of. */
type ToDo = { readonly rows: DueReminder[]; item: DigestItem };

/**
 * What goes out to one person: news each on its own, everything that is to be done in one digest, which is the
 * card of the thing itself when there is only one. What does not fit its subject any more is dropped. Of a moment each
 * nudge is in its one line: over a weekend or a pause several come on one day.
 */
export function compose(rows: readonly DueReminder[], records: ReminderRecords, reader: Reader): Composed {
  const { lang, today } = reader;
  const dropped: DueReminder[] = [];
  const faulty: DueReminder[] = [];
  const news: Message[] = [];
  const todo: ToDo[] = [];
  const seen = new Map<string, ToDo | null>();
  for (const row of rows) {
    const { reminder } = row;
    const made = orFault(() => makeOf(row, records, reader));
    if (made === FAULT) {
      faulty.push(row);
      continue;
    }
    if (made === null) {
      dropped.push(row);
      continue;
    }
    const id = placeInCards(reminder);
    const same = seen.get(id);
    if ('card' in made) {
      if (same === undefined) news.push({ id: newsId(reminder), kind: 'news', card: made.card, rows: [row] });
      else dropped.push(row);
      seen.set(id, null);
    } else if (same?.item.kind === 'moment' && made.kind === 'moment') {
      same.rows.push(row);
      same.item = joinedMoment(same.item, made);
    } else if (same !== undefined) {
      dropped.push(row);
    } else {
      const line = { rows: [row], item: made };
      seen.set(id, line);
      todo.push(line);
    }
  }
  todo.sort(
    ({ item: one }, { item: other }) =>
      rankOf(one.kind) - rankOf(other.kind) || placeOf(one).localeCompare(placeOf(other)),
  );
  const [only] = todo;
  if (only === undefined) return { messages: news, dropped, faulty };
  const inDigest = todo.flatMap((line) => line.rows);
  const card = orFault(() =>
    todo.length === 1
      ? onlyCard(only, reader)
      : digestCard(
          lang,
          today,
          todo.map(({ item }) => item),
        ),
  );
  if (card === FAULT) return { messages: news, dropped, faulty: [...faulty, ...inDigest] };
  const digest: Message = { id: digestId(today), kind: 'digest', card, rows: inDigest };
  return { messages: [...news, digest], dropped, faulty };
}

/** What is told once of a subject; of a scan each occasion is something else: that it closed, and what was agreed. */
function placeInCards({ kind, manager, subject, occasion }: Reminder): string {
  const isScan = kind === 'scan-news' || kind === 'scan-due';
  return [kind, manager, subject, ...(isScan ? [occasion] : [])].join('|');
}

const FAULT = Symbol('fault');

/** A card that cannot be made is a bug in it and no reason to keep everything else from a person. */
function orFault<Made>(make: () => Made): Made | typeof FAULT {
  try {
    return make();
  } catch {
    return FAULT;
  }
}

/** Among things of a kind: what waits longest first, and whom one has not spoken to for longest; then by name. */
function placeOf(item: DigestItem): string {
  switch (item.kind) {
    case 'coffee':
      return `${item.member.lastDay ?? ''}|${item.member.name}`;
    case 'moment':
      return `${item.moment.nextDay ?? ''}|${item.moment.memberName}`;
    case 'contacts-unchecked':
      return '';
    case 'scan-due':
      return `${item.scan.lastDay}|${item.scan.name}`;
    case 'self-look':
    case 'team-subject':
      return item.month;
    case 'moment-asked-due':
      return `${item.moment.request.by}|${item.moment.memberName}`;
    case 'removal-due':
      return `${item.agreement.removal?.by ?? ''}|${item.agreement.memberName}`;
    case 'landed':
      return `${item.agreement.conversationDay}|${item.agreement.memberName}`;
    case 'agreement-resting':
    case 'evaluation':
    case 'evaluation-initiative':
      return `${item.agreement.nextDay}|${item.agreement.memberName}`;
  }
}

/** The card of a piece of news, a line of the digest, or null for what does not fit its subject any more. */
function makeOf(
  { reminder }: DueReminder,
  records: ReminderRecords,
  reader: Reader,
): { readonly card: Card } | DigestItem | null {
  const item = currentSubject(reminder, records, reader.today);
  if (item === null) return null;
  if (!('done' in item)) return { card: newsCard(reminder, item, reader) };
  return item.done ? null : item;
}

/** How important a message is by the most important in it: 0 is the most. */
export function importanceOf({ rows }: Message): number {
  return Math.min(...rows.map(({ reminder }) => rankOf(reminder.kind)));
}

/** The name of a piece of news in the delivery log: it is sent once. */
export function newsId(reminder: Reminder): string {
  return `news|${itemId(reminder)}`;
}

function newsCard({ person, manager }: Reminder, item: NewsItem, { lang, today, slot, terms }: Reader): Card {
  switch (item.kind) {
    case 'agreement-shared':
    case 'agreement-moved':
      return sharedCard(lang, { agreement: item.agreement, manager, notice: '' });
    case 'agreement-answered':
      return answeredCard(lang, item.agreement);
    case 'agreement-rested':
      return restedCard(lang, item.agreement, {
        manager: person === manager ? null : manager,
        until: goesOn(item.agreement, terms, slot.zone) ?? today,
      });
    case 'employee-unreachable':
      return unreachableCard(lang, item.agreement);
    case 'removal-asked':
      return decisionOn(lang, item.agreement);
    case 'removal-late':
      return removalLateCard(lang, item.agreement, manager);
    case 'removal-kept':
      return removalKeptCard(lang, item.agreement, manager);
    case 'removal-granted':
      return removalGrantedCard(lang, { managerName: item.former, months: terms.auditMonths });
    case 'moment-asked':
      return decideRequestCard(lang, item.moment);
    case 'moment-asked-late':
      return momentLateCard(lang, item.moment.request);
    case 'moment-answered':
      return momentAnsweredCard(lang, item.moment, item.moment.request);
    case 'moment-removed':
      return momentRemovedNewsCard(lang, { managerName: item.former, months: terms.auditMonths });
    case 'coffee-refused':
      return coffeeRefusedCard(lang, item.member.name);
    case 'scan-news':
      return scanNews(lang, item);
    case 'agreements-taken-over':
      return takenOverCard(lang, item.former);
    case 'agreements-deleted':
      return deletedCard(lang, item.former);
    case 'agreements-closed':
      return closedCard(lang, { former: item.former, months: terms.closedAgreementMonths });
    case 'handover-announced':
    case 'handover-to-confirm':
    case 'handover-objected':
    case 'handover-ended':
      return handoverNews(lang, person, item.handover, { today, slot });
  }
}

function scanNews(lang: Lang, { tells, scan }: Extract<NewsItem, { kind: 'scan-news' }>): Card {
  switch (tells) {
    case 'asked':
      return askCard(lang, scan);
    case 'closed':
      return scanClosedCard(lang, scan);
    case 'agreed':
      return scanAgreedNewsCard(lang, scan);
  }
}

/** To the leaver what becomes of their records, to HR how it stands and what there is to do. */
function handoverNews(
  lang: Lang,
  person: string,
  handover: Handover,
  { today, slot }: Pick<Reader, 'today' | 'slot'>,
): Card {
  const usual = defaultSlot(slot.zone);
  // The days to object count from this very message.
  if (person === handover.leaver) return announcedCard(lang, viewOf(handover, usual, today));
  const view = viewOf(handover, usual);
  const may = {
    confirm: whyNotConfirm(handover, person) === null,
    stop: whyNotStop(handover, person) === null,
  };
  return requestCard(lang, { handover: view, may, notice: '' });
}

/** What a manager has to decide on; the agreement as it stands where there is nothing any more. */
function decisionOn(lang: Lang, agreement: AgreementView): Card {
  const { removal } = agreement;
  return removal === null
    ? agreementCard(lang, { agreement, notice: '', closing: null })
    : decideRemovalCard(lang, { agreement, removal, why: '', problem: false });
}

function scanTaskCard(lang: Lang, { task, scan }: ScanItem, today: Day): Card {
  switch (task) {
    case 'answer':
      return askCard(lang, scan, true);
    case 'again':
      return scanAgainCard(lang, scan);
    case 'evaluation':
      return evaluateScanCard(lang, {
        ...scan,
        chosen: {},
        next: '',
        problems: {},
        notice: '',
        tomorrow: addDays(today, 1),
      });
  }
}

function onlyCard({ rows, item }: ToDo, { lang, today, slot }: Reader): Card {
  switch (item.kind) {
    case 'removal-due':
      return decisionOn(lang, item.agreement);
    case 'agreement-resting':
      return item.rest === null
        ? digestCard(lang, today, [item])
        : restingCard(lang, item.agreement, item.rest);
    case 'moment-asked-due':
      return decideRequestCard(lang, item.moment);
    case 'landed':
      return landedCard(lang, item.agreement);
    case 'evaluation-initiative':
      return initiativeCard(lang, item.agreement, item.manager);
    case 'moment':
      return momentCard(lang, {
        moment: item.moment,
        nudges: item.nudges,
        notice: '',
        typed: null,
        reminder: true,
      });
    case 'contacts-unchecked':
      return digestCard(lang, today, [item]);
    case 'scan-due':
      return scanTaskCard(lang, item, today);
    case 'self-look':
    case 'team-subject':
      return monthlyCard(lang, item.kind, item.month);
    case 'coffee':
      return coffeePersonCard(lang, {
        person: item.member,
        notice: '',
        day: '',
        until: '',
        dayWrong: false,
        untilWrong: false,
        from: addDays(today, 1),
        last: addDays(today, DAYS_IN_A_YEAR),
        reminder: true,
      });
    case 'evaluation': {
      const { agreement } = item;
      return evaluateCard(lang, {
        agreement,
        occasion: rows.some(({ reminder }) => reminder.round > 0)
          ? 'again'
          : agreement.nextDay < today
            ? 'after'
            : 'due',
        next: proposedEvaluation(agreement, today, slot),
        chosen: {},
        problems: {},
        notice: '',
        today: addDays(today, 1),
      });
    }
  }
}
