import { stemmer as dutch } from '@orama/stemmers/dutch';
import { stemmer as english } from '@orama/stemmers/english';
import { type Audience, audienceOfPiece } from '../../../cards/content/audiences.js';
import englishGuide from '../../../cards/content/en/conversation.json' with { type: 'json' };
import englishWords from '../../../cards/content/en/words.json' with { type: 'json' };
import dutchGuide from '../../../cards/content/nl/conversation.json' with { type: 'json' };
import dutchWords from '../../../cards/content/nl/words.json' with { type: 'json' };
import {
  allPieces,
  findPiece,
  type PieceWords,
  pieceWords,
  type Shelf,
} from '../../../cards/content/pieces.js';
import type { Lang } from '../../../cards/content/words.js';
import { lazy } from '../lazy.js';
import { ASKING, createAsker, createOwnState, suits, type Who } from './asker.js';
import { createContentIndex, type Findable, type Landed, type Landing } from './content-index.js';
import type { Intent } from './intent.js';
import { createNearestPhrase, type Nearest } from './nearest-phrase.js';

/** What the examples say of a text, before the content itself is looked at. */
export type Decided = {
  readonly intent: Intent;
  readonly confidence: number;
  readonly also: readonly Intent[];
  /** The text is an example of the intent, word for word. */
  readonly example?: true;
};
type Found = {
  readonly intent: Intent;
  readonly confidence: number;
  readonly also: readonly ({ readonly intent: Intent } | Landing)[];
  readonly landing: Landing | null;
  /** The text is word for word a title or a phrase of where it lands. */
  readonly exact: boolean;
};

/**
 * Intents that ask to read, with the shelves on which their answer can stand: only these give way to a piece, and
 * only to one that fits what was meant. Who wants to do something gets to do it.
 */
const READING: Readonly<Partial<Record<Intent, readonly Shelf[]>>> = {
  conversation: ['aids', 'handles', 'talk', 'employee', 'reading'],
  signals: ['signals', 'talk', 'employee'],
  // What one may ask and what one need not tell are opposites in nearly the same words: only a whole phrase leads.
  rights: [],
  adjustments: ['adjustments', 'measures'],
  absence: ['absence'],
  'own-control': ['handles'],
  'team-scan': ['team'],
  measures: ['measures', 'team', 'approach', 'organisation'],
  dilemmas: ['dilemmas'],
  models: ['models', 'costs', 'approach'],
  loneliness: ['loneliness', 'signals'],
  'self-care': ['self-care', 'models'],
  costs: ['costs'],
  'key-moments': ['dilemmas'],
};
/**
 * Pieces for a situation that somebody is in. They answer by a phrase that is like the text, whatever intent its words
 * suggest: who writes that an employee is in grief uses the words of a moment to record, and wants to know what to say.
 */
