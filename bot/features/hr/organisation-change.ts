import { isDeepStrictEqual } from 'node:util';
import type { Verb } from '../../../cards/actions.js';
import type { OwnOrganisation } from '../../own-organisation.js';
import type { Audit } from '../../store/audit.js';
import type { Organisation, Organisations } from '../../store/organisation.js';
import type { Turn } from '../../turn.js';

export type ChangeNeeds = {
  readonly organisations: Organisations;
  readonly audit: Audit;
  readonly ownOrganisation: OwnOrganisation;
  readonly newId: () => string;
};
/** The organisation as it is now, with what a card has to carry to change it; empty while there is no record. */
export type Current = { readonly record: Organisation; readonly etag: string };
export type Changed = Current & { readonly conflict: boolean };

/** What changes of HR leave in the audit. */
const RECORD = 'organisation';

export async function current({ organisations }: ChangeNeeds, tenant: string): Promise<Current> {
  const { record, etag } = await organisations.get(tenant);
  return { record, etag: etag ?? '' };
}

/**
 * Changes what HR filled in, if it is still as it was when the card was made, and notes who did. What is so already
 * needs no change: Teams may send a press twice.
 */
export async function change(
  needs: ChangeNeeds,
  { tenant, person, now }: Turn,
  did: Verb,
  etag: string,
  how: (record: Organisation) => Organisation,
): Promise<Changed> {
  const found = await current(needs, tenant);
  const record = how(found.record);
  if (isDeepStrictEqual(record, found.record)) return { ...found, conflict: false };
  if (found.etag !== etag) return { ...found, conflict: true };
  const written = await needs.organisations.put(record, etag === '' ? null : etag);
  const after = await current(needs, tenant);
  if (written !== 'ok') return { ...after, conflict: true };
  await needs.audit.add(tenant, needs.newId(), { at: now, who: person, did, record: RECORD });
  needs.ownOrganisation.learn(record);
  return { ...after, conflict: false };
}
