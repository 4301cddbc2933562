import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, it } from 'vitest';

const ASK = fileURLToPath(new URL('../../../dist/bot/nlu/ask.js', import.meta.url));

type Answer = {
  readonly text: string;
  readonly intent: string;
  readonly lang: string;
  readonly answer: string;
  readonly shows: readonly string[];
};
/** What is asked, each on a line of its own: one process learns the words for all of them. */
const LINES = [
  ...['mag ik vragen wat hij heeft', 'ik wil niet meer leven'],
  'mijn baas is zo gemeen en ik kan er niet meer tegen',
  ...['hallo', 'wat is de hoofdstad van frankrijk'],
  ...['opnieuw', 'again', 'nog een keer', 'xyzzy werk'],
  ...['hello', '', 'dilemma'],
];

// The compiled file is what people run; `npm test` builds before it tests.
describe.skipIf(!existsSync(ASK))('ask', () => {
  let out: string;
  let answers: readonly Answer[];
  beforeAll(() => {
    // The last line is without a newline.
    out = ask([], LINES.join('\n'));
    answers = out
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line));
  });
  const to = (text: string) => answers.find((one) => one.text === text) ?? expect.fail(text);

  it('answers the text of the command line with one line of JSON', () => {
    const out = ask(['hoe begin ik het gesprek']);
    expect(out.split('\n')).toHaveLength(2);
    expect(JSON.parse(out)).toMatchObject({
      text: 'hoe begin ik het gesprek',
      intent: 'conversation',
      confidence: 1,
      lang: 'nl',
      answer: 'conversation',
      shows: [expect.any(String), expect.any(String), expect.any(String), expect.any(String)],
    });
  });

  it('prints what is seen first: the answer itself, or danger with the number to call', () => {
    const { answer, shows } = to('mag ik vragen wat hij heeft');
    expect(answer).toBe('sick-ask-cause');
    expect(shows[1]).toMatch(/^Nee\./);
    const danger = to('ik wil niet meer leven');
    expect(danger.intent).toBe('crisis');
    expect(danger.shows.join(' ')).toContain('113');
  });

  it('prints the line of help above an answer where the words may point to danger', () => {
    const { intent, shows } = to('mijn baas is zo gemeen en ik kan er niet meer tegen');
    expect(shows.join(' '), intent).toContain('113');
  });

  it('prints what stands on the menu', () => {
    expect(to('hallo').shows).toContain('Waarmee kan ik je helpen?');
    expect(to('wat is de hoofdstad van frankrijk').shows.join(' ')).toContain('Dat begreep ik niet');
  });

  it('offers no choice without a name', () => {
    expect(out).not.toContain('${');
  });

  it('answers each line of stdin, empty ones too, the last without a newline, and nothing to nothing', () => {
    expect(answers.map(({ text }) => text)).toEqual(LINES);
    const kinds = ['hello', '', 'dilemma'].map(to).map(({ intent, lang }) => [intent, lang]);
    expect(kinds).toEqual([
      ['menu', 'en'],
      ['unknown', 'nl'],
      ['dilemmas', 'nl'],
    ]);
    expect(ask([], '')).toBe('');
  });
});

function ask(words: readonly string[], input = ''): string {
  return execFileSync(process.execPath, [ASK, ...words], { input, encoding: 'utf8' });
}
