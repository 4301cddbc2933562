import { describe, expect, it } from 'vitest';
import { askedNow } from '../../../../bot/domain/erasure-request.js';
import { createOwnRecords } from '../../../../bot/features/about/own-records.js';
import { createRemoval, type RemovalFeature } from '../../../../bot/features/removal/removal.handler.js';
import { openStores } from '../../../../bot/store/stores.js';
import type { Tables } from '../../../../bot/store/tables/tables.js';
import type { Turn } from '../../../../bot/turn.js';
import type { Verb } from '../../../../cards/actions.js';
import { messagesFor } from '../../../../cards/content/words.js';
import { stoppingAt } from '../../../support/azure/dying-tables.js';
import { faultsOf } from '../../../support/faults.js';
import { type Managing, MILA, openManaging } from '../../../support/recording-scene.js';
import { anAgreement, aReminder, EMPLOYEE, MANAGER, TENANT } from '../../../support/sample-records.js';
import { aPress, dataOf, SANNE_ACTS, textsOf, titleOf, verbsOf } from '../../../support/sample-turns.js';
import { setUpEach } from '../../../support/set-up.js';

const { removal: WORDS, about: ABOUT, agreement: AGREEMENT } = messagesFor('nl');
const NOW = '2027-01-12T09:00:00.000Z';
const ASKED = askedNow(NOW, 'Europe/Amsterdam');
const WHERE = { manager: MANAGER, id: 'agreement-1' };
const REQUEST = { id: 'agreement-1', askedAt: NOW };
const SENT = 'Je vraag is verstuurd. Je krijgt uiterlijk op vrijdag 12 februari 2027 antwoord.';
const OTHER_MANAGER = 'c3c3c3c3-0000-4000-8000-000000000003';
const LATER = '2027-01-20T09:00:00.000Z';

let here: Managing;
let removal: RemovalFeature;
const afresh = setUpEach(
  async () => {
    here = await openManaging();
    removal = removalOn(here.own.tables);
    const pointer = { manager: MANAGER, agreement: 'agreement-1', since: NOW };
    await here.own.stores.about.index(TENANT, EMPLOYEE, pointer);
  },
  () => here.own.drop(),
);

function removalOn(tables: Tables): RemovalFeature {
  return createRemoval({ ...openStores(tables), zone: 'Europe/Amsterdam' });
}

type OfEmployee = 'removal.ask' | 'removal.send' | 'removal.withdraw';
const sanne = (verb: OfEmployee, who: Partial<Turn> = SANNE_ACTS) => removal[verb](aPress(verb, WHERE, who));
type OfManager = 'removal.ask-grant' | 'removal.grant' | 'removal.keep';
const mila = (verb: OfManager, data: object = {}, on = removal) =>
  (on[verb] as (turn: unknown) => ReturnType<RemovalFeature['removal.grant']>)(
    aPress(verb as Verb, { ...REQUEST, ...data }, { now: LATER }),
  );
const decide = () => removal['removal.decide'](aPress('removal.decide', { id: 'agreement-1' }));

