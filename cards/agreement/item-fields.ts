import { numberedName } from '../actions.js';
import { choicesOf } from '../choices.js';
import { format, type Lang, messagesFor } from '../content/words.js';
import { stripMarkdown } from '../plain.js';
import { fragment } from '../render.js';
import json from './item-fields.template.json' with { type: 'json' };
import { type Problems, problemText } from './problems.js';

/** The field takes more, and says so: a client that cuts what is pasted says nothing. */
export const WHAT_MAX = 200;

/** One agreement as it is filled in: everything as typed. */
export type ItemTyped = {
  readonly what: string;
  readonly who: string;
  readonly from: string;
  readonly by: string;
};
export type ItemFieldsData = {
  readonly items: readonly ItemTyped[];
  /** Of the employee, whose name is one of the answers to who does it. */
  readonly name: string;
  readonly problems: Problems;
};

const fillFragment = fragment<{ items: Record<string, unknown>[] }>(json);

/** For each agreement its text, who does it, and from which day until which. */
export function itemFields(lang: Lang, { items, name, problems }: ItemFieldsData): readonly unknown[] {
  const words = messagesFor(lang).agreement;
  const employee = { name: stripMarkdown(name) };
  return fillFragment({
    items: items.map(({ what, who, from, by }, index) => {
      const [whatId, whoId, fromId, byId] = [
        numberedName('what', index),
        numberedName('who', index),
        numberedName('from', index),
        numberedName('by', index),
      ];
      return {
        heading: format(lang, words.itemTitle, { n: index + 1 }),
        whatId,
        whatLabel: format(lang, words.what, { max: WHAT_MAX }),
        whatHint: words.whatHint,
        what,
        whatProblem: problemText(lang, problems[whatId]),
        // The whole warning stands right above the first.
        warningShort: index === 0 ? '' : words.warningShort,
        whoId,
        whoLabel: words.who,
        whoChoices: choicesOf(words.whoIs).map(({ title, value }) => ({
          title: format(lang, title, employee),
          value,
        })),
        choose: words.choose,
        who,
        whoProblem: problemText(lang, problems[whoId]),
        fromId,
        fromLabel: words.from,
        from,
        fromProblem: problemText(lang, problems[fromId]),
        byId,
        byLabel: words.by,
        by,
        byProblem: problemText(lang, problems[byId]),
      };
    }),
  });
}
