import { describe, expect, it } from 'vitest';
import { createOverview } from '../../../../bot/features/overview/overview.handler.js';
import { messagesFor } from '../../../../cards/content/words.js';
import { type Managing, MILA, openManaging } from '../../../support/recording-scene.js';
import { aMember, MANAGER, TENANT } from '../../../support/sample-records.js';
import { aPress, aTurn, filledIn, textsOf } from '../../../support/sample-turns.js';
import { setUpEach } from '../../../support/set-up.js';

const { overview: WORDS } = messagesFor('nl');

let here: Managing;
const afresh = setUpEach(
  async () => {
    here = await openManaging();
    await here.own.stores.managers.putMembers(MILA, [
      aMember({ id: 'name-bo', name: 'Bo', person: null, rhythm: 'weekly', nextDay: '2027-02-01' }),
    ]);
  },
  () => here.own.drop(),
);

const overview = () => createOverview({ ...here.own.stores, zone: 'Europe/Amsterdam' });
const filter = (member: string) => overview()['overview.filter'](aPress('overview.filter', { member }));

describe('the overview', () => {
  it('counts what is for today by the person’s own day, in at most two requests', async () => {
    const found = await here.own.stores.people.get(TENANT, MANAGER);
    if (found === null) throw new Error('nobody');
    await here.own.stores.people.change({ ...found.record, zone: 'America/Paramaribo' }, found.etag);
    // Wednesday in Amsterdam, still Tuesday the 12th in Paramaribo: the evaluation is for today there, and not late.
    const night = aTurn({ now: '2027-01-13T01:30:00.000Z' });
    expect(textsOf(await overview().open(night))).toContain(WORDS.groups.today);
    expect(textsOf(await overview().open(night))).not.toContain(WORDS.groups.overdue);
    expect(await here.cost(() => overview().open(night))).toBeLessThanOrEqual(2);
  });

  it('shows one person, by id or by the name that a client sends, and everybody where it does not know who is meant', async () => {
    const { member } = await here.agreement();
    expect(filledIn(await filter(member))).toEqual({ member });
    expect(filledIn(await filter('Sanne'))).toEqual({ member });
    await afresh();
    const everybody = await filter('all');
    expect(await filter('Iemand')).toEqual(everybody);
    expect(filledIn(everybody)).toEqual({ member: 'all' });
  });
});
