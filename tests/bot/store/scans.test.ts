import { describe, expect, it } from 'vitest';
import { MOST_ASKED, type Scan, startScan } from '../../../bot/domain/scan.js';
import type { Ballot } from '../../../bot/domain/scan-tally.js';
import { createSeal } from '../../../bot/store/scan-seal.js';
import { openScans } from '../../../bot/store/scans.js';
import type { Tables } from '../../../bot/store/tables/tables.js';
import { CHARACTERISTICS } from '../../../cards/content/characteristics.js';
import { type OwnTables, openOwnTables } from '../../support/azure/temporary-tables.js';
import { faultsOf } from '../../support/faults.js';
import { setUpEach } from '../../support/set-up.js';

const SECRET = 'a secret of at least thirty-two characters';
const NOW = '2027-01-12T09:00:00.000Z';
const TODAY = '2027-01-12';
const people = (count: number) =>
  Array.from({ length: count }, (_, at) => `a0000000-0000-4000-8000-${String(at).padStart(12, '0')}`);
const aScan = (changes: Partial<Scan> = {}): Scan => ({
  ...startScan(
    {
      tenant: 'tenant-1',
      id: 'BCDFG',
      form: 'form-1',
      manager: 'mila',
      managerName: 'Mila de Wit',
      name: 'Burgerzaken',
      asked: people(7),
      lastDay: '2027-01-26',
      before: null,
    },
    NOW,
  ),
  ...changes,
});
const ballot = (figure: number): Ballot => ({
  figures: CHARACTERISTICS.map(() => figure),
  top: ['workload'],
});

let own: OwnTables;
const afresh = setUpEach(
  async () => {
    own = await openOwnTables();
  },
  () => own.drop(),
);

const scansOver = (tables: Tables = own.tables, secrets: readonly string[] = [SECRET]) =>
  openScans(tables, createSeal(secrets));
const answer = (scans: ReturnType<typeof scansOver>, who: string, figure = 3, today = TODAY) =>
  scans.answer('tenant-1', 'BCDFG', { person: who, ballot: ballot(figure), today });

