import { LANGS, type Lang, type Messages, messagesFor } from './content/words.js';

export type Choice = { readonly title: string; readonly value: string };

/** The choices of a fixed list, in the order of its words: `{ id: words }` becomes title and value. */
export function choicesOf(words: Readonly<Record<string, string>>): Choice[] {
  return Object.entries(words).map(([value, title]) => ({ title, value }));
}

/** The titles of a comma-separated list of ids; an unknown id is left out. */
export function titlesOf(words: Readonly<Record<string, string>>, chosen: string): string {
  return chosen
    .split(',')
    .map((id) => (Object.hasOwn(words, id) ? words[id] : ''))
    .filter((title) => title !== '')
    .join(', ');
}

/** More than any list has: a bound on the work that a forged payload can cause. */
const MOST_CHOSEN = 50;

/** The titles of a fixed list in the words of one language, by id: as the form shows them. */
type TitlesIn<Id extends string> = (words: Messages, lang: Lang) => Readonly<Record<Id, string>>;

/**
 * Which option of a fixed list a client sent: by its id, or by its title in either language, which some clients send
 * instead. Null for anything else, an empty field included: what is not understood is asked for again and never replaced
 * by the default.
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

/**
 * The same for a multi-select, comma-separated: each once, in the order of the list; null as soon as one of them is not
 * understood.
 */
export function readChoices<Id extends string>(typed: string, titlesIn: TitlesIn<Id>): readonly Id[] | null {
  const parts = typed.trim() === '' ? [] : typed.split(',');
  if (parts.length > MOST_CHOSEN) return null;
  const found = new Set<Id>();
  for (let at = 0; at < parts.length; ) {
    // A title may contain a comma: the longest match wins.
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

/** A multi-select as ids, to fill a form in again; one that is not understood stays as it was sent. */
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

/** Collation takes time quadratic in the combining marks of a text, so a much longer one is not compared at all. */
function isSame(title: string, typed: string): boolean {
  return (
    typed.length <= 3 * title.length && title.localeCompare(typed, 'nl', { sensitivity: 'accent' }) === 0
  );
}
