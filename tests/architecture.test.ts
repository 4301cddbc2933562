import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { ACTIONS } from '../cards/actions.js';
import { faultsOf } from './support/faults.js';

const ROOT = fileURLToPath(new URL('..', import.meta.url));

type Source = {
  readonly path: string;
  readonly text: string;
  readonly imports: readonly string[];
  /** Of those what is loaded with it: not what is a type alone, nor what is loaded later. */
  readonly loads: readonly string[];
};

const NAMED = /(?:from|import)\s*\(?\s*'([^']+)'/g;
const LOADED = /^(?:import|export)\s(?!type\s)(?:[^;']*?\sfrom\s)?\s*'([^']+)'/gm;

/** Sources by their path from the root; imports as paths from the root, or a package's name. */
const sources: readonly Source[] = ['bot', 'cards', 'jobs', 'manifest', 'infra']
  .flatMap((folder) => filesUnder(folder))
  .map((path) => {
    const text = readFileSync(join(ROOT, path), 'utf8');
    return { path, text, imports: importsOf(path, text), loads: importsOf(path, text, LOADED) };
  });

/** What any room may look at: a turn and a reply as values, codes of errors, the log, how long to wait. */
const SPINE = /^bot\/(turn|reply|errors|log|config|timeout)\.ts$/;

/**
 * The rooms from the ground up, and into which each may look. `features` and `jobs` are the only ones in which the
 * product itself is told, and they meet in the tables alone.
 */
const ROOMS: Readonly<Record<string, readonly string[]>> = {
  cards: [],
  telemetry: [],
  domain: ['cards'],
  store: ['domain'],
  doctor: ['store', 'domain'],
  nlu: ['domain', 'cards'],
  services: ['nlu', 'store', 'domain', 'cards'],
  access: ['services', 'nlu', 'store', 'domain', 'cards'],
  teams: ['access', 'nlu', 'store', 'domain', 'cards'],
  http: ['teams', 'store', 'domain', 'cards'],
  clients: ['access'],
  features: ['clients', 'access', 'services', 'nlu', 'store', 'domain', 'cards'],
  jobs: ['teams', 'services', 'store', 'domain', 'cards'],
  manifest: [],
  infra: ['store', 'domain', 'telemetry', 'cards'],
};
/** What stitches the rooms together. */
const STAIRS = /^bot\/((command|command-line|main|router)\.ts$|composition\/)/;
/** Beside itself and the spine. */
const MOST_ROOMS = { features: 8, jobs: 6 } as const;
const MOST_LOOSE_FILES = 10;

/** Which room a source stands in; null for the spine and the stairs. */
function roomOf(path: string): string | null {
  const [top = '', room = '', ...rest] = path.split('/');
  if (STAIRS.test(path)) return null;
  if (top !== 'bot') return top;
  return rest.length === 0 ? null : room;
}

/** A source with all that is loaded before it runs. */
function loadedWith(source: string): ReadonlySet<string> {
  const loaded = new Set([source]);
  // A set goes on to what is added to it while it is gone through.
  for (const path of loaded)
    for (const one of sources.find((it) => it.path === path)?.loads ?? []) loaded.add(one);
  return loaded;
}

/** Who alone may import a library. */
const SOLE_IMPORTERS: Readonly<Record<string, readonly RegExp[]>> = {
  restify: [/^bot\/http\//],
  botbuilder: [/^bot\/teams\//],
  'adaptive-expressions': [/^cards\/render\./],
  'adaptivecards-templating': [/^cards\/render\./],
  'node-cron': [/^jobs\/schedule\./],
  '@azure/core-rest-pipeline': [/^bot\/store\/tables\//],
  '@azure/data-tables': [/^bot\/store\/tables\//, /^bot\/teams\/adapter\./],
  '@azure/identity': [/^bot\/composition\/identity\./, /^bot\/store\/tables\/tables\./],
  luxon: [/^bot\/domain\/calendar\./],
  'libphonenumber-js': [/^bot\/features\/hr\//],
  'lru-cache': [/^bot\/(services|clients|teams)\//, /^bot\/domain\/calendar\./],
  'chrono-node': [/^bot\/nlu\/entities\//],
  pino: [/^bot\/log\./],
  fflate: [/^cards\/word-document\./, /^manifest\//],
  '@opentelemetry/api': [/^bot\/telemetry\/(metrics|watch)\./],
  // Loaded only where figures are wanted: `exporters.ts` is imported by nobody before.
  '@opentelemetry/sdk-metrics': [/^bot\/telemetry\/(exporters|log-exporter)\./],
  '@opentelemetry/sdk-trace-base': [/^bot\/telemetry\/exporters\./],
  'intl-messageformat': [/^cards\/content\/words\./],
};

describe('the arrows of the house', () => {
  it('each room looks only into the rooms that it may, down only, and every room is in the plan', async () => {
    expect(
      await faultsOf(Object.entries(ROOMS), (room, may) => {
        const wrong = sources
          .filter(({ path }) => roomOf(path) === room)
          .flatMap(({ path, imports }) =>
            imports
              .filter((one) => isOurs(one) && !SPINE.test(one))
              .filter((one) => {
                const other = roomOf(one);
                return other !== room && (other === null || !may.includes(other));
              })
              .map((one) => `${path} -> ${one}`),
          );
        expect(wrong).toEqual([]);
      }),
    ).toEqual([]);
    const rooms = Object.keys(ROOMS);
    expect(
      [...new Set(sources.map(({ path }) => roomOf(path)).filter((room) => room !== null))].sort(),
    ).toEqual([...rooms].sort());
    for (const [index, may] of Object.values(ROOMS).entries())
      for (const room of may) expect(rooms.indexOf(room), `${rooms[index]} -> ${room}`).toBeLessThan(index);
  });

  it('keeps the spine light: it knows the values that rooms hand to each other, and no feature or job', () => {
    const wrong = sources
      .filter(({ path }) => SPINE.test(path))
      .flatMap(({ path, imports }) =>
        imports
          .filter((one) => isOurs(one) && !SPINE.test(one) && !/^(cards|bot\/(domain|store))\//.test(one))
          .map((one) => `${path} -> ${one}`),
      );
    expect(wrong).toEqual([]);
  });

  it('lets a feature know no other feature, and few rooms', () => {
    for (const [room, most] of Object.entries(MOST_ROOMS)) {
      const folderOf = (path: string) =>
        path
          .split('/')
          .slice(0, room === 'features' ? 3 : 1)
          .join('/');
      const seen = new Map<string, Set<string>>();
      for (const { path, imports } of sources.filter((source) => roomOf(source.path) === room)) {
        const folder = folderOf(path);
        const others = seen.get(folder) ?? new Set();
        seen.set(folder, others);
        for (const one of imports) {
          const other = roomOf(one);
          if (isOurs(one) && other === room && room === 'features' && path !== 'bot/features/features.ts')
            expect(folderOf(one), path).toBe(folder);
          else if (isOurs(one) && other !== null && other !== room) others.add(other);
        }
      }
      for (const [folder, others] of seen) expect([...others].length, folder).toBeLessThanOrEqual(most);
    }
  });

  it('loads for a job or a backup nothing of what only answers turns, and no credential before a token is wanted', () => {
    const loaded = loadedWith('bot/main.ts');
    expect(loaded).toContain('jobs/jobs.ts');
    const rooms = [...loaded].filter((path) => /^bot\/(features|http|nlu|router)/.test(path));
    expect(rooms).toEqual([]);
    for (const library of ['restify', 'botbuilder', 'botframework-connector', '@azure/identity'])
      expect(loaded, library).not.toContain(library);
    // It listens before the SDK is loaded.
    const serving = loadedWith('bot/composition/serving.ts');
    expect(serving).toContain('restify');
    expect(serving).not.toContain('botbuilder');
  });

  it('has few files loose in the hall, and no circle of files anywhere', () => {
    const loose = sources.filter(({ path }) => /^bot\/[^/]+$/.test(path)).map(({ path }) => path);
    expect(loose.length, loose.join(' ')).toBeLessThanOrEqual(MOST_LOOSE_FILES);
    expect(circlesOf(sources)).toEqual([]);
  });

  it('lets nobody but the stairs and the programs look at what stitches the rooms together', () => {
    const wrong = sources
      .filter(({ path }) => !STAIRS.test(path))
      .flatMap(({ path, imports }) =>
        imports.filter((one) => STAIRS.test(one)).map((one) => `${path} -> ${one}`),
      );
    expect(wrong).toEqual([]);
  });

  it('each library is imported where it belongs and nowhere else', async () => {
    expect(
      await faultsOf(Object.entries(SOLE_IMPORTERS), (library, rooms) => {
        const importers = sources.filter(({ imports }) =>
          imports.some((one) => one === library || one.startsWith(`${library}/`)),
        );
        expect(importers.length).toBeGreaterThan(0);
        const wrong = importers
          .map(({ path }) => path)
          .filter((path) => !rooms.some((room) => room.test(path)));
        expect(wrong).toEqual([]);
      }),
    ).toEqual([]);
  });

  it('loads what measures only where figures are wanted', () => {
    const loads = (path: string) => sources.filter(({ imports }) => imports.includes(path));
    expect(loads('bot/telemetry/exporters.ts').map(({ path }) => path)).toEqual(['bot/command-line.ts']);
    for (const { text } of loads('bot/telemetry/exporters.ts'))
      expect(text).not.toContain("from './telemetry/exporters.js'");
    expect(loads('bot/telemetry/log-exporter.ts').map(({ path }) => path)).toEqual([
      'bot/telemetry/exporters.ts',
    ]);
    for (const { path, text } of loads('@opentelemetry/api'))
      expect(text, path).toMatch(/import type \{[^}]+\} from '@opentelemetry\/api'/);
  });

  it('reads the environment, reads the clock and makes ids only where a program starts', () => {
    const readers = sources.filter(({ text }) => /process\.env/.test(text)).map(({ path }) => path);
    expect(readers.filter((path) => !/^(bot\/command\.|manifest\/|infra\/)/.test(path))).toEqual([]);
    const makers = sources.filter(({ text }) => /new Date\(\)|Date\.now\(|randomUUID/.test(text));
    expect(
      makers
        .map(({ path }) => path)
        .filter((path) => !/^(bot\/command(-line)?\.|manifest\/|infra\/)/.test(path)),
    ).toEqual([]);
  });

  it('has one way to wait no longer than so long, which leaves no timer behind', () => {
    const racing = sources.filter(({ text }) => /Promise\.race\(|TimeoutStrategy/.test(text));
    // The try-out waits for whichever of its processes ends first.
    expect(racing.map(({ path }) => path)).toEqual(['bot/timeout.ts', 'infra/local/start-local.ts']);
  });

  it('looks at what came of every write, or says that it need not', () => {
    // A write that lost to another, or found its row gone, is an expected outcome: nobody else tells of it. `void
    // (await …)` says that any outcome will do.
    const writes = [
      ...['insert', 'replace', 'transact', 'mergeAll', 'claim', 'markSending', 'put', 'putMembers'],
      ...['change', 'changeMember', 'changeMoment', 'changeAgreement', 'addMoment', 'addAgreement'],
    ];
    const ignored = new RegExp(`^[ \\t]*(await )?[\\w.]+\\.(${writes.join('|')})\\(`, 'gm');
    const found = sources
      .filter(({ path }) => /^(bot|jobs)\//.test(path))
      .flatMap(({ path, text }) =>
        [...text.matchAll(ignored)]
          // The last line of a chain, or of an arrow that gives it back, is none of its own.
          .filter(({ index }) => /[;{}]\s*(\/\/[^\n]*\s*)*$/.test(text.slice(0, index)))
          .map(([line]) => `${path}: ${line.trim()}`),
      );
    expect(found).toEqual([]);
  });

  it('has no barrels and no drawers', () => {
    const drawers = /(^|\/)(index|utils?|helpers?|misc|common|shared)\.ts$/;
    expect(sources.map(({ path }) => path).filter((path) => drawers.test(path))).toEqual([]);
  });

  it('has for every verb a handler and a card that writes it, and for each template the card beside it', () => {
    // A press that stands for words goes where the words would: the router itself answers that one.
    const handlers = sources
      .filter(({ path }) => path.endsWith('.handler.ts') || path === 'bot/router.ts')
      .map(({ text }) => text);
    const missing = Object.keys(ACTIONS).filter(
      (verb) =>
        !handlers.some((text) => new RegExp(`'${verb.replace('.', '\\.')}'(\\(turn\\))?[:( ]`).test(text)),
    );
    expect(missing).toEqual([]);
    {
      const cards = sources.filter(({ path }) => path.endsWith('.card.ts')).map(({ text }) => text);
      const missing = Object.keys(ACTIONS).filter(
        (verb) => !cards.some((text) => text.includes(`'${verb}'`)),
      );
      expect(missing).toEqual([]);
    }
    const templates = filesUnder('cards', /\.template\.json$/);
    expect(templates.length).toBeGreaterThan(10);
    const unused = templates.filter(
      (path) =>
        !sources.some((source) => source.imports.includes(path) && dirname(source.path) === dirname(path)),
    );
    expect(unused).toEqual([]);
  });

  it('has a sample of each card: what has none is neither checked, measured nor drawn', () => {
    const read = (paths: readonly string[]) =>
      paths.map((path) => readFileSync(join(ROOT, path), 'utf8')).join();
    const shown = read(filesUnder('tests/cards', /samples\.ts$/));
    const made = [...read(filesUnder('cards', /\.card\.ts$/)).matchAll(/export function (\w+Card)\b/g)];
    expect(made.length).toBeGreaterThan(100);
    expect(made.filter(([, name]) => !new RegExp(`\\b${name}\\b`).test(shown))).toEqual([]);
  });

  it('keeps words out of code: no sentence stands in a card or a feature', () => {
    const sentence = /(['"`])[A-Z][a-z]+ [^'"`\n]{12,}[.?!]\1/;
    const wrong = sources
      .filter(({ path }) => /^(cards\/(?!content)|bot\/features|jobs)/.test(path))
      .flatMap(({ path, text }) =>
        text
          .split('\n')
          .filter((line) => sentence.test(line) && !/^\s*(\/\/|\*|\/\*)/.test(line))
          .map((line) => `${path}: ${line.trim()}`),
      );
    expect(wrong).toEqual([]);
  });
});

/** Circles of files by their imports, each from its first file on; types count too. */
function circlesOf(all: readonly Source[]): string[] {
  const importsByPath = new Map(all.map(({ path, imports }) => [path, imports.filter(isOurs)]));
  const done = new Set<string>();
  const found: string[] = [];
  const visit = (path: string, trail: readonly string[]): void => {
    const start = trail.indexOf(path);
    if (start >= 0) found.push([...trail.slice(start), path].join(' -> '));
    if (start >= 0 || done.has(path)) return;
    for (const next of importsByPath.get(path) ?? []) visit(next, [...trail, path]);
    done.add(path);
  };
  for (const path of importsByPath.keys()) visit(path, []);
  return found;
}

function isOurs(path: string): boolean {
  return /^(bot|cards|jobs|manifest|infra|tests)\//.test(path);
}

function importsOf(path: string, text: string, pattern: RegExp = NAMED): string[] {
  const found = [...text.matchAll(pattern)].map((match) => match[1] ?? '');
  return found.map((target) =>
    target.startsWith('.')
      ? relative(ROOT, join(ROOT, dirname(path), target)).replace(/\.js$/, '.ts')
      : target,
  );
}

function filesUnder(folder: string, ending = /\.ts$/): string[] {
  return readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => ending.test(name) && !name.endsWith('.d.ts'))
    .map((name) => join(folder, name));
}
