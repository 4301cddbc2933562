import { stemmer as dutch } from '@orama/stemmers/dutch';
import { stemmer as english } from '@orama/stemmers/english';
import type { Lang } from '../../cards/content/words.js';
import englishMeanings from './content/en/meanings.json' with { type: 'json' };
import dutchMeanings from './content/nl/meanings.json' with { type: 'json' };
import { tokens } from './text/tokens.js';

type Group = keyof typeof dutchMeanings & keyof typeof englishMeanings;

const STEMMERS = { nl: dutch, en: english } as const;
const MEANINGS = { nl: dutchMeanings, en: englishMeanings } as const;
/** What happens in a life and is never put on record by its kind. */
const LIFE_EVENTS: readonly Group[] = [
  'death',
  'divorce',
  'debt',
  'menopause',
  'carer',
  'miscarriage',
  'violence',
];

/** Whether a text speaks of a death: condolences come before numbers to call. */
export function speaksOfDeath(text: string, lang: Lang): boolean {
  return names(text, lang, ['death']) && !THINGS.test(text);
}

/** What people say is dead and never lived: nobody wants condolences for it. */
const THINGS =
  /(?<!\p{L})(?:pc|laptop|computer|telefoon|mobiel|printer|server|scherm|muis|toetsenbord|accu|batterij|wifi|internet|app|systeem|phone|battery|screen|mouse|keyboard|printer|system|line|link)(?:\s+(?:is|are|zijn|was|ging|went|lijkt|seems))?\s+(?:\p{L}+\s+)?(?:dood|dead|overleden|died|gestorven)(?!\p{L})/iu;

/** Whether a text speaks of a loss, a divorce, debts and the like, for which no form of a moment is an answer. */
export function speaksOfLifeEvent(text: string, lang: Lang): boolean {
  return names(text, lang, LIFE_EVENTS);
}

function names(text: string, lang: Lang, groups: readonly Group[]): boolean {
  const stemmed = (words: string) => ` ${tokens(words).map(STEMMERS[lang]).join(' ')} `;
  const said = stemmed(text);
  return groups.some((group) => MEANINGS[lang][group].some((phrase) => said.includes(stemmed(phrase))));
}
