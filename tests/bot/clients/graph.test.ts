import { describe, expect, it } from 'vitest';
import { createHasReports, type GraphAccess } from '../../../bot/clients/graph.js';
import { type GraphStandIn, startGraph } from '../../support/azure/fake-graph.js';
import { faultsOf } from '../../support/faults.js';
import { logInto } from '../../support/recording-log.js';
import { EMPLOYEE, MANAGER, TENANT } from '../../support/sample-records.js';
import { setUpEach } from '../../support/set-up.js';

const HOUR = 60 * 60_000;
const MILA = { tenant: TENANT, person: MANAGER };
const SANNE = { tenant: TENANT, person: EMPLOYEE };
const HANS = { tenant: TENANT, person: 'd4d4d4d4-0000-4000-8000-000000000004' };

describe('who has people reporting to them, by Microsoft Graph', () => {
  let graph: GraphStandIn;
  let now: number;
  let slept: number[];
  let logged: string[];
  const afresh = setUpEach(
    async () => {
      graph = await startGraph();
      graph.directory.set(MANAGER, [EMPLOYEE]).set(EMPLOYEE, []);
      now = Date.parse('2027-01-12T09:00:00.000Z');
      slept = [];
      logged = [];
    },
    () => graph.close(),
  );

  function open(access: GraphAccess = graph) {
    return createHasReports({
      access,
      tenant: TENANT,
      monotonicNow: () => now,
      sleep: async (ms) => void slept.push(ms),
      log: logInto(logged),
    });
  }

  it('is asked for one report and no more than an id, and is no for who has nobody, is gone or is of another tenant', async () => {
    expect(await open()(MILA)).toBe(true);
    expect(graph.asked).toEqual([`/v1.0/users/${MANAGER}/directReports?$top=1&$select=id`]);
    await afresh();
    const hasReports = open();
    expect(await hasReports(SANNE)).toBe(false);
    expect(await hasReports({ ...SANNE, person: TENANT })).toBe(false);
    expect(await hasReports({ ...MILA, tenant: EMPLOYEE })).toBe(false);
    expect(graph.asked).toHaveLength(2);
    expect(logged).toEqual([]);
  });

  it('is asked once an hour for each person', async () => {
    const hasReports = open();
    await hasReports(MILA);
    graph.directory.set(MANAGER, []);
    now += HOUR - 1;
    expect(await hasReports(MILA)).toBe(true);
    expect(await hasReports(SANNE)).toBe(false);
    expect(graph.asked).toHaveLength(2);
    now += 1;
    expect(await hasReports(MILA)).toBe(false);
  });

  it('waits as long as Graph says, and asks once more', async () => {
    expect(
      await faultsOf(
        [429, 503] as const,
        async (status) => {
          graph.troubles.push({ status, retryAfter: '1' });
          expect(await open()(MILA)).toBe(true);
          expect(slept).toEqual([1_000]);
          expect(graph.asked).toHaveLength(2);
        },
        afresh,
      ),
    ).toEqual([]);
  });

  it('counts as no whatever else comes, with a code in the log and nobody’s id', async () => {
    expect(
      await faultsOf(
        [
          [
            'a second refusal',
            [
              { status: 429, retryAfter: '1' },
              { status: 429, retryAfter: '1' },
            ],
            'graph-429',
            2,
          ],
          ['a wait that is too long', [{ status: 429, retryAfter: '60' }], 'graph-429', 1],
          [
            'a wait that is no number',
            [{ status: 503, retryAfter: 'Tue, 12 Jan 2027 09:00:01 GMT' }],
            'graph-503',
            1,
          ],
          ['a missing permission', [{ status: 403 }], 'graph-403', 1],
          ['an outage', [{ status: 500 }], 'graph-500', 1],
          ['an answer of another shape', [{ body: '{"value":5}' }], 'graph-answer', 1],
          ['an answer that is no JSON', [{ body: '<html>' }], 'SyntaxError', 1],
        ] as const,
        async (_what, troubles, code, asked) => {
          graph.troubles.push(...troubles);
          expect(await open()(MILA)).toBe(false);
          expect(graph.asked).toHaveLength(asked);
          expect(logged).toHaveLength(1);
          expect(logged[0]).toContain(`"code":"${code}"`);
          expect(logged[0]).not.toContain(MANAGER);
        },
        afresh,
      ),
    ).toEqual([]);
  });

  it('is what it was the last time while Graph is away, which is then left alone for a while', async () => {
    const hasReports = open();
    await hasReports(MILA);
    now += HOUR;
    graph.troubles.push({ status: 500 });
    expect(await hasReports(MILA)).toBe(true);
    expect(await hasReports(MILA)).toBe(true);
    expect(await hasReports(SANNE)).toBe(false);
    expect(graph.asked).toHaveLength(2);
    now += 30_000;
    graph.directory.set(MANAGER, []);
    expect(await hasReports(MILA)).toBe(false);
  });

  it('is not asked again at once about whom it refuses to tell, and still told of everybody else', async () => {
    const hasReports = open();
    graph.directory.set(HANS.person, [EMPLOYEE]);
    graph.troubles.push({ status: 400 });
    expect(await hasReports(MILA)).toBe(false);
    expect(await hasReports(HANS)).toBe(true);
    expect(await hasReports(MILA)).toBe(false);
    expect(graph.asked).toHaveLength(2);
    now += 30_000;
    expect(await hasReports(MILA)).toBe(true);
  });

  it('counts as no when Graph does not answer, or there is no token to be had', async () => {
    graph.troubles.push('silence');
    expect(await open()(MILA)).toBe(false);
    expect(logged[0]).toContain('"code":"TimeoutError"');
    await afresh();
    const token = () => Promise.reject(new Error('no secret'));
    expect(await open({ ...graph, token })(MILA)).toBe(false);
    expect(graph.asked).toEqual([]);
  });
});
