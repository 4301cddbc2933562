import type { LeavingTyped } from '../../../cards/actions.js';
import { messagesFor } from '../../../cards/content/words.js';
import { announcedCard } from '../../../cards/leaver/announced.card.js';
import { leaverAskCard } from '../../../cards/leaver/ask.card.js';
import { leaverFormCard } from '../../../cards/leaver/form.card.js';
import { requestCard } from '../../../cards/leaver/request.card.js';
import { noticeCard } from '../../../cards/notice/notice.card.js';
import { defaultSlot } from '../../domain/calendar.js';
import { openIn } from '../../domain/handover.js';
import type { Handover } from '../../domain/handover-request.js';
import {
  askedFor,
  canObject,
  confirmed,
  type HandoverKind,
  handoverReminder,
  isPending,
  isSameRequest,
  objected,
  stopped,
  viewOf,
  whyNotConfirm,
  whyNotStop,
} from '../../domain/handover-request.js';
import { CodedError } from '../../errors.js';
import type { Screen } from '../../nlu/screening/field-screening.js';
import { type Reply, show, type VerbHandlers } from '../../reply.js';
import { MOST_TRIES } from '../../services/record-writer.js';
import type { Handovers } from '../../store/handovers.js';
import type { Managers } from '../../store/managers.js';
import type { People } from '../../store/people.js';
import type { Reminders } from '../../store/reminders.js';
import type { Versioned } from '../../store/tables/row-mapping.js';
import type { Turn } from '../../turn.js';
import { asMeant, inOrder, problemsOf } from './leaver.rules.js';

export type LeaverDeps = {
  readonly managers: Managers;
  readonly people: People;
  readonly reminders: Reminders;
  /** What is written through it goes on the audit trail. */
  readonly handovers: Handovers;
  /** Entra object ids of HR, of every organisation that this bot serves. */
  readonly hrAdmins: readonly string[];
  readonly screen: Screen;
  readonly newId: () => string;
  readonly zone: string;
};
type Verbs =
  | 'leaver.show'
  | 'leaver.ask'
  | 'leaver.move'
  | 'leaver.delete'
  | 'leaver.request'
  | 'leaver.confirm'
  | 'leaver.stop'
  | 'handover.object';
export type Leaver = VerbHandlers<Verbs>;

type Notice = keyof ReturnType<typeof messagesFor>['leaver']['notice'];
const EMPTY: LeavingTyped = { leaver: '', what: 'move', successor: '', name: '' };
const WHY_NOT = { over: 'over', 'asked-it': 'askedIt', 'about-you': 'aboutYou' } as const;
/** Which message, and to whom. */
type News = readonly [HandoverKind, string];
/** A turn with what was filled in about a manager who leaves. */
type Asking = Turn & { readonly data: LeavingTyped };

/**
 * A manager who leaves: HR asks that somebody goes on with the agreements that still run, or that they are deleted, and
 * sees neither what is in them nor with whom they are. Nothing is done here: the leaver is told and can object, somebody
 * else of HR can confirm or stop it, and the night carries it out. All but the objection is for HR alone, which the
 * router sees to.
 */
export function createLeaver(deps: LeaverDeps): Leaver {
  return {
    'leaver.show': (turn) => form(deps, turn, { typed: turn.data.filled ?? EMPTY, problems: {} }),
    'leaver.ask': (turn) =>
      whenRight(deps, turn, async ({ data: typed }) => {
        const person = { tenant: turn.tenant, person: typed.leaver };
        const [first] = openIn(await deps.managers.records(person));
        const leaverName = first?.managerName ?? '';
        return show(leaverAskCard(turn.lang, { typed, leaverName, open: first !== undefined }));
      }),
    'leaver.move': (turn) =>
      whenRight(deps, { ...turn, data: { ...turn.data, what: 'move' } }, (meant) => ask(deps, meant)),
    'leaver.delete': (turn) => {
      const data = { ...EMPTY, leaver: turn.data.leaver, what: 'delete' };
      return whenRight(deps, { ...turn, data }, (meant) => ask(deps, meant));
    },
    async 'leaver.request'(turn) {
      const found = await deps.handovers.get(turn.tenant, turn.data.leaver);
      return found === null ? gone(turn) : request(deps, turn, { handover: found.record });
    },
    'leaver.confirm': (turn) => withRequest(deps, turn, (found) => confirm(deps, turn, found)),
    'leaver.stop': (turn) => withRequest(deps, turn, (found) => stop(deps, turn, found)),
    'handover.object': (turn) => {
      const data = { leaver: turn.person, request: turn.data.request };
      return withRequest(deps, { ...turn, data }, (found) => object(deps, turn, found));
    },
  };
}

