import { describe, expect, it } from 'vitest';
import { asTyped, readSettings, ZONES } from '../../../../bot/features/settings/settings.rules.js';

const TODAY = '2027-01-12';
const TYPED = {
  time: '08:30',
  days: '1,3,5',
  zone: 'Europe/Lisbon',
  language: 'en',
  until: '2027-02-01',
  kinds: 'self-look',
};

describe('settings', () => {
  it('are read as they are kept, and shown again as they were typed', () => {
    const read = readSettings(TYPED, TODAY);
    expect(read).toEqual({
      settings: {
        time: '08:30',
        days: [1, 3, 5],
        zone: 'Europe/Lisbon',
        language: 'en',
        pausedUntil: '2027-02-01',
        off: ['coffee', 'landed'],
        monthly: ['self-look'],
      },
    });
    if ('settings' in read) expect(asTyped(read.settings, 'Europe/Amsterdam', TODAY)).toEqual(TYPED);
  });

  it('say which fields are wrong, all at once', () => {
    const wrong = { ...TYPED, time: '25:00', days: '', until: '2027-01-12' };
    expect(readSettings(wrong, TODAY)).toEqual({ wrong: ['time', 'days', 'until'] });
    expect(readSettings({ ...TYPED, until: '2029-01-01' }, TODAY)).toEqual({ wrong: ['until'] });
  });

  it('take what is no choice for none, and seconds that a client adds for nothing', () => {
    const read = readSettings({ ...TYPED, zone: 'Mars/Base', language: 'fr', time: '08:30:00' }, TODAY);
    expect(read).toMatchObject({ settings: { zone: null, language: null, time: '08:30' } });
  });

  it('show what is usual to somebody who never chose, and no pause that is over', () => {
    expect(asTyped(null, 'Europe/Amsterdam', TODAY)).toEqual({
      time: '09:00',
      days: '1,2,3,4,5',
      zone: 'Europe/Amsterdam',
      language: 'auto',
      until: '',
      kinds: 'coffee,landed',
    });
    const over = {
      time: null,
      days: null,
      zone: null,
      language: null,
      pausedUntil: TODAY,
      off: null,
      monthly: null,
    };
    expect(asTyped(over, 'Europe/Amsterdam', TODAY).until).toBe('');
  });

  it('offer the zones of the whole Kingdom', () => {
    expect(ZONES).toEqual(expect.arrayContaining(['Europe/Amsterdam', 'America/Curacao', 'America/Aruba']));
  });
});
