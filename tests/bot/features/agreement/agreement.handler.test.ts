import { describe, expect, it } from 'vitest';
import { newMember, newMemberId } from '../../../../bot/domain/member.js';
import { defaultOrganisation } from '../../../../bot/domain/organisation.js';
import {
  type AgreementFeature,
  createAgreement,
} from '../../../../bot/features/agreement/agreement.handler.js';
import { type Screen, screenNothing } from '../../../../bot/nlu/screening/field-screening.js';
import { messagesFor } from '../../../../cards/content/words.js';
import { faultsOf } from '../../../support/faults.js';
import { type Managing, MILA, noMigraine, openManaging } from '../../../support/recording-scene.js';
import { aDraft, aMember, anAgreement, EMPLOYEE, MANAGER, TENANT } from '../../../support/sample-records.js';
import {
  aPress,
  aTurn,
  choicesIn,
  dataOf,
  filledIn,
  textsOf,
  titleOf,
} from '../../../support/sample-turns.js';
import { setUpEach } from '../../../support/set-up.js';

const NEW = 'agreement-2';
const CONVERSATION = { day: '2027-01-11', present: 'manager,employee', subjects: 'tasks,hours' };
const ANOTHER = 'agreement-3';
const ASKED = {
  subjects: ['days' as const],
  note: 'Liever een week later',
  askedAt: '2027-01-11T09:00:00.000Z',
  handledAt: null,
  reply: null,
};
const PLAN = {
  what1: 'Sanne begint om tien uur',
  who1: 'employee',
  from1: '',
  by1: '2027-01-15',
  initiative: 'employee',
  next: '2027-01-26',
  rhythm: 'weekly',
};

let here: Managing;
let feature: AgreementFeature;
/** What was noted as found, since an earlier press made it. */
let found: string[];
const afresh = setUpEach(
  async () => {
    here = await openManaging();
    feature = featureWith(screenNothing);
    found = [];
  },
  () => here.own.drop(),
);

function featureWith(screen: Screen, newId = NEW): AgreementFeature {
  const organisationSettings = { of: async (tenant: string) => defaultOrganisation(tenant) };
  return createAgreement({
    ...here.own.stores,
    organisationSettings,
    screen,
    newId: () => newId,
    noteFound: (_manager, { id }) => void found.push(id),
    zone: 'Europe/Amsterdam',
  });
}

const details = (inputs: object, from = feature) =>
  from['agreement.details'](
    aPress('agreement.details', { draft: aDraft({ id: NEW }), ...CONVERSATION, ...inputs }),
  );
const save = (inputs: object = {}, draft: object = {}, from = feature) =>
  from['agreement.save'](
    aPress('agreement.save', { draft: aDraft({ id: NEW, ...draft }), ...PLAN, ...inputs }),
  );
const members = async () => (await here.own.stores.managers.records(MILA)).members;

