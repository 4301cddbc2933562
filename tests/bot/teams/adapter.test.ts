import { describe, expect, it } from 'vitest';
import { createAdapter } from '../../../bot/teams/adapter.js';
import type { Authentication } from '../../../bot/teams/connector.js';
import { DELIVERY } from '../../../bot/teams/delivery-policy.js';
import { faultsOf } from '../../support/faults.js';
import { SILENT } from '../../support/recording-log.js';

/** What a token is answered with whose check ends in an error. */
async function answeredAfter(error: unknown) {
  const authentication = {
    authenticateRequest: () => Promise.reject(error),
  } as unknown as Authentication;
  const why: string[] = [];
  const adapter = createAdapter({
    authentication: async () => authentication,
    log: SILENT,
    newId: () => 'an id',
    langOf: () => 'nl',
    monotonicNow: () => performance.now(),
    after: () => () => undefined,
    policies: DELIVERY,
    goesOn: () => undefined,
  });
  const answer = await adapter.answer(
    'Bearer x',
    {},
    {
      bot: () => Promise.reject(new Error('not to be asked')),
      admit: () => 0,
      onAuthenticationFailure: (_error, which) => void why.push(which),
    },
  );
  return { status: answer.status, why };
}

function anError(fields: Record<string, unknown>): Error {
  return Object.assign(new Error('a secret'), fields);
}

describe('adapter: a token that cannot be checked', () => {
  it('is answered with 503 whatever the network says, and where the keys could not be had', async () => {
    expect(
      await faultsOf(
        [
          ...[
            'EAI_AGAIN',
            'ENOTFOUND',
            'ECONNREFUSED',
            'ECONNRESET',
            'ETIMEDOUT',
            'EPIPE',
            'ERR_SOCKET_CLOSED',
          ],
          ...['UND_ERR_CONNECT_TIMEOUT', 'ERR_TLS_CERT_ALTNAME_INVALID', 'CERT_HAS_EXPIRED'],
        ],
        async (code) => {
          expect(await answeredAfter(anError({ code }))).toEqual({ status: 503, why: ['keys-away'] });
        },
      ),
    ).toEqual([]);
    expect(
      await faultsOf(
        [
          ['the keys’ address answers 5xx', anError({ statusCode: 500 })],
          ['the keys are no JSON', anError({ name: 'FetchError', type: 'invalid-json' })],
          ['the keys do not come in time', anError({ name: 'AbortError' })],
        ],
        async (_what, error) => {
          expect(await answeredAfter(error)).toEqual({ status: 503, why: ['keys-away'] });
        },
      ),
    ).toEqual([]);
  });

  it('is answered with 401 where it is not to be trusted', async () => {
    expect(
      await faultsOf(
        [
          ['is refused', anError({ statusCode: 401 })],
          ['has a bad signature', anError({ name: 'JsonWebTokenError' })],
          ['is not valid yet', anError({ name: 'NotBeforeError' })],
          ['is none', 'no error at all'],
        ],
        async (_what, error) => {
          expect(await answeredAfter(error)).toEqual({ status: 401, why: ['refused'] });
        },
      ),
    ).toEqual([]);
  });
});
