/**
 * Makes the correction of typing errors: two letters swapped ("vragne"), one letter missing ("vragn") or doubled, or a word
 * spelt as it sounds ("wijgeren"). It runs on whole words, before stemming: of an error in the ending a stemmer makes
 * another word. `known` holds the words of our own texts.
 */
export function createTyping(known: ReadonlySet<string>): (word: string) => string {
  const bySound = new Map<string, string>();
  // Each word with a letter left out, listed, would be eight times as many words as there are.
  const alike = new Map<string, string[]>();
  for (const word of known) {
    if (word.length < SHORTEST) continue;
    if (!bySound.has(soundOf(word))) bySound.set(soundOf(word), word);
    const key = keyOf(word, word.length);
    const others = alike.get(key);
    if (others === undefined) alike.set(key, [word]);
    else others.push(word);
  }
  return (word) => {
    if (known.has(word) || word.length < SHORTEST || word.length > LONGEST || !LETTERS.test(word))
      return word;
    const swapped = swaps(word).find((other) => known.has(other));
    const sounds = bySound.get(soundOf(word));
    const longer = word.length >= SHORTEST_MISSING ? (alike.get(keyOf(word, word.length + 1)) ?? []) : [];
    const missing = longer.find((other) => isWithoutOne(word, other));
    return swapped ?? sounds ?? missing ?? word;
  };
}

const SHORTEST = 4;
/** A shorter word with a letter less is another word. */
const SHORTEST_MISSING = 5;
const LONGEST = 24;
const LETTERS = /^\p{L}+$/u;

function swaps(word: string): readonly string[] {
  return Array.from(
    { length: word.length - 1 },
    (_, at) => `${word.slice(0, at)}${word[at + 1]}${word[at]}${word.slice(at + 2)}`,
  );
}

/** Typing errors seldom touch the first letter. */
function keyOf(word: string, length: number): string {
  return `${word.slice(0, 1)}${length}`;
}

/** Whether the first is the second with one letter left out. */
function isWithoutOne(less: string, word: string): boolean {
  let at = 0;
  while (at < less.length && less[at] === word[at]) at += 1;
  return less.slice(at) === word.slice(at + 1);
}

/** A phonetic key: Dutch sounds that are spelt in more than one way, spelt in one. */
function soundOf(word: string): string {
  return word
    .replace(/ij/g, 'ei')
    .replace(/au/g, 'ou')
    .replace(/dt$/, 't')
    .replace(/d$/, 't')
    .replace(/ch/g, 'g')
    .replace(/(.)\1/g, '$1');
}
