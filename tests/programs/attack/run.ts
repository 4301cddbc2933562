import { rmSync } from 'node:fs';
import { type Done, record, says } from './acts.js';
import { openChance } from './chance.js';
import { type Claim, claimIn, subjectOf, whatIsClaimedIsKept } from './invariants/claims.js';
import { dangerIsAnsweredInTime, menuIsThereInTime } from './invariants/danger.js';
import { itEndsInOrder } from './invariants/ending.js';
import { aPromiseIsKeptOnce, type Ledger, openLedger, whatIsAskedIsHeard } from './invariants/promises.js';
import { aScanCountsEachOnce, nothingBeforeItCloses } from './invariants/scans.js';
import { beforeLookUp, lookUpsLeaveNoTrace } from './invariants/traces.js';
import {
  logsHoldNothing,
  nobodySeesAnothers,
  nothingBreaksInFairWeather,
  openWatched,
  readOn,
  repliesAreValid,
  theProcessLives,
  type Watched,
} from './invariants/watch.js';
import { startScan } from './scan-acts.js';
import { doStep, type Kind, kindOf, runJob } from './steps.js';
import { type Actor, type Finding, openWorld, type World } from './world.js';

export type Plan = {
  readonly seed: number;
  /** Numbers of the steps to take, in order. */
  readonly steps: readonly number[];
  /** How many days pass in the end for what was promised to come. */
  readonly days: number;
  readonly connectionString: string;
  /** A prefix of its own for the names of tables. */
  readonly prefix: string;
  /** No step begins after this instant of `performance.now()`; what was begun is brought to its end. */
  readonly until?: number;
};

export type Report = {
  readonly seed: number;
  readonly steps: number;
  readonly ms: number;
  readonly findings: readonly Finding[];
  /** Messages that came twice, which only a kill or a lost answer may bring about. */
  readonly twice: number;
  readonly kills: number;
  /** How often a reply claimed something, by the verb that it answered. */
  readonly claims: Readonly<Record<string, number>>;
  readonly promises: number;
  /** Verbs that were answered with a card. */
  readonly verbs: readonly string[];
  /** Where what happened was written down; null when nothing was found. */
  readonly trace: string | null;
};

/** What goes on from step to step. */
type Course = {
  readonly watched: Watched;
  readonly ledger: Ledger;
  /** What was claimed while the tables were in trouble, by what it is about. */
  readonly pending: Map<string, Claim>;
  readonly claims: Record<string, number>;
  /** What was pressed when the process was killed. */
  readonly lostWith: Set<string>;
  readonly verbs: Set<string>;
  /** The newest thing that each employee asked to be changed, by what it is about. */
  readonly asked: Map<string, Claim>;
  /** Whether all was well in the step before, too: what it left behind may still come out. */
  fair: boolean;
  /** Until when what is logged may be of an answer that could go nowhere: help is tried for a while after its turn. */
  unanswerableUntil: number;
  /** Not sooner than this does the bystander say something again: nobody types more in ten seconds. */
  canaryAfter: number;
};

/** How many things are found before it is enough. */
const MOST_FINDINGS = 12;
/** Two messages each; the bot takes sixty of one person in ten seconds. */
const CANARY_EACH_MS = 400;
/** So long at most the bot tries to bring help after a turn; see `bot.mjs`. */
const TRIED_FOR_MS = 6_000;
/** What these do would make it unclear what a claim still means. */
const SETTLES_FIRST: readonly Kind[] = ['clock', 'job', 'kill', 'presence'];

/** One world from its beginning to its end: everything that is done follows from the seed. */
export async function runAttack(plan: Plan): Promise<Report> {
  const started = performance.now();
  const world = await openWorld(plan.seed, plan.connectionString, plan.prefix);
  const course: Course = {
    watched: openWatched(),
    ledger: openLedger(world),
    pending: new Map(),
    claims: {},
    lostWith: new Set(),
    verbs: new Set(),
    asked: new Map(),
    fair: true,
    unanswerableUntil: 0,
    canaryAfter: 0,
  };
  let taken = 0;
  let twice = 0;
  try {
    world.tell(`seed ${plan.seed}: ${JSON.stringify(world.temper)}`);
    await moveIn(world, course);
    const timers = await world.bot().timers();
    for (const at of plan.steps) {
      if (performance.now() > (plan.until ?? Number.POSITIVE_INFINITY)) break;
      if (world.findings.length >= MOST_FINDINGS) break;
      await step(world, course, at);
      taken += 1;
    }
    await comeToRest(world, course, plan.days);
    await whatIsAskedIsHeard(world, [...course.asked.values()]);
    ({ twice } = await aPromiseIsKeptOnce(world, course.ledger));
    await itEndsInOrder(world, timers);
    await lookAt(world, course, [], true);
  } finally {
    await world.close();
  }
  if (world.findings.length === 0) rmSync(world.trace);
  return {
    seed: plan.seed,
    steps: taken,
    ms: performance.now() - started,
    findings: world.findings,
    twice,
    kills: world.kills,
    claims: course.claims,
    promises: course.ledger.all().length,
    verbs: [...course.verbs],
    trace: world.findings.length === 0 ? null : world.trace,
  };
}

