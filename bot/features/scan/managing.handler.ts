import type { ScanTyped } from '../../../cards/actions.js';
import { sayingsIn } from '../../../cards/content/said.js';
import { format, messagesFor } from '../../../cards/content/words.js';
import { longDay } from '../../../cards/dates.js';
import {
  type ScanProblems,
  scanFormCard,
  scanUnavailableCard,
  tooFewCard,
} from '../../../cards/scan/form.card.js';
import { scanHomeCard } from '../../../cards/scan/home.card.js';
import { managedScanCard, sureCard, unreachedCard } from '../../../cards/scan/manager.card.js';
import { addDays, dayOf, newsMoment } from '../../domain/calendar.js';
import type { ManagerRecords } from '../../domain/manager.js';
import { isReachable } from '../../domain/person.js';
import { slotFor } from '../../domain/reminders/planning.js';
import {
  againReminder,
  askReminders,
  closedReminders,
  type SlotOf,
} from '../../domain/reminders/scan-reminders.js';
import {
  againDay,
  entryOf,
  isRunning,
  isTooFew,
  MOST_OPEN,
  type Scan,
  type ScanEntry,
  scanCode,
  startScan,
  usualLastDay,
} from '../../domain/scan.js';
import { CodedError } from '../../errors.js';
import { saidOf } from '../../nlu/entities/names.js';
import type { Screen } from '../../nlu/screening/field-screening.js';
import { type Reply, show, type TurnHandler, type VerbHandlers } from '../../reply.js';
import type { Managers } from '../../store/managers.js';
import type { People } from '../../store/people.js';
import type { Reminders } from '../../store/reminders.js';
import type { Scans } from '../../store/scans.js';
import { type Press, type Turn, todayOf } from '../../turn.js';
import { askable, readScanForm } from './scan.rules.js';
import { askedScans, outcomeReply, ownScan, scanGone } from './scan-reading.js';

export type ManagingDeps = {
  readonly people: People;
  readonly managers: Managers;
  readonly reminders: Reminders;
  readonly scans: Scans;
  readonly newId: () => string;
  readonly screen: Screen;
  /** IANA zone of a person who has not said otherwise. */
  readonly zone: string;
};
type Verbs =
  | 'scan.open'
  | 'scan.start'
  | 'scan.save'
  | 'scan.show'
  | 'scan.unreached'
  | 'scan.ask-close'
  | 'scan.close'
  | 'scan.ask-remove'
  | 'scan.remove';
export type Managing = VerbHandlers<Verbs> & {
  readonly open: TurnHandler;
  /** All scans of who acts, with what is wrong with a code that they typed. */
  home(
    turn: Turn,
    typed?: { readonly code: string; readonly problem: string },
    notice?: string,
  ): Promise<Reply>;
  managed(turn: Turn, scan: Scan, notice?: string): Promise<Reply>;
};

/** Codes that are taken by chance: so many in a row are none. */
const MOST_CODES = 12;

