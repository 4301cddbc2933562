import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { freshBundle } from '../../../infra/bundle/fresh-bundle.js';

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'kopje-koffie-fresh-'));
  mkdirSync(join(root, 'dist', 'bundle'), { recursive: true });
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

function put(seconds: number, ...path: readonly string[]): void {
  const file = join(root, 'dist', ...path);
  writeFileSync(file, '');
  utimesSync(file, seconds, seconds);
}

it('takes the bundle for what is compiled only where it was made after that', () => {
  const command = join(root, 'dist', 'bundle', 'command.js');
  expect(freshBundle(root)).toBeNull();
  put(1_000, '.built');
  expect(freshBundle(root)).toBeNull();
  put(1_001, 'bundle', 'command.js');
  expect(freshBundle(root)).toBe(command);
  put(1_002, '.built');
  expect(freshBundle(root)).toBeNull();
});