/** Most people have the bot; some get it later or never. */
async function moveIn(world: World, course: Course): Promise<void> {
  const chance = openChance('moves in', world.seed);
  for (const actor of [...world.actors, world.bystander]) {
    if (actor !== world.bystander && actor.role === 'employee' && chance.yes(0.25)) continue;
    await world.turn(actor, () => actor.person.install());
  }
  // What is read and learned at the start comes first, so that the first words of danger do not wait for it.
  await says(world, world.bystander, 'menu');
  // There is something to act on from the first step on.
  for (const actor of world.actors.filter(({ role }) => role !== 'employee')) {
    for (const what of [
      'afspraak vastleggen',
      'afspraak vastleggen',
      'koffie',
      'belangrijke momenten',
    ] as const) {
      const done = await record(world, actor, chance.sub(`${actor.name} ${what}`), what);
      takeClaims(world, course, done, { exact: true, crashed: false });
    }
  }
  const scans = await startScan(world, chance.sub('scan'));
  takeClaims(world, course, scans, { exact: true, crashed: false });
  await world.learn();
  await lookAt(world, course, [], true);
  await settleClaims(world, course);
}

async function step(world: World, course: Course, at: number): Promise<void> {
  const chance = openChance('step', world.seed, at);
  world.at = at;
  world.beganAt = world.now();
  world.hostile = false;
  const kind = kindOf(world, chance);
  world.front = chance.between(0, 1);
  if (SETTLES_FIRST.includes(kind) && course.pending.size > 0) {
    await world.calm();
    await settleClaims(world, course);
  }
  if (kind === 'clock' || kind === 'job' || at % 8 === 0) await course.ledger.note();
  const fairBefore = isFair(world);
  const seen = kind === 'say' && fairBefore && chance.yes(0.4) ? await beforeLookUp(world) : null;
  const canary =
    kind === 'flood' ||
    (seen === null && kind !== 'kill' && chance.yes(0.3) && performance.now() > course.canaryAfter);
  if (canary) course.canaryAfter = performance.now() + CANARY_EACH_MS;
  const [stepped] = await Promise.all([
    doStep(world, kind, chance.sub('act')),
    canary ? dangerIsAnsweredInTime(world, chance.sub('danger')) : null,
    canary ? menuIsThereInTime(world) : null,
  ]);
  world.tell(`${at} ${kind}: ${stepped.what}`);
  const fairNow = fairBefore && isFair(world) && kind !== 'kill';
  const fair = fairNow && course.fair;
  course.fair = fairNow;
  if (seen !== null && fair && (await leavesNoTrace(world, stepped.done)))
    await lookUpsLeaveNoTrace(world, seen, stepped.what);
  if (stepped.done.some(({ sent }) => sent !== null)) await world.learn();
  await lookAt(world, course, stepped.done, fair);
  takeClaims(world, course, stepped.done, { exact: stepped.orderly, crashed: kind === 'kill' });
  if (!world.weather.troubled.tables()) await settleClaims(world, course);
  await nothingBeforeItCloses(world, stepped.done);
  if (kind === 'scan' || kind === 'kill' || kind === 'job' || at % 8 === 0) await aScanCountsEachOnce(world);
  await theProcessLives(world);
}

