import { describe, expect, it } from 'vitest';
import { newPerson } from '../../../../bot/domain/person.js';
import { createLeaver, type Leaver } from '../../../../bot/features/leaver/leaver.handler.js';
import { screenNothing } from '../../../../bot/nlu/screening/field-screening.js';
import type { Handovers } from '../../../../bot/store/handovers.js';
import type { Turn } from '../../../../bot/turn.js';
import { messagesFor } from '../../../../cards/content/words.js';
import { faultsOf } from '../../../support/faults.js';
import { MILA, openSending, type Sending } from '../../../support/jobs/sending-scene.js';
import { aPerson, aReference, EMPLOYEE, TENANT } from '../../../support/sample-records.js';
import { aPress, dataOf, filledIn, textsOf, titleOf, verbsOf } from '../../../support/sample-turns.js';
import { setUpEach } from '../../../support/set-up.js';

const { leaver: WORDS } = messagesFor('nl');
const HR = 'c3c3c3c3-0000-4000-8000-000000000003';
const HR_TOO = 'c3c3c3c3-0000-4000-8000-000000000004';
/** Of HR, and not known to the bot here. */
const HR_ELSEWHERE = 'c3c3c3c3-0000-4000-8000-000000000005';
const AHMED = 'd4d4d4d4-0000-4000-8000-000000000004';
const NOW = '2027-01-11T10:00:00.000Z';
const SOON = '2027-01-11T10:01:00.000Z';
const LATER = '2027-01-11T11:00:00.000Z';
const HANNA: Partial<Turn> = { person: HR, now: NOW };
const HUGO: Partial<Turn> = { person: HR_TOO, now: LATER };
const MILA_ACTS: Partial<Turn> = { person: MILA.person, now: LATER };

let house: Sending;
let ids: number;
const afresh = setUpEach(
  async () => {
    house = await openSending();
    ids = 0;
    for (const [person, conversation] of [
      [HR, 'a:3'],
      [HR_TOO, 'a:4'],
    ] as const)
      await house.stores.people.add(aPerson({ person, reference: aReference({ conversation }) }));
  },
  () => house.own.drop(),
);

function leaver(handovers: Handovers = house.stores.handovers, admins = [HR, HR_TOO, HR_ELSEWHERE]): Leaver {
  return createLeaver({
    ...house.stores,
    handovers,
    hrAdmins: admins,
    screen: screenNothing,
    newId: () => {
      ids += 1;
      return `request-${ids}`;
    },
    zone: 'Europe/Amsterdam',
  });
}

const FORM = { leaver: MILA.person, what: 'move', successor: AHMED, name: 'Ahmed Yilmaz' };
const MOVE = { leaver: MILA.person, successor: AHMED, name: 'Ahmed Yilmaz' };
const REQUEST = { leaver: MILA.person, request: 'request-1' };
const show = (who = HANNA) => leaver()['leaver.show'](aPress('leaver.show', {}, who));
const ask = (data: object, who = HANNA) =>
  leaver()['leaver.ask'](aPress('leaver.ask', { ...FORM, ...data }, who));
const move = (changes: object = {}, who = HANNA, on = leaver()) =>
  on['leaver.move'](aPress('leaver.move', { ...MOVE, ...changes }, who));
const remove = (who = HANNA) =>
  leaver()['leaver.delete'](aPress('leaver.delete', { leaver: MILA.person }, who));
const confirm = (who = HUGO, data: Readonly<Record<string, unknown>> = REQUEST, on = leaver()) =>
  on['leaver.confirm'](aPress('leaver.confirm', data, who));
const stop = (who = HUGO, data: Readonly<Record<string, unknown>> = REQUEST) =>
  leaver()['leaver.stop'](aPress('leaver.stop', data, who));
const object = (who = MILA_ACTS, request = 'request-1', on = leaver()) =>
  on['handover.object'](aPress('handover.object', { request }, who));

