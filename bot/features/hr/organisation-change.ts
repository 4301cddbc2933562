import { isDeepStrictEqual } from 'node:util';
import type { Organisation } from '../../domain/organisation.js';
import type { OrganisationSettings } from '../../services/organisation-settings.js';
import type { Organisations } from '../../store/organisation.js';
import type { Turn } from '../../turn.js';

export type ChangeDeps = {
  /** What is written through it goes on the audit trail. */
  readonly organisations: Organisations;
  readonly organisationSettings: OrganisationSettings;
  readonly newId: () => string;
};
/** The organisation as it is now, with what a card has to carry to change it; empty while there is no record. */
export type Current = { readonly record: Organisation; readonly etag: string };
/** Once more where the tables say that somebody was first and the record is as it was. */
const TRIES = 2;
export type Changed = Current & { readonly conflict: boolean };

export async function current({ organisations }: ChangeDeps, tenant: string): Promise<Current> {
  const { record, etag } = await organisations.get(tenant);
  return { record, etag: etag ?? '' };
}

/**
 * Changes what HR filled in, if it is still as it was when the card was made. What is so already needs no change, also
 * where another write came first: Teams may send a press twice, and several times at once.
 */
export async function change(
  deps: ChangeDeps,
  { turn: { tenant }, etag }: { readonly turn: Pick<Turn, 'tenant'>; readonly etag: string },
  how: (record: Organisation) => Organisation,
): Promise<Changed> {
  for (let left = TRIES; ; left -= 1) {
    const found = await current(deps, tenant);
    const record = how(found.record);
    if (isDeepStrictEqual(record, found.record)) {
      deps.organisationSettings.learn(record);
      return { ...found, conflict: false };
    }
    if (left === 0 || found.etag !== etag) return { ...found, conflict: true };
    if ((await deps.organisations.put(record, etag === '' ? null : etag)) === 'ok') {
      deps.organisationSettings.learn(record);
      return { ...(await current(deps, tenant)), conflict: false };
    }
  }
}
