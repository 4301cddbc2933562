import { answerLines } from '../text/answer-lines.js';
import { createDanger } from './danger.js';

/** `npm run danger`: how surely a text shows danger, of which kind, and in which language. */
const judge = createDanger();

await answerLines(process.argv.slice(2), (text) => {
  const { step, kind, lang } = judge(text);
  return { text, step, kind, lang: lang ?? 'nl' };
});
