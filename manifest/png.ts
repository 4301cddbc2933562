import { inflateSync } from 'node:zlib';

/** A decoded picture: four bytes (red, green, blue, alpha) for each pixel, row by row. */
export interface Picture {
  readonly width: number;
  readonly height: number;
  readonly pixels: Uint8Array;
}

const SIGNATURE = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];
const CHANNELS_BY_COLOUR_TYPE: Readonly<Record<number, number>> = { 2: 3, 6: 4 };

/** Reads a PNG with 8 bits a channel, with or without transparency; anything else comes back as a reason. */
export function readPng(bytes: Uint8Array): Picture | { readonly problem: string } {
  if (!SIGNATURE.every((byte, at) => bytes[at] === byte)) return { problem: 'is not a PNG file' };
  const chunks = readChunks(bytes);
  const header = chunks.find((chunk) => chunk.type === 'IHDR')?.data;
  if (header?.length !== 13) return { problem: 'is a damaged PNG file' };
  const channels = CHANNELS_BY_COLOUR_TYPE[header[9] ?? -1];
  if (header[8] !== 8 || header[12] !== 0 || !channels) {
    return { problem: 'must be a PNG with 8 bits a channel, in RGB or RGBA, not interlaced' };
  }
  const view = new DataView(header.buffer, header.byteOffset);
  const [width, height] = [view.getUint32(0), view.getUint32(4)];
  const rows = inflate(chunks.filter((chunk) => chunk.type === 'IDAT').map((chunk) => chunk.data));
  if (!rows || rows.length !== height * (width * channels + 1)) return { problem: 'is a damaged PNG file' };
  return { width, height, pixels: toRgba(unfilter(rows, width * channels, channels), channels) };
}

interface Chunk {
  readonly type: string;
  readonly data: Uint8Array;
}

function readChunks(bytes: Uint8Array): readonly Chunk[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const chunks: Chunk[] = [];
  let at = SIGNATURE.length;
  while (at + 12 <= bytes.length) {
    const length = view.getUint32(at);
    const type = String.fromCharCode(...bytes.subarray(at + 4, at + 8));
    chunks.push({ type, data: bytes.subarray(at + 8, at + 8 + length) });
    at += 12 + length;
  }
  return chunks;
}

function inflate(parts: readonly Uint8Array[]): Uint8Array | undefined {
  try {
    return inflateSync(Buffer.concat(parts));
  } catch {
    return undefined;
  }
}

/** Undoes the filter that each PNG row names in its first byte. */
function unfilter(rows: Uint8Array, rowBytes: number, channels: number): Uint8Array {
  const height = rows.length / (rowBytes + 1);
  const out = new Uint8Array(height * rowBytes);
  for (let y = 0; y < height; y += 1) {
    const filter = rows[y * (rowBytes + 1)];
    for (let x = 0; x < rowBytes; x += 1) {
      const at = y * rowBytes + x;
      const left = x >= channels ? (out[at - channels] ?? 0) : 0;
      const up = y > 0 ? (out[at - rowBytes] ?? 0) : 0;
      const upLeft = x >= channels && y > 0 ? (out[at - rowBytes - channels] ?? 0) : 0;
      out[at] = (rows[y * (rowBytes + 1) + 1 + x] ?? 0) + predict(filter, left, up, upLeft);
    }
  }
  return out;
}

function predict(filter: number | undefined, left: number, up: number, upLeft: number): number {
  if (filter === 1) return left;
  if (filter === 2) return up;
  if (filter === 3) return (left + up) >> 1;
  if (filter !== 4) return 0;
  const estimate = left + up - upLeft;
  const [toLeft, toUp, toUpLeft] = [left, up, upLeft].map((value) => Math.abs(estimate - value)) as [
    number,
    number,
    number,
  ];
  if (toLeft <= toUp && toLeft <= toUpLeft) return left;
  return toUp <= toUpLeft ? up : upLeft;
}

function toRgba(samples: Uint8Array, channels: number): Uint8Array {
  if (channels === 4) return samples;
  const pixels = new Uint8Array((samples.length / channels) * 4).fill(255);
  for (let at = 0; at < samples.length; at += channels) {
    pixels.set(samples.subarray(at, at + channels), (at / channels) * 4);
  }
  return pixels;
}
