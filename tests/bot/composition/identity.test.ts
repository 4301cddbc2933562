import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createHttpHeaders } from '@azure/core-rest-pipeline';
import { ClaimsIdentity } from 'botframework-connector';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import {
  CHANNEL_SCOPE,
  createEndWarning,
  createIdentities,
  endOf,
} from '../../../bot/composition/identity.js';
import type { Credentials, Proof } from '../../../bot/config.js';
import { authenticationFor } from '../../../bot/teams/bot-framework.js';
import { selfSigned } from '../../support/azure/self-signed.js';
import { SOON_MS } from '../../support/run/time-limits.js';

const BOT = '0c5cfdbb-c596-4d39-b557-5d9516c94107';
const OTHER = '7d8f2f0a-54a0-4f0b-9f0f-6a3a1f7a1111';
/** For which no token is kept yet: the library keeps them for the whole process. */
const FRESH = '5a0f0d3e-54a0-4f0b-9f0f-6a3a1f7a2222';
const SILENT = '6b1f0d3e-54a0-4f0b-9f0f-6a3a1f7a3333';
const ENDPOINT = 'https://kopje.table.core.windows.net';
const CREDENTIALS: Credentials = {
  ...{ type: 'UserAssignedMSI', appId: BOT, tenantId: OTHER },
  proof: { by: 'managed-identity' },
};
const TENANT = '72f988bf-0000-4000-8000-000000000001';
const anApp = (proof: Proof): Credentials => ({ type: 'SingleTenant', appId: BOT, tenantId: TENANT, proof });
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
    // Never answers.
    if (clientId === SILENT) return;
    const known = [BOT, OTHER, FRESH].some((one) => one === clientId);
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

  it('asks once for a token that all tables want at the same moment, as at each start', async () => {
    const { credential } = credentialOf(FRESH);
    const before = asked.length;
    const tokens = await Promise.all(Array.from({ length: 9 }, () => credential.getToken(SCOPE)));
    expect(tokens.map((token) => token?.token)).toEqual(tokens.map(() => `of-${FRESH}`));
    expect(asked.length - before).toBe(1);
    // Another scope is another token, and one that was refused is asked for again.
    await Promise.all([credential.getToken(SCOPE), credential.getToken(CHANNEL_SCOPE)]);
    expect(asked.length - before).toBe(2);
    const stranger = credentialOf('99999999-54a0-4f0b-9f0f-6a3a1f7a1111').credential;
    for (let time = 0; time < 2; time += 1) await expect(stranger.getToken(SCOPE)).rejects.toThrow();
  });

  it('keeps nobody waiting for a token who gives up, whoever else waits for the same', async () => {
    const { credential } = credentialOf(SILENT);
    // Nobody tells it when to give up; how it ends, long after this, is nobody's concern.
    credential.getToken(SCOPE).catch(() => undefined);
    const gone = AbortSignal.abort();
    const leaving = new AbortController();
    const waiting = credential.getToken(SCOPE, { abortSignal: leaving.signal });
    leaving.abort();
    await expect(waiting).rejects.toMatchObject({ name: 'AbortError' });
    await expect(credential.getToken(SCOPE, { abortSignal: gone })).rejects.toMatchObject({
      name: 'AbortError',
    });
    await vi.waitFor(() => expect(asked.filter(({ clientId }) => clientId === SILENT)).toHaveLength(1), {
      timeout: SOON_MS,
    });
  });
});

/** Microsoft Entra as an app asks it for tokens: what was asked, and a token for whatever it was. */
function openEntra() {
  const told: URLSearchParams[] = [];
  const answer = (url: string, body: unknown): object => {
    if (!new URL(url).pathname.endsWith('/token')) {
      const base = `https://login.microsoftonline.com/${TENANT}`;
      return {
        token_endpoint: `${base}/oauth2/v2.0/token`,
        authorization_endpoint: `${base}/oauth2/v2.0/authorize`,
        issuer: `${base}/v2.0`,
        jwks_uri: `${base}/discovery/v2.0/keys`,
        tenant_discovery_endpoint: `${base}/v2.0/.well-known/openid-configuration`,
        metadata: [],
      };
    }
    const asked = new URLSearchParams(String(body));
    told.push(asked);
    return { token_type: 'Bearer', expires_in: 3_600, access_token: `for ${asked.get('scope')}` };
  };
  const httpClient: NonNullable<Parameters<typeof createIdentities>[0]>['httpClient'] = {
    sendRequest: async (request) => ({
      request,
      status: 200,
      headers: createHttpHeaders({ 'content-type': 'application/json' }),
      bodyAsText: JSON.stringify(answer(request.url, request.body)),
    }),
  };
  return { told, identities: createIdentities({ httpClient }) };
}

