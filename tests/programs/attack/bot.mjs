// The bot as a process of its own, whose clock and jobs are in the hands of its parent: what kills it is seen from
// outside. Plain JavaScript over the build, because Node 20 does not read TypeScript.
import { randomUUID } from 'node:crypto';
import { ConfigurationBotFrameworkAuthentication } from 'botbuilder';
import { stopOnSignals } from '../../../dist/bot/composition/lifecycle.js';
import { parseConfig } from '../../../dist/bot/config.js';
import { createLog, takeConsole } from '../../../dist/bot/log.js';
import { composeBot } from '../../../dist/bot/main.js';
import { createNlu } from '../../../dist/bot/nlu/nlu.js';
import { DELIVERY } from '../../../dist/bot/teams/delivery-policy.js';

const { clock, issuer, outboundToken, appId } = JSON.parse(process.argv[2] ?? '{}');
let ahead = Date.parse(clock) - Date.now();

// Short beside those of Teams, so that minutes hold many failures; the shape is the same.
const reminder = { ...DELIVERY.reminder, baseMs: 10, maxMs: 200, answerWithinMs: 1_500, withinMs: 5_000 };
const help = { ...DELIVERY.help, baseMs: 20, maxMs: 200 };
const helpLater = { ...DELIVERY.helpLater, baseMs: 50, maxMs: 500, answerWithinMs: 1_000, withinMs: 3_000 };

const parsed = parseConfig(process.env);
if (!parsed.ok) throw new Error(parsed.problems.join('\n'));
const log = createLog(parsed.config.logLevel);
const bot = composeBot(parsed.config, {
  now: () => new Date(Date.now() + ahead),
  newId: randomUUID,
  nlu: async () => createNlu(),
  log,
  appId,
  localChannel: true,
  delivery: { ...DELIVERY, reminder, help, helpLater },
  // As the local issuer hands it out to a test in its own process.
  authentication: new ConfigurationBotFrameworkAuthentication(
    {
      ToChannelFromBotLoginUrl: `${issuer}/login`,
      ToChannelFromBotOAuthScope: 'https://api.botframework.com',
      ToBotFromChannelTokenIssuer: 'https://api.botframework.com',
      ToBotFromChannelOpenIdMetadataUrl: `${issuer}/openid`,
      ToBotFromEmulatorOpenIdMetadataUrl: `${issuer}/openid`,
      OAuthUrl: issuer,
      CallerId: '',
    },
    {
      isValidAppId: async (id) => id === appId,
      isAuthenticationDisabled: async () => false,
      createCredentials: async () => ({
        signRequest: async (request) => {
          request.headers.set('authorization', `Bearer ${outboundToken}`);
          return request;
        },
      }),
    },
  ),
});
takeConsole(log);
stopOnSignals(bot, log);

const ORDERS = {
  clock: ({ to }) => {
    ahead = Date.parse(to) - Date.now();
  },
  run: ({ job }) => {
    const at = new Date(Date.now() + ahead).toISOString();
    // The tables have the real time: what is to be deleted by another is asked for by hand.
    return bot.jobs.find(({ name }) => name === job).run({ at, dryRun: false, byHand: true });
  },
  flush: () => bot.flushAudit(),
  // In the same stream as the log, so that whoever has read it has read the log up to here.
  mark: ({ word }) => void process.stderr.write(`${word}\n`),
  timers: () => process.getActiveResourcesInfo().filter((name) => name === 'Timeout').length,
};
process.on('message', async ({ id, order, ...told }) => {
  try {
    process.send({ id, result: await ORDERS[order](told) });
  } catch (error) {
    process.send({ id, error: String(error?.code ?? error?.name) });
  }
});
// A parent that is gone leaves nobody behind.
process.on('disconnect', () => process.exit(0));
process.send({ url: await bot.start() });
