import { readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Script } from 'node:vm';

/** The code of a bundle, compiled and not yet run. */
export type Code = {
  readonly script: Script;
  /** Whether what was compiled before was taken; null where there was nothing for this Node. */
  readonly cached: boolean | null;
  readonly run: () => void;
};

const ENDING = '.code-cache';

/**
 * Where the code of one bundle lies compiled for one Node: by a name that says which, since V8 itself compares its own
 * version, its flags and the length of the source, and neither the source nor the processor.
 */
function cacheOf(file: string): string {
  return `${file}.${process.version}-${process.platform}-${process.arch}${ENDING}`;
}

/**
 * Compiles the code of a bundle, with what was compiled before where that was by the same Node: most of a start is
 * otherwise compiling. What lies beside the code is trusted as the code is, and no folder that others write is looked at.
 * Where nothing fits, V8 compiles, and nobody is told: it is only slower.
 */
export function compileCode(folder: string, name: string, load: NodeJS.Require): Code {
  const file = join(folder, name);
  // The bundler leaves ASCII alone, which takes one byte a letter and no decoding.
  const source = readFileSync(file, 'latin1');
  const cachedData = cacheIn(file);
  const script = new Script(source, { filename: file, ...(cachedData === null ? {} : { cachedData }) });
  return {
    script,
    cached: cachedData === null ? null : script.cachedDataRejected === false,
    run() {
      const module = { exports: {} };
      script.runInThisContext()(load, module, module.exports, file, folder);
    },
  };
}

function cacheIn(file: string): Buffer | null {
  try {
    return readFileSync(cacheOf(file));
  } catch {
    return null;
  }
}

/** Writes V8's code cache for the next start, atomically, and removes caches of other versions of Node or of the code. */
export function keepCodeCache(folder: string, name: string, { script }: Code): void {
  for (const old of readdirSync(folder).filter((one) => one.endsWith(ENDING))) rmSync(join(folder, old));
  const kept = cacheOf(join(folder, name));
  writeFileSync(`${kept}.part`, script.createCachedData());
  renameSync(`${kept}.part`, kept);
}
