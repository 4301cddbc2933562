import type { Nlu } from '../nlu/nlu.js';
import { isTelling, languageOfSaid } from '../router.js';
import { type Incoming, readInput, readLocale, readSender } from '../teams/activity.js';
import { createAdapter } from '../teams/adapter.js';
import type { Authentication } from '../teams/connector.js';
import { createDangerFirst } from '../teams/danger-first.js';
import { createTeamsBot, TURN_TIMES } from '../teams/teams-bot.js';
import type { Access } from './access.js';
import type { Foundation } from './foundation.js';
import type { InFlight } from './lifecycle.js';
import type { Storage } from './storage.js';
import type { Turns } from './turns.js';

export type Channel = ReturnType<typeof composeChannel>;

/** Teams: what makes a turn of an activity, and brings the answer back. */
export function composeChannel(
  { config, deps, timing, local, policies, isHrAdmin, watch }: Foundation,
  parts: {
    readonly storage: Storage;
    readonly access: Access;
    readonly turns: Turns;
    readonly nlu: Nlu;
    readonly authentication: () => Promise<Authentication>;
    readonly deliveries: InFlight;
  },
) {
  const { storage, access, turns, nlu, authentication, deliveries } = parts;
  const { now, newId, log } = deps;
  const { monotonicNow, after } = timing;
  const langOf = (activity: Incoming) => {
    const said = readInput(activity);
    const sender = readSender(activity);
    const locale = config.production ? readLocale(activity.locale) : null;
    const known = sender === null ? null : access.chosen.knownLanguage(sender);
    // Only where nothing else tells: it understands all that was said.
    const spoken = () => (said === null ? null : languageOfSaid(said, nlu.understand));
    const word = said?.kind === 'text' && !isTelling(said.text);
    const before = word && sender !== null ? turns.chatContext.lang(sender) : null;
    return known ?? before ?? (word ? (locale ?? spoken()) : (spoken() ?? locale)) ?? 'nl';
  };
  const dangerFirst = createDangerFirst({ judgeDanger: nlu.judgeDanger, isHrAdmin });
  const adapter = createAdapter({
    authentication,
    log,
    newId,
    langOf,
    monotonicNow,
    after,
    policies,
    goesOn: deliveries.add,
    watch: watch.channel,
  });
  const teamsBot = turns.costs.measured(
    createTeamsBot({
      dangerIn: dangerFirst,
      langOf,
      log,
      route: turns.answer,
      now,
      allowedTenants: config.allowedTenants,
      trustLocale: config.production,
      local,
      inTime: storage.budget.inTime,
      after,
      times: { ...TURN_TIMES, ...deps.turnTimes },
    }),
  );
  return { adapter, teamsBot, dangerFirst };
}
