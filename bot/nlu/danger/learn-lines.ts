import { createHash } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { allPieces } from '../../../cards/content/pieces.js';
import { messagesFor } from '../../../cards/content/words.js';
import { DANGER_KINDS } from '../../../cards/crisis/danger-kinds.js';
import ar from '../content/ar/danger-lines.json' with { type: 'json' };
import bg from '../content/bg/danger-lines.json' with { type: 'json' };
import concepts from '../content/danger-concepts.json' with { type: 'json' };
import de from '../content/de/danger-lines.json' with { type: 'json' };
import englishAnswers from '../content/en/answers.json' with { type: 'json' };
import english from '../content/en/danger-lines.json' with { type: 'json' };
import englishPhrases from '../content/en/intents.json' with { type: 'json' };
import englishScreening from '../content/en/screening-lines.json' with { type: 'json' };
import es from '../content/es/danger-lines.json' with { type: 'json' };
import fr from '../content/fr/danger-lines.json' with { type: 'json' };
import dutchAnswers from '../content/nl/answers.json' with { type: 'json' };
import dutch from '../content/nl/danger-lines.json' with { type: 'json' };
import dutchPhrases from '../content/nl/intents.json' with { type: 'json' };
import dutchScreening from '../content/nl/screening-lines.json' with { type: 'json' };
import pl from '../content/pl/danger-lines.json' with { type: 'json' };
import pt from '../content/pt/danger-lines.json' with { type: 'json' };
import ro from '../content/ro/danger-lines.json' with { type: 'json' };
import ru from '../content/ru/danger-lines.json' with { type: 'json' };
import tr from '../content/tr/danger-lines.json' with { type: 'json' };
import uk from '../content/uk/danger-lines.json' with { type: 'json' };
import { tokens } from '../text/tokens.js';
import { OTHER_CONCEPTS } from './concepts.js';
import { DANGER_CONTENT } from './danger-content.js';
import type { Learned } from './judge.js';
import { type Line, learn } from './learn.js';
import { createDangerReader } from './read-danger.js';
import { readDangerTexts } from './words.js';

const ABOUT =
  'What was learned from the danger-lines.json of all languages, made by `npm run learn`: how much each bucket of words speaks for each kind of danger, for none and for its being said plainly, a signed byte each, deflated.';
/** Of the source, beside which this runs compiled. */
const FILE = fileURLToPath(new URL('../../../../bot/nlu/content/danger-learned.json', import.meta.url));
/** What people ask the bot, or write in its fields about work, is everyday; there is far more of it. */
const EVERYDAY_WEIGHT = 0.5;

/**
 * All else that is written here is about danger in none of its sentences where it holds no saying of danger. Without it
 * a quarter of all sentences about other things than people ask the bot were taken for what may be danger: few of their
 * words had been seen. It counts little, since nobody types like that.
 */
const BORROWED_WEIGHT = 0.15;
const LONGEST_BORROWED = 240;

/** A line to learn from, before it is read. */
export interface Lesson extends Omit<Line, 'parts'> {
  readonly text: string;
}

/** Every line of the content. */
export function lessonsOfContent(): readonly Lesson[] {
  const about = [dutch, english, de, fr, es, pt, pl, uk, ru, ro, bg, tr, ar].flatMap((lines) => [
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
  for (const { text } of everyday) known.add(tokens(text).join(' '));
  const borrowed = [...textsOfContent()].filter((text) => !known.has(tokens(text).join(' ')));
  return [
    ...about,
    ...everyday,
    ...borrowed.map((text) => ({ text, kind: null, sure: false, weight: BORROWED_WEIGHT })),
  ];
}

/** What the cards say but about help, and what people ask that has an answer of its own. */
function textsOfContent(): ReadonlySet<string> {
  const texts = new Set<string>();
  const left: unknown[] = [dutchAnswers, englishAnswers, allPieces()];
  for (const lang of ['nl', 'en'] as const) {
    const { crisis: _crisis, support: _support, ...messages } = messagesFor(lang);
    left.push(messages);
  }
  for (let one = left.pop(); one !== undefined; one = left.pop()) {
    if (typeof one === 'object' && one !== null)
      left.push(...Object.values(one).filter((inner) => inner !== undefined));
    else if (typeof one === 'string' && isSentence(one)) texts.add(one);
  }
  return texts;
}

function isSentence(text: string): boolean {
  return text.includes(' ') && text.length < LONGEST_BORROWED && !/[{}$]/.test(text);
}

/**
 * Changes with the lines and words about danger: tells that it has to be learned anew, without doing so. The everyday
 * lines that are borrowed from the rest of the content may change meanwhile; a few more or less do no harm.
 */
export function fingerprintOf(lessons: readonly Lesson[]): string {
  const about = lessons.filter(({ weight }) => weight === 1);
  const all = [about, concepts, OTHER_CONCEPTS, DANGER_CONTENT];
  return createHash('sha256').update(JSON.stringify(all)).digest('hex');
}

/** What lines come to; takes seconds. */
export function learnFrom(lessons: readonly Lesson[]): Learned {
  const read = createDangerReader();
  return learn(
    lessons.flatMap(({ text, ...line }) => {
      const readings = readDangerTexts(text).map(read);
      const isDoubtful =
        line.weight === BORROWED_WEIGHT && readings.some(({ candidates }) => candidates.length > 0);
      return isDoubtful ? [] : [{ ...line, parts: readings.flatMap((reading) => reading.terms()) }];
    }),
  );
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const lessons = lessonsOfContent();
  const learned = { about: ABOUT, from: fingerprintOf(lessons), ...learnFrom(lessons) };
  writeFileSync(FILE, `${JSON.stringify(learned, null, 2)}\n`);
}
