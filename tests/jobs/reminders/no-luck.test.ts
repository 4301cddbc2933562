import { describe, expect, it } from 'vitest';
import { DELIVERY } from '../../../bot/teams/delivery-policy.js';
import { faultsOf } from '../../support/faults.js';
import { MILA, NINE, openSending, type Sending } from '../../support/jobs/sending-scene.js';
import { aNewReminder, aReference, MUCH_LATER } from '../../support/sample-records.js';
import { setUpEach } from '../../support/set-up.js';
import { type Issuer, startIssuer } from '../../support/teams/issuer.js';
import { proactiveSender } from '../../support/teams/proactive-sender.js';
import { type Fault, startTeams, type Teams } from '../../support/teams/teams.js';

const APP_ID = '0c5cfdbb-c596-4d39-b557-5d9516c94107';
const ONCE = { ...DELIVERY.reminder, attempts: 1, baseMs: 1, maxMs: 1 };
const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;
/** From Tuesday to Wednesday of the week after: six working days. */
const DAYS = 9;
/** So often is a message tried on one day at most: soon at first, then each hour until eight in the evening. */
const MOST_TRIES_A_DAY = 17;
const WORKING_DAYS_TRIED = 5;

let issuer: Issuer;
let teams: Teams;
let house: Sending;
const afresh = setUpEach(
  async () => {
    issuer = await startIssuer({ appId: APP_ID });
    teams = await startTeams({ appId: APP_ID, issuer, limits: 'off' });
    house = await openSending();
  },
  async () => {
    await teams.close();
    await issuer.close();
  },
);

const error = (code: string) => ({ error: { code, message: code } });
const HTML = '<html><body><h1>502 Bad Gateway</h1></body></html>';
const ANSWERS: readonly (readonly [string, Fault])[] = [
  ['412', { status: 412, body: error('PreconditionFailed') }],
  ['429 without Retry-After', { status: 429, body: error('Throttled') }],
  ['429 with Retry-After', { status: 429, headers: { 'retry-after': '120' }, body: error('Throttled') }],
  ['502 with HTML', { status: 502, headers: { 'content-type': 'text/html' }, body: HTML }],
  ['503', { status: 503 }],
  ['504', { status: 504 }],
  ['400', { status: 400, body: error('BadSyntax') }],
  ['401', { status: 401, body: error('BotNotRegistered') }],
  ['413', { status: 413, body: error('MessageSizeTooBig') }],
  ['500', { status: 500, body: error('ServiceError') }],
];

/** When it is looked at what the maker of the record sees: late enough for the first tries of the day. */
const LOOKED_AT = 'T08:30:00.000Z';

/**
 * Lives through so many days from nine on Tuesday. Of the ticks that there are each minute it makes those at which
 * something may happen: when a reminder is to be tried, the minute before, and each minute while one is overdue. The
 * others find nothing due.
 */
async function passDays(days: number, tick: (at: string) => Promise<void>): Promise<void> {
  const end = Date.parse(NINE) + days * DAY_MS;
  for (let now = Date.parse(NINE); now < end; now = await nextTick(now)) {
    const at = new Date(now).toISOString();
    house.setNow(at);
    await tick(at);
  }
}

async function nextTick(now: number): Promise<number> {
  const today = new Date(now).toISOString().slice(0, 10);
  const looks = [0, 1].map((after) => Date.parse(`${today}${LOOKED_AT}`) + after * DAY_MS);
  const tries = (await house.due()).map(({ due, notBefore }) => {
    const at = Math.max(Date.parse(due), Date.parse(notBefore ?? due));
    return Math.ceil(at / MINUTE_MS) * MINUTE_MS;
  });
  const overdue = tries.some((at) => at <= now) ? [now + MINUTE_MS] : [];
  const moments = [...looks, ...overdue, ...tries.flatMap((at) => [at - MINUTE_MS, at])];
  return Math.min(...moments.filter((at) => at > now));
}

