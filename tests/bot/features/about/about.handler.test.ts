import { describe, expect, it } from 'vitest';
import { defaultOrganisation } from '../../../../bot/domain/organisation.js';
import { stillWanted } from '../../../../bot/domain/reminders/planning.js';
import { type AboutFeature, createAbout } from '../../../../bot/features/about/about.handler.js';
import { createOwnRecords } from '../../../../bot/features/about/own-records.js';
import { type Screen, screenNothing } from '../../../../bot/nlu/screening/field-screening.js';
import type { Turn } from '../../../../bot/turn.js';
import { faultsOf } from '../../../support/faults.js';
import { type Managing, noMigraine, openManaging } from '../../../support/recording-scene.js';
import { anAgreement, aReminder, EMPLOYEE, MANAGER, TENANT } from '../../../support/sample-records.js';
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

const NOW = '2027-01-12T09:00:00.000Z';
const CHANGED = 'Deze afspraak is intussen veranderd. Zo is de afspraak nu.';
const GONE = 'Ik kan deze afspraak niet vinden. Misschien is de afspraak verwijderd.';
const WHERE = { manager: MANAGER, id: 'agreement-1' };
const THIS = { ...WHERE, version: 1 };

let here: Managing;
let about: AboutFeature;
const afresh = setUpEach(
  async () => {
    here = await openManaging();
    about = aboutWith(screenNothing);
    const pointer = { manager: MANAGER, agreement: 'agreement-1', since: NOW };
    await here.own.stores.about.index(TENANT, EMPLOYEE, pointer);
  },
  () => here.own.drop(),
);

function aboutWith(screen: Screen): AboutFeature {
  const { stores } = here.own;
  return createAbout({
    ...stores,
    ownRecords: createOwnRecords(stores),
    organisationSettings: { of: async (tenant) => defaultOrganisation(tenant) },
    screen,
    zone: 'Europe/Amsterdam',
  });
}

const show = (who: Partial<Turn> = SANNE_ACTS) => about['about.show'](aPress('about.show', WHERE, who));
const confirm = (data: object = {}) =>
  about['about.confirm'](aPress('about.confirm', { ...THIS, ...data }, SANNE_ACTS));
const askChange = () => about['about.ask-change'](aPress('about.ask-change', THIS, SANNE_ACTS));
const change = (data: object, from = about) =>
  from['about.change'](aPress('about.change', { ...THIS, change: 'days', note: '', ...data }, SANNE_ACTS));

describe('about: reading what is recorded', () => {
  it('shows it to whom it is about and nobody else, in one request, writes nothing, and shows none that is with somebody else after all', async () => {
    const before = await here.everything();
    expect(await here.cost(show)).toBe(1);
    expect(titleOf(await show())).toBe('Mila de Wit heeft afspraken met je vastgelegd');
    expect(verbsOf(await show())).toEqual([
      'about.confirm',
      'about.ask-change',
      'removal.ask',
      'about.records',
    ]);
    expect(await here.everything()).toEqual(before);
    await afresh();
    await here.put({ employee: null });
    expect(textsOf(await show())).toContain(GONE);
    await afresh();
    expect(
      await faultsOf<[string, Partial<Turn>]>(
        [
          ['somebody else', { person: 'c3c3c3c3-0000-4000-8000-000000000003' }],
          ['the manager through this door', { person: MANAGER }],
          ['the same id in another tenant', { ...SANNE_ACTS, tenant: 'another' }],
        ],
        async (_case, who) => {
          expect(textsOf(await show(who))).toContain(GONE);
        },
        afresh,
      ),
    ).toEqual([]);
  });
});

describe('about: saying that it is right', () => {
  it('keeps the answer and plans once that the manager hears of it, in at most six requests, and thanks again', async () => {
    expect(await here.cost(confirm)).toBeLessThanOrEqual(6);
    expect(await here.agreement()).toEqual(anAgreement({ answer: 'confirmed', answeredAt: NOW }));
    expect(await here.planned()).toEqual([
      aReminder({ kind: 'agreement-answered', occasion: NOW, due: NOW }),
    ]);
    await afresh();
    await confirm();
    const before = await here.everything();
    expect(textsOf(await confirm())).toContain('Dank je. Mila de Wit ziet dat het klopt.');
    expect(await here.everything()).toEqual(before);
  });

  it('changes nothing from a card of before the last change', async () => {
    await here.put({ version: 2 });
    const before = await here.everything();
    const reply = await confirm();
    expect(textsOf(reply)).toContain(CHANGED);
    expect(dataOf(reply, 'about.confirm')).toMatchObject({ version: 2 });
    expect(await here.everything()).toEqual(before);
  });
});

