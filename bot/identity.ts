import {
  ClientSecretCredential,
  DefaultAzureCredential,
  ManagedIdentityCredential,
  type TokenCredential,
} from '@azure/identity';
import type { Config, Credentials } from './config.js';
import type { TablesAddress } from './store/tables/tables.js';

/** What a token for the channel is for. Source: learn.microsoft.com, Authentication with the Bot Connector API. */
export const CHANNEL_SCOPE = 'https://api.botframework.com/.default';

/** Who the bot is towards Azure: one credential for each identity, so that each token is asked for once and shared. */
export type Identities = {
  /** With which Microsoft Graph is asked. */
  readonly ofBot: (credentials: Credentials) => TokenCredential;
  /** Where the tables are, and with which identity they are opened. */
  readonly tables: (config: Pick<Config, 'tables' | 'credentials'>) => TablesAddress;
};

/**
 * A user-assigned identity has to be named in each request for a token (`client_id`): without it Azure looks for a
 * system-assigned one, which there is not. Source: learn.microsoft.com/azure/app-service/overview-managed-identity.
 */
export function createIdentities(): Identities {
  const managed = new Map<string, TokenCredential>();
  const managedIdentity = (clientId: string): TokenCredential => {
    const credential = managed.get(clientId) ?? new ManagedIdentityCredential({ clientId });
    managed.set(clientId, credential);
    return credential;
  };
  return {
    ofBot: ({ type, appId, password, tenantId }) =>
      type === 'UserAssignedMSI'
        ? managedIdentity(appId)
        : new ClientSecretCredential(tenantId, appId, password),
    tables({ tables, credentials }) {
      if ('connectionString' in tables) return tables;
      const clientId =
        tables.clientId ?? (credentials?.type === 'UserAssignedMSI' ? credentials.appId : null);
      // With neither: whatever the machine is signed in as, for an operator who runs a job by hand.
      const credential = clientId === null ? new DefaultAzureCredential() : managedIdentity(clientId);
      return { endpoint: tables.endpoint, credential };
    },
  };
}
