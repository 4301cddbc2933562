// The bare botbuilder sample on restify, beside which the bot is measured; started by itself it says `ready`.
import { fileURLToPath } from 'node:url';
import { CloudAdapter, ConfigurationBotFrameworkAuthentication } from 'botbuilder';
import restify from 'restify';

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  await startEcho();
  process.stdout.write('ready\n');
}

/** As the samples have it: restify, the adapter's own `process`, one answer. */
export async function startEcho() {
  const adapter = new CloudAdapter(new ConfigurationBotFrameworkAuthentication({}));
  const server = restify.createServer();
  server.use(restify.plugins.bodyParser());
  server.post('/api/messages', async (request, response) => {
    await adapter.process(request, response, async (context) => {
      if (context.activity.type === 'message') await context.sendActivity(`echo: ${context.activity.text}`);
    });
  });
  await new Promise((listening) => server.listen(0, '127.0.0.1', listening));
  return { url: `http://127.0.0.1:${server.address().port}`, tableRequests: () => 0 };
}
