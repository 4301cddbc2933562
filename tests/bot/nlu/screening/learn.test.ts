import { describe, expect, it } from 'vitest';
import english from '../../../../bot/nlu/content/en/screening-lines.json' with { type: 'json' };
import dutch from '../../../../bot/nlu/content/nl/screening-lines.json' with { type: 'json' };
import learned from '../../../../bot/nlu/content/screening-learned.json' with { type: 'json' };
import type { Read } from '../../../../bot/nlu/screening/candidates.js';
import { createJudge, type Learned } from '../../../../bot/nlu/screening/judge.js';
import { learn } from '../../../../bot/nlu/screening/learn.js';
import { learnFromContent } from '../../../../bot/nlu/screening/learn-lines.js';
import { readWords } from '../../../../bot/nlu/screening/read.js';

const bytesOf = ({ weights }: Learned) => new Int8Array(Buffer.from(weights, 'base64'));

/** A text in which the first word was found. */
function found(text: string): Read {
  const words = readWords(text);
  return { words, candidates: [{ first: 0, last: 0, group: 'illness' }], sets: words.map(() => []) };
}

describe('what is learned', () => {
  it('is what the words and lines of the content come to; if not, run `npm run learn`', () => {
    const anew = learnFromContent();
    expect(anew.step).toBeCloseTo(learned.step, 6);
    const [kept, now] = [bytesOf(learned), bytesOf(anew)];
    expect(now.length).toBe(kept.length);
    // Another version of Node may round the last digit of a power otherwise.
    expect(now.findIndex((byte, at) => Math.abs(byte - (kept[at] ?? 0)) > 1)).toBe(-1);
  });

  it('is the same for the same lines, tells apart what the words beside a word tell, and says half where nothing was learned', () => {
    const lines = {
      kept: ['scheiding van het netwerk', 'scheiding van het afval', 'scheiding van glas'].map(found),
      refused: ['scheiding van zijn vrouw', 'scheiding van haar man', 'scheiding thuis'].map(found),
    };
    expect(learn(lines)).toEqual(learn(lines));
    const judge = createJudge(learn(lines));
    const chance = (text: string) => {
      const read = found(text);
      return judge(read, read.candidates[0]!);
    };
    expect(chance('scheiding van het papier')).toBeLessThan(0.4);
    expect(chance('scheiding van zijn man')).toBeGreaterThan(0.6);
    const read = found('scheiding');
    expect(createJudge({ step: 1, weights: '' })(read, read.candidates[0]!)).toBe(0.5);
  });

  it('comes from lines that stand once, with one verdict each', () => {
    const all = [dutch, english].flatMap(({ kept, refused }) => [...kept, ...refused]);
    const texts = all.map((text) => text.toLowerCase());
    expect(texts.filter((text, at) => texts.indexOf(text) !== at)).toEqual([]);
    expect(all.filter((text) => text.trim() !== text || text === '')).toEqual([]);
  });
});
