import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import englishWords from '../../cards/content/en/screening.json' with { type: 'json' };
import english from '../../cards/content/en/screening-lines.json' with { type: 'json' };
import dutchWords from '../../cards/content/nl/screening.json' with { type: 'json' };
import dutch from '../../cards/content/nl/screening-lines.json' with { type: 'json' };
import { createReader } from './candidates.js';
import { compileContent } from './content.js';
import type { Learned } from './judge.js';
import { learn } from './learn.js';

const ABOUT =
  'What was learned from the screening-lines.json of both languages, made by `npm run learn`: how much each bucket of words speaks for refusing, a signed byte each.';
/** Of the source, beside which this runs compiled. */
const FILE = fileURLToPath(new URL('../../../cards/content/screening-learned.json', import.meta.url));

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
