import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, realpathSync, symlinkSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';

/**
 * Fills an empty root file system with what an image of Node has: the node that runs this, at the path that the
 * run image has it, and the libraries that it is linked to. With `npm` also what building takes: npm, a shell, and the
 * certificates that this machine trusts its registry by. What comes back is the environment that they need, a line
 * for each variable.
 */
export function fillWithNode(root: string, { npm }: { readonly npm: boolean }): readonly string[] {
  copyWithLibraries(process.execPath, root, '/nodejs/bin/node');
  mkdirSync(join(root, 'tmp'), { recursive: true });
  if (!npm) return [];
  for (const path of ['/bin/sh', '/usr/bin/env']) copyWithLibraries(path, root, path);
  const global = askNpm('root', '--global');
  copy(join(global, 'npm'), root);
  mkdirSync(join(root, 'usr/local/bin'), { recursive: true });
  symlinkSync('/nodejs/bin/node', join(root, 'usr/local/bin/node'));
  symlinkSync(join(global, 'npm/bin/npm-cli.js'), join(root, 'usr/local/bin/npm'));
  const certificates = askNpm('config', 'get', 'cafile');
  const path = 'PATH=/usr/local/bin:/usr/bin:/bin';
  if (!existsSync(certificates)) return [path];
  copy(certificates, root);
  return [path, `npm_config_cafile=${certificates}`];
}

function askNpm(...args: readonly string[]): string {
  return execFileSync('npm', args, { encoding: 'utf8' }).trim();
}

function copy(path: string, root: string): void {
  const target = join(root, path);
  mkdirSync(dirname(target), { recursive: true });
  cpSync(path, target, { recursive: true, dereference: true });
}

function copyWithLibraries(program: string, root: string, target: string): void {
  const to = join(root, target);
  mkdirSync(dirname(to), { recursive: true });
  cpSync(realpathSync(program), to);
  const linked = execFileSync('ldd', [program], { encoding: 'utf8' });
  for (const [library] of linked.matchAll(/\/\S+/g)) {
    const there = join(root, dirname(library), basename(library));
    if (existsSync(there)) continue;
    mkdirSync(dirname(there), { recursive: true });
    cpSync(realpathSync(library), there);
  }
}
