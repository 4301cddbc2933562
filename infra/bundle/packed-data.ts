/** A file of data: a line of JSON with all but what is bytes, and the bytes behind one another. */
type Head = { readonly rest: object; readonly bytes: readonly (readonly [string, number])[] };

/** Shorter texts are no bytes, though they may look like some. */
const SHORTEST = 1_000;
const LINE_END = 10;

/** What was learned holds numbers as base64, which takes a third more room than the bytes that it stands for. */
export function packData(data: unknown): Buffer {
  const fields = Object.entries(
    typeof data === 'object' && data !== null && !Array.isArray(data) ? data : {},
  );
  const packed = fields
    .filter(([, value]) => isBase64(value))
    .map(([name, value]) => [name, Buffer.from(value, 'base64')] as const);
  if (packed.length === 0) return Buffer.from(JSON.stringify(data));
  const head: Head = {
    rest: Object.fromEntries(fields.filter(([, value]) => !isBase64(value))),
    bytes: packed.map(([name, bytes]) => [name, bytes.length]),
  };
  return Buffer.concat([Buffer.from(`${JSON.stringify(head)}\n`), ...packed.map(([, bytes]) => bytes)]);
}

/** The data that was packed, the same as before; its fields may stand in another order. */
export function unpackData(file: Buffer): unknown {
  const end = file.indexOf(LINE_END);
  if (end === -1) return JSON.parse(file.toString());
  const { rest, bytes }: Head = JSON.parse(file.toString('utf8', 0, end));
  let at = end + 1;
  const unpacked = bytes.map(([name, length]) => {
    const text = file.toString('base64', at, at + length);
    at += length;
    return [name, text] as const;
  });
  return { ...rest, ...Object.fromEntries(unpacked) };
}

function isBase64(value: unknown): value is string {
  return (
    typeof value === 'string' &&
    value.length >= SHORTEST &&
    Buffer.from(value, 'base64').toString('base64') === value
  );
}
