/** A person that can be named: a name of one or more words. */
export type Named = { readonly name: string };

/** Who of some people a text names, by first name or whole name; a first name that two share brings both. */
export function namedIn<Person extends Named>(text: string, people: readonly Person[]): readonly Person[] {
  const words = new Set(wordsOf(text));
  const whole = ` ${wordsOf(text).join(' ')} `;
  return people.filter(({ name }) => {
    const parts = wordsOf(name);
    const [first = ''] = parts;
    return whole.includes(` ${parts.join(' ')} `) || (first.length > 1 && words.has(first));
  });
}

/** The first word with a capital that does not begin the text or the sentence: how a name is typed; empty if none. */
export function nameSaid(text: string): string {
  const [first = '', ...rest] = text.match(/[\p{L}\p{M}'’-]+/gu) ?? [];
  const named =
    rest.find((word) => /^\p{Lu}\p{Ll}/u.test(word)) ?? (/^\p{Lu}\p{Ll}/u.test(first) ? first : '');
  return named;
}

/** The first of some things of which a text has one of the sayings; null when it has none. Longest saying first. */
export function saidOf<Id extends string>(
  text: string,
  sayings: Readonly<Record<Id, readonly string[]>>,
): Id | null {
  const whole = ` ${wordsOf(text).join(' ')} `;
  const all = (Object.entries(sayings) as [Id, readonly string[]][])
    .flatMap(([id, phrases]) => phrases.map((phrase) => ({ id, phrase })))
    .sort((one, other) => other.phrase.length - one.phrase.length);
  return all.find(({ phrase }) => whole.includes(` ${phrase} `))?.id ?? null;
}

function wordsOf(text: string): string[] {
  return text.toLowerCase().match(/[\p{L}\p{M}\p{N}'’-]+/gu) ?? [];
}
