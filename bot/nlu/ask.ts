import { maybeLine } from '../../cards/crisis/maybe.js';
import { createDanger } from './danger/danger.js';
import { firstSight } from './first-sight.js';
import { answerLines } from './text/answer-lines.js';
import { createUnderstanding } from './understand.js';

/**
 * `npm run ask`: `answer` is the id of what is shown first, `shows` its first lines as they are read, the line of help
 * above them where the words may point to danger.
 */
const judgeDanger = createDanger();
const understand = createUnderstanding(judgeDanger);

await answerLines(process.argv.slice(2), (text) => {
  const understood = understand(text);
  const { intent, confidence } = understood;
  const lang = understood.lang ?? 'nl';
  const { step, kind } = judgeDanger(text);
  const { answer, shows } = firstSight(understood, lang, kind);
  const help = step === 'maybe' && kind !== null ? [maybeLine(lang, kind)] : [];
  return { text, intent, confidence, lang, answer, shows: [...help, ...shows] };
});
