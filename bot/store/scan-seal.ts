import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';
import { type Box, boxSchema } from '../domain/scan-tally.js';

/**
 * Seals a ballot box under a key that is in no table, so that whoever reads the tables while a scan is open learns
 * neither a figure nor who has answered: not from one copy of them, and not from two with one answer in between. A tally
 * in the open would do for neither: after the first answer it is that answer.
 *
 * Every sealed box of a scan has the same length, whatever is in it, and none is ever the same as another.
 */
export type Seal = {
  /** Seals under the first secret. */
  seal(scan: ScanKey, box: Box): string;
  /** Null for what none of the secrets opens: another key, another scan, or changed by hand. */
  open(scan: ScanKey, sealed: string): Box | null;
};
/** What a sealed box belongs to: it opens for nothing else. */
export type ScanKey = { readonly tenant: string; readonly id: string };

const CIPHER = 'aes-256-gcm';
const KEY_BYTES = 32;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;
/** Room for the ids of 250 people, and for the counts of them. A row takes 32,768 characters in one property. */
const BOX_BYTES = 12_288;

/**
 * `secrets`: the one to seal with first, after it those of before, so that a secret can be changed while scans are open.
 * Throws RangeError without any.
 */
export function createSeal(secrets: readonly string[]): Seal {
  const [current] = secrets;
  if (current === undefined) throw new RangeError('no secret to seal with');
  return {
    seal(scan, box) {
      const nonce = randomBytes(NONCE_BYTES);
      const cipher = createCipheriv(CIPHER, keyFor(current, scan), nonce);
      const padded = Buffer.alloc(BOX_BYTES, ' ');
      const text = Buffer.from(JSON.stringify(box));
      if (text.length > BOX_BYTES) throw new RangeError('a ballot box outgrew its room');
      text.copy(padded);
      return Buffer.concat([nonce, cipher.update(padded), cipher.final(), cipher.getAuthTag()]).toString(
        'base64',
      );
    },
    open(scan, sealed) {
      const bytes = Buffer.from(sealed, 'base64');
      if (bytes.length !== NONCE_BYTES + BOX_BYTES + TAG_BYTES) return null;
      for (const secret of secrets) {
        const box = opened(keyFor(secret, scan), bytes);
        if (box !== null) return box;
      }
      return null;
    },
  };
}

/** A key of each scan's own: a box that is copied into the row of another scan opens no more. */
function keyFor(secret: string, { tenant, id }: ScanKey): Buffer {
  return Buffer.from(hkdfSync('sha256', secret, '', `kopje-koffie team scan|${tenant}|${id}`, KEY_BYTES));
}

function opened(key: Buffer, bytes: Buffer): Box | null {
  const decipher = createDecipheriv(CIPHER, key, bytes.subarray(0, NONCE_BYTES), {
    authTagLength: TAG_BYTES,
  });
  decipher.setAuthTag(bytes.subarray(bytes.length - TAG_BYTES));
  try {
    const text = Buffer.concat([
      decipher.update(bytes.subarray(NONCE_BYTES, bytes.length - TAG_BYTES)),
      decipher.final(),
    ]);
    return boxSchema.parse(JSON.parse(text.toString('utf8')));
  } catch {
    // The tag does not fit: sealed under another secret.
    return null;
  }
}
