import { describe, expect, it } from 'vitest';
import { newMember, newMemberId } from '../../../../bot/domain/member.js';
import type { Moment } from '../../../../bot/domain/moment.js';
import { createCoffee } from '../../../../bot/features/coffee/coffee.handler.js';
import { createMoments } from '../../../../bot/features/moments/moments.handler.js';
import { createRequests, type RequestDeps } from '../../../../bot/features/requests/requests.handler.js';
import { screenNothing } from '../../../../bot/nlu/screening/field-screening.js';
import type { Reply } from '../../../../bot/reply.js';
import type { Managers } from '../../../../bot/store/managers.js';
import type { Turn } from '../../../../bot/turn.js';
import type { Verb } from '../../../../cards/actions.js';
import { format, messagesFor } from '../../../../cards/content/words.js';
import { longDay } from '../../../../cards/dates.js';
import { faultsOf } from '../../../support/faults.js';
import { type Managing, MILA, openManaging } from '../../../support/recording-scene.js';
import { aMember, aMoment, aPerson, aReference, EMPLOYEE, TENANT } from '../../../support/sample-records.js';
import {
  aPress,
  dataOf,
  filledIn,
  SANNE_ACTS,
  textsOf,
  titleOf,
  verbsOf,
} from '../../../support/sample-turns.js';
import { setUpEach } from '../../../support/set-up.js';

const { requests: WORDS, moments: MOMENTS, agreement: AGREEMENT } = messagesFor('nl');
const NOW = '2027-01-12T09:00:00.000Z';
const LATER = '2027-01-12T09:05:00.000Z';
const BY = '2027-02-12';
const LEAVE = 'moment-1';
const BO = { person: 'c3c3c3c3-0000-4000-8000-000000000003', name: 'Bo' } as const;
const DAYS = { from: '2027-03-08', until: '2027-06-28' };

let here: Managing;
const afresh = setUpEach(
  async () => {
    here = await openManaging();
    const { managers, people, about } = here.own.stores;
    await people.add(aPerson({ person: EMPLOYEE, reference: aReference({ conversation: 'a:2' }) }));
    await managers.changeMember(
      MILA,
      aMember({ rhythm: 'weekly', lastDay: '2027-01-05', nextDay: '2027-01-19' }),
      '*',
    );
    await managers.addMoment(MILA, aMember(), aLeave());
    await about.index(TENANT, EMPLOYEE, {
      manager: MILA.person,
      member: aMember().id,
      since: NOW,
      managerName: 'Mila de Wit',
    });
  },
  () => here.own.drop(),
);

function aLeave(changes: Partial<Moment> = {}): Moment {
  return aMoment({
    id: LEAVE,
    member: aMember().id,
    memberName: 'Sanne',
    kind: 'leave',
    from: '2027-03-01',
    until: '2027-06-21',
    createdAt: NOW,
    changedAt: NOW,
    ...changes,
  });
}

const requestsOver = (changes: Partial<RequestDeps> = {}) =>
  createRequests({ ...here.own.stores, zone: 'Europe/Amsterdam', ...changes });
type Own = Extract<Verb, `own.${string}`>;
const asSanne = (verb: Own, data: object = {}, managers?: Managers, who: Partial<Turn> = SANNE_ACTS) => {
  const id = verb.endsWith('coffee') ? aMember().id : LEAVE;
  const payload = { manager: MILA.person, managerName: 'Mila de Wit', id, ...data };
  const requests = requestsOver(managers === undefined ? {} : { managers });
  return requests[verb](aPress(verb, payload, who) as never);
};
const asMila = (verb: 'request.do' | 'request.keep', data: object = {}, managers?: Managers) => {
  const payload = { id: LEAVE, askedAt: NOW, employee: EMPLOYEE, ...data };
  const requests = requestsOver(managers === undefined ? {} : { managers });
  return requests[verb](aPress(verb, payload, { now: LATER }) as never);
};
const place = async () => (await here.own.stores.managers.member(MILA, aMember().id))?.record ?? null;
const moment = async () => (await here.own.stores.managers.moment(MILA, LEAVE))?.record ?? null;
const pointers = () => here.own.stores.about.of(TENANT, EMPLOYEE);
const planned = async (kind: string) =>
  (await here.planned())
    .filter((one) => one.kind === kind)
    .map(({ person, due, occasion, subject }) => ({ person, due, occasion, subject }));

