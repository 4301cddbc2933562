import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { MANAGER } from './people.js';
import { LOOPBACK } from './ports.js';

/** Where the try-out keeps its tables and the Playground's files: DATA_FOLDER, else `.data` in the project. */
export function dataFolder(): string {
  return process.env.DATA_FOLDER || join(findRoot(), '.data');
}

/** The project's folder, from the sources as from `dist/`, which has a `package.json` of its own. */
export function findRoot(): string {
  let folder = dirname(fileURLToPath(import.meta.url));
  while (!existsSync(join(folder, 'tsconfig.json'))) folder = dirname(folder);
  return folder;
}

/**
 * The environment of every process that works on the tables of the try-out. It overrides what a shell may have set for a
 * real deployment: the Playground sends no tokens.
 */
export function tryOutSettings(connectionString: string): Readonly<Record<string, string>> {
  return {
    BOT_ENV: 'development',
    HOST: LOOPBACK,
    AZURE_TABLES_CONNECTION_STRING: connectionString,
    AZURE_TABLES_ENDPOINT: '',
    MicrosoftAppId: '',
    MicrosoftAppPassword: '',
    MicrosoftAppTenantId: '',
    ALLOWED_TENANTS: '',
    HR_ADMINS: hrAdmins(),
    LOG_LEVEL: process.env.LOG_LEVEL || 'warn',
  };
}

/** Who is HR in the try-out, Entra object ids with commas: whoever the environment says, else the manager. */
export function hrAdmins(): string {
  return process.env.HR_ADMINS || MANAGER.id;
}
