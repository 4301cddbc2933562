import { describe, expect, it } from 'vitest';
import {
  asTyped,
  readSettings,
  type Settings,
  ZONES,
} from '../../../../bot/features/settings/settings.rules.js';

const TODAY = '2027-01-12';
const TYPED = {
  time: '08:30',
  days: '1,3,5',
  zone: 'Europe/Lisbon',
  language: 'en',
  until: '2027-02-01',
  kinds: '',
  coffee: 'no',
  landed: 'no',
  selfLook: 'yes',
  teamSubject: 'no',
};
const ZONE = 'Europe/Amsterdam';
const read = (typed: Partial<typeof TYPED> = {}, current: Settings | null = null) =>
  readSettings({ ...TYPED, ...typed }, current, { zone: ZONE, today: TODAY });
/** Somebody who never chose. */
const UNSET: Settings = {
  time: null,
  days: null,
  zone: null,
  language: null,
  pausedUntil: null,
  off: null,
  monthly: null,
};

describe('settings', () => {
  it('are read as they are kept, and shown again as they were typed', () => {
    const found = read();
    expect(found).toEqual({
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
    if ('settings' in found) expect(asTyped(found.settings, ZONE, TODAY)).toEqual(TYPED);
  });

  it('say which fields are wrong, all at once, and take no choice that they do not know for what is usual', () => {
    expect(read({ time: '25:00', days: '', until: '2027-01-12' })).toEqual({
      wrong: ['time', 'days', 'until'],
    });
    expect(read({ until: '2029-01-01' })).toEqual({ wrong: ['until'] });
    expect(read({ zone: 'Mars/Base', language: 'fr', days: '1,8' })).toEqual({
      wrong: ['days', 'zone', 'language'],
    });
    expect(read({ zone: '', language: '' })).toEqual({ wrong: ['zone', 'language'] });
  });

  it('take the very title of a choice, in either language, and leave what a client does not send as it was', () => {
    const titles = {
      time: '05:30 PM',
      days: 'Maandag,Wednesday',
      zone: 'Europe/Isle of Man',
      language: 'Zoals ik typ, of zoals Teams staat',
    };
    expect(read(titles)).toMatchObject({
      settings: { time: '17:30', days: [1, 3], zone: 'Europe/Isle_of_Man', language: null },
    });
    const none = { coffee: '', landed: '', selfLook: '', teamSubject: '' };
    const current = { ...UNSET, off: ['landed' as const], monthly: ['team-subject' as const] };
    expect(read({ ...none, coffee: 'no' }, current)).toMatchObject({
      settings: { off: ['coffee', 'landed'], monthly: ['team-subject'] },
    });
    // A card of before there were switches.
    expect(read({ ...none, kinds: 'Kopje koffie,landed' }, current)).toMatchObject({
      settings: { off: [], monthly: [] },
    });
    expect(read({ ...none, kinds: 'Kopje thee' }, current)).toEqual({ wrong: ['kinds'] });
    expect(read(none, current)).toEqual({ wrong: ['kinds'] });
  });

  it('show what is usual to somebody who never chose, no pause that is over, and the zones of the whole Kingdom', () => {
    expect(asTyped(null, 'Europe/Amsterdam', TODAY)).toEqual({
      time: '09:00',
      days: '1,2,3,4,5',
      zone: 'Europe/Amsterdam',
      language: 'auto',
      until: '',
      kinds: '',
      coffee: 'yes',
      landed: 'yes',
      selfLook: 'no',
      teamSubject: 'no',
    });
    expect(asTyped({ ...UNSET, pausedUntil: TODAY }, 'Europe/Amsterdam', TODAY).until).toBe('');
    expect(ZONES).toEqual(expect.arrayContaining(['Europe/Amsterdam', 'America/Curacao', 'America/Aruba']));
  });
});
