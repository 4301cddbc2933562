import { LRUCache } from 'lru-cache';
import { CodedError, codeOf } from '../errors.js';
import type { Log } from '../log.js';
import { type GraphAccess, ofOnePerson } from './graph.js';

/** Somebody, by Entra object ids. */
export type Who = { readonly tenant: string; readonly person: string };
/** Puts the app into somebody's own chats. Never rejects: whoever cannot get it that way opens it themselves. */
export type SelfInstall = (who: Who) => Promise<void>;

export type SelfInstallDeps = {
  readonly access: GraphAccess;
  /** The tenant that the token is for, and the app in the catalog of its organisation. */
  readonly tenant: string;
  readonly catalogApp: string;
  /** Milliseconds that only go up. */
  readonly monotonicNow: () => number;
  readonly log: Log;
};

/** Nobody waits for it but a background job. */
const WITHIN_MS = 10_000;
/** Somebody is tried again the next night, and not for each message that waits for them. */
const AGAIN_MS = 20 * 60 * 60_000;
const MOST_KNOWN = 50_000;
/** After a refusal that is about the bot and not about one person Graph is left alone for so long. */
const QUIET_MS = 60_000;
/** 409: it is there already, and Teams says so to the bot by itself. */
const DONE = [200, 201, 204, 409];

/**
 * Asks Microsoft Graph to install the bot's own app for somebody. Teams then tells the bot that it was, as when somebody
 * does it by hand: the welcome and what waits follow from that. The app needs the application permission
 * `TeamsAppInstallation.ReadWriteSelfForUser.All`, with which it can install itself and nothing else, and
 * `webApplicationInfo` in its manifest. Source: learn.microsoft.com/graph/api/userteamwork-post-installedapps.
 */
export function createSelfInstall(deps: SelfInstallDeps): SelfInstall {
  const { access, monotonicNow, log } = deps;
  const tried = new LRUCache<string, number>({ max: MOST_KNOWN });
  let quietUntil = 0;
  return async ({ tenant, person }) => {
    const now = monotonicNow();
    if (tenant !== deps.tenant || now < quietUntil || now - (tried.get(person) ?? -AGAIN_MS) < AGAIN_MS)
      return;
    tried.set(person, now);
    try {
      const status = await ask(access, person, deps.catalogApp);
      if (DONE.includes(status)) return;
      throw new CodedError(`graph-${status}`, `Microsoft Graph answered ${status}`);
    } catch (error) {
      // No token, no answer, a refusal of the bot: that says nothing of them, and they are tried as soon as Graph is.
      if (!ofOnePerson(error)) {
        quietUntil = monotonicNow() + QUIET_MS;
        tried.delete(person);
      }
      log.warn({ code: codeOf(error) }, 'the app could not be installed for somebody');
    }
  };
}

async function ask(access: GraphAccess, person: string, catalogApp: string): Promise<number> {
  const token = await access.token();
  const response = await fetch(
    `${access.address}/users/${encodeURIComponent(person)}/teamwork/installedApps`,
    {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      body: JSON.stringify({
        'teamsApp@odata.bind': `${access.address}/appCatalogs/teamsApps/${catalogApp}`,
      }),
      redirect: 'error',
      signal: AbortSignal.timeout(WITHIN_MS),
    },
  );
  await response.body?.cancel();
  return response.status;
}