const kept = async () => (await house.stores.handovers.get(TENANT, MILA.person))?.record;
/** All that a manager keeps and whom it is pointed out to: what nothing here may touch. */
async function records() {
  const { managers, about } = await house.own.dump();
  return { managers, about };
}
/** What goes out at that moment: to whom and what it says at the top. */
async function sent(at: string): Promise<string[]> {
  const before = house.teams.sent.length;
  await house.instance({ change: () => ({ isHrAdmin: (id) => [HR, HR_TOO].includes(id) }) }).run({ at });
  return house.teams.sent
    .slice(before)
    .map(({ reference, card }) => `${reference.conversation} ${titleOf({ kind: 'card', card })}`)
    .sort();
}

describe('leaver: the form and the question', () => {
  it('asks to be sure, with who leaves, whether anything is open or is to be deleted, keeps nothing, and gives the form back where something is wrong', async () => {
    const before = await house.own.dump();
    const reply = await ask({});
    expect(titleOf(reply)).toBe(WORDS.askTitle);
    expect(textsOf(reply)).toEqual(
      expect.arrayContaining(['Deze leidinggevende vertrekt: Mila de Wit', WORDS.open, WORDS.term]),
    );
    expect(textsOf(reply).join(' ')).not.toMatch(/Sanne|klantvragen|\d/);
    expect(verbsOf(reply)).toEqual(['leaver.move', 'leaver.show']);
    expect(await house.own.dump()).toEqual(before);
    await afresh();
    {
      const reply = await ask({ leaver: EMPLOYEE });
      expect(textsOf(reply)).toEqual(expect.arrayContaining([WORDS.whoUnknown, WORDS.none]));
    }
    await afresh();
    {
      const reply = await ask({ what: 'delete', successor: '', name: '' });
      expect(textsOf(reply)).toContain(WORDS.deleteText);
      expect(verbsOf(reply)).toEqual(['leaver.delete', 'leaver.show']);
    }
    await afresh();
    {
      const reply = await ask({ successor: MILA.person, name: '' });
      expect(titleOf(reply)).toBe(WORDS.title);
      expect(textsOf(reply)).toEqual(expect.arrayContaining([WORDS.problem.same, WORDS.problem.name]));
      expect(filledIn(reply)).toMatchObject({ leaver: MILA.person, successor: MILA.person, what: 'move' });
    }
  });

  it('takes no payload made by hand for a handover', async () => {
    expect(
      await faultsOf(
        [
          ['to whoever asks', () => move({ successor: HR }), WORDS.problem.successorSelf],
          ['of whoever asks', () => move({ leaver: HR }), WORDS.problem.leaverSelf],
          ['from somebody to themselves', () => move({ successor: MILA.person }), WORDS.problem.same],
        ],
        async (_what, act, problem) => {
          const before = await house.own.dump();
          const reply = await act();
          expect(titleOf(reply)).toBe(WORDS.title);
          expect(textsOf(reply)).toContain(problem);
          expect(await house.own.dump()).toEqual(before);
        },
        afresh,
      ),
    ).toEqual([]);
  });
});

