import { type ChangeProblem, changeCard, NOTE_MAX } from '../../../cards/about/change.card.js';
import { type RecordView, recordsCard } from '../../../cards/about/records.card.js';
import { sharedCard } from '../../../cards/about/shared.card.js';
import { fill, wordsIn } from '../../../cards/content/words.js';
import { noticeCard } from '../../../cards/notice/notice.card.js';
import { oneLine, plain } from '../../../cards/plain.js';
import { dayOf, defaultSlot } from '../../calendar.js';
import { answeredReminder } from '../../planning.js';
import { type Reply, show, type VerbHandlers } from '../../reply.js';
import type { Screen } from '../../screening.js';
import type { About } from '../../store/about.js';
import type { Agreement, Manager, Managers } from '../../store/managers.js';
import type { Organisations } from '../../store/organisation.js';
import type { Kept } from '../../store/records.js';
import type { Reminders } from '../../store/reminders.js';
import { TERMS, type Terms } from '../../store/terms.js';
import type { Turn } from '../../turn.js';
import { type Found, goesOn, type OwnRecords } from './own-records.js';

export type AboutNeeds = {
  readonly managers: Managers;
  readonly about: About;
  readonly ownRecords: OwnRecords;
  readonly reminders: Reminders;
  readonly organisations: Organisations;
  readonly screen: Screen;
  readonly zone: string;
};

export type AboutFeature = VerbHandlers<
  'about.records' | 'about.show' | 'about.confirm' | 'about.ask-change' | 'about.change'
>;

/** What an employee does with what is recorded about them: read it, say that it is right, ask for a change. */
export function createAbout(needs: AboutNeeds): AboutFeature {
  const { managers, about } = needs;

  /** The same answer for what is not there and for what is somebody else's. */
  const find = async (
    turn: Turn,
    where: { manager: string; id: string },
    then: (found: Kept<Agreement>, manager: Manager) => Promise<Reply> | Reply,
  ): Promise<Reply> => {
    const { tenant, person, lang } = turn;
    const words = wordsIn(lang).about;
    const gone = () => show(noticeCard(lang, wordsIn(lang).agreement.listTitle, words.gone));
    if (!(await about.concerns(tenant, person, where.manager, where.id))) return gone();
    const manager = { tenant, person: where.manager };
    const found = await managers.agreement(manager, where.id);
    return found === null || found.record.employee !== person ? gone() : then(found, manager);
  };

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
    const same = record.answer === answered.answer && record.changeAsked === answered.changeAsked;
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
    problems: { changeProblem: ChangeProblem | null; noteProblem: ChangeProblem | null },
  ): Reply => show(changeCard(turn.lang, { agreement, manager, ...filled, ...problems }));

  return {
    'about.records': async (turn) => {
      const found = await needs.ownRecords(turn);
      const { terms } =
        found.length === 0 ? { terms: TERMS } : (await needs.organisations.get(turn.tenant)).record;
      return show(
        recordsCard(
          turn.lang,
          found.map((one) => viewOf(one, terms, needs.zone)),
          turn.data.page,
        ),
      );
    },
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
          {
            changeProblem: null,
            noteProblem: null,
          },
        ),
      ),
    'about.change': (turn) =>
      find(turn, turn.data, (found, manager) => {
        if (found.record.version !== turn.data.version) return changedSince(turn, found, manager);
        const note = oneLine(turn.data.note);
        const known = Object.keys(wordsIn(turn.lang).about.change);
        const change = turn.data.change
          .split(',')
          .filter((one) => known.includes(one))
          .join(',');
        const problems = {
          changeProblem: change === '' ? ('choose' as const) : null,
          noteProblem: noteProblem(note, needs.screen),
        };
        if (problems.changeProblem !== null || problems.noteProblem !== null) {
          return askChange(turn, found.record, manager.person, { change, note }, problems);
        }
        const asked = { answer: 'change-asked' as const, changeAsked: `${change}|${note}` };
        return answer(turn, found, manager, asked, thanks(turn, found.record, 'changeSent'));
      }),
  };
}

function viewOf({ manager, record }: Found, terms: Terms, zone: string): RecordView {
  const { id, managerName, createdAt } = record;
  return { id, manager, managerName, since: dayOf(createdAt, zone), until: goesOn(record, terms, zone) };
}

function noteProblem(note: string, screen: Screen): ChangeProblem | null {
  if (note.length > NOTE_MAX) return 'long';
  return screen(note).length > 0 ? 'screened' : null;
}

function changedSince(turn: Turn, { record }: Kept<Agreement>, manager: Manager): Reply {
  const notice = wordsIn(turn.lang).agreement.changed;
  return show(sharedCard(turn.lang, { agreement: record, manager: manager.person, notice }));
}

function thanks(turn: Turn, agreement: Agreement, which: 'confirmed' | 'changeSent'): string {
  return fill(turn.lang, wordsIn(turn.lang).about[which], { manager: plain(agreement.managerName) });
}
