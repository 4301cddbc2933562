import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { escapeMarkdown, oneLine, stripMarkdown, withoutEscapes } from '../../cards/plain.js';
import { faultsOf } from '../support/faults.js';

/** Letters, marks and signs that show nothing, though some of them count as letters. */
const INVISIBLE = (
  '2800 3164 115F 1160 FFA0 17B4 17B5 034F 180B 180E 200B 200C 200D 200E 2028 2029 202E 2060 2064 2066 3000 00A0 00AD ' +
  '061C FE0F FEFF FFF9 E0001 E0100 1D173'
).split(' ');

describe('text of people', () => {
  it('is read without its markup', async () => {
    expect(
      await faultsOf(
        [
          ['a control character', 'Ro\u0000os\u009f', 'Ro os'],
          ['a mark that turns what follows', '\u202eRoos\u202c', 'Roos'],
          ['a soft hyphen', 'mi\u00adgraine', 'migraine'],
          ['a blank without width', 'Ro\u200bos\ufeff', 'Roos'],
          ['a line break', ' Roos\r\n\u2028Bakker ', 'Roos Bakker'],
        ],
        (_what, typed, read) => {
          expect([oneLine(typed), escapeMarkdown(typed), stripMarkdown(typed)]).toEqual([read, read, read]);
        },
      ),
    ).toEqual([]);
  });

  it('keeps joined emoji and the marks that other scripts need', () => {
    for (const typed of ['👩‍💻', 'می‌خواهم', 'Zoë Ĳsbrand', 'רוז\u200f']) expect(oneLine(typed)).toBe(typed);
  });

  it('is nothing when nothing of it can be seen', () => {
    expect(['\u200d\u200e', '\u0000 \u2066', ' '].map(oneLine)).toEqual(['', '', '']);
  });

  it('is nothing when what nobody sees stands alone, and shows no more where it stands in a name', async () => {
    expect(
      await faultsOf(INVISIBLE, (code) => {
        const letter = String.fromCodePoint(Number.parseInt(code, 16));
        expect([letter, `${letter} ${letter}`].map(oneLine)).toEqual(['', '']);
        expect(escapeMarkdown(`Roos${letter}`).replace(letter, '').trim()).toBe('Roos');
      }),
    ).toEqual([]);
  });

  it('shows as it was typed where no markdown is read', async () => {
    expect(
      await faultsOf(
        ['Jansen, Jan (Extern)', 'a_b *c* [d](e)', '1. Jan', '- Jan', 'AC\\DC', '{name} | <b> ~#`'],
        (typed) => {
          expect(withoutEscapes(escapeMarkdown(typed))).toBe(typed);
        },
      ),
    ).toEqual([]);
  });

  it('shows as it was typed where no markdown is read, whatever it is', () => {
    const signs = fc.constantFrom(...'\\`*_[]()~<>#|{}-+.)1ab ');
    fc.assert(
      fc.property(fc.string({ unit: fc.oneof(signs, fc.string()) }), (typed) => {
        // Only what keeps an address from becoming a link is added, and is not seen.
        expect(withoutEscapes(escapeMarkdown(typed)).replaceAll('\u2060', '')).toBe(oneLine(typed));
      }),
    );
  });
});
