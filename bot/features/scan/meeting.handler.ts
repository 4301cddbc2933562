import { MOST_ITEMS, numberedName, type Payload, type ScanMeasuresTyped } from '../../../cards/actions.js';
import { readChoices } from '../../../cards/choices.js';
import { CHARACTERISTICS, type Characteristic } from '../../../cards/content/characteristics.js';
import { messagesFor } from '../../../cards/content/words.js';
import { characteristicTitles } from '../../../cards/scan/answer.card.js';
import { characteristicCard } from '../../../cards/scan/characteristic.card.js';
import {
  agreedCard,
  evaluateScanCard,
  type MeasuresFormData,
  measuresFormCard,
} from '../../../cards/scan/measures.card.js';
import { agendaCard, type MeetData, meetPartCard } from '../../../cards/scan/meet.card.js';
import { compareCard } from '../../../cards/scan/outcome.card.js';
import { addDays } from '../../domain/calendar.js';
import { slotFor } from '../../domain/reminders/planning.js';
import {
  agreedReminders,
  type SlotOf,
  scanEvaluationReminder,
} from '../../domain/reminders/scan-reminders.js';
import { entryOf, evaluatedScan, type Scan, withMeasures } from '../../domain/scan.js';
import { comparisonOf } from '../../domain/scan-outcome.js';
import { CodedError } from '../../errors.js';
import type { Screen } from '../../nlu/screening/field-screening.js';
import { type Reply, show, type VerbHandlers } from '../../reply.js';
import type { Managers } from '../../store/managers.js';
import type { People } from '../../store/people.js';
import type { Reminders } from '../../store/reminders.js';
import type { Scans } from '../../store/scans.js';
import type { Versioned } from '../../store/tables/row-mapping.js';
import { type Press, type Turn, todayOf } from '../../turn.js';
import { readEvaluation, readMeasures } from './scan.rules.js';
import { knownScan, noOutcome, outcomeReply, ownScan, sayOfScan, scanGone } from './scan-reading.js';

export type MeetingDeps = {
  readonly people: People;
  readonly managers: Managers;
  readonly reminders: Reminders;
  readonly scans: Scans;
  readonly screen: Screen;
  readonly zone: string;
};
type Verbs =
  | 'scan.outcome'
  | 'scan.characteristic'
  | 'scan.compare'
  | 'scan.meet'
  | 'scan.measures'
  | 'scan.more'
  | 'scan.agree'
  | 'scan.agreed'
  | 'scan.evaluate'
  | 'scan.record'
  | 'scan.end';
export type Meeting = VerbHandlers<Verbs>;

/** Who writes a scan at the same time are other presses of its maker's: more in a row are none. */
const MOST_TRIES = 5;

/** As many as a meeting has time for. */
const MOST_SUBJECTS = 3;
/** What a team agreed on is mostly one or two things: five rows are two screens of a phone. */
const FIRST_ROWS = 2;

/** What comes after a scan: its outcome, the meeting, what the team agrees on, and how that works. */
export function createMeeting(deps: MeetingDeps): Meeting {
  return {
    async 'scan.outcome'(turn) {
      const scan = await knownScan(deps, turn, turn.data.id);
      return scan === null ? scanGone(turn) : outcomeReply(turn, scan, turn.data.page);
    },
    async 'scan.characteristic'(turn) {
      const scan = await knownScan(deps, turn, turn.data.id);
      if (scan === null) return scanGone(turn);
      const { id, of, page } = turn.data;
      const row = scan.outcome?.rows.find((one) => one.id === of);
      return row === undefined
        ? noOutcome(turn, scan)
        : show(characteristicCard(turn.lang, { id, page, row, isManager: scan.manager === turn.person }));
    },
    'scan.compare': (turn) => compare(deps, turn),
    async 'scan.meet'(turn) {
      const { id, part } = turn.data;
      const scan = await knownScan(deps, turn, id);
      const chosen = chosenIn(turn.data);
      const tooMany = chosen.length > MOST_SUBJECTS;
      const data: MeetData = {
        id: scan?.id ?? '',
        subjects: chosen.length > 0 ? chosen : subjectsOf(scan),
        chosen: chosen.join(','),
        hasOutcome: scan !== null && scan.outcome !== null,
        hasMeasures: scan !== null && scan.measures.length > 0,
        tooMany,
      };
      if (tooMany) return show(meetPartCard(turn.lang, data, 'choose'));
      return show(part === 'agenda' ? agendaCard(turn.lang, data) : meetPartCard(turn.lang, data, part));
    },
    async 'scan.measures'(turn) {
      const found = await ownScan(deps, turn, turn.data.id);
      if (found === null) return scanGone(turn);
      const { record: scan } = found;
      if (scan.outcome === null) return noOutcome(turn, scan);
      const typed = measuresTyped(scan);
      return form(deps, turn, scan, { rows: FIRST_ROWS, typed, problems: {}, problem: '', notice: '' });
    },
    async 'scan.more'(turn) {
      const { id, version, rows, lang: _lang, digest: _digest, ...typed } = turn.data;
      const found = await ownScan(deps, turn, id);
      if (found === null) return scanGone(turn);
      const more = { rows: Math.min(MOST_ITEMS, rows + 1), typed, problems: {}, problem: '', notice: '' };
      // By the version that it opened with, so that what came in between is still told.
      return form(deps, turn, { ...found.record, version }, more);
    },
    'scan.agree': (turn) => agree(deps, turn),
    async 'scan.agreed'(turn) {
      const scan = await knownScan(deps, turn, turn.data.id);
      if (scan === null) return scanGone(turn);
      return scan.outcome === null ? noOutcome(turn, scan) : agreed(turn, scan, '');
    },
    async 'scan.evaluate'(turn) {
      const found = await ownScan(deps, turn, turn.data.id);
      if (found === null) return scanGone(turn);
      return found.record.nextDay === null
        ? agreed(turn, found.record, '')
        : evaluation(deps, turn, found.record, { chosen: {}, next: '', problems: {}, notice: '' });
    },
    'scan.record': (turn) => record(deps, turn),
    'scan.end': (turn) => end(deps, turn),
  };
}

