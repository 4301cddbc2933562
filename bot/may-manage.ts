import type { Verb } from '../cards/actions.js';
import type { Intent } from './intents/intent.js';
import type { OwnOrganisation } from './own-organisation.js';
import type { Turn } from './turn.js';

type FamilyOf<Name> = Name extends `${infer Family}.${string}` ? Family : never;

/**
 * What records something about others, by the first part of the verb: only for whom HR lets record. What is `false`
 * is for everybody: guidance, help, what is on record about oneself, and one's own settings. Each family of verbs
 * stands here, so that nobody can add one without choosing.
 */
export const RECORDS: Readonly<Record<FamilyOf<Verb>, boolean>> = {
  about: false,
  absence: false,
  agreement: true,
  check: false,
  coffee: true,
  conversation: false,
  costs: false,
  crisis: false,
  digest: false,
  evaluation: true,
  figures: false,
  hr: false,
  intent: false,
  knowledge: false,
  leaver: false,
  landed: true,
  measures: false,
  menu: false,
  moments: true,
  monthly: false,
  overview: true,
  privacy: false,
  // Who recorded something must be able to answer for it, whatever they may do from now on.
  removal: false,
  settings: false,
  signals: false,
  support: false,
};

/** The intents that lead there. */
const RECORDING_INTENTS: readonly Intent[] = [
  'agreement',
  'evaluations',
  'coffee',
  'key-moments',
  'overview',
];

export function recordsVerb(verb: Verb): boolean {
  return RECORDS[verb.slice(0, verb.indexOf('.')) as FamilyOf<Verb>];
}

export function recordsIntent(intent: Intent): boolean {
  return RECORDING_INTENTS.includes(intent);
}

/** Whether somebody may record things about others. */
export type MayManage = (who: Pick<Turn, 'tenant' | 'person'>) => Promise<boolean>;
/** Whether somebody has people reporting to them, as far as can be known now. */
export type HasReports = MayManage;

/** Everybody, unless HR made a list: then who is on it, and who has people reporting to them where that counts. */
export function createMayManage(needs: {
  readonly ownOrganisation: Pick<OwnOrganisation, 'of'>;
  /** Null where the operator did not switch it on. */
  readonly hasReports: HasReports | null;
}): MayManage {
  return async (who) => {
    const { managers, listed } = await needs.ownOrganisation.of(who.tenant);
    if (managers === 'everyone' || listed.includes(who.person)) return true;
    return (await needs.hasReports?.(who)) ?? false;
  };
}
