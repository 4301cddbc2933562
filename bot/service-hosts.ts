/**
 * Where Teams listens: the public cloud and the American government's. Source: MicrosoftDocs, proactive messages;
 * platform.md 2.
 */
const TEAMS_HOSTS: ReadonlySet<string> = new Set([
  'smba.trafficmanager.net',
  'smba.infra.gcc.teams.microsoft.com',
  'smba.infra.gov.teams.microsoft.us',
]);
const LOOPBACK: ReadonlySet<string> = new Set(['127.0.0.1', 'localhost', '[::1]']);

/**
 * Whether what the bot says may be sent to an address: botbuilder believes any that a token names, and would send
 * its own token along. `local` lets this machine through, for the try-out and for tests.
 */
export function isServiceUrl(address: string, local: boolean): boolean {
  if (!URL.canParse(address)) return false;
  const { protocol, hostname, username, password, port } = new URL(address);
  if (username !== '' || password !== '') return false;
  if (local && LOOPBACK.has(hostname)) return true;
  return protocol === 'https:' && port === '' && TEAMS_HOSTS.has(hostname);
}