describe('the ballot box of a scan', () => {
  it('counts each person once, whatever they send the second time', async () => {
    const scans = scansOver();
    expect(await scans.add(aScan())).toBe('ok');
    const [anna = '', bram = ''] = people(7);
    expect(await answer(scans, anna, 1)).toBe('counted');
    expect(await answer(scans, anna, 5)).toBe('already');
    expect(await answer(scans, bram, 1)).toBe('counted');
    expect(await scans.progress(aScan())).toEqual({ answered: 2 });
    expect(await scans.hasAnswered(aScan(), anna)).toBe(true);
    expect(await scans.hasAnswered(aScan(), people(7)[6] ?? '')).toBe(false);
  });

  it('refuses who was not asked, who started it, who comes too late, and an answer to a scan that is not there', async () => {
    expect(
      await faultsOf(
        [
          ['who was not asked', 'somebody', TODAY, 'not-asked'],
          ['who started it', 'mila', TODAY, 'own'],
          ['who comes after the last day', people(1)[0] ?? '', '2027-01-27', 'over'],
        ],
        async (_name, who, today, expected) => {
          const scans = scansOver();
          await scans.add(aScan());
          expect(await answer(scans, who, 3, today)).toBe(expected);
          expect(await scans.progress(aScan())).toEqual({ answered: 0 });
        },
        afresh,
      ),
    ).toEqual([]);
    await afresh();
    const scans = scansOver();
    await scans.add(aScan());
    const [anna = ''] = people(7);
    expect(await scans.answer('tenant-1', 'BCDFH', { person: anna, ballot: ballot(3), today: TODAY })).toBe(
      'gone',
    );
    expect(await scans.answer('tenant-2', 'BCDFG', { person: anna, ballot: ballot(3), today: TODAY })).toBe(
      'gone',
    );
  });

  it('gives a code that is taken to nobody else, and leaves what is there', async () => {
    const scans = scansOver();
    await scans.add(aScan());
    await answer(scans, people(1)[0] ?? '');
    expect(await scans.add(aScan({ form: 'form-2' }))).toBe('conflict');
    expect((await scans.get('tenant-1', 'BCDFG'))?.record.form).toBe('form-1');
    expect(await scans.progress(aScan())).toEqual({ answered: 1 });
  });

  it('closes with the outcome of all answers, takes none after it and gives the counts to nobody', async () => {
    const scans = scansOver();
    await scans.add(aScan());
    for (const [at, who] of people(6).entries()) await answer(scans, who, 1 + (at % 2));
    const closed = await scans.close('tenant-1', 'BCDFG', { now: NOW, by: 'hand' });
    expect(closed).toMatchObject({ status: 'closed', outcome: { answered: 6 } });
    expect(closed?.outcome?.rows[0]).toEqual({ id: 'workload', mean: 1.5, groups: [], top: 1 });
    expect(await answer(scans, people(7)[6] ?? '')).toBe('over');
    expect(await scans.close('tenant-1', 'BCDFG', { now: '2027-02-01T09:00:00.000Z', by: 'hand' })).toEqual(
      closed,
    );
    expect(await scans.progress(aScan())).toBeNull();
    const { scans: rows } = await own.dump();
    expect(rows?.find(({ rowKey }) => String(rowKey).startsWith('box'))).toMatchObject({ sealed: '' });
  });

  it('drops a scan with four answers, and one that was sealed under a secret that is gone', async () => {
    const scans = scansOver();
    await scans.add(aScan());
    for (const who of people(4)) await answer(scans, who);
    expect(await scans.close('tenant-1', 'BCDFG', { now: NOW, by: 'hand' })).toMatchObject({
      status: 'dropped',
      outcome: null,
    });
    await scans.add(aScan({ id: 'CDFGH' }));
    const others = scansOver(own.tables, ['another secret that is just as long as the first']);
    expect(
      await others.answer('tenant-1', 'CDFGH', {
        person: people(1)[0] ?? '',
        ballot: ballot(3),
        today: TODAY,
      }),
    ).toBe('unreadable');
    expect(await others.close('tenant-1', 'CDFGH', { now: NOW, by: 'hand' })).toMatchObject({
      status: 'dropped',
    });
  });

  it('opens with a secret of before while there is a new one, and goes with the scan', async () => {
    await scansOver().add(aScan());
    const changed = scansOver(own.tables, ['another secret that is just as long as the first', SECRET]);
    expect(await answer(changed, people(1)[0] ?? '')).toBe('counted');
    expect(await changed.progress(aScan())).toEqual({ answered: 1 });
    await afresh();
    const scans = scansOver();
    await scans.add(aScan());
    await scans.remove('tenant-1', 'BCDFG');
    await scans.remove('tenant-1', 'BCDFG');
    expect((await own.dump()).scans).toEqual([]);
  });

  it('takes fifty people at once by four processes, while it is closed at that moment, and loses and doubles none', async () => {
    const asked = people(50);
    const processes = [scansOver(), scansOver(), scansOver(), scansOver()];
    const [first] = processes;
    await first?.add(aScan({ asked }));
    const results = await Promise.all(
      asked.map((who, at) =>
        (processes[at % 4] ?? scansOver()).answer('tenant-1', 'BCDFG', {
          person: who,
          ballot: ballot(3),
          today: TODAY,
        }),
      ),
    );
    expect(results.every((result) => result === 'counted')).toBe(true);
    const again = await Promise.all(
      asked.map((who, at) =>
        (processes[(at + 1) % 4] ?? scansOver()).answer('tenant-1', 'BCDFG', {
          person: who,
          ballot: ballot(5),
          today: TODAY,
        }),
      ),
    );
    expect(again.every((result) => result === 'already')).toBe(true);
    expect(await first?.close('tenant-1', 'BCDFG', { now: NOW, by: 'hand' })).toMatchObject({
      outcome: { answered: 50 },
    });
  });

  it('asks fifty who type its code at once in four processes, each once, and no more than fit', async () => {
    const [first] = people(1);
    const others = Array.from(
      { length: 50 },
      (_, at) => `b0000000-0000-4000-8000-${String(at).padStart(12, '0')}`,
    );
    const processes = [scansOver(), scansOver(), scansOver(), scansOver()];
    await scansOver().add(aScan());
    const join = (who: string, at: number) =>
      (processes[at % 4] ?? scansOver()).join('tenant-1', 'BCDFG', { person: who, today: TODAY, now: NOW });
    const joined = await Promise.all([...others, first ?? '', 'mila'].map(join));
    expect(joined.map((scan) => scan !== null)).toEqual([...others.map(() => true), true, false]);
    const kept = await scansOver().get('tenant-1', 'BCDFG');
    expect(kept?.record.asked).toEqual([...people(7), ...others]);
    const full = aScan({ id: 'CDFGH', asked: people(MOST_ASKED - 1) });
    await scansOver().add(full);
    const last = await Promise.all(
      others
        .slice(0, 3)
        .map((who) => scansOver().join('tenant-1', 'CDFGH', { person: who, today: TODAY, now: NOW })),
    );
    expect(last.filter((scan) => scan !== null)).toHaveLength(1);
    expect(await scansOver().join('tenant-1', 'DFGHJ', { person: 'x', today: TODAY, now: NOW })).toBeNull();
  });

  it('counts whoever was told so, and nobody else, where a scan closes between answers', async () => {
    const asked = people(20);
    const [one, other] = [scansOver(), scansOver()];
    await one.add(aScan({ asked }));
    for (const who of asked.slice(0, 5)) await answer(one, who);
    const racing = asked.slice(5).map((who) => answer(one, who));
    const [closed, ...results] = await Promise.all([
      other.close('tenant-1', 'BCDFG', { now: NOW, by: 'hand' }),
      ...racing,
    ]);
    const counted = results.filter((result) => result === 'counted').length;
    expect(closed?.outcome?.answered).toBe(5 + counted);
    expect(results.every((result) => result === 'counted' || result === 'over')).toBe(true);
  });
});

