import { expect, it } from 'vitest';
import { isServiceUrl } from '../../bot/service-hosts.js';

it.each([
  'https://smba.trafficmanager.net/emea/',
  'https://smba.trafficmanager.net/amer/72f988bf-0000-4000-8000-000000000001/',
  'https://smba.infra.gcc.teams.microsoft.com/gcc',
  'https://smba.infra.gov.teams.microsoft.us/gcch',
])('sends to %s', (address) => {
  expect(isServiceUrl(address, false)).toBe(true);
});

it.each([
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
])('never sends to %s, on this machine neither', (address) => {
  expect(isServiceUrl(address, false)).toBe(false);
  expect(isServiceUrl(address, true)).toBe(false);
});

it('sends to this machine only when it is told to', () => {
  for (const address of ['http://127.0.0.1:3978/', 'http://localhost:56150/emea/', 'http://[::1]:80/']) {
    expect(isServiceUrl(address, true)).toBe(true);
    expect(isServiceUrl(address, false)).toBe(false);
  }
});