describe('agreement: the form', () => {
  it('proposes days of the manager’s own zone, and takes them', async () => {
    await here.liveIn('America/Paramaribo');
    // Still the 12th there.
    const night = { now: '2027-01-13T01:30:00.000Z' };
    expect(filledIn(await feature.open(aTurn(night)))).toMatchObject({ day: '2027-01-12' });
    const tomorrow = aDraft({ id: NEW, day: '2027-01-13' });
    const reply = await feature['agreement.save'](
      aPress('agreement.save', { draft: tomorrow, ...PLAN }, night),
    );
    expect(textsOf(reply)).toContain('Deze dag is nog niet geweest. Leg de afspraken vast na het gesprek.');
  });

  it('opens with who is on the list, or the person and the day that a text names, in two requests, and writes nothing', async () => {
    const before = await here.everything();
    expect(await here.cost(() => feature.open(aTurn()))).toBe(2);
    expect(filledIn(await feature.open(aTurn()))).toMatchObject({
      known: '',
      name: '',
      day: '2027-01-12',
      present: 'manager,employee',
    });
    expect(await here.everything()).toEqual(before);
    await afresh();
    const said = (text: string, lang: 'nl' | 'en' = 'nl') => aTurn({ lang, said: { kind: 'text', text } });
    const known = said('leg een afspraak vast met sanne van vorige week dinsdag');
    expect(await here.cost(() => feature.open(known))).toBe(2);
    expect(filledIn(await feature.open(known))).toMatchObject({ known: aMember().id, day: '2027-01-05' });
    const somebodyNew = said('leg een afspraak vast met Anouk van gisteren');
    expect(filledIn(await feature.open(somebodyNew))).toMatchObject({ name: 'Anouk', day: '2027-01-11' });
    expect(filledIn(await feature.open(said('afspraken met Anouk')))).toMatchObject({ name: 'Anouk' });
    const english = said('record an agreement with Anouk from last Tuesday', 'en');
    expect(filledIn(await feature.open(english))).toMatchObject({ name: 'Anouk', day: '2027-01-05' });
  });

  it('shows what there is with somebody, and no new form', async () => {
    expect(
      await faultsOf(
        [
          'afspraken met sanne',
          'verwijder de afspraak met sanne',
          'ik wil de afspraak met Sanne aanpassen',
          'de afspraak met sanne klopt niet meer',
        ],
        async (text) => {
          const turn = aTurn({ said: { kind: 'text', text } });
          expect(await here.cost(() => feature.open(turn))).toBeLessThanOrEqual(2);
          expect(titleOf(await feature.open(turn))).toBe('Afspraken met Sanne');
          expect(titleOf(await feature.list(turn))).toBe('Afspraken met Sanne');
        },
        afresh,
      ),
    ).toEqual([]);
  });

  it('shows the closed ones, or the one that is named, to whoever asks for old ones', async () => {
    const { agreement: words } = messagesFor('nl');
    const said = (text: string) => aTurn({ said: { kind: 'text', text } });
    expect(titleOf(await feature.open(said('oude afspraken')))).toBe(words.closedTitle);
    await here.put({ status: 'closed' });
    expect(titleOf(await feature.open(said('afgesloten afspraken')))).toBe(words.closedTitle);
    const reopening = await feature.open(said('heropen de afspraak met sanne'));
    expect(titleOf(reopening)).toBe('Afspraken met Sanne');
    expect(dataOf(reopening, 'agreement.ask-reopen')).toBeDefined();
    // Nobody else is meant.
    expect(titleOf(await feature.open(said('verwijder de afspraak met anouk')))).toBe(words.listTitle);
  });

  it('goes on to the second step as one card, in two requests, and writes nothing', async () => {
    const before = await here.everything();
    expect(await here.cost(() => details({ known: aMember().id }))).toBe(2);
    const reply = await details({ known: aMember().id });
    expect(titleOf(reply)).toBe('Afspraken met Sanne');
    expect(dataOf(reply, 'agreement.save').draft).toMatchObject({
      ...CONVERSATION,
      known: aMember().id,
      name: 'Sanne',
      person: EMPLOYEE,
    });
    expect(await here.everything()).toEqual(before);
  });

  it('comes back filled in when something is wrong, and keeps nothing, also when that is about health', async () => {
    const inputs = { name: 'Bo', person: '', ...CONVERSATION, subjects: '' };
    const reply = await details(inputs);
    expect(filledIn(reply)).toEqual({ known: '', ...inputs });
    expect(textsOf(reply)).toContain('Kies minstens één onderwerp.');
    await afresh();
    {
      const before = await here.everything();
      const reply = await details({ name: 'Bo (migraine)' }, featureWith(noMigraine));
      expect(filledIn(reply).name).toBe('Bo (migraine)');
      expect(textsOf(reply)).toContainEqual(expect.stringMatching(/gezondheid of privé: migraine.*\(AVG\)/));
      expect(await here.everything()).toEqual(before);
    }
  });

  it('gets a row more, or goes back to the first step, and keeps what was typed', async () => {
    const reply = await feature['agreement.more'](
      aPress('agreement.more', { draft: aDraft({ id: NEW }), ...PLAN }),
    );
    expect(filledIn(reply)).toMatchObject({
      ...PLAN,
      what2: '',
      who2: 'employee',
      from2: '2027-01-12',
      by2: '',
    });
    await afresh();
    {
      const draft = aDraft({ id: NEW, name: 'Bo', person: '', subjects: 'growth' });
      const reply = await feature['agreement.people'](aPress('agreement.people', { draft, ...PLAN }));
      expect(filledIn(reply)).toMatchObject({ name: 'Bo', person: '', subjects: 'growth' });
      expect(dataOf(reply, 'agreement.details').draft).toMatchObject({ items: [{ what: PLAN.what1 }] });
    }
  });
});

