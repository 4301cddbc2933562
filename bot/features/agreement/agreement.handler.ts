import { agreementCard } from '../../../cards/agreement/agreement.card.js';
import { closedListCard, listCard } from '../../../cards/agreement/list.card.js';
import { sayingsIn } from '../../../cards/content/said.js';
import { format, type Lang, messagesFor } from '../../../cards/content/words.js';
import { escapeMarkdown } from '../../../cards/plain.js';
import { notThere, withOwnAgreement } from '../../access/agreement-access.js';
import { showAgreement } from '../../access/own-agreement-change.js';
import type { Agreement } from '../../domain/agreement.js';
import { isAskedSince } from '../../domain/agreement-changes.js';
import { goesOn } from '../../domain/agreement-rest.js';
import { dayOf, plus } from '../../domain/calendar.js';
import type { ManagerRecords } from '../../domain/manager.js';
import { namedIn, saidOf } from '../../nlu/entities/names.js';
import { type Reply, show, type TurnHandler, type VerbHandlers } from '../../reply.js';
import { writeChange } from '../../services/agreement-writer.js';
import { contextOf } from '../../services/record-writer.js';
import { type Turn, todayOf, zoneOf } from '../../turn.js';
import { type Correction, createCorrection } from './correction.handler.js';
import { createRecording, type Recording, type RecordingDeps, recordByWords } from './recording.handler.js';

export type AgreementDeps = RecordingDeps;

type Verbs =
  | 'agreement.list'
  | 'agreement.closed'
  | 'agreement.show'
  | 'agreement.ask-close'
  | 'agreement.close'
  | 'agreement.request-handled';
export type AgreementFeature = VerbHandlers<Verbs> &
  Recording &
  Correction & {
    readonly open: TurnHandler;
    readonly list: TurnHandler;
  };

/** Recording what was agreed after a conversation, and looking it up: always the manager's own records. */
export function createAgreement(deps: AgreementDeps): AgreementFeature {
  const { managers } = deps;
  return {
    ...createRecording(deps),
    ...createCorrection(deps),
    open: (turn) => byWords(deps, turn),
    list: async (turn) => {
      const records = await managers.records(turn);
      const running = records.agreements.filter(({ status }) => status === 'open');
      const [one, ...others] = agreementsNamed(textOf(turn), running, turn.lang);
      return one !== undefined && others.length === 0
        ? showAgreement(turn.lang, one, '')
        : listOf(deps, turn, { page: 0, known: records });
    },
    'agreement.list': (turn) => listOf(deps, turn, { page: turn.data.page }),
    'agreement.show': (turn) =>
      withOwnAgreement(managers, { turn, id: turn.data.id }, ({ record }) =>
        showAgreement(turn.lang, record, ''),
      ),
    'agreement.closed': (turn) => closedOf(deps, turn, { page: turn.data.page }),
    'agreement.ask-close': (turn) =>
      withOwnAgreement(managers, { turn, id: turn.data.id }, ({ record }) =>
        askClose(deps, turn, { agreement: record, notice: '' }),
      ),
    'agreement.close': (turn) =>
      withOwnAgreement(managers, { turn, id: turn.data.id }, async (found) => {
        const at = await contextOf(deps, turn, turn.now);
        const written = await writeChange(deps, { found, change: { what: 'closed', seen: turn.data }, at });
        const words = messagesFor(turn.lang).agreement;
        if (written.kind === 'gone') return notThere(turn, words.gone);
        const { record } = written;
        if (written.kind === 'done') return showAgreement(turn.lang, record, '');
        // Asked once more, about how it is now.
        const notice = isAskedSince(record, turn.data)
          ? format(turn.lang, words.askedMeanwhile, { name: escapeMarkdown(record.memberName) })
          : words.changed;
        return askClose(deps, turn, { agreement: record, notice });
      }),
    'agreement.request-handled': (turn) =>
      withOwnAgreement(managers, { turn, id: turn.data.id }, async (found) => {
        const at = await contextOf(deps, turn, turn.now);
        const change = { what: 'request-handled', askedAt: turn.data.askedAt } as const;
        const written = await writeChange(deps, { found, change, at });
        const words = messagesFor(turn.lang).agreement;
        if (written.kind === 'gone') return notThere(turn, words.gone);
        const { kind, record } = written;
        const notice = kind === 'done' ? words.requestHandled : words.changed;
        const name = escapeMarkdown(record.memberName);
        return showAgreement(turn.lang, record, format(turn.lang, notice, { name }));
      }),
  };
}

