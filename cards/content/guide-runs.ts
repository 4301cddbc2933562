import { createHash } from 'node:crypto';

/** A run of this many words in a row is copied, not told. */
export const COPIED_WORDS = 8;
/** 40 bits: of all our texts together not one run in a thousand builds is taken for a guide's by chance. */
const HASH_BYTES = 5;

/** Every run of eight words of the guides, hashed: enough to find a copied sentence by, and no text of theirs. */
export type GuideRuns = {
  /** How many runs each guide has, by its file; a guide that changed is told by it. */
  readonly guides: Readonly<Record<string, number>>;
  /** The hashes, sorted, as base64. */
  readonly hashes: string;
};

/** The runs of guides, given as their whole texts by the names of their files. */
export function guideRuns(guides: Readonly<Record<string, string>>): GuideRuns {
  const counted = Object.entries(guides).map(([name, text]) => [name, runHashes(text)] as const);
  const all = [...new Set(counted.flatMap(([, hashes]) => hashes))].sort();
  return {
    guides: Object.fromEntries(counted.map(([name, hashes]) => [name, hashes.length])),
    hashes: Buffer.from(all.join(''), 'hex').toString('base64'),
  };
}

export function readGuideRuns({ hashes }: GuideRuns): ReadonlySet<string> {
  const hex = Buffer.from(hashes, 'base64').toString('hex');
  return new Set(hex.match(new RegExp(`.{${2 * HASH_BYTES}}`, 'g')) ?? []);
}

/** The hashes of the runs of a text; case, marks and line breaks do not count. */
export function runHashes(text: string): string[] {
  const words = text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
  return words.slice(0, Math.max(0, words.length - COPIED_WORDS + 1)).map((_, at) =>
    createHash('sha256')
      .update(words.slice(at, at + COPIED_WORDS).join(' '))
      .digest('hex')
      .slice(0, 2 * HASH_BYTES),
  );
}
