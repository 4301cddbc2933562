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
import { type Press, type Turn, todayOf } from '../../turn.js';
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
  const withOwn = (
    turn: Turn & { readonly data: { readonly id: string } },
    then: (found: Versioned<Agreement>) => Promise<Reply> | Reply,
  ) => withOwnAgreement(deps.managers, { turn, id: turn.data.id }, then);
  return {
    'agreement.correct': (turn) =>
      withOwn(turn, ({ record }) =>
        record.status === 'closed'
          ? showAgreement(turn.lang, record, '')
          : itemsForm(turn, { agreement: record, items: rowsOf(record.items) }),
      ),
    'agreement.correct-more': (turn) => withOwn(turn, ({ record }) => anotherItem(deps, turn, record)),
    'agreement.correct-items': (turn) => withOwn(turn, (found) => correctItems(deps, turn, found)),
    'agreement.talk': (turn) => withOwn(turn, ({ record }) => onToTalk(deps, turn, record)),
    'agreement.correct-talk': (turn) => withOwn(turn, (found) => correctTalk(deps, turn, found)),
    'agreement.ask-reopen': (turn) => withOwn(turn, ({ record }) => askReopen(deps, turn, record)),
    'agreement.reopen': (turn) => withOwn(turn, (found) => reopen(deps, turn, found)),
    'agreement.ask-reply': (turn) => withOwn(turn, ({ record }) => replyForm(turn, record, {})),
    'agreement.reply': (turn) => withOwn(turn, (found) => reply(deps, turn, found)),
  };
}

async function anotherItem(
  deps: OwnChangeDeps,
  turn: Press<'agreement.correct-more'>,
  record: Agreement,
): Promise<Reply> {
  const rows = rowsTyped(turn.data, record);
  if (rows.length >= MOST_ITEMS) return itemsForm(turn, { agreement: record, items: rows });
  const row = { id: freshItemId(record, rows), ...newItem(await todayOf(deps, turn)) };
  return itemsForm(turn, { agreement: record, items: [...rows, row] });
}

/** What was typed here and is not on record would be lost on the way to the other form. */
async function onToTalk(
  deps: OwnChangeDeps,
  turn: Press<'agreement.talk'>,
  agreement: Agreement,
): Promise<Reply> {
  const rows = rowsTyped(turn.data, agreement);
  const around = { today: await todayOf(deps, turn), screen: deps.screen };
  const { value } = checkCorrectedItems(rows, agreement.items, around);
  const to = value === null ? null : { items: [...value] };
  const isOnRecord =
    to !== null && standingOf(agreement, { what: 'corrected', seen: turn.data, to }) === 'done';
  if (isOnRecord || agreement.status === 'closed') return openTalk(deps, turn, agreement);
  return itemsForm(turn, { agreement, items: rows, notice: messagesFor(turn.lang).agreement.saveFirst });
}

function openTalk(deps: OwnChangeDeps, turn: Turn, agreement: Agreement): Promise<Reply> | Reply {
  return agreement.status === 'closed'
    ? showAgreement(turn.lang, agreement, '')
    : talkForm(deps, turn, { agreement, typed: talkOf(agreement) });
}

async function correctItems(
  deps: OwnChangeDeps,
  turn: Press<'agreement.correct-items'>,
  found: Versioned<Agreement>,
): Promise<Reply> {
  const rows = rowsTyped(turn.data, found.record);
  const around = { today: await todayOf(deps, turn), screen: deps.screen };
  const { value, problems } = checkCorrectedItems(rows, found.record.items, around);
  const form = (agreement: Agreement, state: FormState) =>
    itemsForm(turn, { agreement, items: rows, ...state });
  return correct(deps, turn, { found, to: value === null ? null : { items: [...value] }, problems, form });
}

async function correctTalk(
  deps: OwnChangeDeps,
  turn: Press<'agreement.correct-talk'>,
  found: Versioned<Agreement>,
): Promise<Reply> {
  const typed = talkTyped(turn.data, found.record);
  const { value, problems } = checkCorrectedTalk(typed, found.record, await todayOf(deps, turn));
  const form = (agreement: Agreement, state: FormState) =>
    talkForm(deps, turn, { agreement, typed, ...state });
  return correct(deps, turn, { found, to: value, problems, form });
}

