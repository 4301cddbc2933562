import { stemmer as dutch } from '@orama/stemmers/dutch';
import { stemmer as english } from '@orama/stemmers/english';
import englishWords from '../../../cards/content/en/words.json' with { type: 'json' };
import dutchWords from '../../../cards/content/nl/words.json' with { type: 'json' };
import type { Lang } from '../../../cards/content/words.js';
import spoken from '../content/spoken.json' with { type: 'json' };
import { tokens } from '../text/tokens.js';

/** Whom a text is about, which tells who asks: oneself, one's boss, somebody whom one leads, or nobody in particular. */
export type Who = 'self' | 'boss' | 'other' | 'mixed' | 'nobody';
export type Stem = (word: string) => string;
/** Phrases of up to three stems, with the names of the groups that they belong to. */
export type NamedPhrases = {
  readonly names: ReadonlyMap<string, readonly string[]>;
  /** What a longer phrase begins with: most words begin none, and no more of the text is put together for them. */
  readonly begins: ReadonlySet<string>;
};

/** To whom it happens; "een medewerker van mij" happens to nobody. */
const TO_ME = { nl: ['mij', 'me', 'mezelf'], en: ['me', 'myself'] } as const;
const OF = { nl: 'van', en: 'of' } as const;
const MINE = { nl: ['mijn'], en: ['my'] } as const;
const WHO = { nl: dutchWords.who, en: englishWords.who } as const;
const STEMMERS = { nl: dutch, en: english } as const;
const LONGEST_PHRASE = 3;

/** Makes the reader of who asks, from the stems of a text. */
export function createAsker(lang: Lang, stem: Stem = STEMMERS[lang]): (stems: readonly string[]) => Who {
  const who = phrasesOf(WHO[lang], stem);
  const asManager = phrasesOf({ asManager: spoken.asManager[lang] }, stem);
  const ownState = createOwnState(lang, stem);
  const asksAbout = spoken.asksAbout[lang].map((words) => words.map(stem));
  const begins = new Set(spoken.begins[lang].map((text) => tokens(text).map(stem).join(' ')));
  const toMe = new Set(TO_ME[lang].map(stem));
  const of = stem(OF[lang]);
  const mine = new Set(MINE[lang].map(stem));

  /**
   * A boss who is named is an employee's, unless the one who asks is the boss. "Hij", "ze" or a team member is a manager's
   * question, unless it happens to the one who asks ("ze sluiten mij buiten") or begins as one's own ("heb schulden", "word
   * gepest door collega's").
   * What is only true of oneself ("ik drink", "mijn man") is one's own, whoever else is named as "ze"; and who asks what
   * may be asked leads somebody.
   */
  return (stems) => {
    const isOwn = ownState(stems);
    if (!isOwn && namesIn(stems, asManager).size > 0) return 'other';
    const meant = namesIn(stems, who);
    if (meant.has('boss')) return 'boss';
    if (isOwn) return namesIn(stems, asManager).size > 0 ? 'mixed' : 'self';
    if (asksAbout.some((words) => words.every((word) => stems.includes(word)))) return 'other';
    const verbFirst = begins.has(stems[0] ?? '');
    const ownStart = verbFirst || begins.has(stems.slice(0, 2).join(' '));
    const named = ['employee', 'name'].some((name) => meant.has(name));
    const own = stems.some((word) => mine.has(word));
    const me = stems.some((word, at) => toMe.has(word) && stems[at - 1] !== of);
    if (named || meant.has('they'))
      return me || verbFirst || (!named && (ownStart || own)) ? 'mixed' : 'other';
    return ownStart || meant.has('self') || own ? 'self' : 'nobody';
  };
}

/** Whether a text says what is only true of the one who writes it: "ik drink", "mijn man". */
export function createOwnState(
  lang: Lang,
  stem: Stem = STEMMERS[lang],
): (stems: readonly string[]) => boolean {
  const phrases = phrasesOf({ ownState: spoken.ownState[lang] }, stem);
  return (stems) => namesIn(stems, phrases).size > 0;
}

export function phrasesOf(groups: Readonly<Record<string, readonly string[]>>, stem: Stem): NamedPhrases {
  const names = new Map<string, string[]>();
  const begins = new Set<string>();
  for (const [name, phrases] of Object.entries(groups)) {
    for (const phrase of new Set(phrases.map((text) => tokens(text).map(stem).join(' ')))) {
      names.set(phrase, [...(names.get(phrase) ?? []), name]);
      const words = phrase.split(' ');
      for (let length = 1; length < words.length; length++) begins.add(words.slice(0, length).join(' '));
    }
  }
  return { names, begins };
}

export function namesIn(stems: readonly string[], { names, begins }: NamedPhrases): ReadonlySet<string> {
  const found = new Set<string>();
  for (let from = 0; from < stems.length; from++) {
    let phrase = stems[from] ?? '';
    for (let length = 1; length <= LONGEST_PHRASE; length++) {
      for (const name of names.get(phrase) ?? []) found.add(name);
      const next = stems[from + length];
      if (next === undefined || !begins.has(phrase)) break;
      phrase = `${phrase} ${next}`;
    }
  }
  return found;
}
