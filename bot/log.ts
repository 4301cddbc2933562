import pino from 'pino';

/** What the whole house logs with: a code and ids of records, never names, words or anything looked up. */
export type Log = pino.Logger;

/** JSON lines on stderr, so that stdout stays free for what a command was asked to print. */
export function createLog(level: string): Log {
  return pino({ level, base: null, timestamp: pino.stdTimeFunctions.isoTime }, pino.destination(2));
}

/**
 * What libraries write to the console past our log goes nowhere: botbuilder prints the public keys for each token
 * with a key that it does not know, which anybody can send. That something was said stays, as a code.
 */
export function takeConsole(log: Log): void {
  for (const name of ['log', 'info', 'warn', 'error', 'debug', 'trace'] as const) {
    console[name] = () => log.debug({ code: 'console', level: name }, 'a library wrote to the console');
  }
}
