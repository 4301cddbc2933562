import { ANSWER_STEPS, button, numberedName, type Payload, TOP_STEP } from '../../../cards/actions.js';
import { readChoice, readChoices } from '../../../cards/choices.js';
import { CHARACTERISTICS, type Characteristic } from '../../../cards/content/characteristics.js';
import { sayingsIn } from '../../../cards/content/said.js';
import { type Lang, messagesFor } from '../../../cards/content/words.js';
import { noticeCard } from '../../../cards/notice/notice.card.js';
import {
  type AnswerData,
  answerCard,
  askCard,
  characteristicsOn,
  characteristicTitles,
} from '../../../cards/scan/answer.card.js';
import { slotFor } from '../../domain/reminders/planning.js';
import { askReminders } from '../../domain/reminders/scan-reminders.js';
import { isOpenOn, MOST_ASKED, mayAnswer, readScanCode, type Scan } from '../../domain/scan.js';
import { MOST_TOP } from '../../domain/scan-tally.js';
import { saidOf } from '../../nlu/entities/names.js';
import { type Reply, show, type TurnHandler, type VerbHandlers } from '../../reply.js';
import { type Deliveries, itemId } from '../../store/deliveries.js';
import type { People } from '../../store/people.js';
import type { Reminders } from '../../store/reminders.js';
import type { Answered, Scans } from '../../store/scans.js';
import { type Press, type Turn, todayOf } from '../../turn.js';
import type { Managing } from './managing.handler.js';
import { outcomeReply, sayOfScan } from './scan-reading.js';

export type AnsweringDeps = {
  readonly people: People;
  readonly reminders: Reminders;
  readonly deliveries: Pick<Deliveries, 'record'>;
  readonly scans: Scans;
  readonly zone: string;
};
export type Answering = VerbHandlers<'scan.code' | 'scan.ask' | 'scan.step' | 'scan.send'> & {
  /** What somebody who typed the code of a scan gets; by it they are asked, if they were not. */
  byCode(turn: Turn, code: string): Promise<Reply>;
  /** Whether a text says that somebody would rather not answer, or asks whether they must. */
  readonly isDeclined: (text: string, lang: Lang) => boolean;
  /** That nobody need take part: the same for everybody, so that nothing is looked up and nothing shows who was asked. */
  readonly declined: TurnHandler;
};

/** Whoever tells more says something else beside it. */
const MOST_WORDS = 14;

/**
 * Answering a scan. Until it is sent everything that somebody chooses is in their card alone: going from step to step
 * reads no table and writes none.
 */
export function createAnswering(
  deps: AnsweringDeps,
  { home, managed }: Pick<Managing, 'home' | 'managed'>,
): Answering {
  const byCode = async (turn: Turn, code: string): Promise<Reply> => {
    const { scan: words } = messagesFor(turn.lang);
    const unknown = () => home(turn, { code, problem: words.codeUnknown });
    const today = await todayOf(deps, turn);
    const found = await deps.scans.get(turn.tenant, code);
    if (found === null) return unknown();
    const { record: scan } = found;
    if (scan.manager === turn.person) return managed(turn, scan);
    const may = mayAnswer(scan, turn.person, today);
    if (may === 'over') return scan.status === 'open' ? overReply(turn, code) : outcomeReply(turn, scan);
    const joined =
      may === 'yes'
        ? scan
        : await deps.scans.join(turn.tenant, code, { person: turn.person, today, now: turn.now });
    if (joined === null)
      return isOpenOn(scan, today) && scan.asked.length >= MOST_ASKED
        ? sayOfScan(turn, words.answer.full)
        : unknown();
    await remindLater(deps, turn, joined);
    return show(askCard(turn.lang, joined));
  };
  return {
    byCode,
    isDeclined: (text, lang) => {
      const { scanNamed, scanWishes } = sayingsIn(lang);
      const isShort = text.trim().split(/\s+/u).length <= MOST_WORDS;
      return isShort && saidOf(text, scanNamed) !== null && saidOf(text, scanWishes) !== null;
    },
    declined: async (turn) => sayOfScan(turn, messagesFor(turn.lang).scan.voluntary),
    async 'scan.code'(turn) {
      const code = readScanCode(turn.data.code);
      if (code !== null) return byCode(turn, code);
      const { scan: words } = messagesFor(turn.lang);
      return home(turn, { code: turn.data.code, problem: words.codeWrong });
    },
    async 'scan.ask'(turn) {
      const found = await deps.scans.get(turn.tenant, turn.data.id);
      if (found === null) return refused(turn, 'gone');
      const may = mayAnswer(found.record, turn.person, await todayOf(deps, turn));
      if (may === 'yes') return show(askCard(turn.lang, found.record));
      return may === 'over' && found.record.status !== 'open'
        ? outcomeReply(turn, found.record)
        : refused(turn, may);
    },
    'scan.step': async (turn) => show(answerCard(turn.lang, stepOf(turn.data))),
    'scan.send': (turn) => send(deps, turn),
  };
}

