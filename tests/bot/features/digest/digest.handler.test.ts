import { describe, expect, it } from 'vitest';
import type { Agreement } from '../../../../bot/domain/agreement.js';
import { newMember } from '../../../../bot/domain/member.js';
import { createDigest } from '../../../../bot/features/digest/digest.handler.js';
import { digestId, type Item, itemId } from '../../../../bot/store/deliveries.js';
import type { Turn } from '../../../../bot/turn.js';
import { faultsOf } from '../../../support/faults.js';
import { type Managing, openManaging } from '../../../support/recording-scene.js';
import {
  aMember,
  aMoment,
  aMomentRequest,
  aNewReminder,
  anAgreement,
  EMPLOYEE,
  MANAGER,
  TENANT,
} from '../../../support/sample-records.js';
import { aPress, cardOf, SANNE_ACTS, textsOf, titleOf, verbsOf } from '../../../support/sample-turns.js';
import { setUpEach } from '../../../support/set-up.js';
import { buttonsOf } from '../../../support/teams/teams-card.js';

const DAY = '2027-01-12';
const GONE = 'Dit overzicht is er niet meer. Alles wat nog openstaat, vind je bij je afspraken.';
/** Bas, whose record is about Mila. */
const BAS = { tenant: TENANT, person: 'c3c3c3c3-0000-4000-8000-000000000003' };

const evaluation: Item = aNewReminder();
const landed: Item = aNewReminder({ kind: 'landed', occasion: '2027-01-08' });
const ofBas: Item = aNewReminder({ kind: 'evaluation-initiative', manager: BAS.person, subject: 'of-bas' });

let here: Managing;
const afresh = setUpEach(
  async () => {
    here = await openManaging();
  },
  () => here.own.drop(),
);

const show = (who: Partial<Turn> = {}, day = DAY) =>
  createDigest(here.own.stores)['digest.show'](aPress('digest.show', { digestDay: day }, who));

/** That this was in the digest of a person on the day. */
function sent(items: readonly string[], person = MANAGER): Promise<void> {
  const record = { items: [...items], sentAt: '2027-01-12T08:00:00.000Z', activity: '1:abc' };
  return here.own.stores.deliveries.record(TENANT, person, digestId(DAY), record);
}

async function basRecords(changes: Partial<Agreement> = {}): Promise<void> {
  const about = {
    employee: MANAGER,
    memberName: 'Mila',
    managerName: 'Bas Smit',
    initiative: 'employee',
  } as const;
  const record = anAgreement({ id: 'of-bas', ...about, ...changes });
  await here.own.stores.managers.addAgreement(BAS, aMember({ person: MANAGER, name: 'Mila' }), record);
}
const pointToBas = () =>
  here.own.stores.about.index(TENANT, MANAGER, { manager: BAS.person, agreement: 'of-bas', since: DAY });

/** Whether each thing says that it can be opened or that it is done. */
async function states(): Promise<unknown[]> {
  return textsOf(await show()).filter((text) => text === 'Openen' || text === 'Gedaan');
}

describe('digest: what was due on a day, as it stands now', () => {
  it('shows own things, each to be opened and to come back from by its day, in three requests at most, and writes nothing', async () => {
    await sent([itemId(evaluation), itemId(landed)]);
    const before = await here.everything();
    const reply = await show();
    expect(titleOf(reply)).toBe('Dit staat er voor je klaar');
    expect(textsOf(reply)).toEqual(
      expect.arrayContaining([
        'Evaluatie met Sanne',
        'Vraag Sanne hoe het gesprek was',
        '2 dingen om vandaag aan te denken.',
      ]),
    );
    expect(verbsOf(reply)).toEqual(expect.arrayContaining(['evaluation.open', 'landed.open']));
    expect(await here.everything()).toEqual(before);
    await afresh();
    await sent([itemId(evaluation)]);
    const buttons = buttonsOf(cardOf(await show()));
    const open = buttons.find(({ action }) => action.verb === 'evaluation.open');
    expect(open?.action.data).toMatchObject({ id: 'agreement-1', digest: DAY });
    await afresh();
    for (let nth = 2; nth <= 9; nth += 1) await here.put({ id: `agreement-${nth}` });
    await sent([
      itemId(evaluation),
      ...Array.from({ length: 8 }, (_, at) => itemId({ ...evaluation, subject: `agreement-${at + 2}` })),
    ]);
    expect(await here.cost(show)).toBeLessThanOrEqual(3);
  });

  it('has one line for a moment of which two tips were due, that leads to both', async () => {
    const moment = aMoment({
      id: 'moment-1',
      member: 'name-1',
      memberName: 'Karin',
      kind: 'leave',
      from: '2027-02-01',
      until: '2027-05-02',
      contact: true,
      createdAt: DAY,
      changedAt: DAY,
    });
    const owner = { tenant: TENANT, person: MANAGER };
    await here.own.stores.managers.addMoment(owner, newMember('name-1', 'Karin', null), moment);
    const tips = ['leave-contact|2027-05-01', 'leave-first-day-back|2027-05-02'].map((occasion) =>
      itemId(aNewReminder({ kind: 'moment', subject: moment.id, occasion })),
    );
    await sent(tips);
    const opening = buttonsOf(cardOf(await show())).filter(({ action }) => action.verb === 'moments.show');
    expect(opening.map(({ action }) => action.data)).toMatchObject([
      { id: moment.id, nudges: ['leave-contact', 'leave-first-day-back'] },
    ]);
  });

  it('shows what was asked of a moment until it is answered, also where it was ended', async () => {
    const request = aMomentRequest();
    const moment = aMoment({
      ...{ id: 'moment-1', member: aMember().id, memberName: 'Sanne', kind: 'start', from: DAY },
      ...{ until: null, contact: false, request, status: 'ended', version: 1 },
      ...{ createdAt: '2027-01-08T12:00:00.000Z', changedAt: '2027-01-08T12:00:00.000Z' },
    });
    const { managers } = here.own.stores;
    const mila = { tenant: TENANT, person: MANAGER };
    await managers.addMoment(mila, aMember(), moment);
    const asked = { kind: 'moment-asked-due', subject: 'moment-1', occasion: request.askedAt } as const;
    await sent([itemId(aNewReminder(asked))]);
    expect(await states()).toEqual(['Openen']);
    expect(verbsOf(await show())).toContain('request.decide');
    const answered = { ...request, answeredAt: DAY, kept: 'law' } as const;
    await managers.changeMoment(mila, { ...moment, request: answered }, '*');
    expect(await states()).toEqual(['Gedaan']);
    await managers.removeMoment(mila, 'moment-1');
    expect(textsOf(await show())).toContain(GONE);
  });

  it('shows a thing of somebody else that is about this person, also once it was dealt with', async () => {
    await sent([itemId(evaluation), itemId(ofBas)]);
    await basRecords();
    await pointToBas();
    const reply = await show();
    expect(textsOf(reply)).toContain('Evaluatie met Bas Smit: jij begint erover');
    const open = buttonsOf(cardOf(reply)).find(({ action }) => action.verb === 'about.show');
    expect(open?.action.data).toMatchObject({ manager: BAS.person, id: 'of-bas', digest: DAY });
    await afresh();
    await sent([itemId(ofBas)]);
    await basRecords({ nextDay: '2027-01-26' });
    await pointToBas();
    expect(await states()).toEqual(['Gedaan']);
  });

  it('shows what was dealt with', async () => {
    expect(
      await faultsOf<[string, Partial<Agreement>, string[]]>(
        [
          ['nothing was', {}, ['Openen', 'Openen']],
          ['the evaluation moved', { nextDay: '2027-01-26' }, ['Gedaan', 'Openen']],
          ['the evaluation was snoozed', { remindFrom: '2027-01-13T08:00:00.000Z' }, ['Gedaan', 'Openen']],
          ['how it landed was', { landed: true }, ['Openen', 'Gedaan']],
          ['the agreement was closed', { status: 'closed' }, ['Gedaan', 'Gedaan']],
        ],
        async (_case, changes, expected) => {
          await sent([itemId(evaluation), itemId(landed)]);
          await here.put(changes);
          expect(await states()).toEqual(expected);
        },
        afresh,
      ),
    ).toEqual([]);
  });
});

