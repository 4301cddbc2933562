import { generateKeyPairSync, sign } from 'node:crypto';

/** A certificate that signs itself, with its private key, as the text of one PEM file. */
export function selfSigned(notAfter: Date): string {
  const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const algorithm = sequence(SHA256_WITH_RSA, NULL);
  const name = sequence(tagged(0x31, sequence(COMMON_NAME, tagged(0x0c, Buffer.from('Kopje Koffie')))));
  const validity = sequence(time(new Date(notAfter.getTime() - 365 * 24 * 3_600_000)), time(notAfter));
  const key = publicKey.export({ type: 'spki', format: 'der' });
  const content = sequence(tagged(0x02, Buffer.from([1])), algorithm, name, validity, name, key);
  const signature = Buffer.concat([Buffer.from([0]), sign('sha256', content, privateKey)]);
  const certificate = sequence(content, algorithm, tagged(0x03, signature));
  const body = certificate.toString('base64').replace(/.{64}/g, '$&\n');
  const text = `-----BEGIN CERTIFICATE-----\n${body}\n-----END CERTIFICATE-----\n`;
  return text + String(privateKey.export({ type: 'pkcs8', format: 'pem' }));
}

// RFC 5280 in DER: a tag, a length, the content.
const SHA256_WITH_RSA = Buffer.from('06092a864886f70d01010b', 'hex');
const COMMON_NAME = Buffer.from('0603550403', 'hex');
const NULL = Buffer.from('0500', 'hex');

function tagged(tag: number, content: Uint8Array): Buffer {
  const { length } = content;
  const size = length < 0x80 ? [length] : [0x82, length >> 8, length & 0xff];
  return Buffer.concat([Buffer.from([tag, ...size]), content]);
}

function sequence(...parts: readonly Uint8Array[]): Buffer {
  return tagged(0x30, Buffer.concat(parts));
}

/** GeneralizedTime, in whole seconds. */
function time(at: Date): Buffer {
  return tagged(0x18, Buffer.from(`${at.toISOString().replace(/[-:T]/g, '').slice(0, 14)}Z`));
}
