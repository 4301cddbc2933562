/**
 * Makes the mender of words as they are typed in haste: two letters changed places ("vragne"), one letter lacks or is
 * doubled ("vragn"), or a word is written by its sound ("wijgeren"). It looks at whole words, before their ending is
 * taken off: of a slip in the ending a stemmer makes another word. `known` holds the words of our own texts.
 */
export function createTyping(known: ReadonlySet<string>): (word: string) => string {
  const bySound = new Map<string, string>();
  const byLess = new Map<string, string>();
  for (const word of known) {
    if (word.length < SHORTEST) continue;
    if (!bySound.has(soundOf(word))) bySound.set(soundOf(word), word);
    for (const less of withoutOne(word)) if (!byLess.has(less)) byLess.set(less, word);
  }
  return (word) => {
    if (known.has(word) || word.length < SHORTEST || word.length > LONGEST || !LETTERS.test(word))
      return word;
    const swapped = swaps(word).find((other) => known.has(other));
    const sounds = bySound.get(soundOf(word));
    const lacks = word.length >= SHORTEST_LACKING ? byLess.get(word) : undefined;
    return swapped ?? sounds ?? lacks ?? word;
  };
}

const SHORTEST = 4;
/** Of a word as short as this a letter less is another word. */
const SHORTEST_LACKING = 5;
const LONGEST = 24;
const LETTERS = /^\p{L}+$/u;

function swaps(word: string): readonly string[] {
  return Array.from(
    { length: word.length - 1 },
    (_, at) => `${word.slice(0, at)}${word[at + 1]}${word[at]}${word.slice(at + 2)}`,
  );
}

/** With each letter but the first left out: who types in haste still begins a word as it begins. */
function withoutOne(word: string): readonly string[] {
  return Array.from({ length: word.length - 1 }, (_, at) => word.slice(0, at + 1) + word.slice(at + 2));
}

/** What Dutch writes in two ways and says in one. */
function soundOf(word: string): string {
  return word
    .replace(/ij/g, 'ei')
    .replace(/au/g, 'ou')
    .replace(/dt$/, 't')
    .replace(/d$/, 't')
    .replace(/ch/g, 'g')
    .replace(/(.)\1/g, '$1');
}
