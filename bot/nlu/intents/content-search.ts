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
import type { Lang } from '../text/tokens.js';
import { createContentIndex, type Findable, type Landed, type Landing } from './content-index.js';
import type { Intent } from './intent.js';

/** What the examples say of a text, before the content itself is looked at. */
type Decided = { readonly intent: Intent; readonly confidence: number; readonly also: readonly Intent[] };
type Found = {
  readonly intent: Intent;
  readonly confidence: number;
  readonly also: readonly ({ readonly intent: Intent } | Landing)[];
  readonly landing: Landing | null;
};

/**
 * Intents that ask to read, with the shelves on which their answer can stand: only these give way to a piece, and
 * only to one that fits what was meant. Who wants to do something gets to do it.
 */
const READING: Readonly<Partial<Record<Intent, readonly Shelf[]>>> = {
  conversation: ['aids', 'handles'],
  signals: ['signals'],
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
};
/** Intents whose card does something, and is not a list of what can be read. */
const TOOLS: ReadonlySet<Intent> = new Set<Intent>(['conversation', 'signals', 'costs']);
/** What a shelf answers, for a text that no example resembles but a piece does. */
const SHELF_INTENT: Readonly<Record<Shelf, Intent>> = {
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
const SILENT: Readonly<Record<Lang, ReadonlySet<string>>> = {
  nl: new Set(dutchWords.silent),
  en: new Set(englishWords.silent),
};
const GUIDES = { nl: dutchGuide, en: englishGuide } as const;

/** Makes the step from an intent to the very piece that was asked for: pure, nothing is remembered. */
export function createContentSearch(): (
  words: readonly string[],
  lang: Lang | null,
  decided: Decided,
) => Found {
  const landings = {
    nl: createContentIndex('nl', findables('nl'), SILENT.nl),
    en: createContentIndex('en', findables('en'), SILENT.en),
  };

  return (words, lang, decided) => {
    const asIs = { ...decided, also: decided.also.map((intent) => ({ intent })), landing: null };
    const known = decided.intent !== 'unknown';
    const shelves = READING[decided.intent];
    if (known && shelves === undefined) return asIs;
    const all = lang === null ? best(landings.nl(words), landings.en(words)) : landings[lang](words);
    const found = all
      .filter(({ landing, exact }) => exact || shelves === undefined || standsOn(shelves, landing))
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
      return { intent, confidence, also: [], landing: first.landing };
    }
    if (known && (forTool || words.length > FEW_WORDS)) return asIs;
    // A word or two that several pieces are about: a choice of them beats a card for the whole subject.
    const near = found
      .filter(({ fit }) => fit >= (known ? LANDS : OFFERED))
      .slice(0, MOST_OFFERED)
      .map(({ landing }) => landing);
    return near.length === 0 ? asIs : { intent, confidence, also: near, landing: null };
  };
}

function standsOn(shelves: readonly Shelf[], landing: Landing): boolean {
  if ('part' in landing) return shelves.includes('aids');
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
