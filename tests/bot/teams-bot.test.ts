import pino from 'pino';
import { describe, expect, it } from 'vitest';
import type { Incoming } from '../../bot/activity.js';
import { tell } from '../../bot/reply.js';
import { createTeamsBot, type TeamsBotNeeds } from '../../bot/teams-bot.js';
import { messageActivity, type Scene } from '../support/activities.js';
import { recordingOutlet } from '../support/outlet.js';

const scene: Scene = {
  identity: {
    name: 'Mila de Wit',
    userId: '29:1abc',
    objectId: 'a1a1a1a1-0000-4000-8000-000000000001',
    tenantId: '72f988bf-0000-4000-8000-000000000001',
    conversationId: 'a:1abc',
    locale: 'nl-NL',
    timezone: 'Europe/Amsterdam',
  },
  appId: 'app',
  botName: 'Kopje Koffie',
  serviceUrl: 'https://smba.trafficmanager.net/emea/',
  id: '1',
  at: Date.UTC(2027, 0, 12, 9, 0, 0),
};

/** What a bot sends that is given one activity, and what it logs. */
async function run(overrides: Record<string, unknown>, needs: Partial<TeamsBotNeeds> = {}) {
  const logged: string[] = [];
  const { said, ...outlet } = recordingOutlet(null);
  const activity = messageActivity(scene, 'hoi', overrides);
  const bot = createTeamsBot({
    route: async () => tell('answered'),
    inDanger: ({ text }: Incoming) => text === 'danger',
    langOf: () => 'nl',
    log: pino({}, { write: (line: string) => void logged.push(line) }),
    now: () => new Date(scene.at),
    allowedTenants: [],
    trustLocale: true,
    local: false,
    ...needs,
  });
  await bot(activity as Incoming, outlet);
  return { sent: said, logged: logged.map((line) => JSON.parse(line) as Record<string, unknown>) };
}

const nameless = { channelData: null, conversation: { id: 'a:1abc', conversationType: 'personal' } };

describe('teams-bot: an activity without a tenant', () => {
  it('brings help where it shows danger', async () => {
    const { sent, logged } = await run({ ...nameless, text: 'danger' });
    expect(JSON.stringify(sent)).toContain('0800-0113');
    expect(logged).toEqual([]);
  });

  it('gets one line, and a code in the log', async () => {
    const { sent, logged } = await run(nameless);
    expect(sent.map(({ text }) => text)).toEqual([
      expect.stringContaining('Teams zegt me niet wie je bent.'),
    ]);
    expect(logged).toMatchObject([{ code: 'unknown-sender', kind: 'text' }]);
  });

  it('is told in the log alone where nobody waits for an answer', async () => {
    const { sent, logged } = await run({ ...nameless, type: 'installationUpdate', action: 'add' });
    expect(sent).toEqual([]);
    expect(logged).toMatchObject([{ code: 'unknown-sender', kind: 'installed' }]);
  });
});

describe('teams-bot: an activity that shows danger', () => {
  it('is looked at for nothing else', async () => {
    const route = () => Promise.reject(new Error('not to be asked'));
    const { sent } = await run({ text: 'danger' }, { route, allowedTenants: ['another'] });
    expect(sent).toHaveLength(1);
    expect(JSON.stringify(sent)).toContain('0800-0113');
  });
});
