import { sharedCard } from '../../../cards/about/shared.card.js';
import { agreementCard } from '../../../cards/agreement/agreement.card.js';
import { readChoice } from '../../../cards/choices.js';
import { fill, wordsIn } from '../../../cards/content/words.js';
import { longDay } from '../../../cards/dates.js';
import { plain } from '../../../cards/plain.js';
import { askRemovalCard } from '../../../cards/removal/ask.card.js';
import { decideRemovalCard } from '../../../cards/removal/decide.card.js';
import { removedCard, sureOfRemovalCard } from '../../../cards/removal/sure.card.js';
import { defaultSlot } from '../../calendar.js';
import { withAgreementAbout, withOwnAgreement } from '../../own-agreement.js';
import {
  askedNow,
  grantedReminder,
  keptReminder,
  openRemoval,
  removalReminders,
} from '../../removal-plan.js';
import { type Reply, show, type VerbHandlers } from '../../reply.js';
import type { About } from '../../store/about.js';
import type { Agreement, Manager, Managers, Removal } from '../../store/managers.js';
import type { Kept } from '../../store/records.js';
import type { Reminders } from '../../store/reminders.js';
import type { Turn } from '../../turn.js';

export type RemovalNeeds = {
  readonly managers: Managers;
  readonly about: About;
  readonly reminders: Reminders;
  readonly zone: string;
};

export type RemovalFeature = VerbHandlers<
  | 'removal.ask'
  | 'removal.send'
  | 'removal.withdraw'
  | 'removal.decide'
  | 'removal.ask-grant'
  | 'removal.grant'
  | 'removal.keep'
>;

/**
 * An employee asks to remove an agreement, the manager decides within a month (AVG art. 17 and 12(3)). The request
 * and an answer that it stays are kept on the agreement; that it was removed is kept on the employee's pointer.
 */
