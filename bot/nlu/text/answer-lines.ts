import { createInterface } from 'node:readline';

/**
 * A program that answers texts: the words of its command line as one text, quoted or not; without any, each line of
 * stdin. One line of JSON for each text, and nothing else on stdout.
 */
export async function answerLines(words: readonly string[], answer: (text: string) => object): Promise<void> {
  const write = (text: string) => process.stdout.write(`${JSON.stringify(answer(text))}\n`);
  if (words.length > 0) {
    write(words.join(' '));
    return;
  }
  for await (const line of createInterface({ input: process.stdin, crlfDelay: Number.POSITIVE_INFINITY }))
    if (!write(line)) await new Promise((resolve) => process.stdout.once('drain', resolve));
}
