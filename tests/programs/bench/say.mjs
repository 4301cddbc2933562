import { randomUUID } from 'node:crypto';
import { request } from 'node:http';

const TENANT = '72f988bf-0000-4000-8000-000000000001';

/** One of many people says something to a bot; resolves when it has answered. */
export function say({ bot, channel, agent }, number, text) {
  const id = `c3c3c3c3-0000-4000-8000-${String(number).padStart(12, '0')}`;
  const body = JSON.stringify({
    type: 'message',
    id: randomUUID(),
    timestamp: new Date().toISOString(),
    channelId: 'msteams',
    serviceUrl: channel.serviceUrl,
    from: { id: `29:${id}`, name: 'Mila de Wit', aadObjectId: id },
    recipient: { id: '28:bot', name: 'Kopje Koffie' },
    conversation: { id: `a:${id}`, tenantId: TENANT, conversationType: 'personal' },
    channelData: { tenant: { id: TENANT } },
    locale: 'nl-NL',
    text,
  });
  return new Promise((resolve, reject) => {
    const headers = { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) };
    const outgoing = request(`${bot.url}/api/messages`, { method: 'POST', agent, headers }, (response) => {
      response.resume().on('end', () => {
        if (response.statusCode === 200) resolve();
        else reject(new Error(`answered ${response.statusCode}`));
      });
    });
    outgoing.on('error', reject);
    outgoing.end(body);
  });
}
