import { describe, expect, it } from 'vitest';
import { checkLinks } from '../../manifest/check-links.js';

const SITE = 'https://koffie.example.org';

/** Pages that answer with a status each, or not at all. */
function site(statuses: Readonly<Record<string, number>>) {
  const asked: string[] = [];
  const ask: typeof fetch = async (page) => {
    asked.push(String(page));
    const status = statuses[String(page)];
    if (status === undefined) throw new TypeError('fetch failed');
    return new Response(null, { status });
  };
  return { asked, ask };
}

describe('the links of the manifest', () => {
  it('are good when each answers 200, and each page is asked once', async () => {
    const { asked, ask } = site({ [`${SITE}/`]: 200, [`${SITE}/terms`]: 200 });
    const links = [SITE, `${SITE}/terms`, `${SITE}/#admin`, `${SITE}#admin`];
    expect(await checkLinks(links, ask)).toEqual([]);
    expect(asked).toEqual([`${SITE}/`, `${SITE}/terms`]);
  });

  it('are told apart by what is wrong: not there, moved, or no answer', async () => {
    const { ask } = site({ [`${SITE}/`]: 404, [`${SITE}/privacy`]: 302 });
    expect(await checkLinks([SITE, `${SITE}/privacy`, `${SITE}/terms`], ask)).toEqual([
      `${SITE}/ answers 404 instead of 200.`,
      `${SITE}/privacy answers 302 instead of 200.`,
      `${SITE}/terms does not answer. Is the bot deployed, and is PUBLIC_URL its address?`,
    ]);
  });
});
