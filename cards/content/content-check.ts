import { type Answer, allAnswers, answerWords } from './answers.js';
import { AUDIENCES } from './audiences.js';
import { problemsOfCoverage } from './coverage.js';
import { COPIED_WORDS, readGuideRuns, runHashes } from './guide-runs.js';
import knownRuns from './guide-runs.json' with { type: 'json' };
import { LINK_IDS } from './links.js';
import patterns from './patterns.json' with { type: 'json' };
import {
  allPieces,
  DEEDS,
  MOVED,
  type Part,
  type Piece,
  type PieceWords,
  piecesOf,
  pieceWords,
  SHELF_IDS,
} from './pieces.js';
import { GUIDE_IDS, sourceById } from './sources.js';
import { SUBJECT_GROUPS, unreachablePieces } from './subjects.js';
import { LANGS, type Lang, messagesFor } from './words.js';

const KNOWN_RUNS = readGuideRuns(knownRuns);
/** The most characters that a piece may have, title and all: more does not fit a phone. */
const PIECE_MAX = 1_300;
const MOST = { title: 60, lead: 280, line: 170, text: 400, name: 60, row: 240 } as const;
const PARTS = { least: 1, most: 4 } as const;
const ASKED = { least: 4, most: 20 } as const;
const MOST_MORE = 3;
/** An answer is read at first sight, on a phone: these are characters. */
const ANSWER_MOST = { question: 85, answer: 160, why: 240, now: 150 } as const;
const ANSWER_MOST_MORE = 2;

/** What is there: per guide and kind how many pieces, and how many counted entries within pieces. */
export type Count = {
  readonly guide: string;
  readonly kind: string;
  readonly pieces: number;
  readonly entries: number;
};

export function countContent(): readonly Count[] {
  const counts = new Map<string, { guide: string; kind: string; pieces: number; entries: number }>();
  const count = (guide: string, kind: string) => {
    const id = `${guide}|${kind}`;
    const found = counts.get(id) ?? { guide, kind, pieces: 0, entries: 0 };
    counts.set(id, found);
    return found;
  };
  for (const { id, kind, source } of allPieces()) {
    count(source.guide, kind).pieces += 1;
    for (const part of pieceWords('nl', id).parts) {
      if (part.kind !== undefined) count(source.guide, part.kind).entries += entriesOf(part);
    }
  }
  return [...counts.values()].sort((one, other) =>
    `${one.guide} ${one.kind}`.localeCompare(`${other.guide} ${other.kind}`),
  );
}

/** Pieces and answers that lack their words in a language: nothing else of the content can be looked at before. */
export function missingWords(): readonly string[] {
  return LANGS.flatMap((lang) =>
    [
      ...allPieces().filter(({ id }) => wordsOrNone(lang, id).length === 0),
      ...allAnswers().filter(({ id }) => answerWordsOrNone(lang, id).length === 0),
    ].map(({ id }) => `${id}: has no words in ${lang}`),
  );
}

/** Everything that is wrong with the pieces, each as a line that says where; empty when all is well. */
export function problemsOfContent(): readonly string[] {
  const pieces = allPieces();
  const ids = pieces.map(({ id }) => id);
  const twice = ids.filter((id, at) => ids.indexOf(id) !== at).map((id) => `${id}: this id is there twice`);
  const lost = unreachablePieces().map((id) => `${id}: no subject leads to it`);
  const moved = Object.entries(MOVED).flatMap(([id, stays]) => [
    ...(ids.includes(id) ? [`${id}: has moved and is still there`] : []),
    ...(ids.includes(stays) ? [] : [`${id}: has moved to ${stays}, which is not there`]),
  ]);
  const nameless = LANGS.flatMap((lang) =>
    SUBJECT_GROUPS.flatMap(({ subjects }) => subjects)
      .filter(({ id, theme }) => theme === undefined && !(id in messagesFor(lang).knowledge.subjects))
      .map(({ id }) => `subject ${id}: has no name in ${lang}`),
  );
  const listed = SUBJECT_GROUPS.flatMap(({ subjects }) => subjects).flatMap(({ id, also = [] }) =>
    also.filter((one) => !ids.includes(one)).map((one) => `subject ${id}: lists ${one}, which is not there`),
  );
  return [
    ...twice,
    ...lost,
    ...moved,
    ...listed,
    ...nameless,
    ...unusedLinks(),
    ...problemsOfCoverage(),
    ...problemsOfAnswers(new Set(ids)),
    ...SHELF_IDS.flatMap((shelf) => piecesOf(shelf).flatMap((piece) => problemsOfPiece(piece, new Set(ids)))),
  ];
}

