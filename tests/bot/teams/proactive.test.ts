import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { ConfigurationBotFrameworkAuthentication } from 'botbuilder';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Reference } from '../../../bot/domain/person.js';
import type { Authentication } from '../../../bot/teams/connector.js';
import { DELIVERY, type DeliveryPolicy } from '../../../bot/teams/delivery-policy.js';
import type { Proactive } from '../../../bot/teams/proactive.js';
import type { Rates } from '../../../bot/teams/send-rate.js';
import { noticeCard } from '../../../cards/notice/notice.card.js';
import { settlePort } from '../../../infra/local/ports.js';
import { faultsOf } from '../../support/faults.js';
import { setUpEach } from '../../support/set-up.js';
import { type Issuer, startIssuer } from '../../support/teams/issuer.js';
import { proactiveSender, UNLIMITED } from '../../support/teams/proactive-sender.js';
import { type Fault, type Person, startTeams, type Teams } from '../../support/teams/teams.js';
import { refused } from '../../support/teams/teams-connector.js';

const APP_ID = '0c5cfdbb-c596-4d39-b557-5d9516c94107';
/** As in earnest, only faster. */
const POLICY: DeliveryPolicy = { ...DELIVERY.reminder, baseMs: 1, maxMs: 100, answerWithinMs: 5_000 };
const IMPATIENT: DeliveryPolicy = { ...POLICY, answerWithinMs: 100 };
const CARD = noticeCard('nl', 'Evaluatie', 'Vandaag is de evaluatie met Sanne.');
const OURS = () => true;

let issuer: Issuer;
let teams: Teams;
let mila: Person;
/** What the sender asked of the rates and told them. */
let turns: [string, string][];
let departures: string[];
let refusals: [string, number | null][];

beforeAll(async () => {
  issuer = await startIssuer({ appId: APP_ID });
});
afterAll(() => issuer.close());
const afresh = setUpEach(
  async () => {
    teams = await startTeams({ appId: APP_ID, issuer });
    mila = teams.person({ name: 'Mila de Wit', installed: true });
    turns = [];
    departures = [];
    refusals = [];
  },
  () => teams.close(),
);

const RATES: Rates = {
  ...UNLIMITED,
  async turn(tenant, conversation) {
    turns.push([tenant, conversation]);
    return () => void departures.push(conversation);
  },
  tooMuch: (tenant, afterMs) => void refusals.push([tenant, afterMs]),
};

function sender(policy = POLICY): Proactive {
  return senderOf(issuer.authentication(), policy);
}

function senderOf(authentication: Authentication, policy: DeliveryPolicy): Proactive {
  return proactiveSender({ authentication, appId: APP_ID, policy, rates: RATES });
}

function whereIs(person: Person): Reference {
  return {
    channel: 'msteams',
    serviceUrl: person.serviceUrl,
    conversation: person.conversationId,
    tenant: person.tenantId,
    bot: `28:${APP_ID}`,
    user: person.userId,
  };
}

/** What comes of sending when Teams answers each request like this. */
async function sendWhen(fault: Fault, policy = POLICY) {
  teams.fault(() => fault);
  const sent = await sender(policy)(whereIs(mila), CARD, OURS);
  return { sent, requests: teams.received.length };
}

/** The same when only the first so many requests are answered like this. */
async function sendWhenFirst(count: number, fault: Fault) {
  teams.fault(() => (teams.received.length <= count ? fault : undefined));
  const sent = await sender()(whereIs(mila), CARD, OURS);
  return { sent, requests: teams.received.length };
}

const problem = (status: number, code: string): Fault => ({
  status,
  body: { error: { code, message: '…' } },
});

