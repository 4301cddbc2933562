import { type Picture, readPng } from './png.js';

/** Where to find the icons among the files of the package. */
export interface Icons {
  readonly color: { readonly name: string; readonly bytes: Uint8Array };
  readonly color32: { readonly name: string; readonly bytes: Uint8Array };
  readonly outline: { readonly name: string; readonly bytes: Uint8Array };
}

const COLOR_SIZE = 192;
const SMALL_SIZE = 32;

/** Says what Teams would refuse or show badly in the icons; nothing when they are good. */
export function checkIcons(icons: Icons): readonly string[] {
  return [
    ...checkIcon(icons.color.name, icons.color.bytes, COLOR_SIZE, () => []),
    ...checkIcon(icons.color32.name, icons.color32.bytes, SMALL_SIZE, checkTransparent),
    ...checkIcon(icons.outline.name, icons.outline.bytes, SMALL_SIZE, checkWhiteOnTransparent),
  ];
}

function checkIcon(
  name: string,
  bytes: Uint8Array,
  size: number,
  checkPixels: (picture: Picture) => readonly string[],
): readonly string[] {
  const picture = readPng(bytes);
  if ('problem' in picture) return [`${name} ${picture.problem}.`];
  const problems: string[] = [];
  if (picture.width !== size || picture.height !== size) {
    problems.push(`${name} must be ${size} x ${size} pixels; it is ${picture.width} x ${picture.height}.`);
  }
  return [...problems, ...checkPixels(picture).map((problem) => `${name} ${problem}`)];
}

/** It stands on the background of whoever shows it. */
function checkTransparent({ pixels }: Picture): readonly string[] {
  const alphas = pixels.filter((_, at) => at % 4 === 3);
  if (alphas.every((alpha) => alpha === 0)) return ['is empty.'];
  return alphas.includes(0) ? [] : ['has no transparent background.'];
}

/** Half-transparent white is fine: it smooths the edges. */
function checkWhiteOnTransparent({ width, pixels }: Picture): readonly string[] {
  let white = 0;
  let clear = 0;
  for (let at = 0; at < pixels.length; at += 4) {
    const [red, green, blue, alpha] = pixels.subarray(at, at + 4);
    if (alpha === 0) clear += 1;
    else if (red === 255 && green === 255 && blue === 255) white += 1;
    else return [`may hold only white and transparent; look at pixel ${describePixel(at / 4, width)}.`];
  }
  if (white === 0) return ['is empty: it has no white pixel.'];
  return clear === 0 ? ['has no transparent background.'] : [];
}

function describePixel(index: number, width: number): string {
  return `${index % width} across, ${Math.floor(index / width)} down`;
}
