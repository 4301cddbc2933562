/** What the bot proves with who it is, and the last day (`YYYY-MM-DD`, UTC) on which that is taken. */
export type CredentialEnd = { readonly what: 'secret' | 'certificate'; readonly day: string };

/** An administrator hears of it so long before: time for a change that needs somebody's approval. */
const WARNED_BEFORE_DAYS = 42;
const DAY_MS = 24 * 3_600_000;

/** How many days are left, below 0 when it has ended; null while the end is not near. */
export function daysUntil({ day }: CredentialEnd, today: string): number | null {
  const days = Math.round((Date.parse(day) - Date.parse(today)) / DAY_MS);
  return days <= WARNED_BEFORE_DAYS ? days : null;
}
