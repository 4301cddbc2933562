import { addDays, addRhythm, type Slot, workingDayFrom } from '../../bot/calendar.js';
import { stillWanted } from '../../bot/planning.js';
import type { Agreement } from '../../bot/store/managers.js';
import { digestId, itemId } from '../../bot/store/nudges.js';
import type { Reminder, ReminderKind } from '../../bot/store/reminders.js';
import { answeredCard } from '../../cards/about/answered.card.js';
import { sharedCard } from '../../cards/about/shared.card.js';
import type { Lang } from '../../cards/content/words.js';
import { digestCard } from '../../cards/digest/digest.card.js';
import { evaluateCard } from '../../cards/evaluation/evaluate.card.js';
import { initiativeCard } from '../../cards/evaluation/initiative.card.js';
import { landedCard } from '../../cards/evaluation/landed.card.js';
import { unreachableCard } from '../../cards/evaluation/unreachable.card.js';
import type { Card } from '../../cards/render.js';
import type { DueReminder } from './due.js';

/** One card to send. `id` names it in the nudges: the same things on the same day have the same id. */
export type Message = {
  readonly id: string;
  readonly kind: 'digest' | 'news';
  readonly card: Card;
  readonly rows: readonly DueReminder[];
};
export type Composed = { readonly messages: readonly Message[]; readonly dropped: readonly DueReminder[] };

/** The subject of a reminder as it is now; null when it is gone. */
export type SubjectOf = (reminder: Reminder) => Agreement | null;

const NEWS = ['agreement-shared', 'agreement-answered', 'employee-unreachable'] as const;
type NewsKind = (typeof NEWS)[number];
type DigestKind = Exclude<ReminderKind, NewsKind>;
/** Most urgent first. */
const URGENCY: readonly DigestKind[] = ['evaluation', 'evaluation-initiative', 'landed'];

/**
 * What goes out to one person: news each on its own, everything that is to be done in one digest, which is the
 * card of the thing itself when there is only one. What does not fit its subject any more is dropped.
 */
export function compose(
  rows: readonly DueReminder[],
  subjectOf: SubjectOf,
  lang: Lang,
  /** The person's own day, `YYYY-MM-DD`, and when they hear from us. */
  today: string,
  slot: Slot,
): Composed {
  const dropped: DueReminder[] = [];
  const news: Message[] = [];
  const todo: { row: DueReminder; kind: DigestKind; agreement: Agreement }[] = [];
  const seen = new Set<string>();
  for (const row of rows) {
    const { reminder } = row;
    const agreement = subjectOf(reminder);
    const id = `${reminder.kind}|${reminder.manager}|${reminder.subject}`;
    if (seen.has(id) || !stillWanted(reminder, agreement)) {
      dropped.push(row);
      continue;
    }
    seen.add(id);
    if (isNews(reminder.kind)) {
      const card = newsCard(reminder, agreement, lang);
      news.push({ id: newsId(reminder), kind: 'news', card, rows: [row] });
    } else {
      todo.push({ row, kind: reminder.kind, agreement });
    }
  }
  todo.sort((one, other) => URGENCY.indexOf(one.kind) - URGENCY.indexOf(other.kind));
  if (todo.length === 0) return { messages: news, dropped };
  const [only] = todo;
  const card =
    todo.length === 1 && only !== undefined
      ? onlyCard(only.row.reminder, only.agreement, lang, today, slot)
      : digestCard(
          lang,
          today,
          todo.map(({ row, kind, agreement }) => ({
            kind,
            agreement,
            manager: row.reminder.manager,
            done: false,
          })),
        );
  const digest: Message = {
    id: digestId(today),
    kind: 'digest',
    card,
    rows: todo.map(({ row }) => row),
  };
  return { messages: [...news, digest], dropped };
}

/** Sent at once, each on its own; the other kinds wait for the digest. */
export function isNews(kind: ReminderKind): kind is NewsKind {
  return NEWS.some((one) => one === kind);
}

/** The name of a piece of news in the nudges: it is sent once. */
export function newsId(reminder: Reminder): string {
  return `news|${itemId(reminder)}`;
}

function newsCard(reminder: Reminder, agreement: Agreement, lang: Lang): Card {
  if (reminder.kind === 'agreement-answered') return answeredCard(lang, agreement);
  if (reminder.kind === 'employee-unreachable') return unreachableCard(lang, agreement);
  return sharedCard(lang, { agreement, manager: reminder.manager, notice: '' });
}

function onlyCard(reminder: Reminder, agreement: Agreement, lang: Lang, today: string, slot: Slot): Card {
  switch (reminder.kind) {
    case 'landed':
      return landedCard(lang, agreement);
    case 'evaluation-initiative':
      return initiativeCard(lang, agreement, reminder.manager);
    default:
      return evaluateCard(lang, {
        agreement,
        occasion: reminder.round > 0 ? 'again' : agreement.nextDay < today ? 'after' : 'due',
        next: workingDayFrom(addRhythm(today, agreement.rhythm), slot),
        chosen: {},
        problems: {},
        notice: '',
        today: addDays(today, 1),
      });
  }
}
