import { request } from 'node:http';
import type { Received } from '../../../support/teams/teams.js';
import type { Done } from '../acts.js';
import type { World } from '../world.js';

/** How far each process's lines and the stand-in's remarks were read. */
export type Watched = { readonly lines: Map<number, number>; printed: number; violations: number };

export function openWatched(): Watched {
  return { lines: new Map(), printed: 0, violations: 0 };
}

/**
 * The process lives and says so. Nothing that comes in may end it: it serves everybody, and one who stops it takes
 * 113 from all others, and leaves leases behind.
 */
export async function theProcessLives(world: World): Promise<void> {
  for (const bot of [...world.bots]) {
    const end = bot.ended();
    if (end !== null) {
      if (!end.expected) {
        const last = bot.logged.slice(-3).join(' | ').slice(0, 600);
        world.found('the process lives', `it ended with ${end.code ?? end.signal}: ${last}`);
      }
      world.bots.splice(world.bots.indexOf(bot), 1);
      continue;
    }
    const status = await statusOf(`${bot.url}/healthz`);
    if (status !== 200 && bot.ended() === null)
      world.found('the process lives', `/healthz was answered with ${status}`);
  }
  if (world.bots.length === world.temper.instances) return;
  // A process that starts waits for the tables.
  await world.calm();
  while (world.bots.length < world.temper.instances) await world.startBot();
}

/**
 * Nobody sees another's: no text, no name and no id of anybody goes to somebody who has no business with it, least
 * of all in another organisation. What is sent counts also where it does not arrive.
 */
export function nobodySeesAnothers(world: World, received: readonly Received[]): void {
  for (const { conversationId, body, path, status } of received) {
    const reader = world.actorOf(conversationId);
    if (reader === undefined) {
      if (!world.madeUp.has(conversationId ?? ''))
        world.found('nobody sees another’s', `something was sent to ${path}, whom nobody knows`);
      continue;
    }
    // Whom it is from and to is as the activity said that is answered.
    const { from: _from, recipient: _recipient, ...told } = (body ?? {}) as Record<string, unknown>;
    if (status === 201 || status === 200) world.secrets.show(reader.key, JSON.stringify(told));
    const leaks = world.secrets.leaksTo(reader.key, JSON.stringify(told));
    if (leaks.length > 0)
      world.found(
        'nobody sees another’s',
        `sent to ${reader.name}: ${leaks.map((one) => around(one, JSON.stringify(told))).join('; ')}`,
      );
  }
}

/** What stands around a word: whole messages are longer than anybody reads. */
function around(word: string, text: string): string {
  const at = text.toLowerCase().indexOf(word.toLowerCase());
  return at < 0 ? word : text.slice(Math.max(0, at - SHOWN_AROUND), at + word.length + SHOWN_AROUND);
}

const SHOWN_AROUND = 150;

/**
 * A log line holds codes and ids of records, never names, words or who somebody is; and nothing goes to stdout,
 * which belongs to what a command is asked to print. Operators read logs, and logs are kept elsewhere and for longer.
 */
export function logsHoldNothing(world: World, watched: Watched): void {
  for (const bot of world.everyBot) {
    for (const line of linesSince(watched, bot.pid, bot.logged)) {
      const secrets = world.secrets.in(line).filter((one) => !isIdOfRecord(world, one));
      if (secrets.length > 0)
        world.found('logs hold codes and ids of records', `${secrets.join(', ')} in ${line.slice(0, 300)}`);
    }
  }
  for (const bot of world.everyBot) {
    const lines = linesSince(watched, bot.pid, bot.logged).filter((line) => !isJson(line));
    if (lines.length > 0)
      world.found('logs hold codes and ids of records', `no log lines: ${lines.join(' | ').slice(0, 1_500)}`);
  }
  const printed = world.everyBot.flatMap((bot) => bot.printed);
  for (const line of printed.slice(watched.printed))
    world.found('logs hold codes and ids of records', `on stdout: ${line.slice(0, 200)}`);
  watched.printed = printed.length;
}

