/**
 * How long what is kept stays, unless an organisation chose otherwise within `MOST`. The GDPR asks for no longer than
 * is needed (art. 5(1)(e)); the Autoriteit Persoonsgegevens gives two years after the end of employment as a guide
 * for a personnel file, which is the most that anything here may stay.
 */
export type RetentionPeriods = {
  /** After an agreement was closed. */
  readonly closedAgreementMonths: number;
  /** Until the manager is asked about an open agreement to which nobody came back. */
  readonly restingAgreementMonths: number;
  /** After the last tip of a moment. */
  readonly passedMomentDays: number;
  /** Proofs of what was sent. */
  readonly sentDays: number;
  /** Who did what to which record. */
  readonly auditMonths: number;
  /** Somebody who cannot be reached, and what waits for them. */
  readonly unreachableDays: number;
};

export const DEFAULT_RETENTION: RetentionPeriods = {
  closedAgreementMonths: 12,
  restingAgreementMonths: 6,
  passedMomentDays: 90,
  sentDays: 90,
  auditMonths: 12,
  unreachableDays: 180,
};
/** The most that an organisation may choose. Proofs shorter than a quarter could make a late reminder come twice. */
export const LONGEST_RETENTION: RetentionPeriods = {
  closedAgreementMonths: 24,
  restingAgreementMonths: 12,
  passedMomentDays: 365,
  sentDays: 365,
  auditMonths: 24,
  unreachableDays: 365,
};
export const SHORTEST_RETENTION: RetentionPeriods = {
  closedAgreementMonths: 1,
  restingAgreementMonths: 3,
  passedMomentDays: 7,
  sentDays: 90,
  auditMonths: 6,
  unreachableDays: 30,
};

/** The manager answers a request for removal within so long. GDPR art. 12(3). */
export const REMOVAL_ANSWER_MONTHS = 1;

/** Counts of so many whole months are shown, and then kept no longer: a year tells what there is to see. */
export const FIGURES_MONTHS = 12;
