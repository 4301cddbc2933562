import { createHash, type Hash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { Readable, type Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip, createGzip } from 'node:zlib';
import { z } from 'zod';
import { codeOf } from '../../errors.js';

/**
 * A file of lines: JSON in UTF-8, compressed as gzip. The first line says what it is, the last one how many lines stand
 * between the two and the SHA-256 of all bytes before it. One that was cut off has no last line, one that was damaged has
 * another sum. The sum finds accidents: whoever can write the file can write a sum.
 */
export type ArchiveKind = 'backup' | 'ledger';

/** Goes up when an older reader would misread what a newer one wrote. */
const ARCHIVE_VERSION = 1;
const FORMAT = 'kopje-koffie';

const headerSchema = z.object({
  format: z.literal(FORMAT),
  kind: z.enum(['backup', 'ledger']),
  version: z.number().int(),
  /** Of which version of the bot it is. */
  app: z.string(),
  /** When it was begun, instant. */
  at: z.iso.datetime(),
  /** What the names of the tables began with. */
  prefix: z.string(),
  /** Tells with which secret a ledger was made, without telling the secret. */
  key: z.string().optional(),
});
export type ArchiveHeader = z.infer<typeof headerSchema>;
export type NewHeader = Omit<ArchiveHeader, 'format' | 'version'>;

const endSchema = z.object({ end: z.literal(true), lines: z.number().int(), sha256: z.string() });

/** What was written: lines between the first and the last, bytes before compression, and their sum. */
export type WrittenArchive = { readonly lines: number; readonly bytes: number; readonly sha256: string };
/** `problem` is a sentence for an operator. */
export type ReadArchive =
  | {
      readonly ok: true;
      readonly header: ArchiveHeader;
      readonly lines: number;
      readonly sha256: string;
    }
  | { readonly ok: false; readonly problem: string };

/** Fewer and larger pieces for the compression: a line is some 200 bytes. */
const PIECE_BYTES = 64 * 1024;
const NEW_LINE = 0x0a;
/** A row of 1 MiB in UTF-16, with room for what JSON escapes. A line beyond it is none of ours. */
const MOST_LINE_BYTES = 8 * 1024 * 1024;

/** Writes an archive; `to` stays open. What fails on the way rejects, and what was written until then has no end. */
export async function writeArchive(
  to: Writable,
  header: NewHeader,
  lines: AsyncIterable<readonly unknown[]>,
): Promise<WrittenArchive> {
  const hash = createHash('sha256');
  const total = { lines: 0, bytes: 0, sha256: '' };
  const counted = (text: string) => {
    const bytes = Buffer.from(text);
    hash.update(bytes);
    total.bytes += bytes.length;
    return bytes;
  };
  async function* pieces() {
    let piece = `${JSON.stringify({ format: FORMAT, version: ARCHIVE_VERSION, ...header })}\n`;
    for await (const line of lines) {
      piece += `${JSON.stringify(line)}\n`;
      total.lines += 1;
      if (piece.length < PIECE_BYTES) continue;
      yield counted(piece);
      piece = '';
    }
    yield counted(piece);
    total.sha256 = hash.digest('hex');
    yield Buffer.from(`${JSON.stringify({ end: true, lines: total.lines, sha256: total.sha256 })}\n`);
  }
  await pipeline(Readable.from(pieces(), { objectMode: false }), createGzip(), to, { end: false });
  return total;
}

/** What is done with an archive while it is read. */
export type ArchiveReader = {
  /** Looks at the first line; a sentence for an operator ends the reading there. */
  readonly begin?: (header: ArchiveHeader) => string | null;
  readonly line: (values: readonly unknown[]) => Promise<void> | undefined;
};

/**
 * Reads an archive line by line. That it is whole is known only at its end: whoever writes what is in it reads it once
 * before. What `line` throws comes through; whatever is wrong with the file is an answer.
 */
export async function readArchive(
  { path, kind, app }: { readonly path: string; readonly kind: ArchiveKind; readonly app: string },
  reader: ArchiveReader,
): Promise<ReadArchive> {
  const hash = createHash('sha256');
  let header: ArchiveHeader | null = null;
  let end: z.infer<typeof endSchema> | null = null;
  let lines = 0;
  try {
    for await (const bytes of linesIn(path)) {
      if (end !== null) return damaged(path, 'something stands behind its end');
      if (header === null) {
        const first = headerIn(bytes, path, kind, app);
        if (typeof first === 'string') return { ok: false, problem: first };
        const problem = reader.begin?.(first) ?? null;
        if (problem !== null) return { ok: false, problem };
        header = first;
        add(hash, bytes);
        continue;
      }
      const value = parsed(bytes);
      if (Array.isArray(value)) {
        add(hash, bytes);
        lines += 1;
        const done = reader.line(value);
        if (done !== undefined) await done;
        continue;
      }
      const last = endSchema.safeParse(value);
      if (!last.success) return damaged(path, `line ${lines + 2} cannot be read`);
      end = last.data;
    }
  } catch (error) {
    if (error instanceof FileProblem) return { ok: false, problem: error.message };
    throw error;
  }
  if (header === null || end === null) return damaged(path, 'it ends too soon');
  const sha256 = hash.digest('hex');
  if (end.lines !== lines || end.sha256 !== sha256) return damaged(path, 'its sum is another');
  return { ok: true, header, lines, sha256 };
}

function damaged(path: string, what: string): ReadArchive {
  return { ok: false, problem: `${path} is damaged: ${what}. Take another copy.` };
}

function add(hash: Hash, line: Uint8Array): void {
  hash.update(line).update('\n');
}

/** The first line, or a sentence about what is wrong with it. */
function headerIn(bytes: Uint8Array, path: string, kind: ArchiveKind, app: string): ArchiveHeader | string {
  const value = parsed(bytes);
  const known = z
    .object({ format: z.literal(FORMAT), version: z.number(), app: z.string() })
    .safeParse(value);
  if (!known.success) return `${path} is no file that this bot wrote, or its beginning is damaged.`;
  const made = `${path} was made by version ${known.data.app}, and this is ${app}`;
  if (known.data.version > ARCHIVE_VERSION || isNewer(known.data.app, app))
    return `${made}: use that version, or a newer one.`;
  const header = headerSchema.safeParse(value);
  if (!header.success) return `${path} is damaged: its first line cannot be read. Take another copy.`;
  return header.data.kind === kind ? header.data : `${path} is a ${header.data.kind}, not a ${kind}.`;
}

/** By the numbers of their versions; what is before a release counts as the release. */
function isNewer(one: string, other: string): boolean {
  const [left, right] = [one, other].map((text) => text.split('-')[0]?.split('.').map(Number) ?? []);
  for (const at of [0, 1, 2]) {
    const difference = (left?.[at] ?? 0) - (right?.[at] ?? 0);
    if (difference !== 0) return difference > 0;
  }
  return false;
}

function parsed(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('utf8'));
  } catch {
    return null;
  }
}

