import pino from 'pino';
import type { Log } from '../../bot/log.js';

/** A log that writes each line, JSON with its code and what else it says, into `lines`. */
export function logInto(lines: string[], level: pino.Level = 'debug'): Log {
  return pino({ level }, { write: (line: string) => void lines.push(line) });
}

/** For what does not matter to a test. */
export const SILENT: Log = pino({ level: 'silent' });
