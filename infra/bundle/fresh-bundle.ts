import { statSync } from 'node:fs';
import { join } from 'node:path';

/**
 * The command of the bundle in `dist/`, by its path, where it is made of what `dist/` was compiled from; null where there is
 * none, or an older one.
 */
export function freshBundle(root: string): string | null {
  const command = join(root, 'dist', 'bundle', 'command.js');
  const made = madeAt(command);
  // The build puts down when it began.
  const built = madeAt(join(root, 'dist', '.built'));
  return made !== null && built !== null && made > built ? command : null;
}

function madeAt(path: string): number | null {
  return statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? null;
}
