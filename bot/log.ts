import pino from 'pino';

/** What the whole house logs with: a code and ids of records, never names, words or anything looked up. */
export type Log = pino.Logger;

/** JSON lines on stderr, so that stdout stays free for what a command was asked to print. */
export function createLog(level: string): Log {
  return pino({ level, base: null, timestamp: pino.stdTimeFunctions.isoTime }, pino.destination(2));
}
