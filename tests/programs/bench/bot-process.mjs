// The built bot as a process of its own, with production's settings and a token service on this machine. Tells its
// parent how much memory it has after collecting what is garbage.
import { randomUUID } from 'node:crypto';
import { ConfigurationBotFrameworkAuthentication } from 'botbuilder';
import { parseConfig } from '../../../dist/bot/config.js';
import { createLog } from '../../../dist/bot/log.js';
import { composeBot } from '../../../dist/bot/main.js';

const origin = process.argv[2];
const parsed = parseConfig(process.env);
if (!parsed.ok) throw new Error(parsed.problems.join('\n'));
const bot = composeBot(parsed.config, {
  now: () => new Date(),
  newId: randomUUID,
  nlu: async () => (await import('../../../dist/bot/nlu/nlu.js')).createNlu(),
  log: createLog(parsed.config.logLevel),
  authentication: new ConfigurationBotFrameworkAuthentication({
    MicrosoftAppId: parsed.config.credentials.appId,
    MicrosoftAppPassword: parsed.config.credentials.password,
    MicrosoftAppTenantId: parsed.config.credentials.tenantId,
    ToChannelFromBotLoginUrl: 'https://login.example',
    ToChannelFromBotOAuthScope: 'https://api.botframework.com',
    ToBotFromChannelTokenIssuer: 'https://api.botframework.com',
    ToBotFromChannelOpenIdMetadataUrl: `${origin}/openid`,
    ToBotFromEmulatorOpenIdMetadataUrl: `${origin}/openid`,
    OAuthUrl: origin,
    CallerId: '',
  }),
});
process.on('message', () => {
  global.gc();
  global.gc();
  const { heapUsed, rss } = process.memoryUsage();
  process.send({ heapUsed, rss });
});
process.on('disconnect', () => process.exit(0));
process.send({ url: await bot.start() });
