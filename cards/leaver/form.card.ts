import { type Button, button, type LeavingTyped } from '../actions.js';
import { type Choice, choicesOf } from '../choices.js';
import { format, type Lang, messagesFor } from '../content/words.js';
import { stripMarkdown } from '../plain.js';
import { type Card, template } from '../render.js';
import { NAME_MAX } from '../who/who-fields.js';
import json from './form.template.json' with { type: 'json' };
import { type HandoverView, leaverLine, stateLine, whatLine } from './handover-view.js';

type ProblemId = keyof ReturnType<typeof messagesFor>['leaver']['problem'];
/** Validation errors by field; `words` are those that do not belong in a name. */
export type LeavingProblems = {
  readonly leaver?: ProblemId;
  readonly what?: ProblemId;
  readonly successor?: ProblemId;
  readonly name?: ProblemId;
  readonly words?: string;
};

type RequestLine = { who: string; what: string; state: string; open: string; press: Button };
const fillTemplate = template<Record<string, string | number | Choice[] | Button[] | RequestLine[]>>(json);
/** What is shown of what was asked for before; the rest is over. */
const MOST_REQUESTS = 6;

/** To HR: what was asked for before, and who leaves, with what is to become of the agreements that still run. */
export function leaverFormCard(
  lang: Lang,
  typed: LeavingTyped,
  { problems, requests }: { readonly problems: LeavingProblems; readonly requests: readonly HandoverView[] },
): Card {
  const { leaver: words } = messagesFor(lang);
  const problem = (field: Exclude<keyof LeavingProblems, 'words'>): string => {
    const id = problems[field];
    const values = { max: NAME_MAX, words: stripMarkdown(problems.words ?? '') };
    return id === undefined ? '' : format(lang, words.problem[id], values);
  };
  return fillTemplate(lang, words.title, {
    title: words.title,
    intro: words.intro,
    requestsTitle: requests.length === 0 ? '' : words.requestsTitle,
    requests: requests.slice(0, MOST_REQUESTS).map((handover) => ({
      who: leaverLine(lang, handover),
      what: whatLine(lang, handover),
      state: stateLine(lang, handover),
      open: words.look,
      press: button(lang, 'leaver.request', words.look, { leaver: handover.leaver }),
    })),
    leaverLabel: words.leaverLabel,
    leaver: typed.leaver,
    leaverMissing: words.problem.leaver,
    leaverProblem: problem('leaver'),
    personHint: words.personHint,
    whatLabel: words.whatLabel,
    whatChoices: choicesOf(words.what),
    what: typed.what,
    whatMissing: words.problem.what,
    whatProblem: problem('what'),
    successorLabel: words.successorLabel,
    successor: typed.successor,
    successorProblem: problem('successor'),
    nameLabel: words.nameLabel,
    nameHint: words.nameHint,
    name: typed.name,
    nameProblem: problem('name'),
    buttons: [
      button(lang, 'leaver.ask', words.next, {}),
      button(lang, 'figures.show', words.figures, {}, { withoutInputs: true, secondary: true }),
    ],
  });
}
