import { format, LANGS } from './content/words.js';
import type { HelpLang } from './crisis/danger-kinds.js';

type Part = Record<string, unknown>;

/** The value that a sentence above a form names the fields by: it stands in the words as they are written. */
const NAMES_FIELDS = '{fields';
/** So many fields fit in one sentence; the others are counted. */
const MOST_NAMED = 3;

/**
 * Puts the names of the fields that have a message into the sentence above a form that came back. Whoever reads it on a phone,
 * or hears it, does not see which field it means. Done once a card is filled, since every form has its fields in its own order
 * and some of them come from other templates: a list kept beside each form would miss the one that was added last.
 */
export function withNamedFields(lang: HelpLang, card: unknown): unknown {
  const own = LANGS.find((one) => one === lang);
  if (own === undefined) return card;
  const bars: Part[] = [];
  const names: string[] = [];
  read((card as { readonly body: unknown }).body, '', { bars, names });
  const shown = names.slice(0, MOST_NAMED).map((name) => `‘${name}’`);
  for (const bar of bars) {
    bar.text = format(own, String(bar.text), {
      count: shown.length,
      more: names.length - shown.length,
      fields: new Intl.ListFormat(own, { type: 'unit' }).format(shown),
    });
  }
  return card;
}

type Found = { readonly bars: Part[]; readonly names: string[] };

/** Reads elements in the order in which they stand; `heading` is what stands above the fields of one of several rows. */
function read(part: unknown, heading: string, found: Found): void {
  if (Array.isArray(part)) {
    let field: string | null = null;
    let under = heading;
    for (const one of part as readonly Part[]) {
      if (isBar(one)) found.bars.push(one);
      if (isMessage(one) && field !== null) found.names.push(field);
      if (isRowHeading(one)) under = `${one.text}: `;
      const label = labelIn(one);
      field = label === null ? (isMessage(one) ? null : field) : `${under}${label}`;
      read(one, under, found);
    }
    return;
  }
  if (typeof part !== 'object' || part === null) return;
  const { items, columns } = part as Part;
  for (const inner of [items, columns]) {
    // What stands above one row says nothing of the next.
    if (inner !== undefined) read(inner, (part as Part).separator === true ? '' : heading, found);
  }
}

function isBar({ type, text }: Part): boolean {
  return type === 'TextBlock' && typeof text === 'string' && text.includes(NAMES_FIELDS);
}

/** What is wrong with a field stands under it. */
function isMessage({ type, color, weight, spacing }: Part): boolean {
  return type === 'TextBlock' && color === 'Attention' && weight === 'Bolder' && spacing === 'Small';
}

/** Above the fields of one of several rows, as "Agreement 2". */
function isRowHeading({ type, weight, spacing, color, style }: Part): boolean {
  return (
    type === 'TextBlock' &&
    weight === 'Bolder' &&
    spacing === 'Medium' &&
    color === undefined &&
    style === undefined
  );
}

/** The label of the last field in an element, without what it says in brackets; null where there is no field. */
function labelIn(part: Part): string | null {
  const { type, label, title, items } = part;
  if (typeof type === 'string' && type.startsWith('Input.')) {
    const text = type === 'Input.Toggle' ? title : label;
    return String(text ?? '')
      .replace(/\s*\([^)]*\)\s*$/u, '')
      .trim();
  }
  const labels = Array.isArray(items) ? (items as readonly Part[]).map(labelIn) : [];
  return labels.findLast((one) => one !== null) ?? null;
}