describe('agreement: saving', () => {
  it('keeps what was agreed and plans what follows from it', async () => {
    expect(textsOf(await save())).toContainEqual(
      expect.stringContaining('Sanne krijgt de afspraken ook te zien'),
    );
    expect(await here.agreement(NEW)).toEqual(
      anAgreement({
        id: NEW,
        items: [{ id: '1', what: PLAN.what1, who: 'employee', from: null, by: PLAN.by1, outcome: null }],
        initiative: 'employee',
        nextDay: '2027-01-26',
        remindAt: '2027-01-26T08:00:00.000Z',
        rhythm: 'weekly',
        createdAt: '2027-01-12T09:00:00.000Z',
        changedAt: '2027-01-12T09:00:00.000Z',
      }),
    );
    expect((await here.planned()).map(({ kind, person, due }) => [kind, person, due])).toEqual([
      ['agreement-shared', EMPLOYEE, '2027-01-12T09:00:00.000Z'],
      ['landed', MANAGER, '2027-01-13T08:00:00.000Z'],
      ['evaluation', MANAGER, '2027-01-26T08:00:00.000Z'],
    ]);
    expect(await here.own.stores.about.concerns(TENANT, EMPLOYEE, MANAGER, NEW)).toBe(true);
  });

  it('costs at most six requests', async () => {
    expect(await here.cost(save)).toBeLessThanOrEqual(6);
  });

  it('makes one of the same press twice, says the same to both, and to a late one only that it was saved', async () => {
    const [first] = textsOf(await save());
    const before = await here.everything();
    expect(textsOf(await save())[0]).toBe(first);
    expect(await here.everything()).toEqual(before);
    expect(found).toEqual([NEW]);
    await afresh();
    await save();
    const { record, etag } = (await here.own.stores.managers.agreement(MILA, NEW))!;
    await here.own.stores.managers.changeAgreement(
      MILA,
      { ...record, nextDay: '2027-03-01', version: 2 },
      etag,
    );
    const texts = textsOf(await save());
    expect(texts).toContain('Je had deze afspraken al opgeslagen. Zo zijn ze nu.');
    expect((await here.agreement(NEW)).nextDay).toBe('2027-03-01');
  });

  it('gives the form back for another set of agreements when it says something else by now, and keeps nothing', async () => {
    await save();
    const first = await here.agreement(NEW);
    const again = { ...PLAN, what1: 'Iets anders' };
    const reply = await save(again, {}, featureWith(screenNothing, ANOTHER));
    expect(textsOf(reply)).toContainEqual(
      expect.stringContaining('Wat hier nu staat, is nog niet opgeslagen.'),
    );
    expect(filledIn(reply)).toEqual(again);
    expect(dataOf(reply, 'agreement.show')).toMatchObject({ id: NEW });
    expect(await here.agreement(NEW)).toEqual(first);
    const { draft } = dataOf(reply, 'agreement.save');
    expect(draft).toMatchObject({ id: ANOTHER });
    await save(again, draft as object);
    expect((await here.agreement(ANOTHER)).items).toMatchObject([{ what: 'Iets anders' }]);
  });

  it('leads the employee to what an earlier press left without a pointer', async () => {
    const { about } = here.own.stores;
    await save();
    await about.unindex(TENANT, EMPLOYEE, { manager: MANAGER, id: NEW });
    await save();
    expect(await about.concerns(TENANT, EMPLOYEE, MANAGER, NEW)).toBe(true);
  });

  it('shares with nobody when nobody was picked, and does not ask how a conversation of weeks ago landed', async () => {
    expect(textsOf(await save({}, { name: 'Bo', person: '' }))).toContain(
      'Opgeslagen. Ik herinner je op tijd aan de evaluatie.',
    );
    expect(await here.agreement(NEW)).toMatchObject({ employee: null, answer: 'not-shared' });
    expect((await here.planned()).map(({ kind }) => kind)).not.toContain('agreement-shared');
    await afresh();
    await save({}, { day: '2026-12-01' });
    expect((await here.planned()).map(({ kind }) => kind)).not.toContain('landed');
  });

  describe('with somebody of a name that is on the list without an account', () => {
    const BO = 'c3c3c3c3-0000-4000-8000-000000000003';
    const typed = newMemberId(NEW, 'Bo', null);
    const asked = (sameAs = '') => details({ name: 'Bo', person: BO, sameAs });
    /** Goes through both steps. */
    const saveAs = async (sameAs: string) => {
      const { draft } = dataOf(await asked(sameAs), 'agreement.save');
      return save({}, { ...(draft as object), id: 'agreement-3' });
    };
    const afreshInside = setUpEach(() => save({}, { name: 'Bo', person: '' }), undefined, afresh);

    it('asks whether it is the same person, and writes nothing before that', async () => {
      const before = await here.everything();
      const reply = await asked();
      expect(textsOf(reply)).toContain(messagesFor('nl').agreement.problem.which);
      expect(filledIn(reply)).toMatchObject({ name: 'Bo', person: BO, sameAs: '' });
      expect(choicesIn(reply, 'sameAs')).toEqual([typed, 'new']);
      expect(await here.everything()).toEqual(before);
    });

    it('gives the place the account when the manager says so, and lets the employee find what is there', async () => {
      await saveAs(typed);
      expect(await members()).toContainEqual(expect.objectContaining({ id: typed, name: 'Bo', person: BO }));
      expect(await members()).toHaveLength(2);
      expect(await here.agreement('agreement-3')).toMatchObject({ member: typed, employee: BO });
      expect(await here.own.stores.about.of(TENANT, BO)).toMatchObject([
        { agreement: 'agreement-3' },
        { member: typed },
      ]);
    });

    it('makes a place of its own for somebody else, and leaves the other as it was', async () => {
      await saveAs('new');
      expect(await members()).toContainEqual(newMember(typed, 'Bo', null));
      expect(await members()).toContainEqual(newMember(`person-${BO}`, 'Bo', BO));
      expect(await here.agreement('agreement-3')).toMatchObject({ member: `person-${BO}`, employee: BO });
    });

    it('gives a place no account that got another between the two steps, nor by a payload that says nothing of it', async () => {
      const { draft } = dataOf(await asked(typed), 'agreement.save');
      const found = await here.own.stores.managers.member(MILA, typed);
      await here.own.stores.managers.changeMember(MILA, newMember(typed, 'Bo', MANAGER), found?.etag ?? '');
      const reply = await save({}, { ...(draft as object), id: 'agreement-3' });
      expect(textsOf(reply)).toContain(messagesFor('nl').agreement.problem.otherAccount);
      expect(await here.own.stores.managers.agreement(MILA, 'agreement-3')).toBeNull();
      expect(await members()).toContainEqual(newMember(typed, 'Bo', MANAGER));
      await afreshInside();
      await save({}, { id: 'agreement-3', known: typed, name: 'Bo', person: BO });
      expect(await members()).toContainEqual(newMember(typed, 'Bo', null));
    });
  });

  it('says on which day it reminds where the agreed day is a Saturday, and nothing where it is not', async () => {
    const said = async (next: string) => textsOf(await save({ ...PLAN, next })).join(' ');
    expect(await said('2027-01-30')).toContain('Ik herinner je op maandag 1 februari 2027.');
    expect(await said('2027-02-02')).not.toContain('stuur ik geen berichten');
  });

  it('gives the form back, and keeps nothing, with something wrong in it or words about health', async () => {
    const before = await here.everything();
    const inputs = { ...PLAN, what1: 'Rust bij migraine' };
    const reply = await save(inputs, {}, featureWith(noMigraine));
    expect(filledIn(reply)).toEqual(inputs);
    expect(textsOf(reply)).toContainEqual(expect.stringMatching(/gezondheid of privé: migraine.*\(AVG\)/));
    expect(await here.everything()).toEqual(before);
    await afresh();
    expect(
      await faultsOf(
        [
          ['no agreement at all', { what1: '' }, { items: [] }, 'Schrijf minstens één afspraak op.'],
          ['an empty agreement', { what1: '' }, {}, 'Schrijf minstens één afspraak op.'],
          ['a first step that nobody checked', {}, { subjects: 'illness' }, 'Kies minstens één onderwerp.'],
          [
            'a name about health',
            {},
            { name: 'Bo (migraine)', person: '' },
            'Nog niet opgeslagen. Kijk bij ‘Of: naam van iemand anders’.',
          ],
        ],
        async (_case, inputs, draft, why) => {
          const before = await here.everything();
          expect(textsOf(await save(inputs, draft, featureWith(noMigraine)))).toContain(why);
          expect(await here.everything()).toEqual(before);
        },
        afresh,
      ),
    ).toEqual([]);
  });
});

