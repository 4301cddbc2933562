/**
 * The same function of a word, which works out each word once. For reading our own texts at the start only: of what
 * people type nothing is remembered, since it would be a trace of what they asked.
 */
export function remembered(of: (word: string) => string): (word: string) => string {
  const known = new Map<string, string>();
  return (word) => {
    const before = known.get(word);
    if (before !== undefined) return before;
    const found = of(word);
    known.set(word, found);
    return found;
  };
}
