import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { faultsOf } from '../faults.js';
import { type Person, startTeams, type Teams } from './teams.js';
import { createLimiter, type Limit, MEMBER_LIMITS, SEND_LIMITS, TENANT_LIMITS } from './teams-limits.js';

function clock(at = 0) {
  return {
    now: () => at,
    forward: (milliseconds: number) => {
      at += milliseconds;
    },
  };
}

describe('teams-limits', () => {
  const cases: readonly (readonly [string, readonly Limit[], number, number, number])[] = [
    ['7 in 1 s', SEND_LIMITS, 7, 0, 1000],
    ['8 in 2 s', SEND_LIMITS, 8, 150, 800],
    ['60 in 30 s', SEND_LIMITS, 60, 400, 6000],
    ['1800 in an hour', SEND_LIMITS, 1800, 1000, 1_800_000],
    ['14 questions about members in 1 s', MEMBER_LIMITS, 14, 0, 1000],
    ['16 questions about members in 2 s', MEMBER_LIMITS, 16, 75, 800],
    ['50 in 1 s for a tenant', TENANT_LIMITS, 50, 0, 1000],
  ];
  it('lets each limit through, and then says how long to wait', async () => {
    expect(
      await faultsOf(cases, (_, limits, count, stepMs, wait) => {
        const time = clock();
        const limiter = createLimiter(time.now);
        const admit = () => {
          const refused = limiter.admit([
            { key: 'one', limits: limits.filter((limit) => limit.count === count) },
          ]);
          time.forward(stepMs);
          return refused;
        };
        for (let sent = 0; sent < count; sent += 1) expect(admit()).toBeUndefined();
        expect(admit()).toBe(wait);
      }),
    ).toEqual([]);
  });

  it('is strict over each window at once, and counts a refused request on none', () => {
    const time = clock();
    const limiter = createLimiter(time.now);
    const admit = () => limiter.admit([{ key: 'one', limits: SEND_LIMITS }]);
    for (let sent = 0; sent < 7; sent += 1) expect(admit()).toBeUndefined();
    expect(admit()).toBe(1000);
    time.forward(1000);
    expect(admit()).toBeUndefined();
    expect(admit()).toBe(1000);
    {
      const time = clock();
      const limiter = createLimiter(time.now);
      const once = { key: 'once', limits: [{ count: 1, seconds: 60 }] };
      const twice = { key: 'twice', limits: [{ count: 2, seconds: 60 }] };
      limiter.admit([once, twice]);
      expect(limiter.admit([once, twice])).toBe(60_000);
      expect(limiter.admit([twice])).toBeUndefined();
    }
  });
});

describe('teams, over its limits', () => {
  const time = clock(Date.UTC(2027, 0, 4, 8));
  let teams: Teams;
  beforeAll(async () => {
    teams = await startTeams({ appId: 'app', now: time.now });
  });
  afterAll(() => teams.close());

  const send = (person: Person) =>
    fetch(`${person.serviceUrl}v3/conversations/${encodeURIComponent(person.conversationId)}/activities`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ type: 'message', text: 'hoi', conversation: { tenantId: person.tenantId } }),
    });

  it('answers what is too much with 429 and Retry-After, for one conversation or tenant, and lets others through', async () => {
    const anouk = teams.person({ name: 'Anouk', installed: true, tenant: teams.newTenant() });
    for (let sent = 0; sent < 7; sent += 1) expect((await send(anouk)).status).toBe(201);
    const refused = await send(anouk);
    expect(refused.status).toBe(429);
    expect(refused.headers.get('retry-after')).toBe('1');
    expect(teams.throttled.at(-1)).toMatchObject({ person: 'Anouk', time: time.now(), status: 429 });
    expect(anouk.messages()).toHaveLength(7);
    time.forward(1000);
    expect((await send(anouk)).status).toBe(201);
    const tenant = teams.newTenant();
    const people = Array.from({ length: 51 }, (_, at) =>
      teams.person({ name: `P${at}`, installed: true, tenant }),
    );
    const statuses: number[] = [];
    for (const person of people) statuses.push((await send(person)).status);
    expect(statuses).toEqual([...Array(50).fill(201), 429]);
    const elsewhere = teams.person({ name: 'Elsewhere', installed: true, tenant: teams.newTenant() });
    expect((await send(elsewhere)).status).toBe(201);
  });
});