/** What a team chose at its meeting: on this card, or on one before it. What a client sent instead of an id is not chosen. */
function chosenIn({ choosing, chosen, subjects }: Payload<'scan.meet'>): readonly Characteristic[] {
  return readChoices(choosing ? subjects : chosen, (_words, lang) => characteristicTitles(lang)) ?? [];
}

/** What the team named first, and then what scored lowest; the first of the list as an example where there is no outcome. */
function subjectsOf(scan: Scan | null): readonly Characteristic[] {
  const rows = scan?.outcome?.rows ?? [];
  if (rows.length === 0) return CHARACTERISTICS.slice(0, MOST_SUBJECTS);
  const named = rows
    .filter(({ top }) => top !== null)
    .sort((one, other) => (one.top ?? 0) - (other.top ?? 0));
  return [...new Set([...named, ...rows].map(({ id }) => id))].slice(0, MOST_SUBJECTS);
}

/** Both may be shown to whoever may know of both. */
async function compare(deps: MeetingDeps, turn: Press<'scan.compare'>): Promise<Reply> {
  const { scan: words } = messagesFor(turn.lang);
  const now = await knownScan(deps, turn, turn.data.id);
  if (now === null) return scanGone(turn);
  const before = await knownScan(deps, turn, now.before ?? '');
  if (now.outcome === null || before === null || before.outcome === null)
    return sayOfScan(turn, words.compare.none);
  const { id, name } = now;
  return show(compareCard(turn.lang, { id, name, rows: comparisonOf(before.outcome, now.outcome) }));
}

const NO_MEASURE = { what: '', who: '', by: null };

/** What stands in the form when it opens: what was agreed before, to be written again. */
function measuresTyped({ measures, nextDay }: Scan): ScanMeasuresTyped {
  const running = measures.filter(({ outcome }) => outcome !== 'stop');
  const rows = Array.from({ length: MOST_ITEMS }, (_, at) => {
    const { what, who, by } = running[at] ?? NO_MEASURE;
    return [
      [numberedName('what', at), what],
      [numberedName('who', at), who],
      [numberedName('by', at), by ?? ''],
    ];
  });
  return { ...Object.fromEntries(rows.flat()), next: nextDay ?? '' } as ScanMeasuresTyped;
}

type Form = Pick<MeasuresFormData, 'rows' | 'typed' | 'problems' | 'problem' | 'notice'>;

async function form(deps: MeetingDeps, turn: Turn, { id, version }: Scan, filled: Form): Promise<Reply> {
  const today = await todayOf(deps, turn);
  return show(measuresFormCard(turn.lang, { id, version, ...filled, today, tomorrow: addDays(today, 1) }));
}

async function agree(deps: MeetingDeps, turn: Press<'scan.agree'>): Promise<Reply> {
  const { measures: words } = messagesFor(turn.lang).scan;
  const { id, version, rows, lang: _lang, digest: _digest, ...typed } = turn.data;
  const found = await ownScan(deps, turn, id);
  if (found === null) return scanGone(turn);
  const { record: scan } = found;
  if (scan.outcome === null) return noOutcome(turn, scan);
  const read = readMeasures(turn.lang, typed, { screen: deps.screen, today: await todayOf(deps, turn) });
  if ('problems' in read) return form(deps, turn, scan, { rows, typed, ...read, notice: '' });
  const { measures, nextDay } = read;
  const written = await write(deps, turn, {
    first: found,
    version,
    changed: (one) => withMeasures(one, measures, { nextDay, now: turn.now }),
  });
  if (written.kind === 'gone') return scanGone(turn);
  if (written.kind === 'overtaken') {
    return form(deps, turn, written.scan, {
      ...{ rows, typed, problems: {}, problem: '' },
      notice: words.outdated,
    });
  }
  const people = await deps.people.getMany(turn.tenant, written.scan.asked);
  const slotOf: SlotOf = (person) => slotFor(people(person)?.record ?? null, deps.zone);
  await deps.reminders.planAll(agreedReminders(written.scan, slotOf, turn.now));
  return agreed(turn, written.scan, words.saved);
}

