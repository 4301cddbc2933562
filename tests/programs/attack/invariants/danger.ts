import { messagesFor } from '../../../../cards/content/words.js';
import { headingOf } from '../../../support/browser/cards-on-screen.js';
import { waitedForProcessor } from '../bot-process.js';
import type { Chance } from '../chance.js';
import { DANGER } from '../texts.js';
import type { World } from '../world.js';

/** What 113 may take, whatever else goes on; and the menu, which may wait for a table that answers late. */
export const DANGER_WITHIN_MS = 1_000;
const MENU_WITHIN_MS = { fair: 1_000, foul: 10_000 };

/**
 * Danger is answered within a second: somebody whom all of this does not concern says that they are in danger, and
 * gets 113, whatever others send meanwhile and whatever the tables do. The time that processes waited for the
 * processor of a busy machine is no time of the bot, and is taken off.
 */
export async function dangerIsAnsweredInTime(world: World, chance: Chance): Promise<void> {
  const text = chance.any(DANGER) ?? '';
  const { ms, headings } = await timed(world, text);
  const titles = (['nl', 'en'] as const).flatMap((lang) => {
    const { suicide, medical, violence, home, sexual } = messagesFor(lang).crisis;
    return [suicide, medical, violence, home, sexual].map(({ title }) => title);
  });
  if (headings === null) return;
  if (!headings.some((heading) => titles.some((title) => heading.includes(title))))
    world.found('danger is answered within a second', `${text} brought ${JSON.stringify(headings)}`);
  else if (ms > DANGER_WITHIN_MS)
    world.found('danger is answered within a second', `113 came after ${Math.round(ms)} ms`);
}

/** The same for the menu: as long as the tables answer it comes as soon. */
export async function menuIsThereInTime(world: World): Promise<void> {
  const before = world.weather.troubled.tables();
  const { ms, headings } = await timed(world, 'menu');
  const foul = before || world.weather.troubled.tables();
  const most = foul ? MENU_WITHIN_MS.foul : MENU_WITHIN_MS.fair;
  if (headings === null) return;
  if (headings.length === 0) world.found('danger is answered within a second', 'no menu came');
  else if (ms > most)
    world.found('danger is answered within a second', `the menu came after ${Math.round(ms)} ms`);
}

/** Headings of what came; null when the process was killed meanwhile. */
async function timed(
  world: World,
  text: string,
): Promise<{ readonly ms: number; readonly headings: readonly string[] | null }> {
  const { bystander } = world;
  const bot = world.bot();
  const pids = [bot.pid, process.pid];
  const waited = waitedForProcessor(pids);
  const started = performance.now();
  const turn = await world.turn(bystander, () => bystander.person.sends({ text }));
  const ms = performance.now() - started - (waitedForProcessor(pids) - waited);
  if (turn === null && bot.isGoing()) return { ms, headings: null };
  return { ms, headings: (turn?.messages ?? []).map(headingOf) };
}
