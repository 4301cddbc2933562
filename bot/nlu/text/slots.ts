/** Sayings by their first slot, in their order: those whose first slot a text does not fill need not be looked for. */
export function byFirstSlot<Saying extends { readonly slots: readonly string[] }>(
  sayings: readonly Saying[],
): ReadonlyMap<string, readonly Saying[]> {
  const found = new Map<string, Saying[]>();
  for (const saying of sayings) {
    const slot = saying.slots[0] ?? '';
    const list = found.get(slot);
    if (list === undefined) found.set(slot, [saying]);
    else list.push(saying);
  }
  return found;
}
