import links from './links.json' with { type: 'json' };

export const LINK_IDS = Object.keys(links);

/**
 * The https address of somebody else's page, by its id. Most are the front page of a site: pages deeper in it move,
 * and nobody looks whether they did. Throws RangeError for an id that is not there: the content check names it.
 */
export function linkAddress(id: string): string {
  const found = Object.hasOwn(links, id) ? links[id as keyof typeof links] : undefined;
  if (found === undefined) throw new RangeError(`no link ${id}`);
  return found;
}

/** What a reader sees of an address: the site's name. */
export function siteOf(address: string): string {
  return new URL(address).hostname.replace(/^www\./, '');
}
