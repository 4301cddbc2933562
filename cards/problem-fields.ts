import { format, LANGS, type Lang, messagesFor } from './content/words.js';
import type { HelpLang } from './crisis/danger-kinds.js';

type Part = Record<string, unknown>;

/** The placeholder for the names of the fields in a sentence above a form, as the messages have it. */
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
  const { body } = card as { readonly body: unknown };
  const bars: Part[] = [];
  findBars(body, sentencesOf(own), bars);
  if (bars.length === 0) return card;
  const names: string[] = [];
  read(body, '', names);
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

const sentences = new Map<Lang, ReadonlySet<string>>();

/**
 * The sentences of ours that name fields. A text is one of them only if it is so letter for letter: what people typed may
 * hold the same mark, and is no sentence to be filled in.
 */
function sentencesOf(lang: Lang): ReadonlySet<string> {
  const known =
    sentences.get(lang) ?? new Set(textsIn(messagesFor(lang)).filter((text) => text.includes(NAMES_FIELDS)));
  sentences.set(lang, known);
  return known;
}

function textsIn(words: unknown): readonly string[] {
  if (typeof words === 'string') return [words];
  return typeof words === 'object' && words !== null ? Object.values(words).flatMap(textsIn) : [];
}

/** Into one list: every card goes through here, and nearly none has a bar. */
function findBars(part: unknown, known: ReadonlySet<string>, bars: Part[]): void {
  if (Array.isArray(part)) {
    for (const one of part) findBars(one, known, bars);
    return;
  }
  if (typeof part !== 'object' || part === null) return;
  const { type, text, items, columns } = part as Part;
  if (type === 'TextBlock') {
    if (typeof text === 'string' && known.has(text)) bars.push(part as Part);
    return;
  }
  findBars(items, known, bars);
  findBars(columns, known, bars);
}

/** Reads elements in the order in which they stand; `heading` is what stands above the fields of one of several rows. */
function read(part: unknown, heading: string, names: string[]): void {
  if (Array.isArray(part)) {
    let field: string | null = null;
    let under = heading;
    for (const one of part as readonly Part[]) {
      if (isMessage(one) && field !== null) names.push(field);
      if (isRowHeading(one)) under = `${one.text}: `;
      const label = labelIn(one);
      field = label === null ? (isMessage(one) ? null : field) : `${under}${label}`;
      read(one, under, names);
    }
    return;
  }
  if (typeof part !== 'object' || part === null) return;
  const { items, columns } = part as Part;
  for (const inner of [items, columns]) {
    // What stands above one row says nothing of the next.
    if (inner !== undefined) read(inner, (part as Part).separator === true ? '' : heading, names);
  }
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
