import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';

/** Where the sources are. What is tried or tested is no room. */
const FOLDERS = ['bot', 'cards', 'jobs', 'manifest', 'infra'];
const BEGIN = '<!-- drawing: made by npm run drawing -->';
const END = '<!-- end of drawing -->';

/** What puts the rooms together; the other loose files of `bot` are the values that rooms hand to each other. */
const TOP = /^bot\/((command|command-line|main|router)\.ts$|composition\/)/;
const NAMES: Readonly<Record<string, string>> = {
  top: 'bot: command, main, composition, router',
  spine: 'bot: turn, reply, errors, log, config, timeout',
};

/** Which room a source stands in: a folder of `bot`, its loose files in two, or a folder of the root. */
function roomOf(path: string): string {
  const [top = '', room = '', ...rest] = path.split('/');
  if (top !== 'bot') return top;
  if (TOP.test(path)) return 'top';
  return rest.length > 0 ? `bot/${room}` : 'spine';
}

/** The arrows between rooms, each with the number of imports behind it; a room without one has none. */
function arrowsOf(root: string): ReadonlyMap<string, number> {
  const arrows = new Map<string, number>();
  for (const folder of FOLDERS)
    for (const name of readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })) {
      if (!name.endsWith('.ts') || name.endsWith('.d.ts')) continue;
      const path = join(folder, name);
      const text = readFileSync(join(root, path), 'utf8');
      for (const [, target = ''] of text.matchAll(/(?:from|import)\s*\(?\s*'(\.[^']+)'/g)) {
        const [from, to] = [
          roomOf(path),
          roomOf(relative(root, join(root, dirname(path), target.replace(/\.js$/, '.ts')))),
        ];
        if (from !== to && (FOLDERS.includes(to) || to.startsWith('bot/') || to in NAMES))
          arrows.set(`${from} ${to}`, (arrows.get(`${from} ${to}`) ?? 0) + 1);
      }
    }
  return new Map([...arrows].sort(([one], [other]) => (one < other ? -1 : 1)));
}

/** Without the arrows that follow from others: a room that imports another knows what is below that one. */
function reduced(arrows: readonly (readonly [string, string])[]): readonly (readonly [string, string])[] {
  const next = (room: string) => arrows.filter(([from]) => from === room).map(([, to]) => to);
  const reaches = (from: string, to: string, seen = new Set<string>()): boolean =>
    next(from).some((room) => {
      if (room === to) return true;
      if (seen.has(room)) return false;
      seen.add(room);
      return reaches(room, to, seen);
    });
  return arrows.filter(([from, to]) => !next(from).some((room) => room !== to && reaches(room, to)));
}

/**
 * The rooms as a Mermaid flowchart, which GitHub draws. An arrow is "imports"; those that follow from others are left out, or
 * nothing could be seen.
 */
export function drawing(root: string): string {
  const id = (room: string) => room.replace('/', '_');
  const arrows = [...arrowsOf(root).keys()].map((arrow) => arrow.split(' ') as [string, string]);
  const rooms = [...new Set(arrows.flat())].sort();
  const shown = reduced(arrows);
  return [
    '```mermaid',
    'flowchart TD',
    ...rooms.map((room) => `  ${id(room)}["${NAMES[room] ?? room}"]`),
    ...shown.map(([from, to]) => `  ${id(from)} --> ${id(to)}`),
    '```',
  ].join('\n');
}

/** The page with its drawing made anew. Throws RangeError where the page has no place for one. */
export function withDrawing(page: string, picture: string): string {
  const [begin, end] = [page.indexOf(BEGIN), page.indexOf(END)];
  if (begin < 0 || end < begin) throw new RangeError('the page has no place for a drawing');
  return `${page.slice(0, begin + BEGIN.length)}\n\n${picture}\n\n${page.slice(end)}`;
}
