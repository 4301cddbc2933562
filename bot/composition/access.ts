import { createAuthorization } from '../access/authorization.js';
import { createChosenSettings } from '../services/chosen-settings.js';
import { createOrganisationSettings } from '../services/organisation-settings.js';
import type { Foundation } from './foundation.js';
import type { Microsoft } from './microsoft.js';
import type { Storage } from './storage.js';

export type Access = ReturnType<typeof composeAccess>;

/** What counts for an organisation and for a person, and who may do what. */
export function composeAccess(
  { config, deps, timing, isHrAdmin }: Foundation,
  parts: { readonly storage: Storage; readonly microsoft: Microsoft },
) {
  const { stores, budget } = parts.storage;
  const organisationSettings = createOrganisationSettings({
    // One reading is for everybody who waits for it, not in the time of whose turn began it.
    organisations: {
      ...stores.organisations,
      get: (tenant) => budget.outside(() => stores.organisations.get(tenant)),
    },
    ...timing,
    log: deps.log,
  });
  const chosen = createChosenSettings({
    people: stores.people,
    organisationSettings,
    zone: config.zone,
    monotonicNow: timing.monotonicNow,
  });
  const authorize = createAuthorization({
    organisationSettings,
    managers: stores.managers,
    isHrAdmin,
    hasReports: parts.microsoft.hasReports,
  });
  return { organisationSettings, chosen, authorize };
}