function unusedLinks(): readonly string[] {
  const used = new Set(
    allPieces()
      .flatMap(({ id }) => wordsOrNone('nl', id))
      .flatMap(({ parts }) => parts)
      .flatMap(({ rows = [] }) => rows.map(({ link }) => link)),
  );
  return LINK_IDS.filter((id) => !used.has(id)).map((id) => `address ${id}: nothing leads to it`);
}

function problemsOfPiece(piece: Piece, ids: ReadonlySet<string>): readonly string[] {
  const { id, source, more = [] } = piece;
  const problems: string[] = [];
  if (!GUIDE_IDS.some((guide) => guide === source.guide))
    problems.push(`${id}: unknown guide ${source.guide}`);
  if (source.section.trim() === '') problems.push(`${id}: its source has no section`);
  if (piece.do !== undefined && !DEEDS.some((deed) => deed === piece.do)) {
    problems.push(`${id}: unknown deed ${piece.do}`);
  }
  if (more.length > MOST_MORE) problems.push(`${id}: leads to more than ${MOST_MORE} pieces`);
  for (const other of more)
    if (!ids.has(other)) problems.push(`${id}: leads to ${other}, which is not there`);

  const words = LANGS.flatMap((lang) => wordsOrNone(lang, id).map((found) => [lang, found] as const));
  const missing = LANGS.filter((lang) => !words.some(([found]) => found === lang));
  for (const lang of missing) problems.push(`${id}: has no words in ${lang}`);
  const shapes = new Set(words.map(([, { parts }]) => parts.map(shapeOf).join('|')));
  if (shapes.size > 1) problems.push(`${id}: its parts differ between the languages`);
  for (const [lang, found] of words) problems.push(...problemsOfWords(`${lang} ${id}`, found));
  return problems;
}

function problemsOfAnswers(pieces: ReadonlySet<string>): readonly string[] {
  const ids = allAnswers().map(({ id }) => id);
  const known = new Set([...ids, ...pieces]);
  const twice = ids.filter((id, at) => ids.indexOf(id) !== at || pieces.has(id));
  return [
    ...twice.map((id) => `${id}: this id is there twice`),
    ...allAnswers().flatMap((answer) => problemsOfAnswer(answer, known)),
  ];
}

function problemsOfAnswer(answer: Answer, known: ReadonlySet<string>): readonly string[] {
  const { id, source, more } = answer;
  const problems: string[] = [];
  if (!Array.isArray(answer.for) || answer.for.length === 0)
    problems.push(`${id}: says for nobody that it is written`);
  else {
    for (const one of answer.for)
      if (!AUDIENCES.includes(one)) problems.push(`${id}: written for ${one}, who is nobody that may ask`);
    if (new Set(answer.for).size < answer.for.length)
      problems.push(`${id}: names twice for whom it is written`);
  }
  if (!DEEDS.some((deed) => deed === answer.do)) problems.push(`${id}: unknown deed ${answer.do}`);
  if (!isSource(source)) problems.push(`${id}: unknown source ${source}`);
  if (more.length > ANSWER_MOST_MORE) problems.push(`${id}: leads to more than ${ANSWER_MOST_MORE}`);
  for (const other of more) {
    if (!known.has(other) || other === id) problems.push(`${id}: leads to ${other}, which is not there`);
  }
  for (const lang of LANGS) {
    const words = answerWordsOrNone(lang, id);
    if (words.length === 0) problems.push(`${id}: has no words in ${lang}`);
    for (const [name, text] of words) {
      const most = ANSWER_MOST[name];
      if (text.trim() === '') problems.push(`${lang} ${id}: its ${name} is empty`);
      if (text.length > most)
        problems.push(`${lang} ${id}: its ${name} has ${text.length} characters, ${most} at most`);
    }
  }
  return problems;
}

