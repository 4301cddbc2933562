import { type Lang, messagesFor } from '../../../cards/content/words.js';
import { escapeMarkup } from '../../../cards/plain.js';
import { htmlPage, listOf } from './html-page.js';

/** What one may expect of the app and what not: the page that the manifest names beside the privacy statement. */
export function termsPage(lang: Lang): string {
  const words = messagesFor(lang).terms;
  return htmlPage(lang, words.title, [
    `<p><a href="?lang=${lang === 'nl' ? 'en' : 'nl'}">${escapeMarkup(words.other)}</a></p>`,
    `<p>${escapeMarkup(words.intro)}</p>`,
    listOf(words.lines),
  ]);
}
