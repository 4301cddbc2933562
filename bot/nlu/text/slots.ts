/** Sayings by the slot that they begin with, in their order: a text without it need not be read for them. */
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