describe('digest: what is not shown', () => {
  it('shows nothing of it to anybody else, and leaves out what is not about this person, is there no more, is news, and what it does not know', async () => {
    expect(
      await faultsOf<[string, Partial<Turn>]>(
        [
          ['somebody else', SANNE_ACTS],
          ['the same id in another tenant', { tenant: 'another' }],
        ],
        async (_case, who) => {
          await sent([itemId(evaluation)]);
          const texts = textsOf(await show(who));
          expect(texts).toContain(GONE);
          expect(JSON.stringify(texts)).not.toContain('Sanne');
        },
        afresh,
      ),
    ).toEqual([]);
    await afresh();
    await sent([itemId(ofBas)]);
    await basRecords();
    expect(textsOf(await show())).toContain(GONE);
    await afresh();
    const shared = { ...evaluation, kind: 'agreement-shared', occasion: '1' } as const;
    await sent([
      itemId({ ...evaluation, subject: 'gone' }),
      itemId(shared),
      'of|the|future|0',
      itemId(landed),
    ]);
    expect(await states()).toEqual(['Openen']);
  });

  it('says that it is not there any more', async () => {
    expect(
      await faultsOf<[string, () => Promise<unknown>, string]>(
        [
          ['no digest was sent that day', () => sent([itemId(evaluation)]), '2027-01-11'],
          ['nothing was in it', () => sent([]), DAY],
          ['all in it is gone', () => sent([itemId({ ...evaluation, subject: 'gone' })]), DAY],
        ],
        async (_case, arrange, day) => {
          await arrange();
          const reply = await show({}, day);
          expect(textsOf(reply)).toContain(GONE);
          expect(titleOf(reply)).toBe('Dit staat er voor je klaar');
        },
        afresh,
      ),
    ).toEqual([]);
  });

  it('hides nothing else when a record cannot be read, of somebody else or their own', async () => {
    await sent([itemId(evaluation), itemId(ofBas)]);
    await pointToBas();
    const row = { partitionKey: `${TENANT}|${BAS.person}`, rowKey: 'agreement|of-bas', status: 'unknown' };
    await here.own.tables.table('managers').upsert(row);
    expect(await states()).toEqual(['Openen']);
    await afresh();
    {
      await sent([itemId({ ...evaluation, subject: 'broken' }), itemId(landed)]);
      const row = { partitionKey: `${TENANT}|${MANAGER}`, rowKey: 'agreement|broken', status: 'unknown' };
      await here.own.tables.table('managers').upsert(row);
      expect(await states()).toEqual(['Openen']);
    }
  });

  it('is about the person who presses, whoever has the card', async () => {
    await sent([itemId({ ...ofBas, manager: MANAGER, subject: 'agreement-1' })], EMPLOYEE);
    await here.own.stores.about.index(TENANT, EMPLOYEE, {
      ...{ manager: MANAGER, agreement: 'agreement-1', since: DAY },
    });
    await here.put({ initiative: 'employee' });
    expect(textsOf(await show(SANNE_ACTS))).toContain('Evaluatie met Mila de Wit: jij begint erover');
    expect(textsOf(await show())).toContain(GONE);
  });
});
