import { numberedName, type Payload } from '../../../cards/actions.js';
import type { Problems } from '../../../cards/agreement/problems.js';
import { format, type Lang, messagesFor } from '../../../cards/content/words.js';
import { longDay } from '../../../cards/dates.js';
import { evaluateCard } from '../../../cards/evaluation/evaluate.card.js';
import { rewriteCard } from '../../../cards/evaluation/rewrite.card.js';
import { oneLine } from '../../../cards/plain.js';
import { withOwnAgreement } from '../../access/agreement-access.js';
import {
  changeByForm,
  type OwnChangeDeps,
  overtaken,
  showAgreement,
} from '../../access/own-agreement-change.js';
import type { Agreement, Item } from '../../domain/agreement.js';
import { allStopped } from '../../domain/agreement.js';
import { isAsSeen, type Seen, standingOf } from '../../domain/agreement-changes.js';
import { addDays, type Day, dayOf } from '../../domain/calendar.js';
import type { ChangeContext } from '../../domain/changes.js';
import { proposedEvaluation } from '../../domain/reminders/agreement-reminders.js';
import { type Reply, show, type VerbHandlers } from '../../reply.js';
import { any, checkItemDays, checkNextDay, checkWhat } from '../../services/form-validation.js';
import { contextOf } from '../../services/record-writer.js';
import type { Versioned } from '../../store/tables/row-mapping.js';
import type { Turn } from '../../turn.js';
import { type Chosen, readOutcomes, toRewrite } from './evaluation.rules.js';
import { createLanded } from './landed.handler.js';
import { createMove } from './move.handler.js';

type Verbs = 'evaluation.open' | 'evaluation.record' | 'evaluation.rewrite';
export type Evaluation = VerbHandlers<Verbs> &
  ReturnType<typeof createMove> &
  ReturnType<typeof createLanded>;
/** The texts and days of what is to change; null where they were not asked for yet. */
type Rewritten = Payload<'evaluation.rewrite'> | null;
type Filled = {
  readonly next: string;
  readonly chosen: Chosen;
  readonly problems: Problems;
  readonly notice: string;
};

/** Looking back on what was agreed: how each agreement goes, what changes, and when to look back again. */
export function createEvaluation(deps: OwnChangeDeps): Evaluation {
  const record = (turn: Turn, seen: Seen, id: string, chosen: Chosen, rewritten: Rewritten) =>
    withOwnAgreement(deps.managers, { turn, id }, async (found) => {
      const at = await contextOf(deps, turn, turn.now);
      return recordEvaluation(deps, turn, { found, seen, chosen, rewritten, at });
    });
  return {
    ...createMove(deps),
    ...createLanded(deps),
    'evaluation.open': (turn) =>
      withOwnAgreement(deps.managers, { turn, id: turn.data.id }, async ({ record: agreement }) =>
        agreement.status === 'closed'
          ? showAgreement(turn.lang, agreement, '')
          : form(turn.lang, agreement, await contextOf(deps, turn, turn.now), {}),
      ),
    'evaluation.record': (turn) => record(turn, turn.data, turn.data.id, turn.data, null),
    'evaluation.rewrite': (turn) => record(turn, turn.data, turn.data.id, turn.data.chosen, turn.data),
  };
}

type Recording = {
  readonly found: Versioned<Agreement>;
  readonly seen: Seen;
  readonly chosen: Chosen;
  readonly rewritten: Rewritten;
  readonly at: ChangeContext;
};

async function recordEvaluation(deps: OwnChangeDeps, turn: Turn, given: Recording): Promise<Reply> {
  const { found, seen, chosen, rewritten, at } = given;
  const agreement = found.record;
  const today = dayOf(turn.now, at.slot.zone);
  const { outcomes, problems } = readOutcomes(agreement, chosen);
  const change = {
    what: 'evaluated',
    seen,
    day: today,
    nextDay: nextOf(agreement, chosen.next),
    outcomes,
    rewritten: textsById(agreement, toRewrite(agreement, outcomes), rewritten),
  } as const;
  const done = (record: Agreement) => recordedNotice(turn.lang, record);
  const again = (newest: Agreement, notice: string): Reply =>
    rewritten === null
      ? form(turn.lang, newest, at, { next: chosen.next, chosen, notice })
      : rewriteForm(turn.lang, newest, { chosen, rewritten, problems: {}, notice });
  // A card that is older than the record is not checked field by field: what it asks may have changed.
  if (!isAsSeen(agreement, seen)) {
    return standingOf(agreement, change) === 'done'
      ? showAgreement(turn.lang, agreement, done(agreement))
      : overtaken(turn, { newest: agreement, seen }, again);
  }
  const isLast = nextOf(agreement, chosen.next) === null;
  const all = { ...problems, next: isLast ? undefined : checkNextDay(chosen.next, today) };
  if (any(all)) return form(turn.lang, agreement, at, { next: chosen.next, chosen, problems: all });
  const wrong = rewritingProblems(deps, { agreement, outcomes, rewritten, today });
  if (wrong !== null) {
    return rewriteForm(turn.lang, agreement, { chosen, rewritten, problems: wrong, notice: '' });
  }
  return changeByForm(deps, { turn, found, change, at }, { done, again });
}