function isSource(id: string): boolean {
  try {
    sourceById(id);
    return true;
  } catch (error) {
    if (error instanceof RangeError) return false;
    throw error;
  }
}

function answerWordsOrNone(lang: Lang, id: string): readonly (readonly [keyof typeof ANSWER_MOST, string])[] {
  try {
    const { question, answer, why, now } = answerWords(lang, id);
    return [
      ['question', question],
      ['answer', answer],
      ['why', why],
      ['now', now],
    ];
  } catch (error) {
    if (error instanceof RangeError) return [];
    throw error;
  }
}

function wordsOrNone(lang: Lang, id: string): readonly PieceWords[] {
  try {
    return [pieceWords(lang, id)];
  } catch (error) {
    if (error instanceof RangeError) return [];
    throw error;
  }
}

function problemsOfWords(at: string, { title, lead, parts, asked }: PieceWords): readonly string[] {
  const problems: string[] = [];
  const within = (what: string, text: string, most: number): void => {
    if (text.trim() === '') problems.push(`${at}: ${what} is empty`);
    if (text.length > most) problems.push(`${at}: ${what} has ${text.length} characters, ${most} at most`);
  };
  within('title', title, MOST.title);
  within('lead', lead, MOST.lead);
  if (parts.length < PARTS.least || parts.length > PARTS.most)
    problems.push(`${at}: has ${parts.length} parts`);
  if (asked.length < ASKED.least || asked.length > ASKED.most)
    problems.push(`${at}: asked ${asked.length} ways`);
  for (const part of parts) {
    if (part.title !== undefined) within('the title of a part', part.title, MOST.title);
    if (part.text !== undefined) within('a text', part.text, MOST.text);
    for (const line of [...(part.list ?? []), ...(part.say ?? [])]) within('a line', line, MOST.line);
    for (const row of part.rows ?? []) {
      within('the name of a row', row.name, MOST.name);
      within('a row', row.text, MOST.row);
      if (row.link !== undefined && !LINK_IDS.includes(row.link))
        problems.push(`${at}: leads to the address ${row.link}, which is not there`);
    }
  }
  const length = textsOf({ title, lead, parts }).join('').length;
  if (length > PIECE_MAX) problems.push(`${at}: has ${length} characters, ${PIECE_MAX} at most`);
  return problems;
}

/** Everything in our words that shares a run of eight words with a guide; `runs` as `readGuideRuns` gives them. */
export function copiedFrom(runs: ReadonlySet<string> = KNOWN_RUNS): readonly string[] {
  const ours = LANGS.flatMap((lang) => textsToRead(lang, false));
  return ours
    .filter(({ text }) => runHashes(text).some((run) => runs.has(run)))
    .map(({ at, text }) => `${at}: has ${COPIED_WORDS} words in a row from a guide: ${text}`);
}

/** A way of writing that one reads twice, as `patterns.json` holds it. */
export type Pattern = {
  readonly id: string;
  readonly lang: Lang;
  /** What it is, in a few words for who mends it. */
  readonly what: string;
  /** What it looks like: a regular expression, or for a sentence how many words it may have. */
  readonly find?: string;
  readonly words?: number;
  /** Looked for in each text, unless it takes a whole piece to tell. */
  readonly within?: string;
  /** How often a piece may have it, none unless told; a piece that has `unless` may have it always. */
  readonly over?: number;
  readonly unless?: string;
  /** Where it is right, each with the reason. */
  readonly except?: readonly { readonly at: string; readonly why: string }[];
  /** Texts that have it, and texts that only look alike. */
  readonly bad: readonly string[];
  readonly good: readonly string[];
};

export const PATTERNS: readonly Pattern[] = patterns as readonly Pattern[];

/** Where a pattern is found, each as a line that says where; exceptions left out. */
export type PatternCount = { readonly pattern: Pattern; readonly found: readonly string[] };

/**
 * How often each pattern is there. What a person reads is counted, not what the bot listens for: no list of words that
 * people type.
 */
