import { describe, expect, it } from 'vitest';
import { createSelfInstall } from '../../../bot/clients/self-install.js';
import { type GraphStandIn, startGraph } from '../../support/azure/fake-graph.js';
import { faultsOf } from '../../support/faults.js';
import { logInto } from '../../support/recording-log.js';
import { EMPLOYEE, MANAGER, TENANT } from '../../support/sample-records.js';
import { setUpEach } from '../../support/set-up.js';

const HOUR = 60 * 60_000;
const APP = '7d8f2f0a-54a0-4f0b-9f0f-6a3a1f7a1111';
const SANNE = { tenant: TENANT, person: EMPLOYEE };
const MILA = { tenant: TENANT, person: MANAGER };

describe('installing the app for somebody, by Microsoft Graph', () => {
  let graph: GraphStandIn;
  let now: number;
  let logged: string[];
  const afresh = setUpEach(
    async () => {
      graph = await startGraph();
      graph.directory.set(MANAGER, []).set(EMPLOYEE, []);
      now = 0;
      logged = [];
    },
    () => graph.close(),
  );
  const open = () =>
    createSelfInstall({
      access: graph,
      tenant: TENANT,
      catalogApp: APP,
      monotonicNow: () => now,
      log: logInto(logged),
    });

  it('asks for the app in the catalog, once for each person in a night', async () => {
    const install = open();
    await install(SANNE);
    await install(SANNE);
    expect([...graph.installed]).toEqual([[EMPLOYEE, `${graph.address}/appCatalogs/teamsApps/${APP}`]]);
    expect(graph.asked).toHaveLength(1);
    now += 24 * HOUR;
    await install(SANNE);
    expect(graph.asked).toHaveLength(2);
    // It is there already: that is as good.
    expect(logged).toEqual([]);
  });

  it('asks for nobody of another organisation', async () => {
    await open()({ ...SANNE, tenant: MANAGER });
    expect(graph.asked).toEqual([]);
  });

  it('says by code that it was refused, and of nobody who it was', async () => {
    const install = open();
    graph.directory.delete(EMPLOYEE);
    await install(SANNE);
    await install(MILA);
    expect([...graph.installed.keys()]).toEqual([MANAGER]);
    expect(logged.map((line) => JSON.parse(line).code)).toEqual(['graph-404']);
    expect(logged.join()).not.toContain(EMPLOYEE);
  });

  it('leaves Graph alone for a minute after it refused or failed, and then goes on', async () => {
    expect(
      await faultsOf(
        [401, 403, 429, 500, 503] as const,
        async (status) => {
          const install = open();
          graph.troubles.push({ status });
          await install(SANNE);
          await install(MILA);
          expect(graph.asked).toHaveLength(1);
          now += 60_000;
          await install(SANNE);
          await install(MILA);
          expect(graph.installed.size).toBe(2);
          expect(logged.map((line) => JSON.parse(line).code)).toEqual([`graph-${status}`]);
        },
        afresh,
      ),
    ).toEqual([]);
  });

  it('never rejects where there is no token, asks for none for a minute, and then goes on', async () => {
    let asked = 0;
    const token = async () => {
      asked += 1;
      if (asked === 1) throw new TypeError('no identity');
      return graph.token();
    };
    const failing = createSelfInstall({
      ...{ tenant: TENANT, catalogApp: APP, monotonicNow: () => now },
      access: { ...graph, token },
      log: logInto(logged),
    });
    await failing(SANNE);
    await failing(MILA);
    expect(logged.map((line) => JSON.parse(line).code)).toEqual(['TypeError']);
    expect(asked).toBe(1);
    now += 60_000;
    await failing(SANNE);
    expect([...graph.installed.keys()]).toEqual([EMPLOYEE]);
  });
});
