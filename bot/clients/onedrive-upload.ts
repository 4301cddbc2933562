import { codeOf } from '../errors.js';
import type { Log, LogCode } from '../log.js';
import { isFileUrl } from './trusted-hosts.js';

/**
 * What came of putting a file where Teams said. `used`: the place is no longer there, as after its file has come or
 * when it was left waiting for too long. `uncertain`: no answer came, so it may be there. `failed`: it did not come.
 */
export type Uploaded = 'saved' | 'used' | 'uncertain' | 'failed';
/** Puts a whole file at an address that Teams gave for it. Never throws for what is answered there. */
export type UploadFile = (address: string, bytes: Uint8Array) => Promise<Uploaded>;

/** A turn has six seconds for its work, and what is in the file has to be read within them too. */
const WITHIN_MS = 4_500;
const MOST_ATTEMPTS = 3;
/** Where SharePoint does not say how long to wait. */
const USUAL_WAIT_MS = 500;
const SAVED = [200, 201];
/** Gone, or a file of this name came meanwhile. Source: learn.microsoft.com, driveItem: createUploadSession. */
const USED = [404, 409, 410];
const TRY_AGAIN = [429, 502, 503, 504];

/**
 * Puts files in OneDrive by the upload session that Teams opens when somebody accepts one. The address alone is the
 * permission: no token of ours goes along, no redirect is followed, nothing of the address is logged, and only
 * SharePoint is written to (`local` lets this machine through, for tests).
 */
export function createFileUpload(deps: {
  readonly local: boolean;
  readonly monotonicNow: () => number;
  readonly sleep: (ms: number) => Promise<void>;
  readonly log: Log;
}): UploadFile {
  const because = (code: LogCode, outcome: Uploaded): Uploaded => {
    deps.log.warn({ code }, 'a file was not saved');
    return outcome;
  };
  return async (address, bytes) => {
    if (!isFileUrl(address, deps.local)) return because('foreign-upload-url', 'failed');
    const end = deps.monotonicNow() + WITHIN_MS;
    for (let attempt = 1; ; attempt += 1) {
      let answer: Response;
      try {
        answer = await put(address, bytes, end - deps.monotonicNow());
      } catch (error) {
        // Not sent again: where it did arrive, the place for it is gone.
        return because(`upload-${codeOf(error)}`, 'uncertain');
      }
      await answer.body?.cancel().catch(() => undefined);
      if (SAVED.includes(answer.status)) return 'saved';
      if (USED.includes(answer.status)) return 'used';
      const wait = waitOf(answer);
      const isOver = attempt >= MOST_ATTEMPTS || deps.monotonicNow() + wait >= end;
      if (!TRY_AGAIN.includes(answer.status) || isOver) return because(`upload-${answer.status}`, 'failed');
      await deps.sleep(wait);
    }
  };
}

function put(address: string, bytes: Uint8Array, withinMs: number): Promise<Response> {
  return fetch(address, {
    method: 'PUT',
    headers: {
      'content-type': 'application/octet-stream',
      'content-length': String(bytes.length),
      'content-range': `bytes 0-${bytes.length - 1}/${bytes.length}`,
    },
    // A copy of its own memory: what `fetch` takes may not be shared.
    body: Uint8Array.from(bytes),
    redirect: 'manual',
    signal: AbortSignal.timeout(Math.max(1, Math.ceil(withinMs))),
  });
}

/** Milliseconds; a wait that is no number of seconds is too long to be waited for. */
function waitOf(answer: Response): number {
  const said = answer.headers.get('retry-after');
  if (said === null) return USUAL_WAIT_MS;
  return /^\d{1,4}$/.test(said) ? Number(said) * 1_000 : Number.POSITIVE_INFINITY;
}
