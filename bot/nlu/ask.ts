import { createDanger } from './danger/danger.js';
import { firstSight } from './first-sight.js';
import { answerLines } from './text/answer-lines.js';
import { createUnderstanding } from './understand.js';

/** `npm run ask`: `answer` is the id of what is shown first, `shows` its first lines as they are read. */
const judgeDanger = createDanger();
const understand = createUnderstanding(judgeDanger);

await answerLines(process.argv.slice(2), (text) => {
  const understood = understand(text);
  const { intent, confidence } = understood;
  const lang = understood.lang ?? 'nl';
  return { text, intent, confidence, lang, ...firstSight(understood, lang, judgeDanger(text).kind) };
});
