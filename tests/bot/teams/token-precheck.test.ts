import { describe, expect, it } from 'vitest';
import { BOT_FRAMEWORK_ISSUERS, precheckToken } from '../../../bot/teams/token-precheck.js';
import { faultsOf } from '../../support/faults.js';

const APP = '0c5cfdbb-c596-4d39-b557-5d9516c94107';
const URL = 'https://smba.trafficmanager.net/emea/';
const RULES = { audience: APP, issuers: BOT_FRAMEWORK_ISSUERS };
const HEADER = { alg: 'RS256', kid: 'key-1', typ: 'JWT' };
const CLAIMS = { iss: 'https://api.botframework.com', aud: APP, exp: 4e9, serviceurl: URL };

function part(value: unknown): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url');
}

function bearer(header: object, claims: object): string {
  return `Bearer ${part(header)}.${part(claims)}.signature`;
}

describe('what a token says of itself', () => {
  it('lets through what the Bot Framework would say, and refuses what can be no token of Teams, with why', async () => {
    expect(precheckToken(bearer(HEADER, CLAIMS), URL, RULES)).toBeNull();
    const government = { ...CLAIMS, iss: 'https://api.botframework.us' };
    expect(precheckToken(bearer(HEADER, government), URL, RULES)).toBeNull();
    expect(
      await faultsOf(
        [
          ['nothing', undefined, 'no-token'],
          ['an empty header', '', 'no-token'],
          ['a password', 'Basic dXNlcjpwYXNz', 'no-token'],
          ['a bearer without a token', 'Bearer ', 'no-token'],
          ['no token at all', 'Bearer abc', 'unreadable-token'],
          ['two tokens', `${bearer(HEADER, CLAIMS)} x`, 'unreadable-token'],
          ['no JSON', 'Bearer a.b.c', 'unreadable-token'],
          [
            'a token larger than any',
            bearer(HEADER, { ...CLAIMS, x: 'x'.repeat(9_000) }),
            'unreadable-token',
          ],
          ['no signature', bearer({ ...HEADER, alg: 'none' }, CLAIMS), 'wrong-algorithm'],
          ['a shared secret', bearer({ ...HEADER, alg: 'HS256' }, CLAIMS), 'wrong-algorithm'],
          ['no key', bearer({ alg: 'RS256' }, CLAIMS), 'unreadable-token'],
          ['a list of audiences', bearer(HEADER, { ...CLAIMS, aud: [APP] }), 'unreadable-token'],
          ['another bot', bearer(HEADER, { ...CLAIMS, aud: 'other' }), 'wrong-audience'],
          [
            'Entra, as an emulator or a skill has it',
            bearer(HEADER, {
              ...CLAIMS,
              iss: 'https://sts.windows.net/d6d49420-f39b-4df7-a1dc-d59a935871db/',
            }),
            'wrong-issuer',
          ],
          [
            'another address',
            bearer(HEADER, { ...CLAIMS, serviceurl: 'https://evil.example/' }),
            'wrong-service-url',
          ],
          ['no address', bearer(HEADER, { ...CLAIMS, serviceurl: undefined }), 'unreadable-token'],
        ],
        (_what, authorization, fault) => {
          expect(precheckToken(authorization, URL, RULES)).toBe(fault);
        },
      ),
    ).toEqual([]);
  });
});
