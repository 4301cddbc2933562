import { describe, expect, it } from 'vitest';
import { homePage } from '../../../../bot/http/pages/home-page.js';
import { LANGS, messagesFor } from '../../../../cards/content/words.js';
import manifest from '../../../../manifest/manifest.json' with { type: 'json' };
import { faultsOf } from '../../../support/faults.js';

const FACTS = { version: '0.2.0', supportContact: null };

const PAGES = LANGS.map((lang) => [lang, messagesFor(lang).home, homePage(lang, FACTS)] as const);

describe('the page at the address of the bot, in each language', () => {
  it('says in its own language what the bot is, whom to ask, and which version answers', async () => {
    expect(
      await faultsOf(PAGES, (lang, words, page) => {
        expect(page).toContain(`<html lang="${lang}">`);
        for (const text of [words.intro, words.danger, ...words.ask, ...words.admin])
          expect(page).toContain(text);
        expect(page).toContain('0.2.0');
      }),
    ).toEqual([]);
  });

  it('leads to the other language, the statement and the terms, in the language that is read', async () => {
    expect(
      await faultsOf(PAGES, (lang, _words, page) => {
        const links = [...page.matchAll(/href="([^"]+)"/g)].map(([, href]) => href);
        expect(links).toEqual([
          `?lang=${lang === 'nl' ? 'en' : 'nl'}`,
          `/privacy?lang=${lang}`,
          `/terms?lang=${lang}`,
        ]);
      }),
    ).toEqual([]);
  });

  it('names whom to ask where the operator said so, as it was written', async () => {
    expect(
      await faultsOf(PAGES, (lang, _words, page) => {
        const named = homePage(lang, { ...FACTS, supportContact: 'Hulp <b>{contact}</b> & 030-1' });
        expect(named).toContain('Hulp &lt;b&gt;{contact}&lt;/b&gt; &amp; 030-1');
        expect(page).not.toContain('{contact}');
      }),
    ).toEqual([]);
  });

  it('has the place that the manifest sends administrators to', async () => {
    expect(
      await faultsOf(PAGES, (_lang, words, page) => {
        const anchor = new URL(
          manifest.publisherDocsUrl.replace(/^.*\}\}/, 'https://bot.example'),
        ).hash.slice(1);
        expect(page).toContain(`<section id="${anchor}"><h2>${words.adminTitle}</h2>`);
      }),
    ).toEqual([]);
  });
});
