import type { TestProject } from 'vitest/node';
import { type Azurite, startAzurite } from './azure/azurite.js';

declare module 'vitest' {
  export interface ProvidedContext {
    /** The connection string of the Azurite that the whole run shares: `inject('azurite')`. */
    azurite: string;
  }
}

let azurite: Azurite | undefined;

/** Starts one Azurite in memory for the run; each test file takes a prefix of its own by `ownPrefix`. */
export async function setup(project: TestProject): Promise<void> {
  azurite = await startAzurite();
  project.provide('azurite', azurite.connectionString);
}

export async function teardown(): Promise<void> {
  await azurite?.stop();
}