describe('removal: asking for it', () => {
  it('says who decides by when, asks for no reason, costs one request and writes nothing', async () => {
    const before = await here.everything();
    expect(await here.cost(() => sanne('removal.ask'))).toBe(1);
    const asked = await sanne('removal.ask');
    expect(textsOf(asked)[1]).toBe(
      'Mila de Wit beslist, en antwoordt uiterlijk op vrijdag 12 februari 2027. Je hoeft niet te zeggen waarom.',
    );
    expect(verbsOf(asked)).toEqual(['removal.send', 'about.show']);
    expect(await here.everything()).toEqual(before);
  });

  it('keeps one request with its term, of what was closed too, and plans that the manager hears, in at most five requests', async () => {
    // And one more to know who writes.
    expect(await here.cost(() => sanne('removal.send'))).toBeLessThanOrEqual(5);
    expect(await here.agreement()).toEqual(anAgreement({ removal: ASKED }));
    expect((await here.planned()).map(({ kind, person }) => [kind, person])).toEqual([
      ['removal-asked', MANAGER],
      ['removal-due', MANAGER],
      ['removal-late', EMPLOYEE],
    ]);
    await afresh();
    expect(textsOf(await sanne('removal.send'))).toContain(SENT);
    const before = await here.everything();
    expect(textsOf(await sanne('removal.send', { ...SANNE_ACTS, now: LATER }))).toContain(SENT);
    expect(await here.everything()).toEqual(before);
    expect(verbsOf(await sanne('removal.ask'))).toContain('removal.withdraw');
    await afresh();
    await here.put({ status: 'closed' });
    await sanne('removal.send');
    expect((await here.agreement()).removal).toEqual(ASKED);
    expect(titleOf(await decide())).toBe('Sanne wil jullie afspraken laten verwijderen');
  });

  it('can be taken back, after which there is nothing to decide', async () => {
    const sent = await sanne('removal.send');
    expect(verbsOf(sent)).toContain('removal.withdraw');
    const back = await sanne('removal.withdraw');
    expect(textsOf(back)).toContain(WORDS.withdrawn);
    expect(verbsOf(back)).toContain('removal.ask');
    expect((await here.agreement()).removal).toBe(null);
    expect(textsOf(await decide())).toContain(WORDS.over);
    expect(textsOf(await sanne('removal.withdraw'))).toContain(WORDS.withdrawn);
  });

  it('is not for anybody else', async () => {
    expect(
      await faultsOf<[string, Partial<Turn>]>(
        [
          ['somebody else', { person: 'c3c3c3c3-0000-4000-8000-000000000003' }],
          ['the manager through this door', { person: MANAGER }],
          ['the same id in another tenant', { ...SANNE_ACTS, tenant: 'another' }],
        ],
        async (_case, who) => {
          const before = await here.everything();
          for (const verb of ['removal.ask', 'removal.send', 'removal.withdraw'] as const)
            expect(textsOf(await sanne(verb, who))).toContain(ABOUT.gone);
          expect(await here.everything()).toEqual(before);
        },
        afresh,
      ),
    ).toEqual([]);
  });
});

