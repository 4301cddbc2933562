import { describe, expect, it } from 'vitest';
import { tell } from '../../../bot/reply.js';
import type { Incoming } from '../../../bot/teams/activity.js';
import type { Outlet } from '../../../bot/teams/answer.js';
import { createTeamsBot, type TeamsBotDeps, TURN_TIMES } from '../../../bot/teams/teams-bot.js';
import { createTurnBudget } from '../../../bot/teams/turn-budget.js';
import { faultsOf } from '../../support/faults.js';
import { logInto } from '../../support/recording-log.js';
import { messageActivity, type Scene } from '../../support/teams/activities.js';
import { recordingOutlet } from '../../support/teams/recording-outlet.js';

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

/** A bot that is given one activity: what it sends, and what it logs. */
function start(
  overrides: Record<string, unknown>,
  invoke: Outlet['invoke'],
  deps: Partial<TeamsBotDeps> = {},
) {
  const logged: string[] = [];
  const outlet = recordingOutlet(invoke);
  const activity = messageActivity(scene, 'hoi', overrides);
  const bot = createTeamsBot({
    route: async () => tell('answered'),
    dangerIn: ({ text }: Incoming) => ({
      step: text === 'danger' ? ('sure' as const) : ('none' as const),
      kind: text === 'danger' ? ('suicide' as const) : null,
      lang: null,
      otherLang: null,
      asksForSupport: false,
    }),
    langOf: () => 'nl',
    log: logInto(logged, 'info'),
    now: () => new Date(scene.at),
    allowedTenants: [],
    trustLocale: true,
    local: false,
    inTime: async (_ms, act) => ({ kind: 'done', result: await act() }),
    after: () => () => undefined,
    times: TURN_TIMES,
    ...deps,
  });
  return { sent: outlet.said, outlet, logged, done: bot(activity as Incoming, outlet) };
}

async function run(overrides: Record<string, unknown>, deps: Partial<TeamsBotDeps> = {}) {
  const { sent, logged, done } = start(overrides, null, deps);
  await done;
  return { sent, logged: logged.map((line) => JSON.parse(line)) };
}

const nameless = { channelData: null, conversation: { id: 'a:1abc', conversationType: 'personal' } };

describe('teams-bot: an activity without a tenant', () => {
  it('brings help where it shows danger', async () => {
    const { sent, logged } = await run({ ...nameless, text: 'danger' });
    expect(JSON.stringify(sent)).toContain('0800-0113');
    expect(logged).toEqual([]);
  });

  it('gets one line where somebody waits for an answer, and a code in the log', async () => {
    const { sent, logged } = await run(nameless);
    expect(sent.map(({ text }) => text)).toEqual([
      expect.stringContaining('Teams vertelt mij niet wie je bent.'),
    ]);
    expect(logged).toMatchObject([{ code: 'unknown-sender', kind: 'text' }]);
    {
      const { sent, logged } = await run({ ...nameless, type: 'installationUpdate', action: 'add' });
      expect(sent).toEqual([]);
      expect(logged).toMatchObject([{ code: 'unknown-sender', kind: 'installed' }]);
    }
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

describe('teams-bot: a turn that takes its time', () => {
  /** A clock that goes on while something waits for it, and does what is due by then. */
  function aClock() {
    const due: { at: number; act: () => void }[] = [];
    let now = 0;
    return {
      monotonicNow: () => now,
      after(ms: number, act: () => void) {
        const one = { at: now + ms, act };
        due.push(one);
        return () => void due.splice(due.indexOf(one), due.includes(one) ? 1 : 0);
      },
      async passes(ms: number) {
        const end = now + ms;
        for (;;) {
          const next = due.filter(({ at }) => at <= end).sort((one, other) => one.at - other.at)[0];
          if (next === undefined) break;
          now = next.at;
          due.splice(due.indexOf(next), 1);
          next.act();
          await settled();
        }
        now = end;
        await settled();
      },
      waiting: () => due.length,
    };
  }
  const settled = () => new Promise((resolve) => setImmediate(resolve));
  const pressed = { type: 'invoke', name: 'adaptiveCard/action', value: { action: { verb: 'menu.show' } } };

  /** Runs one turn that takes so long, and tells what was to be seen after so many milliseconds. */
  async function runFor(ms: number, seenAfter: number, overrides = {}, invoke: Outlet['invoke'] = null) {
    const clock = aClock();
    const budget = createTurnBudget({ ...clock, failedLate: () => undefined });
    const { sent, outlet, logged, done } = start(overrides, invoke, {
      inTime: budget.inTime,
      after: clock.after,
      route: async () => {
        await new Promise<void>((resolve) => void clock.after(ms, resolve));
        return tell('answered');
      },
    });
    await settled();
    await clock.passes(seenAfter);
    const seen = {
      typed: outlet.typed(),
      said: sent.map(({ text }) => text),
      responded: [...outlet.responded],
    };
    await clock.passes(60_000);
    await done;
    return { ...seen, logged: logged.map((line) => JSON.parse(line)), left: clock.waiting() };
  }

  it('shows after a second that an answer is coming, once, and nothing of it before or to a press', async () => {
    expect(await runFor(900, 2_000)).toMatchObject({ typed: 0, said: ['answered'], left: 0 });
    expect(await runFor(5_000, 999)).toMatchObject({ typed: 0, said: [] });
    expect(await runFor(5_000, 1_000)).toMatchObject({ typed: 1, said: [] });
    expect(await runFor(5_000, 5_000)).toMatchObject({ typed: 1, said: ['answered'], left: 0 });
    const { typed, responded } = await runFor(5_000, 5_000, pressed, 'press');
    expect([typed, responded.length]).toEqual([0, 1]);
  });

  it('that is not over after six seconds is answered all the same', async () => {
    expect(
      await faultsOf(
        [
          ['a message', {}, null],
          ['a press', pressed, 'press'],
        ] as const,
        async (_what, overrides, invoke) => {
          const { said, responded, logged, left } = await runFor(30_000, 6_000, overrides, invoke);
          expect(said).toEqual([expect.stringContaining('Dit duurt te lang')]);
          expect(responded).toHaveLength(invoke === null ? 0 : 1);
          expect(logged).toMatchObject([{ code: 'too-slow', wrote: false }]);
          expect(left).toBe(0);
        },
      ),
    ).toEqual([]);
  });

  it('says nothing to an event that nobody waits for', async () => {
    const event = { type: 'installationUpdate', action: 'add' };
    const { said, typed } = await runFor(30_000, 10_000, event);
    expect([said, typed]).toEqual([[], 0]);
  });
});