/** Managers of whom somebody else writes the moment just before this turn does. */
function beaten(by: Partial<Moment> | 'removed'): Managers {
  const { managers } = here.own.stores;
  let done = false;
  const act = async () => {
    const found = await managers.moment(MILA, LEAVE);
    if (found === null || done) return;
    done = true;
    if (by === 'removed') await managers.removeMoment(MILA, LEAVE);
    else await managers.changeMoment(MILA, { ...found.record, ...by }, found.etag);
  };
  return {
    ...managers,
    async changeMoment(...given) {
      await act();
      return managers.changeMoment(...given);
    },
    async removeMoment(...given) {
      await act();
      return managers.removeMoment(...given);
    },
  };
}

describe('an employee who wants no fixed coffees', () => {
  const coffeeOf = () =>
    createCoffee({
      authorize: async () => ({ kind: 'granted' }),
      ...here.own.stores,
      organisationSettings: { of: async () => ({ coffeeRhythm: 'four-weekly' }) } as never,
      newId: () => 'form-1',
      screen: screenNothing,
      zone: 'Europe/Amsterdam',
    });
  const add = (inputs: object) =>
    coffeeOf()['coffee.save'](aPress('coffee.save', { id: 'form-1', rhythm: 'weekly', ...inputs }));

  it('sees how it is and how to say so, is off the list at once, once, and the manager is told kindly', async () => {
    const reply = await asSanne('own.coffee');
    expect(titleOf(reply)).toBe('Kopje koffie met Mila de Wit');
    expect(verbsOf(reply)).toEqual(['own.refuse-coffee', 'about.records']);
    await afresh();
    {
      const reply = await asSanne('own.refuse-coffee');
      expect(textsOf(reply)).toEqual(
        expect.arrayContaining([WORDS.coffeeRefusedDone, WORDS.coffeeRefusedNow]),
      );
      expect(await place()).toMatchObject({ rhythm: null, nextDay: null, coffeeRefusedAt: NOW });
      expect(await planned('coffee-refused')).toMatchObject([{ person: MILA.person, subject: aMember().id }]);
      await afresh();
      const once = await asSanne('own.refuse-coffee');
      const before = await here.everything();
      expect(await asSanne('own.refuse-coffee', {}, undefined, { ...SANNE_ACTS, now: LATER })).toEqual(once);
      expect(await here.everything()).toEqual(before);
    }
  });

  it('cannot be put on it again once it stands there', async () => {
    expect(
      await faultsOf(
        [
          ['by name', { names: 'Sanne' }],
          ['from the list', { names: '', known: aMember().id }],
          ['as chosen in Teams', { names: '', person: EMPLOYEE, personName: 'Sanne' }],
          ['among others', { names: 'Bo\nSanne' }],
        ],
        async (_how, inputs) => {
          await asSanne('own.refuse-coffee');
          const before = await here.everything();
          const reply = await add(inputs);
          expect(textsOf(reply)).toContain(format('nl', AGREEMENT.problem.coffeeRefused, { name: 'Sanne' }));
          expect(filledIn(reply)).toMatchObject({ rhythm: 'weekly', names: inputs.names });
          expect(await here.everything()).toEqual(before);
        },
        afresh,
      ),
    ).toEqual([]);
  });

  it('can take it back, and only they can', async () => {
    await asSanne('own.refuse-coffee');
    const reply = await asSanne('own.allow-coffee');
    expect(textsOf(reply)).toContain(WORDS.coffeeAllowedDone);
    expect(await place()).toMatchObject({ coffeeRefusedAt: null, rhythm: null });
    await add({ names: 'Sanne' });
    expect(await place()).toMatchObject({ rhythm: 'weekly' });
  });

  it('is heard also when the manager writes at that moment', async () => {
    const { managers } = here.own.stores;
    let written = 0;
    const busy: Managers = {
      ...managers,
      async changeMember(manager, member, etag) {
        written += 1;
        if (written === 1) {
          await managers.changeMember(manager, { ...member, rhythm: 'weekly', coffeeRefusedAt: null }, '*');
        }
        return managers.changeMember(manager, member, etag);
      },
    };
    await asSanne('own.refuse-coffee', {}, busy);
    expect(await place()).toMatchObject({ rhythm: null, coffeeRefusedAt: NOW });
  });

  it('is the account of the place and nobody else, also of a place of before anybody could say so', async () => {
    const before = await here.everything();
    for (const verb of ['own.coffee', 'own.refuse-coffee', 'own.allow-coffee'] as const) {
      expect(textsOf(await asSanne(verb, {}, undefined, BO))).toContain(WORDS.gone);
      expect(textsOf(await asSanne(verb, { id: 'name-9' }, undefined, SANNE_ACTS))).toContain(WORDS.gone);
    }
    expect(await here.everything()).toEqual(before);
    await afresh();
    const reply = await asSanne('own.coffee');
    expect(textsOf(reply)).not.toContain(WORDS.coffeeRefusedNow);
    expect(newMember('name-1', 'Bo', null).coffeeRefusedAt).toBeNull();
  });
});

