/** Everything a person can mean, in the order of design.md section 6; `crisis` comes from danger too. */
export const INTENTS = [
  'conversation',
  'signals',
  'agreement',
  'evaluations',
  'coffee',
  'key-moments',
  'overview',
  'support',
  'crisis',
  'rights',
  'adjustments',
  'absence',
  'own-control',
  'team-scan',
  'measures',
  'dilemmas',
  'models',
  'loneliness',
  'self-care',
  'costs',
  'privacy',
  'settings',
  'menu',
  'unknown',
] as const;

export type Intent = (typeof INTENTS)[number];
