import { stemmer as dutch } from '@orama/stemmers/dutch';
import { stemmer as english } from '@orama/stemmers/english';
import { AUDIENCES, type Audience } from '../../../cards/content/audiences.js';
import englishWords from '../../../cards/content/en/words.json' with { type: 'json' };
import dutchWords from '../../../cards/content/nl/words.json' with { type: 'json' };
import type { Lang } from '../../../cards/content/words.js';
import spoken from '../content/spoken.json' with { type: 'json' };
import { tokens } from '../text/tokens.js';

/**
 * Who asks, by whom a text is about: somebody who speaks of themselves (`self`), of what is only true of themselves
 * (`own`; `perhaps-own` where others are named too), of their boss; who leads the one it is about (`manager`); who works beside them (`colleague`), and is part of
 * it as well (`beside`), or only says "een collega", which who leads says too (`peer`; `perhaps-beside` of oneself as well); HR; who speaks of managers as
 * of others; of somebody else (`other`); of both; of nobody.
 */
export type Who =
  | ('self' | 'own' | 'perhaps-own' | 'boss' | 'manager' | 'colleague' | 'beside' | 'perhaps-beside' | 'peer')
  | ('hr' | 'of-managers' | 'other' | 'mixed' | 'nobody');
/** For whom what answers them may be written, and whether the words leave no doubt of it. */
export type Asking = { readonly for: readonly Audience[]; readonly sure: boolean };
export type Stem = (word: string) => string;
/** Phrases of up to three stems, with the names of the groups that they belong to. */
export type NamedPhrases = {
  readonly names: ReadonlyMap<string, readonly string[]>;
  /** What a longer phrase begins with: most words begin none, and no more of the text is put together for them. */
  readonly begins: ReadonlySet<string>;
};

/** "Hoe vaak moet ik bellen" may be asked by either; "mijn medewerker" or "ik drink" leaves no doubt. */
export const ASKING: Readonly<Record<Who, Asking>> = {
  self: { for: ['employee'], sure: false },
  own: { for: ['employee'], sure: true },
  'perhaps-own': { for: ['employee'], sure: false },
  boss: { for: ['employee'], sure: false },
  manager: { for: ['manager', 'hr'], sure: true },
  colleague: { for: ['colleague'], sure: true },
  beside: { for: ['colleague', 'employee'], sure: true },
  'perhaps-beside': { for: ['colleague', 'employee'], sure: false },
  peer: { for: ['manager', 'colleague', 'hr'], sure: false },
  hr: { for: ['hr'], sure: true },
  'of-managers': { for: ['hr', 'employee', 'colleague'], sure: true },
  other: { for: ['manager', 'colleague', 'hr'], sure: false },
  mixed: { for: AUDIENCES, sure: false },
  nobody: { for: AUDIENCES, sure: false },
};

/** To whom it happens; "een medewerker van mij", "die naast me zit" and "me collega" happen to nobody. */
const TO_ME = { nl: ['mij', 'me', 'mezelf'], en: ['me', 'myself'] } as const;
const OF = { nl: ['van', 'naast', 'tegenover'], en: ['of', 'beside', 'opposite'] } as const;
const MINE = { nl: ['mijn'], en: ['my'] } as const;
/** "Ruzie met mijn collega", "door een collega": who asks is part of it. */
const TOGETHER = { nl: ['met', 'door'], en: ['with', 'by'] } as const;
const WHO = { nl: dutchWords.who, en: englishWords.who } as const;
const COLLEAGUE = { nl: dutchWords.told.colleague, en: englishWords.told.colleague } as const;
const STEMMERS = { nl: dutch, en: english } as const;
const LONGEST_PHRASE = 3;

