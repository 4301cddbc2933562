import { createHash } from 'node:crypto';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { build, type Plugin } from 'esbuild';
import { packageFolders, thirdPartyNotices } from './notices.js';
import { packData } from './packed-data.js';
import { withoutUnusedParts } from './unused-parts.js';

/** What was written: the name of the file with the code, the folder's files with their size in bytes, and the folders of the packages that went in. */
export type Bundle = {
  readonly code: string;
  readonly files: readonly { readonly name: string; readonly bytes: number }[];
  readonly packageFolders: readonly string[];
};

/** Packages of which no code goes in, and something that was written by them: its licence wants to be named too. */
const DATA_FROM = ['node_modules/date-holidays'];

/** JSON from this size on becomes a separate file, read as data and never compiled as code. */
const LARGE_DATA_BYTES = 100_000;

/** What is the same for the code and for what starts it. */
const BUILT = {
  bundle: true,
  format: 'cjs',
  platform: 'node',
  target: 'node20.19',
  minifyWhitespace: true,
  minifySyntax: true,
  // They are in the notices, once for each package.
  legalComments: 'none',
  metafile: true,
  write: false,
  logLevel: 'warning',
} as const;

/**
 * Bundles all that runs in production, with its data, from the TypeScript sources in `root` into `target`, which is
 * emptied first: `command.js`, which is what is started, and the code that it loads, as one script, since V8 takes what it
 * has compiled before for scripts alone and not for modules. Beside it large content as data, the licence, the notices of
 * what is in it, and a package.json. Names stay as they are: the log tells errors by theirs.
 */
export async function buildBundle(root: string, target: string): Promise<Bundle> {
  await rm(target, { recursive: true, force: true });
  await mkdir(target, { recursive: true });
  const data = new Map<string, Buffer>();
  const { metafile, outputFiles } = await build({
    ...BUILT,
    absWorkingDir: root,
    entryPoints: ['bot/command.ts'],
    outfile: join(target, 'command.js'),
    plugins: [contentAsData(root, data), withoutUnusedParts(root)],
    // A script has no `import()`: what a package loads by it is a part of Node.
    supported: { 'dynamic-import': false },
    // Nor does it know where it lies as a module does.
    define: { 'import.meta.url': 'bundleUrl' },
    // Native, optional, and asked for in a `try` by restify's logger; nothing of ours traces.
    external: ['dtrace-provider'],
  });
  const source = asScript(outputFiles[0]?.text ?? '');
  const code = `bot-${createHash('sha256').update(source).digest('hex').slice(0, 12)}.js`;
  const starting = await build({
    ...BUILT,
    absWorkingDir: root,
    entryPoints: ['infra/bundle/start-code.ts'],
    outfile: join(target, 'command.js'),
    define: { CODE: JSON.stringify(code) },
  });
  const used = Object.values(metafile.outputs)
    .flatMap(({ inputs }) => Object.entries(inputs))
    .filter(([, { bytesInOutput }]) => bytesInOutput > 0)
    .map(([path]) => path);
  const folders = [...packageFolders(used), ...DATA_FROM].sort();
  const { name, version, license } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8'));
  const started = { name, version, license, private: true, type: 'commonjs', main: 'command.js' };
  const written: Readonly<Record<string, string | Buffer>> = {
    'command.js': starting.outputFiles[0]?.text ?? '',
    [code]: source,
    ...Object.fromEntries(data),
    'package.json': `${JSON.stringify(started, null, 2)}\n`,
    'THIRD-PARTY-NOTICES.txt': thirdPartyNotices(root, folders),
    LICENSE: await readFile(join(root, 'LICENSE'), 'utf8'),
  };
  for (const [file, content] of Object.entries(written)) await writeFile(join(target, file), content);
  return {
    code,
    files: Object.entries(written).map(([file, content]) => ({
      name: file,
      bytes: Buffer.byteLength(content),
    })),
    packageFolders: folders,
  };
}

/**
 * A function of what a module gets, strict as modules are. In brackets, by which V8 knows that it is called at once. In
 * ASCII, which takes one byte a letter in memory: the bundler leaves regular expressions as they are.
 */
function asScript(code: string): string {
  const ascii = code.replaceAll(
    /[^\0-\x7f]/g,
    (letter) => `\\u${letter.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
  return `(function(require,module,exports,__filename,__dirname){'use strict';const bundleUrl=require('node:url').pathToFileURL(__filename).href;${ascii}\n})`;
}

/**
 * Reads JSON as JSON, which V8 does several times as fast as it compiles a literal, and keeps out of what is compiled.
 * Large content goes to a file of its own, what was learned as bytes.
 */
function contentAsData(root: string, data: Map<string, Buffer>): Plugin {
  return {
    name: 'content-as-data',
    setup({ onLoad }) {
      onLoad({ filter: /\.json$/ }, async ({ path }) => {
        const content: unknown = JSON.parse(await readFile(path, 'utf8'));
        const text = JSON.stringify(content);
        const isOurs = !path.includes('node_modules');
        const file = relative(root, path).replaceAll(/[\\/]/g, '-');
        const isLarge = isOurs && text.length >= LARGE_DATA_BYTES;
        const exported = isOurs ? 'export default' : 'module.exports =';
        if (!isLarge) return { contents: `${exported} JSON.parse(${JSON.stringify(text)})`, loader: 'js' };
        data.set(file, packData(content));
        const contents = [
          `import { readFileSync } from 'node:fs';`,
          `import { join } from 'node:path';`,
          `import { unpackData } from './infra/bundle/packed-data.ts';`,
          `export default unpackData(readFileSync(join(__dirname, ${JSON.stringify(file)})));`,
        ].join('\n');
        return { contents, loader: 'js', resolveDir: root };
      });
    },
  };
}
