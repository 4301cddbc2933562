import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import {
  copiedFrom,
  countContent,
  countPatterns,
  exceptionsNotNeeded,
  problemsOfContent,
} from './content-check.js';

/** Where the guides lie, seen from the project's root, unless told otherwise. */
const SOURCES = '../shared/sources';

/** `npm run content [-- --sources folder]`: what there is, by guide and kind; exit code 1 when something is wrong. */
function report(folder: string): number {
  const counts = countContent();
  const widest = Math.max(...counts.map(({ kind }) => kind.length));
  const lines = counts.map(({ guide, kind, pieces, entries }) => {
    const counted = [pieces > 0 ? `${pieces} cards` : '', entries > 0 ? `${entries} entries` : ''];
    return `${guide.padEnd(8)}${kind.padEnd(widest + 2)}${counted.filter((text) => text !== '').join(', ')}`;
  });
  const pieces = counts.reduce((sum, count) => sum + count.pieces, 0);
  const patterns = countPatterns();
  const habits = patterns.map(({ pattern: { lang, id, what, except = [] }, found }) => {
    const spared = except.length === 0 ? '' : `, ${except.length} excepted`;
    return `${lang}  ${id.padEnd(22)}${String(found.length).padStart(3)}  ${what}${spared}`;
  });
  const problems = [
    ...problemsOfContent(),
    ...patterns.flatMap(({ found }) => found),
    ...exceptionsNotNeeded(),
    ...copies(folder),
  ];
  process.stdout.write(`${lines.join('\n')}\n${pieces} pieces in two languages\n`);
  process.stdout.write(`\nread twice:\n${habits.join('\n')}\n`);
  if (!existsSync(folder)) {
    process.stdout.write('the guides are not here: the comparison with them was left out\n');
  }
  for (const problem of problems) process.stderr.write(`${problem}\n`);
  process.stdout.write(problems.length === 0 ? 'nothing wrong\n' : `${problems.length} wrong\n`);
  return problems.length === 0 ? 0 : 1;
}

function copies(folder: string): readonly string[] {
  if (!existsSync(folder)) return [];
  const guides = readdirSync(folder).filter((name) => name.endsWith('.txt'));
  if (guides.length === 0) return [`${folder}: holds no guide`];
  return copiedFrom(guides.map((name) => readFileSync(join(folder, name), 'utf8')));
}

const { values } = parseArgs({ options: { sources: { type: 'string' } } });
const root = fileURLToPath(new URL('../../..', import.meta.url));
process.exitCode = report(values.sources ?? join(root, SOURCES));