/** Whoever joined is reminded as everybody else is, and not asked again: neither by a message on its way nor by the night. */
async function remindLater(
  { people, reminders, deliveries, zone }: AnsweringDeps,
  turn: Turn,
  scan: Scan,
): Promise<void> {
  const { tenant, person, now } = turn;
  // In their own times, so that whoever was chosen and types the code as well has one reminder.
  const slot = slotFor((await people.get(tenant, person))?.record ?? null, zone);
  const planned = askReminders(scan, [person], { slotOf: () => slot, now });
  await reminders.planAll(planned.filter(({ kind }) => kind === 'scan-due'));
  // The card that they get now is what the message would bring: who was asked is proven alike, by message or by code.
  for (const asked of planned.filter(({ kind }) => kind === 'scan-news')) {
    const item = itemId({ ...asked, round: 0 });
    await deliveries.record(tenant, person, `code|${item}`, { items: [item], sentAt: now, activity: '' });
  }
}

/** The card after a press on one of the steps: the next with all that was chosen, or the same where something is missing. */
function stepOf(data: Payload<'scan.step'>): AnswerData {
  const { id, from, to } = data;
  const answers = withFigures(data.answers, from, data);
  const chosen = from === TOP_STEP ? data.top : data.chosen;
  const isForward = to > from;
  const isMissing = isForward && characteristicsOn(from).some((one) => figureIn(answers, one) === null);
  const step = Math.max(0, Math.min(TOP_STEP, isMissing ? from : to));
  return { id, answers, chosen: topIds(chosen), step, problem: isMissing ? 'missing' : 'none' };
}

/** What travels in a button is ids alone: what a client may have sent in their place does not. */
function topIds(typed: string): string {
  return (readChoices(typed, (_words, lang) => characteristicTitles(lang)) ?? []).join(',');
}

function withFigures(answers: string, step: number, typed: Payload<'scan.step'>): string {
  const figures = [...answers];
  for (const [at, one] of characteristicsOn(step).entries()) {
    const figure = readChoice(typed[numberedName('figure', at)], ({ scan }) => scan.answer.figures);
    figures[CHARACTERISTICS.indexOf(one)] = figure ?? '-';
  }
  return figures.join('');
}

function figureIn(answers: string, one: Characteristic): number | null {
  const figure = answers[CHARACTERISTICS.indexOf(one)] ?? '-';
  return figure === '-' ? null : Number(figure);
}

async function send(deps: AnsweringDeps, turn: Press<'scan.send'>): Promise<Reply> {
  const { id, answers, top: typed } = turn.data;
  const open = CHARACTERISTICS.findIndex((one) => figureIn(answers, one) === null);
  const top = readChoices(typed, (_words, lang) => characteristicTitles(lang));
  if (open >= 0) {
    const step = ANSWER_STEPS.findIndex((_, at) =>
      characteristicsOn(at).includes(CHARACTERISTICS[open] ?? 'workload'),
    );
    return show(answerCard(turn.lang, { id, answers, step, chosen: topIds(typed), problem: 'missing' }));
  }
  if (top === null || top.length > MOST_TOP) {
    return show(
      answerCard(turn.lang, { id, answers, step: TOP_STEP, chosen: topIds(typed), problem: 'many' }),
    );
  }
  const figures = CHARACTERISTICS.map((one) => figureIn(answers, one) ?? 0);
  const today = await todayOf(deps, turn);
  const answered = await deps.scans.answer(turn.tenant, id, {
    person: turn.person,
    ballot: { figures, top },
    today,
  });
  const { answer: words } = messagesFor(turn.lang).scan;
  // The same words for the first time and any other: Teams sends a press again, and nothing was changed by it.
  if (answered === 'counted' || answered === 'already')
    return show(noticeCard(turn.lang, words.sentTitle, words.sent));
  return refused(turn, answered);
}

/** With the way to what came of it. */
function overReply(turn: Turn, id: string): Reply {
  const { scan: words } = messagesFor(turn.lang);
  return sayOfScan(turn, words.answer.over, [
    button(turn.lang, 'scan.outcome', words.news.see, { id, page: 0 }),
  ]);
}

function refused(
  turn: Press<'scan.ask' | 'scan.send'>,
  why: Exclude<Answered, 'counted' | 'already'>,
): Reply {
  const { answer: words } = messagesFor(turn.lang).scan;
  switch (why) {
    case 'own':
      return sayOfScan(turn, words.own);
    // Whether there is such a scan is for those to know who were asked.
    case 'gone':
    case 'not-asked':
      return sayOfScan(turn, words.notAsked);
    case 'over':
      return overReply(turn, turn.data.id);
    case 'unreadable':
      return sayOfScan(turn, words.unreadable);
  }
}
