import { expect, it } from 'vitest';
import { scanCodeSaid } from '../../../../bot/nlu/entities/scan-codes.js';

it.each([
  'scan BCDFG',
  'Scan bcdfg',
  ' teamscan: BCDFG. ',
  'team scan bcdfg',
  'scancode BCDFG',
  'code bcdfg',
])('reads the code of a scan: %s', (text) => {
  expect(scanCodeSaid(text)).toBe('BCDFG');
});

it.each([
  'scan mijn team',
  'scan start',
  'scan BCDF',
  'scan BCDFGH',
  'scan abcde',
  'de scan BCDFG is klaar',
  'scan',
  'bcdfg',
  `scan ${' '.repeat(100)}BCDFG`,
])('reads none where something else is said: %s', (text) => {
  expect(scanCodeSaid(text)).toBeNull();
});
