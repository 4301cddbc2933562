import type { Verb } from '../../cards/actions.js';
import type { Intent } from '../nlu/intents/intent.js';
import type { OrganisationSettings } from '../services/organisation-settings.js';
import type { Managers } from '../store/managers.js';
import type { Turn } from '../turn.js';

/**
 * Whom a verb or an intent answers.
 * `everyone`: guidance, help, what is on record about oneself, and one's own settings.
 * `recorders`: makes a new record about somebody else: for whom HR lets record.
 * `own-records`: reads and changes what somebody recorded: for recorders, and for whoever recorded anything before.
 * Taking a manager off HR's list must not take away what they answer for.
 * `hr`: for HR admins; to anybody else there is no such verb.
 */
export type Access = 'everyone' | 'recorders' | 'own-records' | 'hr';

type FamilyOf<Name> = Name extends `${infer Family}.${string}` ? Family : never;
type Family = FamilyOf<Verb>;
type VerbsOf<F extends Family> = Extract<Verb, `${F}.${string}`>;

/**
 * By the first part of the verb, or by each verb where they differ. Typed so that neither a new family nor a new verb
 * of a divided one compiles without its line.
 */
export const ACCESS: {
  readonly [F in Family]: Access | { readonly [V in VerbsOf<F>]: Access };
} = {
  about: 'everyone',
  absence: 'everyone',
  agreement: {
    'agreement.start': 'recorders',
    'agreement.details': 'recorders',
    'agreement.people': 'recorders',
    'agreement.more': 'recorders',
    'agreement.save': 'recorders',
    'agreement.list': 'own-records',
    'agreement.show': 'own-records',
    'agreement.ask-close': 'own-records',
    'agreement.close': 'own-records',
    'agreement.closed': 'own-records',
    'agreement.ask-reopen': 'own-records',
    'agreement.reopen': 'own-records',
    'agreement.correct': 'own-records',
    'agreement.correct-more': 'own-records',
    'agreement.correct-items': 'own-records',
    'agreement.talk': 'own-records',
    'agreement.correct-talk': 'own-records',
    'agreement.ask-reply': 'own-records',
    'agreement.reply': 'own-records',
    'agreement.request-handled': 'own-records',
  },
  // One's own records alone, and the talk that everybody can plan.
  calendar: 'everyone',
  check: 'everyone',
  coffee: {
    'coffee.add': 'recorders',
    'coffee.save': 'recorders',
    'coffee.list': 'own-records',
    'coffee.show': 'own-records',
    'coffee.done': 'own-records',
    'coffee.undo': 'own-records',
    'coffee.skip': 'own-records',
    'coffee.move': 'own-records',
    'coffee.pause': 'own-records',
    'coffee.rhythm': 'own-records',
    'coffee.stop': 'own-records',
  },
  conversation: 'everyone',
  practise: 'everyone',
  costs: 'everyone',
  crisis: 'everyone',
  digest: 'everyone',
  evaluation: 'own-records',
  figures: 'hr',
  // The leaver says that it is not right; it acts on nothing but a request about themselves.
  handover: 'everyone',
  hr: 'hr',
  intent: 'everyone',
  knowledge: 'everyone',
  landed: 'own-records',
  leaver: 'hr',
  measures: 'everyone',
  menu: 'everyone',
  moments: {
    'moments.add': 'recorders',
    'moments.save': 'recorders',
    'moments.list': 'own-records',
    'moments.show': 'own-records',
    'moments.change': 'own-records',
    'moments.end': 'own-records',
    'moments.ask-delete': 'own-records',
    'moments.delete': 'own-records',
  },
  monthly: 'everyone',
  // Whoever recorded something may put right whom it is about, whatever HR's list says.
  people: 'own-records',
  overview: 'own-records',
  // What is recorded about oneself, and what one asks of it; the manager answers whatever HR's list says.
  own: 'everyone',
  privacy: 'everyone',
  // Asked for by the employee, answered by the manager whose record it is: neither hangs on HR's list.
  removal: 'everyone',
  request: 'everyone',
  scan: {
    'scan.start': 'recorders',
    'scan.save': 'recorders',
    'scan.show': 'own-records',
    'scan.unreached': 'own-records',
    'scan.ask-close': 'own-records',
    'scan.close': 'own-records',
    'scan.ask-remove': 'own-records',
    'scan.remove': 'own-records',
    'scan.measures': 'own-records',
    'scan.more': 'own-records',
    'scan.agree': 'own-records',
    'scan.evaluate': 'own-records',
    'scan.record': 'own-records',
    'scan.end': 'own-records',
    // Whoever was asked, or types the code; the outcome is the same for all of them.
    'scan.open': 'everyone',
    'scan.code': 'everyone',
    'scan.ask': 'everyone',
    'scan.step': 'everyone',
    'scan.send': 'everyone',
    'scan.outcome': 'everyone',
    'scan.characteristic': 'everyone',
    'scan.compare': 'everyone',
    'scan.agreed': 'everyone',
    'scan.file': 'everyone',
    'scan.meet': 'everyone',
    'scan.paper': 'everyone',
  },
  settings: 'everyone',
  signals: 'everyone',
  support: 'everyone',
};

