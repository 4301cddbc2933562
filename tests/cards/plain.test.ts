import { describe, expect, it } from 'vitest';
import { bare, oneLine, plain } from '../../cards/plain.js';

describe('text of people', () => {
  it.each([
    ['a control character', 'Ro\u0000os\u009f', 'Ro os'],
    ['a mark that turns what follows', '\u202eRoos\u202c', 'Roos'],
    ['a soft hyphen', 'mi\u00adgraine', 'migraine'],
    ['a blank without width', 'Ro\u200bos\ufeff', 'Roos'],
    ['a line break', ' Roos\r\n\u2028Bakker ', 'Roos Bakker'],
  ])('is read without %s', (_what, typed, read) => {
    expect([oneLine(typed), plain(typed), bare(typed)]).toEqual([read, read, read]);
  });

  it('keeps joined emoji and the marks that other scripts need', () => {
    for (const typed of ['👩‍💻', 'می‌خواهم', 'Zoë Ĳsbrand', 'רוז\u200f']) expect(oneLine(typed)).toBe(typed);
  });

  it('is nothing when nothing of it can be seen', () => {
    expect(['\u200d\u200e', '\u0000 \u2066', ' '].map(oneLine)).toEqual(['', '', '']);
  });
});
