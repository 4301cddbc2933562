import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DELIVERY } from '../../bot/teams/delivery-policy.js';
import { messagesFor } from '../../cards/content/words.js';
import { cardText, headingOf } from '../support/browser/cards-on-screen.js';
import { faultsOf } from '../support/faults.js';
import { type House, openHouse } from '../support/running-bot.js';
import { setUpEach } from '../support/set-up.js';
import type { Activity, Fault, Person, Turn } from '../support/teams/teams.js';
import { refused } from '../support/teams/teams-connector.js';

const NL = messagesFor('nl');
/** As in earnest, only faster. */
const FAST = { baseMs: 5, maxMs: 1_000, answerWithinMs: 1_500 };
const SHOWN = NL.conversation.begin.title;
const CRISIS = NL.crisis.suicide.title;
const QUESTION = 'hoe begin ik het gesprek?';
const DANGER = 'ik wil niet meer leven';

const problem = (status: number, code = 'Busy', headers = {}): Fault => ({
  status,
  headers,
  body: { error: { code, message: '…' } },
});
const NOT_NOW = [
  ['412', problem(412)],
  ['429', problem(429)],
  ['429 with a wait', problem(429, 'Throttled', { 'retry-after': '0.05' })],
  ['502 of a proxy', { status: 502, body: '<html>Bad gateway</html>' }],
  ['503', problem(503)],
  ['504', problem(504)],
] as const satisfies readonly (readonly [string, Fault])[];
const UNKNOWN = [
  ['500', problem(500)],
  ['a line that goes dead', { closeSocket: true }],
  ['no answer', { hang: true }],
] as const satisfies readonly (readonly [string, Fault])[];
/** What is no reason to try an answer again, but comes by chance. */
const BY_CHANCE = [
  ['401', problem(401)],
  ['403', refused('BotNotInConversationRoster')],
  ['404', problem(404, 'ConversationNotFound')],
  ['429 that asks for an hour', problem(429, 'Throttled', { 'retry-after': '3600' })],
] as const satisfies readonly (readonly [string, Fault])[];

let house: House;
let mila: Person;
beforeAll(async () => {
  const delivery = {
    answer: { ...DELIVERY.answer, ...FAST },
    update: { ...DELIVERY.update, ...FAST },
    help: { ...DELIVERY.help, ...FAST },
    helpLater: { ...DELIVERY.helpLater, ...FAST, baseMs: 20 },
  };
  house = await openHouse({ delivery, limits: 'off', inMemory: true });
});
afterAll(() => house.close());
const afresh = setUpEach(
  () => {
    mila = house.teams.person({ name: 'Mila de Wit', installed: true });
  },
  () => {
    house.teams.fault();
    expect(house.teams.violations.splice(0)).toEqual([]);
  },
);

/** That somebody is typing is nice to have, and is sent once. */
const isMessage = ({ body }: { readonly body: unknown }) =>
  (body as Activity | undefined)?.type === 'message';

/** The first so many messages to Mila go wrong. */
function goesWrong(times: number, fault: Fault): void {
  let count = 0;
  house.teams.fault((request) => {
    if (!isMessage(request)) return undefined;
    count += 1;
    return count <= times ? fault : undefined;
  });
}

const textOf = ({ messages }: Turn) => messages.map(({ text }) => text ?? '').join('\n');
/** What was shown to whoever has to be told a number. */
function expectNumbers(said: string): void {
  for (const number of ['113', '0800-0113', '112']) expect(said).toMatch(new RegExp(`\\b${number}\\b`));
}

