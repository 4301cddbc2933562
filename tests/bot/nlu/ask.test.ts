import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const ASK = fileURLToPath(new URL('../../../dist/bot/nlu/ask.js', import.meta.url));

// The compiled file is what people run; `npm test` builds before it tests.
describe.skipIf(!existsSync(ASK))('ask', () => {
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
    const { answer, shows } = JSON.parse(ask(['mag ik vragen wat hij heeft']));
    expect(answer).toBe('sick-ask-cause');
    expect(shows[1]).toMatch(/^Nee\./);
    {
      const { intent, shows } = JSON.parse(ask(['ik wil niet meer leven']));
      expect(intent).toBe('crisis');
      expect(shows.join(' ')).toContain('113');
    }
  });

  it('prints the line of help above an answer where the words may point to danger', () => {
    const { intent, shows } = JSON.parse(ask(['mijn baas is zo gemeen en ik kan er niet meer tegen']));
    expect(shows.join(' '), intent).toContain('113');
  });

  it('prints what stands on the menu', () => {
    const [hello, unknown] = ask([], 'hallo\nwat is de hoofdstad van frankrijk\n')
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(hello.shows).toContain('Waarmee kan ik je helpen?');
    expect(unknown.shows.join(' ')).toContain('Dat begreep ik niet');
  });

  it('offers no choice without a name', () => {
    const lines = ask([], ['opnieuw', 'again', 'nog een keer', 'xyzzy werk'].join('\n')).trimEnd();
    expect(lines).not.toContain('${');
  });

  it('answers each line of stdin, empty ones too, the last without a newline, and nothing to nothing', () => {
    const lines = ask([], 'hello\n\ndilemma\n')
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(lines.map(({ text, intent, lang }) => [text, intent, lang])).toEqual([
      ['hello', 'menu', 'en'],
      ['', 'unknown', 'nl'],
      ['dilemma', 'dilemmas', 'nl'],
    ]);
    expect(ask([], 'hoi').split('\n')).toHaveLength(2);
    expect(ask([], '')).toBe('');
  });
});

function ask(words: readonly string[], input = ''): string {
  return execFileSync(process.execPath, [ASK, ...words], { input, encoding: 'utf8' });
}
