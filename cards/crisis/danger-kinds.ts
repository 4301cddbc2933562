/** What words that show danger are about; each has a card of its own. */
export const DANGER_KINDS = ['suicide', 'medical', 'violence', 'home', 'sexual'] as const;
export type DangerKind = (typeof DANGER_KINDS)[number];

/** The languages of the workforce, in which help is given; the rest of the bot speaks the first two. */
export const HELP_LANGS = [
  'nl',
  'en',
  'de',
  'fr',
  'es',
  'pt',
  'pl',
  'uk',
  'ru',
  'ro',
  'bg',
  'tr',
  'ar',
] as const;
export type HelpLang = (typeof HELP_LANGS)[number];