/** The same for what somebody types. */
export const INTENT_ACCESS: Readonly<Record<Intent, Access>> = {
  conversation: 'everyone',
  practise: 'everyone',
  signals: 'everyone',
  agreement: 'recorders',
  evaluations: 'own-records',
  coffee: 'own-records',
  'key-moments': 'own-records',
  overview: 'own-records',
  support: 'everyone',
  crisis: 'everyone',
  rights: 'everyone',
  adjustments: 'everyone',
  absence: 'everyone',
  'own-control': 'everyone',
  'team-scan': 'everyone',
  measures: 'everyone',
  dilemmas: 'everyone',
  models: 'everyone',
  loneliness: 'everyone',
  'self-care': 'everyone',
  costs: 'everyone',
  privacy: 'everyone',
  settings: 'everyone',
  menu: 'everyone',
  unknown: 'everyone',
};

export function accessOf(verb: Verb): Access {
  const access = ACCESS[verb.slice(0, verb.indexOf('.')) as Family];
  // The table has each verb of a divided family; the pair of both is lost on the way through a union.
  return typeof access === 'string' ? access : (access as Readonly<Record<Verb, Access>>)[verb];
}

/**
 * `hidden`: there is no such thing for them. `unlisted`: HR does not let them record; `owns` where they recorded
 * something before. `unknown`: HR's list cannot be read now, and nobody is let in on a guess.
 */
export type Decision =
  | { readonly kind: 'granted' | 'hidden' | 'unknown' }
  | { readonly kind: 'unlisted'; readonly owns: boolean };

type Who = Pick<Turn, 'tenant' | 'person'>;
export type Authorize = (access: Access, who: Who) => Promise<Decision>;
/** Whether somebody has people reporting to them, as far as can be known now. */
export type HasReports = (who: Who) => Promise<boolean>;
/** Whether somebody fills in what counts for the organisation. */
export type IsHrAdmin = (person: string) => boolean;

/** Decides who may do what. Fails closed: what cannot be read now grants nothing. */
export function createAuthorization(deps: {
  readonly organisationSettings: Pick<OrganisationSettings, 'forAuthorization'>;
  readonly managers: Pick<Managers, 'records'>;
  readonly isHrAdmin: IsHrAdmin;
  /** Null where the operator did not switch it on. */
  readonly hasReports: HasReports | null;
}): Authorize {
  const owns = async (who: Who): Promise<boolean> => {
    const { members, agreements, moments, scans, unreadable } = await deps.managers.records(who);
    return members.length + agreements.length + moments.length + scans.length + unreadable.length > 0;
  };
  return async (access, who) => {
    if (access === 'everyone') return { kind: 'granted' };
    if (access === 'hr') return { kind: deps.isHrAdmin(who.person) ? 'granted' : 'hidden' };
    const recorder = await mayRecord(deps, who);
    if (recorder === true) return { kind: 'granted' };
    if (access === 'own-records' && (await owns(who))) return { kind: 'granted' };
    return recorder === null ? { kind: 'unknown' } : { kind: 'unlisted', owns: await owns(who) };
  };
}

/**
 * Everybody, unless HR made a list: then who is on it, and who has people reporting to them where that counts. Null
 * while the list is unknown.
 */
async function mayRecord(
  {
    organisationSettings,
    hasReports,
  }: {
    readonly organisationSettings: Pick<OrganisationSettings, 'forAuthorization'>;
    readonly hasReports: HasReports | null;
  },
  who: Who,
): Promise<boolean | null> {
  const organisation = await organisationSettings.forAuthorization(who.tenant);
  if (organisation === null) return null;
  if (organisation.managers === 'everyone' || organisation.listed.includes(who.person)) return true;
  return (await hasReports?.(who)) ?? false;
}