describe('an employee who asks something of a moment about them', () => {
  const sent = format('nl', WORDS.sent, { by: longDay('nl', BY) });

  it('sees it, with what can be asked, and by when there is an answer before anything is sent', async () => {
    const reply = await asSanne('own.moment');
    expect(titleOf(reply)).toBe('Verlof, vastgelegd door Mila de Wit');
    expect(verbsOf(reply)).toEqual(['own.ask-dates', 'own.ask-removal', 'about.records']);
    expect(titleOf(await asSanne('own.moment', { managerName: '' }))).toBe(
      'Verlof, vastgelegd door je leidinggevende',
    );
    await afresh();
    const before = await here.everything();
    expect(textsOf(await asSanne('own.ask-removal')).join()).toContain(longDay('nl', BY));
    const form = await asSanne('own.ask-dates');
    expect(filledIn(form)).toEqual({ from: '2027-03-01', until: '2027-06-21' });
    expect(await here.everything()).toEqual(before);
  });

  it('asks once to have it removed, or for other dates: it stays as it is, and the manager, a week before the term, and they are told', async () => {
    expect(textsOf(await asSanne('own.send-removal'))).toContain(sent);
    expect(await moment()).toMatchObject({
      version: 1,
      from: '2027-03-01',
      request: { what: 'remove', employee: EMPLOYEE, askedAt: NOW, by: BY, answeredAt: null },
    });
    expect(await planned('moment-asked')).toMatchObject([{ person: MILA.person, occasion: NOW }]);
    expect(await planned('moment-asked-due')).toMatchObject([
      { person: MILA.person, due: '2027-02-05T08:00:00.000Z' },
    ]);
    expect(await planned('moment-asked-late')).toMatchObject([
      { person: EMPLOYEE, due: '2027-02-15T08:00:00.000Z' },
    ]);
    await afresh();
    const once = await asSanne('own.send-removal');
    const before = await here.everything();
    expect(await asSanne('own.send-removal', {}, undefined, { ...SANNE_ACTS, now: LATER })).toEqual(once);
    expect(await here.everything()).toEqual(before);
    const dates = () => asSanne('own.send-dates', DAYS, undefined, { ...SANNE_ACTS, now: LATER });
    const asked = await dates();
    expect(await dates()).toEqual(asked);
    await afresh();
    expect(textsOf(await asSanne('own.send-dates', DAYS))).toContain(sent);
    expect(await moment()).toMatchObject({ from: '2027-03-01', request: { what: 'dates', ...DAYS } });
  });

  it('is asked again for dates that cannot be, told when they are so already, and nothing is sent', async () => {
    expect(
      await faultsOf(
        [
          [{ from: '', until: '2027-06-28' }, MOMENTS.fromWrong],
          [{ from: '8 maart', until: '2027-06-28' }, MOMENTS.fromWrong],
          [{ from: '2027-03-08', until: '' }, MOMENTS.untilWrong],
          [{ from: '2027-03-08', until: '2027-03-01' }, MOMENTS.untilWrong],
        ],
        async (inputs, why) => {
          const before = await here.everything();
          const reply = await asSanne('own.send-dates', inputs);
          expect(textsOf(reply)).toContain(why);
          expect(filledIn(reply)).toEqual(inputs);
          expect(await here.everything()).toEqual(before);
        },
        afresh,
      ),
    ).toEqual([]);
    await afresh();
    const before = await here.everything();
    const same = { from: '2027-03-01', until: '2027-06-21' };
    expect(textsOf(await asSanne('own.send-dates', same))).toContain(WORDS.sameDates);
    expect(await here.everything()).toEqual(before);
  });

  it('on second thoughts makes the manager wait no longer, and may take it back, once and again', async () => {
    await asSanne('own.send-removal');
    const tomorrow = { ...SANNE_ACTS, now: '2027-01-13T09:00:00.000Z' };
    await asSanne('own.send-dates', DAYS, undefined, tomorrow);
    expect((await moment())?.request).toMatchObject({ what: 'dates', askedAt: tomorrow.now, by: BY });
    await afresh();
    await asSanne('own.send-removal');
    for (const _press of [1, 2]) expect(textsOf(await asSanne('own.withdraw'))).toContain(WORDS.withdrawn);
    expect(await moment()).toEqual(aLeave());
  });

  it('takes nothing back that was answered at that moment, and is heard also when the manager moves it then', async () => {
    await asSanne('own.send-removal');
    const request = { ...(await moment())?.request, answeredAt: LATER, kept: 'in-use' } as Moment['request'];
    const reply = await asSanne('own.withdraw', {}, beaten({ request }));
    expect(textsOf(reply)).not.toContain(WORDS.withdrawn);
    expect(textsOf(reply)).toContain(format('nl', WORDS.keptLine, { why: WORDS.why['in-use'] }));
    expect(await moment()).toMatchObject({ request });
    await afresh();
    await asSanne('own.send-removal', {}, beaten({ from: '2027-04-01', version: 2 }));
    expect(await moment()).toMatchObject({ from: '2027-04-01', request: { what: 'remove' } });
  });

  it('is told when it is gone', async () => {
    expect(textsOf(await asSanne('own.send-removal', {}, beaten('removed')))).toContain(WORDS.gone);
  });

  it('is whose place it belongs to and nobody else, and nobody of a name that was only typed', async () => {
    await asSanne('own.send-removal');
    const before = await here.everything();
    const verbs = [
      'own.moment',
      'own.ask-removal',
      'own.send-removal',
      'own.ask-dates',
      'own.withdraw',
    ] as const;
    for (const verb of verbs) expect(textsOf(await asSanne(verb, {}, undefined, BO))).toContain(WORDS.gone);
    expect(textsOf(await asSanne('own.send-dates', DAYS, undefined, BO))).toContain(WORDS.gone);
    expect(await here.everything()).toEqual(before);
    await afresh();
    const typed = newMember(newMemberId('f', 'Sanne', null), 'Sanne', null);
    await here.own.stores.managers.addMoment(MILA, typed, aLeave({ id: 'moment-2', member: typed.id }));
    expect(textsOf(await asSanne('own.moment', { id: 'moment-2' }))).toContain(WORDS.gone);
  });

  it('costs two requests to look, and six to ask', async () => {
    expect(await here.cost(() => asSanne('own.coffee'))).toBeLessThanOrEqual(2);
    expect(await here.cost(() => asSanne('own.moment'))).toBeLessThanOrEqual(2);
    expect(await here.cost(() => asSanne('own.refuse-coffee'))).toBeLessThanOrEqual(6);
    expect(await here.cost(() => asSanne('own.send-removal'))).toBeLessThanOrEqual(6);
    expect(await here.cost(() => asMila('request.keep', { why: 'law' }))).toBeLessThanOrEqual(6);
  });
});

