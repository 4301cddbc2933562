import { agreementCard } from '../../cards/agreement/agreement.card.js';
import { format, type Lang, messagesFor } from '../../cards/content/words.js';
import { escapeMarkdown } from '../../cards/plain.js';
import type { Agreement } from '../domain/agreement.js';
import { type Change, isAskedSince, type Seen } from '../domain/agreement-changes.js';
import type { ChangeContext } from '../domain/changes.js';
import type { Screen } from '../nlu/screening/field-screening.js';
import { type Reply, show, showBeside } from '../reply.js';
import { writeChange } from '../services/agreement-writer.js';
import type { Managers } from '../store/managers.js';
import type { People } from '../store/people.js';
import type { Reminders } from '../store/reminders.js';
import type { Versioned } from '../store/tables/row-mapping.js';
import type { Turn } from '../turn.js';
import { notThere } from './agreement-access.js';

export type OwnChangeDeps = {
  readonly people: People;
  readonly managers: Managers;
  readonly reminders: Reminders;
  readonly screen: Screen;
  /** IANA zone of a person who has not said otherwise. */
  readonly zone: string;
};

/** What came of a change: what is shown when it is made, and the form as it was filled in where it is overtaken. */
export type Outcomes = {
  readonly done: (record: Agreement) => string;
  readonly again: (newest: Agreement, notice: string) => Reply | Promise<Reply>;
};

/** Makes a change that a manager filled in on a form, and answers with what came of it. */
export async function changeByForm(
  deps: OwnChangeDeps,
  {
    turn,
    found,
    change,
    at,
  }: {
    readonly turn: Turn;
    readonly found: Versioned<Agreement>;
    readonly change: Change & { readonly seen: Seen };
    readonly at: ChangeContext;
  },
  { done, again }: Outcomes,
): Promise<Reply> {
  const written = await writeChange(deps, { found, change, at });
  if (written.kind === 'gone') return notThere(turn, messagesFor(turn.lang).agreement.gone);
  const { record } = written;
  if (written.kind === 'done') return showAgreement(turn.lang, record, done(record));
  return overtaken(turn, { newest: record, seen: change.seen }, again);
}

/** Another change came first: the form comes back with what was filled in, and with what happened meanwhile on top. */
export async function overtaken(
  turn: Turn,
  { newest, seen }: { readonly newest: Agreement; readonly seen: Seen },
  again: Outcomes['again'],
): Promise<Reply> {
  const words = messagesFor(turn.lang).agreement;
  // There is nothing left to fill in: what was typed stays where it is, beside what there is now.
  if (newest.status === 'closed') {
    const card = agreementCard(turn.lang, {
      agreement: newest,
      notice: words.closedMeanwhile,
      closing: null,
    });
    return showBeside(card);
  }
  const notice = isAskedSince(newest, seen)
    ? format(turn.lang, words.askedForm, { name: escapeMarkdown(newest.memberName) })
    : words.changedForm;
  return again(newest, notice);
}

/** Shows an agreement to its manager, with a notice above it where there is one to give. */
export function showAgreement(lang: Lang, agreement: Agreement, notice: string): Reply {
  return show(agreementCard(lang, { agreement, notice, closing: null }));
}
