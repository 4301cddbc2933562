import { inflateRawSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import learned from '../../../../bot/nlu/content/danger-learned.json' with { type: 'json' };
import english from '../../../../bot/nlu/content/en/danger-lines.json' with { type: 'json' };
import dutch from '../../../../bot/nlu/content/nl/danger-lines.json' with { type: 'json' };
import type { Learned } from '../../../../bot/nlu/danger/judge.js';
import { learnFrom, lessonsOfContent } from '../../../../bot/nlu/danger/learn-lines.js';
import { readTexts } from '../lines.js';

const bytesOf = ({ weights }: Learned) => new Int8Array(inflateRawSync(Buffer.from(weights, 'base64')));
const lines = [dutch, english].flatMap(({ sure, maybe, none }) => [
  ...Object.values(sure).flat(),
  ...Object.values(maybe).flat(),
  ...none,
]);

describe('what is learned of danger', () => {
  it('is what the words and lines of the content come to; if not, run `npm run learn`', () => {
    const anew = learnFrom(lessonsOfContent());
    expect(anew.steps.map((step) => step.toFixed(4))).toEqual(learned.steps.map((step) => step.toFixed(4)));
    const [kept, now] = [bytesOf(learned), bytesOf(anew)];
    expect(now.length).toBe(kept.length);
    // Another version of Node may round the last digit of a power otherwise.
    expect(now.findIndex((byte, at) => Math.abs(byte - (kept[at] ?? 0)) > 1)).toBe(-1);
  }, 60_000);

  it('comes from lines that stand once, with one verdict each', () => {
    const texts = lines.map((text) => text.toLowerCase());
    expect(texts.filter((text, at) => texts.indexOf(text) !== at)).toEqual([]);
    expect(lines.filter((text) => text.trim() !== text || text === '')).toEqual([]);
  });

  it('comes from no line that it is measured on', () => {
    const held = 'abcd'
      .split('')
      .flatMap((writer) => readTexts(`danger/held-out-${writer}.tsv`))
      .map((line) => line.split('\t')[2]);
    expect(held.length).toBeGreaterThan(400);
    expect(lines.filter((text) => held.includes(text))).toEqual([]);
  });
});
