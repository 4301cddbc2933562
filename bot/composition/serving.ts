import type { BotServer } from '../http/server.js';
import type { Access } from './access.js';
import { composeChannel } from './channel.js';
import { composeEntrance } from './entrance.js';
import type { Foundation } from './foundation.js';
import type { Health } from './health.js';
import type { InFlight } from './lifecycle.js';
import type { Microsoft } from './microsoft.js';
import type { Storage } from './storage.js';
import { composeTurns } from './turns.js';

/** What takes requests and answers them, and what is learned for the first of them. */
export type Serving = { readonly server: BotServer; readonly warmUp: readonly (() => unknown)[] };

/**
 * All that only an instance needs that serves: features, cards, words and the server are a good half of what there
 * is to load, and a job or a backup needs none of it.
 */
export async function composeServing(
  foundation: Foundation,
  parts: {
    readonly storage: Storage;
    readonly microsoft: Microsoft;
    readonly access: Access;
    readonly health: Health;
    readonly deliveries: InFlight;
  },
): Promise<Serving> {
  const { storage, access, health, deliveries } = parts;
  const { authentication } = parts.microsoft;
  const nlu = await foundation.deps.nlu();
  const turns = composeTurns(foundation, { storage, access, health, nlu });
  const channel = composeChannel(foundation, { storage, access, turns, nlu, authentication, deliveries });
  return {
    server: composeEntrance(foundation, { turns, channel, health }),
    warmUp: [authentication, ...turns.warmUp],
  };
}
