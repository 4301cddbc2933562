import { button } from '../../../cards/actions.js';
import { messagesFor } from '../../../cards/content/words.js';
import { noticeWithButtons } from '../../../cards/notice/notice.card.js';
import type { Scan } from '../../domain/scan.js';
import { type Reply, show } from '../../reply.js';
import type { Scans } from '../../store/scans.js';
import type { Versioned } from '../../store/tables/row-mapping.js';
import type { Turn } from '../../turn.js';

/** The scan if whoever acts started it; null otherwise: "not yours" is "not there". */
export async function ownScan(
  { scans }: { readonly scans: Pick<Scans, 'get'> },
  { tenant, person }: Pick<Turn, 'tenant' | 'person'>,
  id: string,
): Promise<Versioned<Scan> | null> {
  const found = await scans.get(tenant, id);
  return found?.record.manager === person ? found : null;
}

/** The same for whoever may know of it: who started it, and everybody who was asked. */
export async function knownScan(
  { scans }: { readonly scans: Pick<Scans, 'get'> },
  { tenant, person }: Pick<Turn, 'tenant' | 'person'>,
  id: string,
): Promise<Scan | null> {
  const found = id === '' ? null : await scans.get(tenant, id);
  return found !== null && mayKnow(found.record, person) ? found.record : null;
}

export function mayKnow({ manager, asked }: Scan, person: string): boolean {
  return manager === person || asked.includes(person);
}

/** Something to say of a scan, with the way to all of them. */
export function sayOfScan(turn: Turn, sentence: string): Reply {
  const { scan: words } = messagesFor(turn.lang);
  return show(
    noticeWithButtons(turn.lang, words.title, sentence, [button(turn.lang, 'scan.open', words.home, {})]),
  );
}

/** It is not there, or not theirs to know of. */
export function scanGone(turn: Turn): Reply {
  return sayOfScan(turn, messagesFor(turn.lang).scan.gone);
}

/** To whoever may know of it: there is no outcome yet, or there will be none. */
export function noOutcome(turn: Turn, scan: Pick<Scan, 'status'>): Reply {
  const { scan: words } = messagesFor(turn.lang);
  return sayOfScan(turn, scan.status === 'dropped' ? words.dropped : words.outcome.notYet);
}
