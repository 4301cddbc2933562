import { setTimeout as pause } from 'node:timers/promises';
import type { JobResult } from '../../../jobs/job.js';
import {
  answerFile,
  type Done,
  forward,
  hostile,
  minds,
  presence,
  press,
  react,
  record,
  say,
  says,
  sendPayload,
} from './acts.js';
import { type BotProcess, JOBS, type JobName } from './bot-process.js';
import type { Chance } from './chance.js';
import { scan } from './scan-acts.js';
import { strangerComes } from './strangers.js';
import { costlyText } from './texts.js';
import type { Actor, World } from './world.js';

export const KINDS = [
  'say',
  'press',
  'record',
  'react',
  'hr',
  'forward',
  'file',
  'scan',
  'hostile',
  'together',
  'flood',
  'presence',
  'outsider',
  'stranger',
  'trouble',
  'calm',
  'clock',
  'job',
  'kill',
] as const;
export type Kind = (typeof KINDS)[number];

/** What a step did. `orderly`: one thing after another, so that what came of each can be told apart. */
export type Stepped = { readonly done: readonly Done[]; readonly what: string; readonly orderly: boolean };

const NOTHING: readonly Done[] = [];

/** What kind of step comes: chance decides, by what sort of days these are. */
export function kindOf({ temper }: World, chance: Chance): Kind {
  return chance.weighted<Kind>([
    ['say', 8],
    ['press', 24],
    ['record', 22],
    ['react', 8],
    ['hr', 4],
    ['forward', 6],
    ['file', 1],
    ['scan', 12],
    ['hostile', 7],
    ['together', 5],
    ['flood', 1],
    ['presence', 4],
    ['outsider', 1],
    ['stranger', temper.strangers ? 6 : 0],
    ['trouble', temper.troubles ? 6 : 0],
    ['calm', temper.troubles ? 5 : 0],
    ['clock', 8],
    ['job', 6],
    ['kill', temper.kills ? 2 : 0],
  ]);
}

/** Does one step. What it does follows from its chance and from how the world is. */
export async function doStep(world: World, kind: Kind, chance: Chance): Promise<Stepped> {
  const actor = chance.any(world.actors) as Actor;
  const one = async (
    act: (world: World, actor: Actor, chance: Chance) => Promise<Done>,
  ): Promise<Stepped> => {
    const done = await act(world, actor, chance);
    return { done: [done], what: told(done), orderly: true };
  };
  const plain = (what: string): Stepped => ({ done: NOTHING, what, orderly: true });
  switch (kind) {
    case 'say':
      return one(say);
    case 'press':
      return one(press);
    case 'forward':
      // What is so already is said to be so, of a record that is in a list of one's own by chance, and changes nothing.
      return { ...(await one(forward)), orderly: false };
    case 'file':
      return one(answerFile);
    case 'hostile':
      return one(hostile);
    case 'presence':
      return one(presence);
    case 'record': {
      const managers = world.actors.filter(({ role }) => role !== 'employee');
      const who = chance.yes(0.65) ? chance.any(managers) : actor;
      const done = await record(world, who ?? actor, chance);
      return { done, what: done.map(told).join('\n    '), orderly: true };
    }
    case 'react': {
      const done = await react(world, chance);
      return { done, what: done.map(told).join('\n    '), orderly: true };
    }
    case 'scan': {
      const done = await scan(world, chance);
      // Several press at once in some of these.
      return { done, what: done.map(told).join('\n    '), orderly: false };
    }
    case 'hr': {
      const who = chance.any(world.actors.filter(({ role }) => role === 'hr'));
      const done = await minds(world, who ?? actor, chance);
      return { done, what: done.map(told).join('\n    '), orderly: true };
    }
    case 'together':
      return together(world, chance);
    case 'flood':
      return flood(world, actor, chance);
    case 'outsider': {
      const done = await (chance.yes(0.5) ? say : forward)(world, world.outsider, chance);
      return { done: [{ ...done, wantsAnswer: false }], what: told(done), orderly: true };
    }
    case 'stranger':
      return plain(await strangerComes(world, chance));
    case 'trouble':
      return plain(await trouble(world, chance));
    case 'calm':
      await world.calm();
      return plain('all is calm');
    case 'clock':
      return plain(await moveClock(world, chance));
    case 'job':
      return plain(await runJobs(world, chance));
    case 'kill':
      return kill(world, chance);
  }
}