describe('agreement: closing', () => {
  const CHANGED = 'Deze afspraak is intussen veranderd. Zo is de afspraak nu.';
  const close = (seen: object = {}) =>
    feature['agreement.close'](aPress('agreement.close', { id: 'agreement-1', version: 1, ...seen }));
  const askClose = () => feature['agreement.ask-close'](aPress('agreement.ask-close', { id: 'agreement-1' }));

  it('asks first, in two requests, and writes nothing', async () => {
    const before = await here.everything();
    expect(await here.cost(askClose)).toBe(2);
    expect(titleOf(await askClose())).toBe('Afspraken met Sanne afsluiten?');
    expect(await here.everything()).toEqual(before);
  });

  it('closes for good, in four requests, and lets the employee see that it was closed', async () => {
    expect(await here.cost(() => close())).toBe(4);
    expect((await here.planned()).filter(({ person }) => person === EMPLOYEE)).toMatchObject([
      { kind: 'agreement-shared', occasion: '2' },
    ]);
    expect(await here.agreement()).toEqual(
      anAgreement({ status: 'closed', changedAt: '2027-01-12T09:00:00.000Z', version: 2 }),
    );
    const before = await here.everything();
    expect(textsOf(await close())).not.toContain(CHANGED);
    expect(titleOf(await askClose())).toBe('Afspraken met Sanne');
    expect(await here.everything()).toEqual(before);
  });

  it('changes nothing from a card of before the last change, and asks once more when a change was asked for meanwhile', async () => {
    await here.put({ version: 2 });
    const before = await here.everything();
    const reply = await close();
    expect(textsOf(reply)).toContain(CHANGED);
    expect(dataOf(reply, 'agreement.close')).toMatchObject({ version: 2 });
    expect(await here.everything()).toEqual(before);
    await afresh();
    {
      await here.put({ answer: 'change-asked', changeAsked: ASKED });
      const before = await here.everything();
      const reply = await close();
      expect(textsOf(reply).join()).toContain('Sanne vroeg intussen om iets anders.');
      expect(textsOf(reply).join()).toContain('Liever een week later');
      expect(await here.everything()).toEqual(before);
      await close(dataOf(reply, 'agreement.close'));
      expect(await here.agreement()).toMatchObject({ status: 'closed', changeAsked: ASKED });
    }
  });
});

