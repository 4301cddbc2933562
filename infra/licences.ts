import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** A package that runs in production, and under which licence, as an SPDX expression; empty when it says none. */
export type Licensed = { readonly name: string; readonly version: string; readonly licence: string };

/** Licences that ask for no more than to be named. */
const PERMISSIVE: ReadonlySet<string> = new Set([
  'MIT',
  'MIT-0',
  'ISC',
  '0BSD',
  'BSD-2-Clause',
  'BSD-3-Clause',
  'Apache-2.0',
  'BlueOak-1.0.0',
  'CC0-1.0',
  'Unlicense',
  'Zlib',
  'Python-2.0',
  'PSF-2.0',
  // Of data: Dutch public holidays among them.
  'CC-BY-3.0',
  'CC-BY-4.0',
]);

/** Packages whose package.json names no licence, by version, and where their licence was read. */
const READ: Readonly<Record<string, string>> = {
  // Readme.md
  'escape-regexp-component 1.0.2': 'MIT',
  // LICENSE is MIT; lib/jspath.js offers both.
  'jspath 0.4.0': 'MIT OR GPL-2.0-or-later',
};

type Locked = { readonly dev?: boolean; readonly optional?: boolean; readonly link?: boolean };
type Manifest = {
  readonly name?: string;
  readonly version?: string;
  readonly license?: unknown;
  readonly licenses?: unknown;
};

/** A package as its own folder tells it, by the path of that folder; throws when there is no package.json. */
export function licensedPackage(folder: string): Licensed {
  const manifest = readJson(join(folder, 'package.json')) as Manifest;
  const { name = folder, version = '' } = manifest;
  return { name, version, licence: licenceOf(manifest) || READ[`${name} ${version}`] || '' };
}

/** All that `npm ci --omit=dev` installs in a folder, by name; throws when something of it is not there. */
export function productionLicences(root: string): Licensed[] {
  const { packages } = readJson(join(root, 'package-lock.json')) as { packages: Record<string, Locked> };
  const found = Object.entries(packages).flatMap(([path, { dev, optional, link }]) => {
    const file = join(root, path, 'package.json');
    // What is for another system is not installed on this one.
    if (path === '' || dev || link || (optional && !existsSync(file))) return [];
    return [licensedPackage(join(root, path))];
  });
  const byName = new Map(found.map((one) => [`${one.name} ${one.version}`, one]));
  return [...byName.values()].sort((one, other) => one.name.localeCompare(other.name));
}

/** Whether an SPDX expression can be met with permissive licences alone. Nested expressions are left to a person. */
export function isPermissive(licence: string): boolean {
  const flat = licence.replace(/^\(([^()]*)\)$/, '$1');
  return flat
    .split(' OR ')
    .some((choice) => choice.split(' AND ').every((one) => PERMISSIVE.has(one.trim())));
}

/** Reads the older forms too: `{ type }`, and a list of alternatives. */
function licenceOf({ license, licenses }: Manifest): string {
  const named = [license, licenses].flat().map((one) => (isRecord(one) ? one.type : one));
  return named.filter((one) => typeof one === 'string').join(' OR ');
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}

function readJson(file: string): unknown {
  return JSON.parse(readFileSync(file, 'utf8'));
}
