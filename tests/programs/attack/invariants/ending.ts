import { setTimeout as pause } from 'node:timers/promises';
import { type BotProcess, waitedForProcessor } from '../bot-process.js';
import type { World } from '../world.js';

/** Who stops a process gives it so long, mostly. */
const ENDS_WITHIN_MS = 10_000;
/** Timers that may be there by themselves beside those that there were in the beginning. */
const SOME_TIMERS = 10;

/**
 * It ends in order: after all that, no timer is left that nobody waits for, and on SIGTERM each process is done
 * within ten seconds and says so by its code. An error that nobody caught shows here, too: the code is another then.
 */
export async function itEndsInOrder(world: World, timersBefore: number): Promise<void> {
  for (const bot of world.bots) {
    const timers = await timersLeft(bot, timersBefore + SOME_TIMERS);
    if (timers > timersBefore + SOME_TIMERS)
      world.found(
        'it ends in order',
        `${timers} timers are left, in the beginning there were ${timersBefore}`,
      );
    const waited = waitedForProcessor([bot.pid]);
    const { code, ms } = await bot.stop();
    const own = ms - Math.max(0, waitedForProcessor([bot.pid]) - waited);
    if (code !== 0) world.found('it ends in order', `it ended with ${code}`);
    if (own > ENDS_WITHIN_MS) world.found('it ends in order', `it took ${Math.round(ms)} ms to end`);
  }
}

/** So many times, so far apart, it is asked whether timers that are merely not over yet have ended. */
const PATIENCE = { times: 30, ms: 500 };

/** How many timers there are, once there are no more than `most` or they have had long enough to end. */
async function timersLeft(bot: BotProcess, most: number): Promise<number> {
  let timers = await bot.timers().catch(() => 0);
  for (let times = 0; timers > most && times < PATIENCE.times; times += 1) {
    await pause(PATIENCE.ms);
    timers = await bot.timers().catch(() => 0);
  }
  return timers;
}
