import { type Button, button } from '../actions.js';
import { format, type Lang, messagesFor } from '../content/words.js';
import { noticeWithButtons } from '../notice/notice.card.js';
import { escapeMarkdown } from '../plain.js';
import { type Card, template } from '../render.js';
import { changeLine, type OrganisationChange } from './changes.js';
import type { TermLimits } from './defaults.card.js';
import { type HrProblem, hrProblem } from './hr-view.js';
import json from './import.template.json' with { type: 'json' };

/** What is wrong with something that was pasted: where, and what. */
export type ImportProblem =
  | {
      readonly id: 'importNoJson' | 'importUnknown' | 'importShape' | 'importDouble' | 'importDay';
      readonly field: string;
    }
  | { readonly id: 'importField'; readonly field: string; readonly problem: HrProblem };

export type ImportData = {
  /** As it was pasted. */
  readonly pasted: string;
  readonly outcome:
    | { readonly kind: 'asked' }
    | { readonly kind: 'wrong'; readonly problems: readonly ImportProblem[] }
    | { readonly kind: 'same' }
    /** What would change, to be saved or not; `conflict` when somebody wrote since it was last shown. */
    | {
        readonly kind: 'changes';
        readonly changes: readonly OrganisationChange[];
        readonly limits: readonly TermLimits[];
        readonly seen: string;
        readonly etag: string;
        readonly conflict: boolean;
      };
};

type Line = { text: string };
const fillTemplate = template<{
  title: string;
  intro: string;
  alert: string;
  about: string;
  lines: Line[];
  more: string;
  label: string;
  pasted: string;
  buttons: Button[];
}>(json);
/** What the lines and what was pasted may take together: the card stays within its size. */
const ROOM_BYTES = 23 * 1024;
/** What stands around a line. */
const LINE_BYTES = 90;
/** Of what is wrong with it a name may be anything. */
const FIELD_MAX = 60;

/** Brings in what was exported: pasted, looked at, and only then saved. What was pasted stays in the field. */
export function importCard(lang: Lang, { pasted, outcome }: ImportData): Card {
  const { hr: words } = messagesFor(lang);
  const lines = linesOf(lang, outcome);
  const named = fitting(lines, ROOM_BYTES - bytesOf(pasted));
  const left = lines.length - named.length;
  const wrong = outcome.kind === 'wrong' ? format(lang, words.importWrong, { count: lines.length }) : '';
  const conflict = outcome.kind === 'changes' && outcome.conflict;
  const check = button(
    lang,
    'hr.import-check',
    words.importCheck,
    {},
    { secondary: outcome.kind === 'changes' },
  );
  return fillTemplate(lang, words.importTitle, {
    title: words.importTitle,
    intro: words.importIntro,
    alert: conflict ? words.conflict : wrong,
    about:
      outcome.kind === 'same' ? words.importNothing : outcome.kind === 'changes' ? words.importChanges : '',
    lines: named.map((text) => ({ text })),
    more: left > 0 ? format(lang, words.importMore, { count: left }) : '',
    label: words.importLabel,
    pasted,
    buttons: [
      ...(outcome.kind === 'changes'
        ? [button(lang, 'hr.import-save', words.importSave, { seen: outcome.seen, etag: outcome.etag })]
        : []),
      check,
      button(lang, 'hr.show', words.back, {}, { withoutInputs: true, secondary: true }),
    ],
  });
}

/** After it was saved. */
export function importedCard(lang: Lang): Card {
  const { hr: words } = messagesFor(lang);
  return noticeWithButtons(lang, {
    title: words.importTitle,
    sentence: words.imported,
    buttons: [button(lang, 'hr.show', words.back, {})],
  });
}

function linesOf(lang: Lang, outcome: ImportData['outcome']): string[] {
  if (outcome.kind === 'wrong') return outcome.problems.map((one) => problemLine(lang, one));
  if (outcome.kind !== 'changes') return [];
  return outcome.changes.map((one) => changeLine(lang, one, outcome.limits));
}

function fitting(lines: readonly string[], bytes: number): string[] {
  let room = bytes;
  return lines.filter((line) => {
    room -= bytesOf(line) + LINE_BYTES;
    return room >= 0;
  });
}

function bytesOf(text: string): number {
  return Buffer.byteLength(JSON.stringify(text));
}

function problemLine(lang: Lang, one: ImportProblem): string {
  const { hr: words } = messagesFor(lang);
  const field = escapeMarkdown(one.field.slice(0, FIELD_MAX));
  if (one.id === 'importNoJson') return words.importNoJson;
  const problem = one.id === 'importField' ? hrProblem(lang, one.problem) : '';
  return format(lang, words[one.id], { field, problem });
}
