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

/** Every file of ours, by its path from the root. */
const FILES = ['bot', 'cards', 'jobs', 'infra', 'tests', 'manifest', 'docs'].flatMap((folder) =>
  readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' }).map((name) => `${folder}/${name}`),
);
/** A place in the tree: a file, a folder, some of one name (`*`, `<lang>`), or a test without its ending. */
const NAMED = '(?:bot|cards|jobs|infra|tests|manifest|docs)\\/[\\w.<>*/-]+';

function isThere(target: string): boolean {
  const parts = target.split(/<\w+>|\*/).map((part) => part.replace(/[.]/g, '\\.'));
  const pattern = new RegExp(`^${parts.join('[^/]*').replace(/\/$/, '')}(?:$|[./])`);
  return FILES.some((path) => pattern.test(path));
}

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
        [...text.matchAll(new RegExp(`\`(${NAMED})\``, 'g'))]
          .map(([, target = '']) => target)
          .filter((target) => !isThere(target))
          .map((target) => `${path}: ${target}`),
      );
    expect(missing).toEqual([]);
  });

  it('names none in a comment, or in what content says about itself, that has moved', () => {
    const comments = /^\s*(?:\/?\*\*?|\/\/) .*$|^\s*"about": .*$/gm;
    const missing = FILES.filter(
      (path) => /\.(?:ts|mjs|json)$/.test(path) && !/(^|\/)schema\//.test(path),
    ).flatMap((path) =>
      [...readFileSync(join(ROOT, path), 'utf8').matchAll(comments)]
        .flatMap(([line]) => [...line.matchAll(new RegExp(`(?<![\\w./-])(${NAMED})`, 'g'))])
        .map(([, target = '']) => target.replace(/[./]+$/, ''))
        .filter((target) => !isThere(target))
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