/** Makes the reader of who asks, from the stems of a text. */
export function createAsker(lang: Lang, stem: Stem = STEMMERS[lang]): (stems: readonly string[]) => Who {
  const who = phrasesOf(WHO[lang], stem);
  const signs = phrasesOf(
    {
      manager: spoken.asManager[lang],
      team: spoken.ofTeam[lang],
      led: spoken.led[lang],
      asLed: spoken.asLed[lang],
      colleague: spoken.asColleague[lang],
      peer: COLLEAGUE[lang],
      hr: spoken.asHr[lang],
    },
    stem,
  );
  const ownState = createOwnState(lang, stem);
  const asksAbout = stemsOfAll(spoken.asksAbout[lang], stem);
  const asColleagues = stemsOfAll(spoken.togetherAsColleagues[lang], stem);
  const begins = new Set(spoken.begins[lang].map((text) => tokens(text).map(stem).join(' ')));
  const toMe = new Set(TO_ME[lang].map(stem));
  const of = new Set(OF[lang].map(stem));
  const mine = new Set(MINE[lang].map(stem));
  const together = new Set(TOGETHER[lang].map(stem));
  const bosses = new Set(WHO[lang].boss.map((word) => tokens(word).map(stem).join(' ')));
  const peers = new Set(COLLEAGUE[lang].map(stem));
  const ofManagers = new Set(spoken.ofManagers[lang].map(stem));
  const notOfManagers = new Set(spoken.notOfManagers[lang].map(stem));

  /** "Een leidinggevende heeft …", "onze teamleiders": not "ruzie met een leidinggevende", nor "mag een leidinggevende …". */
  function speaksOfManagers(stems: readonly string[]): boolean {
    return stems.some(
      (word, at) =>
        bosses.has(word) &&
        ofManagers.has(stems[at - 1] ?? '') &&
        !notOfManagers.has(stems[at - 2] ?? '') &&
        !mine.has(stems[at - 2] ?? ''),
    );
  }

  /** "Ruzie met mijn collega": within two words before the one who is named. */
  function isPartOfIt(stems: readonly string[]): boolean {
    return stems.some(
      (word, at) => peers.has(word) && [1, 2].some((back) => together.has(stems[at - back] ?? '')),
    );
  }

  /**
   * What is only true of oneself ("ik drink", "mijn man") is one's own, whoever else is named as "ze". Who calls somebody
   * "mijn collega" works beside them, unless they say that they lead: a boss who is named then is one to tell it to. A
   * boss who is named otherwise is an employee's, unless the one who asks is the boss. "Hij", "ze" or a team member is a
   * manager's question, unless it happens to the one who asks ("ze sluiten mij buiten") or begins as one's own ("heb
   * schulden", "word gepest door collega's"). And who asks what may be asked leads somebody.
   */
  return (stems) => {
    const isOwn = ownState(stems);
    const sign = namesIn(stems, signs);
    const asManager = sign.has('manager');
    const me = stems.some(
      (word, at) => toMe.has(word) && !of.has(stems[at - 1] ?? '') && !peers.has(stems[at + 1] ?? ''),
    );
    const beside = sign.has('colleague') || (hasAll(stems, asColleagues) && !sign.has('team'));
    if (beside && !asManager) {
      if (isOwn || me || isPartOfIt(stems)) return 'beside';
      return sign.has('team') ? 'peer' : 'colleague';
    }
    const meant = namesIn(stems, who);
    // "My team lead" leads who asks, and "mijn team" is also that of who is in it.
    const leads = asManager || (sign.has('team') && !meant.has('boss'));
    if (!isOwn && sign.has('hr')) return 'hr';
    // "Iemand in mijn team" says who leads it, and who is in it.
    if (!isOwn && leads) return asManager || sign.has('led') ? 'manager' : 'other';
    if (isOwn && asManager) return 'mixed';
    if (meant.has('boss')) {
      if (sign.has('peer') && !isOwn) return 'perhaps-beside';
      const own = stems.some((word) => mine.has(word));
      return !isOwn && !me && !own && speaksOfManagers(stems) ? 'of-managers' : 'boss';
    }
    const named = ['employee', 'name'].some((name) => meant.has(name));
    if (isOwn && leads) return 'mixed';
    if (isOwn) return named || meant.has('they') ? 'perhaps-own' : 'own';
    if (hasAll(stems, asksAbout)) return 'other';
    const verbFirst = begins.has(stems[0] ?? '');
    const ownStart = verbFirst || begins.has(stems.slice(0, 2).join(' '));
    const own = stems.some((word) => mine.has(word));
    if (named || meant.has('they')) {
      if (me && sign.has('peer') && !sign.has('led')) return 'perhaps-beside';
      if (me || verbFirst || (!named && (ownStart || own))) return 'mixed';
      if (sign.has('led') && !sign.has('asLed')) return 'manager';
      return sign.has('peer') ? 'peer' : 'other';
    }
    return ownStart || meant.has('self') || own ? 'self' : 'nobody';
  };
}

/** Whether something that is written for these may be the answer to who asks. */
export function suits(audience: readonly Audience[], who: Who): boolean {
  return audience.some((one) => ASKING[who].for.includes(one));
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

function stemsOfAll(groups: readonly (readonly string[])[], stem: Stem): readonly (readonly string[])[] {
  return groups.map((words) => words.map(stem));
}

function hasAll(stems: readonly string[], groups: readonly (readonly string[])[]): boolean {
  return groups.some((words) => words.every((word) => stems.includes(word)));
}
