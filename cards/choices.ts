import { LANGS, type Lang, type Messages, messagesFor } from './content/words.js';

export type Choice = { readonly title: string; readonly value: string };

/** The choices of a fixed list, in the order of its words: `{ id: words }` becomes title and value. */
export function choicesOf(words: Readonly<Record<string, string>>): Choice[] {
  return Object.entries(words).map(([value, title]) => ({ title, value }));
}

/** What was chosen, ids with commas between them, by its titles; what is none of them is left out. */
export function titlesOf(words: Readonly<Record<string, string>>, chosen: string): string {
  return chosen
    .split(',')
    .map((id) => (Object.hasOwn(words, id) ? words[id] : ''))
    .filter((title) => title !== '')
    .join(', ');
}

/** No list has so many; what is made by hand costs no more than that. */
const MOST_CHOSEN = 50;

/** The titles of a fixed list in the words of one language, by id: as the form shows them. */
type TitlesIn<Id extends string> = (words: Messages, lang: Lang) => Readonly<Record<Id, string>>;

/**
 * The one of a fixed list that a client sent: by its id, or by its very title in either language, which some clients
 * send instead. Null for anything else, an empty field among it: what is not understood is asked for again and never
 * taken for what is usual.
 */
export function readChoice<Id extends string>(typed: string, titlesIn: TitlesIn<Id>): Id | null {
  const wanted = typed.trim();
  if (wanted === '') return null;
  for (const lang of LANGS) {
    const titles = Object.entries(titlesIn(messagesFor(lang), lang)) as [Id, string][];
    const found = titles.find(([id, title]) => id === wanted || isSame(title, wanted));
    if (found !== undefined) return found[0];
  }
  return null;
}

/** The same where several may be chosen, with commas between them; each once, in the order of the list; null as soon as one of them is not understood. */
export function readChoices<Id extends string>(typed: string, titlesIn: TitlesIn<Id>): readonly Id[] | null {
  const parts = typed.trim() === '' ? [] : typed.split(',');
  if (parts.length > MOST_CHOSEN) return null;
  const found = new Set<Id>();
  for (let at = 0; at < parts.length; ) {
    // A title may have a comma of its own: the longest that fits is meant.
    const ends = Array.from({ length: parts.length - at }, (_, less) => parts.length - less);
    const end = ends.find((one) => readChoice(parts.slice(at, one).join(','), titlesIn) !== null);
    const choice = end === undefined ? null : readChoice(parts.slice(at, end).join(','), titlesIn);
    if (end === undefined || choice === null) return null;
    found.add(choice);
    at = end;
  }
  const inOrder = Object.keys(titlesIn(messagesFor('nl'), 'nl')) as Id[];
  return inOrder.filter((id) => found.has(id));
}

/** What a client sent with titles turned into ids, as a form shows it again; what is not understood stays as it came. */
export function asIds<Id extends string>(typed: string, titlesIn: TitlesIn<Id>): string {
  return readChoices(typed, titlesIn)?.join(',') ?? typed;
}

/** A field that is on or off; null where a client sent neither: it left the field out, and nobody switched it. */
export function readSwitch(typed: string): boolean | null {
  if (typed === ON || typed === 'true') return true;
  return typed === OFF || typed === 'false' ? false : null;
}
export const ON = 'yes';
export const OFF = 'no';

/** Comparing costs the square of the marks in a text; what is so much longer is another. */
function isSame(title: string, typed: string): boolean {
  return (
    typed.length <= 3 * title.length && title.localeCompare(typed, 'nl', { sensitivity: 'accent' }) === 0
  );
}
