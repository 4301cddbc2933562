import { deflateRawSync, inflateRawSync } from 'node:zlib';

/** Numbers as what is learned keeps them: deflated, in base64. */
export function packNumbers(numbers: Uint8Array | Int8Array | Uint16Array | Uint32Array): string {
  return deflateRawSync(numbers, { level: 9 }).toString('base64');
}

/** The bytes of packed numbers, to be read as the kind of numbers that they were. */
export function unpackNumbers(packed: string): ArrayBuffer {
  // A copy, since numbers of several bytes have to begin at an even place.
  return Uint8Array.from(inflateRawSync(Buffer.from(packed, 'base64'))).buffer;
}

/** Where the list of each begins that lies behind those before it, and of the last where it ends. */
export function startsOf(counts: Uint16Array): Uint32Array {
  const starts = new Uint32Array(counts.length + 1);
  counts.forEach((count, at) => {
    starts[at + 1] = (starts[at] ?? 0) + count;
  });
  return starts;
}
