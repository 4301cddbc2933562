import { createInterface } from 'node:readline';
import { createScreening } from './screening.js';

/**
 * `npm run screen -- "text"`, or lines on stdin: one line of JSON for each line of text, nothing else on stdout.
 * The words of the command line are one text, quoted or not.
 */
async function screen(words: readonly string[]): Promise<void> {
  const screening = createScreening();
  const answer = (text: string): string => {
    const because = screening(text).flatMap((finding) => finding.words);
    return `${JSON.stringify({ text, refused: because.length > 0, because })}\n`;
  };

  if (words.length > 0) {
    process.stdout.write(answer(words.join(' ')));
    return;
  }
  for await (const line of createInterface({ input: process.stdin, crlfDelay: Number.POSITIVE_INFINITY })) {
    const room = process.stdout.write(answer(line));
    if (!room) await new Promise((resolve) => process.stdout.once('drain', resolve));
  }
}

await screen(process.argv.slice(2));
