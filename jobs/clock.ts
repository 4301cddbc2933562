/** The clock of a machine may be off by so much from that of the tables before nothing is deleted any more. */
const MOST_AHEAD_MS = 24 * 3_600_000;

/**
 * Whether an instant can be now, by the clock of the tables' own service (instant; null when it tells none). A clock
 * that jumped years ahead would otherwise have every term behind it. One that is behind deletes too little, which the
 * next right night makes up for.
 */
export function isPlausible(at: string, serverTime: string | null): boolean {
  return serverTime !== null && Date.parse(at) - Date.parse(serverTime) <= MOST_AHEAD_MS;
}