/**
 * In fair weather nothing breaks: where tables and channel do what they should, a fault that is logged is one of
 * ours, and the person was told that something went wrong.
 */
export function nothingBreaksInFairWeather(
  world: World,
  watched: Watched,
  { fair, unanswerable }: { readonly fair: boolean; readonly unanswerable: boolean },
): void {
  for (const bot of world.everyBot) {
    for (const line of linesSince(watched, bot.pid, bot.logged)) {
      if (!fair || !/"level":(50|60)/.test(line)) continue;
      // A chat that was made up, or that the bot is kept out of, takes no answer.
      if (unanswerable && /"code":"(http-4\d\d|answer-undelivered)"/.test(line)) continue;
      world.found('nothing breaks in fair weather', line.slice(0, 300));
    }
  }
}

/** Marks all lines as read; to be called after both that read them. */
export function readOn(world: World, watched: Watched): void {
  for (const bot of world.everyBot) watched.lines.set(bot.pid, bot.logged.length);
}

/**
 * Every reply is one that Teams takes and shows: what the stand-in remarks on is a fault. And there is a reply: who
 * says or presses something hears of it, if only that it did not work.
 */
export function repliesAreValid(
  world: World,
  watched: Watched,
  done: readonly Done[],
  received: readonly Received[],
  { fair, unanswerable }: { readonly fair: boolean; readonly unanswerable: boolean },
): void {
  const { violations } = world.teams;
  for (const violation of violations.slice(watched.violations))
    if (!isOurDoing(world, violation, unanswerable)) world.found('replies are valid', violation);
  watched.violations = violations.length;
  if (!fair) return;
  for (const { turn, wantsAnswer, what, actor } of done) {
    if (!wantsAnswer || turn === null || turn.status !== 200) continue;
    const heard =
      turn.body !== undefined || received.some((one) => world.actorOf(one.conversationId) === actor);
    if (!heard && !actor.person.keptOut())
      world.found('replies are valid', `silence after ${actor.name} ${what.slice(0, 200)}`);
  }
}

/** What the stand-in remarks on and the attack itself is the cause of. */
function isOurDoing(world: World, violation: string, unanswerable: boolean): boolean {
  // Whom an activity does not say to belong anywhere is answered as well as that goes.
  if (/that does not name their tenant/.test(violation)) return unanswerable;
  // For an invoke that a bot has no answer to Bot Framework wants 501.
  if (/^the bot answered \w+ with HTTP 501/.test(violation)) return true;
  // A press on a message that is not there is answered by a new one, after a try.
  if (/^(update|delete) of an unknown activity/.test(violation)) return true;
  // What somebody typed stands in their form again, and clients fill in no templates.
  if (/a template that was not filled in/.test(violation)) return world.typedTemplate;
  // Whoever presses more than a hand can has to wait.
  if (/^a card invoke answered with HTTP 429/.test(violation)) return true;
  const [, conversation] = /in an unknown conversation (.*)$/.exec(violation) ?? [];
  if (conversation !== undefined) return world.madeUp.has(conversation);
  return world.hostile && /^(a card invoke answered with HTTP|Teams has no)/.test(violation);
}

/** Ids of records may be logged; ids of people and of chats, and names, may not. */
function isIdOfRecord(world: World, secret: string): boolean {
  return world.concerned(secret).length > 0 && !world.actors.some(({ person }) => person.objectId === secret);
}

function linesSince({ lines }: Watched, pid: number, logged: readonly string[]): readonly string[] {
  return logged.slice(lines.get(pid) ?? 0);
}

function isJson(line: string): boolean {
  try {
    return typeof JSON.parse(line) === 'object';
  } catch {
    return false;
  }
}

/** The status; 0 when there is no answer within two seconds. */
export function statusOf(url: string): Promise<number> {
  return new Promise((resolve) => {
    const asked = request(url, { agent: false, timeout: 2_000 }, (answer) => {
      answer.resume();
      resolve(answer.statusCode ?? 0);
    });
    asked.on('timeout', () => asked.destroy());
    asked.on('error', () => resolve(0));
    asked.end();
  });
}