/** Writes what was filled in; `to` is null where something is wrong with it, and then `form` says what. */
async function correct(
  deps: OwnChangeDeps,
  turn: Turn & { readonly data: Seen },
  {
    found,
    to,
    problems,
    form,
  }: {
    readonly found: Versioned<Agreement>;
    readonly to: Corrections | null;
    readonly problems: Problems;
    readonly form: (agreement: Agreement, state: FormState) => Promise<Reply> | Reply;
  },
): Promise<Reply> {
  const { record } = found;
  const change = { what: 'corrected', seen: turn.data, to: to ?? {} } as const;
  const again = (newest: Agreement, notice: string) => form(newest, { notice });
  const done = () => correctedNotice(turn, record);
  if (!isAsSeen(record, turn.data)) {
    return to !== null && standingOf(record, change) === 'done'
      ? showAgreement(turn.lang, record, done())
      : overtaken(turn, { newest: record, seen: turn.data }, again);
  }
  if (to === null) return form(record, { problems });
  // Nothing was changed: then nobody hears of it, and nothing says that they do.
  if (standingOf(record, change) === 'done') return showAgreement(turn.lang, record, '');
  const at = await contextOf(deps, turn, turn.now);
  return changeByForm(deps, { turn, found, change, at }, { done, again });
}

async function askReopen(deps: OwnChangeDeps, turn: Turn, record: Agreement): Promise<Reply> {
  if (record.status === 'open') return showAgreement(turn.lang, record, '');
  const { slot } = await contextOf(deps, turn, turn.now);
  const today = dayOf(turn.now, slot.zone);
  const rhythm = record.rhythm === 'once' ? 'two-weekly' : record.rhythm;
  return reopenForm(turn, record, { today, day: workingDayFrom(addRhythm(today, rhythm), slot) });
}

async function reopen(
  deps: OwnChangeDeps,
  turn: Press<'agreement.reopen'>,
  found: Versioned<Agreement>,
): Promise<Reply> {
  const { day, version } = turn.data;
  const at = await contextOf(deps, turn, turn.now);
  const today = dayOf(turn.now, at.slot.zone);
  const change = { what: 'reopened', version, nextDay: day } as const;
  const problem = checkNextDay(day, today);
  if (standingOf(found.record, change) === 'open' && problem !== undefined)
    return reopenForm(turn, found.record, { today, day }, { problems: { day: problem } });
  const written = await writeChange(deps, { found, change, at });
  const { agreement: words } = messagesFor(turn.lang);
  if (written.kind === 'gone') return notThere(turn, words.gone);
  const { record } = written;
  if (written.kind === 'done') {
    const notice = format(turn.lang, words.reopened, { day: longDay(turn.lang, record.nextDay) });
    return showAgreement(turn.lang, record, notice);
  }
  return record.status === 'closed'
    ? reopenForm(turn, record, { today, day }, { notice: words.changedForm })
    : showAgreement(turn.lang, record, words.changed);
}

async function reply(
  deps: OwnChangeDeps,
  turn: Press<'agreement.reply'>,
  found: Versioned<Agreement>,
): Promise<Reply> {
  const chosen = readChoice(turn.data.reply, ({ agreement }) => agreement.replies);
  if (chosen === null) return replyForm(turn, found.record, { missing: true });
  const at = await contextOf(deps, turn, turn.now);
  const change = { what: 'replied', askedAt: turn.data.askedAt, reply: chosen } as const;
  const written = await writeChange(deps, { found, change, at });
  const { agreement: words } = messagesFor(turn.lang);
  if (written.kind === 'gone') return notThere(turn, words.gone);
  const { kind, record } = written;
  const name = escapeMarkdown(record.memberName);
  return kind === 'done'
    ? showAgreement(turn.lang, record, format(turn.lang, words.replied, { name }))
    : replyForm(turn, record, { reply: chosen, notice: format(turn.lang, words.askedForm, { name }) });
}

function itemsForm(
  turn: Turn,
  {
    agreement,
    items,
    problems = {},
    notice = '',
  }: FormState & { readonly agreement: Agreement; readonly items: readonly Row[] },
): Reply {
  return show(correctItemsCard(turn.lang, { agreement, items, problems, notice }));
}

async function talkForm(
  deps: OwnChangeDeps,
  turn: Turn,
  { agreement, typed, problems = {}, notice = '' }: FormState & Pick<CorrectTalkData, 'agreement' | 'typed'>,
): Promise<Reply> {
  const today = await todayOf(deps, turn);
  return show(correctTalkCard(turn.lang, { agreement, typed, problems, notice, today }));
}

/** The conversation as it is on record, as its form has it. */
function talkOf({
  conversationDay,
  present,
  subjects,
  initiative,
  rhythm,
}: Agreement): CorrectTalkData['typed'] {
  return {
    day: conversationDay,
    present: present.join(','),
    subjects: subjects.join(','),
    initiative,
    rhythm,
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
