import { format, type Lang, messagesFor } from '../../../cards/content/words.js';
import { escapeMarkup } from '../../../cards/plain.js';
import { teamsKeeps } from '../../../cards/teams-keeps.js';
import { htmlPage, listOf } from './html-page.js';

/** What the page says that is not the same for everybody. */
export type HomeFacts = {
  readonly version: string;
  /** Whom to ask in this organisation, as the operator wrote it; null when nobody is named. */
  readonly supportContact: string | null;
};

/**
 * The page at the bot's own address: what it is, whom to ask, what an administrator has to know, and which version
 * answers. The manifest names it as the app's website and, at `#admin`, as its documentation. Anybody may read it, so
 * it tells nothing of people.
 */
export function homePage(lang: Lang, { version, supportContact }: HomeFacts): string {
  const { home: words, teams } = messagesFor(lang);
  const section = (title: string, content: string, id: string) =>
    `<section id="${id}"><h2>${escapeMarkup(title)}</h2>${content}</section>`;
  const link = (path: string, text: string) =>
    `<li><a href="${path}?lang=${lang}">${escapeMarkup(text)}</a></li>`;
  const ask =
    supportContact === null
      ? words.ask
      : [format(lang, words.contact, { contact: supportContact }), ...words.ask];
  return htmlPage(lang, words.title, [
    `<p><a href="?lang=${lang === 'nl' ? 'en' : 'nl'}">${escapeMarkup(words.other)}</a></p>`,
    `<p>${escapeMarkup(words.intro)}</p>`,
    `<p><strong>${escapeMarkup(words.danger)}</strong></p>`,
    section(words.startTitle, listOf(words.start), 'start'),
    section(words.askTitle, listOf(ask), 'ask'),
    section(teams.title, listOf(teamsKeeps(lang, 'page')), 'teams'),
    section(words.adminTitle, listOf(words.admin), 'admin'),
    section(
      words.moreTitle,
      `<ul>${link('/privacy', words.privacy)}${link('/terms', words.terms)}</ul>`,
      'more',
    ),
    `<p>${escapeMarkup(format(lang, words.version, { version }))}</p>`,
  ]);
}
