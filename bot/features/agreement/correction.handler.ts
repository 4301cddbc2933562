import type { Payload } from '../../../cards/actions.js';
import { MOST_ITEMS } from '../../../cards/actions.js';
import { correctItemsCard } from '../../../cards/agreement/correct-items.card.js';
import { type CorrectTalkData, correctTalkCard } from '../../../cards/agreement/correct-talk.card.js';
import type { Problems } from '../../../cards/agreement/problems.js';
import { reopenCard } from '../../../cards/agreement/reopen.card.js';
import { type ReplyData, replyCard } from '../../../cards/agreement/reply.card.js';
import { asIds, readChoice } from '../../../cards/choices.js';
import { format, messagesFor } from '../../../cards/content/words.js';
import { longDay } from '../../../cards/dates.js';
import { escapeMarkdown } from '../../../cards/plain.js';
import { notThere, withOwnAgreement } from '../../access/agreement-access.js';
import {
  changeByForm,
  type OwnChangeDeps,
  overtaken,
  showAgreement,
} from '../../access/own-agreement-change.js';
import type { Agreement } from '../../domain/agreement.js';
import { openRequest } from '../../domain/agreement.js';
import { type Corrections, isAsSeen, type Seen, standingOf } from '../../domain/agreement-changes.js';
import { addDays, addRhythm, type Day, dayOf, workingDayFrom } from '../../domain/calendar.js';
import { type Reply, show, type VerbHandlers } from '../../reply.js';
import { writeChange } from '../../services/agreement-writer.js';
import { checkNextDay } from '../../services/form-validation.js';
import { contextOf } from '../../services/record-writer.js';
import type { Versioned } from '../../store/tables/row-mapping.js';
import { type Turn, todayOf } from '../../turn.js';
import { initiativeTyped, itemsTyped, newItem } from './agreement.flow.js';
import { checkCorrectedItems, checkCorrectedTalk, freshItemId, type Row, rowsOf } from './agreement.rules.js';

type Verbs =
  | 'agreement.correct'
  | 'agreement.correct-more'
  | 'agreement.correct-items'
  | 'agreement.talk'
  | 'agreement.correct-talk'
  | 'agreement.ask-reopen'
  | 'agreement.reopen'
  | 'agreement.ask-reply'
  | 'agreement.reply';
export type Correction = VerbHandlers<Verbs>;
type FormState = { readonly problems?: Problems; readonly notice?: string };