/** What who starts a scan does with it: start, see how many answered, close, delete. */
export function createManaging(deps: ManagingDeps): Managing {
  const { scans } = deps;
  const home: Managing['home'] = async (turn, typed = { code: '', problem: '' }, notice = '') => {
    const [own, asked] = await Promise.all([deps.managers.records(turn), askedScans(deps, turn)]);
    return show(
      scanHomeCard(turn.lang, {
        scans: inOrder([
          ...own.scans.map((scan) => ({ ...scan, askedBy: null })),
          // When the team looks back is for its maker to do.
          ...asked.map((scan) => ({ ...entryOf(scan), nextDay: null, askedBy: scan.managerName })),
        ]),
        notice,
        code: typed.code,
        codeProblem: typed.problem,
      }),
    );
  };
  const managed: Managing['managed'] = (turn, scan, notice = '') => managedReply(deps, turn, scan, notice);
  return {
    home,
    managed,
    async open(turn) {
      const text = turn.said.kind === 'text' ? turn.said.text : '';
      if (saidOf(text, sayingsIn(turn.lang).scan) === null) return home(turn);
      // Of several somebody chooses.
      const [seen, ...others] = (await askedScans(deps, turn)).filter(({ outcome }) => outcome !== null);
      return seen !== undefined && others.length === 0 ? outcomeReply(turn, seen) : home(turn);
    },
    'scan.open': (turn) => home(turn),
    'scan.start': (turn) => start(deps, turn),
    'scan.save': (turn) => save(deps, turn),
    async 'scan.show'(turn) {
      const found = await ownScan(deps, turn, turn.data.id);
      return found === null ? scanGone(turn) : managed(turn, found.record);
    },
    async 'scan.unreached'(turn) {
      const found = await ownScan(deps, turn, turn.data.id);
      return found === null ? scanGone(turn) : unreached(deps, turn, found.record);
    },
    async 'scan.ask-close'(turn) {
      const found = await ownScan(deps, turn, turn.data.id);
      if (found === null) return scanGone(turn);
      return found.record.status === 'open'
        ? show(sureCard(turn.lang, 'close', found.record.id))
        : managed(turn, found.record);
    },
    'scan.close': (turn) => close(deps, turn),
    async 'scan.ask-remove'(turn) {
      const found = await ownScan(deps, turn, turn.data.id);
      return found === null ? scanGone(turn) : show(sureCard(turn.lang, 'remove', found.record.id));
    },
    async 'scan.remove'(turn) {
      const { id } = turn.data;
      const found = await scans.get(turn.tenant, id);
      // Somebody else's is not there, and what is gone already is deleted. What leads to it goes last: pressing again after
      // a crash completes it. What was planned is dropped when it comes due.
      if (found?.record.manager === turn.person) await scans.remove(turn.tenant, id);
      await deps.managers.removeScan(turn, id);
      return home(turn, undefined, messagesFor(turn.lang).scan.removed);
    },
  };
}

/** What is open first, then the newest by its last day. */
function inOrder<Entry extends ScanEntry>(scans: readonly Entry[]): readonly Entry[] {
  const rank = (scan: Entry) => (isRunning(scan) ? 0 : 1);
  return [...scans].sort((one, other) => rank(one) - rank(other) || other.lastDay.localeCompare(one.lastDay));
}

async function start(deps: ManagingDeps, turn: Press<'scan.start'>): Promise<Reply> {
  if (!deps.scans.canSeal) return show(scanUnavailableCard(turn.lang));
  const [own, today, found] = await Promise.all([
    deps.managers.records(turn),
    todayOf(deps, turn),
    turn.data.before === '' ? null : ownScan(deps, turn, turn.data.before),
  ]);
  const before = found !== null && mayRepeat(deps, found.record, today) ? found : null;
  const typed: ScanTyped = {
    name: before?.record.name ?? '',
    known: '',
    people: before?.record.asked.join(',') ?? '',
    lastDay: usualLastDay(today, slotFor(null, deps.zone)),
  };
  const isGone = turn.data.before !== '' && before === null;
  return form(turn, own, {
    id: deps.newId(),
    before: before?.record.id ?? '',
    typed,
    problems: {},
    notice: isGone ? messagesFor(turn.lang).scan.beforeGone : '',
    today,
  });
}

/**
 * Whether the same team may be asked again. The form has all who were asked, those who typed the code among them: while a
 * scan is open that would tell its maker who is about to answer.
 */
function mayRepeat({ zone }: ManagingDeps, scan: Scan, today: string): boolean {
  const again = againDay(scan, zone);
  // The reminder comes on its maker's own day, which may begin before that of the organisation.
  return again !== null && addDays(today, 1) >= again;
}

type Filled = {
  readonly id: string;
  readonly before: string;
  readonly typed: ScanTyped;
  readonly problems: ScanProblems;
  readonly notice?: string;
  readonly today: string;
};

