import { copyFile, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { build } from 'esbuild';
import { packageFolders, thirdPartyNotices } from './notices.js';

/** What was written: the folder's files with their size in bytes, and the folders of the packages that went in. */
export type Bundle = {
  readonly files: readonly { readonly name: string; readonly bytes: number }[];
  readonly packageFolders: readonly string[];
};

/**
 * Programs that are deployed, each with a file of its name in the bundle. They share their chunks.
 */
const PROGRAMS = ['bot/command.ts'] as const;

/** Packages of which no code goes in, and something that was written by them: its licence wants to be named too. */
const DATA_FROM = ['node_modules/date-holidays'];

// Packages in the older module format ask for Node's own modules with `require`, which an ES module does not have.
const REQUIRE =
  "import { createRequire as bundleRequire } from 'node:module';const require = bundleRequire(import.meta.url);";

/**
 * Bundles all that runs in production, with its data, from the TypeScript sources in `root` into `target`, which is
 * emptied first. Beside the code: the licence, the notices of what is in it, and a package.json that says how to start
 * it. Names stay as they are: the log tells errors by theirs.
 */
export async function buildBundle(root: string, target: string): Promise<Bundle> {
  await rm(target, { recursive: true, force: true });
  await mkdir(target, { recursive: true });
  const { metafile } = await build({
    absWorkingDir: root,
    entryPoints: [...PROGRAMS],
    outdir: target,
    outbase: 'bot',
    bundle: true,
    // Wrong settings are said before the rest is loaded: what is imported later stays in chunks of its own.
    splitting: true,
    format: 'esm',
    platform: 'node',
    target: 'node20.19',
    minifyWhitespace: true,
    minifySyntax: true,
    // They are in the notices, once for each package.
    legalComments: 'none',
    // Native, optional, and asked for in a `try` by restify's logger; nothing of ours traces.
    external: ['dtrace-provider'],
    banner: { js: REQUIRE },
    metafile: true,
    logLevel: 'warning',
  });
  const used = Object.values(metafile.outputs)
    .flatMap(({ inputs }) => Object.entries(inputs))
    .filter(([, { bytesInOutput }]) => bytesInOutput > 0)
    .map(([path]) => path);
  const folders = [...packageFolders(used), ...DATA_FROM].sort();
  const { name, version, license } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8'));
  const started = { name, version, license, private: true, type: 'module', main: 'command.js' };
  const written: Readonly<Record<string, string>> = {
    'package.json': `${JSON.stringify(started, null, 2)}\n`,
    'THIRD-PARTY-NOTICES.txt': thirdPartyNotices(root, folders),
  };
  for (const [file, text] of Object.entries(written)) await writeFile(join(target, file), text);
  await copyFile(join(root, 'LICENSE'), join(target, 'LICENSE'));
  const chunks = Object.entries(metafile.outputs).map(([path, { bytes }]) => ({
    name: path.slice(path.lastIndexOf('/') + 1),
    bytes,
  }));
  const texts = [...Object.entries(written), ['LICENSE', await readFile(join(root, 'LICENSE'), 'utf8')]];
  return {
    files: [
      ...chunks,
      ...texts.map(([file = '', text = '']) => ({ name: file, bytes: Buffer.byteLength(text) })),
    ],
    packageFolders: folders,
  };
}
