import { afterAll, beforeAll, describe, expect, inject, it, vi } from 'vitest';
import { messagesFor } from '../../cards/content/words.js';
import { startTablesProxy, type TablesProxy } from '../support/azure/tables-proxy.js';
import { cardText, headingOf } from '../support/browser/cards-on-screen.js';
import { faultsOf } from '../support/faults.js';
import { limit } from '../support/run/time-limits.js';
import { type House, openHouse } from '../support/running-bot.js';
import type { Activity, Person } from '../support/teams/teams.js';

const NL = messagesFor('nl');
const AWAY = {
  nl: 'Ik kan nu even niet bij de opslag. Wat je hebt ingevuld, staat er nog. Probeer het over een paar minuten nog eens. Heb je nu iemand nodig? Bel 113 of 0800-0113, dag en nacht. Is er direct gevaar? Bel 112.',
  en: 'I can’t reach the storage right now. What you filled in is still there. Try again in a few minutes. Do you need someone now? Call 113 or 0800-0113, day and night. Is there danger right now? Call 112.',
};
const NEEDS_NONE: readonly (readonly [string, string])[] = [
  ['hoe begin ik het gesprek?', NL.conversation.begin.title],
  ['ik wil niet meer leven', NL.crisis.suicide.title],
  ['Ik wil met iemand praten', NL.support.title],
];
const AN_AGREEMENT = { what1: 'Sanne doet de balie niet', next: '2027-01-26' };

let tables: TablesProxy;
let house: House;
let mila: Person;
let form: Activity;
let english: Activity;
beforeAll(async () => {
  tables = await startTablesProxy(inject('azurite'));
  house = await openHouse({ way: tables.connectionString });
  mila = house.teams.person({ name: 'Mila' });
  await mila.install();
  form = await formFor('afspraak vastleggen', 'Verder');
  english = await formFor('record an agreement', 'Next');
});
afterAll(async () => {
  await house.close();
  await tables.close();
});

/** The second step of the form for an agreement, asked for in these words. */
async function formFor(words: string, next: string): Promise<Activity> {
  const start = await mila.says(words);
  const { message } = await mila.press(start.messages[0]!, next, { name: 'Sanne', subjects: 'tasks' });
  return message;
}

describe.sequential('while the tables are gone', () => {
  beforeAll(() => tables.shut());

  it('what needs no tables is answered all the same, the weeks of the law too', async () => {
    expect(
      await faultsOf(NEEDS_NONE, async (words, heading) => {
        const answer = await mila.says(words);
        expect([answer.status, headingOf(answer.messages[0])]).toEqual([200, heading]);
      }),
    ).toEqual([]);
    await mila.sends({
      type: 'message',
      text: '',
      value: { verb: 'absence.weeks', day: '2027-01-04', lang: 'nl' },
    });
    expect(headingOf(mila.lastMessage())).toBe('Vanaf maandag 4 januari 2027');
  });

  it('a press that saves says so in the language of the form, which stays as it was', async () => {
    expect(
      await faultsOf(
        [
          ['Dutch', 'nl', () => form, 'Opslaan'],
          ['English', 'en', () => english, 'Save'],
        ] as const,
        async (...given) => {
          const [, lang, card, save] = given;
          const { status, body, messages, message } = await mila.press(card(), save, AN_AGREEMENT);
          expect(status).toBe(200);
          expect(body).toMatchObject({
            statusCode: 400,
            value: { code: 'tables-away', message: AWAY[lang] },
          });
          expect(messages.map(({ text }) => text)).toEqual([AWAY[lang]]);
          expect(cardText(message)).toBe(cardText(card()));
        },
      ),
    ).toEqual([]);
  });

  it('what is asked for and stands in them says so in the language of the question', async () => {
    expect(
      await faultsOf(
        [
          ['nl', 'wat staat er nog open?'],
          ['en', 'what is still open?'],
        ] as const,
        async (lang, words) => {
          const { messages } = await mila.says(words, {
            overrides: { locale: lang === 'nl' ? 'en-US' : 'nl-NL' },
          });
          expect(messages.map(({ text }) => text)).toEqual([AWAY[lang]]);
        },
      ),
    ).toEqual([]);
  });

  it('/readyz says so, /healthz does not mind, and the log has codes and no words', async () => {
    const ready = await fetch(`${house.url}/readyz`);
    expect([ready.status, await ready.json()]).toEqual([503, { ready: false }]);
    expect((await fetch(`${house.url}/healthz`)).status).toBe(200);
    const failed = house.logged.filter((line) => line.includes('turn failed'));
    expect(failed.length).toBeGreaterThan(0);
    for (const line of failed) expect(JSON.parse(line)).toMatchObject({ code: 'ECONNREFUSED' });
    expect(house.logged.join('')).not.toMatch(/Sanne|balie|open\?/);
  });
});

describe.sequential('when they are back', () => {
  beforeAll(() => tables.open());

  it('the very form that was left there is saved, and /readyz is 200 by itself', async () => {
    await vi.waitUntil(() => fetch(`${house.url}/readyz`).then(({ ok }) => ok), { timeout: limit(20_000) });
    const saved = await mila.press(form, 'Opslaan', AN_AGREEMENT);
    expect(saved.body).toMatchObject({ statusCode: 200 });
    expect(JSON.stringify((await house.dump()).managers)).toContain(AN_AGREEMENT.what1);
    expect(house.teams.violations).toEqual([]);
  });
});

describe.sequential('while the tables take requests and never answer', () => {
  beforeAll(() => tables.fault(() => ({ hang: true })));
  afterAll(() => tables.fault());

  it('what needs none is answered all the same, and a press that saves says so and is not waited for', async () => {
    for (const [words] of NEEDS_NONE) expect((await mila.says(words)).messages).toHaveLength(1);
    const { messages } = await mila.press(form, 'Opslaan', AN_AGREEMENT, { asGiven: true });
    expect(messages.map(({ text }) => text)).toEqual([AWAY.nl]);
  });
});
