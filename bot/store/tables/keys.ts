/**
 * The one place where keys are written. Azure Tables refuses `/ \ # ?` and control characters in a key and
 * 1 KiB of it; `%` has been known to be decoded twice on the way. So whatever is not plainly safe becomes `_`
 * and two hexadecimal digits for each UTF-8 byte, which no two parts share, and parts are joined by `|`.
 */
export function key(...parts: readonly string[]): string {
  return parts.map(encodePart).join('|');
}

/** The parts that `key` was given. */
export function keyParts(encoded: string): string[] {
  return encoded.split('|').map(decodePart);
}

/** The range of all keys that start with these parts and go on: `from` is in it, `to` is the first beyond. */
export function keysUnder(...parts: readonly string[]): { readonly from: string; readonly to: string } {
  const start = key(...parts);
  return { from: `${start}|`, to: `${start}}` };
}

/** What is safe as it is: nearly every part, thousands of times in a minute. */
const SAFE = /^[A-Za-z0-9.:@-]*$/;

function encodePart(part: string): string {
  if (SAFE.test(part)) return part;
  return part.replace(/[^A-Za-z0-9.:@-]/gu, (character) =>
    [...new TextEncoder().encode(character)].map((byte) => `_${byte.toString(16).padStart(2, '0')}`).join(''),
  );
}

function decodePart(part: string): string {
  if (SAFE.test(part)) return part;
  const bytes: number[] = [];
  for (let at = 0; at < part.length; at += 1) {
    if (part[at] === '_') {
      bytes.push(Number.parseInt(part.slice(at + 1, at + 3), 16));
      at += 2;
    } else {
      bytes.push(part.charCodeAt(at));
    }
  }
  return new TextDecoder().decode(new Uint8Array(bytes));
}
