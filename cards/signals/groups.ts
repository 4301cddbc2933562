/** The pieces of knowledge whose first list can be ticked on the checklist, in its order. */
export const SIGNAL_GROUPS = [
  'signals-first',
  'signals-psychic',
  'signals-physical',
  'signals-functioning',
  'signals-stress-body',
  'signals-stress-feeling',
  'signals-stress-behaviour',
  'signals-stress-habits',
  'signals-stress-thinking',
  'signals-lonely',
] as const;
export type SignalGroup = (typeof SIGNAL_GROUPS)[number];
