import { createInterface } from 'node:readline';
import { firstSight } from './first-sight.js';
import { createUnderstanding } from './understand.js';

/**
 * `npm run ask -- "text"`, or lines on stdin: one line of JSON for each line of text, nothing else on stdout; `answer`
 * is the id of what is shown first, `shows` its first lines as they are read.
 * The words of the command line are one text, quoted or not.
 */
async function ask(words: readonly string[]): Promise<void> {
  const understand = createUnderstanding();
  const answer = (text: string): string => {
    const understood = understand(text);
    const { intent, confidence } = understood;
    const lang = understood.lang ?? 'nl';
    return `${JSON.stringify({ text, intent, confidence, lang, ...firstSight(understood, lang) })}\n`;
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

await ask(process.argv.slice(2));