function form(turn: Turn, { members }: ManagerRecords, { today, notice = '', ...filled }: Filled): Reply {
  return show(
    scanFormCard(turn.lang, {
      ...filled,
      notice,
      people: askable(members).map(({ id, name }) => ({ title: name, value: id })),
      tomorrow: addDays(today, 1),
    }),
  );
}

async function save(deps: ManagingDeps, turn: Press<'scan.save'>): Promise<Reply> {
  const { scans, managers, screen } = deps;
  const { scan: words } = messagesFor(turn.lang);
  if (!scans.canSeal) return show(scanUnavailableCard(turn.lang));
  const { id: formId, before, few, name, known, people, lastDay } = turn.data;
  const typed = { name, known, people, lastDay };
  const [own, today] = await Promise.all([managers.records(turn), todayOf(deps, turn)]);
  const filled = { id: formId, before, typed, today };
  const read = readScanForm(turn.lang, typed, { members: own.members, screen, today });
  if ('problems' in read) return form(turn, own, { ...filled, problems: read.problems });
  const asked = read.people.filter((person) => person !== turn.person);
  if (isTooFew(asked.length) && !few) {
    const all = { ...typed, known: '', people: read.people.join(',') };
    return show(
      tooFewCard(turn.lang, {
        id: formId,
        before,
        typed: all,
        count: asked.length,
        self: asked.length < read.people.length,
        tomorrow: addDays(today, 1),
      }),
    );
  }
  const wanted = startScan(
    {
      tenant: turn.tenant,
      id: '',
      form: formId,
      manager: turn.person,
      managerName: turn.name,
      name: read.name,
      asked,
      lastDay: read.lastDay,
      before: before === '' ? null : before,
    },
    turn.now,
  );
  const isOpen = own.scans.filter(({ status }) => status === 'open');
  const begun = await begin(deps, wanted, isOpen.length >= MOST_OPEN);
  if (begun === null) {
    const notice = format(turn.lang, words.tooManyOpen, { max: MOST_OPEN });
    return form(turn, own, { ...filled, problems: {}, notice });
  }
  // Written after the scan: what asks for one that is not there yet would be dropped. The night asks whom a crash left out.
  await managers.putScan(turn, entryOf(begun));
  const found = await deps.people.getMany(turn.tenant, begun.asked);
  const slotOf: SlotOf = (person) => slotFor(found(person)?.record ?? null, deps.zone);
  if (begun.status === 'open')
    await deps.reminders.planAll(askReminders(begun, begun.asked, { slotOf, now: turn.now }));
  const isAway = (person: string) => {
    const one = found(person);
    return one === null || !isReachable(one.record);
  };
  const away = begun.asked.filter(isAway);
  const notice = startedNotice(deps, turn, begun, begun.asked.length > away.length);
  return away.length > 0
    ? show(unreachedCard(turn.lang, unreachedOf(begun, away, own), notice))
    : managedReply(deps, turn, begun, notice);
}

/**
 * By the hours that are usual here: the days and pauses of one person are theirs, and to tell when they hear of it would
 * give them away.
 */
function startedNotice(
  { zone }: Pick<ManagingDeps, 'zone'>,
  { lang, now }: Turn,
  scan: Scan,
  reachesAny: boolean,
): string {
  const { started, startedAsks: words } = messagesFor(lang).scan;
  if (scan.asked.length === 0) return `${started} ${words.nobody}`;
  // Of nobody who can be reached the card tells itself.
  if (!reachesAny || scan.status !== 'open') return started;
  const due = newsMoment(now, slotFor(null, zone));
  const asks = due === now ? words.now : format(lang, words.later, { day: longDay(lang, dayOf(due, zone)) });
  return `${started} ${asks}`;
}