const SITUATION_SHELVES: ReadonlySet<Shelf> = new Set(['talk', 'employee', 'reading']);
const SITUATION_KINDS: ReadonlySet<string> = new Set([
  'life-event',
  'misconduct',
  'leave',
  'words',
  'distance',
  'aftercare',
  'engaged',
]);
/** Intents that a situation never takes a text from: they do what was asked, or say what the bot is. */
const KEEPS: ReadonlySet<Intent> = new Set<Intent>([
  ...(['crisis', 'coffee', 'evaluations', 'agreement', 'overview', 'practise', 'team-scan'] as const),
]);
/** Intents in which a word that only one situation has is enough: without it they would open a form, or a list. */
const BY_TOPIC: ReadonlySet<Intent> = new Set<Intent>(['key-moments', 'dilemmas', 'conversation', 'unknown']);
/** How like a phrase a text must be, and by how much a piece that is no situation may be more like it. */
const LIKE = 0.66;
const LIKE_ENOUGH = 0.95;
/** As much alike as this, a situation goes before what the search found. */
const VERY_LIKE = 0.75;
/** About somebody who is not led by who asks. */
const COLLEAGUE = 'employee-colleague';
/** The parts of the guide are about one whom one leads. */
const OF_THE_GUIDE: readonly Audience[] = ['manager', 'hr'];
/** Told to who leads somebody to whom it happens. */
const OF_ONE_LED: ReadonlySet<string> = new Set([
  ...(['life-grief', 'life-illness', 'life-carer', 'life-divorce', 'life-money', 'talk-refuses'] as const),
]);
const OWN: ReadonlySet<Who> = new Set<Who>(['self', 'own', 'perhaps-own', 'boss', 'beside', 'colleague']);
const OF_ANOTHER: ReadonlySet<Who> = new Set<Who>(['manager', 'peer', 'other']);
/** Intents whose card does something, and is not a list of what can be read. */
const TOOLS: ReadonlySet<Intent> = new Set<Intent>(['conversation', 'signals', 'costs']);
/** What a shelf answers, for a text that no example resembles but a piece does. */
const SHELF_INTENT: Readonly<Record<Shelf, Intent>> = {
  talk: 'conversation',
  aids: 'conversation',
  signals: 'signals',
  handles: 'own-control',
  dilemmas: 'dilemmas',
  adjustments: 'adjustments',
  absence: 'absence',
  rights: 'rights',
  organisation: 'measures',
  loneliness: 'loneliness',
  costs: 'costs',
  models: 'models',
  'self-care': 'self-care',
  team: 'team-scan',
  measures: 'measures',
  approach: 'measures',
  employee: 'rights',
  reading: 'measures',
};
/** How much of the text a piece must cover to be the answer by itself, or one to choose from. */
const LANDS = 0.65;
const OFFERED = 0.6;
/** How far the search must put it before the next to be the answer by itself. */
const AHEAD = 1.3;
/** What more a title that has all of the question counts for: the piece is about that and nothing else. */
const TITLED = 0.5;
/** A question of more words than this is a situation: the intent's card answers it better than a choice of pieces. */
const FEW_WORDS = 4;
const MOST_OFFERED = 3;
const MAX_WORDS = 60;
const STEMMERS = { nl: dutch, en: english } as const;
const SILENT: Readonly<Record<Lang, ReadonlySet<string>>> = {
  nl: new Set(dutchWords.silent),
  en: new Set(englishWords.silent),
};
const WORDS = { nl: dutchWords, en: englishWords } as const;
const GUIDES = { nl: dutchGuide, en: englishGuide } as const;

/** The step from an intent to the very piece that was asked for. */
export type ContentSearch = (words: readonly string[], lang: Lang | null, decided: Decided) => Found;

