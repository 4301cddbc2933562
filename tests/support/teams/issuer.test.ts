import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { faultsOf } from '../faults.js';
import { type EchoBot, startEchoBot } from './echo-bot.js';
import { type Issuer, type SigningOptions, startIssuer } from './issuer.js';
import { type Person, startTeams, type Teams } from './teams.js';

const appId = '6f1b9d1e-0c8e-4c59-9a5f-0d0a6a1f2b3c';
let issuer: Issuer;
let bot: EchoBot;
let teams: Teams;
let anouk: Person;

beforeAll(async () => {
  issuer = await startIssuer({ appId });
  bot = await startEchoBot({ authentication: issuer.authentication() });
  teams = await startTeams({ appId, issuer, botUrl: () => bot.url });
  anouk = teams.person({ name: 'Anouk de Vries', installed: true });
});
afterAll(() => Promise.all([teams.close(), bot.close(), issuer.close()]));
afterEach(() => void vi.restoreAllMocks());

describe('issuer', () => {
  it('signs tokens that botbuilder believes, and lets the bot send without asking anybody for one', async () => {
    const { status, messages } = await anouk.says('hoi');
    expect(status).toBe(200);
    expect(messages.map(({ text }) => text)).toEqual(['echo: hoi']);
    await anouk.says('hoi');
    expect(teams.received.at(-1)?.headers.authorization).toBe(`Bearer ${issuer.outboundToken}`);
    expect(teams.violations).toEqual([]);
  });

  const now = () => Math.floor(Date.now() / 1000);
  const wrong: [string, Record<string, unknown>, SigningOptions, number][] = [
    ['for another bot', { aud: 'another-bot' }, {}, 401],
    ['of another issuer', { iss: 'https://example.org' }, {}, 401],
    ['for another service address', { serviceurl: 'https://example.org/' }, {}, 401],
    ['without a service address', { serviceurl: undefined }, {}, 401],
    ['that expired six minutes ago', {}, { lifetimeSeconds: -360 }, 401],
    ['that expired two minutes ago, which is tolerated', {}, { lifetimeSeconds: -120 }, 200],
    ['that is not valid yet', {}, { issuedAt: now() + 3600 }, 500],
    ['with an unknown key id', {}, { kid: 'unknown' }, 401],
    ['signed with an unpublished key', {}, { key: 'foreign' }, 500],
    ['without a signature', {}, { algorithm: 'none' }, 500],
  ];
  it('makes a token that is wrong in one thing, which botbuilder then refuses', async () => {
    expect(
      await faultsOf(wrong, async (_, claims, options, status) => {
        vi.spyOn(console, 'error').mockImplementation(() => {});
        const token = await issuer.sign({ serviceurl: anouk.serviceUrl, ...claims }, options);
        const answer = await anouk.says('hoi', { token });
        expect(answer.status).toBe(status);
        expect(answer.messages).toHaveLength(status === 200 ? 1 : 0);
      }),
    ).toEqual([]);
  });

  it('endorses its key for Teams and not for just any channel', async () => {
    vi.spyOn(console, 'error').mockImplementation(() => {});
    const answer = await anouk.says('hoi', { overrides: { channelId: 'telegram' } });
    expect(answer.status).toBe(401);
  });

  it('is needed: no token, no turn', async () => {
    vi.spyOn(console, 'error').mockImplementation(() => {});
    expect((await anouk.says('hoi', { token: null })).status).toBe(401);
  });
});
