/**
 * Whether the edit distance of two words is at most `most`: Damerau-Levenshtein with adjacent swaps (optimal string
 * alignment), each insertion, deletion, substitution or swap counting one. Stops as soon as it cannot be.
 */
export function isWithinEdits(one: string, other: string, most: number): boolean {
  if (Math.abs(one.length - other.length) > most) return false;
  let before: number[] = [];
  let last = Array.from({ length: other.length + 1 }, (_, at) => at);
  let leastOfLast = 0;
  for (let row = 1; row <= one.length; row++) {
    const now = [row];
    let leastOfRow = row;
    for (let column = 1; column <= other.length; column++) {
      const same = one[row - 1] === other[column - 1];
      const changed = (last[column - 1] ?? 0) + (same ? 0 : 1);
      let least = Math.min(changed, (last[column] ?? 0) + 1, (now[column - 1] ?? 0) + 1);
      const swapped = one[row - 1] === other[column - 2] && one[row - 2] === other[column - 1];
      if (row > 1 && column > 1 && swapped) least = Math.min(least, (before[column - 2] ?? 0) + 1);
      now.push(least);
      leastOfRow = Math.min(leastOfRow, least);
    }
    // Whatever follows comes from one of the two rows before it.
    if (leastOfRow > most && leastOfLast > most) return false;
    leastOfLast = leastOfRow;
    before = last;
    last = now;
  }
  return (last[other.length] ?? 0) <= most;
}

/** Which letters a word has, as a bit mask: what `mayBeSlips` compares. */
export function lettersOf(word: string): number {
  let letters = 0;
  for (let at = 0; at < word.length; at++) letters |= 1 << (word.charCodeAt(at) % 32);
  return letters;
}

/**
 * Whether two words can be within `most` edits, by their `lettersOf`: an edit changes two letters of the set at most. A
 * prefilter, far cheaper than `isWithinEdits`, that rules out nearly all.
 */
export function mayBeSlips(one: number, other: number, most: number): boolean {
  return bitsIn(one ^ other) <= 2 * most;
}

/** The population count, in parallel: a loop over the bits took most of the time of reading a long text. */
export function bitsIn(bits: number): number {
  const pairs = bits - ((bits >>> 1) & 0x55555555);
  const fours = (pairs & 0x33333333) + ((pairs >>> 2) & 0x33333333);
  return Math.imul((fours + (fours >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
}

/**
 * Makes the fuzzy search for the first of many phrases that is within `most` edits of what was said; with `sameStart` only
 * among those that begin with the same letter. Runs for every text that somebody types.
 */
export function createNearSearch(
  phrases: readonly string[],
): (said: string, most: number, sameStart?: boolean) => string | null {
  const known = phrases.map((phrase) => ({ phrase, letters: lettersOf(phrase) }));
  return (said, most, sameStart = false) => {
    const letters = lettersOf(said);
    const near = known.find(
      (one) =>
        mayBeSlips(letters, one.letters, most) &&
        (!sameStart || one.phrase[0] === said[0]) &&
        isWithinEdits(one.phrase, said, most),
    );
    return near?.phrase ?? null;
  };
}
