import { type Lang, messagesFor } from '../../../cards/content/words.js';
import { escapeHtml, htmlPage, listOf } from './html-page.js';

/** What one may expect of the app and what not: the page that the manifest names beside the privacy statement. */
export function termsPage(lang: Lang): string {
  const words = messagesFor(lang).terms;
  return htmlPage(lang, words.title, [
    `<p><a href="?lang=${lang === 'nl' ? 'en' : 'nl'}">${escapeHtml(words.other)}</a></p>`,
    `<p>${escapeHtml(words.intro)}</p>`,
    listOf(words.lines),
  ]);
}
