import { describe, expect, it } from 'vitest';
import { faultsOf } from '../faults.js';
import { setUpEach } from '../set-up.js';
import { type OneDrive, startOneDrive } from './fake-one-drive.js';

const BYTES = new TextEncoder().encode('twaalf bytes');

describe('the stand-in of OneDrive', () => {
  let oneDrive: OneDrive;
  const afresh = setUpEach(
    async () => {
      oneDrive = await startOneDrive();
    },
    () => oneDrive.close(),
  );

  const put = (address: string, headers: Record<string, string> = {}, method = 'PUT') =>
    fetch(address, {
      method,
      body: BYTES,
      headers: { 'content-range': 'bytes 0-11/12', ...headers },
      redirect: 'manual',
    });

  it('keeps a file that comes whole, answers with the item, and ends the session', async () => {
    const { uploadUrl, uniqueId } = oneDrive.open('sanne', 'brief.docx');
    const answer = await put(uploadUrl);
    expect([answer.status, await answer.json()]).toEqual([
      201,
      { id: uniqueId, name: 'brief.docx', size: 12, file: {} },
    ]);
    expect(oneDrive.files).toEqual([{ owner: 'sanne', name: 'brief.docx', bytes: BYTES }]);
    expect((await put(uploadUrl)).status).toBe(404);
  });

  it('answers 416 to a range that does not fit, and keeps nothing', async () => {
    expect(
      await faultsOf(
        ['', 'bytes 0-12/12', 'bytes 1-12/12', 'bytes 0-11/*', 'bytes 0-11/13'],
        async (range) => {
          const { uploadUrl } = oneDrive.open('sanne', 'brief.docx');
          expect((await put(uploadUrl, { 'content-range': range })).status).toBe(416);
          expect(oneDrive.files).toEqual([]);
        },
        afresh,
      ),
    ).toEqual([]);
  });

  it('refuses a token that comes along, another method, and a session that is over', async () => {
    const { uploadUrl } = oneDrive.open('sanne', 'brief.docx');
    expect((await put(uploadUrl, { authorization: 'Bearer of-the-bot' })).status).toBe(401);
    expect((await put(uploadUrl, {}, 'POST')).status).toBe(405);
    oneDrive.expire();
    expect((await put(uploadUrl)).status).toBe(404);
    expect(oneDrive.files).toEqual([]);
  });

  it('has trouble when it is told to, each once', async () => {
    const { uploadUrl } = oneDrive.open('sanne', 'brief.docx');
    oneDrive.troubles.push({ status: 503, retryAfter: '2' }, { redirectTo: 'http://127.0.0.1:1/' });
    const busy = await put(uploadUrl);
    expect([busy.status, busy.headers.get('retry-after')]).toEqual([503, '2']);
    expect((await put(uploadUrl)).status).toBe(307);
    expect((await put(uploadUrl)).status).toBe(201);
    expect(oneDrive.received.map(({ status }) => status)).toEqual([503, 307, 201]);
  });
});
