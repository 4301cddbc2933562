import { createInterface } from 'node:readline';
import { createDanger } from './danger.js';

/**
 * `npm run danger -- "text"`, or lines on stdin: one line of JSON for each line of text, nothing else on stdout.
 * The words of the command line are one text, quoted or not.
 */
async function ask(words: readonly string[]): Promise<void> {
  const judge = createDanger();
  const answer = (text: string): string => {
    const { step, kind, lang } = judge(text);
    return `${JSON.stringify({ text, step, kind, lang: lang ?? 'nl' })}\n`;
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
