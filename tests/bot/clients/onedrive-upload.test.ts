import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, it } from 'vitest';
import { createFileUpload } from '../../../bot/clients/onedrive-upload.js';
import { type OneDrive, type OneDriveTrouble, startOneDrive } from '../../support/azure/fake-one-drive.js';
import { faultsOf } from '../../support/faults.js';
import { logInto } from '../../support/recording-log.js';
import { setUpEach } from '../../support/set-up.js';

const BYTES = new TextEncoder().encode('wat er is vastgelegd');

describe('a file that is put in somebody’s OneDrive', () => {
  let oneDrive: OneDrive;
  let address: string;
  let slept: number[];
  let logged: string[];
  const afresh = setUpEach(
    async () => {
      oneDrive = await startOneDrive();
      address = oneDrive.open('somebody', 'file.docx').uploadUrl;
      slept = [];
      logged = [];
    },
    () => oneDrive.close(),
  );

  /** `late`: how much later it is after each wait. */
  function open(how: { local?: boolean; late?: number } = {}) {
    let monotonicNow = 0;
    return createFileUpload({
      local: how.local ?? true,
      monotonicNow: () => monotonicNow,
      sleep: async (ms) => {
        slept.push(ms);
        monotonicNow += how.late ?? 0;
      },
      log: logInto(logged),
    });
  }

  it('goes in one request with its range, and without a token', async () => {
    expect(await open()(address, BYTES)).toBe('saved');
    expect(oneDrive.files).toEqual([{ owner: 'somebody', name: 'file.docx', bytes: BYTES }]);
    expect(oneDrive.received).toHaveLength(1);
    const { method, headers } = oneDrive.received[0]!;
    expect(method).toBe('PUT');
    expect(headers).toMatchObject({
      'content-length': '20',
      'content-range': 'bytes 0-19/20',
      'content-type': 'application/octet-stream',
    });
    expect(headers).not.toHaveProperty('authorization');
    expect(headers).not.toHaveProperty('cookie');
    expect(logged).toEqual([]);
  });

  it('goes again after a status that passes, when SharePoint says', async () => {
    expect(
      await faultsOf(
        [429, 502, 503, 504],
        async (status) => {
          oneDrive.troubles.push({ status, retryAfter: '2' }, { status });
          expect(await open()(address, BYTES)).toBe('saved');
          expect(slept).toEqual([2_000, 500]);
          expect(oneDrive.files).toHaveLength(1);
        },
        afresh,
      ),
    ).toEqual([]);
  });

  it('did not come after whatever else comes, with a code in the log and no address', async () => {
    expect(
      await faultsOf<[string, readonly OneDriveTrouble[], string, number]>(
        [
          ['a third refusal', [{ status: 503 }, { status: 503 }, { status: 503 }], 'upload-503', 3],
          ['a wait that is too long', [{ status: 429, retryAfter: '60' }], 'upload-429', 1],
          [
            'a wait that is no number',
            [{ status: 503, retryAfter: 'Tue, 12 Jan 2027 09:00 GMT' }],
            'upload-503',
            1,
          ],
          ['a full OneDrive', [{ status: 507 }], 'upload-507', 1],
          ['no right to it', [{ status: 403 }], 'upload-403', 1],
          ['a fault of SharePoint', [{ status: 500 }], 'upload-500', 1],
          ['a part that was taken for the whole', [{ status: 202 }], 'upload-202', 1],
        ],
        async (_case, troubles, code, asked) => {
          oneDrive.troubles.push(...troubles);
          expect(await open()(address, BYTES)).toBe('failed');
          expect(oneDrive.received).toHaveLength(asked);
          expect(logged).toHaveLength(1);
          expect(logged[0]).toContain(`"code":"${code}"`);
          expect(logged[0]).not.toMatch(/127\.0\.0\.1|tempauth|guid|file\.docx/);
        },
        afresh,
      ),
    ).toEqual([]);
  });

  it('is not tried for longer than Teams waits', async () => {
    oneDrive.troubles.push({ status: 503, retryAfter: '4' }, { status: 503, retryAfter: '4' });
    expect(await open({ late: 4_000 })(address, BYTES)).toBe('failed');
    expect(slept).toEqual([4_000]);
  });

  it('has come already where the place for it is gone', async () => {
    expect(await open()(address, BYTES)).toBe('saved');
    expect(await open()(address, BYTES)).toBe('used');
    expect(oneDrive.files).toHaveLength(1);
  });

  it('may have come where no answer does or nobody listens any more: not sent again, and nothing of where in the log', async () => {
    oneDrive.troubles.push('silence');
    expect(await open()(address, BYTES)).toBe('uncertain');
    expect(oneDrive.received).toHaveLength(1);
    expect(logged[0]).toContain('"code":"upload-TimeoutError"');
    await afresh();
    await oneDrive.close();
    expect(await open()(address, BYTES)).toBe('uncertain');
    expect(logged.join()).not.toMatch(/127\.0\.0\.1|tempauth/);
    oneDrive = await startOneDrive();
  });

  it('goes to no machine but SharePoint’s, also by a redirect, and to this one only in tests', async () => {
    let reached = 0;
    const elsewhere = createServer((_request, response) => {
      reached += 1;
      response.writeHead(201);
      response.end('{}');
    });
    await new Promise<void>((listening) => elsewhere.listen(0, '127.0.0.1', listening));
    const { port } = elsewhere.address() as AddressInfo;
    oneDrive.troubles.push({ redirectTo: `http://127.0.0.1:${port}/latest/meta-data` });
    expect(await open()(address, BYTES)).toBe('failed');
    expect(reached).toBe(0);
    await new Promise((closed) => elsewhere.close(closed));
    await afresh();
    const upload = open({ local: false });
    for (const elsewhere of [
      address,
      'https://evil.example/',
      'https://sharepoint.com.evil.example/',
      'https://evilsharepoint.com/',
      'https://169.254.169.254/',
      'file:///etc/passwd',
      '',
    ]) {
      expect(await upload(elsewhere, BYTES)).toBe('failed');
    }
    expect(oneDrive.received).toEqual([]);
    expect(new Set(logged.map((line) => JSON.parse(line).code))).toEqual(new Set(['foreign-upload-url']));
  });
});
