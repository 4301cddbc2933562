import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { licensedPackage } from '../licences.js';

const LICENCE_FILE = /^(licen[cs]e|copying|notice|unlicense)([.-].*)?$/i;
// Code may lie under such a name too; only text is a notice.
const CODE_FILE = /\.(js|cjs|mjs|ts|json)$/i;
const README = /^readme(\.md)?$/i;
const LICENCE_PART = /^(#+ *licen[cs]e|licen[cs]e *\n-+)[\s\S]*/im;
const RULE = '-'.repeat(80);

/** The folders of the packages that files lie in, each once, as paths like the files' own; our own files have none. */
export function packageFolders(files: readonly string[]): readonly string[] {
  const folders = files.flatMap(
    (file) => /^.*node_modules\/(?:@[^/]+\/)?[^/]+(?=\/)/.exec(file.replaceAll('\\', '/'))?.[0] ?? [],
  );
  return [...new Set(folders)].sort();
}

/**
 * The notices that the licences of these packages ask for: name, version, licence, and the full text as the package
 * has it. Of a package that brings no text the licence's name stands alone.
 */
export function thirdPartyNotices(root: string, folders: readonly string[]): string {
  const byName = new Map(
    folders.map((folder) => {
      const path = join(root, folder);
      const { name, version, licence } = licensedPackage(path);
      return [`${name} ${version}`, section(`${name} ${version}`, licence, textsIn(path))];
    }),
  );
  const sections = [...byName].sort(([one], [other]) => one.localeCompare(other)).map(([, text]) => text);
  return [
    'Kopje Koffie is under the MIT licence, see LICENSE. In this bundle are parts of these packages.\n',
    ...sections,
  ].join('\n');
}

function section(title: string, licence: string, texts: readonly string[]): string {
  const none = ['The package brings no text of its licence.'];
  return [RULE, title, `Licence: ${licence}`, '', ...(texts.length > 0 ? texts : none), ''].join('\n');
}

function textsIn(folder: string): string[] {
  const names = readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => entry.name)
    .sort();
  const read = (name: string) => readFileSync(join(folder, name), 'utf8').replaceAll('\r\n', '\n').trim();
  const files = names.filter((name) => LICENCE_FILE.test(name) && !CODE_FILE.test(name));
  if (files.length > 0) return files.map(read);
  // Some packages have their licence at the end of what they say about themselves.
  return names
    .filter((name) => README.test(name))
    .flatMap((name) => LICENCE_PART.exec(read(name))?.[0] ?? []);
}