describe('leaver: a request', () => {
  it('moves nothing, tells the leaver and the others of HR, and says so, also by the button of an earlier version', async () => {
    const before = await records();
    const reply = await move();
    expect(titleOf(reply)).toBe(WORDS.requestTitle);
    expect(textsOf(reply)).toContain(WORDS.notice.asked);
    expect(textsOf(reply)).toContain('Wacht minstens tot en met maandag 18 januari 2027.');
    expect(verbsOf(reply)).toEqual(['leaver.stop', 'leaver.show', 'menu.show']);
    expect(await records()).toEqual(before);
    expect(await kept()).toMatchObject({
      state: 'waiting',
      askedBy: HR,
      askedAt: NOW,
      leaverName: 'Mila de Wit',
    });
    expect(await sent(SOON)).toEqual(['a:1 HR wil je afspraken overdragen', `a:4 ${WORDS.requestTitle}`]);
    await afresh();
    {
      const before = await records();
      expect(textsOf(await remove())).toContain(WORDS.notice.asked);
      expect(await records()).toEqual(before);
      expect(await sent(SOON)).toEqual(['a:1 HR wil je afspraken verwijderen', `a:4 ${WORDS.requestTitle}`]);
    }
  });

  it('is made once by four presses at once, leaves another that runs, and takes the place of one that is over', async () => {
    const replies = await Promise.all([1, 2, 3, 4].map(() => move()));
    const notices = replies.map((reply) => textsOf(reply)[0]);
    expect(notices.filter((notice) => notice === WORDS.notice.asked)).toHaveLength(1);
    expect(notices.filter((notice) => notice === WORDS.notice.already)).toHaveLength(3);
    expect(await sent(SOON)).toHaveLength(2);
    expect(textsOf(await move())).toContain(WORDS.notice.already);
    await afresh();
    await move();
    const reply = await remove(HUGO);
    expect(textsOf(reply)).toContain(WORDS.notice.other);
    expect(await kept()).toMatchObject({ id: 'request-1', what: 'move' });
    await afresh();
    await move();
    await stop();
    await move({}, { ...HANNA, now: LATER });
    expect(await kept()).toMatchObject({ id: 'request-2', state: 'waiting' });
  });

  it('is shown to HR in whatever state, and to no other organisation', async () => {
    expect(textsOf(await show())).not.toContain(WORDS.requestsTitle);
    await move();
    expect(textsOf(await show())).toEqual(
      expect.arrayContaining([WORDS.requestsTitle, 'Ahmed Yilmaz neemt de afspraken over die nog lopen.']),
    );
    await object();
    expect(textsOf(await show(HUGO))).toContain(WORDS.state.objected);
    expect(textsOf(await show({ ...HANNA, tenant: 'another' }))).not.toContain(WORDS.requestsTitle);
    const elsewhere = await stop({ ...HUGO, tenant: 'another' });
    expect(textsOf(elsewhere)).toContain(WORDS.gone);
  });
});

describe('leaver: somebody else of HR', () => {
  const afreshInside = setUpEach(() => move(), undefined, afresh);

  it('confirms it, which makes up for the days to object, or stops it, of which the leaver hears, and who asked', async () => {
    const reply = await confirm();
    expect(textsOf(reply)).toContain(WORDS.notice.confirmed);
    expect(await kept()).toMatchObject({ state: 'confirmed', confirmedBy: HR_TOO });
    expect(textsOf(await confirm())).toContain(WORDS.notice.confirmed);
    await afreshInside();
    await sent(SOON);
    expect(textsOf(await stop())).toContain(WORDS.notice.stopped);
    expect(await kept()).toMatchObject({ state: 'stopped' });
    expect(await sent(LATER)).toEqual(['a:1 Je afspraken blijven bij jou', `a:3 ${WORDS.requestTitle}`]);
    expect(textsOf(await stop())).toContain(WORDS.notice.stopped);
    expect(textsOf(await confirm())).toContain(WORDS.notice.over);
  });

  it('is not for anybody else, and not for ever', async () => {
    expect(
      await faultsOf(
        [
          ['who asked for it', HANNA, WORDS.notice.askedIt],
          ['who leaves', { person: MILA.person, now: LATER }, WORDS.notice.aboutYou],
          ['who goes on', { person: AHMED, now: LATER }, WORDS.notice.aboutYou],
        ],
        async (_who, who, notice) => {
          const reply = await confirm(who);
          expect(textsOf(reply)).toContain(notice);
          expect(verbsOf(reply)).not.toContain('leaver.confirm');
          expect(await kept()).toMatchObject({ state: 'waiting', confirmedBy: null });
        },
        afreshInside,
      ),
    ).toEqual([]);
  });

  it('sees that something else happened at that moment, and finds a card of an earlier request outdated', async () => {
    const { handovers } = house.stores;
    const crossed: Handovers = {
      ...handovers,
      async put(record, etag) {
        if (record.state === 'confirmed') await object();
        return handovers.put(record, etag);
      },
    };
    const reply = await confirm(HUGO, REQUEST, leaver(crossed));
    expect(textsOf(reply)).toEqual(expect.arrayContaining([WORDS.notice.changed, WORDS.state.objected]));
    expect(await kept()).toMatchObject({ state: 'objected' });
    await afreshInside();
    for (const act of [confirm, stop])
      expect(textsOf(await act(HUGO, { ...REQUEST, request: 'request-0' }))).toContain(WORDS.gone);
    expect(await kept()).toMatchObject({ state: 'waiting' });
  });
});