function told({ actor, what, turn }: Done): string {
  const { statusCode, value } = (turn?.body ?? {}) as { statusCode?: number; value?: unknown };
  const { code } = (value ?? {}) as { code?: unknown };
  const came = turn === null ? 'no answer' : `${turn.status} ${statusCode ?? ''} ${code ?? ''}`.trim();
  return `${actor.name} ${what} -> ${came}, ${turn?.messages.length ?? 0} messages`;
}

/** Several people at once, or one person's press as often as Teams may deliver it. */
async function together(world: World, chance: Chance): Promise<Stepped> {
  const count = chance.between(2, 6);
  const same = chance.yes(0.4);
  const seen = chance.any(world.payloads.slice(-30));
  const actor = chance.any(world.actors) as Actor;
  const acts = Array.from({ length: count }, (_, at) => {
    const own = chance.sub(at);
    if (same && seen !== undefined)
      return sendPayload(world, actor, seen, undefined, false, 'again and again');
    const who = chance.yes(0.5) ? actor : (own.any(world.actors) as Actor);
    return (own.yes(0.7) ? press : say)(world, who, own);
  });
  const done = await Promise.all(acts);
  return { done, what: done.map(told).join('\n  & '), orderly: false };
}

/** One person sends as much as they can of what costs a reader most. */
async function flood(world: World, actor: Actor, chance: Chance): Promise<Stepped> {
  const count = chance.of([5, 20, 60]);
  const acts = Array.from({ length: count }, (_, at) =>
    says(world, actor, costlyText(chance.sub(at)), { lookUp: true, wantsAnswer: false }),
  );
  const done = await Promise.all(acts);
  return { done, what: `flood of ${count}: ${done.slice(0, 3).map(told).join('; ')} …`, orderly: false };
}

async function trouble(world: World, chance: Chance): Promise<string> {
  if (chance.yes(0.5)) {
    const tenants = [...new Set(world.actors.map(({ person }) => person.tenantId))];
    return `channel: ${world.weather.stirChannel(
      chance,
      tenants,
      world.actors.map(({ key }) => key),
    )}`;
  }
  world.marred = true;
  const { what, refuse } = world.weather.stirTables(chance);
  if (refuse) await world.proxy.shut();
  return `tables: ${what}`;
}

/** From here on a year is enough: terms of years are for the tests of retention. */
const LATEST = Date.parse('2028-01-31T00:00:00Z');
const HOUR = 3_600_000;
const TURNS_OF_THE_CLOCK = ['2027-03-28T00:58:30Z', '2027-10-31T00:58:30Z', '2027-12-31T22:59:00Z'] as const;

async function moveClock(world: World, chance: Chance): Promise<string> {
  const now = world.now();
  const next = TURNS_OF_THE_CLOCK.map((instant) => Date.parse(instant)).find((instant) => instant > now);
  const by = (hours: number) => now + hours * HOUR;
  const wild: readonly (readonly [number, number])[] = [
    [by(24 * chance.between(1, 10)), 4],
    [by(-chance.between(1, 30)), 2],
    [next ?? now, 1],
    [by(24 * 40), 0.5],
  ];
  const to = chance.weighted([
    [by(chance.between(1, 59) / 60), 3],
    [by(chance.between(1, 20)), 4],
    [nineAfter(now), 4],
    ...(world.temper.clock === 'wild' ? wild : []),
  ]);
  // What was planned for an instant that comes a second time is planned again at night: the clock is at fault, not a write.
  if (to < now) world.marred = true;
  await world.setNow(Math.min(to, LATEST));
  const moved = `clock to ${new Date(world.now()).toISOString()}`;
  // The reminders tick each minute; who moves on a clock has to make up for the ticks.
  return chance.yes(0.7) ? `${moved}; ${await runJob(world, world.bot(), 'reminders')}` : moved;
}

/** The next morning at nine in Amsterdam, when most is due. */
function nineAfter(now: number): number {
  const day = new Date(now + 15 * HOUR).toISOString().slice(0, 10);
  return Date.parse(`${day}T08:00:30Z`);
}

