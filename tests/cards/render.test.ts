import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Template } from 'adaptivecards-templating';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
// Loaded for what it does to the library.
import '../../cards/render.js';

const CARDS = fileURLToPath(new URL('../../cards', import.meta.url));
const require = createRequire(import.meta.url);

/** The library as it comes, loaded once more: nothing of ours has been at it. */
const Untouched = (() => {
  const ours = /node_modules[\\/](adaptivecards-templating|adaptive-expressions)[\\/]/;
  const kept = Object.entries(require.cache).filter(([path]) => ours.test(path));
  for (const [path] of kept) delete require.cache[path];
  const { Template: fresh } = require('adaptivecards-templating') as { readonly Template: typeof Template };
  for (const path of Object.keys(require.cache)) if (ours.test(path)) delete require.cache[path];
  Object.assign(require.cache, Object.fromEntries(kept));
  return fresh;
})();

const templates: readonly string[] = readdirSync(CARDS, { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.template.json'))
  .map((name) => readFileSync(join(CARDS, name), 'utf8'));

/** Whatever data may hold: also what is missing, what is nothing, and what is a list where text is meant. */
const leaf = fc.oneof(
  fc.constantFrom(undefined, null, '', 0, 1, true, false, 'Sanne', '${name}', "o'k", [], ['one', 'two']),
  fc.string({ maxLength: 4 }),
);

function dataFor(template: string): fc.Arbitrary<Readonly<Record<string, unknown>>> {
  const names = [
    ...new Set([...template.matchAll(/\$\{[^}]*\}/g)].flatMap(([text]) => text.match(/[A-Za-z_]\w*/g) ?? [])),
  ];
  const flat = fc.record(Object.fromEntries(names.map((name) => [name, leaf])), { requiredKeys: [] });
  const value = fc.oneof(leaf, flat, fc.array(flat, { maxLength: 2 }));
  return fc.record(Object.fromEntries(names.map((name) => [name, value])), { requiredKeys: [] });
}

function filled(template: Template, data: unknown): unknown {
  try {
    return template.expand({ $root: data });
  } catch (error) {
    return String(error);
  }
}

describe('a template', () => {
  it('is filled with exactly what the library by itself fills it with, whatever the data', () => {
    expect(Untouched).not.toBe(Template);
    expect(templates.length).toBeGreaterThan(50);
    for (const json of templates) {
      const [ours, untouched] = [new Template(JSON.parse(json)), new Untouched(JSON.parse(json))];
      fc.assert(
        fc.property(dataFor(json), (data) => {
          expect(filled(ours, data)).toEqual(filled(untouched, data));
        }),
        { numRuns: 15 },
      );
    }
  });
});