/** What a text asks for about agreements: one that it names, some of them, or the form with what it says filled in. */
async function byWords(deps: AgreementDeps, turn: Turn): Promise<Reply> {
  const text = textOf(turn);
  const records = await deps.managers.records(turn);
  const wish = agreementWish(text, turn.lang);
  if (wish === 'record') return recordByWords(deps, turn, { text, records });
  const status = wish === 'closed' ? 'closed' : 'open';
  const those = records.agreements.filter((agreement) => agreement.status === status);
  const named = agreementsNamed(text, those, turn.lang);
  const [one, ...others] = named;
  if (one !== undefined && others.length === 0) return showAgreement(turn.lang, one, '');
  if (wish === 'closed') return closedOf(deps, turn, { page: 0, known: records });
  if (others.length > 0) return listOf(deps, turn, { page: 0, known: { ...records, agreements: named } });
  // Where none is open any more, a closed one is what is left to look at.
  const [past, ...morePast] = agreementsNamed(text, records.agreements, turn.lang);
  if (past !== undefined && morePast.length === 0) return showAgreement(turn.lang, past, '');
  return wish === 'named'
    ? recordByWords(deps, turn, { text, records })
    : listOf(deps, turn, { page: 0, known: records });
}

/** A page of a list; `known` are the records where they were read already. */
type Looking = { readonly page: number; readonly known?: ManagerRecords };

async function listOf(deps: AgreementDeps, turn: Turn, { page, known }: Looking): Promise<Reply> {
  const [{ agreements }, today] = await Promise.all([
    known ?? deps.managers.records(turn),
    todayOf(deps, turn),
  ]);
  const running = agreements
    .filter((agreement) => agreement.status === 'open')
    .sort((one, other) => one.nextDay.localeCompare(other.nextDay));
  const closed = agreements.length - running.length;
  return show(listCard(turn.lang, { agreements: running, page, today, closed }));
}

async function closedOf(deps: AgreementDeps, turn: Turn, { page, known }: Looking): Promise<Reply> {
  const [{ agreements }, { terms }, zone] = await Promise.all([
    known ?? deps.managers.records(turn),
    deps.organisationSettings.of(turn.tenant),
    zoneOf(deps, turn),
  ]);
  const found = agreements
    .filter((agreement) => agreement.status === 'closed')
    .sort((one, other) => other.changedAt.localeCompare(one.changedAt))
    .map((agreement) => ({
      agreement,
      closedOn: dayOf(agreement.changedAt, zone),
      until: goesOn(agreement, terms, zone) ?? '',
    }));
  return show(closedListCard(turn.lang, found, page));
}

/** Asks whether to close it, with the day until which it would stay. */
async function askClose(
  deps: AgreementDeps,
  turn: Turn,
  { agreement, notice }: { readonly agreement: Agreement; readonly notice: string },
): Promise<Reply> {
  if (agreement.status === 'closed') return showAgreement(turn.lang, agreement, notice);
  const [{ terms }, today] = await Promise.all([
    deps.organisationSettings.of(turn.tenant),
    todayOf(deps, turn),
  ]);
  const closing = plus(today, { months: terms.closedAgreementMonths });
  return show(agreementCard(turn.lang, { agreement, notice, closing }));
}

function textOf({ said }: Turn): string {
  return said.kind === 'text' ? said.text : '';
}

type Wish = 'closed' | 'record' | 'change' | 'named';

/** What a text wants of agreements: what names nothing else wants to record one. Sayings of words that were closed win. */
function agreementWish(text: string, lang: Lang): Wish {
  const { closed, record, change, named } = sayingsIn(lang).agreements;
  const groups = { closed, record, change, named };
  const wishes: readonly Wish[] = ['closed', 'record', 'change', 'named'];
  return wishes.find((wish) => saidOf(text, { [wish]: groups[wish] }) !== null) ?? 'record';
}

function agreementsNamed(text: string, agreements: readonly Agreement[], lang: Lang): readonly Agreement[] {
  const people = agreements.map((agreement) => ({ name: agreement.memberName, agreement }));
  return namedIn(text, people, lang).map(({ agreement }) => agreement);
}
