import { createHash } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { DANGER_KINDS } from '../../../cards/crisis/danger-kinds.js';
import concepts from '../content/danger-concepts.json' with { type: 'json' };
import english from '../content/en/danger-lines.json' with { type: 'json' };
import englishPhrases from '../content/en/intents.json' with { type: 'json' };
import englishScreening from '../content/en/screening-lines.json' with { type: 'json' };
import dutch from '../content/nl/danger-lines.json' with { type: 'json' };
import dutchPhrases from '../content/nl/intents.json' with { type: 'json' };
import dutchScreening from '../content/nl/screening-lines.json' with { type: 'json' };
import { tokens } from '../text/tokens.js';
import { DANGER_CONTENT, JUDGED_LANGS } from './danger-content.js';
import type { Learned } from './judge.js';
import { type Line, learn } from './learn.js';
import { createDangerReader } from './read-danger.js';
import { readDangerTexts } from './words.js';

const ABOUT =
  'What was learned from the danger-lines.json of both languages, made by `npm run learn`: how much each bucket of words speaks for each kind of danger, for none and for its being said plainly, a signed byte each, deflated.';
/** Of the source, beside which this runs compiled. */
const FILE = fileURLToPath(new URL('../../../../bot/nlu/content/danger-learned.json', import.meta.url));
/** What people ask the bot, or write in its fields about work, is everyday; there is far more of it. */
const EVERYDAY_WEIGHT = 0.5;

/** A line to learn from, before it is read. */
export interface Lesson extends Omit<Line, 'parts'> {
  readonly text: string;
}

/** Every line of the content. */
export function lessonsOfContent(): readonly Lesson[] {
  const about = [dutch, english].flatMap((lines) => [
    ...DANGER_KINDS.flatMap((kind) => [
      ...lines.sure[kind].map((text) => ({ text, kind, sure: true, weight: 1 })),
      ...lines.maybe[kind].map((text) => ({ text, kind, sure: false, weight: 1 })),
    ]),
    ...lines.none.map((text) => ({ text, kind: null, sure: false, weight: 1 })),
  ]);
  const phrases = [dutchPhrases, englishPhrases].flatMap(({ crisis: _, ...others }) =>
    Object.values(others).flat(),
  );
  const fields = [dutchScreening, englishScreening].flatMap(({ kept }) => kept);
  // Who asks for support may say what happened: "ik ben verkracht" is an example of that intent too.
  const known = new Set(about.map(({ text }) => tokens(text).join(' ')));
  const ordinary = [...phrases, ...fields].filter((text) => !known.has(tokens(text).join(' ')));
  const everyday = ordinary.map((text) => ({
    text,
    kind: null,
    sure: false,
    weight: EVERYDAY_WEIGHT,
  }));
  return [...about, ...everyday];
}

/**
 * Changes with the lines and words about danger: tells that it has to be learned anew, without doing so. The everyday
 * lines that are borrowed from the rest of the content may change meanwhile; a few more or less do no harm.
 */
export function fingerprintOf(lessons: readonly Lesson[]): string {
  const about = lessons.filter(({ weight }) => weight === 1);
  const all = [about, concepts, JUDGED_LANGS.map((lang) => DANGER_CONTENT[lang])];
  return createHash('sha256').update(JSON.stringify(all)).digest('hex');
}

/** What lines come to; takes seconds. */
export function learnFrom(lessons: readonly Lesson[]): Learned {
  const read = createDangerReader();
  return learn(
    lessons.map(({ text, ...line }) => ({
      ...line,
      parts: readDangerTexts(text).flatMap((one) => read(one).terms()),
    })),
  );
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const lessons = lessonsOfContent();
  const learned = { about: ABOUT, from: fingerprintOf(lessons), ...learnFrom(lessons) };
  writeFileSync(FILE, `${JSON.stringify(learned, null, 2)}\n`);
}
