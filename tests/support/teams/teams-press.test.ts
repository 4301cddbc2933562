import type { Activity, TurnContext } from 'botbuilder';
import { describe, expect, it } from 'vitest';
import { setUpEach } from '../set-up.js';
import { type EchoBot, startEchoBot } from './echo-bot.js';
import { type Issuer, startIssuer } from './issuer.js';
import { type Person, startTeams, type Teams } from './teams.js';

const appId = '6f1b9d1e-0c8e-4c59-9a5f-0d0a6a1f2b3c';
const CARD = 'application/vnd.microsoft.card.adaptive';
let issuer: Issuer;
let bot: EchoBot;
let teams: Teams;
let anouk: Person;
let heard: Activity[];
let answer: (activity: Activity) => { status: number; body: unknown };

const afresh = setUpEach(
  async () => {
    heard = [];
    answer = () => ({ status: 200, body: { statusCode: 200, type: CARD, value: card('twee') } });
    issuer = await startIssuer({ appId });
    bot = await startEchoBot({ authentication: issuer.authentication(), logic });
    teams = await startTeams({ appId, issuer, botUrl: () => bot.url });
    anouk = teams.person({ name: 'Anouk', installed: true });
  },
  () => Promise.all([teams.close(), bot.close(), issuer.close()]),
);

async function logic(context: TurnContext): Promise<void> {
  const { activity } = context;
  heard.push(activity);
  if (activity.type === 'invoke')
    await context.sendActivity({ type: 'invokeResponse', value: answer(activity) });
  else
    await context.sendActivity({
      type: 'message',
      attachments: [{ contentType: CARD, content: card('een') }],
    });
}

const execute = (title: string, verb: string, data: object = {}) => ({
  type: 'Action.Execute',
  title,
  verb,
  data,
  fallback: { type: 'Action.Submit', title, data: { ...data, verb } },
});

function card(state: string) {
  return {
    type: 'AdaptiveCard',
    version: '1.5',
    refresh: { action: { type: 'Action.Execute', verb: 'look' }, userIds: [] },
    body: [
      { type: 'TextBlock', text: state },
      {
        type: 'Input.Text',
        id: 'who',
        label: 'Wie',
        maxLength: 10,
        isRequired: true,
        errorMessage: 'Vul in',
      },
      { type: 'Input.Toggle', id: 'sure', label: 'Zeker', title: 'Zeker', valueOn: 'ja', valueOff: 'nee' },
      {
        type: 'ColumnSet',
        columns: [
          {
            type: 'Column',
            items: [{ type: 'Input.Date', id: 'when', label: 'Wanneer', min: '2027-01-04' }],
          },
          {
            type: 'Column',
            items: [{ type: 'Input.Number', id: 'weeks', label: 'Weken', value: 6, max: 12 }],
          },
        ],
      },
      { type: 'Container', items: [{ type: 'ActionSet', actions: [execute('Bewaar', 'save', { state })] }] },
      {
        type: 'ActionSet',
        actions: [execute('Klaar', 'done', { row: 1 }), execute('Klaar', 'done', { row: 2 })],
      },
    ],
    selectAction: execute('Open', 'open'),
    actions: [
      { type: 'Action.OpenUrl', title: 'Lees', url: 'https://example.org' },
      {
        type: 'Action.ShowCard',
        title: 'Meer',
        card: {
          type: 'AdaptiveCard',
          version: '1.5',
          body: [{ type: 'Input.Text', id: 'more', label: 'Meer' }],
          actions: [execute('Bewaar meer', 'save-more')],
        },
      },
    ],
  };
}

const shown = async () => (await anouk.says('menu')).messages[0] as Parameters<Person['press']>[0];
const sentValue = () => heard.at(-1)?.value;

