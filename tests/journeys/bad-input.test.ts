import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { cardText, headingOf } from '../support/browser/cards-on-screen.js';
import { faultsOf } from '../support/faults.js';
import { type House, openHouse } from '../support/running-bot.js';
import { recordAgreement } from '../support/shared-agreement.js';
import { cardsOf, findButton } from '../support/teams/teams-card.js';

describe('bad input', () => {
  let house: House;
  beforeAll(async () => {
    house = await openHouse({ now: '2027-01-12T10:00:00+01:00' });
  });
  afterAll(() => house.close());

  const post = (body: string, headers: Record<string, string> = {}) =>
    fetch(`${house.url}/api/messages`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body,
    });

  it('answers 400, 413 or 401 to a body that is none, too large or without a token, and tells nothing of its inside', async () => {
    expect(
      await faultsOf(
        [
          ['an empty object', '{}'],
          ['no JSON', 'this is no JSON'],
          ['a list', '[1,2,3]'],
          ['a type that is no text', '{"type":5,"channelId":"msteams"}'],
          ['another channel', '{"type":"message","channelId":"AseChannel"}'],
          [
            'a message without a conversation',
            '{"type":"message","channelId":"msteams","serviceUrl":"https://a.example"}',
          ],
        ],
        async (_what, body) => {
          const response = await post(body);
          expect(response.status).toBe(400);
          const text = await response.text();
          expect(text).toMatch(/"code":"Bad(Activity|Request)"/);
          expect(text).not.toMatch(/Error:|at \w|zod|Unexpected token/i);
        },
      ),
    ).toEqual([]);
    expect((await post(JSON.stringify({ text: 'x'.repeat(300_000) }))).status).toBe(413);
    const anouk = house.teams.person({ name: 'Anouk' });
    await anouk.install();
    const { status } = await anouk.says('hoi', { token: null });
    expect(status).toBe(401);
  });

  it('says that a button is of an old card when its verb or its payload is unknown, and changes nothing', async () => {
    const bo = house.teams.person({ name: 'Bo' });
    await bo.install();
    await bo.says('help');
    const before = await house.dump();
    for (const action of [
      { type: 'Action.Execute', verb: 'no.such.verb', data: {} },
      { type: 'Action.Execute', verb: 'agreement.show', data: { id: 5, lang: 'nl' } },
      { type: 'Action.Execute', verb: 'agreement.save', data: null },
      { type: 'Action.Execute', verb: '__proto__', data: { lang: 'nl' } },
    ]) {
      const answer = await bo.sends({ type: 'invoke', name: 'adaptiveCard/action', value: { action } });
      expect(answer.status).toBe(200);
      expect(answer.body).toMatchObject({ statusCode: 400, type: 'application/vnd.microsoft.error' });
      expect(answer.messages.map(({ text }) => text)).toEqual([
        'Deze knop hoort bij een oude kaart. Begin opnieuw via het menu.',
      ]);
    }
    expect(await house.dump()).toEqual(before);
  });

  it('makes no key of an id that is none of ours', async () => {
    expect(
      await faultsOf(
        ["x' or PartitionKey ne '", '../managers', '漢'.repeat(100), '', 'a'.repeat(101)],
        async (id) => {
          const jo = house.teams.person({ name: 'Jo', installed: true });
          const inputs = { kind: 'start', name: 'Bo', from: '2027-02-01' };
          const value = {
            action: { type: 'Action.Execute', verb: 'moments.save', data: { id, lang: 'nl', ...inputs } },
          };
          const answer = await jo.sends({ type: 'invoke', name: 'adaptiveCard/action', value });
          expect(answer.body).toMatchObject({ statusCode: 400, value: { code: 'outdated' } });
        },
      ),
    ).toEqual([]);
  });

  it('answers a press on an old card also where no message can be sent now', async () => {
    const cor = house.teams.person({ name: 'Cor' });
    await cor.install();
    cor.blocks();
    const linesBefore = house.logged.length;
    const value = { action: { type: 'Action.Execute', verb: 'no.such.verb', data: {} } };
    const answer = await cor.sends({ type: 'invoke', name: 'adaptiveCard/action', value });
    expect(answer.status).toBe(200);
    expect(answer.body).toMatchObject({ statusCode: 400, value: { code: 'outdated' } });
    expect(house.logged.slice(linesBefore)).toEqual([]);
  });

  it('takes what some clients write for a field: null, a number, a switch, a list, and more text than fits', async () => {
    const noa = house.teams.person({ name: 'Noa', installed: true });
    const filledIn = [
      {
        known: null,
        name: 'Sanne',
        person: null,
        day: '2027-01-12',
        present: ['manager'],
        subjects: 'tasks',
      },
      { known: false, name: 7, person: null, day: null, present: null, subjects: ['tasks', 'hours'] },
      { name: 'a'.repeat(25_000) },
    ];
    for (const inputs of filledIn) {
      const start = await noa.says('afspraak vastleggen');
      const { action } = findButton(start.messages[0]!, 'Verder');
      const data = { ...(action.data as object), ...inputs };
      const value = { action: { type: 'Action.Execute', verb: action.verb, data } };
      const answer = await noa.sends({ type: 'invoke', name: 'adaptiveCard/action', value });
      expect(answer.body).toMatchObject({ statusCode: 200 });
      expect(JSON.stringify(answer.body)).not.toContain('oude kaart');
    }
  });

  it('gives the same answer for an agreement of somebody else as for one that is not there', async () => {
    const mila = house.teams.person({ name: 'Mila' });
    const eve = house.teams.person({ name: 'Eve' });
    await mila.install();
    await eve.install();
    await recordAgreement(
      mila,
      { name: 'Sanne', subjects: 'tasks' },
      { what1: 'Sanne doet de balie niet', next: '2027-01-26' },
    );
    const [agreement] = ((await house.dump()).managers ?? []).filter((row) =>
      JSON.stringify(row).includes('doet de balie'),
    ) as Record<string, unknown>[];
    const before = await house.dump();
    const ask = async (verb: string, data: object) => {
      const { body } = await eve.sends({
        type: 'invoke',
        name: 'adaptiveCard/action',
        value: { action: { type: 'Action.Execute', verb, data: { ...data, lang: 'nl' } } },
      });
      return JSON.stringify(body);
    };
    const id = String(agreement?.id);
    const nothing = randomUUID();
    const version = 1;
    for (const verb of [
      'agreement.show',
      'agreement.close',
      'evaluation.open',
      'evaluation.record',
      'evaluation.move',
    ]) {
      const data = { version, day: '2027-02-01', next: '2027-02-01' };
      expect(await ask(verb, { ...data, id })).toBe(await ask(verb, { ...data, id: nothing }));
    }
    for (const verb of ['about.show', 'about.confirm', 'about.ask-change', 'about.change']) {
      const data = { version, manager: mila.objectId, change: 'items', note: '' };
      expect(await ask(verb, { ...data, id })).toBe(await ask(verb, { ...data, id: nothing }));
    }
    expect(await house.dump()).toEqual(before);
  });

  it('sends a form back filled in, with what is wrong beside the field', async () => {
    const kim = house.teams.person({ name: 'Kim' });
    await kim.install();
    const start = await kim.says('afspraak vastleggen');
    const wrong = await kim.press(
      start.messages[0]!,
      'Verder',
      { name: '', person: kim.objectId, day: '2027-02-30', present: '', subjects: '' },
      { force: true },
    );
    const text = cardText(wrong.message);
    expect(headingOf(wrong.message)).toBe('Afspraken vastleggen');
    expect(text).toContain('Dit ben jij.');
    expect(text).toContain('Vul een dag in.');
    expect(text).toContain('Kies wie erbij waren.');
    expect(text).toContain('Kies minstens één onderwerp.');
    const right = await kim.press(wrong.message, 'Verder', {
      name: 'Lotte',
      person: '',
      day: '2027-01-12',
      present: 'manager,employee',
      subjects: 'tasks',
    });
    const long = 'a'.repeat(10_000);
    const back = await kim.press(
      right.message,
      'Opslaan',
      { what1: long, by1: '2026-01-01', next: '2027-01-12', who1: 'nobody' },
      { force: true },
    );
    expect(cardText(back.message)).toContain(long);
    expect(cardText(back.message)).toContain('Dit zijn 10.000 tekens.');
    expect(cardText(back.message)).toContain('Deze dag is al voorbij.');
    expect(cardText(back.message)).toContain('Kies een dag vanaf morgen.');
    expect(cardText(back.message)).toContain('Kies wie dit doet.');
    expect((await house.dump()).managers?.filter((row) => JSON.stringify(row).includes('Lotte'))).toEqual([]);
  });

  it('keeps the card as it is when what was typed is too much to send back', async () => {
    const lex = house.teams.person({ name: 'Lex' });
    await lex.install();
    const start = await lex.says('afspraak vastleggen');
    let { message } = await lex.press(start.messages[0]!, 'Verder', { name: 'Bo', subjects: 'tasks' });
    for (let more = 0; more < 4; more += 1) ({ message } = await lex.press(message, 'Nog een afspraak'));
    const long = 'é'.repeat(10_000);
    const answer = await lex.press(
      message,
      'Opslaan',
      { what1: long, what2: long, what3: long, what4: long, what5: long },
      { force: true },
    );
    expect(answer.body).toMatchObject({ statusCode: 400, value: { code: 'too-large' } });
    expect(answer.messages.map(({ text }) => text)).toEqual([
      expect.stringMatching(/^Dit is meer tekst dan ik aankan\..*Wat je typte, staat er nog\..*113.*112/),
    ]);
    expect(house.teams.violations).toEqual([]);
  });

  it('shows names and agreements as they were typed, never as markup, a link or a template', async () => {
    const mila = house.teams.person({ name: 'Mila <b>*[x](https://evil.example)' });
    await mila.install();
    const saved = await recordAgreement(
      mila,
      {
        name: '[Sanne](Noord) $1',
        subjects: 'tasks',
      },
      {
        what1: '**vet** <at>iedereen</at> https://evil.example ${x}',
        next: '2027-01-26',
      },
    );
    const [card] = cardsOf(saved.message);
    // The notification is no markdown: there the name is as it was typed.
    // What stands before it is no matter here: odd letters may bring the line of help.
    expect(card?.fallbackText).toContain(
      'Opgeslagen. Ik herinner je op tijd aan de evaluatie. Afspraken met [Sanne](Noord) $1',
    );
    const text = JSON.stringify(card?.body);
    expect(text).not.toContain('https://evil.example');
    expect(text).not.toContain('**vet**');
    expect(text).not.toContain('](Noord');
    expect(text).toContain('Sanne');
    expect(text).toContain('vet');
  });
});
