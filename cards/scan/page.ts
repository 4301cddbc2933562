import { isPrimary, MOST_PRIMARY_ACTIONS } from '../action-sets.js';
import type { Button } from '../actions.js';
import type { Choice } from '../choices.js';
import type { Lang } from '../content/words.js';
import { type Card, fragment, template } from '../render.js';
import fieldJson from './field.template.json' with { type: 'json' };
import pageJson from './page.template.json' with { type: 'json' };
import rowJson from './row.template.json' with { type: 'json' };

/** A line of a card; `bold` stands above what belongs to it. */
export type Line = string | { readonly text: string; readonly bold: true };

export type ScanPage = {
  readonly title: string;
  /** What a notification says; the title where it is left out. */
  readonly summary?: string;
  /** What was just done; empty where nothing was. */
  readonly notice?: string;
  readonly problems?: string;
  readonly lines?: readonly Line[];
  /** Fields, bars and rows, in the order in which they stand. */
  readonly parts?: readonly unknown[];
  readonly buttons: readonly Button[];
  readonly note?: string;
};

const fillPage = template<Record<string, unknown>>(pageJson);

/** Every card of a team scan has this shape: what is said, what is asked or shown, and the ways on. */
export function scanPage(lang: Lang, page: ScanPage): Card {
  const { title, summary = title, notice = '', problems = '', lines = [], parts = [], note = '' } = page;
  const said = notice === '' ? summary : `${notice} ${summary}`;
  return fillPage(lang, said, {
    title,
    notice,
    problems,
    lines: lines.map((line) =>
      typeof line === 'string'
        ? { text: line, weight: 'Default', spacing: 'Default' }
        : { text: line.text, weight: 'Bolder', spacing: 'Medium' },
    ),
    hasParts: parts.length > 0,
    parts,
    // Clients move what comes after the sixth action of a set into the overflow menu, whatever its mode.
    buttons: page.buttons.length > MOST_PRIMARY_ACTIONS ? page.buttons.filter(isPrimary) : page.buttons,
    more: page.buttons.length > MOST_PRIMARY_ACTIONS ? page.buttons.filter((one) => !isPrimary(one)) : [],
    hasMore: page.buttons.length > MOST_PRIMARY_ACTIONS,
    note,
  });
}

/** A list of more is opened to choose from: the thirteen characteristics still stand there, a whole department does not. */
const MOST_AT_ONCE = 13;
const fillField = fragment<Record<string, unknown>>(fieldJson);

export type Field = {
  readonly kind: 'text' | 'day' | 'one' | 'several' | 'people';
  readonly id: string;
  readonly label: string;
  readonly value: string;
  readonly choices?: readonly Choice[];
  readonly placeholder?: string;
  /** The first day that can be chosen. */
  readonly min?: string;
  /** What a client says of a day before that. */
  readonly error?: string;
  readonly problem?: string;
  readonly hint?: string;
};

/** One field with what is wrong with it under it. */
export function field({
  choices = [],
  placeholder = '',
  min = '',
  error = '',
  problem = '',
  hint = '',
  ...rest
}: Field) {
  const style = choices.length > MOST_AT_ONCE ? 'compact' : 'expanded';
  return fillField({ ...rest, choices, style, placeholder, min, error, problem, hint });
}

const fillRow = fragment<Record<string, unknown>>(rowJson);

/**
 * Something to open, with a line about it. The title alone is what is pressed: of what lies within a press a screen reader
 * says the press's own title, and nothing else that stands there.
 */
export function row(title: string, text: string, press: Button) {
  return fillRow({ title, text, press });
}
