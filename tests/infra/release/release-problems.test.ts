import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { newestRelease } from '../../../infra/release/changelog.js';
import { pinProblems, type VersionFiles, versionProblems } from '../../../infra/release/release-problems.js';
import { type Sbom, sbomOfBundle } from '../../../infra/release/sbom.js';
import { workflowProblems } from '../../../infra/release/workflow-problems.js';
import { faultsOf } from '../../support/faults.js';

const ROOT = fileURLToPath(new URL('../../..', import.meta.url));
const read = (path: string) => readFileSync(`${ROOT}/${path}`, 'utf8');

const CHANGELOG = `# Changelog

## [Unreleased]

## [0.2.0] - 2026-12-01

### Added

- **Something.** That people see.

## [0.1.0] - 2026-11-01

- The first.
`;
const GOOD: VersionFiles = {
  packageJson: '{ "version": "0.2.0" }',
  packageLock: '{ "version": "0.2.0", "packages": { "": { "version": "0.2.0" } } }',
  changelog: CHANGELOG,
  manifest: '{ "version": "${{VERSION}}" }',
  tag: 'v0.2.0',
};

describe('a version', () => {
  it('is fine when everything says the same, and found in the changelog of the project', () => {
    expect(versionProblems(GOOD)).toEqual([]);
    expect(versionProblems({ ...GOOD, tag: null })).toEqual([]);
    expect(newestRelease(read('CHANGELOG.md'))?.notes).toMatch(/^### Added/);
  });

  it('is not fine when something of it is wrong', async () => {
    expect(
      await faultsOf<[string, Partial<VersionFiles>, RegExp]>(
        [
          [
            'the lock file is of before',
            { packageLock: GOOD.packageLock.replace('0.2.0', '0.1.0') },
            /Run: npm install/,
          ],
          ['the manifest has one of its own', { manifest: '{ "version": "0.1.0" }' }, /of its own, 0\.1\.0/],
          ['the tag is another', { tag: 'v0.2.1' }, /The tag is v0\.2\.1, package\.json says 0\.2\.0/],
          [
            'the changelog ends before it',
            { changelog: CHANGELOG.replace('[0.2.0]', '[0.1.9]') },
            /has 0\.1\.9 on top/,
          ],
          ['the changelog has none', { changelog: '# Changelog' }, /has no version on top/],
          [
            'its day is not known',
            { changelog: CHANGELOG.replace('2026-12-01', 'to be said') },
            /needs the day/,
          ],
          [
            'something is left for later',
            { changelog: CHANGELOG.replace('[Unreleased]\n', '[Unreleased]\n\n### Fixed\n\n- More.\n') },
            /\[Unreleased\] is not empty/,
          ],
        ],
        (_, change, problem) => {
          expect(versionProblems({ ...GOOD, ...change })).toEqual([expect.stringMatching(problem)]);
        },
      ),
    ).toEqual([]);
  });

  it('has the notes that stand in its section, and no others', () => {
    expect(newestRelease(CHANGELOG)).toEqual({
      version: '0.2.0',
      day: '2026-12-01',
      notes: '### Added\n\n- **Something.** That people see.',
    });
  });
});

describe('the list of components', () => {
  const component = (name: string) => ({ 'bom-ref': name });
  const INSTALLED: Sbom = {
    bomFormat: 'CycloneDX',
    metadata: { component: { name: 'folder', version: '0.2.0', 'bom-ref': 'bot@0.2.0' } },
    components: ['used@1.0.0', 'under@1.0.0', 'tool@1.0.0'].map(component),
    dependencies: [
      { ref: 'bot@0.2.0', dependsOn: ['used@1.0.0', 'tool@1.0.0'] },
      { ref: 'used@1.0.0', dependsOn: ['under@1.0.0'] },
      { ref: 'tool@1.0.0', dependsOn: ['under@1.0.0'] },
    ],
  };

  it('has what the bundle has, also what a tool needs as well, and no tool, or is refused', () => {
    const { sbom, problems } = sbomOfBundle(INSTALLED, 'kopje-koffie', ['used@1.0.0', 'under@1.0.0']);
    expect(problems).toEqual([]);
    expect(sbom.metadata.component.name).toBe('kopje-koffie');
    expect(sbom.components).toEqual(['used@1.0.0', 'under@1.0.0'].map(component));
    expect(sbom.dependencies).toEqual([
      { ref: 'bot@0.2.0', dependsOn: ['used@1.0.0'] },
      { ref: 'used@1.0.0', dependsOn: ['under@1.0.0'] },
    ]);
    expect(sbomOfBundle(INSTALLED, 'kopje-koffie', ['used@2.0.0']).problems).toEqual([
      'used@2.0.0 is in the bundle and not in the SBOM.',
    ]);
  });
});

describe('the workflows', () => {
  const workflows = readdirSync(`${ROOT}/.github/workflows`).map((name) => [
    name,
    read(`.github/workflows/${name}`),
  ]);

  it('are all well-formed, and pin each action to a commit', async () => {
    expect(
      await faultsOf(workflows, async (name = '', text = '') => {
        expect(await workflowProblems(name, text)).toEqual([]);
        expect(pinProblems(name, text)).toEqual([]);
        expect(text).toContain('uses: actions/checkout@');
      }),
    ).toEqual([]);
  });

  it('may only read unless a job says more, and leave no credentials behind', async () => {
    expect(
      await faultsOf(workflows, (_, text = '') => {
        expect(text).toMatch(/^permissions:( \{\}|\n {2}contents: read)$/m);
        expect(text.match(/actions\/checkout@/g)).toHaveLength(
          (text.match(/persist-credentials: false/g) ?? []).length,
        );
      }),
    ).toEqual([]);
  });

  it('are looked at by something that sees a mistake', async () => {
    const wrong =
      'on: push\njobs:\n  a:\n    runs-on: ubuntu-latest\n    steps:\n      - run: echo ${{ nothing.at }}\n';
    expect(await workflowProblems('wrong.yml', wrong)).toEqual([expect.stringContaining('wrong.yml:6')]);
    expect(pinProblems('wrong.yml', '      - uses: actions/checkout@v5\n')).toHaveLength(1);
    const unsaid = `      - uses: actions/checkout@${'0'.repeat(40)}\n`;
    expect(pinProblems('wrong.yml', unsaid)).toHaveLength(1);
  });
});

describe('what people are asked when they report something', () => {
  const forms = readdirSync(`${ROOT}/.github/ISSUE_TEMPLATE`).filter((name) => name !== 'config.yml');

  it('each say that they are public, and ask for no personal data', async () => {
    expect(
      await faultsOf(forms, (name) => {
        const text = read(`.github/ISSUE_TEMPLATE/${name}`);
        expect(text).toContain('**This is public.**');
        expect(text).toContain('label: Nothing above is about a real person or a real organisation.');
        expect(text).not.toMatch(/label: .*(e-mail|name|organisation\?|tenant|screenshot)/i);
      }),
    ).toEqual([]);
  });
});