describe('proactive: what Teams takes', () => {
  it('arrives once and the answer names it, or says nothing', async () => {
    const sent = await sender()(whereIs(mila), CARD, OURS);
    expect(sent).toEqual({ kind: 'sent', activity: mila.lastMessage().id });
    expect(mila.messages()).toHaveLength(1);
    expect(teams.received).toHaveLength(1);
    await afresh();
    {
      const { sent } = await sendWhen({ status: 201, afterDelivery: true });
      expect(sent).toEqual({ kind: 'sent', activity: '' });
    }
  });

  it('is the card with words for the list of chats, says where it goes, carries a token, and leaves Teams no remark', async () => {
    await sender()(whereIs(mila), CARD, OURS);
    expect(mila.lastMessage()).toMatchObject({
      from: { id: `28:${APP_ID}` },
      recipient: { id: mila.userId },
      summary: CARD.fallbackText,
      attachments: [{ content: { type: 'AdaptiveCard' } }],
    });
    await sender()(whereIs(mila), CARD, OURS);
    expect(teams.received[0]?.body).toMatchObject({
      type: 'message',
      channelId: 'msteams',
      serviceUrl: mila.serviceUrl,
      conversation: {
        id: mila.conversationId,
        tenantId: mila.tenantId,
        conversationType: 'personal',
        isGroup: false,
      },
      channelData: { tenant: { id: mila.tenantId } },
      locale: 'nl',
    });
    expect(teams.received[0]?.body).not.toHaveProperty('replyToId');
    await sender()(whereIs(mila), CARD, OURS);
    expect(teams.received[0]?.headers.authorization).toBe(`Bearer ${issuer.outboundToken}`);
    expect(teams.violations).toEqual([]);
  });

  it('goes to the service address of each person', async () => {
    const send = sender();
    const jan = teams.person({ name: 'Jan Smit', installed: true, region: 'emea' });
    for (const person of [mila, jan, mila]) await send(whereIs(person), CARD, OURS);
    expect(teams.received.map(({ path }) => path.split('/')[1])).toEqual(['amer', 'emea', 'amer']);
  });

  it('has had its turn, and says when it leaves', async () => {
    await sender()(whereIs(mila), CARD, OURS);
    expect(turns).toEqual([[mila.tenantId, mila.conversationId]]);
    await afresh();
    const send = sender();
    teams.fault(() => {
      expect(departures).toEqual([mila.conversationId]);
      return undefined;
    });
    expect(await send(whereIs(mila), CARD, OURS)).toMatchObject({ kind: 'sent' });
    expect(departures).toHaveLength(1);
  });
});

describe('proactive: somebody who cannot be reached', () => {
  it('is gone, with each code that says so, after one request', async () => {
    expect(
      await faultsOf(
        [
          'BotNotInConversationRoster',
          'ForbiddenOperationException',
          'ConversationBlockedByUser',
          'BotDisabledByAdmin',
          'MessageWritesBlocked',
        ] as const,
        async (code) => {
          expect(await sendWhen(refused(code))).toEqual({
            sent: { kind: 'gone', why: `403 ${code}` },
            requests: 1,
          });
        },
        afresh,
      ),
    ).toEqual([]);
  });

  it('is gone when Teams knows the conversation no more or the bot was taken out: told by a code and nothing else', async () => {
    const fault = problem(404, 'ConversationNotFound');
    expect(await sendWhen(fault)).toEqual({
      sent: { kind: 'gone', why: '404 ConversationNotFound' },
      requests: 1,
    });
    await afresh();
    const jan = teams.person({ name: 'Jan Smit', installed: false });
    expect(await sender()(whereIs(jan), CARD, OURS)).toEqual({
      kind: 'gone',
      why: '403 BotNotInConversationRoster',
    });
    await afresh();
    const message = JSON.stringify({ subCode: 'Mila <mila@example.org>', details: 'Mila' });
    const { sent } = await sendWhen({ status: 403, body: { errorCode: 209, message } });
    expect(JSON.stringify(sent)).not.toContain('ila');
  });

  it('is gone also when the refusal says its code elsewhere, or none', async () => {
    expect(
      await faultsOf<[string, Fault]>(
        [
          ['says nothing', { status: 403 }],
          ['is a page', { status: 403, body: '<html>Forbidden</html>' }],
          ['is a list', { status: 403, body: [] }],
        ],
        async (_case, fault) => {
          const { sent } = await sendWhen(fault);
          expect(sent).toMatchObject({ kind: 'gone', why: expect.stringMatching(/^403/) });
        },
        afresh,
      ),
    ).toEqual([]);
  });
});

describe('proactive: what trying again would not help', () => {
  it('has failed after one request with a status that stays', async () => {
    expect(
      await faultsOf(
        [
          [400, 'BadSyntax'],
          [401, 'Unauthorized'],
          [405, 'MethodNotAllowed'],
          [413, 'MessageSizeTooBig'],
          [500, 'InternalServerError'],
        ],
        async (status, code) => {
          expect(await sendWhen(problem(status, code))).toEqual({
            sent: { kind: 'failed', why: `${status} ${code}` },
            requests: 1,
          });
        },
        afresh,
      ),
    ).toEqual([]);
  });
});

