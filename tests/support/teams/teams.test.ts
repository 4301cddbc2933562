import { TurnContext } from 'botbuilder';
import { describe, expect, it, vi } from 'vitest';
import { setUpEach } from '../set-up.js';
import { type EchoBot, startEchoBot } from './echo-bot.js';
import { type Issuer, startIssuer } from './issuer.js';
import { startTeams, type Teams } from './teams.js';

const appId = '6f1b9d1e-0c8e-4c59-9a5f-0d0a6a1f2b3c';
let issuer: Issuer;
let bot: EchoBot;
let teams: Teams;
let heard: TurnContext['activity'][];

const afresh = setUpEach(
  async () => {
    heard = [];
    issuer = await startIssuer({ appId });
    bot = await startEchoBot({ authentication: issuer.authentication(), logic });
    teams = await startTeams({ appId, issuer, botUrl: () => bot.url });
  },
  () => Promise.all([teams.close(), bot.close(), issuer.close()]),
);

async function logic(context: TurnContext): Promise<void> {
  const { activity } = context;
  heard.push(activity);
  if (activity.text === 'kapot') throw new Error('kapot');
  if (activity.type === 'installationUpdate' && activity.action === 'add')
    await context.sendActivity('Welkom');
  if (activity.type === 'message')
    await context.sendActivities([{ type: 'typing' }, { text: `echo: ${activity.text}` }]);
}

function referenceTo(activity: TurnContext['activity'] | undefined) {
  return TurnContext.getConversationReference(activity ?? {});
}

describe('teams, as the people', () => {
  it('installs with the two events of Teams, shows the welcome, and resolves what was said with what came back', async () => {
    const { status, messages } = await teams.person({ name: 'Anouk' }).install();
    expect(status).toBe(200);
    expect(heard.map(({ type, action }) => action ?? type)).toEqual(['conversationUpdate', 'add']);
    expect(messages.map(({ text }) => text)).toEqual(['Welkom']);
    await afresh();
    {
      const anouk = teams.person({ name: 'Anouk', installed: true });
      const { messages, activities } = await anouk.says('hoi');
      expect(messages.map(({ text }) => text)).toEqual(['echo: hoi']);
      expect(activities.map(({ type }) => type)).toEqual(['typing', 'message']);
      expect(anouk.lastMessage()).toBe(messages[0]);
      expect(teams.violations).toEqual([]);
    }
  });

  it('keeps people of different tenants apart', async () => {
    const anouk = teams.person({ name: 'Anouk', installed: true });
    const bart = teams.person({ name: 'Bart', installed: true, tenant: teams.newTenant(), region: 'emea' });
    const [first, second] = await Promise.all([anouk.says('een'), bart.says('twee')]);
    expect(first.messages.map(({ text }) => text)).toEqual(['echo: een']);
    expect(second.messages.map(({ text }) => text)).toEqual(['echo: twee']);
    expect(new Set(heard.map(({ conversation }) => conversation.tenantId))).toEqual(
      new Set([anouk.tenantId, bart.tenantId]),
    );
    expect(bart.serviceUrl).toMatch(/\/emea\/$/);
  });

  it('refuses everything to somebody after the uninstall, with either 403, and delivers again after an install', async () => {
    const anouk = teams.person({ name: 'Anouk', installed: true });
    await anouk.says('hoi');
    await anouk.uninstall();
    expect(heard.at(-1)?.action).toBe('remove');
    const reference = referenceTo(heard[0]);
    const send = () =>
      bot.adapter.continueConversationAsync(
        appId,
        reference,
        async (context) => void (await context.sendActivity('x')),
      );
    await expect(send()).rejects.toMatchObject({ statusCode: 403, code: 'BotNotInConversationRoster' });
    await expect(anouk.says('hoi')).rejects.toThrow('has not installed the bot');
    await anouk.install();
    await send();
    expect(anouk.lastMessage().text).toBe('x');
    await afresh();
    {
      const anouk = teams.person({ name: 'Anouk', installed: true });
      await anouk.says('hoi');
      await anouk.uninstall({ refusal: 'MessageWritesBlocked' });
      const reference = referenceTo(heard[0]);
      const sent = bot.adapter.continueConversationAsync(
        appId,
        reference,
        async (context) => void (await context.sendActivity('x')),
      );
      await expect(sent).rejects.toMatchObject({ statusCode: 403, details: { errorCode: 209 } });
    }
  });

  it('tells of an upgrade, and of a service address that changed', async () => {
    const anouk = teams.person({ name: 'Anouk', installed: true });
    await anouk.upgrade();
    anouk.moves('emea');
    await anouk.says('hoi');
    expect(heard.map(({ action, serviceUrl }) => [action, serviceUrl.endsWith('/emea/')])).toEqual([
      ['add-upgrade', false],
      [undefined, true],
    ]);
  });

  it('delivers the last activity once more, with the same id', async () => {
    const anouk = teams.person({ name: 'Anouk', installed: true });
    await anouk.says('hoi');
    await anouk.repeats();
    expect(heard[1]?.id).toBe(heard[0]?.id);
    expect(anouk.messages()).toHaveLength(2);
  });

  it('waits for what the bot sends by itself, and is released by the close', async () => {
    const anouk = teams.person({ name: 'Anouk', installed: true });
    const coming = anouk.receives(({ text }) => text === 'echo: later');
    await anouk.says('hoi');
    await anouk.says('later');
    expect((await coming).text).toBe('echo: later');
    const never = expect(anouk.receives()).rejects.toThrow('closed while Anouk waited');
    await teams.close();
    await never;
  });

  it('makes the same ids for the same seed, and others for another stand-in', async () => {
    const start = async (seed?: number) => startTeams({ appId, ...(seed !== undefined && { seed }) });
    const stands = await Promise.all([start(7), start(7), start(), start()]);
    const ids = stands.map((stand) => stand.person({ name: 'A' }).userId);
    expect(ids[0]).toBe(ids[1]);
    expect(new Set(ids).size).toBe(3);
    await Promise.all(stands.map((stand) => stand.close()));
  });

  it('remarks on a bot that fails', async () => {
    vi.spyOn(console, 'error').mockImplementation(() => {});
    const anouk = teams.person({ name: 'Anouk', installed: true });
    expect((await anouk.says('kapot')).status).toBe(500);
    expect(teams.violations).toEqual(['the bot answered message with HTTP 500']);
    vi.restoreAllMocks();
  });
});