/** Makes that step: pure, nothing is remembered. What it searches of a language is read with the first text of it. */
export function createContentSearch(): ContentSearch {
  const indexes = {
    nl: lazy(() => createContentIndex('nl', findables('nl'), SILENT.nl)),
    en: lazy(() => createContentIndex('en', findables('en'), SILENT.en)),
  };

  const situations = { nl: lazy(() => createSituations('nl')), en: lazy(() => createSituations('en')) };
  const askers = { nl: createAsker('nl'), en: createAsker('en') };
  const ownStates = { nl: createOwnState('nl'), en: createOwnState('en') };

  return (words, lang, decided) => {
    const inSituation =
      lang === null
        ? (situations.nl(words, decided.intent) ?? situations.en(words, decided.intent))
        : situations[lang](words, decided.intent);
    const found = search(words, lang, decided);
    const landed = inSituation === null ? null : { ...found, also: [], landing: inSituation.landing };
    if (inSituation === null || landed === null) return forOneself(found, words, lang);
    // An example asks for what it is an example of, unless it is a phrase of the piece as well.
    if (decided.example === true && !inSituation.sure) return found;
    if (found.landing !== null && inSituation.likeness < VERY_LIKE) return found;
    return found.intent === 'unknown'
      ? { ...landed, intent: intentOf(landed.landing), confidence: inSituation.likeness }
      : landed;
  };

  /** The checklist is about one whom one leads: who tells how it is with themselves gets what they can do themselves. */
  function forOneself(found: Found, words: readonly string[], lang: Lang | null): Found {
    const isOfChecklist = found.landing === null || standsOn(['signals'], found.landing);
    if (found.intent !== 'signals' || !isOfChecklist || found.exact) return found;
    const own = ownStates[lang ?? 'nl'](stemsOf(words, lang ?? 'nl'));
    return own ? { ...found, intent: 'self-care', also: [], landing: null } : found;
  }

  function search(words: readonly string[], lang: Lang | null, decided: Decided): Found {
    const asIs = {
      ...decided,
      also: decided.also.map((intent) => ({ intent })),
      landing: null,
      exact: false,
    };
    const known = decided.intent !== 'unknown';
    const shelves = READING[decided.intent];
    if (known && shelves === undefined) return asIs;
    const all = lang === null ? best(indexes.nl(words), indexes.en(words)) : indexes[lang](words);
    const asker = askers[lang ?? 'nl'](stemsOf(words, lang ?? 'nl'));
    const asManager = OF_ANOTHER.has(asker);
    const isForOther = (landing: Landing) =>
      isForOthers(landing, asker) ||
      (asManager && 'piece' in landing && landing.piece !== COLLEAGUE && standsOn(['employee'], landing));
    const found = all
      .filter(
        ({ landing, exact }) =>
          exact || ((shelves === undefined || standsOn(shelves, landing)) && !isForOther(landing)),
      )
      .sort((one, other) => rank(other) - rank(one));
    const [first, second] = found;
    if (first === undefined || first.fit < OFFERED) return asIs;
    const intent = known ? decided.intent : intentOf(first.landing);
    const confidence = known ? decided.confidence : Math.min(1, first.fit);
    const ahead = second === undefined || rank(first) > AHEAD * rank(second);
    // An example, word for word, of an intent with a tool of its own asks for that tool.
    const example = decided.confidence === 1;
    const forTool = example && TOOLS.has(decided.intent);
    const lands = first.fit >= LANDS && ahead && !(example && first.titled === 0);
    if (first.exact || (!forTool && lands)) {
      return { intent, confidence, also: [], landing: first.landing, exact: first.exact };
    }
    if (known && (forTool || words.length > FEW_WORDS)) return asIs;
    // A word or two that several pieces are about: a choice of them beats a card for the whole subject.
    const near = found
      .filter(({ fit }) => fit >= (known ? LANDS : OFFERED))
      .slice(0, MOST_OFFERED)
      .map(({ landing }) => landing);
    return near.length === 0 ? asIs : { intent, confidence, also: near, landing: null, exact: false };
  }
}

/** `sure`: it is what was meant, also where the text is an example of an intent. */
type InSituation = Nearest & { readonly sure: boolean };

/** Where a text leads by the phrase that is most like it, or by a word that only one situation has. */
function createSituations(lang: Lang): (words: readonly string[], intent: Intent) => InSituation | null {
  const { told } = WORDS[lang];
  const asker = createAsker(lang);
  const nearest = createNearestPhrase(
    lang,
    WORDS[lang],
    SILENT[lang],
    allPieces().map(({ id }) => {
      const { title, asked } = pieceWords(lang, id);
      return { landing: { piece: id }, asked: [title, ...asked] };
    }),
  );
  const topics = new Map(
    allPieces().flatMap(({ id }) => (pieceWords(lang, id).topic ?? []).map((word) => [word, id] as const)),
  );

  return (words, intent) => {
    if (KEEPS.has(intent)) return null;
    const said = {
      managed: names(words, told.managed),
      colleague: names(words, told.colleague),
      leave: names(words, told.leave),
      allowed: names(words, told.allowed),
      asker: asker(stemsOf(words, lang)),
    };
    const [first, ...others] = nearest(words);
    const like = [first, ...others].find(
      (one) => one !== undefined && isSituation(one.landing) && givesWay(intent, one.landing, said),
    );
    if (
      like !== undefined &&
      like.likeness >= LIKE &&
      like.likeness >= LIKE_ENOUGH * (first?.likeness ?? 0)
    ) {
      return { ...like, sure: like.likeness === 1 };
    }
    const about = new Set(words.flatMap((word) => topics.get(word) ?? []));
    const [topic] = about;
    if (topic === undefined || about.size > 1) return null;
    const landing = { piece: topic };
    if (OF_ONE_LED.has(topic) && OWN.has(said.asker)) return null;
    // A form for moments answers nobody who asks what to say in a sad one, in whichever words.
    const sure = intent === 'key-moments';
    const opens = BY_TOPIC.has(intent) || (intent === 'support' && findPiece(topic)?.shelf === 'employee');
    return opens ? { landing, likeness: LIKE, sure } : null;
  };
}