export function countPatterns(): readonly PatternCount[] {
  return PATTERNS.map((pattern) => {
    const spared = new Set((pattern.except ?? []).map(({ at }) => at));
    const found = textsToRead(pattern.lang, pattern.within === 'piece').filter(
      ({ at, text }) => !spared.has(at) && hasPattern(pattern, text),
    );
    return { pattern, found: found.map(({ at, text }) => `${at}: ${pattern.what}: ${text}`) };
  });
}

/** Exceptions that nothing needs any more: they would hide the next sentence that goes wrong there. */
export function exceptionsNotNeeded(): readonly string[] {
  return PATTERNS.flatMap((pattern) => {
    const texts = textsToRead(pattern.lang, pattern.within === 'piece');
    return (pattern.except ?? [])
      .filter(({ at }) => !texts.some((text) => text.at === at && hasPattern(pattern, text.text)))
      .map(({ at }) => `${at}: no longer needs its exception from ${pattern.id}`);
  });
}

export function hasPattern({ find, words, over = 0, unless }: Pattern, text: string): boolean {
  if (words !== undefined) return sentencesOf(text).some((sentence) => wordsOf(sentence).length > words);
  if (find === undefined) return false;
  if (unless !== undefined && new RegExp(unless, 'iu').test(text)) return false;
  return [...text.matchAll(new RegExp(find, 'giu'))].length > over;
}

/** What people read in a language; whole pieces, or text by text with the words of the cards. */
function textsToRead(lang: Lang, whole: boolean): readonly { readonly at: string; readonly text: string }[] {
  const ofPieces = allPieces().flatMap(({ id }) =>
    wordsOrNone(lang, id).flatMap((words) => {
      const texts = textsOf(words);
      return (whole ? [texts.join('\n')] : texts).map((text) => ({ at: `${lang} ${id}`, text }));
    }),
  );
  const ofAnswers = allAnswers().flatMap(({ id }) => {
    const texts = answerWordsOrNone(lang, id).map(([, text]) => text);
    return (whole ? [texts.join('\n')] : texts).map((text) => ({ at: `${lang} ${id}`, text }));
  });
  if (whole) return [...ofPieces, ...ofAnswers];
  return [
    ...ofPieces,
    ...ofAnswers,
    ...leavesOf(messagesFor(lang)).map(({ path, text }) => ({ at: `${lang} ${path}`, text })),
  ];
}

/** A value that is filled in counts as a word; what stands in the braces of a choice is a sentence of its own. */
function sentencesOf(text: string): string[] {
  return text.replace(/\{\w+(?:, number)?\}/g, 'X').split(/(?<=[.?!])\s+|[{}\n]/);
}

function wordsOf(text: string): string[] {
  return text.match(/[\p{L}\p{N}]+(?:[’'.,-][\p{L}\p{N}]+)*/gu) ?? [];
}

export type Leaf = { readonly path: string; readonly text: string };

/** Every text in a tree of words with the ids that lead to it. */
export function leavesOf(value: unknown, path = ''): Leaf[] {
  if (typeof value === 'string') return [{ path, text: value }];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, inner]) =>
    leavesOf(inner, path === '' ? name : `${path}.${name}`),
  );
}

function textsOf({ title, lead, parts }: Pick<PieceWords, 'title' | 'lead' | 'parts'>): string[] {
  return [
    title,
    lead,
    ...parts.flatMap(({ title, text, list, say, rows }) =>
      leavesOf({ title, text, list, say, rows: rows?.map((row) => [row.name, row.text]) }).map(
        (leaf) => leaf.text,
      ),
    ),
  ];
}

function entriesOf({ list, say, rows, text }: Part): number {
  return (list ?? say ?? rows ?? (text === undefined ? [] : [text])).length;
}

function shapeOf(part: Part): string {
  const form = (['text', 'list', 'say', 'rows'] as const)
    .filter((name) => part[name] !== undefined)
    .join('+');
  const links = (part.rows ?? []).map(({ link }) => link ?? '').join();
  return `${form}:${part.kind ?? ''}:${entriesOf(part)}:${links}`;
}
