import { expect, it } from 'vitest';
import { scanCodeSaid } from '../../../../bot/nlu/entities/scan-codes.js';
import { faultsOf } from '../../../support/faults.js';

it('reads the code of a scan as people type it, and no code where something else is said', async () => {
  expect(
    await faultsOf(
      ['scan BCDFG', 'Scan bcdfg', ' teamscan: BCDFG. ', 'team scan bcdfg', 'scancode BCDFG', 'code bcdfg'],
      (text) => {
        expect(scanCodeSaid(text)).toBe('BCDFG');
      },
    ),
  ).toEqual([]);
  expect(
    await faultsOf(
      [
        'scan mijn team',
        'scan start',
        'scan BCDF',
        'scan BCDFGH',
        'scan abcde',
        'de scan BCDFG is klaar',
        'scan',
        'bcdfg',
        `scan ${' '.repeat(100)}BCDFG`,
      ],
      (text) => {
        expect(scanCodeSaid(text)).toBeNull();
      },
    ),
  ).toEqual([]);
});
