import { describe, expect, it } from 'vitest';
import type { StoredRow } from '../../../bot/store/tables/rows.js';
import type { WriteResult } from '../../../bot/store/tables/tables.js';
import { createDepartures } from '../../../jobs/reminders/departures.js';
import { aDueReminder } from '../../support/sample-records.js';

const AT = '2027-01-12T08:00:00.000Z';
const MOST_AHEAD = 10;
const MOST_UNPROVEN = 4;
const rowOf = (name: string, tenant = 'one') => aDueReminder({ tenant, person: name, subject: name });
const turns = async (count = 20) => {
  for (let turn = 0; turn < count; turn += 1) await new Promise((go) => setImmediate(go));
};

/** The way out, with rows that can be somebody else's and tables that can be away. */
function openWayOut() {
  const noted: string[][] = [];
  const state = { taken: [] as string[], away: false, stopping: false };
  const nameOf = (stored: StoredRow) => String(stored.row.rowKey).split('|').at(-1) ?? '';
  const departures = createDepartures({
    at: AT,
    stopping: () => state.stopping,
    reminders: {
      async markSending(rows, at): Promise<WriteResult> {
        if (state.away) throw new Error('the tables are away');
        expect(at).toBe(AT);
        noted.push(rows.map(nameOf));
        return rows.some((row) => state.taken.includes(nameOf(row))) ? 'conflict' : 'ok';
      },
    },
  });
  /** Messages that wait for their turn, and leave when they are told to. */
  const waiting = new Map<string, () => void>();
  const depart = (name: string, tenant = 'one') =>
    departures.depart([rowOf(name, tenant)], async (leaves) => {
      await new Promise<void>((go) => {
        waiting.set(name, () => {
          leaves();
          go();
        });
      });
      waiting.delete(name);
      return name;
    });
  return { departures, noted, state, waiting, depart };
}

const names = (count: number, from = 0) => Array.from({ length: count }, (_, at) => `m${from + at}`);

describe('departures', () => {
  it('note a message before it is sent, and give back what came of it', async () => {
    const { depart, noted, waiting } = openWayOut();
    const sent = depart('m0');
    await turns();
    expect([noted, [...waiting.keys()]]).toEqual([[['m0']], ['m0']]);
    waiting.get('m0')?.();
    expect(await sent).toBe('m0');
  });

  it('note many together, and never more ahead than a few', async () => {
    const { depart, noted, waiting } = openWayOut();
    const all = names(40).map((name) => depart(name));
    await turns();
    expect(waiting.size).toBe(MOST_UNPROVEN);
    for (let left = 40; left > 0; left -= 1) {
      expect(waiting.size).toBeLessThanOrEqual(MOST_UNPROVEN);
      expect(noted.flat().length - (40 - left)).toBeLessThanOrEqual(MOST_AHEAD);
      [...waiting.values()][0]?.();
      await turns();
    }
    expect((await Promise.all(all)).sort()).toEqual(names(40).sort());
    // One by one they would be forty.
    expect(noted.length).toBeLessThanOrEqual(12);
    expect(noted.flat().sort()).toEqual(names(40).sort());
  });

  it('let nobody wait for another tenant', async () => {
    const { depart, waiting } = openWayOut();
    for (const name of names(20)) void depart(name);
    void depart('other', 'two');
    await turns();
    expect([...waiting.keys()]).toContain('other');
    expect(waiting.size).toBe(MOST_UNPROVEN + 1);
  });

  it('send nothing of a row that another has, and all of the rest', async () => {
    const { depart, state, waiting } = openWayOut();
    state.taken = ['m2'];
    const all = names(5).map((name) => depart(name));
    await turns();
    expect([...waiting.keys()].sort()).toEqual(['m0', 'm1', 'm3', 'm4']);
    expect(await all[2]).toBe('lost');
  });

  it('reject where the tables are away, and go on when they are back', async () => {
    const { depart, state, waiting } = openWayOut();
    state.away = true;
    await expect(depart('m0')).rejects.toThrow('the tables are away');
    state.away = false;
    for (const name of names(MOST_AHEAD, 1)) void depart(name);
    await turns();
    expect(waiting.size).toBe(MOST_UNPROVEN);
  });

  it('hold everything back while too many proofs are to be written', async () => {
    const { departures, depart, noted, waiting } = openWayOut();
    const proofs: (() => void)[] = [];
    const proving = names(MOST_UNPROVEN).map(() =>
      departures.recordDelivery(() => new Promise<void>((written) => void proofs.push(written))),
    );
    void depart('m0');
    await turns();
    expect([noted, waiting.size]).toEqual([[['m0']], 0]);
    proofs[0]?.();
    await turns();
    expect(waiting.size).toBe(1);
    for (const written of proofs) written();
    await Promise.all(proving);
  });

  it('make room again when a send fails before it left', async () => {
    const { departures, depart, waiting } = openWayOut();
    for (const name of names(MOST_AHEAD)) {
      const failing = departures.depart([rowOf(name)], () => Promise.reject(new Error('no')));
      await expect(failing).rejects.toThrow('no');
    }
    void depart('after');
    await turns();
    expect([...waiting.keys()]).toEqual(['after']);
  });

  it('note nothing any more when the instance ends, and let all go on to hear so', async () => {
    const { depart, noted, state, waiting } = openWayOut();
    for (const name of names(30)) void depart(name);
    await turns();
    const before = noted.length;
    state.stopping = true;
    [...waiting.values()][0]?.();
    await turns();
    expect(waiting.size).toBe(29);
    expect(noted).toHaveLength(before);
  });
});
