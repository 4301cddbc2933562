import { type ChangeProblem, changeCard, NOTE_MAX } from '../../../cards/about/change.card.js';
import { exportRecordsCard } from '../../../cards/about/export.card.js';
import { type RecordView, recordsCard } from '../../../cards/about/records.card.js';
import { sharedCard } from '../../../cards/about/shared.card.js';
import { fill, wordsIn } from '../../../cards/content/words.js';
import { oneLine, plain } from '../../../cards/plain.js';
import { dayOf, defaultSlot, plus } from '../../calendar.js';
import { type WhereKept, withAgreementAbout } from '../../own-agreement.js';
import { answeredReminder } from '../../planning.js';
import { openRemoval } from '../../removal-plan.js';
import { type Reply, show, type VerbHandlers } from '../../reply.js';
import type { Screen } from '../../screening.js';
import type { About as AboutStore, Pointer } from '../../store/about.js';
import type { Agreement, Manager, Managers } from '../../store/managers.js';
import type { Organisations } from '../../store/organisation.js';
import type { Kept } from '../../store/records.js';
import type { Reminders } from '../../store/reminders.js';
import { TERMS, type Terms } from '../../store/terms.js';
import type { Turn } from '../../turn.js';

export type AboutNeeds = {
  readonly managers: Managers;
  readonly about: AboutStore;
  readonly reminders: Reminders;
  readonly organisations: Organisations;
  readonly screen: Screen;
  readonly zone: string;
};

export type AboutFeature = VerbHandlers<
  'about.records' | 'about.export' | 'about.show' | 'about.confirm' | 'about.ask-change' | 'about.change'
>;

/** What an employee does with what is recorded about them: read it, say that it is right, ask for a change. */
export function createAbout(needs: AboutNeeds): AboutFeature {
  const { managers, about } = needs;

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

  /** Everything about who asks, the newest first; what a pointer no longer leads to is left out. */
  const recordsOf = async ({ tenant, person }: Turn): Promise<About> => {
    const pointers = await about.of(tenant, person);
    const present = pointers.filter(({ removed }) => removed === null);
    const wanted = new Map<string, { kind: 'agreement'; id: string }[]>();
    for (const { manager, agreement: id } of present) {
      wanted.set(manager, [...(wanted.get(manager) ?? []), { kind: 'agreement', id }]);
    }
    const several = await managers.several(
      [...wanted].map(([manager, subjects]) => ({ manager: { tenant, person: manager }, subjects })),
    );
    const found = present
      .flatMap(({ manager, agreement: id }): Found[] => {
        const record = several.agreement({ tenant, person: manager }, id)?.record;
        return record === undefined || record.employee !== person ? [] : [{ manager, record }];
      })
      .sort((one, other) => other.record.createdAt.localeCompare(one.record.createdAt));
    const removed = pointers.filter((pointer): pointer is RemovedPointer => pointer.removed !== null);
    return { found, removed };
  };

  return {
    'about.records': async (turn) => {
      const { found, removed } = await recordsOf(turn);
      const { terms } =
        found.length === 0 ? { terms: TERMS } : (await needs.organisations.get(turn.tenant)).record;
      const views = [
        ...found.map((one) => viewOf(one, terms, needs.zone)),
        ...removed.map((one) => removedView(one, needs.zone)),
      ];
      return show(recordsCard(turn.lang, views, turn.data.page));
    },
    'about.export': async (turn) => {
      const { found } = await recordsOf(turn);
      return show(
        exportRecordsCard(
          turn.lang,
          found.map(({ record }) => record),
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

/** One record, and whose it is. */
type Found = { readonly manager: string; readonly record: Agreement };

/** All about an employee: what is there, and what was removed because they asked. */
type About = { readonly found: readonly Found[]; readonly removed: readonly RemovedPointer[] };
type RemovedPointer = Pointer & { readonly removed: NonNullable<Pointer['removed']> };

function viewOf({ manager, record }: Found, { closedAgreementMonths }: Terms, zone: string): RecordView {
  const { id, managerName, createdAt, changedAt, status } = record;
  const until = status === 'closed' ? plus(dayOf(changedAt, zone), { months: closedAgreementMonths }) : null;
  const removalBy = openRemoval(record)?.by ?? null;
  return { id, manager, managerName, since: dayOf(createdAt, zone), removedOn: null, until, removalBy };
}

function removedView({ manager, agreement: id, since, removed }: RemovedPointer, zone: string): RecordView {
  const { managerName, at } = removed;
  return { id, manager, managerName, since: dayOf(since, zone), removedOn: dayOf(at, zone) };
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
