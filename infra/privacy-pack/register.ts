import { SETTING_NAMES, type SettingName } from '../../bot/config.js';
import {
  DEFAULT_RETENTION,
  FIGURES_MONTHS,
  LONGEST_RETENTION,
  REMOVAL_ANSWER_MONTHS,
  type RetentionPeriods,
  SHORTEST_RETENTION,
} from '../../bot/domain/retention-periods.js';
import { STORED_FIELDS } from '../../bot/store/stored-fields.js';
import { TABLE_NAMES, type TableName } from '../../bot/store/tables/tables.js';
import { format, messagesFor } from '../../cards/content/words.js';
import { PURPOSES, SETTINGS_FOR_PEOPLE } from './purposes.js';

/** The page that carries the lists, from the root of the repository. */
export const REGISTER = 'docs/nl/verwerkingsregister.md';
const BEGIN = '<!-- lijsten: gemaakt met npm run register -->';
const END = '<!-- einde van de lijsten -->';

/**
 * The lists of the record of processing, in Markdown: each table with what is in it, in the words of the privacy
 * statement, each retention period, each setting. Made from what the code has, so that none of it can be forgotten.
 */
function register(): string {
  const { privacy } = messagesFor('nl');
  const terms = (Object.keys(DEFAULT_RETENTION) as (keyof RetentionPeriods)[]).map((term) => {
    const [count, least, most] = [DEFAULT_RETENTION, SHORTEST_RETENTION, LONGEST_RETENTION].map(
      (periods) => periods[term],
    );
    return `| \`${term}\` | ${format('nl', privacy.terms[term], { count: count ?? 0, least: least ?? 0, most: most ?? 0 })} |`;
  });
  const settings = SETTING_NAMES.map(
    (name) => `| \`${name}\` | ${SETTINGS_FOR_PEOPLE[name as SettingName]} |`,
  );
  return [
    '## Wat er wordt bewaard',
    ...TABLE_NAMES.map(tableSection),
    '## Hoe lang',
    ['| termijn | wat |', '|---|---|', ...terms].join('\n'),
    [
      ...privacy.termsMore.map((line) => `- ${line}`),
      `- Op een verzoek om te verwijderen komt antwoord binnen ${REMOVAL_ANSWER_MONTHS} maand. Aantallen per maand: ${FIGURES_MONTHS} maanden.`,
    ].join('\n'),
    '## Instellingen, en wat ze voor mensen betekenen',
    ['| instelling | betekenis |', '|---|---|', ...settings].join('\n'),
  ].join('\n\n');
}

function tableSection(table: TableName): string {
  const { title, lines } = messagesFor('nl').privacy.tables[table];
  const { people, purpose, recipients, until } = PURPOSES[table];
  const fields = STORED_FIELDS[table].map((field) => `\`${field}\``).join(', ');
  return `### ${title} (\`${table}\`)

| | |
|---|---|
| Van wie | ${people} |
| Waarvoor | ${purpose} |
| Welke gegevens | ${Object.values(lines).join(' ')} |
| Wie het ziet | ${recipients} |
| Wanneer het weggaat | ${until} |
| Velden in de opslag | ${fields} |`;
}

/** The page with the lists as they are now; what was written around them stays. */
export function withRegister(page: string): string {
  const [before, rest = ''] = page.split(BEGIN);
  const [, after] = rest.split(END);
  if (after === undefined) throw new RangeError(`${REGISTER} has no place for the lists`);
  return `${before}${BEGIN}\n\n${register()}\n\n${END}${after}`;
}
