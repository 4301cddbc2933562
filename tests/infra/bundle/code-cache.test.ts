import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

const COMPILED = new URL('../../../dist/infra/bundle/code-cache.js', import.meta.url).href;
const NAME = 'code.js';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'kopje-koffie-code-'));
  write(1);
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function write(answer: number): void {
  const says = `process.stdout.write(JSON.stringify([__filename, ${answer}]));`;
  writeFileSync(join(folder, NAME), `(function(require,module,exports,__filename,__dirname){${says}})`);
}

/** In a process of its own, since V8 knows in one process what it compiled there before: what it ran, and from where. */
function start(...keep: readonly 'keep'[]): { readonly cached: boolean | null; readonly ran: unknown } {
  const program = `
    import { compileCode, keepCodeCache } from ${JSON.stringify(COMPILED)};
    const [folder, name] = ${JSON.stringify([folder, NAME])};
    const code = compileCode(folder, name, () => undefined);
    process.stdout.write(JSON.stringify(code.cached) + '\\n');
    code.run();
    ${keep.map(() => 'keepCodeCache(folder, name, code);').join('')}`;
  const said = execFileSync(process.execPath, ['--input-type=module', '--eval', program], {
    encoding: 'utf8',
  });
  const [cached = '', ran = ''] = said.split('\n');
  return { cached: JSON.parse(cached), ran: JSON.parse(ran) };
}
function cacheFiles(): string[] {
  return readdirSync(folder).filter((name) => name !== NAME);
}

describe('compiled code that is kept', () => {
  const ran = (answer: number) => [join(folder, NAME), answer];

  it('is taken by the next start, and runs as what is compiled anew', () => {
    expect(start('keep')).toEqual({ cached: null, ran: ran(1) });
    expect(start()).toEqual({ cached: true, ran: ran(1) });
  });

  it('is left alone where it is no code of this Node, or of another source, and the start goes on', () => {
    start('keep');
    const [kept = ''] = cacheFiles();
    write(1_000);
    expect(start()).toEqual({ cached: false, ran: ran(1_000) });
    writeFileSync(join(folder, kept), 'no compiled code');
    expect(start()).toEqual({ cached: false, ran: ran(1_000) });
  });

  it('is kept once, by a name that tells for which Node and processor', () => {
    writeFileSync(join(folder, `${NAME}.v18.0.0-linux-x64.code-cache`), 'of another Node');
    start('keep', 'keep');
    expect(cacheFiles()).toEqual([
      `${NAME}.${process.version}-${process.platform}-${process.arch}.code-cache`,
    ]);
  });
});
