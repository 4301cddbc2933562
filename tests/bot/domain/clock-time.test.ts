import { describe, expect, it } from 'vitest';
import { readClockTime } from '../../../bot/domain/clock-time.js';
import { faultsOf } from '../../support/faults.js';

describe('a time of day', () => {
  it('is read in each way in which people write one, and asked for again where none was written', async () => {
    expect(
      await faultsOf(
        [
          ['09:00', '09:00'],
          ['9:00', '09:00'],
          ['17.30', '17:30'],
          ['08:30:00', '08:30'],
          ['08:30:00.0000000', '08:30'],
          ['00:00', '00:00'],
          ['23:59', '23:59'],
          ['05:30 PM', '17:30'],
          ['5:30 pm', '17:30'],
          ['12:15 AM', '00:15'],
          ['12:15 PM', '12:15'],
          ['03:00 오후', '15:00'],
          ['오전 3:00', '03:00'],
          ['午後3:05', '15:05'],
          ['下午3:05', '15:05'],
          ['05:30 p.m.', '17:30'],
          ['05:30\u202fp.\u00a0m.', '17:30'],
          ['ÖS 3:30', '15:30'],
          ['3:30 م', '15:30'],
          ['3:30 μ.μ.', '15:30'],
          ['3:30 fm', '03:30'],
          ['05:30:15 PM', '17:30'],
        ],
        (text, time) => {
          expect(readClockTime(text)).toBe(time);
        },
      ),
    ).toEqual([]);
    expect(
      await faultsOf(
        [
          '',
          '24:00',
          '25:00',
          '12:60',
          '9',
          'half tien',
          '09:00 uur of later',
          '13:00 PM',
          '0:30 PM',
          '05:30 XM',
          'AM 05:30 PM',
          '09:00\n10:00',
          '1999:00',
          '12:15 noen',
        ],
        (text) => {
          expect(readClockTime(text)).toBeNull();
        },
      ),
    ).toEqual([]);
  });
});