export function createRemoval(needs: RemovalNeeds): RemovalFeature {
  const { managers, about, reminders } = needs;
  const slot = defaultSlot(needs.zone);

  const shownToEmployee = (turn: Turn, agreement: Agreement, manager: Manager, notice: string): Reply =>
    show(sharedCard(turn.lang, { agreement, manager: manager.person, notice }));
  const shownToManager = (turn: Turn, agreement: Agreement, notice: string): Reply =>
    show(agreementCard(turn.lang, { agreement, notice, closing: false }));

  /** Writes what the employee did; another write that came first wins, and is shown. */
  const change = async (
    turn: Turn,
    { record, etag }: Kept<Agreement>,
    manager: Manager,
    removal: Removal | null,
    notice: string,
  ): Promise<Reply> => {
    const changed = { ...record, removal };
    await reminders.planAll(removalReminders(manager, changed, turn.now, slot));
    const result = await managers.changeAgreement(manager, changed, etag);
    if (result === 'ok') return shownToEmployee(turn, changed, manager, notice);
    const newest = await managers.agreement(manager, record.id);
    return shownToEmployee(turn, newest?.record ?? record, manager, wordsIn(turn.lang).agreement.changed);
  };

  /** Of a manager's own agreement the request that a card was about, when it still waits for an answer. */
  const decide = (
    turn: Turn,
    id: string,
    askedAt: string | null,
    then: (found: Kept<Agreement>, removal: Removal) => Promise<Reply> | Reply,
  ): Promise<Reply> =>
    withOwnAgreement(managers, turn, id, (found) => {
      const removal = openRemoval(found.record);
      const another = askedAt !== null && removal?.askedAt !== askedAt;
      return removal === null || another
        ? shownToManager(turn, found.record, wordsIn(turn.lang).removal.over)
        : then(found, removal);
    });

  /**
   * The employee's pointer says so before the record goes: pressing again after a crash completes it, and the message
   * about it is sent only when the record is gone. What it is now when it was withdrawn or answered meanwhile.
   */
  const grant = async (
    turn: Turn,
    { record, etag }: Kept<Agreement>,
    removal: Removal,
  ): Promise<Agreement | null> => {
    const { employee, id, managerName, createdAt: since } = record;
    const pointer = { manager: turn.person, agreement: id, since };
    if (employee !== null) {
      await reminders.plan(grantedReminder(turn, { ...record, employee, removal }, turn.now, slot));
      const removed = { askedAt: removal.askedAt, at: turn.now, managerName };
      await about.point(turn.tenant, employee, { ...pointer, removed });
    }
    if ((await managers.removeAgreement(turn, id, etag)) === 'ok') return null;
    const newest = await managers.agreement(turn, id);
    if (newest === null) return null;
    if (openRemoval(newest.record)?.askedAt === removal.askedAt) return grant(turn, newest, removal);
    if (employee !== null) await about.point(turn.tenant, employee, pointer);
    return newest.record;
  };

  return {
    'removal.ask': (turn) =>
      withAgreementAbout(needs, turn, turn.data, ({ record }, manager) => {
        const { by } = askedNow(turn.now, needs.zone);
        return openRemoval(record) === null
          ? show(askRemovalCard(turn.lang, { agreement: record, manager: manager.person, by }))
          : shownToEmployee(turn, record, manager, '');
      }),
    'removal.send': (turn) =>
      withAgreementAbout(needs, turn, turn.data, (found, manager) => {
        const removal = openRemoval(found.record) ?? askedNow(turn.now, needs.zone);
        const by = longDay(turn.lang, removal.by);
        const notice = fill(turn.lang, wordsIn(turn.lang).removal.sent, { by });
        return removal === found.record.removal
          ? shownToEmployee(turn, found.record, manager, notice)
          : change(turn, found, manager, removal, notice);
      }),
    'removal.withdraw': (turn) =>
      withAgreementAbout(needs, turn, turn.data, (found, manager) => {
        const { withdrawn } = wordsIn(turn.lang).removal;
        if (found.record.removal === null) return shownToEmployee(turn, found.record, manager, withdrawn);
        // What was answered meanwhile stays on record.
        return openRemoval(found.record) === null
          ? shownToEmployee(turn, found.record, manager, '')
          : change(turn, found, manager, null, withdrawn);
      }),
    'removal.decide': (turn) =>
      decide(turn, turn.data.id, null, ({ record }, removal) =>
        show(decideRemovalCard(turn.lang, { agreement: record, removal, why: '', problem: false })),
      ),
    'removal.ask-grant': (turn) =>
      decide(turn, turn.data.id, turn.data.askedAt, ({ record }, removal) =>
        show(sureOfRemovalCard(turn.lang, record, removal)),
      ),
    'removal.grant': (turn) =>
      decide(turn, turn.data.id, turn.data.askedAt, async (found, removal) => {
        const left = await grant(turn, found, removal);
        return left === null
          ? show(removedCard(turn.lang, found.record.memberName))
          : shownToManager(turn, left, wordsIn(turn.lang).agreement.changed);
      }),
    'removal.keep': (turn) =>
      decide(turn, turn.data.id, turn.data.askedAt, async ({ record, etag }, removal) => {
        const why = readChoice(turn.data.why, ({ removal: words }) => words.why);
        if (why === null) {
          return show(decideRemovalCard(turn.lang, { agreement: record, removal, why: '', problem: true }));
        }
        const kept: Agreement = { ...record, removal: { ...removal, answeredAt: turn.now, kept: why } };
        const reminder = keptReminder(turn, kept, turn.now, slot);
        if (reminder !== null) await reminders.plan(reminder);
        const words = wordsIn(turn.lang);
        if ((await managers.changeAgreement(turn, kept, etag)) === 'ok') {
          return shownToManager(
            turn,
            kept,
            fill(turn.lang, words.removal.keptDone, { name: plain(record.memberName) }),
          );
        }
        const newest = await managers.agreement(turn, record.id);
        return shownToManager(turn, newest?.record ?? record, words.agreement.changed);
      }),
  };
}
