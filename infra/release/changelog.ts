/** The newest version of a changelog that has a section, with its day and its text; null when there is none. */
export type Released = { readonly version: string; readonly day: string; readonly notes: string };

const SECTION = /^## \[(?<version>\d+\.\d+\.\d+(?:-[\w.]+)?)\] - (?<day>.+)$/m;

/** The newest section but `[Unreleased]` of a changelog in the form of Keep a Changelog. */
export function newestRelease(changelog: string): Released | null {
  const found = SECTION.exec(changelog);
  if (found?.groups === undefined) return null;
  const { version = '', day = '' } = found.groups;
  const after = changelog.slice(found.index + found[0].length);
  const end = after.search(/^## \[/m);
  return { version, day: day.trim(), notes: (end < 0 ? after : after.slice(0, end)).trim() };
}

/** What stands under `[Unreleased]`, without its headings. */
export function unreleased(changelog: string): string {
  const [, rest = ''] = changelog.split(/^## \[Unreleased\]$/m);
  const end = rest.search(/^## \[/m);
  return (end < 0 ? rest : rest.slice(0, end)).replaceAll(/^###.*$/gm, '').trim();
}
