import { readFileSync } from 'node:fs';
import { strFromU8, strToU8, unzipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { buildPackage, PACKAGE_FILES, type PackageFiles } from '../../manifest/build-package.js';
import packageJson from '../../package.json' with { type: 'json' };
import { faultsOf } from '../support/faults.js';

const BOT_ID = '11111111-2222-4333-8444-555555555555';
const FILES: PackageFiles = Object.fromEntries(
  PACKAGE_FILES.map((name) => [
    name,
    new Uint8Array(readFileSync(new URL(`../../manifest/${name}`, import.meta.url))),
  ]),
);
const INPUT = {
  version: packageJson.version,
  blocked: false,
  selfInstall: false,
  env: { MicrosoftAppId: BOT_ID },
  files: FILES,
};

describe('the app package', () => {
  it('holds exactly the manifest, the English texts and the icons of the repository, the same to the byte each time', async () => {
    expect(await problemsOf({})).toEqual([]);
    expect(Object.keys(await unzipped())).toEqual([
      ...['manifest.json', 'en.json'],
      ...['color.png', 'color32.png', 'outline.png'],
    ]);
    const [first, second] = await Promise.all([build(), buildPackage(INPUT)]);
    expect(first.ok && second.ok && Buffer.compare(first.zip, second.zip)).toBe(0);
  });

  it('carries the ids, the links and the name of the environment', async () => {
    const manifest = await manifestOf({
      TEAMS_APP_ID: '99999999-8888-4777-8666-555555555555',
      PUBLIC_URL: 'https://koffie.example.org/',
    });
    expect(manifest.id).toBe('99999999-8888-4777-8666-555555555555');
    expect(manifest.bots[0].botId).toBe(BOT_ID);
    expect(manifest.developer).toMatchObject({
      websiteUrl: 'https://koffie.example.org',
      privacyUrl: 'https://koffie.example.org/privacy',
      termsOfUseUrl: 'https://koffie.example.org/terms',
    });
    expect(manifest.publisherDocsUrl).toBe('https://koffie.example.org/#admin');
    expect((await manifestOf({})).configurableProperties).toEqual(
      expect.arrayContaining(['name', 'developerUrl', 'privacyUrl', 'termsOfUseUrl']),
    );
  });

  it('keeps one id of its own and the version of the product, so that an update stays an update', async () => {
    const [first, second] = [await manifestOf({}), await manifestOf({ TEAMS_APP_ID: ' ' })];
    expect(first.id).toMatch(/^[0-9a-f-]{36}$/);
    expect(second.id).toBe(first.id);
    expect((await manifestOf({})).version).toBe(packageJson.version);
    expect(strFromU8(FILES['manifest.json'] ?? new Uint8Array())).toContain('"version": "${{VERSION}}"');
  });

  it('is blocked until an administrator allows it only when that is asked', async () => {
    expect(
      await faultsOf([true, false], async (blocked) => {
        const result = await buildPackage({ ...INPUT, blocked });
        const manifest = result.ok ? manifestIn(result.zip) : {};
        expect(manifest).toMatchObject({ defaultBlockUntilAdminAction: blocked });
      }),
    ).toEqual([]);
  });

  it('names who it is to Microsoft Graph only where the bot may install it', async () => {
    const of = async (selfInstall: boolean) => {
      const result = await buildPackage({ ...INPUT, selfInstall });
      return result.ok ? manifestIn(result.zip) : result.problems;
    };
    const id = INPUT.env.MicrosoftAppId;
    expect(await of(true)).toMatchObject({ webApplicationInfo: { id, resource: `api://botid-${id}` } });
    expect(await of(false)).not.toHaveProperty('webApplicationInfo');
  });

  it('tells which of its links can be asked', async () => {
    expect(await build({ PUBLIC_URL: 'https://koffie.example.org' })).toMatchObject({
      links: [
        ...['https://koffie.example.org', 'https://koffie.example.org/privacy'],
        ...['https://koffie.example.org/terms', 'https://koffie.example.org/#admin'],
      ],
    });
  });

  it('says that its links lead nowhere where nobody said at which address the bot is', async () => {
    expect(await build({})).toMatchObject({
      ok: true,
      notes: [expect.stringMatching(/^PUBLIC_URL is not set: /)],
    });
    expect(await build({ PUBLIC_URL: 'https://koffie.example.org' })).toMatchObject({ ok: true, notes: [] });
  });

  it('talks to one person at a time, in Dutch unless that person uses English', async () => {
    const manifest = await manifestOf({});
    expect(manifest.bots[0]).toMatchObject({ scopes: ['personal'], supportsFiles: true });
    expect(manifest.localizationInfo).toEqual({
      defaultLanguageTag: 'nl',
      additionalLanguages: [{ languageTag: 'en', file: 'en.json' }],
    });
  });
});

describe('an app package is refused', () => {
  it('when a setting is missing or not what it should be, with the place to find it', async () => {
    expect(await problemsOf({}, { MicrosoftAppId: undefined })).toEqual([
      "MicrosoftAppId is missing: set it to the client id of the bot's managed identity, which the deployment tells, or of its app registration in Entra.",
    ]);
    expect(
      await faultsOf(
        [
          ['MicrosoftAppId', 'kopje'],
          ['TEAMS_APP_ID', '1234'],
          ['PUBLIC_URL', 'http://koffie.example.org'],
          ['PUBLIC_URL', 'https://koffie.example.org/"}'],
        ],
        async (name, value) => {
          const problems = await problemsOf({}, { [name]: value });
          expect(problems).toHaveLength(1);
          expect(problems[0]).toContain(name);
        },
      ),
    ).toEqual([]);
  });

  it('when a file is not there, or an icon is broken', async () => {
    expect(
      await faultsOf(PACKAGE_FILES, async (name) => {
        const { [name]: _, ...others } = FILES;
        expect(await buildPackage({ ...INPUT, files: others })).toEqual({
          ok: false,
          problems: [`${name} is missing.`],
        });
      }),
    ).toEqual([]);
    expect(await problemsOf({ 'color.png': FILES['color.png']?.slice(0, 900) ?? new Uint8Array() })).toEqual([
      'color.png is a damaged PNG file.',
    ]);
  });

  it('when the manifest or the English texts break the schema of Teams', async () => {
    const problems = await problemsOf({ 'manifest.json': edited('manifest.json', '"#B8452A"', '"warm"') });
    expect(problems).toEqual([expect.stringMatching(/^manifest\.json: \/accentColor must match pattern/)]);
    {
      const problems = await problemsOf({ 'en.json': edited('en.json', '"name.full"', '"name.long"') });
      expect(problems).toContainEqual(
        expect.stringMatching(/^en\.json: {2}must NOT have additional properties/),
      );
    }
  });

  it('when a command has no English or is not as Teams takes it, or the name borrows that of Teams', async () => {
    const problems = await problemsOf({
      'en.json': edited('en.json', /,\s*"bots\[0\]\.commandLists\[0\]\.commands\[5\]\.title": "Help"/, ''),
    });
    expect(problems).toEqual(["en.json: bots[0].commandLists[0].commands[5].title is missing ('Help')."]);
    expect(
      await faultsOf(
        [
          [
            'is too long for Teams',
            '"Help"',
            `"${'Help '.repeat(8)}"`,
            /commands\[5\]\.title has 40 characters; 32 is/,
          ],
          ['is empty', '"My evaluations"', '" "', /commands\[2\]\.title is empty\.$/],
          ['is there twice', '"Talk to someone"', '"Help"', /the command 'Help' is there twice\.$/],
        ],
        async (_, from, to, problem) => {
          const problems = await problemsOf({ 'en.json': edited('en.json', from, to) });
          expect(problems).toEqual([expect.stringMatching(problem)]);
        },
      ),
    ).toEqual([]);
    {
      const problems = await problemsOf({
        'en.json': edited('en.json', '"name.short": "Kopje Koffie"', '"name.short": "Koffie for Teams"'),
      });
      expect(problems).toEqual(['en.json: name.short may not contain the word Teams.']);
    }
  });

  it('when a placeholder is left that nobody fills', async () => {
    const problems = await problemsOf({ 'manifest.json': edited('manifest.json', 'PUBLIC_URL', 'WEBSITE') });
    expect(problems[0]).toMatch(/^manifest\.json: nothing is known to fill in for .*WEBSITE/);
  });

  it('with every problem at once', async () => {
    const problems = await problemsOf(
      { 'manifest.json': strToU8('{'), 'color.png': new Uint8Array() },
      { MicrosoftAppId: '' },
    );
    expect(problems).toEqual([
      expect.stringContaining('MicrosoftAppId is missing'),
      'manifest.json is not valid JSON.',
      'color.png is not a PNG file.',
    ]);
  });
});

type Env = Readonly<Record<string, string | undefined>>;

/** Of the files as they are and no more settings than it needs: several tests look at a part of that one. */
const PLAIN = buildPackage(INPUT);

async function build(env: Env = {}, changed: PackageFiles = {}) {
  if (Object.keys({ ...env, ...changed }).length === 0) return PLAIN;
  return buildPackage({ ...INPUT, env: { ...INPUT.env, ...env }, files: { ...FILES, ...changed } });
}

function manifestIn(zip: Uint8Array) {
  return JSON.parse(strFromU8(unzipSync(zip)['manifest.json'] ?? new Uint8Array()));
}

async function problemsOf(changed: PackageFiles, env: Env = {}): Promise<readonly string[]> {
  const result = await build(env, changed);
  return result.ok ? [] : result.problems;
}

async function unzipped(env: Env = {}) {
  const result = await build(env);
  return result.ok ? unzipSync(result.zip) : {};
}

async function manifestOf(env: Env) {
  return JSON.parse(strFromU8((await unzipped(env))['manifest.json'] ?? new Uint8Array()));
}

function edited(name: string, from: string | RegExp, to: string): Uint8Array {
  const before = strFromU8(FILES[name] ?? new Uint8Array());
  const after = before.replace(from, to);
  expect(after, `${name} holds ${from}`).not.toBe(before);
  return strToU8(after);
}
