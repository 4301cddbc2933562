import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import englishWords from '../content/en/screening.json' with { type: 'json' };
import english from '../content/en/screening-lines.json' with { type: 'json' };
import dutchWords from '../content/nl/screening.json' with { type: 'json' };
import dutch from '../content/nl/screening-lines.json' with { type: 'json' };
import { createReader } from './candidates.js';
import type { Learned } from './judge.js';
import { learn } from './learn.js';
import { compileContent } from './rules.js';

const ABOUT =
  'What was learned from the screening-lines.json of both languages, made by `npm run learn`: how much each bucket of words speaks for refusing, a signed byte each.';
/** Of the source, beside which this runs compiled. */
const FILE = fileURLToPath(new URL('../../../../bot/nlu/content/screening-learned.json', import.meta.url));

/** What the lines in the content come to; takes seconds. */
export function learnFromContent(): Learned {
  const read = createReader([compileContent('nl', dutchWords), compileContent('en', englishWords)]);
  return learn({
    kept: [...dutch.kept, ...english.kept].map(read),
    refused: [...dutch.refused, ...english.refused].map(read),
  });
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  writeFileSync(FILE, `${JSON.stringify({ about: ABOUT, ...learnFromContent() }, null, 2)}\n`);
}
