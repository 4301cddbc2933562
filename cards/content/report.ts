import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import {
  copiedFrom,
  countContent,
  countPatterns,
  exceptionsNotNeeded,
  missingWords,
  problemsOfContent,
} from './content-check.js';
import { countCovered, leftOut } from './coverage.js';
import { guideRuns } from './guide-runs.js';
import knownRuns from './guide-runs.json' with { type: 'json' };

/** Where the guides lie, seen from the project's root, unless told otherwise. */
const SOURCES = '../shared/sources';
/** What copied sentences are found by, seen from the same root: a clone without the guides compares with it. */
const FINGERPRINT = 'cards/content/guide-runs.json';

/**
 * `npm run content [-- --sources folder] [-- --fingerprint]`: what there is, by guide and kind, and how much of each
 * guide; exit code 1 when something is wrong. `--fingerprint` writes anew what copied sentences are found by.
 */
function report(folder: string, writes: boolean): number {
  const missing = missingWords();
  if (missing.length > 0) return wrong(missing);
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
    ...copiedFrom(),
    ...(writes ? [] : fingerprintProblems(folder)),
  ];
  process.stdout.write(`${lines.join('\n')}\n${pieces} pieces in two languages\n`);
  process.stdout.write(`\nread twice:\n${habits.join('\n')}\n`);
  const covered = countCovered().map(({ guide, asked, there }) => {
    const share = Math.round((100 * there) / asked);
    return `${guide.padEnd(8)}${there} of ${asked} (${share} percent)`;
  });
  process.stdout.write(`\nof what each guide asks or tells:\n${covered.join('\n')}\n`);
  process.stdout.write(`\nleft out:\n${leftOut().join('\n')}\n\n`);
  if (writes) writeFileSync(join(root, FINGERPRINT), `${JSON.stringify(guideRuns(guidesIn(folder)))}\n`);
  return wrong(problems);
}

/** Prints what is wrong, and gives the exit code. */
function wrong(problems: readonly string[]): number {
  for (const problem of problems) process.stderr.write(`${problem}\n`);
  process.stdout.write(problems.length === 0 ? 'nothing wrong\n' : `${problems.length} wrong\n`);
  return problems.length === 0 ? 0 : 1;
}

/** Guides that lie here and differ from those that the fingerprint was made of. */
function fingerprintProblems(folder: string): readonly string[] {
  if (!existsSync(folder)) return [];
  const guides = guidesIn(folder);
  if (Object.keys(guides).length === 0) return [`${folder}: holds no guide`];
  return guideRuns(guides).hashes === knownRuns.hashes
    ? []
    : [`${folder}: differs from the fingerprint of the guides; write it anew with --fingerprint`];
}

function guidesIn(folder: string): Record<string, string> {
  const names = readdirSync(folder).filter((name) => name.endsWith('.txt'));
  return Object.fromEntries(names.sort().map((name) => [name, readFileSync(join(folder, name), 'utf8')]));
}

const { values } = parseArgs({ options: { sources: { type: 'string' }, fingerprint: { type: 'boolean' } } });
const root = fileURLToPath(new URL('../../..', import.meta.url));
process.exitCode = report(values.sources ?? join(root, SOURCES), values.fingerprint === true);
