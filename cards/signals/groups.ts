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
/** The groups in steps, each a screen of a phone: 39 boxes under each other are four. The same side of a person stands together. */
export const SIGNAL_STEPS = [
  ['signals-first'],
  ['signals-psychic', 'signals-stress-feeling', 'signals-stress-thinking'],
  ['signals-physical', 'signals-stress-body'],
  ['signals-functioning', 'signals-stress-habits'],
  ['signals-stress-behaviour', 'signals-lonely'],
] as const satisfies readonly (readonly SignalGroup[])[];
export type SignalGroup = (typeof SIGNAL_GROUPS)[number];