describe('an app registration', () => {
  it('shows the token of a managed identity that it trusts, and opens the tables with that identity', async () => {
    const { told, identities } = openEntra();
    const credentials = anApp({ by: 'federation', clientId: OTHER });
    const before = asked.length;
    const token = await identities.ofBot(credentials).getToken(CHANNEL_SCOPE);
    expect(token?.token).toMatch(/^for https:\/\/api\.botframework\.com/);
    expect(asked.slice(before)).toEqual([{ clientId: OTHER, resource: 'api://AzureADTokenExchange' }]);
    expect(told.map((one) => [one.get('client_id'), one.get('client_assertion')])).toEqual([
      [BOT, `of-${OTHER}`],
    ]);
    const tables = identities.tables({ tables: { endpoint: ENDPOINT, clientId: null }, credentials });
    if (!('credential' in tables)) throw new Error('no credential');
    expect((await tables.credential.getToken(SCOPE))?.token).toBe(`of-${OTHER}`);
  });

  it('shows a certificate, as text or from its file, and nothing of its key', async () => {
    const certificate = selfSigned(new Date('2099-01-01'));
    const folder = await mkdtemp(join(tmpdir(), 'kopje-koffie-identity-'));
    const path = join(folder, 'bot.pem');
    await writeFile(path, certificate);
    for (const given of [certificate, path]) {
      const { told, identities } = openEntra();
      await identities.ofBot(anApp({ by: 'certificate', certificate: given })).getToken(CHANNEL_SCOPE);
      const [header = '', payload = ''] = (told[0]?.get('client_assertion') ?? '').split('.');
      expect(Object.keys(readPart(header))).toEqual(expect.arrayContaining(['alg', 'x5t#S256']));
      expect(readPart(payload)).toMatchObject({ iss: BOT, sub: BOT });
      expect([...(told[0]?.keys() ?? [])]).not.toContain('client_secret');
      // The tables too: there is no identity of a machine where a certificate is needed.
      const credentials = anApp({ by: 'certificate', certificate: given });
      const tables = identities.tables({ tables: { endpoint: ENDPOINT, clientId: null }, credentials });
      expect(tables).toMatchObject({ credential: identities.ofBot(credentials) });
    }
    await rm(folder, { recursive: true });
  });

  it('shows its secret where that is all it has', async () => {
    const { told, identities } = openEntra();
    await identities.ofBot(anApp({ by: 'secret', secret: 'a secret', ends: null })).getToken(CHANNEL_SCOPE);
    expect(told.map((one) => one.get('client_secret'))).toEqual(['a secret']);
  });

  it('signs each message to the channel with one token, whatever it proves itself with', async () => {
    const { told, identities } = openEntra();
    const credentials = anApp({ by: 'federation', clientId: OTHER });
    const authentication = authenticationFor(credentials, identities.ofBot(credentials), () => new Date());
    const factory = authentication.createConnectorFactory(new ClaimsIdentity([], true));
    let signed: string | undefined;
    const service = createServer((request, response) => {
      signed = request.headers.authorization;
      // Not in one: restify, once loaded in this process, lets `writeHead` return nothing.
      response.writeHead(200, { 'content-type': 'application/json' });
      response.end('{"id":"1"}');
    });
    await new Promise<void>((listening) => service.listen(0, '127.0.0.1', listening));
    const { port } = service.address() as AddressInfo;
    const client = await factory.create(`http://127.0.0.1:${port}/`, 'https://api.botframework.com');
    for (let at = 0; at < 3; at += 1)
      await client.conversations.sendToConversation('a:1', { type: 'message', text: 'hoi' });
    expect(signed).toBe('Bearer for https://api.botframework.com/.default');
    expect(told).toHaveLength(1);
    service.closeAllConnections();
    await new Promise((closed) => service.close(closed));
  });

  it('has one credential, whoever asks', () => {
    const { identities } = openEntra();
    const credentials = anApp({ by: 'secret', secret: 'a secret', ends: null });
    expect(identities.ofBot(credentials)).toBe(identities.ofBot(credentials));
  });
});

describe('the end of what the bot shows', () => {
  const ofCertificate = (certificate: string) => endOf(anApp({ by: 'certificate', certificate }));

  it('is read from a certificate, and is what the operator says of a secret', () => {
    const day = '2027-02-01';
    expect(ofCertificate(selfSigned(new Date(`${day}T12:00:00Z`)))).toEqual({ what: 'certificate', day });
    expect(endOf(anApp({ by: 'secret', secret: 's', ends: day }))).toEqual({ what: 'secret', day });
    expect(endOf(anApp({ by: 'secret', secret: 's', ends: null }))).toBeNull();
    expect(endOf(anApp({ by: 'federation', clientId: OTHER }))).toBeNull();
    expect(endOf(CREDENTIALS)).toBeNull();
    expect(endOf(null)).toBeNull();
  });

  it('cannot be read from what is no certificate: the start says which setting it is', () => {
    for (const wrong of ['/no/such/file.pem', '-----BEGIN CERTIFICATE-----\nno\n-----END CERTIFICATE-----'])
      expect(() => ofCertificate(wrong)).toThrow(/^MicrosoftAppCertificate: /);
  });

  it('is told once a day from six weeks before, and on after it', () => {
    const told: unknown[] = [];
    const onTick = createEndWarning({ what: 'secret', day: '2027-02-01' }, (what) => told.push(what.days));
    for (const at of ['2026-12-20T23:59', '2026-12-21T00:00', '2026-12-21T09:00', '2027-02-01T00:00'])
      onTick(`${at}:00.000Z`);
    onTick('2027-02-03T00:00:00.000Z');
    expect(told).toEqual([42, 0, -2]);
    createEndWarning(null, () => told.push('never'))('2027-02-01T00:00:00.000Z');
    expect(told).toHaveLength(3);
  });
});

function readPart(part: string): object {
  return JSON.parse(Buffer.from(part, 'base64url').toString()) as object;
}
