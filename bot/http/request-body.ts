import type { IncomingMessage } from 'node:http';

/** What came of reading a request's body. */
export type Body =
  | { readonly kind: 'json'; readonly value: unknown }
  | { readonly kind: 'wrong-type' | 'too-large' | 'no-json' };

const JSON_TYPE = /^application\/([\w.-]+\+)?json\s*(;|$)/i;
/**
 * Of a body that is too large, this many times the limit is read and discarded before the refusal is sent; beyond it the
 * connection is closed. Many clients read no response before they have sent the whole request.
 */
const HEARD_OUT = 4;

/**
 * Reads a body of JSON of at most so many bytes. restify's own reader unpacks gzip without a bound and dies of gzip
 * that is none, and writes the files of a form to disk: Teams sends neither, so neither is taken.
 */
export async function readJson(request: IncomingMessage, maxBytes: number): Promise<Body> {
  const { 'content-type': type = '', 'content-encoding': encoding = 'identity' } = request.headers;
  if (!JSON_TYPE.test(type) || encoding !== 'identity') return { kind: 'wrong-type' };
  const text = await readText(request, maxBytes);
  if (text === null) return { kind: 'too-large' };
  try {
    return { kind: 'json', value: JSON.parse(text) };
  } catch {
    return { kind: 'no-json' };
  }
}

/** Null when it is too large. What breaks off half-way reads as far as it came. */
function readText(request: IncomingMessage, maxBytes: number): Promise<string | null> {
  return new Promise((resolve) => {
    const parts: Buffer[] = [];
    let bytes = 0;
    request.on('data', (part: Buffer) => {
      bytes += part.length;
      if (bytes <= maxBytes) parts.push(part);
      else parts.length = 0;
      if (bytes > HEARD_OUT * maxBytes) resolve(null);
    });
    const done = () => resolve(bytes > maxBytes ? null : Buffer.concat(parts).toString('utf8'));
    request.once('end', done).once('close', done).once('error', done);
  });
}
