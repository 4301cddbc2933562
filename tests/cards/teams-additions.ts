/** The direction of a container belongs to 1.5 as well; the published schema knows it of other elements only. */
const ADDED: readonly string[] = ['choices.data', 'msteams', 'rtl'];

/**
 * A card without what Teams adds to the format and the official schema does not know. A choice set whose choices
 * Teams looks up gets one that stands for them: without any it would be no choice set.
 */
export function withoutTeamsAdditions(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutTeamsAdditions);
  if (typeof value !== 'object' || value === null) return value;
  // Shown by Teams on a computer; elsewhere its fallback is.
  if ('type' in value && value.type === 'CodeBlock' && 'fallback' in value) return value.fallback;
  const lookedUp = 'choices.data' in value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([name]) => !ADDED.includes(name))
      .map(([name, one]) =>
        lookedUp && name === 'choices'
          ? [name, [{ title: 'Looked up', value: 'looked-up' }]]
          : [name, withoutTeamsAdditions(one)],
      ),
  );
}
