/** A stretch of a piece as its card shows it. */
export type ShownPart = {
  readonly title: string;
  readonly style: string;
  readonly text: string;
  readonly lines: readonly { readonly text: string }[];
  readonly rows: readonly { readonly name: string; readonly text: string }[];
};

/** Characters per line on a phone that is 320 pixels wide. */
const LETTERS_ON_A_LINE = 40;
/** The height budget of a card, in lines of text: one and a half screens of that phone. */
const MOST_LINES = 41;
/** Between two texts, above a part, and around one that stands apart, in lines. */
const SPACE = { text: 0.25, part: 0.8, apart: 1.2 };
/** What else stands on the card, in lines: the title is larger, a button has a frame, the source is smaller. */
const LARGER = { letters: 0.7, lines: 1.5 };
const BUTTON_LINES = 2;
const SMALLER_LINES = 0.85;
const REST_LINES = 4;

type Unit = { readonly lines: number; readonly of: Partial<ShownPart> };

/** What stands on a card beside its parts. */
export type Around = {
  readonly title: string;
  readonly lead: string;
  readonly source: string;
  readonly buttons: number;
  /** How many lines a drawing takes. */
  readonly drawing: number;
};

/**
 * Which parts of a piece are shown on its card and which are collapsed, so that the card fits one and a half screens. A
 * piece is written to be read from top to bottom, with what matters first, so that it can be cut after any sentence, line
 * or row of it: marking the place by hand in each of some 250 pieces would have to be done again whenever one is rewritten.
 */
export function foldParts(
  parts: readonly ShownPart[],
  around: Around,
): { readonly shown: readonly ShownPart[]; readonly folded: readonly ShownPart[] } {
  const before = linesAround(around);
  const all = before + parts.reduce((sum, part) => sum + sumOf(unitsOf(part)), 0);
  if (all <= MOST_LINES) return { shown: parts, folded: [] };
  const shown: ShownPart[] = [];
  let left = MOST_LINES - before - BUTTON_LINES;
  for (const [at, part] of parts.entries()) {
    const units = unitsOf(part);
    const most = units.findIndex((_, end) => sumOf(units.slice(0, end + 1)) > left);
    if (most === -1) {
      shown.push(part);
      left -= sumOf(units);
      continue;
    }
    // A title alone says nothing, and one text at least stands on the card, or its drawing.
    const least = at === 0 && around.drawing === 0 ? 1 : 0;
    const fits = Math.max(most, least);
    const head = fits === 0 ? [] : [joined(part, units.slice(0, fits), part.title)];
    const rest = fits === units.length ? [] : [joined(part, units.slice(fits), fits === 0 ? part.title : '')];
    return { shown: [...shown, ...head], folded: [...rest, ...parts.slice(at + 1)] };
  }
  return { shown, folded: [] };
}

function linesAround({ title, lead, source, buttons, drawing }: Around): number {
  const heading = Math.ceil(title.length / (LETTERS_ON_A_LINE * LARGER.letters)) * LARGER.lines;
  return (
    heading +
    linesFor(lead) +
    drawing +
    buttons * BUTTON_LINES +
    linesFor(source) * SMALLER_LINES +
    REST_LINES
  );
}

/** How many lines a text takes. */
function linesFor(text: string): number {
  // The address of a link is not shown.
  const letters = text.replace(/\]\([^)]*\)/gu, ']').length;
  return Math.ceil(letters / LETTERS_ON_A_LINE);
}

/** What can stand on its own, in order; the title goes with the first of them. */
function unitsOf({ title, style, text, lines, rows }: ShownPart): readonly Unit[] {
  const units: Unit[] = [
    ...(text === '' ? [] : [{ lines: linesFor(text), of: { text } }]),
    ...lines.map((line) => ({ lines: linesFor(line.text), of: { lines: [line] } })),
    ...rows.map((row) => ({ lines: linesFor(row.name) + linesFor(row.text), of: { rows: [row] } })),
  ];
  const above = SPACE.part + (style === 'default' ? 0 : SPACE.apart) + (title === '' ? 0 : linesFor(title));
  return units.map(({ lines, of }, at) => ({ lines: lines + SPACE.text + (at === 0 ? above : 0), of }));
}

function joined({ style }: ShownPart, units: readonly Unit[], title: string): ShownPart {
  return {
    title,
    style,
    text: units.map(({ of }) => of.text ?? '').join(''),
    lines: units.flatMap(({ of }) => of.lines ?? []),
    rows: units.flatMap(({ of }) => of.rows ?? []),
  };
}

function sumOf(units: readonly Unit[]): number {
  return units.reduce((sum, { lines }) => sum + lines, 0);
}
