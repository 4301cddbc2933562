import { describe, expect, it } from 'vitest';
import { type Scan, startScan } from '../../../../bot/domain/scan.js';
import { scanFiguresOf } from '../../../../bot/features/figures/scan-figures.rules.js';
import { CHARACTERISTICS } from '../../../../cards/content/characteristics.js';
import { faultsOf } from '../../../support/faults.js';

const NOW = '2027-03-12T09:00:00.000Z';
const ZONE = 'Europe/Amsterdam';
const scan = (manager: string, answered: number, changes: Partial<Scan> = {}, mean = 2): Scan => ({
  ...startScan(
    {
      ...{ tenant: 't', id: `S${manager}`, form: manager, manager, managerName: manager, name: manager },
      ...{ asked: [], lastDay: '2027-02-01', before: null },
    },
    '2027-01-12T09:00:00.000Z',
  ),
  status: 'closed',
  closedAt: '2027-02-02T09:00:00.000Z',
  outcome: {
    answered,
    rows: CHARACTERISTICS.map((id, at) => ({ id, mean: at === 4 ? mean : 4, groups: [], top: null })),
  },
  ...changes,
});

describe('what HR sees of team scans', () => {
  const three = [scan('a', 5), scan('b', 5), scan('c', 5)];

  it('is what asks most attention, over three teams and fifteen people, to the nearest five and by their people', () => {
    const { count, lowest } = scanFiguresOf(three, NOW, ZONE);
    expect(count).toBe(5);
    expect(lowest.map(({ id, mean }) => [id, mean])).toEqual([
      ['work-private', 2],
      ['workload', 4],
      ['recovery', 4],
    ]);
    {
      const many = Array.from({ length: 8 }, (_, at) => scan(`m${at}`, 5, {}, 4));
      const { count, lowest } = scanFiguresOf([...many, scan('x', 40, {}, 1.5)], NOW, ZONE);
      expect(count).toBe(10);
      expect(lowest[0]).toEqual({ id: 'work-private', mean: 3 });
    }
  });

  it('is nothing where fewer are behind it than may be shown', async () => {
    expect(
      await faultsOf(
        [
          ['two teams', [scan('a', 20), scan('b', 20)]],
          ['three scans of one manager', [scan('a', 5), scan('a', 5), scan('a', 5)]],
          ['fourteen people', [scan('a', 5), scan('b', 5), scan('c', 4)]],
          [
            'a month that is not over',
            [...three.slice(1), scan('a', 9, { closedAt: '2027-03-02T09:00:00.000Z' })],
          ],
          [
            'a scan without an outcome',
            [...three.slice(1), scan('a', 9, { status: 'dropped', outcome: null })],
          ],
          ['none', []],
        ],
        (_name, scans) => {
          expect(scanFiguresOf(scans, NOW, ZONE)).toEqual({ count: null, lowest: [] });
        },
      ),
    ).toEqual([]);
  });
});