describe('leaver: whom it is about', () => {
  const afreshInside = setUpEach(() => move(), undefined, afresh);

  it('objects with one press, once for four at once, and HR hears of it: who asked and the others', async () => {
    await sent(SOON);
    const reply = await object();
    expect(titleOf(reply)).toBe(WORDS.toLeaver.objected.title.move);
    expect(verbsOf(reply)).not.toContain('handover.object');
    expect(await kept()).toMatchObject({ state: 'objected', stateAt: LATER });
    expect(await sent(LATER)).toEqual([`a:3 ${WORDS.requestTitle}`, `a:4 ${WORDS.requestTitle}`]);
    expect(titleOf(await object())).toBe(WORDS.toLeaver.objected.title.move);
    await afreshInside();
    const replies = await Promise.all([1, 2, 3, 4].map(() => object()));
    expect(replies.map(titleOf)).toEqual(Array(4).fill(WORDS.toLeaver.objected.title.move));
    expect(await kept()).toMatchObject({ state: 'objected' });
  });

  it('objects to what there is, or hears that it is over, when somebody of HR confirms or stops it at that moment', async () => {
    const { handovers } = house.stores;
    const crossed: Handovers = {
      ...handovers,
      async put(record, etag) {
        if (record.state === 'objected' && (await kept())?.state === 'waiting') await confirm();
        return handovers.put(record, etag);
      },
    };
    const reply = await object(MILA_ACTS, 'request-1', leaver(crossed));
    expect(titleOf(reply)).toBe(WORDS.toLeaver.objected.title.move);
    expect(await kept()).toMatchObject({ state: 'objected', confirmedBy: null });
    expect(await sent(LATER)).toContain(`a:4 ${WORDS.requestTitle}`);
    await afreshInside();
    {
      const { handovers } = house.stores;
      const crossed: Handovers = {
        ...handovers,
        async put(record, etag) {
          if (record.state === 'objected') await stop();
          return handovers.put(record, etag);
        },
      };
      const reply = await object(MILA_ACTS, 'request-1', leaver(crossed));
      expect(titleOf(reply)).toBe(WORDS.toLeaver.stopped.title.move);
      expect(await kept()).toMatchObject({ state: 'stopped' });
    }
  });

  it('takes a confirmation back by it, and somebody else of HR can confirm anew', async () => {
    await confirm();
    await object({ ...MILA_ACTS, now: '2027-01-11T12:00:00.000Z' });
    expect(await kept()).toMatchObject({ state: 'objected', confirmedBy: null });
    await confirm({ ...HUGO, now: '2027-01-12T10:00:00.000Z' });
    expect(await kept()).toMatchObject({ state: 'confirmed', confirmedBy: HR_TOO });
  });

  it('is nobody else: another’s press does nothing and shows nothing', async () => {
    const reply = await object({ person: EMPLOYEE, now: LATER });
    expect(textsOf(reply)).toContain(WORDS.gone);
    expect(await kept()).toMatchObject({ state: 'waiting' });
  });

  it('hears how it stands from a card of before, which names who goes on and asks nothing in their own name', async () => {
    await stop();
    expect(titleOf(await object())).toBe(WORDS.toLeaver.stopped.title.move);
    expect(textsOf(await object(MILA_ACTS, 'request-0'))).toContain(WORDS.gone);
    await afreshInside();
    await sent(SOON);
    const { card } = house.teams.sent.find(({ reference }) => reference.conversation === 'a:1')!;
    const reply = { kind: 'card', card } as const;
    expect(textsOf(reply).join(' ')).toMatch(/Ahmed Yilmaz.*maandag 18 januari 2027/);
    expect(dataOf(reply, 'handover.object')).toMatchObject({ request: 'request-1' });
  });
});

it('with one person of HR there is nobody else to tell, and the request stands', async () => {
  await house.stores.people.change(newPerson(TENANT, HR_TOO), '*');
  await move({}, HANNA, leaver(house.stores.handovers, [HR]));
  expect(await sent(SOON)).toEqual(['a:1 HR wil je afspraken overdragen']);
});
