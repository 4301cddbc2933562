import { newestRelease, unreleased } from './changelog.js';

/** Texts of the files that name a version, and what the release is called. */
export type VersionFiles = {
  readonly packageJson: string;
  readonly packageLock: string;
  readonly changelog: string;
  readonly manifest: string;
  /** Of the release under way, such as `v0.2.0`; null when none is. */
  readonly tag: string | null;
};

/** Files whose version differs, and whatever else a release must not have: a sentence for each. */
export function versionProblems(files: VersionFiles): readonly string[] {
  const { version } = JSON.parse(files.packageJson) as { version: string };
  const lock = JSON.parse(files.packageLock) as {
    version: string;
    packages: Readonly<Record<string, { version?: string }>>;
  };
  const problems: string[] = [];
  for (const locked of [lock.version, lock.packages['']?.version]) {
    if (locked !== version)
      problems.push(`package-lock.json says ${locked}, package.json ${version}. Run: npm install`);
  }
  // A version of its own could differ; the package command fills in that of package.json.
  const own = /"version": "(\d[^"]*)"/.exec(files.manifest)?.[1];
  if (own !== undefined)
    problems.push(
      `manifest/manifest.json has a version of its own, ${own}; the package command fills it in.`,
    );
  if (files.tag !== null && files.tag !== `v${version}`)
    problems.push(`The tag is ${files.tag}, package.json says ${version}.`);
  const newest = newestRelease(files.changelog);
  if (newest?.version !== version)
    problems.push(
      `CHANGELOG.md has ${newest?.version ?? 'no version'} on top, package.json says ${version}.`,
    );
  if (newest !== null && !/^\d{4}-\d{2}-\d{2}$/.test(newest.day))
    problems.push(`CHANGELOG.md: [${newest.version}] needs the day of its release, such as 2026-12-01.`);
  if (newest !== null && newest.notes === '') problems.push(`CHANGELOG.md: [${newest.version}] is empty.`);
  if (unreleased(files.changelog) !== '')
    problems.push('CHANGELOG.md: [Unreleased] is not empty. Move it into the section of this version.');
  return problems;
}

const USES = /^\s*(?:- )?uses: (\S+)(.*)$/gm;

/** Actions of a workflow that are not held by a commit, or do not say of which version it is. */
export function pinProblems(name: string, workflow: string): readonly string[] {
  return [...workflow.matchAll(USES)]
    .filter(([, action = '', rest = '']) => !(isPinned(action) && /^ # v\d+(\.\d+)*$/.test(rest)))
    .map(([, action]) => `${name}: ${action} must be pinned to a commit, with its version behind it.`);
}

function isPinned(action: string): boolean {
  return action.startsWith('./') || /@[0-9a-f]{40}$/.test(action);
}
