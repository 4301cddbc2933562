/**
 * Where Teams listens: the public cloud and the American government's. Source: MicrosoftDocs/msteams-docs,
 * send-proactive-messages.md (the global service URLs).
 */
const TEAMS_HOSTS: ReadonlySet<string> = new Set([
  'smba.trafficmanager.net',
  'smba.infra.gcc.teams.microsoft.com',
  'smba.infra.gov.teams.microsoft.us',
]);
/**
 * Where OneDrive and SharePoint keep the files of organisations, each under a name of its own: the public cloud, the
 * American government's, its military's and China's. Source: MicrosoftDocs, Office 365 URLs and IP address ranges.
 */
const FILE_DOMAINS = ['.sharepoint.com', '.sharepoint.us', '.sharepoint-mil.us', '.sharepoint.cn'] as const;
const LOOPBACK: ReadonlySet<string> = new Set(['127.0.0.1', 'localhost', '[::1]']);

/**
 * Whether what the bot says may be sent to an address: botbuilder believes any that a token names, and would send
 * its own token along. `local` lets this machine through, for the try-out and for tests.
 */
export function isServiceUrl(address: string, local: boolean): boolean {
  return isAt(address, local, (hostname) => TEAMS_HOSTS.has(hostname));
}

/**
 * Whether a file may be put at an address. It comes with the answer to a consent card, from the client: without this,
 * somebody could have the bot write to whatever it can reach. `local` as above.
 */
export function isFileUrl(address: string, local: boolean): boolean {
  return isAt(address, local, (hostname) => FILE_DOMAINS.some((domain) => hostname.endsWith(domain)));
}

function isAt(address: string, local: boolean, isKnown: (hostname: string) => boolean): boolean {
  if (!URL.canParse(address)) return false;
  const { protocol, hostname, username, password, port } = new URL(address);
  if (username !== '' || password !== '') return false;
  if (local && LOOPBACK.has(hostname)) return true;
  return protocol === 'https:' && port === '' && isKnown(hostname);
}
