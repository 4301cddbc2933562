import { join } from 'node:path';
import type { Plugin } from 'esbuild';

/** What only parts of restify need that are loaded and never called: signed requests, uploads, files to serve. */
const UNUSED = /^(http-signature|csv|formidable|send)$/;
const BY_RESTIFY = /[\\/]node_modules[\\/]restify[\\/]/;
/** What zod says of a fault in other languages: people are told by our own words. It asks for English by itself. */
const LANGUAGES = /[\\/]zod[\\/]v4[\\/]locales[\\/]([\w-]+)\.js$/;
const KEPT: readonly (string | undefined)[] = ['en', 'index'];
/** Four copies of one version, which npm cannot put in one place beside a newer one. */
const OF_BOT_FRAMEWORK = /[\\/]node_modules[\\/]bot(builder|framework)[\w-]*[\\/]lib[\\/]/;

/**
 * Leaves out of the bundle what its packages load and nothing calls, and what they bring several times: a fifteenth of the
 * code, which each start would read. Whatever calls it all the same is told that it is no function.
 */
export function withoutUnusedParts(root: string): Plugin {
  return {
    name: 'without-unused-parts',
    setup({ onResolve, onLoad, resolve }) {
      onResolve({ filter: UNUSED }, ({ path, importer }) =>
        BY_RESTIFY.test(importer) ? { path, namespace: 'unused' } : undefined,
      );
      onLoad({ filter: /^/, namespace: 'unused' }, () => ({ contents: 'module.exports = {};' }));
      onLoad({ filter: LANGUAGES }, ({ path }) =>
        KEPT.includes(LANGUAGES.exec(path)?.[1]) ? undefined : { contents: 'export default () => ({});' },
      );
      onResolve({ filter: /^zod$/ }, ({ path, importer, kind, pluginData }) =>
        OF_BOT_FRAMEWORK.test(importer) && pluginData !== 'once'
          ? resolve(path, {
              kind,
              resolveDir: join(root, 'node_modules', 'botbuilder', 'lib'),
              pluginData: 'once',
            })
          : undefined,
      );
    },
  };
}
