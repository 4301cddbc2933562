import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { messagesFor } from '../../cards/content/words.js';
import { cardText, headingOf } from '../support/browser/cards-on-screen.js';
import { type House, openHouse } from '../support/running-bot.js';
import { recordAgreement } from '../support/shared-agreement.js';
import type { Person } from '../support/teams/teams-person.js';

const { leaver: WORDS, about: ABOUT, coffee: COFFEE, figures: FIGURES } = messagesFor('nl');
const HR = 'c3c3c3c3-0000-4000-8000-000000000003';
const HR_TOO = 'c3c3c3c3-0000-4000-8000-000000000004';
const SECRET = 'Sanne doet de balie niet';

describe('a manager who leaves', () => {
  let house: House;
  let hr: Person;
  let hugo: Person;
  let mila: Person;
  let ahmed: Person;
  let sanne: Person;
  beforeEach(async () => {
    house = await openHouse({
      now: '2027-01-12T10:00:00+01:00',
      hrAdmins: `${HR},${HR_TOO}`,
      inMemory: true,
    });
    hr = house.teams.person({ name: 'Hanna van HR', objectId: HR });
    hugo = house.teams.person({ name: 'Hugo van HR', objectId: HR_TOO });
    mila = house.teams.person({ name: 'Mila de Wit' });
    ahmed = house.teams.person({ name: 'Ahmed Yilmaz' });
    sanne = house.teams.person({ name: 'Sanne Bakker' });
    for (const person of [hr, hugo, mila, ahmed, sanne]) await person.install();
    await agreeWithSanne();
    await house.remind();
    await sanne.press(sanne.lastMessage(), ABOUT.confirm);
    await house.remind();
  });
  afterEach(() => house.close());

  it('leaves the agreements to another: the employee and that manager hear of it, and the promise is kept', async () => {
    house.setNow('2027-01-13T10:00:00+01:00');
    const question = await asks({ what: 'move', successor: ahmed.objectId, name: 'Ahmed Yilmaz' });
    expect(cardText(question)).toContain('Deze leidinggevende vertrekt: Mila de Wit');
    expect(cardText(question)).toContain(WORDS.open);
    const before = await kept();
    const asked = await hr.press(question, WORDS.moveButton);
    expect(headingOf(asked.message)).toBe(WORDS.requestTitle);
    expect(cardText(asked.message)).toContain(WORDS.notice.asked);

    // The manager hears of it, and has until Wednesday to object: until then nothing is different.
    await house.remind('2027-01-13T10:01:00+01:00');
    expect(headingOf(mila.lastMessage())).toBe(WORDS.toLeaver.waiting.title.move);
    expect(cardText(mila.lastMessage())).toContain('woensdag 20 januari 2027');
    expect(await house.work('handover', '2027-01-20T04:30:00+01:00')).toMatchObject({ failed: 0 });
    expect(await kept()).toEqual(before);
    expect(cardText((await mila.says('mijn afspraken')).messages[0])).toContain('Sanne');
    expect(await house.work('handover', '2027-01-21T04:30:00+01:00')).toMatchObject({
      failed: 0,
      counts: { carriedOut: 1 },
    });

    await house.remind('2027-01-21T10:01:00+01:00');
    expect(headingOf(mila.lastMessage())).toBe(WORDS.toLeaver.done.title.move);
    expect(cardText(hr.lastMessage())).toContain('Gedaan op donderdag 21 januari 2027.');
    expect(headingOf(ahmed.lastMessage())).toBe('Jij neemt de afspraken van Mila de Wit over');
    expect(headingOf(sanne.lastMessage())).toBe('Ahmed Yilmaz neemt je afspraken met Mila de Wit over');
    expect(cardText(sanne.lastMessage())).toContain(SECRET);

    const list = await ahmed.press(ahmed.lastMessage(), messagesFor('nl').overview.agreements);
    expect(cardText(list.message)).toContain('Sanne');
    expect(cardText((await mila.says('mijn afspraken')).messages[0])).not.toContain('Sanne');
    const agreed = await sanne.press(sanne.lastMessage(), ABOUT.confirm);
    expect(cardText(agreed.message)).toContain('Ahmed Yilmaz ziet dat het klopt');
    await house.remind('2027-01-21T10:02:00+01:00');
    expect(headingOf(ahmed.lastMessage())).toBe('Sanne zegt dat de afspraken kloppen');

    // The night finds nothing missing, and on the day it is Ahmed who is reminded.
    expect(await house.work('reconcile', '2027-01-22T03:30:00+01:00')).toMatchObject({ claimed: 0 });
    const toMila = mila.messages().length;
    await house.remind('2027-01-26T09:00:00+01:00');
    expect(headingOf(ahmed.lastMessage())).toContain('Sanne');
    expect(mila.messages()).toHaveLength(toMila);
  });

  it('has them deleted: nothing is left of them, and the employee hears of it', async () => {
    house.setNow('2027-01-13T10:00:00+01:00');
    const question = await asks({ what: 'delete' });
    expect(cardText(question)).toContain(WORDS.deleteText);
    await hr.press(question, WORDS.deleteButton);
    await house.remind('2027-01-13T10:01:00+01:00');
    expect(headingOf(mila.lastMessage())).toBe(WORDS.toLeaver.waiting.title.delete);
    // Somebody else of HR is told, and confirms it: then the first night will do.
    const confirmed = await hugo.press(hugo.lastMessage(), WORDS.confirm);
    expect(cardText(confirmed.message)).toContain(WORDS.notice.confirmed);
    await house.work('handover', '2027-01-14T04:30:00+01:00');
    const { managers, about, reminders } = await house.dump();
    expect([managers, about]).toEqual([[], []]);
    expect((reminders as { kind: string }[]).map(({ kind }) => kind)).not.toContain('evaluation');

    const shown = sanne.lastMessage();
    await house.remind('2027-01-14T10:01:00+01:00');
    expect(headingOf(sanne.lastMessage())).toBe('Je afspraken met Mila de Wit zijn verwijderd');
    const old = await sanne.press(shown, ABOUT.askChange);
    expect(cardText(old.message)).toContain(ABOUT.gone);
    expect(await house.work('reconcile', '2027-01-15T03:30:00+01:00')).toMatchObject({ due: 0, claimed: 0 });
    expect(await house.remind('2027-02-26T09:00:00+01:00')).toMatchObject({ sent: 0 });
  });

  it('says with one press that it is not right: nothing happens, and HR hears of it', async () => {
    house.setNow('2027-01-13T10:00:00+01:00');
    const before = await kept();
    await hr.press(
      await asks({ what: 'move', successor: ahmed.objectId, name: 'Ahmed Yilmaz' }),
      WORDS.moveButton,
    );
    await house.remind('2027-01-13T10:01:00+01:00');
    const objected = await mila.press(mila.lastMessage(), WORDS.object);
    expect(headingOf(objected.message)).toBe(WORDS.toLeaver.objected.title.move);
    await house.remind('2027-01-13T10:02:00+01:00');
    for (const one of [hr, hugo]) expect(cardText(one.lastMessage())).toContain(WORDS.state.objected);
    await house.work('handover', '2027-03-01T04:30:00+01:00');
    expect(await kept()).toEqual(before);
    await hr.press(hr.lastMessage(), WORDS.stop);
    await house.remind('2027-03-01T10:00:00+01:00');
    expect(mila.messages().map(headingOf)).toContain(WORDS.toLeaver.stopped.title.move);
  });

  it('cannot keep it from going on by having removed the app', async () => {
    house.setNow('2027-01-13T10:00:00+01:00');
    await mila.uninstall();
    await hr.press(await asks({ what: 'delete' }), WORDS.deleteButton);
    await house.remind('2027-01-13T10:01:00+01:00');
    await house.work('handover', '2027-01-21T04:30:00+01:00');
    expect((await house.dump()).managers).toEqual([]);
  });

  it('shows HR neither what was agreed nor with whom, and logs no names', async () => {
    house.setNow('2027-01-13T10:00:00+01:00');
    await hr.press(
      await asks({ what: 'move', successor: ahmed.objectId, name: 'Ahmed Yilmaz' }),
      WORDS.moveButton,
    );
    await house.remind('2027-01-13T10:01:00+01:00');
    await house.work('handover', '2027-01-21T04:30:00+01:00');
    await house.remind('2027-01-21T10:01:00+01:00');
    for (const message of [...hr.messages(), ...hugo.messages()])
      expect(cardText(message)).not.toMatch(/Sanne|balie/);
    expect(house.logged.join()).not.toMatch(/Sanne|Mila|Ahmed|balie/);
    const { audit } = await house.dump();
    expect(JSON.stringify(audit)).toContain('leaver.move');
    expect(JSON.stringify(audit)).not.toMatch(/Sanne|Mila|Ahmed|balie/);
  });

  it('gives the form back with what is wrong, and opens it filled in from the question', async () => {
    const form = await open();
    const wrong = await hr.press(form, WORDS.next, { leaver: mila.objectId, what: 'move' }, { force: true });
    expect(cardText(wrong.message)).toContain(WORDS.problem.successor);
    expect(cardText(wrong.message)).toContain(mila.objectId);
    const asked = await hr.press(wrong.message, WORDS.next, { successor: ahmed.objectId, name: 'Ahmed' });
    const back = await hr.press(asked.message, WORDS.back);
    expect(headingOf(back.message)).toBe(WORDS.title);
    expect(cardText(back.message)).toContain(ahmed.objectId);
    const figures = await hr.press(back.message, WORDS.figures);
    expect(headingOf(figures.message)).toBe(FIGURES.title);
  });

  it('is for HR alone: anybody else gets what a button gets that there is not', async () => {
    const before = await house.dump();
    // Each as somebody else: a conversation takes so many messages in a second.
    const press = (verb: string, data: object) =>
      house.teams.person({ name: 'Eve' }).sends({
        type: 'invoke',
        name: 'adaptiveCard/action',
        value: { action: { type: 'Action.Execute', verb, data: { ...data, lang: 'nl' } } },
      });
    const unknown = await press('no.such.verb', {});
    const move = { leaver: mila.objectId, successor: ahmed.objectId, name: 'Ahmed' };
    for (const [verb, data] of [
      ['leaver.show', {}],
      ['leaver.ask', { ...move, what: 'move' }],
      ['leaver.move', move],
      ['leaver.delete', { leaver: mila.objectId }],
      ['leaver.request', { leaver: mila.objectId }],
      ['leaver.confirm', { leaver: mila.objectId, request: 'request-1' }],
      ['leaver.stop', { leaver: mila.objectId, request: 'request-1' }],
    ] as const) {
      const { status, body } = await press(verb, data);
      expect({ status, body }).toEqual({ status: unknown.status, body: unknown.body });
    }
    expect(await house.dump()).toEqual(before);
  });

  /** What managers keep, and whom it is pointed out to. */
  async function kept() {
    const { managers, about } = await house.dump();
    return { managers, about };
  }

  async function open() {
    await hr.sends({ text: '', value: { verb: 'leaver.show', lang: 'nl' } });
    return hr.lastMessage();
  }

  async function asks(filled: Readonly<Record<string, string>>) {
    const { message } = await hr.press(await open(), WORDS.next, { leaver: mila.objectId, ...filled });
    return message;
  }

  async function agreeWithSanne() {
    await recordAgreement(
      mila,
      {
        name: 'Sanne',
        person: sanne.objectId,
        subjects: 'tasks',
      },
      { what1: SECRET, next: '2027-01-26' },
    );
    const form = await mila.press((await mila.says('koffie')).messages[0]!, COFFEE.add);
    await mila.press(form.message, COFFEE.save, { names: 'Anouk', rhythm: 'weekly' });
  }
});