describe('agreement: what the employee asked for', () => {
  const handle = (askedAt = ASKED.askedAt) =>
    feature['agreement.request-handled'](aPress('agreement.request-handled', { id: 'agreement-1', askedAt }));
  const DONE = 'Goed. Sanne krijgt bericht dat jullie het hebben besproken.';

  const afreshInside = setUpEach(
    () => here.put({ answer: 'change-asked', changeAsked: ASKED }),
    undefined,
    afresh,
  );

  it('is on the agreement until the manager says that it was discussed', async () => {
    const show = () => feature['agreement.show'](aPress('agreement.show', { id: 'agreement-1' }));
    const [asked] = textsOf(await show()).filter((text) => String(text).includes('Liever een week later'));
    expect(asked).toBe(
      'Sanne wil iets anders in de afspraken. Het gaat over: De dagen. Erbij gezegd: ‘Liever een week later’.',
    );
    expect(
      textsOf(await handle(dataOf(await show(), 'agreement.request-handled').askedAt as string)),
    ).toContain(DONE);
    expect(textsOf(await show()).join()).not.toContain('Liever een week later');
  });

  it('is kept as discussed and shown to the employee, in at most six requests', async () => {
    expect(await here.cost(handle)).toBeLessThanOrEqual(6);
    expect((await here.agreement()).changeAsked).toEqual({
      ...ASKED,
      handledAt: '2027-01-12T09:00:00.000Z',
      reply: null,
    });
    expect((await here.planned()).map(({ kind, person }) => [kind, person])).toEqual([
      ['agreement-shared', EMPLOYEE],
    ]);
  });

  it('is discussed once, however often that is pressed, and not by a card that showed another', async () => {
    const texts = (await Promise.all([handle(), handle(), handle(), handle()])).map(textsOf);
    for (const text of [...texts, textsOf(await handle())]) expect(text).toContain(DONE);
    expect((await here.agreement()).version).toBe(2);
    await afreshInside();
    const before = await here.everything();
    const reply = await handle('2027-01-10T09:00:00.000Z');
    expect(textsOf(reply)).toContain('Deze afspraak is intussen veranderd. Zo is de afspraak nu.');
    expect(textsOf(reply).join()).toContain('Liever een week later');
    expect(await here.everything()).toEqual(before);
  });
});

