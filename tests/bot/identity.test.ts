import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createIdentities } from '../../bot/identity.js';

const BOT = '0c5cfdbb-c596-4d39-b557-5d9516c94107';
const OTHER = '7d8f2f0a-54a0-4f0b-9f0f-6a3a1f7a1111';
const ENDPOINT = 'https://kopje.table.core.windows.net';
const CREDENTIALS = { type: 'UserAssignedMSI', appId: BOT, password: '', tenantId: OTHER } as const;
const SCOPE = 'https://storage.azure.com/.default';

/** Where App Service gives tokens: it refuses who does not say which identity is meant, and counts. */
let service: Server;
const asked: { clientId: string | null; resource: string | null }[] = [];
const before = { ...process.env };
// The SDK finds out once where tokens come from: one service for the whole file.
beforeAll(async () => {
  service = createServer((request, response) => {
    const { searchParams } = new URL(request.url ?? '', 'http://127.0.0.1');
    const clientId = searchParams.get('client_id');
    asked.push({ clientId, resource: searchParams.get('resource') });
    const known = clientId === BOT || clientId === OTHER;
    response.writeHead(known ? 200 : 400, { 'content-type': 'application/json' });
    const expires_on = String(Math.floor(Date.parse('2099-01-01') / 1000));
    response.end(
      JSON.stringify(known ? { access_token: `of-${clientId}`, expires_on } : { error: 'no identity' }),
    );
  });
  await new Promise<void>((listening) => service.listen(0, '127.0.0.1', listening));
  const { port } = service.address() as AddressInfo;
  process.env.IDENTITY_ENDPOINT = `http://127.0.0.1:${port}/msi/token`;
  process.env.IDENTITY_HEADER = 'secret';
});
afterAll(async () => {
  for (const name of ['IDENTITY_ENDPOINT', 'IDENTITY_HEADER']) {
    if (before[name] === undefined) delete process.env[name];
    else process.env[name] = before[name];
  }
  service.closeAllConnections();
  await new Promise((closed) => service.close(closed));
});

function credentialOf(clientId: string | null) {
  const identities = createIdentities();
  const tables = identities.tables({ tables: { endpoint: ENDPOINT, clientId }, credentials: CREDENTIALS });
  if (!('credential' in tables)) throw new Error('no credential');
  return { identities, credential: tables.credential };
}

describe('towards Azure', () => {
  it('opens the tables as the identity of the bot, or another that is named', async () => {
    const token = await credentialOf(null).credential.getToken(SCOPE);
    expect(token?.token).toBe(`of-${BOT}`);
    expect(asked.map(({ clientId }) => clientId)).toEqual([BOT]);
    expect((await credentialOf(OTHER).credential.getToken(SCOPE))?.token).toBe(`of-${OTHER}`);
  });

  it('asks once for a token that all tables share, and has one credential for tables and Graph', async () => {
    const { identities, credential } = credentialOf(null);
    await credential.getToken(SCOPE);
    const afterFirst = asked.length;
    for (let table = 0; table < 8; table += 1) await credential.getToken(SCOPE);
    expect(asked.length).toBe(afterFirst);
    expect(identities.ofBot(CREDENTIALS)).toBe(credential);
  });
});