/** Does it when all is well with what was asked for; a payload can be made by hand. */
async function whenRight(
  deps: LeaverDeps,
  turn: Asking,
  act: (meant: Asking) => Promise<Reply>,
): Promise<Reply> {
  const meant = asMeant(turn.data);
  const problems = problemsOf(meant, turn.person, deps.screen);
  return Object.keys(problems).length > 0
    ? form(deps, turn, { typed: turn.data, problems })
    : act({ ...turn, data: meant });
}

/** Asks for it, unless there is a request about the same manager that still waits. */
async function ask(deps: LeaverDeps, turn: Asking): Promise<Reply> {
  const { handovers, managers } = deps;
  const { tenant } = turn;
  const { what, leaver, successor, name } = turn.data;
  const before = await handovers.get(tenant, leaver);
  const [first] = openIn(await managers.records({ tenant, person: leaver }));
  const handover = askedFor(
    {
      ...{ tenant, id: deps.newId(), leaver, leaverName: first?.managerName ?? '', askedBy: turn.person },
      ...(what === 'move'
        ? { what: 'move', successor, successorName: name }
        : { what: 'delete', successor: null, successorName: '' }),
    },
    turn.now,
  );
  if (before !== null && isPending(before.record))
    return already(deps, turn, { there: before.record, wanted: handover });
  const others = await othersOfHr(deps, turn, handover);
  // Planned first: what is told of a request that was not written fits nothing and is dropped.
  await tell(deps, turn, {
    handover,
    news: [['handover-announced', leaver], ...others.map((id) => ['handover-to-confirm', id] as const)],
  });
  const there = await write(handovers, handover, before?.etag ?? null);
  if (there === null) return gone(turn);
  return there.id === handover.id
    ? request(deps, turn, { handover: there, notice: 'asked' })
    : already(deps, turn, { there, wanted: handover });
}

function already(
  deps: LeaverDeps,
  turn: Turn,
  { there, wanted }: { readonly there: Handover; readonly wanted: Handover },
): Reply {
  const asked = isSameRequest(there, wanted) ? 'already' : 'other';
  return request(deps, turn, { handover: there, notice: isPending(there) ? asked : 'changed' });
}

/** Somebody else of HR agrees to it. */
async function confirm(deps: LeaverDeps, turn: Turn, found: Versioned<Handover>): Promise<Reply> {
  const { record } = found;
  if (record.state === 'confirmed' && record.confirmedBy === turn.person)
    return request(deps, turn, { handover: record, notice: 'confirmed' });
  const why = whyNotConfirm(record, turn.person);
  if (why !== null) return request(deps, turn, { handover: record, notice: WHY_NOT[why] });
  return step(deps, turn, {
    found,
    next: confirmed(record, turn.person, turn.now),
    news: [],
    done: 'confirmed',
  });
}

/** HR takes it back, or does not agree. */
async function stop(deps: LeaverDeps, turn: Turn, found: Versioned<Handover>): Promise<Reply> {
  const { record } = found;
  if (record.state === 'stopped') return request(deps, turn, { handover: record, notice: 'stopped' });
  const why = whyNotStop(record, turn.person);
  if (why !== null) return request(deps, turn, { handover: record, notice: WHY_NOT[why] });
  const told = [record.leaver, ...(record.askedBy === turn.person ? [] : [record.askedBy])];
  const news = told.map((to) => ['handover-ended', to] as const);
  return step(deps, turn, { found, next: stopped(record, turn.now), news, done: 'stopped' });
}

/** Writes a step, once however often it is pressed: what came out of it is looked at anew. */
async function step(
  deps: LeaverDeps,
  turn: Turn,
  {
    found: { record, etag },
    next,
    news,
    done,
  }: {
    readonly found: Versioned<Handover>;
    readonly next: Handover;
    readonly news: readonly News[];
    readonly done: Notice;
  },
): Promise<Reply> {
  await tell(deps, turn, { handover: next, news });
  const handover = (await write(deps.handovers, next, etag)) ?? record;
  const isDone = handover.state === next.state && handover.confirmedBy === next.confirmedBy;
  return request(deps, turn, { handover, notice: isDone ? done : 'changed' });
}

