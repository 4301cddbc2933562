import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const SCREEN = fileURLToPath(new URL('../../../../dist/bot/nlu/screening/screen.js', import.meta.url));

// The compiled file is what people run; `npm test` builds before it tests.
describe.skipIf(!existsSync(SCREEN))('screen', () => {
  it('answers the words of the command line as one text, with one line of JSON', () => {
    expect(screen(['Vanwege', 'haar burn-out', 'minder uren'])).toBe(
      '{"text":"Vanwege haar burn-out minder uren","refused":true,"because":["burn-out"]}\n',
    );
  });

  it('answers each line of stdin, empty ones too, and nothing to nothing', () => {
    const lines = screen([], 'rustige werkplek\n\nis zwanger\r\n')
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(lines).toEqual([
      { text: 'rustige werkplek', refused: false, because: [] },
      { text: '', refused: false, because: [] },
      { text: 'is zwanger', refused: true, because: ['is zwanger'] },
    ]);
    expect(screen([], '')).toBe('');
  });
});

function screen(words: readonly string[], input = ''): string {
  return execFileSync(process.execPath, [SCREEN, ...words], { input, encoding: 'utf8' });
}