/** Lives through so many days with one evaluation; how often was tried on which day of January. */
async function liveThrough(days: number, watch: (at: string) => Promise<void> = async () => undefined) {
  const mila = teams.person({ name: 'Mila', installed: true });
  const { conversationId: conversation, serviceUrl, userId: user, tenantId: tenant } = mila;
  const reference = aReference({ conversation, serviceUrl, user, bot: `28:${APP_ID}` });
  await house.change(MILA, { reference: { ...reference, tenant } });
  const send = proactiveSender({ authentication: issuer.authentication(), appId: APP_ID, policy: ONCE });
  const instance = house.instance({ change: () => ({ send }) });
  await house.plan(aNewReminder());
  const tries = new Map<number, number>();
  await passDays(days, async (at) => {
    const before = teams.received.length;
    await instance.run();
    const day = Number(at.slice(8, 10));
    if (teams.received.length > before) tries.set(day, (tries.get(day) ?? 0) + 1);
    await watch(at);
  });
  return tries;
}

describe('a channel that answers every message with the same refusal', () => {
  it('is tried on five working days and given up, and its maker sees so from the second on', async () => {
    expect(
      await faultsOf(
        ANSWERS,
        async (_answer, fault) => {
          teams.fault(() => fault);
          const seen = new Map<string, string>();
          const tries = await liveThrough(DAYS, async (at) => {
            if (!at.endsWith(LOOKED_AT)) return;
            const undelivered = (await house.agreement())?.undelivered ?? null;
            seen.set(
              at.slice(8, 10),
              undelivered === null ? '' : undelivered.givenUp === true ? 'given up' : 'shown',
            );
          });
          expect([...tries.keys()]).toEqual([12, 13, 14, 15, 18]);
          expect(tries.size).toBe(WORKING_DAYS_TRIED);
          for (const count of tries.values()) expect(count).toBeLessThanOrEqual(MOST_TRIES_A_DAY);
          expect(seen.get('13')).toBe('shown');
          expect(seen.get('18')).toMatch(/^(shown|given up)$/);
          expect(seen.get('19')).toBe('given up');
          expect(await house.due()).toEqual([]);
          expect(await house.waiting()).toEqual([]);
          expect((await house.stores.health.of('reminders', MUCH_LATER))?.gaveUp).toBe(1);
          expect(await house.person(MILA)).toMatchObject({ unreachableSince: null });
        },
        afresh,
      ),
    ).toEqual([]);
  });
});

describe('a channel that is down', () => {
  it('is shown as since when the oldest is overdue, all through the day', async () => {
    teams.fault(() => ({ status: 503 }));
    const overdue = new Set<string | null | undefined>();
    await liveThrough(0.3, async () => {
      overdue.add((await house.stores.health.of('reminders', MUCH_LATER))?.last.oldestOverdue);
    });
    expect([...overdue]).toEqual([NINE]);
  });

  it('and is back after twenty minutes has its messages delivered on the same day, once', async () => {
    teams.fault(() => (house.now() < '2027-01-12T08:20:00.000Z' ? { status: 503 } : undefined));
    await liveThrough(1);
    const delivered = teams.received.filter(({ status }) => status === 201);
    expect(delivered).toHaveLength(1);
    expect(await house.agreement()).toMatchObject({ undelivered: null });
    expect(await house.due('2027-01-13T07:59:00.000Z')).toEqual([]);
  });

  it('for one person lets what comes up later for them go out with the rest', async () => {
    teams.fault(() => (house.now() < '2027-01-12T09:00:00.000Z' ? { status: 503 } : undefined));
    await house.plan(
      aNewReminder({ kind: 'landed', occasion: '2027-01-08', due: '2027-01-12T09:10:00.000Z' }),
    );
    await liveThrough(0.2);
    const delivered = teams.received.filter(({ status }) => status === 201);
    expect(delivered).toHaveLength(1);
    expect(JSON.stringify(delivered[0]?.body)).toContain('landed.open');
  });
});

describe('no token to be had', () => {
  it('ends like any other failure: tried ever less, shown, and given up after five days', async () => {
    house.teams.answer = () => ({ kind: 'retry', why: 'no token', afterMs: null });
    await house.plan(aNewReminder());
    const instance = house.instance();
    await passDays(7, async () => void (await instance.run()));
    expect(house.teams.sent.length).toBeGreaterThan(WORKING_DAYS_TRIED);
    expect(house.teams.sent.length).toBeLessThanOrEqual(WORKING_DAYS_TRIED * MOST_TRIES_A_DAY);
    expect((await house.agreement())?.undelivered).toEqual({
      kind: 'evaluation',
      why: 'no token',
      givenUp: true,
    });
    expect(await house.due()).toEqual([]);
  });
});
