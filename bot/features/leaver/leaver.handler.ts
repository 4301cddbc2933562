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

/**
 * A manager who leaves: HR asks that somebody goes on with the agreements that still run, or that they are deleted, and
 * sees neither what is in them nor with whom they are. Nothing is done here: the leaver is told and can object, somebody
 * else of HR can confirm or stop it, and the night carries it out. All but the objection is for HR alone, which the
 * router sees to.
 */
export function createLeaver(deps: LeaverDeps): Leaver {
  const { handovers, reminders, managers } = deps;
  const slot = defaultSlot(deps.zone);

  const form = async (turn: Turn, typed: LeavingTyped, problems: ReturnType<typeof problemsOf>) => {
    const requests = inOrder(await handovers.of(turn.tenant));
    const views = requests.map((handover) => viewOf(handover, slot));
    return show(leaverFormCard(turn.lang, typed, { problems, requests: views }));
  };
  const request = (turn: Turn, handover: Handover, notice: Notice | null): Reply =>
    show(
      requestCard(turn.lang, {
        handover: viewOf(handover, slot),
        may: {
          confirm: whyNotConfirm(handover, turn.person) === null,
          stop: whyNotStop(handover, turn.person) === null,
        },
        notice: notice === null ? '' : messagesFor(turn.lang).leaver.notice[notice],
      }),
    );
  const gone = ({ lang }: Turn): Reply => {
    const { leaver } = messagesFor(lang);
    return show(noticeCard(lang, leaver.requestTitle, leaver.gone));
  };
  /** Does it when all is well with what was asked for; a payload can be made by hand. */
  const checked = async (
    turn: Turn,
    typed: LeavingTyped,
    act: (meant: LeavingTyped) => Promise<Reply>,
  ): Promise<Reply> => {
    const meant = asMeant(typed);
    const problems = problemsOf(meant, turn.person, deps.screen);
    return Object.keys(problems).length > 0 ? form(turn, typed, problems) : act(meant);
  };
  /** Of HR here, whoever the bot knows; not who acts now, and not whom it is about. */
  const othersOfHr = async (turn: Turn, { leaver, successor }: Handover): Promise<readonly string[]> => {
    const out = [turn.person, leaver, successor];
    const ids = deps.hrAdmins.filter((id) => !out.includes(id));
    const find = await deps.people.getMany(turn.tenant, ids);
    return ids.filter((id) => find(id) !== null);
  };
  const tell = (turn: Turn, handover: Handover, news: readonly (readonly [HandoverKind, string])[]) =>
    reminders.planAll(
      news.map(([kind, to]) => handoverReminder(kind, { to, handover }, { now: turn.now, slot })),
    );

  const ask = async (turn: Turn, meant: LeavingTyped): Promise<Reply> => {
    const { tenant } = turn;
    const { leaver, successor, name } = meant;
    const before = await handovers.get(tenant, leaver);
    const [first] = openIn(await managers.records({ tenant, person: leaver }));
    const move = meant.what === 'move';
    const handover = askedFor(
      {
        ...{ tenant, id: deps.newId(), leaver, leaverName: first?.managerName ?? '', askedBy: turn.person },
        ...(move
          ? { what: 'move', successor, successorName: name }
          : { what: 'delete', successor: null, successorName: '' }),
      },
      turn.now,
    );
    if (before !== null && isPending(before.record)) return already(turn, before.record, handover);
    const others = await othersOfHr(turn, handover);
    // Planned first: what is told of a request that was not written fits nothing and is dropped.
    await tell(turn, handover, [
      ['handover-announced', leaver],
      ...others.map((id) => ['handover-to-confirm', id] as const),
    ]);
    const there = await write(handover, before?.etag ?? null);
    if (there === null) return gone(turn);
    return there.id === handover.id ? request(turn, there, 'asked') : already(turn, there, handover);
  };
  const already = (turn: Turn, there: Handover, wanted: Handover): Reply => {
    if (!isPending(there)) return request(turn, there, 'changed');
    return request(turn, there, isSameRequest(there, wanted) ? 'already' : 'other');
  };
  /** What there is after it, which is something else where somebody was first. */
  const write = async (next: Handover, etag: string | null, again = true): Promise<Handover | null> => {
    if ((await handovers.put(next, etag)) === 'ok') return next;
    const newest = await handovers.get(next.tenant, next.leaver);
    // The tables say that somebody was first, and nobody was.
    if (again && (newest?.etag ?? null) === etag) return write(next, etag, false);
    return newest?.record ?? null;
  };

  /** The request that a card was about, while it is still the one there is. */
  const withRequest = async (
    turn: Turn,
    { leaver, request: id }: { readonly leaver: string; readonly request: string },
    then: (found: Versioned<Handover>) => Promise<Reply> | Reply,
  ): Promise<Reply> => {
    const found = await handovers.get(turn.tenant, leaver);
    return found === null || found.record.id !== id ? gone(turn) : then(found);
  };
  /** Writes a step, once however often it is pressed: what came out of it is looked at anew. */
  const step = async (
    turn: Turn,
    { record, etag }: Versioned<Handover>,
    next: Handover,
    news: readonly (readonly [HandoverKind, string])[],
    answer: (handover: Handover, done: boolean) => Reply,
  ): Promise<Reply> => {
    await tell(turn, next, news);
    const there = (await write(next, etag)) ?? record;
    return answer(there, there.state === next.state && there.confirmedBy === next.confirmedBy);
  };

  /** Whoever of HR acts at that moment does not come before the objection: it is made to what there is then. */
  const object = async (
    turn: Turn,
    found: Versioned<Handover>,
    triesLeft: number = MOST_TRIES,
  ): Promise<Reply> => {
    const { record } = found;
    // What is over or under way, or was objected to before, is told as it stands.
    if (!canObject(record)) return show(announcedCard(turn.lang, viewOf(record, slot)));
    if (triesLeft === 0)
      throw new CodedError('handover-contended', 'a request was written by others at each of several tries');
    const next = objected(record, turn.now);
    const told = new Set([record.askedBy, ...(await othersOfHr(turn, record))]);
    await tell(
      turn,
      next,
      [...told].map((to) => ['handover-objected', to] as const),
    );
    if ((await handovers.put(next, found.etag)) === 'ok')
      return show(announcedCard(turn.lang, viewOf(next, slot)));
    const newest = await handovers.get(turn.tenant, record.leaver);
    return newest === null || newest.record.id !== record.id
      ? gone(turn)
      : object(turn, newest, triesLeft - 1);
  };

  return {
    'leaver.show': (turn) => form(turn, turn.data.filled ?? EMPTY, {}),
    'leaver.ask': (turn) =>
      checked(turn, turn.data, async (typed) => {
        const [first] = openIn(await managers.records({ tenant: turn.tenant, person: typed.leaver }));
        const leaverName = first?.managerName ?? '';
        return show(leaverAskCard(turn.lang, { typed, leaverName, open: first !== undefined }));
      }),
    'leaver.move': (turn) => checked(turn, { ...turn.data, what: 'move' }, (meant) => ask(turn, meant)),
    'leaver.delete': (turn) =>
      checked(turn, { ...EMPTY, leaver: turn.data.leaver, what: 'delete' }, (meant) => ask(turn, meant)),
    async 'leaver.request'(turn) {
      const found = await handovers.get(turn.tenant, turn.data.leaver);
      return found === null ? gone(turn) : request(turn, found.record, null);
    },
    'leaver.confirm': (turn) =>
      withRequest(turn, turn.data, (found) => {
        const { record } = found;
        if (record.state === 'confirmed' && record.confirmedBy === turn.person)
          return request(turn, record, 'confirmed');
        const why = whyNotConfirm(record, turn.person);
        if (why !== null) return request(turn, record, WHY_NOT[why]);
        const next = confirmed(record, turn.person, turn.now);
        return step(turn, found, next, [], (now, done) => request(turn, now, done ? 'confirmed' : 'changed'));
      }),
    'leaver.stop': (turn) =>
      withRequest(turn, turn.data, (found) => {
        const { record } = found;
        if (record.state === 'stopped') return request(turn, record, 'stopped');
        const why = whyNotStop(record, turn.person);
        if (why !== null) return request(turn, record, WHY_NOT[why]);
        const told = [record.leaver, ...(record.askedBy === turn.person ? [] : [record.askedBy])];
        const news = told.map((to) => ['handover-ended', to] as const);
        const next = stopped(record, turn.now);
        return step(turn, found, next, news, (now, done) => request(turn, now, done ? 'stopped' : 'changed'));
      }),
    'handover.object': (turn) =>
      withRequest(turn, { leaver: turn.person, request: turn.data.request }, (found) => object(turn, found)),
  };
}

const WHY_NOT = { over: 'over', 'asked-it': 'askedIt', 'about-you': 'aboutYou' } as const;
