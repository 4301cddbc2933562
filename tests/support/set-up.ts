import { afterEach, beforeEach } from 'vitest';

/**
 * Opens a scene before each test and closes it after. What comes back does the one and then the other, for a test that
 * needs the scene as new for each of its cases: `faultsOf(cases, check, afresh)`.
 *
 * @param around does the same for the scene around this one, which was opened before it.
 */
export function setUpEach(
  open: () => unknown,
  close: () => unknown = () => undefined,
  around: () => unknown = () => undefined,
): () => Promise<void> {
  beforeEach(async () => void (await open()));
  afterEach(async () => void (await close()));
  return async () => {
    await close();
    await around();
    await open();
  };
}