/** Whoever of HR acts at that moment does not come before the objection: it is made to what there is then. */
async function object(deps: LeaverDeps, turn: Turn, first: Versioned<Handover>): Promise<Reply> {
  const announced = (handover: Handover) =>
    show(announcedCard(turn.lang, viewOf(handover, defaultSlot(deps.zone))));
  let { record, etag } = first;
  for (let tries = 0; canObject(record); tries += 1) {
    if (tries === MOST_TRIES)
      throw new CodedError('handover-contended', 'a request was written by others at each of several tries');
    const next = objected(record, turn.now);
    const told = new Set([record.askedBy, ...(await othersOfHr(deps, turn, record))]);
    await tell(deps, turn, {
      handover: next,
      news: [...told].map((to) => ['handover-objected', to] as const),
    });
    if ((await deps.handovers.put(next, etag)) === 'ok') return announced(next);
    const newest = await deps.handovers.get(turn.tenant, record.leaver);
    if (newest === null || newest.record.id !== record.id) return gone(turn);
    ({ record, etag } = newest);
  }
  // What is over or under way, or was objected to before, is told as it stands.
  return announced(record);
}

/** The request that a card was about, while it is still the one there is. */
async function withRequest(
  deps: LeaverDeps,
  turn: Turn & { readonly data: { readonly leaver: string; readonly request: string } },
  then: (found: Versioned<Handover>) => Promise<Reply> | Reply,
): Promise<Reply> {
  const found = await deps.handovers.get(turn.tenant, turn.data.leaver);
  return found === null || found.record.id !== turn.data.request ? gone(turn) : then(found);
}

/** What there is after it, which is something else where somebody was first. */
async function write(handovers: Handovers, next: Handover, etag: string | null): Promise<Handover | null> {
  if ((await handovers.put(next, etag)) === 'ok') return next;
  const newest = await handovers.get(next.tenant, next.leaver);
  if ((newest?.etag ?? null) !== etag) return newest?.record ?? null;
  // The tables say that somebody was first, and nobody was.
  if ((await handovers.put(next, etag)) === 'ok') return next;
  return (await handovers.get(next.tenant, next.leaver))?.record ?? null;
}

/** Of HR here, whoever the bot knows; not who acts now, and not whom it is about. */
async function othersOfHr(
  deps: LeaverDeps,
  turn: Turn,
  { leaver, successor }: Handover,
): Promise<readonly string[]> {
  const out = [turn.person, leaver, successor];
  const ids = deps.hrAdmins.filter((id) => !out.includes(id));
  const find = await deps.people.getMany(turn.tenant, ids);
  return ids.filter((id) => find(id) !== null);
}

function tell(
  deps: LeaverDeps,
  { now }: Turn,
  { handover, news }: { readonly handover: Handover; readonly news: readonly News[] },
): Promise<void> {
  const at = { now, slot: defaultSlot(deps.zone) };
  return deps.reminders.planAll(news.map(([kind, to]) => handoverReminder(kind, { to, handover }, at)));
}

async function form(
  deps: LeaverDeps,
  turn: Turn,
  { typed, problems }: { readonly typed: LeavingTyped; readonly problems: ReturnType<typeof problemsOf> },
): Promise<Reply> {
  const slot = defaultSlot(deps.zone);
  const requests = inOrder(await deps.handovers.of(turn.tenant));
  const views = requests.map((handover) => viewOf(handover, slot));
  return show(leaverFormCard(turn.lang, typed, { problems, requests: views }));
}

function request(
  deps: LeaverDeps,
  turn: Turn,
  { handover, notice = null }: { readonly handover: Handover; readonly notice?: Notice | null },
): Reply {
  return show(
    requestCard(turn.lang, {
      handover: viewOf(handover, defaultSlot(deps.zone)),
      may: {
        confirm: whyNotConfirm(handover, turn.person) === null,
        stop: whyNotStop(handover, turn.person) === null,
      },
      notice: notice === null ? '' : messagesFor(turn.lang).leaver.notice[notice],
    }),
  );
}

function gone({ lang }: Turn): Reply {
  const { leaver } = messagesFor(lang);
  return show(noticeCard(lang, leaver.requestTitle, leaver.gone));
}
