import { Writable } from 'node:stream';
import pino from 'pino';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { takeConsole } from '../../bot/log.js';

const own = { ...console };
let logged: string;
const log = pino(
  { level: 'debug' },
  new Writable({
    write(chunk: Buffer, _encoding, done) {
      logged += chunk.toString();
      done();
    },
  }),
);
beforeEach(() => {
  logged = '';
});
afterEach(() => void Object.assign(console, own));

it('keeps from the console whatever a library writes there, and notes only that it did', () => {
  takeConsole(log);
  console.error('Error finding key for token. Available keys: SECRET');
  console.log({ name: 'Sanne' });
  expect(logged).toContain('a library wrote to the console');
  expect(logged).not.toMatch(/SECRET|Sanne/);
});
