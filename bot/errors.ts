/**
 * A fault with a code for the log. The message is for an operator: it holds codes and ids, never words of
 * people. What a person did wrong is never one of these: expected outcomes are values.
 */
export class CodedError extends Error {
  readonly code: string;

  constructor(code: string, message: string, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause });
    this.name = 'CodedError';
    this.code = code;
  }
}

/** The code of any thrown thing, fit for a log line: `CodedError.code`, an HTTP status, or the error's name. */
export function codeOf(error: unknown): string {
  if (error instanceof CodedError) return error.code;
  if (error instanceof Error) {
    const status = (error as { statusCode?: unknown }).statusCode;
    if (typeof status === 'number') return `http-${status}`;
    const code = (error as { code?: unknown }).code;
    return typeof code === 'string' ? code : error.name;
  }
  return 'unknown';
}
