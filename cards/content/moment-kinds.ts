import moments from './moments.json' with { type: 'json' };
import type { SourceRef } from './sources.js';

export const MOMENT_KINDS = ['leave', 'return', 'retirement', 'start', 'anniversary', 'extra'] as const;
/** Kinds that may be on record: a leave is a leave, and what is sensitive is `extra`, dates only. */
export type MomentKind = (typeof MOMENT_KINDS)[number];

/** When a tip comes: before or after the first or last day, or again and again between the two. */
export type TipPlan = {
  readonly id: string;
  readonly of: string;
  readonly days?: number;
  readonly weeks?: number;
  readonly months?: number;
  /** Only where both want contact. */
  readonly ifContact?: boolean;
};
export type MomentPlan = {
  readonly source: SourceRef;
  /** `needed`: it has a last day; `none`: it is one day. */
  readonly until: string;
  readonly nudges: readonly TipPlan[];
};

export const MOMENT_PLANS: Readonly<Record<MomentKind, MomentPlan>> = moments;
