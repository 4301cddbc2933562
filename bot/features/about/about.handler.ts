import { type ChangeProblem, changeCard, NOTE_MAX } from '../../../cards/about/change.card.js';
import { recordsCard } from '../../../cards/about/records.card.js';
import { readChoices } from '../../../cards/choices.js';
import { sayingsIn } from '../../../cards/content/said.js';
import { format, messagesFor } from '../../../cards/content/words.js';
import { escapeMarkdown, oneLine } from '../../../cards/plain.js';
import { notThere, showShared, withAgreementAbout } from '../../access/agreement-access.js';
import type { Agreement } from '../../domain/agreement.js';
import { openRequest } from '../../domain/agreement.js';
import type { Manager } from '../../domain/manager.js';
import { saidOf } from '../../nlu/entities/names.js';
import type { Screen } from '../../nlu/screening/field-screening.js';
import { type Reply, show, type VerbHandlers } from '../../reply.js';
import { writeChange } from '../../services/agreement-writer.js';
import type { OrganisationSettings } from '../../services/organisation-settings.js';
import { contextForOther } from '../../services/record-writer.js';
import type { Managers } from '../../store/managers.js';
import type { People } from '../../store/people.js';
import type { Reminders } from '../../store/reminders.js';
import type { Scans } from '../../store/scans.js';
import { type Turn, zoneOf } from '../../turn.js';
import { scansOf } from './own-data.js';
import { forCard, type ReadOwnRecords, scanViewsOf, viewsOf } from './own-records.js';

export type AboutDeps = {
  readonly managers: Managers;
  readonly ownRecords: ReadOwnRecords;
  readonly people: Pick<People, 'get'>;
  readonly scans: Pick<Scans, 'ofTenant'>;
  readonly reminders: Reminders;
  readonly organisationSettings: Pick<OrganisationSettings, 'of'>;
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
export function createAbout(deps: AboutDeps): AboutFeature {
  const records = async (turn: Turn, page: number): Promise<Reply> => {
    const [own, named, { terms }] = await Promise.all([
      deps.ownRecords(turn),
      scansOf(deps.scans, turn),
      deps.organisationSettings.of(turn.tenant),
    ]);
    // For most who ask there is nothing, and nobody's zone to look up.
    const isAny = own.pointers.length > 0 || named.scans.length > 0;
    const zone = isAny ? await zoneOf(deps, turn) : deps.zone;
    const views = [...viewsOf(forCard(own), terms, zone), ...scanViewsOf(named.scans, turn.person, zone)];
    return show(
      recordsCard(turn.lang, views, { asked: page, unreadable: own.unreadable || named.unreadable }),
    );
  };
  return {
    shownByWords: async (turn) => {
      const text = turn.said.kind === 'text' ? turn.said.text : '';
      return saidOf(text, sayingsIn(turn.lang).about) === null ? null : records(turn, 0);
    },
    'about.records': (turn) => records(turn, turn.data.page),
    'about.show': (turn) =>
      withAgreementAbout(deps, { turn, where: turn.data }, ({ record }, manager) =>
        showShared(turn, { agreement: record, manager, notice: '' }),
      ),
    'about.confirm': (turn) =>
      withAgreementAbout(deps, { turn, where: turn.data }, async (found, manager) => {
        const change = { what: 'confirmed', version: turn.data.version } as const;
        const written = await writeChange(deps, {
          found,
          change,
          at: contextForOther(deps.zone, manager, turn.now),
        });
        if (written.kind === 'gone') return notThere(turn, messagesFor(turn.lang).about.gone);
        const { kind, record } = written;
        const notice =
          kind === 'done' ? thanks(turn, record, 'confirmed') : messagesFor(turn.lang).agreement.changed;
        return showShared(turn, { agreement: record, manager, notice });
      }),
    'about.ask-change': (turn) =>
      withAgreementAbout(deps, { turn, where: turn.data }, ({ record }, manager) => {
        // What they asked for and was not dealt with yet is what they go on from.
        const request = openRequest(record);
        const asked = { change: request?.subjects.join(',') ?? '', note: request?.note ?? '' };
        return askChange(turn, record, manager, { ...NOTHING_WRONG, ...asked });
      }),
    'about.change': (turn) =>
      withAgreementAbout(deps, { turn, where: turn.data }, async (found, manager) => {
        const subjects = readChoices(turn.data.change, ({ about }) => about.change) ?? [];
        const note = oneLine(turn.data.note);
        const filled = { ...NOTHING_WRONG, change: subjects.join(','), note };
        const problems = {
          changeProblem: subjects.length === 0 ? ('choose' as const) : null,
          ...noteProblems(note, deps.screen),
        };
        if (problems.changeProblem !== null || problems.noteProblem !== null) {
          return askChange(turn, found.record, manager, { ...filled, ...problems });
        }
        const { version } = turn.data;
        const change = { what: 'change-asked', version, subjects, note } as const;
        const written = await writeChange(deps, {
          found,
          change,
          at: contextForOther(deps.zone, manager, turn.now),
        });
        if (written.kind === 'gone') return notThere(turn, messagesFor(turn.lang).about.gone);
        const { kind, record } = written;
        return kind === 'done'
          ? showShared(turn, { agreement: record, manager, notice: thanks(turn, record, 'changeSent') })
          : askChange(turn, record, manager, { ...filled, notice: messagesFor(turn.lang).about.changedForm });
      }),
  };
}

type FilledIn = NoteProblems & {
  readonly change: string;
  readonly note: string;
  readonly changeProblem: ChangeProblem | null;
  readonly notice: string;
};
const NOTHING_WRONG = { changeProblem: null, noteProblem: null, refused: [], notice: '' };

function askChange(turn: Turn, agreement: Agreement, manager: Manager, filled: FilledIn): Reply {
  return show(changeCard(turn.lang, { agreement, manager: manager.person, ...filled }));
}

type NoteProblems = { readonly noteProblem: ChangeProblem | null; readonly refused: readonly string[] };

function noteProblems(note: string, screen: Screen): NoteProblems {
  if (note.length > NOTE_MAX) return { noteProblem: 'long', refused: [] };
  const refused = screen(note);
  return { noteProblem: refused.length > 0 ? 'screened' : null, refused };
}

function thanks(turn: Turn, agreement: Agreement, which: 'confirmed' | 'changeSent'): string {
  return format(turn.lang, messagesFor(turn.lang).about[which], {
    manager: escapeMarkdown(agreement.managerName),
  });
}
