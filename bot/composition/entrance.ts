import packageJson from '../../package.json' with { type: 'json' };
import { isServiceUrl } from '../clients/trusted-hosts.js';
import { codeOf } from '../errors.js';
import { accountOf, createAdmission, createTally } from '../http/request-limits.js';
import { createServer, type TokenPrecheck } from '../http/server.js';
import { BOT_FRAMEWORK_ISSUERS, precheckToken } from '../teams/token-precheck.js';
import type { Channel } from './channel.js';
import type { Foundation } from './foundation.js';
import type { Health } from './health.js';
import type { Turns } from './turns.js';

/** Who may come in: the server, and the limits and checks before a turn. */
export function composeEntrance(
  { config, deps, timing, appId, local, watch }: Foundation,
  parts: { readonly turns: Turns; readonly channel: Channel; readonly health: Health },
) {
  const { limits, costs, costByPerson } = parts.turns;
  const { adapter, teamsBot, dangerFirst } = parts.channel;
  const { log } = deps;
  const { monotonicNow } = timing;
  const admit = createAdmission({
    byPerson: createTally(limits.byPerson, monotonicNow),
    costByPerson,
    dangerIn: dangerFirst,
    monotonicNow,
  });
  return createServer({
    port: config.port,
    host: config.host,
    log,
    https: config.production,
    version: packageJson.version,
    supportContact: config.supportContact,
    precheck: tokenPrecheckFor(appId, local),
    answer: (token, activity) =>
      adapter.answer(token, activity, {
        bot: (said, outlet) =>
          costs.during(accountOf(said), () => watch.turn(said, () => teamsBot(said, outlet))),
        onAuthenticationFailure: (error, why) =>
          why === 'refused'
            ? log.warn({ code: codeOf(error) }, 'token refused')
            : log.error({ code: codeOf(error) }, 'the keys to check tokens with cannot be had'),
        admit,
      }),
    refusals: createTally(limits.refusedByAddress, monotonicNow),
    ready: parts.health.ready,
    watch: watch.http,
  });
}

/** Without credentials, which only development allows, there is no token to look at. */
function tokenPrecheckFor(appId: string, local: boolean): TokenPrecheck {
  const expected = { audience: appId, issuers: BOT_FRAMEWORK_ISSUERS };
  return (token, serviceUrl) => {
    if (serviceUrl !== null && !isServiceUrl(serviceUrl, local)) return 'foreign-service-url';
    return appId === '' ? null : precheckToken(token, serviceUrl, expected);
  };
}