describe('an answer', () => {
  it('arrives once when Teams says once or twice that it cannot take it now', async () => {
    expect(
      await faultsOf(
        NOT_NOW.flatMap(([name, fault]) => [1, 2].map((times) => [name, times, fault] as const)),
        async (_name, times, fault) => {
          goesWrong(times, fault);
          const { status, messages } = await mila.says(QUESTION);
          expect([status, messages.map(headingOf)]).toEqual([200, [SHOWN]]);
        },
        afresh,
      ),
    ).toEqual([]);
  });

  it('is not sent twice where it may have arrived or cannot, and the person is told', async () => {
    expect(
      await faultsOf<readonly [string, Fault]>(
        [...UNKNOWN, ...BY_CHANCE],
        async (_name, fault) => {
          const before = house.teams.received.filter(isMessage).length;
          goesWrong(1, fault);
          const answered = await mila.says(QUESTION);
          expect(answered.messages.map(headingOf)).not.toContain(SHOWN);
          expectNumbers(textOf(answered));
          expect(textOf(answered)).toContain('Er ging bij mij iets mis');
          expect(house.teams.received.filter(isMessage).length - before).toBe(2);
        },
        afresh,
      ),
    ).toEqual([]);
  });

  it('arrives once where Teams said the tenant in the channel data alone, or the line went dead after it', async () => {
    const conversation = { id: mila.conversationId, conversationType: 'personal' };
    const { messages } = await mila.says(QUESTION, { overrides: { conversation } });
    expect(messages.map(headingOf)).toEqual([SHOWN]);
    await afresh();
    {
      goesWrong(1, { closeSocket: true, afterDelivery: true });
      const { messages } = await mila.says(QUESTION);
      expect(messages.map(headingOf).filter((heading) => heading === SHOWN)).toHaveLength(1);
    }
  });

  it('whose card Teams does not take comes in plain words', async () => {
    expect(
      await faultsOf(
        [400, 413],
        async (status) => {
          house.teams.fault(({ body }) =>
            (body as Activity).attachments === undefined ? undefined : problem(status, 'BadSyntax'),
          );
          const answered = await mila.says(QUESTION);
          expect(textOf(answered)).toContain('Typ menu');
          expectNumbers(textOf(answered));
          expect(house.logged.join('')).not.toContain(QUESTION);
        },
        afresh,
      ),
    ).toEqual([]);
  });

  it('that fails is told in the language of the turn, also when that fails at first', async () => {
    expect(
      await faultsOf(
        [
          ['nl', 'wat staat er open?', 'Er ging bij mij iets mis'],
          ['en', 'how do I start the conversation?', 'Something went wrong on my side'],
        ],
        async (...given) => {
          const [, words, said] = given;
          let requests = 0;
          house.teams.fault(() => {
            requests += 1;
            return requests === 1
              ? problem(500)
              : requests <= 3
                ? problem(requests === 2 ? 503 : 500)
                : undefined;
          });
          const answered = await mila.says(words);
          expect(textOf(answered)).toContain(said);
          expectNumbers(textOf(answered));
        },
        afresh,
      ),
    ).toEqual([]);
  });

  it('to a press in the place of the pressed card is tried again in that place', async () => {
    const asked = (await mila.says(QUESTION)).messages[0] as Activity;
    let updates = 0;
    house.teams.fault(({ operation }) => {
      if (operation === 'update') updates += 1;
      return operation === 'update' && updates < 2 ? problem(500) : undefined;
    });
    const { message, messages } = await mila.submit(asked, NL.conversation.ui.partsFold);
    expect(headingOf(message)).not.toBe(SHOWN);
    expect([messages, updates]).toEqual([[], 2]);
  });

  it('to a press does not wait for the message beside it, which comes when Teams takes it', async () => {
    const outdated = { type: 'invoke', name: 'adaptiveCard/action', value: { action: { verb: 'old.verb' } } };
    house.teams.fault(() => problem(429, 'Throttled', { 'retry-after': '0.3' }));
    const { body, messages } = await mila.sends(outdated);
    expect(body).toMatchObject({ statusCode: 400, value: { code: 'outdated' } });
    expect(messages).toEqual([]);
    const came = mila.receives();
    house.teams.fault();
    expect((await came).text).toContain('oude kaart');
  });

  it('comes as a message where the pressed card cannot be replaced', async () => {
    const asked = (await mila.says(QUESTION)).messages[0] as Activity;
    house.teams.fault(({ operation }) =>
      operation === 'update' ? problem(404, 'ActivityNotFoundInConversation') : undefined,
    );
    const { messages } = await mila.submit(asked, NL.conversation.ui.partsFold);
    expect(messages).toHaveLength(1);
  });
});

describe('words about suicide', () => {
  it('bring 113 all the same after any fault, once or twice', async () => {
    expect(
      await faultsOf(
        [...NOT_NOW, ...UNKNOWN, ...BY_CHANCE].flatMap(([name, fault]) =>
          [1, 2].map((times) => [name, times, fault] as const),
        ),
        async (_name, times, fault) => {
          goesWrong(times, fault);
          const { messages } = await mila.says(DANGER);
          expect(messages.map(headingOf)).toContain(CRISIS);
          expectNumbers(cardText(messages[0]));
        },
        afresh,
      ),
    ).toEqual([]);
  });

  it('bring the numbers in plain words where the card is refused', async () => {
    expect(
      await faultsOf(
        [400, 413],
        async (status) => {
          house.teams.fault(({ body }) =>
            (body as Activity).attachments === undefined ? undefined : problem(status, 'BadSyntax'),
          );
          expectNumbers(textOf(await mila.says(DANGER)));
        },
        afresh,
      ),
    ).toEqual([]);
  });

  it('bring 113 after the turn, when Teams took nothing during it', async () => {
    house.teams.fault(() => problem(503));
    expect((await mila.says(DANGER)).messages).toEqual([]);
    const came = mila.receives();
    house.teams.fault();
    expect(headingOf(await came)).toBe(CRISIS);
  });

  it('in a form bring 113 in the place of the form while Teams takes no message', async () => {
    expect(
      await faultsOf<readonly [string, Fault]>(
        [...NOT_NOW, ...UNKNOWN, ...BY_CHANCE, ['413', problem(413)] as const],
        async (_name, fault) => {
          const form = (await mila.says('afspraak vastleggen')).messages[0] as Activity;
          house.teams.fault(() => fault);
          const { body, message } = await mila.press(form, 'Verder', { name: DANGER, subjects: 'tasks' });
          expect(body).toMatchObject({ statusCode: 200 });
          expect(headingOf(message)).toBe(CRISIS);
        },
        afresh,
      ),
    ).toEqual([]);
  });

  it('leave no word of it in the log, however often it had to be tried', async () => {
    goesWrong(2, problem(500));
    await mila.says(DANGER);
    const lines = house.logged.join('\n');
    expect(lines).not.toMatch(/leven|crisis|\b113\b|help/);
    expect(lines).not.toContain(mila.objectId);
  });
});
