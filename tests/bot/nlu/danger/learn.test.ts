import { describe, expect, it } from 'vitest';
import learned from '../../../../bot/nlu/content/danger-learned.json' with { type: 'json' };
import english from '../../../../bot/nlu/content/en/danger-lines.json' with { type: 'json' };
import dutch from '../../../../bot/nlu/content/nl/danger-lines.json' with { type: 'json' };
import { createJudge } from '../../../../bot/nlu/danger/judge.js';
import { fingerprintOf, learnFrom, lessonsOfContent } from '../../../../bot/nlu/danger/learn-lines.js';
import { createDangerReader } from '../../../../bot/nlu/danger/read-danger.js';
import { readDangerTexts } from '../../../../bot/nlu/danger/words.js';
import { tokens } from '../../../../bot/nlu/text/tokens.js';
import { readTexts } from '../lines.js';

const lines = [dutch, english].flatMap(({ sure, maybe, none }) => [
  ...Object.values(sure).flat(),
  ...Object.values(maybe).flat(),
  ...none,
]);

const words = (text: string | undefined) => tokens(text ?? '').join(' ');

describe('what is learned of danger', () => {
  it('is of the words and lines of this content; if not, run `npm run learn`', () => {
    expect(learned.from).toBe(fingerprintOf(lessonsOfContent()));
  });

  it('is the same for the same lines, and tells apart what stands around a word', () => {
    const lessons = [
      ...['hij slaat mij thuis', 'mijn man slaat mij', 'hij slaat haar'].map(
        (text) => ({ text, kind: 'home', sure: true, weight: 1 }) as const,
      ),
      ...['hij slaat een uur over', 'hij slaat het bestand op', 'dat slaat nergens op'].map((text) => ({
        text,
        kind: null,
        sure: false,
        weight: 1,
      })),
    ];
    const once = learnFrom(lessons);
    expect(learnFrom(lessons)).toEqual(once);
    const judge = createJudge(once);
    const read = createDangerReader();
    const danger = (text: string) =>
      judge(readDangerTexts(text).flatMap((one) => read(one).terms()))?.danger ?? 0;
    expect(danger('mijn vrouw slaat mij')).toBeGreaterThan(0.6);
    expect(danger('zij slaat het document op')).toBeLessThan(0.4);
  });

  it('comes from lines that stand once, with one verdict each, and from none that it is measured on', () => {
    const texts = lines.map((text) => text.toLowerCase());
    expect(texts.filter((text, at) => texts.indexOf(text) !== at)).toEqual([]);
    expect(lines.filter((text) => text.trim() !== text || text === '')).toEqual([]);
    const held = 'chinop'
      .split('')
      .flatMap((writer) => readTexts(`danger/held-out-${writer}.tsv`))
      .map((line) => line.split('\t')[2]);
    expect(held.length).toBeGreaterThan(600);
    const known = new Set(held.map(words));
    expect(lines.filter((text) => known.has(words(text)))).toEqual([]);
  });
});