describe('teams, a press', () => {
  it('sends the verb, the data and every input, and shows the card that comes back', async () => {
    const message = await shown();
    const pressed = await anouk.press(message, 'Bewaar', { who: 'Bart' });
    const data = { state: 'een', who: 'Bart', sure: 'nee', when: '', weeks: '6' };
    expect(sentValue()).toEqual({
      action: { type: 'Action.Execute', verb: 'save', data },
      trigger: 'manual',
    });
    expect(heard.at(-1)).toMatchObject({
      type: 'invoke',
      name: 'adaptiveCard/action',
      replyToId: message.id,
    });
    expect(pressed.status).toBe(200);
    expect(pressed.card).toEqual(card('twee'));
    expect(anouk.lastMessage()).toBe(pressed.message);
    expect(teams.violations).toEqual([]);
  });

  it('acts on the newest card, or on an older one when asked', async () => {
    const message = await shown();
    await anouk.press(message, 'save', { who: 'Bart' });
    await anouk.press(message, 'save', { who: 'Bart' });
    expect(sentValue()).toMatchObject({ action: { data: { state: 'twee' } } });
    await anouk.press(message, 'save', { who: 'Bart' }, { asGiven: true });
    expect(sentValue()).toMatchObject({ action: { data: { state: 'een' } } });
  });

  it('takes along what was filled in around an opened card, and not the other way round', async () => {
    await anouk.press(await shown(), 'Bewaar meer', { who: 'Bart', more: 'x' });
    expect(sentValue()).toMatchObject({ action: { verb: 'save-more', data: { who: 'Bart', more: 'x' } } });
    await expect(anouk.press(await shown(), 'Bewaar', { more: 'x' })).rejects.toThrow(
      'no input more; it has: who',
    );
  });

  it('names the buttons when none answers, and asks which when more do', async () => {
    const message = await shown();
    await expect(anouk.press(message, 'Weg')).rejects.toThrow(
      'no button answers to "Weg"; the card has: "Bewaar" (save)',
    );
    await expect(anouk.press(message, 'Klaar')).rejects.toThrow('2 buttons answer to "Klaar"');
    await anouk.press(message, { title: 'Klaar', data: { row: 2 } }, { who: 'Bart' });
    expect(sentValue()).toMatchObject({ action: { verb: 'done', data: { row: 2 } } });
    await anouk.press(anouk.lastMessage(), { verb: 'done', nth: 0 }, { who: 'Bart' });
    expect(sentValue()).toMatchObject({ action: { data: { row: 1 } } });
    await anouk.press(anouk.lastMessage(), 'Open', { who: 'Bart' });
    expect(sentValue()).toMatchObject({ action: { verb: 'open' } });
    await expect(anouk.press(anouk.lastMessage(), 'Lees')).rejects.toThrow('Action.OpenUrl sends nothing');
  });

  it('refuses for the client what Teams would not send, unless forced, and can leave empty inputs out', async () => {
    const message = await shown();
    const filled = { who: 'Bart' };
    const refused = async (inputs: Record<string, string>, words: string) =>
      expect(anouk.press(message, 'Bewaar', inputs)).rejects.toThrow(`client refuses: ${words}`);
    await refused({}, 'who is required');
    await refused({ who: 'Bartholomeus' }, 'who is longer than 10');
    await refused({ ...filled, when: '2026-12-31' }, 'when is below 2027-01-04');
    await refused({ ...filled, when: 'morgen' }, 'when is not a date');
    await refused({ ...filled, weeks: '13' }, 'weeks is above 12');
    await refused({ ...filled, sure: 'misschien' }, 'sure is neither on nor off');
    expect(heard).toHaveLength(1);
    await anouk.press(message, 'Bewaar', { when: 'morgen', forged: 'x' }, { force: true });
    expect(sentValue()).toMatchObject({ action: { data: { when: 'morgen', forged: 'x', who: '' } } });
    await afresh();
    await anouk.press(await shown(), 'Bewaar', { who: 'Bart' }, { unset: 'absent' });
    expect((sentValue() as { action: { data: object } }).action.data).not.toHaveProperty('when');
  });

  it('falls back on Action.Submit without a card in return, and asks for the newest card when a message is opened again', async () => {
    const message = await shown();
    const submitted = await anouk.submit(message, 'Bewaar', { who: 'Bart' });
    expect(heard.at(-1)).toMatchObject({ type: 'message', replyToId: message.id });
    expect(heard.at(-1)?.text).toBeUndefined();
    expect(sentValue()).toMatchObject({ state: 'een', verb: 'save', who: 'Bart', sure: 'nee' });
    expect(submitted.card).toBeUndefined();
    expect(submitted.messages).toHaveLength(1);
    await afresh();
    await anouk.reopens(await shown());
    expect(sentValue()).toEqual({ action: { type: 'Action.Execute', verb: 'look' }, trigger: 'automatic' });
  });

  it('leaves the card as it was when the answer is a text or an error', async () => {
    const message = await shown();
    answer = () => ({
      status: 200,
      body: {
        statusCode: 400,
        type: 'application/vnd.microsoft.error',
        value: { code: 'Bad', message: 'x' },
      },
    });
    const pressed = await anouk.press(message, 'Bewaar', { who: 'Bart' });
    expect(pressed.card).toBeUndefined();
    expect(pressed.message).toBe(message);
    expect(teams.violations).toEqual([]);
  });

  it('remarks on an answer that Teams does not understand, and on the card in it', async () => {
    const message = await shown();
    answer = () => ({ status: 400, body: {} });
    await anouk.press(message, 'Bewaar', { who: 'Bart' });
    answer = () => ({
      status: 200,
      body: { statusCode: 200, type: CARD, value: { ...card('x'), version: '1.6' } },
    });
    await anouk.press(message, 'Bewaar', { who: 'Bart' });
    expect(teams.violations).toEqual([
      'a card invoke answered with HTTP 400 instead of 200',
      'to Anouk: card version 1.6 is above 1.5',
    ]);
  });
});
