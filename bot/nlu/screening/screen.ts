import { answerLines } from '../text/answer-lines.js';
import { createScreening } from './screening.js';

/** `npm run screen`: whether a text would be refused, and which words did it. */
const screening = createScreening();

await answerLines(process.argv.slice(2), (text) => {
  const because = screening(text).flatMap((finding) => finding.words);
  return { text, refused: because.length > 0, because };
});
