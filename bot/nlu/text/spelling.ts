import { isWithinEdits } from './edit-distance.js';

const SHORTEST_CORRECTED = 6;
const TWO_EDITS_FROM = 9;
const SHORTEST_PART = 4;
/** What Dutch puts between the parts of a compound: "gesprek-s-leidraad", "ziekte-n-lijst". */
const LINKS = ['', 's', 'e', 'en'] as const;

/**
 * Makes the spelling correction of words that no example has: a compound falls into parts that are known
 * ("terugkijkmoment"), a misspelt word becomes the known one nearest to it ("werkaanpasing"); any other stays as it is.
 */
export function createSpelling(known: ReadonlySet<string>): (word: string) => readonly string[] {
  const byStart = new Map<string, string[]>();
  for (const word of known) {
    if (word.length < SHORTEST_CORRECTED) continue;
    const others = byStart.get(startOf(word)) ?? [];
    others.push(word);
    byStart.set(startOf(word), others);
  }
  return (word) => {
    if (known.has(word) || word.length < SHORTEST_CORRECTED) return [word];
    const meant = nearest(word, byStart.get(startOf(word)) ?? []);
    return meant ? [meant] : (parts(word, known) ?? [word]);
  };
}

// Misspellings seldom touch the first two letters, and comparing only words that share those keeps this cheap.
function startOf(word: string): string {
  return word.slice(0, 2);
}

function nearest(word: string, candidates: readonly string[]): string | undefined {
  const once = candidates.find((candidate) => isWithinEdits(word, candidate, 1));
  if (once || word.length < TWO_EDITS_FROM) return once;
  return candidates.find(
    (candidate) => candidate.length >= TWO_EDITS_FROM && isWithinEdits(word, candidate, 2),
  );
}

function parts(word: string, known: ReadonlySet<string>): readonly string[] | undefined {
  for (let at = word.length - SHORTEST_PART; at >= SHORTEST_PART; at--) {
    const right = word.slice(at);
    if (!known.has(right)) continue;
    const link = LINKS.find(
      (end) => word.slice(0, at).endsWith(end) && known.has(word.slice(0, at - end.length)),
    );
    if (link !== undefined) return [word.slice(0, at - link.length), right];
  }
  return undefined;
}
