import kept from '../../../cards/content/privacy.json' with { type: 'json' };
import { format, type Lang, messagesFor } from '../../../cards/content/words.js';
import { escapeMarkup } from '../../../cards/plain.js';
import { teamsKeeps } from '../../../cards/teams-keeps.js';
import {
  DEFAULT_RETENTION,
  LONGEST_RETENTION,
  type RetentionPeriods,
  SHORTEST_RETENTION,
} from '../../domain/retention-periods.js';
import { htmlPage, listOf } from './html-page.js';

/** Lines of the statement for each table, with the properties that each tells of. */
export const TOLD: Readonly<
  Record<string, readonly { readonly id: string; readonly of: readonly string[] }[]>
> = kept;

/**
 * The privacy statement, from what the tables and the terms really are: each line names the properties that it is
 * about, and a test fails when a table or property exists that no line tells of. GDPR art. 13.
 */
export function privacyPage(lang: Lang): string {
  const { privacy: words, teams } = messagesFor(lang);
  const titles: Readonly<Record<string, { title: string; lines: Readonly<Record<string, string>> }>> =
    words.tables;
  const tables = Object.entries(TOLD).map(([table, lines]) => {
    const { title, lines: told } = titles[table] ?? { title: table, lines: {} };
    return `<h3>${escapeMarkup(title)}</h3>${listOf(lines.map(({ id }) => told[id] ?? ''))}`;
  });
  const terms = (Object.keys(DEFAULT_RETENTION) as (keyof RetentionPeriods)[]).map((term) =>
    format(lang, words.terms[term], {
      count: DEFAULT_RETENTION[term],
      least: SHORTEST_RETENTION[term],
      most: LONGEST_RETENTION[term],
    }),
  );
  const section = (title: string, content: string) => `<h2>${escapeMarkup(title)}</h2>${content}`;
  return htmlPage(lang, words.title, [
    `<p><a href="?lang=${lang === 'nl' ? 'en' : 'nl'}">${escapeMarkup(words.other)}</a></p>`,
    `<p>${escapeMarkup(words.intro)}</p>`,
    section(words.neverTitle, listOf(words.never)),
    section(teams.title, listOf(teamsKeeps(lang, 'page'))),
    section(words.keptTitle, tables.join('')),
    section(words.termsTitle, listOf([...terms, ...words.termsMore])),
    section(words.whoTitle, listOf(words.who)),
    section(words.rightsTitle, listOf(words.rights)),
    section(words.whereTitle, `<p>${escapeMarkup(words.where)}</p>`),
    section(words.basisTitle, `<p>${escapeMarkup(words.basis)}</p>`),
  ]);
}
