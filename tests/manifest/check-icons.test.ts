import { readFileSync } from 'node:fs';
import { strToU8, zlibSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { checkIcons } from '../../manifest/check-icons.js';
import { faultsOf } from '../support/faults.js';

type Pixel = readonly [red: number, green: number, blue: number, alpha: number];

const COLOR = drawn('color.png');
const COLOR32 = drawn('color32.png');
const OUTLINE = drawn('outline.png');
const CLEAR: Pixel = [0, 0, 0, 0];
const WHITE: Pixel = [255, 255, 255, 255];

describe('check-icons', () => {
  it('is content with the icons as drawn, and with half-transparent white at the edges of the outline', () => {
    expect(check(COLOR, OUTLINE)).toEqual([]);
    expect(
      check(
        COLOR,
        picture(32, (x) => (x === 5 ? [255, 255, 255, 90] : CLEAR)),
      ),
    ).toEqual([]);
  });

  it('refuses a colour icon that Teams would refuse, large or small', async () => {
    expect(
      await faultsOf(
        [
          ['is no picture', strToU8('a cup of coffee'), 'color.png is not a PNG file.'],
          ['is cut off', COLOR.slice(0, 900), 'color.png is a damaged PNG file.'],
          ['stops after its first bytes', COLOR.slice(0, 10), 'color.png is a damaged PNG file.'],
          ['has the wrong size', OUTLINE, 'color.png must be 192 x 192 pixels; it is 32 x 32.'],
          [
            'is a PNG of a kind that cannot be checked',
            picture(192, () => WHITE, 3),
            'color.png must be a PNG with 8 bits a channel, in RGB or RGBA, not interlaced.',
          ],
        ],
        (_, bytes, problem) => {
          expect(check(bytes, OUTLINE)).toEqual([problem]);
        },
      ),
    ).toEqual([]);
    expect(
      await faultsOf(
        [
          ['has a ground', picture(32, () => WHITE), 'color32.png has no transparent background.'],
          ['is empty', picture(32, () => CLEAR), 'color32.png is empty.'],
          ['has the wrong size', COLOR, 'color32.png must be 32 x 32 pixels; it is 192 x 192.'],
        ],
        (_, bytes, problem) => {
          expect(check(COLOR, OUTLINE, bytes)).toContain(problem);
        },
      ),
    ).toEqual([]);
  });

  it('refuses an outline that Teams would refuse', async () => {
    expect(
      await faultsOf(
        [
          [
            'has another colour than white',
            picture(32, (x, y) => (x === 3 && y === 4 ? [255, 254, 255, 255] : CLEAR)),
            'outline.png may hold only white and transparent; look at pixel 3 across, 4 down.',
          ],
          ['has a white ground', picture(32, () => WHITE), 'outline.png has no transparent background.'],
          ['is empty', picture(32, () => CLEAR), 'outline.png is empty: it has no white pixel.'],
        ],
        (_, bytes, problem) => {
          expect(check(COLOR, bytes)).toEqual([problem]);
        },
      ),
    ).toEqual([]);
  });
});

function drawn(name: string): Uint8Array {
  return new Uint8Array(readFileSync(new URL(`../../manifest/${name}`, import.meta.url)));
}

function check(color: Uint8Array, outline: Uint8Array, color32 = COLOR32): readonly string[] {
  return checkIcons({
    color: { name: 'color.png', bytes: color },
    color32: { name: 'color32.png', bytes: color32 },
    outline: { name: 'outline.png', bytes: outline },
  });
}

function picture(size: number, pixel: (x: number, y: number) => Pixel, colourType = 6): Uint8Array {
  const numbers = Array.from({ length: size }, (_, at) => at);
  const rows = numbers.flatMap((y) => [0, ...numbers.flatMap((x) => pixel(x, y))]);
  const side = [0, 0, 0, size];
  return Uint8Array.from([
    ...[0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a],
    ...chunk('IHDR', [...side, ...side, 8, colourType, 0, 0, 0]),
    ...chunk('IDAT', [...zlibSync(Uint8Array.from(rows))]),
    ...chunk('IEND', []),
  ]);
}

function chunk(type: string, data: readonly number[]): readonly number[] {
  return [0, 0, data.length >> 8, data.length & 255, ...strToU8(type), ...data, 0, 0, 0, 0];
}
