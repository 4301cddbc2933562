import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { key, keyParts, keysUnder } from '../../../../bot/store/tables/keys.js';
import { faultsOf } from '../../../support/faults.js';

/** Any text but lone surrogates, which no UTF-8 can hold; signs that mean something in keys come often. */
const part = fc.string({
  unit: fc.oneof(
    fc.constantFrom(...'|_}{/\\#?% \u0000\u007f\u0085'),
    fc.string({ unit: 'binary', minLength: 1, maxLength: 1 }),
  ),
});
const parts = fc.array(part, { minLength: 1, maxLength: 4 });

describe('keys', () => {
  it('write each part so that it can be read again, without a character that Azure refuses', async () => {
    expect(
      await faultsOf(
        [
          [
            'ids and instants as they are',
            ['a1-b2', '2027-01-12T08:00:00.000Z'],
            'a1-b2|2027-01-12T08:00:00.000Z',
          ],
          ['what Azure refuses as bytes', ['a/b\\c#d?e'], 'a_2fb_5cc_23d_3fe'],
          ['its own signs as bytes', ['a|b_c}d%'], 'a_7cb_5fc_7dd_25'],
          ['letters beyond ASCII as their UTF-8', ['é€😀'], '_c3_a9_e2_82_ac_f0_9f_98_80'],
          ['control characters as bytes', ['\u0000\n\u0085'], '_00_0a_c2_85'],
          ['empty parts', ['', 'a', ''], '|a|'],
        ],
        (_case, given, expected) => {
          expect(key(...given)).toBe(expected);
        },
      ),
    ).toEqual([]);
    fc.assert(
      fc.property(parts, (given) => {
        expect(keyParts(key(...given))).toEqual(given);
      }),
    );
    fc.assert(
      fc.property(parts, (given) => {
        expect(key(...given)).toMatch(/^[A-Za-z0-9.:@_|-]*$/);
      }),
    );
  });

  it('differ when their parts differ, and lie in the range of their first parts alone', () => {
    fc.assert(
      fc.property(parts, parts, (one, other) => {
        expect(key(...one) === key(...other)).toBe(JSON.stringify(one) === JSON.stringify(other));
      }),
    );
    fc.assert(
      fc.property(parts, parts, (start, rest) => {
        const { from, to } = keysUnder(...start);
        const whole = key(...start, ...rest);
        expect(whole >= from && whole < to).toBe(true);
      }),
    );
    const small = fc.array(fc.string({ unit: fc.constantFrom('a', 'b', '|', '}', '~', '_') }), {
      minLength: 1,
      maxLength: 3,
    });
    fc.assert(
      fc.property(small, small, (start, whole) => {
        const { from, to } = keysUnder(...start);
        const written = key(...whole);
        const under = whole.length > start.length && start.every((one, index) => whole[index] === one);
        expect(written >= from && written < to).toBe(under);
      }),
      { numRuns: 1_000 },
    );
  });

  it('sort instants in the order of time', () => {
    const at = fc.integer({ min: 0, max: Date.UTC(2100, 0, 1) });
    fc.assert(
      fc.property(at, at, (one, other) => {
        const [first, second] = [key(new Date(one).toISOString()), key(new Date(other).toISOString())];
        expect(first < second).toBe(one < other);
      }),
    );
  });
});