describe('proactive: what may go better a little later', () => {
  const codes = [412, 429, 502, 503, 504];

  it('is tried four times and no more', async () => {
    expect(
      await faultsOf(
        codes,
        async (status) => {
          const { sent, requests } = await sendWhen(problem(status, 'Busy'));
          expect(sent).toEqual({ kind: 'retry', why: `${status} Busy`, afterMs: null });
          expect(requests).toBe(4);
        },
        afresh,
      ),
    ).toEqual([]);
  });

  it('arrives once when a later try is taken, also after a page of a proxy, with a turn for each try', async () => {
    expect(
      await faultsOf(
        codes,
        async (status) => {
          const { sent, requests } = await sendWhenFirst(2, problem(status, 'Busy'));
          expect(sent).toMatchObject({ kind: 'sent' });
          expect(requests).toBe(3);
          expect(mila.messages()).toHaveLength(1);
        },
        afresh,
      ),
    ).toEqual([]);
    await afresh();
    const { sent } = await sendWhen({ status: 502, body: '<html>Bad gateway</html>' });
    expect(sent).toMatchObject({ kind: 'retry', why: expect.stringMatching(/^502/) });
    await afresh();
    await sendWhen(problem(503, 'Busy'));
    expect(turns).toHaveLength(4);
  });

  it('says how long Teams asked to wait, in seconds or as a moment', async () => {
    const fault = { ...problem(503, 'Busy'), headers: { 'retry-after': '0.02' } };
    expect((await sendWhen(fault)).sent).toEqual({ kind: 'retry', why: '503 Busy', afterMs: 20 });
    await afresh();
    {
      const at = new Date(Date.now() + 90_000);
      const fault = { ...problem(503, 'Busy'), headers: { 'retry-after': at.toUTCString() } };
      const { sent, requests } = await sendWhen(fault);
      const afterMs = sent.kind === 'retry' ? sent.afterMs : null;
      // A moment in a header has whole seconds.
      expect(afterMs).toBeGreaterThan(85_000);
      expect(afterMs).toBeLessThanOrEqual(90_000);
      expect(requests).toBe(1);
    }
  });

  it('waits as long as usual when Teams names no time, or one that is none', async () => {
    expect(
      await faultsOf(
        [
          ['a moment that has passed', new Date(Date.now() - 60_000).toUTCString()],
          ['nothing at all', ''],
          ['no time and no moment', 'soon'],
          ['a time below nothing', '-5'],
          ['a time below nothing that looks like a year', '-3600'],
          ['several numbers', '1.2.3'],
          ['a time with a unit', '3600 s'],
        ],
        async (_case, retryAfter) => {
          const fault = { ...problem(503, 'Busy'), headers: { 'retry-after': retryAfter } };
          expect(await sendWhen(fault)).toEqual({
            sent: { kind: 'retry', why: '503 Busy', afterMs: null },
            requests: 4,
          });
        },
        afresh,
      ),
    ).toEqual([]);
  });

  it('waits as long as Teams asked before it is tried again, also when that is long', async () => {
    await sendWhenFirst(1, { ...problem(503, 'Busy'), headers: { 'retry-after': '0.06' } });
    const [first, second] = teams.received.map(({ time }) => time);
    expect((second ?? 0) - (first ?? 0)).toBeGreaterThanOrEqual(58);
    await afresh();
    const fault = { ...problem(503, 'Busy'), headers: { 'retry-after': '600' } };
    const { sent, requests } = await sendWhen(fault);
    expect(sent).toEqual({ kind: 'retry', why: '503 Busy', afterMs: 600_000 });
    expect(requests).toBe(1);
  });

  it('slows its tenant down when it was too much', async () => {
    await sendWhenFirst(1, { ...problem(429, 'Throttled'), headers: { 'retry-after': '0.01' } });
    await sendWhenFirst(teams.received.length + 1, problem(429, 'Throttled'));
    expect(refusals).toEqual([
      [mila.tenantId, 10],
      [mila.tenantId, null],
    ]);
  });

  it('slows nobody down when it was something else', async () => {
    expect(
      await faultsOf(
        [412, 502, 503, 504],
        async (status) => {
          await sendWhenFirst(1, problem(status, 'Busy'));
          expect(refusals).toEqual([]);
        },
        afresh,
      ),
    ).toEqual([]);
  });

  it('is a service that nobody answers at', async () => {
    const port = await settlePort(0);
    const sent = await sender()(
      { ...whereIs(mila), serviceUrl: `http://127.0.0.1:${port}/amer/` },
      CARD,
      OURS,
    );
    expect(sent).toEqual({ kind: 'retry', why: 'ECONNREFUSED', afterMs: null });
    expect(turns).toHaveLength(4);
  });
});