function form(lang: Lang, agreement: Agreement, at: ChangeContext, filled: Partial<Filled>): Reply {
  const today = dayOf(at.now, at.slot.zone);
  return show(
    evaluateCard(lang, {
      agreement,
      occasion: 'early',
      next: proposedEvaluation(agreement, today, at.slot),
      chosen: {},
      problems: {},
      notice: '',
      today: addDays(today, 1),
      ...filled,
    }),
  );
}

/** What is wrong with the new texts, or nothing where they were not asked for yet; null when they are complete. */
function rewritingProblems(
  { screen }: OwnChangeDeps,
  {
    agreement,
    outcomes,
    rewritten,
    today,
  }: {
    readonly agreement: Agreement;
    readonly outcomes: ReturnType<typeof readOutcomes>['outcomes'];
    readonly rewritten: Rewritten;
    readonly today: Day;
  },
): Problems | null {
  const places = toRewrite(agreement, outcomes);
  if (places.length === 0) return null;
  if (rewritten === null) return {};
  const problems: Record<string, Problems[string]> = {};
  for (const index of places) {
    const [what, from, by] = [
      numberedName('what', index),
      numberedName('from', index),
      numberedName('by', index),
    ];
    const days = { from: rewritten[from], by: rewritten[by] };
    const wrong = checkItemDays(days, today, agreement.items[index] ?? null);
    problems[what] = checkWhat(oneLine(rewritten[what]), screen);
    problems[from] = wrong.from;
    problems[by] = wrong.by;
  }
  return any(problems) ? problems : null;
}

/** The card that asks for the new texts: with those that were filled in, else with the present ones. */
function rewriteForm(
  lang: Lang,
  agreement: Agreement,
  filled: Omit<Filled, 'next'> & { readonly rewritten: Rewritten },
): Reply {
  const { chosen, rewritten, problems, notice } = filled;
  const { outcomes } = readOutcomes(agreement, chosen);
  const items = toRewrite(agreement, outcomes).map((index) => ({
    index,
    what: oneLine(rewritten?.[numberedName('what', index)] ?? agreement.items[index]?.what ?? ''),
    from: rewritten?.[numberedName('from', index)] ?? agreement.items[index]?.from ?? '',
    by: rewritten?.[numberedName('by', index)] ?? agreement.items[index]?.by ?? '',
  }));
  return show(rewriteCard(lang, { agreement, chosen, items, problems, notice }));
}

function textsById(
  agreement: Agreement,
  places: readonly number[],
  rewritten: Rewritten,
): Record<string, Pick<Item, 'what' | 'from' | 'by'>> {
  if (rewritten === null) return {};
  return Object.fromEntries(
    places.map((index) => [
      agreement.items[index]?.id ?? '',
      {
        what: oneLine(rewritten[numberedName('what', index)]),
        from: rewritten[numberedName('from', index)] || null,
        by: rewritten[numberedName('by', index)] || null,
      },
    ]),
  );
}

/** The day on which to look back again; null where one evaluation was agreed on and no other day is filled in. */
function nextOf({ rhythm }: Agreement, typed: string): string | null {
  return rhythm === 'once' && typed === '' ? null : typed;
}

function recordedNotice(lang: Lang, agreement: Agreement): string {
  const { evaluation: words } = messagesFor(lang);
  if (agreement.status === 'closed') return words.recordedClosed;
  const text = allStopped(agreement) ? words.recordedAllStop : words.recorded;
  return format(lang, text, { day: longDay(lang, agreement.nextDay) });
}