type Written = { readonly kind: 'done' | 'overtaken'; readonly scan: Scan } | { readonly kind: 'gone' };

/**
 * Writes a change of a scan: its reminder first, then the scan, then what leads to it. `done` too where it is as it was to
 * be already, since the same press came again; then what a crash left out is made up for. `overtaken`: something else came
 * first.
 */
async function write(
  deps: MeetingDeps,
  turn: Turn,
  {
    first,
    version,
    changed,
  }: { readonly first: Versioned<Scan>; readonly version: number; readonly changed: (scan: Scan) => Scan },
): Promise<Written> {
  const slot = slotFor((await deps.people.get(turn.tenant, turn.person))?.record ?? null, deps.zone);
  let found: Versioned<Scan> | null = first;
  for (let tries = 0; tries < MOST_TRIES && found !== null; tries += 1) {
    const { record: now, etag } = found;
    const isDone = now.version !== version;
    const scan = isDone ? now : changed(now);
    if (isDone && !isSame(now, changed(now))) return { kind: 'overtaken', scan: now };
    const look = scanEvaluationReminder(turn, scan, slot);
    if (look !== null) await deps.reminders.plan(look);
    if (isDone || (await deps.scans.change(scan, etag)) === 'ok') {
      await deps.managers.putScan(turn, entryOf(scan));
      return { kind: 'done', scan };
    }
    found = await ownScan(deps, turn, now.id);
  }
  if (found === null) return { kind: 'gone' };
  throw new CodedError(
    'scan-contended',
    'a scan was written by others at each of several tries to change it',
  );
}

function isSame(one: Scan, other: Scan): boolean {
  return JSON.stringify([one.measures, one.nextDay]) === JSON.stringify([other.measures, other.nextDay]);
}

function agreed(turn: Turn, scan: Scan, notice: string): Reply {
  const { id, version, name, measures, nextDay } = scan;
  const isManager = scan.manager === turn.person;
  return show(agreedCard(turn.lang, { id, version, name, measures, nextDay, isManager, notice }));
}

type Looking = {
  readonly chosen: Readonly<Record<string, string>>;
  readonly next: string;
  readonly problems: Readonly<Record<string, string>>;
  readonly notice: string;
};

async function evaluation(deps: MeetingDeps, turn: Turn, scan: Scan, looking: Looking): Promise<Reply> {
  const { id, version, name, measures, nextDay } = scan;
  const tomorrow = addDays(await todayOf(deps, turn), 1);
  return show(evaluateScanCard(turn.lang, { id, version, name, measures, nextDay, ...looking, tomorrow }));
}

async function record(deps: MeetingDeps, turn: Press<'scan.record'>): Promise<Reply> {
  const { measures: words } = messagesFor(turn.lang).scan;
  const { id, version, next, lang: _lang, digest: _digest, ...chosen } = turn.data;
  const found = await ownScan(deps, turn, id);
  if (found === null) return scanGone(turn);
  const looking = { chosen, next, problems: {}, notice: '' };
  const read = readEvaluation(turn.lang, turn.data, {
    measures: found.record.measures,
    today: await todayOf(deps, turn),
  });
  if ('problems' in read)
    return evaluation(deps, turn, found.record, { ...looking, problems: read.problems });
  const written = await write(deps, turn, {
    first: found,
    version,
    changed: (one) => evaluatedScan(one, read.outcomes, { nextDay: read.nextDay, now: turn.now }),
  });
  if (written.kind === 'gone') return scanGone(turn);
  return written.kind === 'done'
    ? agreed(turn, written.scan, words.recorded)
    : evaluation(deps, turn, written.scan, { ...looking, notice: words.outdated });
}

/** Nobody looks back any more: what was agreed stays to be seen. */
async function end(deps: MeetingDeps, turn: Press<'scan.end'>): Promise<Reply> {
  const { measures: words } = messagesFor(turn.lang).scan;
  const found = await ownScan(deps, turn, turn.data.id);
  if (found === null) return scanGone(turn);
  const written = await write(deps, turn, {
    first: found,
    version: turn.data.version,
    changed: (one) => evaluatedScan(one, {}, { nextDay: null, now: turn.now }),
  });
  if (written.kind === 'gone') return scanGone(turn);
  return agreed(turn, written.scan, written.kind === 'done' ? words.recorded : words.outdated);
}
