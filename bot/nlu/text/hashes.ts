const FNV_PRIME = 0x01000193;
const MIX = 0x27d4eb2d;

/** FNV-1a over UTF-16 code units, 32 bits; `seed` takes the place of the offset basis. */
export function hashOf(text: string, seed: number): number {
  let hash = seed | 0;
  for (let at = 0; at < text.length; at += 1) hash = Math.imul(hash ^ text.charCodeAt(at), FNV_PRIME);
  return hash;
}

/** Combines the hashes of two features into that of the pair; `how` tells one kind of pair from another. */
export function both(one: number, other: number, how: number): number {
  return Math.imul(Math.imul(one ^ (how * MIX), FNV_PRIME) ^ (other >>> 3) ^ other, MIX);
}

/** The hashing trick: one of 2^bits buckets, by all bits of the hash mixed into the low ones. */
export function bucketOf(hash: number, bits: number): number {
  const mixed = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d);
  const folded = mixed ^ (mixed >>> 12);
  return (folded ^ (folded >>> bits)) & ((1 << bits) - 1);
}

/**
 * The hash of each character n-gram of a word, of `fewest` to `most` letters, its ends marked. Words share n-grams through
 * typing errors, endings and the parts of compounds. A rolling hash: each n-gram continues the shorter one that begins
 * at the same letter.
 */
export function eachRun(
  word: string,
  seed: number,
  { fewest, most }: { readonly fewest: number; readonly most: number },
  add: (hash: number) => void,
): void {
  const fenced = `^${word}$`;
  for (let from = 0; from + fewest <= fenced.length; from += 1) {
    let hash = seed;
    const end = Math.min(fenced.length, from + most);
    for (let at = from; at < end; at += 1) {
      hash = Math.imul(hash ^ fenced.charCodeAt(at), FNV_PRIME);
      if (at - from + 1 >= fewest) add(hash);
    }
  }
}
