import { type ChangeProblem, changeCard, NOTE_MAX } from '../../../cards/about/change.card.js';
import { recordsCard } from '../../../cards/about/records.card.js';
import { sharedCard } from '../../../cards/about/shared.card.js';
import { readChoices } from '../../../cards/choices.js';
import { sayingsIn } from '../../../cards/content/said.js';
import { fill, wordsIn } from '../../../cards/content/words.js';
import { oneLine, plain } from '../../../cards/plain.js';
import { defaultSlot } from '../../calendar.js';
import { type WhereKept, withAgreementAbout } from '../../own-agreement.js';
import type { OwnOrganisation } from '../../own-organisation.js';
import { answeredReminder } from '../../planning.js';
import { type Reply, show, type VerbHandlers } from '../../reply.js';
import { saidOf } from '../../said-names.js';
import type { Screen } from '../../screening.js';
import type { About } from '../../store/about.js';
import type { Agreement, ChangeRequest, Manager, Managers } from '../../store/managers.js';
import type { Kept } from '../../store/records.js';
import type { Reminders } from '../../store/reminders.js';
import type { Turn } from '../../turn.js';
import { forCard, type ReadOwnRecords, viewsOf } from './own-records.js';

export type AboutNeeds = {
  readonly managers: Managers;
  readonly about: About;
  readonly ownRecords: ReadOwnRecords;
  readonly reminders: Reminders;
  readonly ownOrganisation: Pick<OwnOrganisation, 'of'>;
  readonly screen: Screen;
  readonly zone: string;
};

export type AboutFeature = AboutVerbs & {
  /** What is recorded about who asks, when their words ask for that and not for what is kept of everybody. */
  shownByWords(turn: Turn): Promise<Reply | null>;
};
type AboutVerbs = VerbHandlers<
  'about.records' | 'about.show' | 'about.confirm' | 'about.ask-change' | 'about.change'
>;

/** What an employee does with what is recorded about them: read it, say that it is right, ask for a change. */
export function createAbout(needs: AboutNeeds): AboutFeature {
  const { managers } = needs;

  const find = (turn: Turn, where: WhereKept, then: Parameters<typeof withAgreementAbout>[3]) =>
    withAgreementAbout(needs, turn, where, then);

  const answer = async (
    turn: Turn,
    found: Kept<Agreement>,
    manager: Manager,
    answered: Pick<Agreement, 'answer' | 'changeAsked'>,
    notice: string,
  ): Promise<Reply> => {
    const shown = (agreement: Agreement, line: string) =>
      show(sharedCard(turn.lang, { agreement, manager: manager.person, notice: line }));
    const { record } = found;
    const same = record.answer === answered.answer && isSameRequest(record.changeAsked, answered.changeAsked);
    if (same) return shown(record, notice);
    const change: Agreement = { ...record, ...answered, answeredAt: turn.now };
    await needs.reminders.plan(answeredReminder(manager, change, turn.now, defaultSlot(needs.zone)));
    const result = await managers.changeAgreement(manager, change, found.etag);
    if (result === 'ok') return shown(change, notice);
    const newest = await managers.agreement(manager, record.id);
    return shown(newest?.record ?? record, wordsIn(turn.lang).agreement.changed);
  };

  const askChange = (
    turn: Turn,
    agreement: Agreement,
    manager: string,
    filled: { change: string; note: string },
    problems: NoteProblems & { changeProblem: ChangeProblem | null },
  ): Reply => show(changeCard(turn.lang, { agreement, manager, ...filled, ...problems }));

  const records = async (turn: Turn, page: number): Promise<Reply> => {
    const own = await needs.ownRecords(turn);
    const { terms } = await needs.ownOrganisation.of(turn.tenant);
    return show(recordsCard(turn.lang, viewsOf(forCard(own), terms, needs.zone), page, own.unreadable));
  };

  return {
    shownByWords: async (turn) => {
      const text = turn.said.kind === 'text' ? turn.said.text : '';
      return saidOf(text, sayingsIn(turn.lang).about) === null ? null : records(turn, 0);
    },
    'about.records': (turn) => records(turn, turn.data.page),
    'about.show': (turn) =>
      find(turn, turn.data, ({ record }, manager) =>
        show(sharedCard(turn.lang, { agreement: record, manager: manager.person, notice: '' })),
      ),
    'about.confirm': (turn) =>
      find(turn, turn.data, (found, manager) => {
        if (found.record.version !== turn.data.version) return changedSince(turn, found, manager);
        const notice = thanks(turn, found.record, 'confirmed');
        return answer(turn, found, manager, { answer: 'confirmed', changeAsked: null }, notice);
      }),
    'about.ask-change': (turn) =>
      find(turn, turn.data, ({ record }, manager) =>
        askChange(
          turn,
          record,
          manager.person,
          { change: '', note: '' },
          { changeProblem: null, noteProblem: null, refused: [] },
        ),
      ),
    'about.change': (turn) =>
      find(turn, turn.data, (found, manager) => {
        if (found.record.version !== turn.data.version) return changedSince(turn, found, manager);
        const note = oneLine(turn.data.note);
        const subjects = readChoices(turn.data.change, ({ about }) => about.change) ?? [];
        const problems = {
          changeProblem: subjects.length === 0 ? ('choose' as const) : null,
          ...noteProblems(note, needs.screen),
        };
        if (problems.changeProblem !== null || problems.noteProblem !== null) {
          const filled = { change: subjects.join(','), note };
          return askChange(turn, found.record, manager.person, filled, problems);
        }
        const changeAsked = { subjects: [...subjects], note, askedAt: turn.now };
        const asked = { answer: 'change-asked' as const, changeAsked };
        return answer(turn, found, manager, asked, thanks(turn, found.record, 'changeSent'));
      }),
  };
}

/** Whether two requests ask the same, whenever they were made. */
function isSameRequest(one: ChangeRequest | null, other: ChangeRequest | null): boolean {
  const asks = (request: ChangeRequest | null) =>
    request === null ? '' : JSON.stringify([request.subjects, request.note]);
  return asks(one) === asks(other);
}

type NoteProblems = { readonly noteProblem: ChangeProblem | null; readonly refused: readonly string[] };

function noteProblems(note: string, screen: Screen): NoteProblems {
  if (note.length > NOTE_MAX) return { noteProblem: 'long', refused: [] };
  const refused = screen(note);
  return { noteProblem: refused.length > 0 ? 'screened' : null, refused };
}

function changedSince(turn: Turn, { record }: Kept<Agreement>, manager: Manager): Reply {
  const notice = wordsIn(turn.lang).agreement.changed;
  return show(sharedCard(turn.lang, { agreement: record, manager: manager.person, notice }));
}

function thanks(turn: Turn, agreement: Agreement, which: 'confirmed' | 'changeSent'): string {
  return fill(turn.lang, wordsIn(turn.lang).about[which], { manager: plain(agreement.managerName) });
}
