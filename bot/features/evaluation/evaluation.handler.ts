import { numberedName, type Payload } from '../../../cards/actions.js';
import type { Problems } from '../../../cards/agreement/problems.js';
import { fill, type Lang, wordsIn } from '../../../cards/content/words.js';
import { longDay } from '../../../cards/dates.js';
import { evaluateCard } from '../../../cards/evaluation/evaluate.card.js';
import { rewriteCard } from '../../../cards/evaluation/rewrite.card.js';
import { oneLine } from '../../../cards/plain.js';
import { addDays, addRhythm, dayOf, defaultSlot, workingDayFrom } from '../../calendar.js';
import { any, checkComingDay, checkNextDay, checkWhat } from '../../field-rules.js';
import { withOwnAgreement } from '../../own-agreement.js';
import { type Reply, show, type VerbHandlers } from '../../reply.js';
import type { Agreement, Item } from '../../store/managers.js';
import type { Kept } from '../../store/records.js';
import type { Turn } from '../../turn.js';
import {
  allStopped,
  alreadyRecorded,
  type Chosen,
  evaluated,
  readOutcomes,
  toRewrite,
} from './evaluation.rules.js';
import { type EvaluationNeeds, isStale, showAgreement, writeChange } from './kept-agreement.js';
import { createLanded } from './landed.handler.js';
import { createMove } from './move.handler.js';

type Verbs = 'evaluation.open' | 'evaluation.record' | 'evaluation.rewrite';
export type Evaluation = VerbHandlers<Verbs> &
  ReturnType<typeof createMove> &
  ReturnType<typeof createLanded>;
type Rewritten = Payload<'evaluation.rewrite'>;
type Filled = { readonly next: string; readonly chosen: Chosen; readonly problems: Problems };

/** Looking back on what was agreed: how each agreement goes, what changes, and when to look back again. */
export function createEvaluation(needs: EvaluationNeeds): Evaluation {
  const today = (turn: Turn) => dayOf(turn.now, needs.zone);
  const form = (turn: Turn, agreement: Agreement, filled: Partial<Filled>): Reply =>
    show(
      evaluateCard(turn.lang, {
        agreement,
        occasion: 'early',
        next: workingDayFrom(addRhythm(today(turn), agreement.rhythm), defaultSlot(needs.zone)),
        chosen: {},
        problems: {},
        notice: '',
        today: addDays(today(turn), 1),
        ...filled,
      }),
    );

  const record = (
    turn: Turn,
    found: Kept<Agreement>,
    version: number,
    chosen: Chosen,
    rewritten: Rewritten | null,
  ): Promise<Reply> | Reply => {
    const agreement = found.record;
    const { outcomes, problems } = readOutcomes(agreement, chosen);
    if (isStale(agreement, version)) {
      const same = alreadyRecorded(agreement, outcomes, chosen.next);
      const notice = same ? recordedNotice(turn.lang, agreement) : wordsIn(turn.lang).agreement.changed;
      return showAgreement(turn.lang, agreement, notice);
    }
    const all = { ...problems, next: checkNextDay(chosen.next, today(turn)) };
    if (any(all)) return form(turn, agreement, { next: chosen.next, chosen, problems: all });
    const places = toRewrite(agreement, outcomes);
    const asked = places.length > 0 ? askRewrite(turn, agreement, chosen, places, rewritten) : null;
    if (asked !== null) return asked;
    const done = evaluated(agreement, {
      day: today(turn),
      now: turn.now,
      outcomes,
      nextDay: chosen.next,
      rewritten: textsById(agreement, places, rewritten),
    });
    return writeChange(needs, turn, found, done, recordedNotice(turn.lang, done));
  };

  /** The card that asks for new texts, as long as there are none or something is wrong with them; else null. */
  const askRewrite = (
    turn: Turn,
    agreement: Agreement,
    chosen: Chosen,
    places: readonly number[],
    rewritten: Rewritten | null,
  ): Reply | null => {
    const items = places.map((index) => ({
      index,
      what: oneLine(rewritten?.[numberedName('what', index)] ?? agreement.items[index]?.what ?? ''),
      by: rewritten?.[numberedName('by', index)] ?? chosen.next,
    }));
    const problems: Record<string, Problems[string]> = {};
    if (rewritten !== null) {
      for (const { index, what, by } of items) {
        problems[numberedName('what', index)] = checkWhat(what, needs.screen);
        problems[numberedName('by', index)] = checkComingDay(by, today(turn));
      }
      if (!any(problems)) return null;
    }
    return show(rewriteCard(turn.lang, { agreement, chosen, items, problems, today: today(turn) }));
  };

  return {
    ...createMove(needs),
    ...createLanded(needs),
    'evaluation.open': (turn) =>
      withOwnAgreement(needs.managers, turn, turn.data.id, (found) =>
        found.record.status === 'closed'
          ? showAgreement(turn.lang, found.record, '')
          : form(turn, found.record, {}),
      ),
    'evaluation.record': (turn) =>
      withOwnAgreement(needs.managers, turn, turn.data.id, (found) =>
        record(turn, found, turn.data.version, turn.data, null),
      ),
    'evaluation.rewrite': (turn) =>
      withOwnAgreement(needs.managers, turn, turn.data.id, (found) =>
        record(turn, found, turn.data.version, turn.data.chosen, turn.data),
      ),
  };
}

function textsById(
  agreement: Agreement,
  places: readonly number[],
  rewritten: Rewritten | null,
): Record<string, Pick<Item, 'what' | 'by'>> {
  if (rewritten === null) return {};
  return Object.fromEntries(
    places.map((index) => [
      agreement.items[index]?.id ?? '',
      { what: oneLine(rewritten[numberedName('what', index)]), by: rewritten[numberedName('by', index)] },
    ]),
  );
}

function recordedNotice(lang: Lang, agreement: Agreement): string {
  const { evaluation: words } = wordsIn(lang);
  const text = allStopped(agreement) ? words.recordedAllStop : words.recorded;
  return fill(lang, text, { day: longDay(lang, agreement.nextDay) });
}