/** All that is watched after each step. */
async function lookAt(world: World, course: Course, done: readonly Done[], fair: boolean): Promise<void> {
  const { watched } = course;
  await Promise.all(world.bots.map((bot) => bot.logRead()));
  const received = world.newlyReceived();
  nobodySeesAnothers(world, received);
  logsHoldNothing(world, watched);
  const unanswerable = world.hostile || done.some(({ actor }) => actor.person.keptOut());
  if (unanswerable) course.unanswerableUntil = performance.now() + TRIED_FOR_MS;
  const mayBe = performance.now() < course.unanswerableUntil;
  nothingBreaksInFairWeather(world, watched, { fair, unanswerable: mayBe });
  readOn(world, watched);
  repliesAreValid(world, watched, done, received, { fair, unanswerable: mayBe });
}

function isFair({ weather }: World): boolean {
  const isOver = performance.now() - weather.lastStrike() > LOGGED_WITHIN_MS;
  return isOver && !weather.troubled.channel() && !weather.troubled.tables();
}

/** A turn that something went wrong with may go on, and be logged as failed, a few steps after its answer. */
const LOGGED_WITHIN_MS = 500;

/** Of whoever is known and can be reached: what waits for somebody who is away comes when they are back. */
async function leavesNoTrace(world: World, done: readonly Done[]): Promise<boolean> {
  for (const { actor, lookUp } of done) {
    const found = await world.stores.people.get(actor.person.tenantId, actor.person.objectId);
    if (!lookUp || found === null || found.record.unreachableSince !== null || actor.person.keptOut())
      return false;
  }
  return true;
}

function takeClaims(
  world: World,
  course: Course,
  done: readonly Done[],
  how: Pick<Claim, 'exact' | 'crashed'>,
): void {
  // Whatever acts on a record without a word about it leaves open what became of an earlier claim.
  for (const one of done) {
    const { sent } = one;
    if (sent === null) continue;
    if (one.cards.length > 0) course.verbs.add(sent.verb);
    if (sent.verb.startsWith('leaver.')) course.pending.clear();
    course.pending.delete(subjectOf(one));
    // Whoever is chosen from a list by what makes a record may be put back on it.
    const { known } = sent.data as { readonly known?: unknown };
    if (typeof known === 'string') course.pending.delete(known);
    const press = `${one.actor.key} ${sent.verb} ${subjectOf(one)}`;
    // Pressed again it changes nothing: the entry of the first time may have been lost with the process.
    const crashed = how.crashed || course.lostWith.has(press);
    if (how.crashed) course.lostWith.add(press);
    const claim = claimIn(world, one, { ...how, crashed });
    if (claim === null) continue;
    course.claims[sent.verb] = (course.claims[sent.verb] ?? 0) + 1;
    course.pending.set(claim.about, claim);
    if (sent.verb === 'about.change') course.asked.set(claim.about, claim);
    if (sent.verb === 'about.confirm') course.asked.delete(claim.about);
  }
}

async function settleClaims(world: World, course: Course): Promise<void> {
  const claims = [...course.pending.values()];
  course.pending.clear();
  await whatIsClaimedIsKept(world, claims);
}

/** Nothing goes wrong any more, everybody is back, and the days pass. */
async function comeToRest(world: World, course: Course, days: number): Promise<void> {
  world.at += 1;
  world.hostile = false;
  await world.calm();
  await theProcessLives(world);
  await settleClaims(world, course);
  for (const { person } of world.actors) {
    if (person.keptOut()) await person.install().catch(() => undefined);
  }
  await everybodySaysSomething(world, world.actors);
  await lookAt(world, course, [], false);
  await course.ledger.note();
  for (let day = 1; day <= days; day += 1) {
    const date = new Date(world.now() + 24 * 3_600_000).toISOString().slice(0, 10);
    for (const time of TIMES_OF_A_DAY) {
      await world.setNow(Date.parse(`${date}T${time}:30Z`));
      const ran = await Promise.all(world.bots.map((bot) => runJob(world, bot, 'reminders')));
      await theProcessLives(world);
      if (!ran.every((one) => one.includes('"due":0'))) world.tell(`${date} ${time}: ${ran.join('; ')}`);
    }
    await course.ledger.note();
    if (day % 3 === 0) await everybodySaysSomething(world, world.actors);
    await lookAt(world, course, [], true);
    await aScanCountsEachOnce(world);
  }
}

/** Late enough for each time that somebody chose, in Europe and overseas. */
const TIMES_OF_A_DAY = ['06:10', '08:00', '10:00', '12:30', '15:50', '18:50', '22:40'] as const;

async function everybodySaysSomething(world: World, actors: readonly Actor[]): Promise<void> {
  for (const actor of actors) await says(world, actor, 'menu');
}
