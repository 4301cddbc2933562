import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { ACTIONS } from '../cards/actions.js';

const ROOT = fileURLToPath(new URL('..', import.meta.url));

type Source = { readonly path: string; readonly text: string; readonly imports: readonly string[] };

/** Sources by their path from the root; imports as paths from the root, or a package's name. */
const sources: readonly Source[] = ['bot', 'cards', 'jobs', 'manifest', 'infra']
  .flatMap((folder) => filesUnder(folder))
  .map((path) => {
    const text = readFileSync(join(ROOT, path), 'utf8');
    return { path, text, imports: importsOf(path, text) };
  });

/** Where each room may look, besides into itself. */
const ARROWS: readonly { readonly room: RegExp; readonly may: RegExp; readonly why: string }[] = [
  { room: /^cards\//, may: /^cards\//, why: 'cards are pure: data in, card out' },
  {
    room: /^bot\/domain\//,
    may: /^bot\/(domain\/|store\/|calendar\.)/,
    why: 'the domain is pure: what a record is, and how it changes',
  },
  {
    room: /^bot\/store\//,
    may: /^bot\/(store\/|domain\/|errors\.)/,
    why: 'the store knows nothing of the house but errors and the records that it keeps',
  },
  {
    room: /^bot\/features\/(?<name>[^/]+)\//,
    may: /^(cards\/|bot\/(store\/|domain\/|services\/|features\/<name>\/|(turn|reply|errors|file-upload|word-document|own-agreement|own-organisation|contacts-plan|state-of-health|calendar|planning|reachability|screening|field-rules|moment-plan|monthly-plan|said-days|said-names)\.))/,
    why: 'a feature knows no other feature, no jobs and no botbuilder',
  },
  {
    room: /^bot\/domain\//,
    may: /^bot\/(domain\/|store\/|calendar\.)/,
    why: 'the domain is pure: records in, records out',
  },
  { room: /^bot\/intents\//, may: /^(cards\/content\/|bot\/intents\/)/, why: 'understanding is pure' },
  {
    room: /^jobs\//,
    may: /^(jobs\/|cards\/|bot\/(store\/|domain\/|services\/|(proactive|calendar|planning|moment-plan|monthly-plan|contacts-plan|errors|log)\.))/,
    why: 'jobs and features meet only in the tables',
  },
  { room: /^bot\/(?!main\.)/, may: /^(bot\/|cards\/)/, why: 'only main knows the jobs' },
  { room: /^manifest\//, may: /^manifest\//, why: 'the package stands apart' },
  { room: /^infra\//, may: /^infra\//, why: 'infra starts the bot from outside' },
];

/** Who alone may import a library. */
const SOLE_IMPORTERS: Readonly<Record<string, readonly RegExp[]>> = {
  restify: [/^bot\/server\./],
  botbuilder: [/^bot\/(adapter|proactive)\./],
  'adaptivecards-templating': [/^cards\/render\./],
  'node-cron': [/^jobs\/schedule\./],
  '@azure/data-tables': [/^bot\/store\/tables\./, /^bot\/adapter\./],
  '@azure/identity': [/^bot\/store\/tables\./, /^bot\/graph\./],
  luxon: [/^bot\/calendar\./],
  'libphonenumber-js': [/^bot\/features\/hr\//],
  'lru-cache': [/^bot\/(own-organisation|graph|rates|proactive)\./],
  'chrono-node': [/^bot\/said-days\./],
  'date-holidays': [/^bot\/calendar\./],
  pino: [/^bot\/log\./],
  fflate: [/^bot\/word-document\./, /^manifest\//],
  minisearch: [/^bot\/intents\//],
  'intl-messageformat': [/^cards\/content\/words\./],
};

describe('the arrows of the house', () => {
  it.each(ARROWS.map((arrow) => [arrow.why, arrow] as const))('%s', (_why, { room, may }) => {
    const wrong = sources.flatMap(({ path, imports }) => {
      const match = room.exec(path);
      if (match === null) return [];
      const allowed = new RegExp(may.source.replaceAll('<name>', match.groups?.name ?? ''));
      return imports.filter((one) => isOurs(one) && !allowed.test(one)).map((one) => `${path} -> ${one}`);
    });
    expect(wrong).toEqual([]);
  });

  it.each(Object.entries(SOLE_IMPORTERS))(
    '%s is imported where it belongs and nowhere else',
    (library, rooms) => {
      const importers = sources.filter(({ imports }) =>
        imports.some((one) => one === library || one.startsWith(`${library}/`)),
      );
      expect(importers.length).toBeGreaterThan(0);
      const wrong = importers
        .map(({ path }) => path)
        .filter((path) => !rooms.some((room) => room.test(path)));
      expect(wrong).toEqual([]);
    },
  );

  it('reads the environment only where a program starts', () => {
    const readers = sources.filter(({ text }) => /process\.env/.test(text)).map(({ path }) => path);
    expect(readers.filter((path) => !/^(bot\/command\.|manifest\/|infra\/)/.test(path))).toEqual([]);
  });

  it('reads the clock and makes ids only where a program starts', () => {
    const makers = sources.filter(({ text }) => /new Date\(\)|Date\.now\(|randomUUID/.test(text));
    expect(
      makers.map(({ path }) => path).filter((path) => !/^(bot\/command\.|manifest\/|infra\/)/.test(path)),
    ).toEqual([]);
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

  it('has a handler for every verb', () => {
    // A press that stands for words goes where the words would: the router itself answers that one.
    const handlers = sources
      .filter(({ path }) => path.endsWith('.handler.ts') || path === 'bot/router.ts')
      .map(({ text }) => text);
    const missing = Object.keys(ACTIONS).filter(
      (verb) =>
        !handlers.some((text) => new RegExp(`'${verb.replace('.', '\\.')}'(\\(turn\\))?[:( ]`).test(text)),
    );
    expect(missing).toEqual([]);
  });

  it('has a card that writes each verb', () => {
    const cards = sources.filter(({ path }) => path.endsWith('.card.ts')).map(({ text }) => text);
    const missing = Object.keys(ACTIONS).filter((verb) => !cards.some((text) => text.includes(`'${verb}'`)));
    expect(missing).toEqual([]);
  });

  it('uses each card template in the card beside it', () => {
    const templates = filesUnder('cards', /\.template\.json$/);
    expect(templates.length).toBeGreaterThan(10);
    const unused = templates.filter(
      (path) =>
        !sources.some((source) => source.imports.includes(path) && dirname(source.path) === dirname(path)),
    );
    expect(unused).toEqual([]);
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

function isOurs(path: string): boolean {
  return /^(bot|cards|jobs|manifest|infra|tests)\//.test(path);
}

function importsOf(path: string, text: string): string[] {
  const found = [...text.matchAll(/(?:from|import)\s*\(?\s*'([^']+)'/g)].map((match) => match[1] ?? '');
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