/** What is on record is put right by its manager, and shown anew to whom it is about. */
export function createCorrection(deps: OwnChangeDeps): Correction {
  const { managers } = deps;
  const today = (turn: Turn) => todayOf(deps, turn);
  const itemsForm = (
    turn: Turn,
    agreement: Agreement,
    items: readonly Row[],
    { problems = {}, notice = '' }: FormState = {},
  ) => show(correctItemsCard(turn.lang, { agreement, items, problems, notice }));
  const talkForm = async (
    turn: Turn,
    agreement: Agreement,
    typed: CorrectTalkData['typed'],
    { problems = {}, notice = '' }: FormState = {},
  ) => show(correctTalkCard(turn.lang, { agreement, typed, problems, notice, today: await today(turn) }));

  /** Writes what was filled in; `value` is null where something is wrong with it, and then `form` says what. */
  const correct = async (
    turn: Turn & { readonly data: Seen },
    found: Versioned<Agreement>,
    value: Corrections | null,
    form: (agreement: Agreement, state: FormState) => Promise<Reply> | Reply,
    problems: Problems,
  ): Promise<Reply> => {
    const { record } = found;
    const change = { what: 'corrected', seen: turn.data, to: value ?? {} } as const;
    const again = (newest: Agreement, notice: string) => form(newest, { notice });
    const done = () => correctedNotice(turn, record);
    if (!isAsSeen(record, turn.data)) {
      return value !== null && standingOf(record, change) === 'done'
        ? showAgreement(turn.lang, record, done())
        : overtaken(turn, { newest: record, seen: turn.data }, again);
    }
    if (value === null) return form(record, { problems });
    // Nothing was changed: then nobody hears of it, and nothing says that they do.
    if (standingOf(record, change) === 'done') return showAgreement(turn.lang, record, '');
    const at = await contextOf(deps, turn, turn.now);
    return changeByForm(deps, { turn, found, change, at }, { done, again });
  };

  return {
    'agreement.correct': (turn) =>
      withOwnAgreement(managers, { turn, id: turn.data.id }, ({ record }) =>
        record.status === 'closed'
          ? showAgreement(turn.lang, record, '')
          : itemsForm(turn, record, rowsOf(record.items)),
      ),
    'agreement.correct-more': (turn) =>
      withOwnAgreement(managers, { turn, id: turn.data.id }, async ({ record }) => {
        const rows = rowsTyped(turn.data, record);
        if (rows.length >= MOST_ITEMS) return itemsForm(turn, record, rows);
        const row = { id: freshItemId(record, rows), ...newItem(await today(turn)) };
        return itemsForm(turn, record, [...rows, row]);
      }),
    'agreement.correct-items': (turn) =>
      withOwnAgreement(managers, { turn, id: turn.data.id }, async (found) => {
        const rows = rowsTyped(turn.data, found.record);
        const day = await today(turn);
        const { value, problems } = checkCorrectedItems(rows, found.record.items, {
          today: day,
          screen: deps.screen,
        });
        const form = (agreement: Agreement, state: FormState) => itemsForm(turn, agreement, rows, state);
        return correct(turn, found, value === null ? null : { items: [...value] }, form, problems);
      }),
    'agreement.talk': (turn) =>
      withOwnAgreement(managers, { turn, id: turn.data.id }, ({ record }) =>
        record.status === 'closed'
          ? showAgreement(turn.lang, record, '')
          : talkForm(turn, record, {
              day: record.conversationDay,
              present: record.present.join(','),
              subjects: record.subjects.join(','),
              initiative: record.initiative,
              rhythm: record.rhythm,
            }),
      ),
    'agreement.correct-talk': (turn) =>
      withOwnAgreement(managers, { turn, id: turn.data.id }, async (found) => {
        const typed = talkTyped(turn.data, found.record);
        const { value, problems } = checkCorrectedTalk(typed, found.record, await today(turn));
        const form = (agreement: Agreement, state: FormState) => talkForm(turn, agreement, typed, state);
        return correct(turn, found, value, form, problems);
      }),
    'agreement.ask-reopen': (turn) =>
      withOwnAgreement(managers, { turn, id: turn.data.id }, async ({ record }) => {
        if (record.status === 'open') return showAgreement(turn.lang, record, '');
        const { slot } = await contextOf(deps, turn, turn.now);
        const day = dayOf(turn.now, slot.zone);
        const rhythm = record.rhythm === 'once' ? 'two-weekly' : record.rhythm;
        return reopenForm(turn, record, { today: day, day: workingDayFrom(addRhythm(day, rhythm), slot) });
      }),
    'agreement.reopen': (turn) =>
      withOwnAgreement(managers, { turn, id: turn.data.id }, async (found) => {
        const { day: nextDay, version } = turn.data;
        const at = await contextOf(deps, turn, turn.now);
        const day = dayOf(turn.now, at.slot.zone);
        const change = { what: 'reopened', version, nextDay } as const;
        const problem = checkNextDay(nextDay, day);
        if (standingOf(found.record, change) === 'open' && problem !== undefined) {
          return reopenForm(turn, found.record, { today: day, day: nextDay }, { problems: { day: problem } });
        }
        const written = await writeChange(deps, { found, change, at });
        const { agreement: words } = messagesFor(turn.lang);
        if (written.kind === 'gone') return notThere(turn, words.gone);
        const { record } = written;
        if (written.kind === 'done') {
          const notice = format(turn.lang, words.reopened, { day: longDay(turn.lang, record.nextDay) });
          return showAgreement(turn.lang, record, notice);
        }
        return record.status === 'closed'
          ? reopenForm(turn, record, { today: day, day: nextDay }, { notice: words.changedForm })
          : showAgreement(turn.lang, record, words.changed);
      }),
    'agreement.ask-reply': (turn) =>
      withOwnAgreement(managers, { turn, id: turn.data.id }, ({ record }) => replyForm(turn, record, {})),
    'agreement.reply': (turn) =>
      withOwnAgreement(managers, { turn, id: turn.data.id }, async (found) => {
        const reply = readChoice(turn.data.reply, ({ agreement }) => agreement.replies);
        if (reply === null) return replyForm(turn, found.record, { missing: true });
        const at = await contextOf(deps, turn, turn.now);
        const change = { what: 'replied', askedAt: turn.data.askedAt, reply } as const;
        const written = await writeChange(deps, { found, change, at });
        const { agreement: words } = messagesFor(turn.lang);
        if (written.kind === 'gone') return notThere(turn, words.gone);
        const { kind, record } = written;
        const name = escapeMarkdown(record.memberName);
        return kind === 'done'
          ? showAgreement(turn.lang, record, format(turn.lang, words.replied, { name }))
          : replyForm(turn, record, { reply, notice: format(turn.lang, words.askedForm, { name }) });
      }),
  };
}

function correctedNotice(turn: Turn, { employee, memberName }: Agreement): string {
  const words = messagesFor(turn.lang).agreement;
  const text = employee === null ? words.corrected : words.correctedShared;
  return format(turn.lang, text, { name: escapeMarkdown(memberName) });
}

function rowsTyped(data: Payload<'agreement.correct-items'>, { memberName }: Agreement): Row[] {
  // A card names each agreement once; what a payload made by hand names twice has its first row.
  return itemsTyped(data, data.ids.length, memberName)
    .map((item, index) => ({ id: data.ids[index] ?? '', ...item }))
    .filter(({ id }, index) => data.ids.indexOf(id) === index);
}

function talkTyped(
  { day, present, subjects, initiative, rhythm }: Payload<'agreement.correct-talk'>,
  { memberName }: Agreement,
): CorrectTalkData['typed'] {
  return {
    day,
    present: asIds(present, ({ agreement }) => agreement.present),
    subjects: asIds(subjects, ({ agreement }) => agreement.subjects),
    initiative: initiativeTyped(initiative, memberName),
    rhythm: asIds(rhythm, ({ agreement }) => agreement.rhythm),
  };
}

function reopenForm(
  turn: Turn,
  agreement: Agreement,
  { today, day }: { readonly today: Day; readonly day: string },
  { problems = {}, notice = '' }: FormState = {},
): Reply {
  return show(reopenCard(turn.lang, { agreement, day, problems, notice, from: addDays(today, 1) }));
}

/** The answers to what waits; the agreement as it is where nothing does. */
function replyForm(
  turn: Turn,
  agreement: Agreement,
  { reply = '', missing = false, notice = '' }: Partial<Pick<ReplyData, 'reply' | 'missing' | 'notice'>>,
): Reply {
  const request = openRequest(agreement);
  return request === null
    ? showAgreement(turn.lang, agreement, '')
    : show(replyCard(turn.lang, { agreement, request, reply, missing, notice }));
}
