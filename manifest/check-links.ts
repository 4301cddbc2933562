/** How long a page may take to answer before it counts as one that does not. */
const ANSWER_WITHIN_MS = 10_000;

/**
 * Asks each link of the manifest whether it is there: what is wrong with it in a sentence, nothing where all answer 200.
 * A redirect is not followed: Teams shows people the address in the manifest, so that one should be the page's own.
 */
export async function checkLinks(
  links: readonly string[],
  ask: typeof fetch = fetch,
): Promise<readonly string[]> {
  const pages = [...new Set(links.map((link) => new URL(link.replace(/#.*$/, '')).href))];
  const found = await Promise.all(
    pages.map(async (page) => {
      try {
        const { status } = await ask(page, {
          redirect: 'manual',
          signal: AbortSignal.timeout(ANSWER_WITHIN_MS),
        });
        return status === 200 ? [] : [`${page} answers ${status} instead of 200.`];
      } catch {
        return [`${page} does not answer. Is the bot deployed, and is PUBLIC_URL its address?`];
      }
    }),
  );
  return found.flat();
}
