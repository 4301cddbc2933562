/** Codes of our own faults. docs/operate.md tells an operator what each means and what to do. */
export const FAULT_CODES = [
  'agreement-contended',
  'answer-undelivered',
  'certificate-unreadable',
  'channel-no-token',
  'graph-answer',
  'graph-no-token',
  'handover-contended',
  'insert-refused',
  'keys-silent',
  'member-contended',
  'moment-contended',
  'no-address',
  'no-connector',
  'no-exchange-token',
  'no-scan-secret',
  'no-table',
  'proof-contended',
  'restore-unfinished',
  'scan-codes-taken',
  'scan-contended',
  'table-limit',
  'tables-silent',
  'too-late',
  'turn-over',
  'unknown-reply',
  'unreadable-row',
  'write-refused',
] as const;
export type FaultCode = (typeof FAULT_CODES)[number] | `graph-${number}`;
/** What others than this bot call a fault: an HTTP status, the code of a system call, the name of an error. */
export type ForeignCode = string & { readonly isForeign: true };

/**
 * A fault with a code for the log. The message is for an operator: it holds codes and ids, never words of
 * people. What a person did wrong is never one of these: expected outcomes are values.
 */
export class CodedError extends Error {
  readonly code: FaultCode;

  constructor(code: FaultCode, message: string, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause });
    this.name = 'CodedError';
    this.code = code;
  }
}

/** The code of any thrown thing, fit for a log line: `CodedError.code`, an HTTP status, or the error's name. */
export function codeOf(error: unknown): FaultCode | ForeignCode {
  return error instanceof CodedError ? error.code : (foreignCodeOf(error) as ForeignCode);
}

function foreignCodeOf(error: unknown): string {
  if (!(error instanceof Error)) return 'unknown';
  const { statusCode: status, code } = error as { readonly statusCode?: unknown; readonly code?: unknown };
  if (typeof status === 'number') return `http-${status}`;
  return typeof code === 'string' ? code : error.name;
}