describe('agreement: the list', () => {
  const list = (page: number) => feature['agreement.list'](aPress('agreement.list', { page }));
  const pages = async (page: number) => {
    const reply = await list(page);
    return textsOf(reply).filter((text) => /^(Sanne|Lid \d+|\d+ tot en met .*)$/.test(String(text)));
  };

  const afreshInside = setUpEach(
    async () => {
      for (let n = 8; n > 1; n -= 1) {
        await here.put({ id: `agreement-${n}`, memberName: `Lid ${n}`, nextDay: `2027-02-0${n}` });
      }
      await here.put({ id: 'closed', memberName: 'Lid 9', status: 'closed' });
    },
    undefined,
    afresh,
  );

  it('shows a page of what is open, the next evaluation first, in two requests, and nothing to somebody else', async () => {
    expect(await pages(0)).toEqual([
      'Sanne',
      'Lid 2',
      'Lid 3',
      'Lid 4',
      'Lid 5',
      'Lid 6',
      '1 tot en met 6 van 8',
    ]);
    await afreshInside();
    const before = await here.everything();
    expect(await here.cost(() => feature.list(aTurn()))).toBe(2);
    expect(await here.everything()).toEqual(before);
    await afreshInside();
    expect(textsOf(await feature.list(aTurn({ person: EMPLOYEE })))).toContain(
      messagesFor('nl').agreement.listEmpty,
    );
  });

  it('shows the rest on the pages after the first', async () => {
    expect(
      await faultsOf(
        [1, 2, 1_000],
        async (page) => {
          expect(await pages(page)).toEqual(['Lid 7', 'Lid 8', '7 tot en met 8 van 8']);
        },
        afreshInside,
      ),
    ).toEqual([]);
  });
});

describe('agreement: putting right what was agreed', () => {
  it('keeps what was typed and is not saved, and goes on to the conversation where nothing was', async () => {
    await save();
    const form = await feature['agreement.correct'](aPress('agreement.correct', { id: NEW }));
    const asFilled = filledIn(form);
    const onward = (typed: object) =>
      feature['agreement.talk'](
        aPress('agreement.talk', {
          ...dataOf(form, 'agreement.talk'),
          ...asFilled,
          ...typed,
        } as never),
      );
    const kept = await onward({ what1: 'Sanne begint om elf uur' });
    expect(textsOf(kept)).toContain(messagesFor('nl').agreement.saveFirst);
    expect(filledIn(kept)).toMatchObject({ what1: 'Sanne begint om elf uur' });
    for (const nothing of [{}, { what1: ` ${asFilled.what1} ` }])
      expect(titleOf(await onward(nothing))).toContain(messagesFor('nl').agreement.correctTalk);
  });
});
