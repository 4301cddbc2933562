import { z } from 'zod';

/**
 * Why a record may stay although the employee asked for its removal: what the GDPR leaves room for (art. 17(1)
 * and (3)). A fixed list, since a reason in one's own words would soon be about health.
 */
const REASONS_TO_KEEP = ['in-use', 'law', 'dispute', 'agreed'] as const;

export type ReasonToKeep = (typeof REASONS_TO_KEEP)[number];

export const erasureRequestSchema = z.object({
  /** Instant. What is asked once more after an answer is another request. */
  askedAt: z.string(),
  /** The last day to answer. */
  by: z.string(),
  /** Instant; null while there is no answer. What is removed is gone with its request: the pointer tells of it. */
  answeredAt: z.string().nullable(),
  kept: z.enum(REASONS_TO_KEEP).nullable(),
});

/** The employee's request to remove an agreement, and the answer that it stays. */
export type ErasureRequest = z.infer<typeof erasureRequestSchema>;