describe('what the tables give away of a scan', () => {
  it('is the same in form after each answer: no figure, no person, no length and no row of its own', async () => {
    const scans = scansOver();
    await scans.add(aScan());
    const dumps = [await own.dump()];
    for (const [at, who] of people(7).entries()) {
      await answer(scans, who, 1 + (at % 5));
      dumps.push(await own.dump());
    }
    const boxOf = (dump: (typeof dumps)[number]) =>
      dump.scans?.find(({ rowKey }) => String(rowKey).startsWith('box'));
    const scanOf = (dump: (typeof dumps)[number]) =>
      dump.scans?.find(({ rowKey }) => String(rowKey).startsWith('scan'));
    const sealed = dumps.map((dump) => String(boxOf(dump)?.sealed));
    // No two are the same, all are as long, and none is text.
    expect(new Set(sealed).size).toBe(dumps.length);
    expect(new Set(sealed.map(({ length }) => length)).size).toBe(1);
    for (const one of sealed) {
      const bytes = Buffer.from(one, 'base64').toString('latin1');
      for (const who of people(7)) expect(bytes).not.toContain(who);
      expect(bytes).not.toContain('answered');
    }
    // The scan itself is not written when somebody answers, and nothing else is.
    expect(new Set(dumps.map((dump) => JSON.stringify(scanOf(dump)))).size).toBe(1);
    for (const dump of dumps) {
      const others = Object.entries(dump).filter(([table]) => table !== 'scans');
      expect(others.flatMap(([, rows]) => rows)).toEqual([]);
      expect(dump.scans?.length).toBe(2);
    }
  });

  it('once it is closed, is what everybody sees and not who answered, and does not open in the row of another', async () => {
    const scans = scansOver();
    await scans.add(aScan());
    for (const who of people(6)) await answer(scans, who);
    await scans.close('tenant-1', 'BCDFG', { now: NOW, by: 'hand' });
    const [row] = (await own.dump()).scans?.filter(({ rowKey }) => String(rowKey).startsWith('scan')) ?? [];
    expect(JSON.parse(String(row?.outcome)).rows[0]).toEqual({ id: 'workload', mean: 3, groups: [], top: 1 });
    expect(Object.keys(row ?? {})).not.toContain('answered');
    await afresh();
    {
      const scans = scansOver();
      await scans.add(aScan());
      await scans.add(aScan({ id: 'CDFGH' }));
      await answer(scans, people(1)[0] ?? '');
      const table = own.tables.table('scans');
      const box = await table.get('tenant-1', 'box|BCDFG');
      await table.upsert({ partitionKey: 'tenant-1', rowKey: 'box|CDFGH', sealed: String(box?.row.sealed) });
      expect(await scans.progress({ tenant: 'tenant-1', id: 'CDFGH' })).toBeNull();
    }
  });
});
