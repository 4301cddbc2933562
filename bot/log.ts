import pino from 'pino';
import type { FaultCode, ForeignCode } from './errors.js';

/** Every line that is logged, by its level. docs/operate.md tells an operator what each means and what to do. */
export const LOG_LINES = {
  debug: ['a library wrote to the console'],
  info: ['job done', 'metrics', 'ready', 'stopping'],
  warn: [
    'Microsoft Graph did not say who manages',
    'a file was not saved',
    'a night run is not noted',
    'a turn took too long',
    'an address is held back',
    'failed after its turn was over',
    'not sent',
    'not served',
    'something that it needs is not right',
    'stopped before all was done',
    'that a run goes on could not be recorded',
    'the app could not be installed for somebody',
    'ticking is begun anew',
    'token refused',
    'waiting for the tables',
    'what the bot proves with who it is ends soon',
    'what was measured could not be sent',
    'what HR filled in cannot be read',
    'who wrote something could not be remembered',
  ],
  error: [
    'a delivery that did not arrive is not tried again',
    'a group waits for the next tick',
    'a handover waits for the next night',
    'a record cannot be read',
    'a reminder was set aside',
    'entries of the audit trail are lost',
    'failure could not be told',
    'job failed',
    'no card can be made of a reminder',
    'nothing is deleted tonight',
    'nothing is deleted: the tables have another time',
    'nothing is handed over: the tables have another time',
    'reminders of one person failed',
    'request failed',
    'retention leaves something for the next night',
    'some of it is left',
    'somebody stays for the next night',
    'the audit trail waits',
    'the figures are not served',
    'the keys to check tokens with cannot be had',
    'turn failed',
  ],
  fatal: ['stopped by an error', 'stopping after an error that nobody caught'],
} as const;
/** Codes of what is no fault of ours and is logged all the same. */
export const LINE_CODES = [
  'audit-lost',
  'away-not-ended',
  'clock-doubted',
  'clock-jumped',
  'console',
  'credential-ends',
  'doctor',
  'foreign-service-url',
  'foreign-upload-url',
  'handover-left',
  'metrics',
  'metrics-not-sent',
  'metrics-port',
  'night-conflict',
  'night-gone',
  'no-card',
  'no-tick',
  'no-token',
  'not-one-to-one',
  'send-failed',
  'send-gone',
  'send-retry',
  'send-uncertain',
  'send-withheld',
  'terms-unknown',
  'too-many-deliveries',
  'too-many-refused',
  'too-slow',
  'traces-not-sent',
  'unknown-sender',
  'unreadable-reminder',
  'unreadable-token',
  'wrong-algorithm',
  'wrong-audience',
  'wrong-issuer',
  'wrong-service-url',
] as const;

export type LogCode = (typeof LINE_CODES)[number] | FaultCode | ForeignCode | `upload-${string}`;

/** What stands in a line beside its text: a code and ids of records, never names, words or anything looked up. */
type Fields = {
  readonly code?: LogCode;
  readonly [name: string]: unknown;
};
/** What the whole house logs with. A line or a code that no operator is told of does not compile. */
export type Log = {
  readonly [Level in keyof typeof LOG_LINES]: (
    fields: Fields,
    line: (typeof LOG_LINES)[Level][number],
  ) => void;
};

/** JSON lines on stderr, so that stdout stays free for what a command was asked to print; or `to` what takes a line. */
export function createLog(level: string, to: { write(line: string): void } = pino.destination(2)): Log {
  return pino({ level, base: null, timestamp: pino.stdTimeFunctions.isoTime }, to);
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
