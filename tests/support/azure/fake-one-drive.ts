import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';

/** An answer in the place of the usual one, a redirect somewhere else, or no answer at all. */
export type OneDriveTrouble =
  | { readonly status: number; readonly retryAfter?: string }
  | { readonly redirectTo: string }
  | 'silence';

/** What Teams tells a bot of the place of a file that somebody accepted. */
export type UploadInfo = {
  readonly contentUrl: string;
  readonly name: string;
  readonly uploadUrl: string;
  readonly uniqueId: string;
  readonly fileType: string;
};
export type StoredFile = { readonly owner: string; readonly name: string; readonly bytes: Uint8Array };
export type UploadRequest = {
  readonly method: string;
  readonly headers: IncomingMessage['headers'];
  readonly status: number | undefined;
};

/** Stands in for people's OneDrive, as far as a bot reaches it: by the upload session of one file. */
export type OneDrive = {
  /** Opens a session, as Teams does when somebody accepts a file. */
  open(owner: string, name: string): UploadInfo;
  /** Every session that is open ends, as after some minutes. */
  expire(): void;
  /** What is there, the oldest first. */
  readonly files: readonly StoredFile[];
  /** Answers to come before the usual ones, each once. */
  readonly troubles: OneDriveTrouble[];
  readonly received: readonly UploadRequest[];
  /** What every upload address holds and nobody but the bot may see. */
  readonly secret: string;
  close(): Promise<void>;
};

const SECRET = 'tempauth-of-the-stand-in';

/**
 * Source: learn.microsoft.com, driveItem: createUploadSession. One PUT with all bytes ends a session with 201 and the
 * item; a range that does not fit gets 416, a session that is over 404, and a request with a token of its own 401.
 */
export async function startOneDrive(): Promise<OneDrive> {
  const sessions = new Map<string, { owner: string; name: string; uniqueId: string }>();
  const files: StoredFile[] = [];
  const troubles: OneDriveTrouble[] = [];
  const received: UploadRequest[] = [];
  let opened = 0;

  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const trouble = troubles.shift();
    const answer = trouble === undefined ? put(request, Buffer.concat(chunks)) : answerOf(trouble);
    received.push({ method: request.method ?? '', headers: request.headers, status: answer?.status });
    if (answer === undefined) return;
    response.writeHead(answer.status, { 'content-type': 'application/json', ...answer.headers });
    response.end(JSON.stringify(answer.body ?? {}));
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

  function put({ method, url = '', headers }: IncomingMessage, bytes: Buffer): Answer {
    const id = new URL(url, origin).searchParams.get('guid') ?? '';
    const session = sessions.get(id);
    if (headers.authorization !== undefined) return refusal(401, 'unauthenticated');
    if (method !== 'PUT') return refusal(405, 'methodNotAllowed');
    if (session === undefined) return refusal(404, 'itemNotFound');
    if (headers['content-length'] === undefined) return refusal(411, 'lengthRequired');
    if (headers['content-range'] !== `bytes 0-${bytes.length - 1}/${bytes.length}`) {
      return refusal(416, 'invalidRange');
    }
    sessions.delete(id);
    files.push({ owner: session.owner, name: session.name, bytes: new Uint8Array(bytes) });
    const { uniqueId, name } = session;
    return { status: 201, body: { id: uniqueId, name, size: bytes.length, file: {} } };
  }

  return {
    secret: SECRET,
    files,
    troubles,
    received,
    open(owner, name) {
      opened += 1;
      const uniqueId = `00000000-0000-4000-8000-${String(opened).padStart(12, '0')}`;
      sessions.set(uniqueId, { owner, name, uniqueId });
      const folder =
        'https://contoso-my.sharepoint.com/personal/somebody/Documents/Applications/Kopje Koffie';
      return {
        contentUrl: encodeURI(`${folder}/${name}`),
        name,
        uploadUrl: `${origin}/personal/somebody/_api/v2.0/drive/uploadSession?guid=${uniqueId}&tempauth=${SECRET}`,
        uniqueId,
        fileType: name.split('.').at(-1) ?? '',
      };
    },
    expire: () => sessions.clear(),
    async close() {
      server.closeAllConnections();
      await new Promise((closed) => server.close(closed));
    },
  };
}

type Answer = {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: unknown;
};

function refusal(status: number, code: string): Answer {
  return { status, body: { error: { code } } };
}

function answerOf(trouble: OneDriveTrouble): Answer | undefined {
  if (trouble === 'silence') return undefined;
  if ('redirectTo' in trouble) return { status: 307, headers: { location: trouble.redirectTo } };
  const { status, retryAfter } = trouble;
  return { status, headers: retryAfter === undefined ? {} : { 'retry-after': retryAfter } };
}
