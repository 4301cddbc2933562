import { describe, expect, it } from 'vitest';
import type { Person } from '../../../../bot/domain/person.js';
import { createSettings } from '../../../../bot/features/settings/settings.handler.js';
import type { People } from '../../../../bot/store/people.js';
import { messagesFor } from '../../../../cards/content/words.js';
import { type Managing, openManaging } from '../../../support/recording-scene.js';
import { MANAGER, TENANT } from '../../../support/sample-records.js';
import { aPress, aTurn, filledIn, textsOf } from '../../../support/sample-turns.js';
import { setUpEach } from '../../../support/set-up.js';

const { settings: WORDS } = messagesFor('nl');
const TYPED = {
  time: '08:30',
  days: '1,3,5',
  zone: 'Europe/Amsterdam',
  language: 'nl',
  until: '',
  coffee: 'no',
  landed: 'yes',
  selfLook: 'no',
  teamSubject: 'no',
};

let here: Managing;
const afresh = setUpEach(
  async () => {
    here = await openManaging();
  },
  () => here.own.drop(),
);

const settingsOver = (people: People = here.own.stores.people) =>
  createSettings({ ...here.own.stores, people, zone: 'Europe/Amsterdam', isHrAdmin: () => false });
const save = (people?: People, typed: Readonly<Record<string, unknown>> = TYPED) =>
  settingsOver(people)['settings.save'](aPress('settings.save', typed));
const kept = async () => (await here.own.stores.people.get(TENANT, MANAGER))?.record;

/** People of whom somebody else writes a row just before this turn does. */
function beaten(by: (record: Person) => Person, times = 1): People {
  const { people } = here.own.stores;
  let left = times;
  return {
    ...people,
    async change(record, etag) {
      if (left > 0) {
        left -= 1;
        const found = await people.get(record.tenant, record.person);
        if (found !== null) await people.change(by(found.record), found.etag);
      }
      return people.change(record, etag);
    },
  };
}

describe('saving settings', () => {
  it('open with the day until which a text asks for no messages, and keep nothing before it is sent', async () => {
    const before = await here.everything();
    const opened = async (text: string) =>
      filledIn(await settingsOver().open(aTurn({ said: { kind: 'text', text } })));
    expect(await opened('ik ben op vakantie tot 4 februari')).toMatchObject({ until: '2027-02-04' });
    expect(await opened('geen berichten tot en met 4 februari')).toMatchObject({ until: '2027-02-05' });
    expect(await opened('instellingen')).toMatchObject({ until: '' });
    expect(await opened('geen berichten tot 4 februari 2031')).toMatchObject({ until: '' });
    expect(await here.everything()).toEqual(before);
  });

  it('keeps them and says so, although a reminder wrote the row at that moment, and for its own press twice', async () => {
    expect(textsOf(await save())).toContain(WORDS.saved);
    expect(await kept()).toMatchObject({ time: '08:30', days: [1, 3, 5], language: 'nl', off: ['coffee'] });
    await afresh();
    const reply = await save(beaten((record) => ({ ...record, locale: 'en' })));
    expect(textsOf(reply)).toContain(WORDS.saved);
    expect(await kept()).toMatchObject({ time: '08:30', locale: 'en' });
    await afresh();
    const own = { time: '08:30', days: [1, 3, 5], language: 'nl' as const, off: ['coffee' as const] };
    const same = { ...own, zone: 'Europe/Amsterdam', monthly: [] };
    expect(textsOf(await save(beaten((record) => ({ ...record, ...same }))))).toContain(WORDS.saved);
  });

  it('shows what was chosen elsewhere at that moment, beside what was typed, and keeps neither over the other', async () => {
    const reply = await save(beaten((record) => ({ ...record, time: '17:00', zone: 'Europe/Lisbon' })));
    expect(textsOf(reply)).toContain(WORDS.conflict);
    expect(textsOf(reply)).not.toContain(WORDS.saved);
    expect(textsOf(reply).join('\n')).toContain('17:00');
    expect(textsOf(reply).join('\n')).toContain('Europe/Lisbon');
    expect(filledIn(reply)).toMatchObject({ time: '08:30', coffee: 'no' });
    expect(await kept()).toMatchObject({ time: '17:00' });
  });

  it('says that nothing was kept when it never gets to write, or there is nobody to keep it for', async () => {
    let turn = 0;
    const busy = beaten((record) => ({ ...record, locale: ++turn % 2 === 0 ? 'nl' : 'en' }), 9);
    expect(textsOf(await save(busy))).toContain(WORDS.notSaved);
    const nobody = { ...here.own.stores.people, get: async () => null, add: async () => 'ok' as const };
    const lost = await save(nobody);
    expect(textsOf(lost)).toContain(WORDS.noChat);
    expect(filledIn(lost)).toMatchObject({ time: '08:30' });
  });

  it('counts the days of a pause from the person’s own today', async () => {
    const paramaribo = await here.own.stores.people.get(TENANT, MANAGER);
    if (paramaribo === null) throw new Error('nobody');
    const there: Person = { ...paramaribo.record, zone: 'America/Paramaribo' };
    await here.own.stores.people.change(there, paramaribo.etag);
    // Half past one at night in Amsterdam; the evening before in Paramaribo.
    const night = { now: '2027-01-13T00:30:00.000Z' };
    const form = await settingsOver().open(aTurn(night));
    expect(JSON.stringify(form)).toContain('"min":"2027-01-13"');
    const typed = { ...TYPED, zone: 'America/Paramaribo', until: '2027-01-13' };
    const saved = await settingsOver()['settings.save'](aPress('settings.save', typed, night));
    expect(textsOf(saved)).toContain(WORDS.saved);
  });
});
