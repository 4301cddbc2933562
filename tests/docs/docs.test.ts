import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { drawing, withDrawing } from '../../infra/drawing/rooms.js';
import packageJson from '../../package.json' with { type: 'json' };

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const pages = [
  ...['README.md', 'CONTRIBUTING.md', 'CHANGELOG.md'],
  ...readdirSync(join(ROOT, 'docs'), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.md'))
    .map((name) => join('docs', name)),
].map((path) => ({ path, text: readFileSync(join(ROOT, path), 'utf8') }));

describe('what is written about it', () => {
  it('has a README that is read in one go', () => {
    expect(Buffer.byteLength(pages[0]?.text ?? '')).toBeLessThanOrEqual(7 * 1024);
  });

  it('leads to files that are there', () => {
    const missing = pages.flatMap(({ path, text }) =>
      [...text.matchAll(/\]\((?!https?:|mailto:|#)([^)#\s]+)/g)]
        .map(([, target = '']) => join(dirname(path), target))
        .filter((target) => !existsSync(join(ROOT, target)))
        .map((target) => `${path}: ${target}`),
    );
    expect(missing).toEqual([]);
  });

  it('leads to headings that are there', () => {
    const missing = pages.flatMap(({ path, text }) =>
      [...text.matchAll(/\]\((?!https?:|mailto:)([^)#\s]*)#([^)\s]+)\)/g)]
        .filter(([, target = '', anchor = '']) => {
          const page = target === '' ? text : readFileSync(join(ROOT, dirname(path), target), 'utf8');
          return !anchorsOf(page).includes(anchor);
        })
        .map(([, target = '', anchor = '']) => `${path}: ${target}#${anchor}`),
    );
    expect(missing).toEqual([]);
  });

  it('names commands that there are', () => {
    const known = Object.keys(packageJson.scripts);
    const missing = pages.flatMap(({ path, text }) =>
      [...text.matchAll(/npm run ([a-z][a-z:-]*[a-z])/g)]
        .map(([, name = '']) => name)
        .filter((name) => !known.includes(name))
        .map((name) => `${path}: npm run ${name}`),
    );
    expect(missing).toEqual([]);
  });

  it('names sources that are where it says', () => {
    const missing = pages
      .filter(({ path }) => path !== 'CHANGELOG.md')
      .flatMap(({ path, text }) =>
        [...text.matchAll(/`((?:bot|cards|jobs|infra|tests|manifest)\/[\w./-]+\.(?:ts|json|mjs|md))`/g)]
          .map(([, target = '']) => target)
          .filter((target) => !existsSync(join(ROOT, target)))
          .map((target) => `${path}: ${target}`),
      );
    expect(missing).toEqual([]);
  });

  it('draws the rooms as they are', () => {
    const page = pages.find(({ path }) => path === 'docs/architecture.md')?.text ?? '';
    expect(page, 'npm run drawing').toBe(withDrawing(page, drawing(ROOT)));
  });
});

/** What each heading can be linked by, as GitHub makes it. */
function anchorsOf(page: string): readonly string[] {
  return [...page.matchAll(/^#+ (.+)$/gm)].map(([, title = '']) =>
    title
      .toLowerCase()
      .replace(/[^\p{L}\p{N}\s-]/gu, '')
      .replace(/\s/g, '-'),
  );
}