describe('proactive: what could not even leave', () => {
  /** A sender whose token comes as it is told. */
  function senderWithTokens(tokens: () => Promise<string>, policy = POLICY): Proactive {
    const authentication = new ConfigurationBotFrameworkAuthentication(
      {},
      {
        isValidAppId: async () => true,
        isAuthenticationDisabled: async () => false,
        createCredentials: async () => ({
          async signRequest(request) {
            request.headers.set('authorization', `Bearer ${await tokens()}`);
            return request;
          },
        }),
      },
    );
    return senderOf(authentication, policy);
  }

  it('is tried again when no token is to be had in time, and was never sent', async () => {
    const send = senderWithTokens(() => Promise.reject(new Error('invalid_client Mila')));
    expect(await send(whereIs(mila), CARD, OURS)).toEqual({ kind: 'retry', why: 'no token', afterMs: null });
    expect(turns).toHaveLength(POLICY.attempts);
    expect([departures, teams.received]).toEqual([[], []]);
    await afresh();
    {
      const late: ((token: string) => void)[] = [];
      const send = senderWithTokens(() => new Promise((resolve) => late.push(resolve)), IMPATIENT);
      expect(await send(whereIs(mila), CARD, OURS)).toEqual({
        kind: 'retry',
        why: 'no token',
        afterMs: null,
      });
      for (const give of late) give('token');
      await new Promise((resolve) => setTimeout(resolve, 50));
      expect(teams.received).toEqual([]);
    }
  });

  it('arrives once when a token is to be had a little later', async () => {
    let asked = 0;
    const send = senderWithTokens(async () => {
      asked += 1;
      if (asked <= 2) throw new Error('the token service is away');
      return 'token';
    });
    expect(await send(whereIs(mila), CARD, OURS)).toMatchObject({ kind: 'sent' });
    expect(mila.messages()).toHaveLength(1);
  });
});

describe('proactive: what may have arrived', () => {
  it('is uncertain and not sent again when no answer comes or the line goes dead', async () => {
    expect(await sendWhen({ hang: true, afterDelivery: true }, IMPATIENT)).toEqual({
      sent: { kind: 'uncertain', why: 'no answer in time' },
      requests: 1,
    });
    expect(mila.messages()).toHaveLength(1);
    await afresh();
    const { sent, requests } = await sendWhen({ closeSocket: true, afterDelivery: true });
    expect(sent.kind).toBe('uncertain');
    expect(requests).toBe(1);
    expect(mila.messages()).toHaveLength(1);
  });

  it('is given up for good when no answer comes: the line is closed', async () => {
    const closed: Promise<unknown>[] = [];
    const hanging = createServer((request) => void closed.push(once(request.socket, 'close'))).listen(
      0,
      '127.0.0.1',
    );
    await once(hanging, 'listening');
    const { port } = hanging.address() as AddressInfo;
    const sent = await sender(IMPATIENT)(
      { ...whereIs(mila), serviceUrl: `http://127.0.0.1:${port}/amer/` },
      CARD,
      OURS,
    );
    expect(sent).toEqual({ kind: 'uncertain', why: 'no answer in time' });
    expect(closed).toHaveLength(1);
    await closed[0];
    hanging.close();
  });

  it('is uncertain when the line goes dead that an earlier message had used', async () => {
    const send = sender();
    await send(whereIs(mila), CARD, OURS);
    teams.fault(() => ({ closeSocket: true, afterDelivery: true }));
    expect((await send(whereIs(mila), CARD, OURS)).kind).toBe('uncertain');
    expect(mila.messages()).toHaveLength(2);
  });

  it('does not hold up what goes to somebody else', async () => {
    const jan = teams.person({ name: 'Jan Smit', installed: true });
    const send = sender(IMPATIENT);
    teams.fault(({ person }) => (person === mila.name ? { hang: true } : undefined));
    const slow = send(whereIs(mila), CARD, OURS);
    expect(await Promise.race([slow, send(whereIs(jan), CARD, OURS)])).toMatchObject({ kind: 'sent' });
    expect(await slow).toMatchObject({ kind: 'uncertain' });
  });
});