describe('a manager who is asked something of a moment', () => {
  const decide = () =>
    requestsOver()['request.decide'](aPress('request.decide', { id: LEAVE }, { now: LATER }));
  const does = (reply: Reply) => dataOf(reply, 'request.do');

  it('sees what is asked, by when, and does it with one press, with the reminders of those dates', async () => {
    await asSanne('own.send-removal');
    const asked = await decide();
    expect(titleOf(asked)).toBe('Sanne wil een moment laten verwijderen');
    expect(does(asked)).toMatchObject({ id: LEAVE, askedAt: NOW, employee: EMPLOYEE });
    const done = await asMila('request.do');
    expect(titleOf(done)).toBe(WORDS.removedTitle);
    expect(await moment()).toBeNull();
    expect(await pointers()).toContainEqual(
      expect.objectContaining({
        moment: LEAVE,
        removed: { askedAt: NOW, at: LATER, managerName: 'Mila de Wit' },
      }),
    );
    expect(await planned('moment-removed')).toMatchObject([{ person: EMPLOYEE, occasion: NOW }]);
    expect(titleOf(await asMila('request.do'))).toBe(WORDS.removedTitle);
    await afresh();
    await asSanne('own.send-dates', DAYS);
    for (const _press of [1, 2]) {
      const reply = await asMila('request.do');
      expect(textsOf(reply)).toContain(format('nl', WORDS.datesDone, { name: 'Sanne' }));
    }
    expect(await moment()).toMatchObject({ ...DAYS, version: 2, request: { answeredAt: LATER, kept: null } });
    expect(await planned('moment-answered')).toMatchObject([{ person: EMPLOYEE, occasion: LATER }]);
    expect((await planned('moment')).length).toBeGreaterThan(0);
    expect(textsOf(await asSanne('own.moment'))).toContain(WORDS.doneLine);
  });

  it('leaves it only with a reason from the list, by its id or its title', async () => {
    await asSanne('own.send-dates', DAYS);
    for (const why of ['', 'geen zin']) {
      const reply = await asMila('request.keep', { why });
      expect(textsOf(reply)).toContain(WORDS.whyMissing);
      expect(await moment()).toMatchObject({ request: { answeredAt: null } });
    }
    for (const why of [WORDS.why['in-use'], 'in-use']) {
      expect(textsOf(await asMila('request.keep', { why }))).toContain(
        format('nl', WORDS.keptDone, { name: 'Sanne' }),
      );
    }
    expect(await moment()).toMatchObject({
      from: '2027-03-01',
      request: { answeredAt: LATER, kept: 'in-use' },
    });
    expect(textsOf(await asSanne('own.moment'))).toContain(
      format('nl', WORDS.keptLine, { why: WORDS.why['in-use'] }),
    );
  });

  it('is not made to have done what was taken back, or asked otherwise, meanwhile', async () => {
    await asSanne('own.send-removal');
    await asSanne('own.withdraw');
    const before = await here.everything();
    for (const act of [asMila('request.do'), asMila('request.keep', { why: 'law' }), decide()]) {
      expect(textsOf(await act)).toContain(WORDS.over);
    }
    expect(await here.everything()).toEqual(before);
    await asSanne('own.send-dates', DAYS, undefined, { ...SANNE_ACTS, now: '2027-01-12T09:02:00.000Z' });
    expect(textsOf(await asMila('request.do'))).toContain(MOMENTS.outdated);
    expect(await moment()).toMatchObject({ from: '2027-03-01', request: { answeredAt: null } });
  });

  it('neither removes what is taken back at that very moment nor misses what was moved then', async () => {
    await asSanne('own.send-removal');
    const reply = await asMila('request.do', {}, beaten({ request: null }));
    expect(textsOf(reply)).toContain(WORDS.over);
    expect(await moment()).not.toBeNull();
    expect((await pointers()).every(({ removed }) => removed === null)).toBe(true);
    await afresh();
    {
      await asSanne('own.send-removal');
      const reply = await asMila('request.do', {}, beaten({ from: '2027-04-01', version: 2 }));
      expect(titleOf(reply)).toBe(WORDS.removedTitle);
      expect(await moment()).toBeNull();
      await afresh();
      await here.own.stores.managers.removeMoment(MILA, LEAVE);
      for (const act of [asMila('request.do'), asMila('request.keep', { why: 'law' }), decide()]) {
        expect(textsOf(await act)).toContain(MOMENTS.gone);
      }
    }
  });

  const momentsOf = () =>
    createMoments({
      ...here.own.stores,
      authorize: async () => ({ kind: 'granted' }),
      screen: screenNothing,
      newId: () => 'f',
      zone: 'Europe/Amsterdam',
    });
  const THIS = { id: LEAVE, version: 1 };

  it('answers by deleting or moving it to those dates in the usual way too, and not by other dates or ending it', async () => {
    await asSanne('own.send-dates', DAYS);
    const changed = await momentsOf()['moments.change'](
      aPress('moments.change', { ...THIS, ...DAYS }, { now: LATER }),
    );
    expect(textsOf(changed)).toContain(MOMENTS.moved);
    expect(await moment()).toMatchObject({ request: { answeredAt: LATER, kept: null } });
    expect(await planned('moment-answered')).toMatchObject([{ person: EMPLOYEE }]);

    await asSanne('own.send-removal', {}, undefined, { ...SANNE_ACTS, now: '2027-01-12T09:10:00.000Z' });
    await momentsOf()['moments.delete'](aPress('moments.delete', { id: LEAVE, version: 2 }));
    expect(await moment()).toBeNull();
    expect(await planned('moment-removed')).toMatchObject([{ person: EMPLOYEE }]);
    await afresh();
    await asSanne('own.send-dates', DAYS);
    const moved = { ...THIS, from: '2027-05-01', until: '2027-06-28' };
    await momentsOf()['moments.change'](aPress('moments.change', moved));
    await momentsOf()['moments.end'](aPress('moments.end', { id: LEAVE, version: 2 }));
    expect(await moment()).toMatchObject({ status: 'ended', request: { answeredAt: null } });
    expect(titleOf(await decide())).toBe('Sanne vraagt om andere data');
    expect(textsOf(await asMila('request.keep', { why: 'law' }))).toContain(
      format('nl', WORDS.keptDone, { name: 'Sanne' }),
    );
  });
});