describe('about: asking for a change', () => {
  it('asks what, from what was asked before and not dealt with, in one request, and writes nothing', async () => {
    const before = await here.everything();
    expect(await here.cost(askChange)).toBe(1);
    expect(filledIn(await askChange())).toEqual({ change: '', note: '' });
    expect(await here.everything()).toEqual(before);
    await afresh();
    await change({ change: 'items,days', note: 'Graag 9|17 uur' });
    expect(filledIn(await askChange())).toEqual({ change: 'items,days', note: 'Graag 9|17 uur' });
    expect(textsOf(await show()).join()).toContain('Je zei erbij: Graag 9|17 uur'.replace('|', '\\|'));
  });

  it('keeps what was asked and plans that the manager hears of it, in at most six requests, although it is closed', async () => {
    const asked = () => change({ change: 'items,days', note: '  Liever een\nweek later ' });
    expect(await here.cost(asked)).toBeLessThanOrEqual(6);
    expect(await here.agreement()).toMatchObject({
      answer: 'change-asked',
      changeAsked: {
        subjects: ['items', 'days'],
        note: 'Liever een week later',
        askedAt: NOW,
        handledAt: null,
        reply: null,
      },
      answeredAt: NOW,
      version: 1,
    });
    expect(await here.planned()).toMatchObject([{ kind: 'agreement-answered', occasion: NOW }]);
    await afresh();
    await here.put({ status: 'closed' });
    await change({ note: 'Graag een week later' });
    const [news] = await here.planned();
    expect(news !== undefined && stillWanted(news, await here.agreement())).toBe(true);
  });

  it('gives the form back, and keeps nothing, when something of it is wrong, is not on it or is about health', async () => {
    await change({ change: 'illness,days' });
    expect((await here.agreement()).changeAsked).toBeNull();
    await change({ change: 'De dagen' });
    expect((await here.agreement()).changeAsked?.subjects).toEqual(['days']);
    await afresh();
    const before = await here.everything();
    const inputs = { change: 'days', note: 'Om mijn migraine' };
    const reply = await change(inputs, aboutWith(noMigraine));
    expect(filledIn(reply)).toEqual(inputs);
    expect(textsOf(reply)).toContainEqual(expect.stringMatching(/gezondheid of privé: migraine.*\(AVG\)/));
    expect(await here.everything()).toEqual(before);
    await afresh();
    expect(
      await faultsOf(
        [
          ['nothing was chosen', { change: '' }, 'Kies waar het over gaat.'],
          [
            'only something that is not on the form was chosen',
            { change: 'illness' },
            'Kies waar het over gaat.',
          ],
          [
            'the note is too long',
            { note: 'x'.repeat(201) },
            'Dit zijn 201 tekens. Houd het op hooguit 200 tekens.',
          ],
        ],
        async (_case, wrong, why) => {
          const before = await here.everything();
          const reply = await change(wrong);
          expect(textsOf(reply)).toContain(why);
          expect(filledIn(reply).note).toBe('note' in wrong ? wrong.note : '');
          expect(await here.everything()).toEqual(before);
        },
        afresh,
      ),
    ).toEqual([]);
  });

  it('may be changed into that it is right, is shown as discussed once the manager says so, and can be asked again', async () => {
    await change({});
    await confirm();
    expect(await here.agreement()).toMatchObject({ answer: 'confirmed', changeAsked: null });
    await afresh();
    const changeAsked = { subjects: ['days' as const], note: '', askedAt: NOW, handledAt: NOW, reply: null };
    await here.put({ version: 2, answer: 'on-its-way', changeAsked });
    expect(titleOf(await show())).toBe('Mila de Wit zegt dat jullie je vraag hebben besproken');
    expect(verbsOf(await show())).toEqual([
      'about.confirm',
      'about.ask-change',
      'removal.ask',
      'about.records',
    ]);
    await confirm({ version: 2 });
    expect((await here.agreement()).changeAsked).toBeNull();
  });

  it('keeps what was written when the agreements changed meanwhile, and sends nothing', async () => {
    await here.put({ version: 2 });
    const before = await here.everything();
    const inputs = { change: 'days', note: 'Graag een week later' };
    const reply = await change(inputs);
    expect(textsOf(reply).join()).toContain('Je vraag is nog niet verstuurd');
    expect(filledIn(reply)).toEqual(inputs);
    expect(dataOf(reply, 'about.change')).toMatchObject({ version: 2 });
    expect(await here.everything()).toEqual(before);
  });

  it('is asked once by four presses at once, and by one that comes later', async () => {
    const asked = () => change({ note: 'Graag een week later' });
    const replies = await Promise.all([asked(), asked(), asked(), asked()]);
    const sent =
      'Dank je. Mila de Wit krijgt je vraag te zien. Je vraag blijft staan tot jullie erover hebben gepraat.';
    for (const reply of [...replies, await asked()]) expect(textsOf(reply)).toContain(sent);
    expect(await here.planned()).toHaveLength(1);
  });
});