/** What is wrong with a file, in a sentence for an operator; whatever else is thrown has nothing to do with it. */
class FileProblem extends Error {}

/**
 * Not by `readline`, for which a line separator of Unicode within a text would end the line. Throws FileProblem alone for
 * what is wrong with the file: what is done with a line may fail by the same codes.
 */
async function* linesIn(path: string): AsyncGenerator<Uint8Array> {
  let rest: Buffer = Buffer.alloc(0);
  const file = createReadStream(path);
  const opened = createGunzip();
  // What goes wrong with the file comes out where it is read.
  file.on('error', (error) => opened.destroy(error));
  try {
    for await (const piece of file.pipe(opened)) {
      const bytes = rest.length === 0 ? (piece as Buffer) : Buffer.concat([rest, piece as Buffer]);
      let from = 0;
      for (let at = bytes.indexOf(NEW_LINE, from); at >= 0; at = bytes.indexOf(NEW_LINE, from)) {
        yield bytes.subarray(from, at);
        from = at + 1;
      }
      rest = bytes.subarray(from);
      if (rest.length > MOST_LINE_BYTES) throw new FileProblem(`${path} is damaged. Take another copy.`);
    }
  } catch (error) {
    throw error instanceof FileProblem
      ? error
      : new FileProblem(problemOfFile(path, error), { cause: error });
  } finally {
    file.destroy();
  }
  if (rest.length > 0) yield rest;
}

function problemOfFile(path: string, error: unknown): string {
  const code = codeOf(error);
  if (code === 'ENOENT') return `There is no file ${path}.`;
  // What the compression says of a file begins so; the rest is the system's word.
  return code.startsWith('Z_')
    ? `${path} is damaged or cut off. Take another copy.`
    : `${path} cannot be read (${code}).`;
}