function stemsOf(words: readonly string[], lang: Lang): readonly string[] {
  return words.slice(0, MAX_WORDS).map((word) => STEMMERS[lang](word));
}

function names(words: readonly string[], named: readonly string[]): boolean {
  return words.some((word) => named.includes(word));
}

function isSituation(landing: Landing): boolean {
  const found = 'piece' in landing ? findPiece(landing.piece) : null;
  return found !== null && (SITUATION_SHELVES.has(found.shelf) || SITUATION_KINDS.has(found.piece.kind));
}

/** What a text says that decides whether a situation may answer it. */
type Said = {
  /** Somebody whom one leads. */
  readonly managed: boolean;
  readonly colleague: boolean;
  readonly leave: boolean;
  /** What one may or must do, and need not. */
  readonly allowed: boolean;
  readonly asker: Who;
};

/** Who asks for help themselves gets it at once, and what may be asked is answered by nothing that looks like it. */
function givesWay(intent: Intent, landing: Landing, said: Said): boolean {
  const found = 'piece' in landing ? findPiece(landing.piece) : null;
  if (found === null) return false;
  const { piece, shelf } = found;
  // "Je medewerker zorgt voor een naaste" is no answer to who cares for somebody.
  if (OF_ONE_LED.has(piece.id) && OWN.has(said.asker)) return false;
  if (isForOthers(landing, said.asker)) return false;
  const ofColleague = piece.id === COLLEAGUE;
  if (shelf === 'employee' && !ofColleague && (said.managed || OF_ANOTHER.has(said.asker))) return false;
  if (ofColleague && said.managed) return false;
  switch (intent) {
    case 'support':
      return shelf === 'reading' || (ofColleague ? said.colleague : said.managed && shelf !== 'employee');
    case 'rights':
      return piece.kind === 'leave' || (shelf === 'employee' && !said.allowed);
    case 'key-moments':
      return piece.kind === 'leave' ? said.leave : shelf !== 'employee' || ofColleague;
    case 'settings':
      return said.managed;
    case 'costs':
      return piece.kind === 'life-event';
    case 'privacy':
    case 'menu':
      return shelf === 'reading';
    default:
      return true;
  }
}

/** It is written for others than who asks, where the words leave no doubt of who that is. */
function isForOthers(landing: Landing, asker: Who): boolean {
  if (!ASKING[asker].sure || 'answer' in landing) return false;
  if ('part' in landing) return !suits(OF_THE_GUIDE, asker);
  const found = findPiece(landing.piece);
  return found !== null && !suits(audienceOfPiece(found.piece.id, found.shelf), asker);
}

function standsOn(shelves: readonly Shelf[], landing: Landing): boolean {
  if ('part' in landing) return shelves.includes('aids');
  if ('answer' in landing) return false;
  const found = findPiece(landing.piece);
  return found !== null && shelves.includes(found.shelf);
}

function rank({ score, titled }: Landed): number {
  return score * (1 + TITLED * titled);
}

function best(one: readonly Landed[], other: readonly Landed[]): readonly Landed[] {
  return (other[0]?.fit ?? 0) > (one[0]?.fit ?? 0) ? other : one;
}

function intentOf(landing: Landing): Intent {
  if ('part' in landing) return 'conversation';
  if ('answer' in landing) return 'unknown';
  const found = findPiece(landing.piece);
  return found === null ? 'unknown' : SHELF_INTENT[found.shelf];
}

function findables(lang: Lang): Findable[] {
  const pieces = allPieces().map(({ id }) => ({ landing: { piece: id }, ...findable(pieceWords(lang, id)) }));
  const parts = GUIDES[lang].parts.map((part) => ({
    landing: { part: part.id },
    title: part.title,
    asked: [part.short],
    lead: part.aim,
    text: [...part.steps, ...part.say, ...part.avoid].join(' '),
  }));
  return [...pieces, ...parts];
}

function findable({ title, asked, lead, parts }: PieceWords): Omit<Findable, 'landing'> {
  const text = parts.flatMap((part) => [
    part.title ?? '',
    part.text ?? '',
    ...(part.list ?? []),
    ...(part.rows ?? []).flatMap((row) => [row.name, row.text]),
  ]);
  return { title, asked, lead, text: text.join(' ') };
}
