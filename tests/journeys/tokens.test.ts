import { createRequire } from 'node:module';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { REQUEST_LIMITS } from '../../bot/http/request-limits.js';
import { faultsOf } from '../support/faults.js';
import { type House, openHouse } from '../support/running-bot.js';
import type { SigningOptions } from '../support/teams/issuer.js';

const HOUR = 3_600;
const NOW = () => Math.floor(Date.now() / 1_000);

let house: House;
beforeAll(async () => {
  house = await openHouse();
});
afterAll(() => house.close());

describe('a request with a token', () => {
  it('that the Bot Framework signed is taken, and gets 401 without one', async () => {
    const answer = await post({ serviceurl: house.teams.serviceUrl });
    expect(answer.status).toBe(200);
    {
      const answer = await send({});
      expect(answer.status).toBe(401);
    }
  });

  it('that Teams did not give gets 401, changes nothing and learns nothing', async () => {
    expect(
      await faultsOf<[string, Record<string, unknown>, SigningOptions]>(
        [
          ['is over', {}, { issuedAt: NOW() - 2 * HOUR }],
          ['does not hold yet', { nbf: NOW() + HOUR, exp: NOW() + 2 * HOUR }, {}],
          ['is for another bot', { aud: '11111111-2222-4333-8444-555555555555' }, {}],
          ['has another issuer', { iss: 'https://login.example' }, {}],
          ['is signed by nobody', {}, { algorithm: 'none' }],
          ['has a key that is not published', {}, { kid: 'unknown' }],
          ['has the signature of a foreign key', {}, { key: 'foreign' }],
          ['is for another address', { serviceurl: 'https://evil.example/' }, {}],
          ['names no address', { serviceurl: undefined }, {}],
          [
            'is Entra’s, as an emulator or a skill brings',
            { iss: 'https://sts.windows.net/d6d49420-f39b-4df7-a1dc-d59a935871db/', appid: 'x', ver: '1.0' },
            {},
          ],
        ],
        async (_what, claims, options) => {
          const before = await house.dump();
          const answer = await post({ serviceurl: house.teams.serviceUrl, ...claims }, options);
          expect(answer.status).toBe(401);
          expect(await answer.json()).toEqual({
            code: 'Unauthorized',
            message: 'This request does not prove who it is from.',
          });
          expect(await house.dump()).toEqual(before);
        },
      ),
    ).toEqual([]);
  });

  it('that is signed for an address outside Teams gets 401 all the same, and is not answered there', async () => {
    const evil = 'https://smba.trafficmanager.net.evil.example/';
    const authorization = `Bearer ${await house.issuer.sign({ serviceurl: evil })}`;
    const before = await house.dump();
    expect((await send({ authorization }, evil)).status).toBe(401);
    expect(await house.dump()).toEqual(before);
  });

  it('of a tenant that it only names leaves nothing behind', async () => {
    const { issuer: addresses } = issuersOfBotbuilder();
    const before = addresses.length;
    for (let sent = 0; sent < 20; sent += 1) {
      const tid = crypto.randomUUID();
      await post({ iss: `https://sts.windows.net/${tid}/`, tid, serviceurl: house.teams.serviceUrl });
    }
    // Let through, each would add four addresses for good.
    expect(addresses).toHaveLength(before);
  });
});

describe('a request whose token cannot be checked, for the keys cannot be had', () => {
  it('gets 503 where their address does not answer rightly, counts against nobody, and is taken once it does', async () => {
    expect(
      await faultsOf([503, 500, 404, 'no-json', 'no-keys'] as const, async (how) => {
        const other = await openHouse({ limited: true });
        try {
          const ask = async () => {
            const token = await other.issuer.sign({ serviceurl: other.teams.serviceUrl });
            return send({ authorization: `Bearer ${token}` }, other.teams.serviceUrl, other.url);
          };
          other.issuer.breaks(how);
          for (let times = 0; times <= REQUEST_LIMITS.refusedByAddress.most; times += 100) {
            const answer = await ask();
            expect(answer.status).toBe(503);
            expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0);
            expect(await answer.json()).toEqual({ code: 'Unavailable', message: 'Try again later.' });
          }
          other.issuer.breaks(null);
          expect((await ask()).status).toBe(200);
          const told = other.logged.map((line) => JSON.parse(line) as { level: number; msg: string });
          expect(told.filter(({ msg }) => msg === 'token refused')).toEqual([]);
          expect(told.filter(({ level }) => level === 50)).not.toEqual([]);
        } finally {
          await other.close();
        }
      }),
    ).toEqual([]);
  });
});

/** The list for the whole process that botbuilder makes longer for each tenant that a token names, unproven. */
function issuersOfBotbuilder(): { readonly issuer: readonly string[] } {
  const require = createRequire(createRequire(import.meta.url).resolve('botbuilder'));
  const parameters = require('botframework-connector/lib/auth/tokenValidationParameters');
  return parameters.ToBotFromBotOrEmulatorTokenValidationParameters;
}

async function post(claims: Record<string, unknown>, options: SigningOptions = {}): Promise<Response> {
  return send({ authorization: `Bearer ${await house.issuer.sign(claims, options)}` });
}

function send(
  headers: Record<string, string>,
  serviceUrl = house.teams.serviceUrl,
  url = house.url,
): Promise<Response> {
  return fetch(`${url}/api/messages`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', connection: 'close', ...headers },
    body: JSON.stringify({
      type: 'typing',
      channelId: 'msteams',
      serviceUrl,
      from: { id: '29:someone', aadObjectId: '11111111-2222-4333-8444-555555555555' },
      recipient: { id: '28:bot' },
      conversation: { id: 'a:1', tenantId: house.teams.tenantId, conversationType: 'personal' },
      channelData: { tenant: { id: house.teams.tenantId } },
    }),
  });
}
