import { existsSync } from 'node:fs';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { readEnvFile, readOptions } from '../bot/config.js';
import { codeOf } from '../bot/errors.js';
import packageJson from '../package.json' with { type: 'json' };
import { buildPackage, PACKAGE_FILES } from './build-package.js';
import { checkLinks } from './check-links.js';

const TARGET = join('dist', 'kopje-koffie.zip');

const OPTIONS = {
  /** The app is blocked for everybody until an administrator allows it. */
  blocked: { type: 'boolean', default: false },
  /** The bot installs the app for people by Microsoft Graph, with TEAMS_CATALOG_APP_ID among its settings. */
  'self-install': { type: 'boolean', default: false },
  /** Makes no package whose links do not answer. */
  'check-links': { type: 'boolean', default: false },
} as const;

const read = readOptions(process.argv.slice(2), OPTIONS);
if (typeof read === 'string') {
  console.error(`${read}\nuse: npm run package [-- --check-links] [-- --blocked] [-- --self-install]`);
  process.exit(2);
}
const { values: asked } = read;
const unread = readEnvFile();
if (unread !== null) {
  console.error(unread);
  process.exit(1);
}
const found = PACKAGE_FILES.filter((name) => existsSync(join('manifest', name)));
const contents = await Promise.all(
  found.map(async (name) => [name, await readFile(join('manifest', name))] as const),
);
const { version } = packageJson;
const result = await buildPackage({
  version,
  blocked: asked.blocked,
  selfInstall: asked['self-install'],
  env: process.env,
  files: Object.fromEntries(contents),
});
const problems = result.ok ? await (asked['check-links'] ? checkLinks(result.links) : []) : result.problems;

try {
  // An older package left in place would look like the one that was just asked for.
  await rm(TARGET, { force: true });
  if (result.ok && problems.length === 0) {
    await mkdir(dirname(TARGET), { recursive: true });
    await writeFile(TARGET, result.zip);
  }
} catch (error) {
  console.error(
    `${TARGET} cannot be written (${codeOf(error)}): see what is there, and whether this user may.`,
  );
  process.exit(1);
}
if (result.ok && problems.length === 0) {
  const size = `${(result.zip.length / 1024).toFixed(1)} KiB`;
  console.log(`${TARGET}, ${size}, version ${version}, links to ${result.links[0]}`);
  for (const note of result.notes) console.error(note);
} else {
  console.error(['No app package was made:', ...problems.map((problem) => `- ${problem}`)].join('\n'));
  process.exitCode = 1;
}
