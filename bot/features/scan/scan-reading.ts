import { type Button, button } from '../../../cards/actions.js';
import { messagesFor } from '../../../cards/content/words.js';
import { noticeWithButtons } from '../../../cards/notice/notice.card.js';
import { outcomeCard } from '../../../cards/scan/outcome.card.js';
import { concernsPerson, type Scan } from '../../domain/scan.js';
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
  return found !== null && concernsPerson(found.record, person) ? found.record : null;
}

/** Something to say of a scan, with the way to all of them, after `before`. */
export function sayOfScan(turn: Turn, sentence: string, before: readonly Button[] = []): Reply {
  const { scan: words } = messagesFor(turn.lang);
  const all = button(turn.lang, 'scan.open', words.home, {});
  return show(noticeWithButtons(turn.lang, { title: words.title, sentence, buttons: [...before, all] }));
}

/** It is not there, or not theirs to know of. */
export function scanGone(turn: Turn): Reply {
  return sayOfScan(turn, messagesFor(turn.lang).scan.gone);
}

/** To whoever may know of it: there is no outcome yet, or there will be none. */
export function noOutcome(turn: Turn, { status, droppedWhy }: Pick<Scan, 'status' | 'droppedWhy'>): Reply {
  const { scan: words } = messagesFor(turn.lang);
  return sayOfScan(
    turn,
    status === 'dropped' ? words.dropped[droppedWhy ?? 'unknown'] : words.outcome.notYet,
  );
}

/** To whoever may know of it: its outcome, or that there is none. */
export function outcomeReply(turn: Turn, scan: Scan, page = 0): Reply {
  const { id, name, outcome, manager, measures, before } = scan;
  if (outcome === null) return noOutcome(turn, scan);
  return show(
    outcomeCard(turn.lang, {
      ...{ id, name, outcome, page },
      isManager: manager === turn.person,
      hasMeasures: measures.length > 0,
      mayCompare: before !== null,
    }),
  );
}

/** All scans that somebody was asked for and can still do something with: answer, or see what came of it. */
export async function askedScans(
  { scans }: { readonly scans: Pick<Scans, 'ofTenant'> },
  { tenant, person }: Pick<Turn, 'tenant' | 'person'>,
): Promise<readonly Scan[]> {
  const all = await scans.ofTenant(tenant);
  return all.scans.filter(
    ({ manager, asked, status }) => manager !== person && asked.includes(person) && status !== 'dropped',
  );
}
