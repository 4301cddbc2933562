import { setImmediate as nextTurnOfLoop } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { createInFlight, createLifecycle, createShutdown } from '../../../bot/composition/lifecycle.js';
import { SILENT } from '../../support/recording-log.js';

const STEPS = 3;

function open({ tables = async () => {} }: { readonly tables?: () => Promise<void> } = {}) {
  const happened: string[] = [];
  const lifecycle = createLifecycle({
    openServing: async () => ({
      server: { listen: async () => 'http://127.0.0.1:1', close: async () => void happened.push('closed') },
      warmUp: Array.from({ length: STEPS }, () => () => happened.push('learned')),
    }),
    prepareTables: tables,
    started: () => happened.push('started'),
    startTicking: null,
    shutdown: createShutdown(),
    runs: createInFlight(),
    deliveries: createInFlight(),
    flushAudit: async () => {},
    log: SILENT,
  });
  return { lifecycle, happened };
}
const turnsOfLoop = async () => {
  for (let turn = 0; turn <= STEPS; turn += 1) await nextTurnOfLoop();
};

describe('a process', () => {
  it('is ready before it learns, and learns in steps between which others get their turn', async () => {
    const { lifecycle, happened } = open();
    await lifecycle.start();
    expect(happened).toEqual(['started']);
    await nextTurnOfLoop();
    expect(happened).toEqual(['started', 'learned']);
    await turnsOfLoop();
    expect(happened).toEqual(['started', 'learned', 'learned', 'learned']);
  });

  it('learns while the tables are away, and nothing twice', async () => {
    let away = true;
    const { lifecycle, happened } = open({
      tables: async () => {
        if (away) throw new Error('away');
      },
    });
    const started = lifecycle.start();
    await nextTurnOfLoop();
    await turnsOfLoop();
    expect(happened).toEqual(['learned', 'learned', 'learned']);
    away = false;
    await started;
    await turnsOfLoop();
    expect(happened).toEqual(['learned', 'learned', 'learned', 'started']);
  });

  it('learns nothing more when it is told to stop', async () => {
    const { lifecycle, happened } = open();
    await lifecycle.start();
    await nextTurnOfLoop();
    await lifecycle.stop();
    await turnsOfLoop();
    expect(happened).toEqual(['started', 'learned', 'closed']);
  });
});
