import type { Payload } from '../../../cards/actions.js';
import { readChoice } from '../../../cards/choices.js';
import { format, messagesFor } from '../../../cards/content/words.js';
import { longDay } from '../../../cards/dates.js';
import { escapeMarkdown } from '../../../cards/plain.js';
import { askRemovalCard } from '../../../cards/removal/ask.card.js';
import { decideRemovalCard } from '../../../cards/removal/decide.card.js';
import { removedBeforeCard, removedCard, sureOfRemovalCard } from '../../../cards/removal/sure.card.js';
import { notThere, showShared, withAgreementAbout, withOwnAgreement } from '../../access/agreement-access.js';
import { showAgreement } from '../../access/own-agreement-change.js';
import type { Agreement } from '../../domain/agreement.js';
import type { Change } from '../../domain/agreement-changes.js';
import type { ErasureRequest } from '../../domain/erasure-record.js';
import { askedNow, openErasureRequest } from '../../domain/erasure-request.js';
import type { Manager } from '../../domain/manager.js';
import { type Reply, show, type VerbHandlers } from '../../reply.js';
import { removeOnRequest, writeChange } from '../../services/agreement-writer.js';
import { contextForOther, contextOf } from '../../services/record-writer.js';
import type { EmployeeIndex } from '../../store/employee-index.js';
import type { Managers } from '../../store/managers.js';
import type { People } from '../../store/people.js';
import type { Reminders } from '../../store/reminders.js';
import type { Versioned } from '../../store/tables/row-mapping.js';
import type { Turn } from '../../turn.js';

export type RemovalDeps = {
  readonly people: People;
  readonly managers: Managers;
  readonly about: EmployeeIndex;
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
 * An employee asks to remove an agreement, the manager decides within a month (GDPR art. 17 and 12(3)). The request
 * and an answer that it stays are kept on the agreement; that it was removed is kept on the employee's pointer.
 */
export function createRemoval(deps: RemovalDeps): RemovalFeature {
  return {
    'removal.ask': (turn) =>
      withAgreementAbout(deps, { turn, where: turn.data }, ({ record }, manager) => {
        const { by } = askedNow(turn.now, deps.zone);
        return openErasureRequest(record) === null
          ? show(askRemovalCard(turn.lang, { agreement: record, manager: manager.person, by }))
          : showShared(turn, { agreement: record, manager, notice: '' });
      }),
    'removal.send': (turn) =>
      withAgreementAbout(deps, { turn, where: turn.data }, (found, manager) =>
        changeByEmployee(deps, turn, { found, manager, change: { what: 'removal-asked' } }),
      ),
    'removal.withdraw': (turn) =>
      withAgreementAbout(deps, { turn, where: turn.data }, (found, manager) =>
        changeByEmployee(deps, turn, { found, manager, change: { what: 'removal-withdrawn' } }),
      ),
    'removal.decide': (turn) =>
      withOwnAgreement(deps.managers, { turn, id: turn.data.id }, ({ record }) => {
        const removal = openErasureRequest(record);
        return removal === null
          ? over(turn, record)
          : show(decideRemovalCard(turn.lang, { agreement: record, removal, why: '', problem: false }));
      }),
    'removal.ask-grant': (turn) =>
      withOwnAgreement(deps.managers, { turn, id: turn.data.id }, ({ record }) => {
        const removal = requestOf(record, turn.data);
        return removal === null
          ? over(turn, record)
          : show(sureOfRemovalCard(turn.lang, record, { removal, employee: record.employee ?? '' }));
      }),
    'removal.grant': async (turn) => {
      const found = await deps.managers.agreement(turn, turn.data.id);
      if (found === null) return goneOrRemoved(deps, turn, turn.data);
      if (requestOf(found.record, turn.data) === null) return over(turn, found.record);
      const at = await contextOf(deps, turn, turn.now);
      const removed = await removeOnRequest(deps, { found, askedAt: turn.data.askedAt, at });
      return removed.kind === 'done'
        ? show(removedCard(turn.lang, found.record.memberName))
        : over(turn, removed.record);
    },
    'removal.keep': (turn) =>
      withOwnAgreement(deps.managers, { turn, id: turn.data.id }, async (found) => {
        const kept = readChoice(turn.data.why, ({ removal: words }) => words.why);
        if (kept === null) {
          const { record: agreement } = found;
          const removal = requestOf(agreement, turn.data);
          return removal === null
            ? over(turn, agreement)
            : show(decideRemovalCard(turn.lang, { agreement, removal, why: '', problem: true }));
        }
        const change = { what: 'removal-kept', askedAt: turn.data.askedAt, kept } as const;
        const at = await contextOf(deps, turn, turn.now);
        const written = await writeChange(deps, { found, change, at });
        const words = messagesFor(turn.lang);
        if (written.kind === 'gone') return notThere(turn, words.agreement.gone);
        const { kind, record } = written;
        if (kind === 'overtaken') return over(turn, record);
        const notice = format(turn.lang, words.removal.keptDone, { name: escapeMarkdown(record.memberName) });
        return showAgreement(turn.lang, record, notice);
      }),
  };
}

/** What an employee does about removal: asks for it, or takes that back. */
async function changeByEmployee(
  deps: RemovalDeps,
  turn: Turn,
  {
    found,
    manager,
    change,
  }: { readonly found: Versioned<Agreement>; readonly manager: Manager; readonly change: Change },
): Promise<Reply> {
  const written = await writeChange(deps, {
    found,
    change,
    at: contextForOther(deps.zone, manager, turn.now),
  });
  const { about, removal: words } = messagesFor(turn.lang);
  if (written.kind === 'gone') return notThere(turn, about.gone);
  const { kind, record } = written;
  // Answered meanwhile: the card says how, which stays on record.
  if (kind === 'overtaken') return showShared(turn, { agreement: record, manager, notice: '' });
  const request = openErasureRequest(record);
  const notice =
    request === null
      ? words.withdrawn
      : format(turn.lang, words.sent, { by: longDay(turn.lang, request.by) });
  return showShared(turn, { agreement: record, manager, notice });
}

/** The request that a card was about, while it waits for an answer. */
function requestOf(agreement: Agreement, { askedAt }: { readonly askedAt: string }): ErasureRequest | null {
  const removal = openErasureRequest(agreement);
  return removal?.askedAt === askedAt ? removal : null;
}

/** Not there any more: by this very press of before, where the employee's pointer proves it; else for whatever reason. */
async function goneOrRemoved(
  { about }: RemovalDeps,
  turn: Turn,
  { id, askedAt, employee }: Payload<'removal.grant'>,
): Promise<Reply> {
  const pointers = employee === '' ? [] : await about.of(turn.tenant, employee);
  const removed = pointers.some(
    (one) => one.manager === turn.person && one.agreement === id && one.removed?.askedAt === askedAt,
  );
  return removed ? show(removedBeforeCard(turn.lang)) : notThere(turn, messagesFor(turn.lang).agreement.gone);
}

/** The request that a card was about was answered or taken back; perhaps there is another by now. */
function over(turn: Turn, agreement: Agreement): Reply {
  const words = messagesFor(turn.lang);
  const notice = openErasureRequest(agreement) === null ? words.removal.over : words.agreement.changed;
  return showAgreement(turn.lang, agreement, notice);
}
