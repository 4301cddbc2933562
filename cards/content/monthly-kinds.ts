import monthly from './monthly.json' with { type: 'json' };
import { findPiece } from './pieces.js';
import type { SourceRef } from './sources.js';
import { type Lang, messagesFor } from './words.js';

export const MONTHLY_KINDS = ['self-look', 'team-subject'] as const;
/** What comes once a month for who wants it: a look at oneself, or a subject for the team's meeting. */
export type MonthlyKind = (typeof MONTHLY_KINDS)[number];

/** What a month is about, and the piece that tells more of it. */
export type Topic = { readonly id: string; readonly piece: string };
export type TopicWords = {
  readonly subject: string;
  readonly questions: readonly string[];
  readonly step: string;
};

/** The topic of a month, `YYYY-MM`: each has its turn, so that nothing need be kept about what came before. */
export function topicOf(kind: MonthlyKind, month: string): Topic {
  const [year = 0, number = 0] = month.split('-').map(Number);
  const topics: readonly Topic[] = monthly[kind];
  const topic = topics[(year * 12 + number - 1) % topics.length];
  if (topic === undefined) throw new RangeError(`no topic for ${kind} in ${month}`);
  return topic;
}

/** Throws RangeError for a topic without words: a test looks for those. */
export function topicWords(lang: Lang, kind: MonthlyKind, id: string): TopicWords {
  const words: Readonly<Record<string, TopicWords>> = messagesFor(lang).monthly[kind];
  const found = words[id];
  if (found === undefined) throw new RangeError(`no words in ${lang} for ${kind} ${id}`);
  return found;
}

/** Where a topic comes from: that of its piece. */
export function topicSource({ piece }: Topic): SourceRef {
  const found = findPiece(piece);
  if (found === null) throw new RangeError(`no piece ${piece}`);
  return found.piece.source;
}

export function allTopics(kind: MonthlyKind): readonly Topic[] {
  return monthly[kind];
}