/** The scan that a form makes, or the one that it made before; null where one more may not be started. */
async function begin({ scans }: ManagingDeps, wanted: Scan, isFull: boolean): Promise<Scan | null> {
  let attempt = 0;
  for (let tries = 0; tries < MOST_CODES; tries += 1) {
    const id = scanCode(wanted.tenant, wanted.form, attempt);
    const there = await scans.get(wanted.tenant, id);
    // The same press came again, or one from a screen that lagged.
    const isSame = there?.record.form === wanted.form && there.record.manager === wanted.manager;
    if (there !== null && isSame) return there.record;
    if (there !== null) {
      attempt += 1;
      continue;
    }
    if (isFull) return null;
    const scan = { ...wanted, id };
    if ((await scans.add(scan)) === 'ok') return scan;
  }
  throw new CodedError('scan-codes-taken', 'every code that was tried for a scan is taken');
}

function unreachedOf(scan: Scan, away: readonly string[], { members }: Pick<ManagerRecords, 'members'>) {
  const nameOf = (person: string) => members.find((member) => member.person === person)?.name ?? null;
  const { id, name, lastDay } = scan;
  return {
    id,
    name,
    lastDay,
    names: away.flatMap((person) => nameOf(person) ?? []),
    others: away.filter((person) => nameOf(person) === null),
  };
}

async function unreached(deps: ManagingDeps, turn: Turn, scan: Scan): Promise<Reply> {
  const [found, own] = await Promise.all([
    deps.people.getMany(turn.tenant, scan.asked),
    deps.managers.records(turn),
  ]);
  const away = scan.asked.filter((person) => {
    const one = found(person);
    return one === null || !isReachable(one.record);
  });
  return show(unreachedCard(turn.lang, unreachedOf(scan, away, own), ''));
}

async function managedReply(deps: ManagingDeps, turn: Turn, scan: Scan, notice: string): Promise<Reply> {
  const isOpen = scan.status === 'open';
  const progress = isOpen ? await deps.scans.progress(scan) : null;
  const today = isOpen ? null : await todayOf(deps, turn);
  const again = againDay(scan, deps.zone);
  return show(
    managedScanCard(
      turn.lang,
      {
        id: scan.id,
        name: scan.name,
        asked: scan.asked.length,
        answered: progress?.answered ?? null,
        lastDay: scan.lastDay,
        status: scan.status,
        droppedWhy: scan.droppedWhy,
        closedOn: scan.closedAt === null ? null : dayOf(scan.closedAt, deps.zone),
        counted: scan.outcome?.answered ?? null,
        hasMeasures: scan.measures.length > 0,
        nextDay: scan.nextDay,
        hasBefore: scan.before !== null,
        mayAskAgain: again !== null && today !== null && today >= again,
      },
      notice,
    ),
  );
}

/** Closed twice, or by the night first, it is shown as it is. */
async function close(deps: ManagingDeps, turn: Press<'scan.close'>): Promise<Reply> {
  const own = await ownScan(deps, turn, turn.data.id);
  if (own === null) return scanGone(turn);
  const closed = await deps.scans.close(turn.tenant, turn.data.id, { now: turn.now, by: 'hand' });
  if (closed === null) return scanGone(turn);
  await deps.managers.putScan(turn, entryOf(closed));
  const { scan: words } = messagesFor(turn.lang);
  // By whichever press: what was told is told once, and what a crash left out is made up for.
  await tellClosed(deps, closed, turn.now);
  return managedReply(deps, turn, closed, closed.status === 'closed' ? words.closed : '');
}

/** Tells everybody how it ended. Whom a crash leaves out the night tells. */
async function tellClosed({ people, reminders, zone }: ManagingDeps, scan: Scan, now: string): Promise<void> {
  const found = await people.getMany(scan.tenant, [scan.manager, ...scan.asked]);
  const slotOf: SlotOf = (person) => slotFor(found(person)?.record ?? null, zone);
  const again = againReminder(scan, slotOf(scan.manager));
  const news = closedReminders(scan, slotOf, now);
  await reminders.planAll([...news, ...(again === null ? [] : [again])]);
}
