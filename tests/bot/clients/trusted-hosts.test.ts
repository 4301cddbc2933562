import { expect, it } from 'vitest';
import { isFileUrl, isServiceUrl } from '../../../bot/clients/trusted-hosts.js';
import { faultsOf } from '../../support/faults.js';

it('sends to the addresses of Teams, and to this machine only when it is told to', async () => {
  expect(
    await faultsOf(
      [
        'https://smba.trafficmanager.net/emea/',
        'https://smba.trafficmanager.net/amer/72f988bf-0000-4000-8000-000000000001/',
        'https://smba.infra.gcc.teams.microsoft.com/gcc',
        'https://smba.infra.gov.teams.microsoft.us/gcch',
      ],
      (address) => {
        expect(isServiceUrl(address, false)).toBe(true);
      },
    ),
  ).toEqual([]);
  for (const address of ['http://127.0.0.1:3978/', 'http://localhost:56150/emea/', 'http://[::1]:80/']) {
    expect(isServiceUrl(address, true)).toBe(true);
    expect(isServiceUrl(address, false)).toBe(false);
  }
});

it('never sends to an address of anybody else, on this machine neither', async () => {
  expect(
    await faultsOf(
      [
        'http://smba.trafficmanager.net/emea/',
        'https://smba.trafficmanager.net.evil.example/',
        'https://evil.example/smba.trafficmanager.net',
        'https://smba.trafficmanager.net@evil.example/',
        'https://user:pass@smba.trafficmanager.net/',
        'https://smba.trafficmanager.net:8443/',
        'https://169.254.169.254/latest/meta-data',
        'file:///etc/passwd',
        'nonsense',
        '',
      ],
      (address) => {
        expect(isServiceUrl(address, false)).toBe(false);
        expect(isServiceUrl(address, true)).toBe(false);
      },
    ),
  ).toEqual([]);
});

it('puts a file at the addresses of OneDrive, and on this machine only when it is told to', async () => {
  expect(
    await faultsOf(
      [
        'https://contoso-my.sharepoint.com/personal/sanne/_api/v2.0/drive/items/1/uploadSession?guid=1&tempauth=2',
        'https://contosoeur.sharepoint.com/',
        'https://contoso-my.sharepoint.us/',
        'https://contoso-my.sharepoint-mil.us/',
        'https://contoso-my.sharepoint.cn/',
      ],
      (address) => {
        expect(isFileUrl(address, false)).toBe(true);
      },
    ),
  ).toEqual([]);
  expect(isFileUrl('http://127.0.0.1:3978/', true)).toBe(true);
  expect(isFileUrl('http://127.0.0.1:3978/', false)).toBe(false);
});

it('never puts a file at an address of anybody else, on this machine neither', async () => {
  expect(
    await faultsOf(
      [
        'http://contoso-my.sharepoint.com/',
        'https://sharepoint.com/',
        'https://contosharepoint.com/',
        'https://contoso.sharepoint.com.evil.example/',
        'https://contoso.sharepoint.com@evil.example/',
        'https://user:pass@contoso.sharepoint.com/',
        'https://contoso.sharepoint.com:8443/',
        'https://evil.example/contoso.sharepoint.com',
        'https://evil.example?x=.sharepoint.com',
        'https://evil.example#.sharepoint.com',
        'https://evil.example\\.sharepoint.com/',
        'https://smba.trafficmanager.net/emea/',
        'https://169.254.169.254/latest/meta-data',
        'https://[fd00::1]/',
        'ftp://contoso.sharepoint.com/',
        'file:///etc/passwd',
        'nonsense',
        '',
      ],
      (address) => {
        expect(isFileUrl(address, false)).toBe(false);
        expect(isFileUrl(address, true)).toBe(false);
      },
    ),
  ).toEqual([]);
});