describe('removal: deciding', () => {
  const afreshInside = setUpEach(
    async () => {
      await sanne('removal.send');
    },
    undefined,
    afresh,
  );

  it('offers to remove first, in one request, removes it in at most six, and keeps only that it was asked for and done', async () => {
    expect(await here.cost(decide)).toBe(1);
    const card = await decide();
    expect(textsOf(card)).toContain(
      'Het gaat om de afspraken van vrijdag 8 januari 2027. Beslis uiterlijk op vrijdag 12 februari 2027.',
    );
    expect(verbsOf(card)).toEqual(['removal.ask-grant', 'agreement.show', 'removal.keep']);
    expect(verbsOf(await mila('removal.ask-grant'))).toEqual(['removal.grant', 'removal.decide']);
    await afreshInside();
    expect(await here.cost(() => mila('removal.grant'))).toBeLessThanOrEqual(6);
    const { agreements } = await here.own.stores.managers.records(MILA);
    expect(agreements).toEqual([]);
    expect(await here.own.stores.about.of(TENANT, EMPLOYEE)).toEqual([
      {
        manager: MANAGER,
        agreement: 'agreement-1',
        member: null,
        moment: null,
        managerName: null,
        since: anAgreement().createdAt,
        removed: { askedAt: NOW, at: LATER, managerName: 'Mila de Wit' },
      },
    ]);
    expect(await here.planned()).toContainEqual(
      aReminder({
        kind: 'removal-granted',
        person: EMPLOYEE,
        occasion: NOW,
        due: LATER,
        former: 'Mila de Wit',
      }),
    );
    expect(await here.own.stores.about.concerns(TENANT, EMPLOYEE, MANAGER, 'agreement-1')).toBe(false);
    const { managers = [], about = [] } = await here.own.dump();
    expect(JSON.stringify([managers, about])).not.toContain('klantvragen');
  });

  it('is completed by pressing once more, wherever the first time ended', async () => {
    for (const write of [1, 2, 3]) {
      const stopping = stoppingAt(here.own.tables, write);
      await expect(mila('removal.grant', {}, removalOn(stopping))).rejects.toThrow();
      expect(textsOf(await decide())).not.toContain(AGREEMENT.gone);
      // Until it is gone nothing tells the employee that it is.
      const own = await createOwnRecords(here.own.stores)({ tenant: TENANT, person: EMPLOYEE });
      expect([own.agreements.length, own.removed]).toEqual([1, []]);
    }
    await mila('removal.grant');
    expect((await here.own.stores.managers.records(MILA)).agreements).toEqual([]);
    expect((await here.own.stores.about.of(TENANT, EMPLOYEE))[0]?.removed).toMatchObject({ askedAt: NOW });
    expect(textsOf(await mila('removal.grant'))).toContain(AGREEMENT.gone);
  });

  it('is removed or kept once by four presses at once, and says so to each, and to one that comes later', async () => {
    const employee = EMPLOYEE;
    const grant = () => mila('removal.grant', { employee });
    const replies = await Promise.all([grant(), grant(), grant(), grant()]);
    for (const reply of [...replies, await grant()]) expect(titleOf(reply)).toBe(WORDS.grantedDoneTitle);
    expect((await here.planned()).filter(({ kind }) => kind === 'removal-granted')).toHaveLength(1);
    await afreshInside();
    {
      const keep = () => mila('removal.keep', { why: 'law' });
      const replies = await Promise.all([keep(), keep(), keep(), keep()]);
      const done = 'De afspraken blijven. Sanne krijgt bericht, met je reden.';
      for (const reply of [...replies, await keep()]) expect(textsOf(reply)).toContain(done);
      expect((await here.planned()).filter(({ kind }) => kind === 'removal-kept')).toHaveLength(1);
    }
  });

  it('tells nobody of a removal that was not theirs', async () => {
    await mila('removal.grant');
    const other = removal['removal.grant'](
      aPress('removal.grant', { ...REQUEST, employee: EMPLOYEE }, { person: OTHER_MANAGER }),
    );
    expect(textsOf(await other)).toContain(AGREEMENT.gone);
  });

  it('keeps it for a reason from the list, which the employee hears, in at most six requests, and gives the form back without one', async () => {
    const keep = () => mila('removal.keep', { why: 'dispute' });
    expect(await here.cost(keep)).toBeLessThanOrEqual(6);
    const removalNow = (await here.agreement()).removal;
    expect(removalNow).toEqual({ ...ASKED, answeredAt: LATER, kept: 'dispute' });
    expect(await here.planned()).toContainEqual(
      aReminder({ kind: 'removal-kept', person: EMPLOYEE, occasion: LATER, due: LATER }),
    );
    expect(textsOf(await decide())).toContain(WORDS.over);
    await afreshInside();
    expect(
      await faultsOf(
        ['', 'because', 'law,dispute'],
        async (why) => {
          const before = await here.everything();
          const reply = await mila('removal.keep', { why });
          expect(textsOf(reply)).toContain(WORDS.whyMissing);
          expect(dataOf(reply, 'removal.keep')).toMatchObject(REQUEST);
          expect(await here.everything()).toEqual(before);
        },
        afreshInside,
      ),
    ).toEqual([]);
  });

  it('may be asked again after an answer, as another request', async () => {
    await mila('removal.keep', { why: 'in-use' });
    await sanne('removal.send', { ...SANNE_ACTS, now: LATER });
    expect((await here.agreement()).removal).toEqual(askedNow(LATER, 'Europe/Amsterdam'));
    // A card of the first request decides nothing about the second.
    for (const verb of ['removal.ask-grant', 'removal.grant', 'removal.keep'] as const)
      expect(textsOf(await mila(verb, { why: 'law' }))).toContain(AGREEMENT.changed);
    expect((await here.agreement()).removal?.kept).toBe(null);
  });

  it('leaves what was withdrawn at this very moment, and removes what only changed otherwise', async () => {
    const { managers } = here.own.stores;
    const racing = {
      ...managers,
      async removeAgreement(...args: Parameters<typeof managers.removeAgreement>) {
        await here.put({ removal: null });
        return managers.removeAgreement(...args);
      },
    };
    const feature = createRemoval({ ...here.own.stores, managers: racing, zone: 'Europe/Amsterdam' });
    expect(textsOf(await mila('removal.grant', {}, feature))).toContain(WORDS.over);
    expect((await here.agreement()).removal).toBe(null);
    expect(await here.own.stores.about.concerns(TENANT, EMPLOYEE, MANAGER, 'agreement-1')).toBe(true);
    await afreshInside();
    {
      const { managers } = here.own.stores;
      let raced = false;
      const racing = {
        ...managers,
        async removeAgreement(...args: Parameters<typeof managers.removeAgreement>) {
          if (!raced) await here.put({ removal: ASKED, answer: 'shared' });
          raced = true;
          return managers.removeAgreement(...args);
        },
      };
      const feature = createRemoval({ ...here.own.stores, managers: racing, zone: 'Europe/Amsterdam' });
      expect(titleOf(await mila('removal.grant', {}, feature))).toBe(WORDS.grantedDoneTitle);
      expect((await managers.records(MILA)).agreements).toEqual([]);
    }
  });
});