async function runJobs(world: World, chance: Chance): Promise<string> {
  const job = chance.weighted<JobName>([
    ['reminders', 6],
    ['reconcile', 1],
    ['retention', 1],
    ['handover', 1],
    ['figures', 0.5],
  ]);
  // A tick that comes while the one before still runs, and all instances at once.
  const times = chance.weighted([
    [1, 3],
    [2, 1],
  ]);
  const runs = world.bots.flatMap((bot) => Array.from({ length: times }, () => runJob(world, bot, job)));
  const others = chance.yes(0.1) ? JOBS.map((one) => runJob(world, world.bot(), one)) : [];
  return (await Promise.all([...runs, ...others])).join('; ');
}

/**
 * One run, and what it says of itself. A tick comes each minute: a run that takes as long with so few people waits for
 * something, and whoever is due meanwhile waits with it. It is ended then, so that the rest goes on.
 */
export async function runJob(world: World, bot: BotProcess, job: JobName): Promise<string> {
  try {
    const before = job === 'reconcile' && !world.marred ? await promisesNow(world) : new Set<string>();
    const late = pause(JOB_WITHIN_MS, null, { ref: false });
    const result = await Promise.race([bot.run(job), late]);
    if (result === null) {
      world.found('a promise is kept once', `${job} has not ended after ${JOB_WITHIN_MS / 1_000} s`);
      world.kills += 1;
      await bot.kill();
      return `${job}: has not ended`;
    }
    await theNightFindsNothing(world, result, before);
    const { at: _at, ms: _ms, job: _job, ...counted } = result;
    return `${job}: ${JSON.stringify(counted)}`;
  } catch (error) {
    return `${job}: ${(error as Error).message}`;
  }
}

const JOB_WITHIN_MS = 60_000;

/**
 * Where no write went wrong and no process died, the night has nothing to mend: what it would mend was not to be found
 * by whoever looked for it until then, and was not sent.
 */
async function theNightFindsNothing(
  world: World,
  { job, counts }: JobResult,
  before: ReadonlySet<string>,
): Promise<void> {
  const { missing = 0 } = counts;
  if (job !== 'reconcile' || world.marred || missing === 0) return;
  const mended = [...(await promisesNow(world))].filter((one) => !before.has(one));
  const unproven = mended.filter((one) => [...world.forgotten].some((name) => one.endsWith(` to ${name}`)));
  if (missing <= unproven.length) return;
  world.found('what is claimed is kept', `the night had to mend ${missing}: ${mended.join('; ')}`);
}

async function promisesNow(world: World): Promise<Set<string>> {
  const found = new Set<string>();
  for await (const { reminder } of world.stores.reminders.all()) {
    if (reminder === null) continue;
    const { kind, person, subject, occasion, due } = reminder;
    const name = world.actors.find((one) => one.person.objectId === person)?.name ?? person;
    found.add(`${kind} of ${subject} for ${occasion}, due ${due}, to ${name}`);
  }
  return found;
}

/** Ends an instance as a crash would, with something under way: at one of the next requests that it makes. */
async function kill(world: World, chance: Chance): Promise<Stepped> {
  const bot = world.bot();
  world.kills += 1;
  world.marred = true;
  let left = chance.between(0, 12);
  let struck: () => void = () => undefined;
  const moment = new Promise<void>((resolve) => {
    struck = resolve;
  });
  world.weather.onRequest = () => {
    left -= 1;
    if (left < 0) struck();
  };
  const acted = (acts: Promise<readonly Done[]>) =>
    acts.then((done): Stepped => ({ done, what: done.map(told).join('\n    '), orderly: false }));
  const underWay = chance.weighted<() => Promise<Stepped>>([
    [() => runJob(world, bot, 'reminders').then((what) => ({ done: NOTHING, what, orderly: false })), 5],
    [() => acted(record(world, chance.any(world.actors) as Actor, chance)), 3],
    [() => acted(scan(world, chance)), 2],
  ])();
  await Promise.race([
    moment,
    pause(KILLED_AFTER_MS, undefined, { ref: false }),
    underWay.then(() => undefined),
  ]);
  world.weather.onRequest = null;
  await bot.kill();
  const { done, what } = await underWay;
  return { done, what: `killed during: ${what}`, orderly: false };
}

const KILLED_AFTER_MS = 800;
