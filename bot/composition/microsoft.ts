import { createHasReports, graphAccess, graphStatus } from '../clients/graph.js';
import { createSelfInstall } from '../clients/self-install.js';
import type { Authentication } from '../teams/connector.js';
import type { Foundation } from './foundation.js';
import { CHANNEL_SCOPE, createIdentities, endOf } from './identity.js';

export type Microsoft = ReturnType<typeof composeMicrosoft>;

/** Who the bot is towards Microsoft, and what it may do with Microsoft Graph; null where nothing was configured for it. */
export function composeMicrosoft({ config, deps, timing }: Foundation) {
  const { credentials } = config;
  let authentication: Promise<Authentication> | null = null;
  const authenticate = async () =>
    deps.authentication ??
    (await import('../teams/bot-framework.js')).authenticationFor(credentials, ofBot, deps.now);
  const identities = createIdentities();
  const ofBot = credentials === null ? null : identities.ofBot(credentials);
  const access = ofBot === null ? null : (deps.graph ?? graphAccess(ofBot));
  const graph = config.graph ? access : null;
  const hasReports =
    graph !== null && credentials !== null
      ? createHasReports({ access: graph, tenant: credentials.tenantId, ...timing, log: deps.log })
      : null;
  const install =
    credentials === null || access === null || config.catalogApp === null
      ? null
      : createSelfInstall({
          access,
          tenant: credentials.tenantId,
          catalogApp: config.catalogApp,
          monotonicNow: timing.monotonicNow,
          log: deps.log,
        });
  return {
    tablesAddress: identities.tables(config),
    /** What proves who speaks to the bot, and the bot to the channel. Loaded when it is asked for the first time. */
    authentication(): Promise<Authentication> {
      authentication ??= authenticate();
      return authentication;
    },
    /** When what the bot proves with who it is ends. */
    end: endOf(credentials),
    hasReports,
    install,
    /** For the doctor, which asks for what the bot itself would. */
    channelToken: ofBot === null ? null : () => ofBot.getToken(CHANNEL_SCOPE),
    graphStatus: graph === null ? null : () => graphStatus(graph),
  };
}
