import type { Agreement } from '../../../../bot/domain/agreement.js';
import { openRequest } from '../../../../bot/domain/agreement.js';
import type { Member } from '../../../../bot/domain/member.js';
import { isSameName } from '../../../../bot/domain/member.js';
import { evaluationOccasion } from '../../../../bot/domain/reminders/agreement-reminders.js';
import { namesIn } from '../../../../bot/features/coffee/coffee.rules.js';
import type { Item } from '../../../../bot/store/deliveries.js';
import { LANGS, type Messages, messagesFor } from '../../../../cards/content/words.js';
import { longDay } from '../../../../cards/dates.js';
import { partsOf } from '../../../support/teams/teams-card.js';
import type { Done } from '../acts.js';
import type { Actor, Payload, World } from '../world.js';

/** Something that a reply says was recorded, and that the tables therefore have to hold. */
export type Claim = {
  readonly actor: Actor;
  readonly payload: Payload;
  /** What the reply said. */
  readonly said: string;
  /** Which record it is about: a later claim about the same takes its place. */
  readonly about: string;
  /** False where others acted on it at the same time, so that only that it is there can be asked. */
  readonly exact: boolean;
  /** The process died right after it: what goes on the audit trail beside the turn is lost with it then. */
  readonly crashed: boolean;
  readonly at: number;
  /** When the step began, by the clock of the world, in milliseconds. */
  readonly from: number;
  readonly check: Check;
};
/** What is missing of what was claimed; empty when all is there. */
type Check = (world: World, claim: Claim) => Promise<readonly string[]>;

/** Of each verb that keeps something: the words with which it says so, and what then has to be there. */
const CLAIMS: Readonly<Record<string, readonly (readonly [(words: Messages) => string, Check])[]>> = {
  'agreement.save': [
    [({ agreement }) => agreement.saved, agreementSaved],
    [({ agreement }) => agreement.savedShared, agreementSaved],
  ],
  'coffee.save': [[({ coffee }) => coffee.addedNames, coffeesSaved]],
  'coffee.done': [[({ coffee }) => coffee.doneNotice, coffeeKept]],
  'coffee.undo': [[({ coffee }) => coffee.undoneNotice, coffeeKept]],
  'coffee.skip': [[({ coffee }) => coffee.skippedNotice, coffeeKept]],
  'coffee.move': [[({ coffee }) => coffee.movedNotice, coffeeKept]],
  'coffee.pause': [[({ coffee }) => coffee.pausedNotice, coffeeKept]],
  'coffee.rhythm': [[({ coffee }) => coffee.rhythmNotice, coffeeKept]],
  'coffee.stop': [[({ coffee }) => coffee.stoppedNotice, coffeeStopped]],
  'moments.save': [[({ moments }) => moments.saved, momentKept]],
  'moments.change': [[({ moments }) => moments.moved, momentKept]],
  'moments.end': [[({ moments }) => moments.ended, momentEnded]],
  'moments.delete': [[({ moments }) => moments.deleted, momentEnded]],
  'evaluation.record': [
    [({ evaluation }) => evaluation.recorded, evaluationKept],
    [({ evaluation }) => evaluation.recordedAllStop, evaluationKept],
  ],
  'evaluation.rewrite': [[({ evaluation }) => evaluation.recorded, evaluationKept]],
  'evaluation.move': [[({ evaluation }) => evaluation.moved, evaluationKept]],
  'evaluation.snooze': [[({ evaluation }) => evaluation.snoozed, evaluationReminded]],
  'about.confirm': [[({ about }) => about.confirmed, confirmationKept]],
  'about.change': [[({ about }) => about.changeSent, requestKept]],
  'agreement.request-handled': [[({ agreement }) => agreement.requestHandled, requestHandled]],
  'removal.send': [[({ removal }) => removal.sent, removalAsked]],
  'removal.withdraw': [[({ removal }) => removal.withdrawn, removalGone]],
  'removal.keep': [[({ removal }) => removal.keptDone, removalAnswered]],
  'removal.grant': [[({ removal }) => removal.grantedDoneTitle, removalGranted]],
  'own.refuse-coffee': [[({ requests }) => requests.coffeeRefusedDone, coffeeRefused]],
  'own.allow-coffee': [[({ requests }) => requests.coffeeAllowedDone, coffeeRefused]],
  'own.send-removal': [[({ requests }) => requests.sent, momentAsked]],
  'own.send-dates': [[({ requests }) => requests.sent, momentAsked]],
  'own.withdraw': [[({ requests }) => requests.withdrawn, momentNotAsked]],
  'request.do': [
    [({ requests }) => requests.removedTitle, momentEnded],
    [({ requests }) => requests.datesDone, momentAnswered],
  ],
  'request.keep': [[({ requests }) => requests.keptDone, momentAnswered]],
  'scan.save': [
    [({ scan }) => scan.started, scanStarted],
    // With when whoever was asked hears of it.
    [({ scan }) => `${scan.started} ${scan.startedAsks.now}`, scanStarted],
    [({ scan }) => `${scan.started} ${scan.startedAsks.later}`, scanStarted],
    [({ scan }) => `${scan.started} ${scan.startedAsks.nobody}`, scanStarted],
  ],
  'scan.send': [[({ scan }) => scan.answer.sentTitle, answersCounted]],
  'scan.close': [[({ scan }) => scan.closed, scanClosed]],
  'scan.agree': [[({ scan }) => scan.measures.saved, measuresKept]],
  'scan.record': [[({ scan }) => scan.measures.recorded, measuresKept]],
  'scan.end': [[({ scan }) => scan.measures.recorded, measuresKept]],
  'scan.remove': [[({ scan }) => scan.removed, scanRemoved]],
  'settings.save': [[({ settings }) => settings.saved, settingsKept]],
  'hr.contact-save': [[({ hr }) => hr.contactSaved, contactKept]],
};

const claimsOf = new Map(Object.entries(CLAIMS));

/** About which record something was sent: a later claim about the same takes an earlier one's place. */
export function subjectOf({ sent, actor }: Done): string {
  const { id, draft } = (sent?.data ?? {}) as { id?: unknown; draft?: { id?: unknown } };
  return `${actor.person.tenantId} ${id ?? draft?.id ?? sent?.verb}`;
}

/** What the reply claims, if anything; see `Claim` for what else is to be known of the step. */
export function claimIn(
  world: World,
  done: Done,
  { exact, crashed }: Pick<Claim, 'exact' | 'crashed'>,
): Claim | null {
  const { sent, actor } = done;
  if (sent === null) return null;
  const texts = textsOf(done);
  for (const [template, check] of claimsOf.get(sent.verb) ?? []) {
    const said = texts.find((text) => LANGS.some((lang) => says(template(messagesFor(lang)), text)));
    if (said === undefined) continue;
    const when = { at: world.at, from: world.beganAt };
    return { actor, payload: sent, said, about: subjectOf(done), exact, crashed, ...when, check };
  }
  return null;
}

/**
 * What is claimed is kept: after a reply that says that something was recorded it is there, and its reminder, and
 * what leads the employee to it, and who did it. At once where the tables answer; else as soon as they do, and
 * without the night, which mends what was lost only after somebody has looked for it in vain.
 */
export async function whatIsClaimedIsKept(world: World, claims: readonly Claim[]): Promise<void> {
  if (claims.length === 0) return;
  await Promise.all(world.bots.map((bot) => bot.flushAudit().catch(() => undefined)));
  for (const claim of claims) {
    const missing = await claim.check(world, claim);
    for (const one of missing)
      world.found(
        'what is claimed is kept',
        `step ${claim.at}: ${claim.actor.name} was told ${JSON.stringify(claim.said)} after ${claim.payload.verb} ${JSON.stringify(claim.payload.data).slice(0, 300)}: ${one}`,
      );
  }
}

async function agreementSaved(world: World, claim: Claim): Promise<string[]> {
  const { draft } = claim.payload.data as { draft: { id: string; person?: unknown } };
  const found = await world.stores.managers.agreement(whose(claim.actor), draft.id);
  if (found === null) return ['the agreement is not there'];
  const { record } = found;
  const typed = Object.entries(claim.payload.data)
    .filter(([field, value]) => /^what\d$/.test(field) && typeof value === 'string' && value.trim() !== '')
    .map(([, value]) => oneLine(String(value)));
  const kept = record.items.map(({ what }) => what);
  const lost = claim.exact ? typed.filter((what) => !kept.includes(what)) : [];
  return [
    ...lost.map((what) => `${JSON.stringify(what)} is not in it`),
    ...(await missingOf(world, claim, record)),
    ...(await noEntry(world, claim, draft.id)),
  ];
}

/** What an agreement that runs has to have: the reminder of its evaluation, and the employee's way to it. */
async function missingOf(world: World, claim: Claim, record: Agreement): Promise<string[]> {
  const { tenant, person } = whose(claim.actor);
  const { id, employee } = record;
  const missing: string[] = [];
  if (record.status === 'open') {
    const occasion = evaluationOccasion(record);
    if (
      !(await isPromised(world, tenant, person, {
        kind: 'evaluation',
        manager: person,
        subject: id,
        occasion,
      }))
    )
      missing.push(`no reminder of the evaluation of ${occasion}`);
  }
  if (employee !== null && !(await world.stores.about.concerns(tenant, employee, person, id)))
    missing.push('the employee does not find it: no pointer');
  return missing;
}

async function coffeesSaved(world: World, claim: Claim): Promise<string[]> {
  const { names, person, personName } = claim.payload.data as Readonly<Record<string, unknown>>;
  const picked = typeof person === 'string' && person !== '' ? person.toLowerCase() : null;
  const typed = [
    ...namesIn(String(names ?? '')).map((name) => ({ name, account: null })),
    ...(picked === null ? [] : [{ name: oneLine(String(personName ?? '')), account: picked }]),
  ];
  const { members } = await world.stores.managers.records(whose(claim.actor));
  const missing: string[] = [];
  for (const { name, account } of typed) {
    const member = members.find((one) =>
      account === null ? isSameName(one.name, name) : one.person === account,
    );
    if (member === undefined || member.nextDay === null) {
      missing.push(`${name} is not on the list`);
      continue;
    }
    missing.push(...(await coffeeReminded(world, claim, member.id, member.nextDay)));
    missing.push(...(await noEntry(world, claim, numberOf(member))));
    if (account !== null) {
      const pointers = await world.stores.about.of(whose(claim.actor).tenant, account);
      if (!pointers.some((one) => one.member === member.id))
        missing.push(`${name} does not find it: no pointer`);
    }
  }
  return missing;
}

async function coffeeKept(world: World, claim: Claim): Promise<string[]> {
  const id = idIn(claim);
  const found = await world.stores.managers.member(whose(claim.actor), id);
  if (found === null || found.record.nextDay === null) return ['the coffee is not there'];
  const { nextDay } = found.record;
  return [
    ...(claim.exact && !saysDay(claim.said, nextDay) ? [`the next coffee is on ${nextDay}`] : []),
    ...(await coffeeReminded(world, claim, id, nextDay)),
    // What was so already is not written, and not noted.
    ...(found.record.version === claim.payload.data.version
      ? []
      : await noEntry(world, claim, numberOf(found.record))),
  ];
}

async function coffeeReminded(world: World, claim: Claim, subject: string, occasion: string) {
  const { tenant, person } = whose(claim.actor);
  const promised = await isPromised(world, tenant, person, {
    kind: 'coffee',
    manager: person,
    subject,
    occasion,
  });
  return promised ? [] : [`no reminder of the coffee of ${occasion}`];
}

async function coffeeStopped(world: World, claim: Claim): Promise<string[]> {
  const found = await world.stores.managers.member(whose(claim.actor), idIn(claim));
  const on = found !== null && found.record.rhythm !== null && claim.exact;
  return [
    ...(on ? ['the coffee is still there'] : []),
    ...(found === null || !claim.exact || (await wasStopped(world, claim, numberOf(found.record)))
      ? []
      : await noEntry(world, claim, numberOf(found.record))),
  ];
}

/** Whether somebody else ended the coffees before: what is so already is not written, and not noted. */
async function wasStopped(world: World, claim: Claim, record: string): Promise<boolean> {
  const entries = await world.stores.audit.of(whose(claim.actor).tenant, record);
  const last = (verbs: readonly string[]) =>
    Math.max(0, ...entries.flatMap(({ at, did }) => (verbs.includes(did) ? [Date.parse(at)] : [])));
  return last(['own.refuse-coffee']) > last(['coffee.save', 'coffee.rhythm']);
}

async function momentKept(world: World, claim: Claim): Promise<string[]> {
  const id = idIn(claim);
  const { tenant, person } = whose(claim.actor);
  const found = await world.stores.managers.moment({ tenant, person }, id);
  if (found === null) return ['the moment is not there'];
  // So many reminders were named; those that have come due since are proven.
  const named = Number(/\d+/.exec(claim.said)?.[0] ?? (/een|one/.test(claim.said) ? 1 : 0));
  const planned = await promisesOf(world, tenant, person);
  const count = planned.filter(({ kind, subject }) => kind === 'moment' && subject === id).length;
  const { verb, data } = claim.payload;
  const few = verb === 'moments.save' && claim.exact && count < named;
  // To the days that it had nothing changes, and nothing is noted; whether it had them cannot be told where it was also
  // ended at that moment.
  const isUnchanged = verb === 'moments.change' && (!claim.exact || data.version === found.record.version);
  return [
    ...(few ? [`${count} reminders instead of ${named}`] : []),
    ...(isUnchanged ? [] : await noEntry(world, claim, id)),
  ];
}

async function momentEnded(world: World, claim: Claim): Promise<string[]> {
  const found = await world.stores.managers.moment(whose(claim.actor), idIn(claim));
  const open = found !== null && found.record.status === 'open' && claim.exact;
  return [...(open ? ['the moment is still open'] : []), ...(await noEntryOfGone(world, claim, idIn(claim)))];
}

async function evaluationKept(world: World, claim: Claim): Promise<string[]> {
  const found = await world.stores.managers.agreement(whose(claim.actor), idIn(claim));
  if (found === null) return ['the agreement is not there'];
  const { nextDay, changedAt, version } = found.record;
  // To the day on which it was already nothing changes, and nothing is noted; a clock that went back tells no earlier.
  const isAsSeen = claim.payload.verb === 'evaluation.move' && claim.payload.data.version === version;
  const isUnchanged = isAsSeen || Date.parse(changedAt) < claim.from;
  return [
    ...(claim.exact && !saysDay(claim.said, nextDay) ? [`the next evaluation is on ${nextDay}`] : []),
    ...(await missingOf(world, claim, found.record)),
    ...(isUnchanged ? [] : await noEntry(world, claim, found.record.id)),
  ];
}

async function evaluationReminded(world: World, claim: Claim): Promise<string[]> {
  const found = await world.stores.managers.agreement(whose(claim.actor), idIn(claim));
  return found === null ? ['the agreement is not there'] : missingOf(world, claim, found.record);
}

/** That all is right is on the record, and the manager will hear of it. */
async function confirmationKept(world: World, claim: Claim): Promise<string[]> {
  const found = await agreementAbout(world, claim);
  if (found === null) return ['the agreement is not there'];
  const { answer, answeredAt } = found;
  if (answer !== 'confirmed' || answeredAt === null) return claim.exact ? [`the answer is ${answer}`] : [];
  return [
    ...(await answerTold(world, claim, found.id, answeredAt)),
    ...(await noEntry(world, claim, found.id)),
  ];
}

/** What the employee asked for is on the record, whatever came of the agreement, and the manager will hear of it. */
async function requestKept(world: World, claim: Claim): Promise<string[]> {
  const found = await agreementAbout(world, claim);
  if (found === null) return ['the agreement is not there'];
  const request = openRequest(found);
  if (request === null) return claim.exact ? ['no request is open'] : [];
  const note = oneLine(String(claim.payload.data.note ?? ''));
  return [
    ...(claim.exact && request.note !== note
      ? [`the note ${JSON.stringify(note)} is not on the record`]
      : []),
    ...(await answerTold(world, claim, found.id, request.askedAt)),
    ...(await noEntry(world, claim, found.id)),
  ];
}

async function answerTold(world: World, claim: Claim, subject: string, occasion: string): Promise<string[]> {
  const manager = String(claim.payload.data.manager);
  const item = { kind: 'agreement-answered', manager, subject, occasion } as const;
  const told = await isPromised(world, whose(claim.actor).tenant, manager, item);
  return told ? [] : ['the manager will not hear of it'];
}

/** That it was discussed is on the record, and the employee gets to see it. */
async function requestHandled(world: World, claim: Claim): Promise<string[]> {
  const { tenant, person } = whose(claim.actor);
  const found = await world.stores.managers.agreement({ tenant, person }, idIn(claim));
  if (found === null) return ['the agreement is not there'];
  const { id, employee, version, changeAsked, answer } = found.record;
  if (claim.exact && changeAsked !== null && changeAsked.handledAt === null) return ['it is still open'];
  const item = { kind: 'agreement-shared', manager: person, subject: id, occasion: String(version) } as const;
  // Whatever they answered since, they saw it.
  const unseen = claim.exact && employee !== null && (answer === 'on-its-way' || answer === 'waiting');
  return [
    ...(unseen && !(await isPromised(world, tenant, employee, item)) ? ['the employee will not see it'] : []),
    ...(await noEntry(world, claim, id)),
  ];
}

async function removalAsked(world: World, claim: Claim): Promise<string[]> {
  const found = await agreementAbout(world, claim);
  if (found === null) return ['the agreement is not there'];
  const { removal } = found;
  if (removal === null || removal.answeredAt !== null) return claim.exact ? ['no request is open'] : [];
  const { tenant, person } = whose(claim.actor);
  const manager = String(claim.payload.data.manager);
  const missing = await noEntry(world, claim, found.id);
  for (const [kind, to] of [
    ['removal-asked', manager],
    ['removal-due', manager],
    ['removal-late', person],
  ] as const) {
    if (
      !(await isPromised(world, tenant, to, { kind, manager, subject: found.id, occasion: removal.askedAt }))
    )
      missing.push(`no reminder ${kind}`);
  }
  return missing;
}

async function removalGone(world: World, claim: Claim): Promise<string[]> {
  const found = await agreementAbout(world, claim);
  return found?.removal != null && claim.exact ? ['the request is still there'] : [];
}

async function removalAnswered(world: World, claim: Claim): Promise<string[]> {
  const found = await world.stores.managers.agreement(whose(claim.actor), idIn(claim));
  if (found === null) return ['the agreement is not there'];
  const { removal, employee, id } = found.record;
  if (removal === null || removal.answeredAt === null) return claim.exact ? ['the answer is not there'] : [];
  const { tenant, person } = whose(claim.actor);
  const item = { kind: 'removal-kept', manager: person, subject: id, occasion: removal.answeredAt } as const;
  const told = employee === null || (await isPromised(world, tenant, employee, item));
  return [...(told ? [] : ['the employee will not hear of it']), ...(await noEntry(world, claim, id))];
}

async function removalGranted(world: World, claim: Claim): Promise<string[]> {
  const found = await world.stores.managers.agreement(whose(claim.actor), idIn(claim));
  return [
    ...(found === null ? [] : ['the agreement is still there']),
    ...(await noEntry(world, claim, idIn(claim))),
  ];
}

/** Whose place or moment an employee was told something about. */
function managerIn({ actor, payload }: Claim) {
  return { tenant: whose(actor).tenant, person: String(payload.data.manager) };
}

async function coffeeRefused(world: World, claim: Claim): Promise<string[]> {
  const manager = managerIn(claim);
  const found = await world.stores.managers.member(manager, idIn(claim));
  if (found === null) return claim.exact ? ['the place is not there'] : [];
  const { coffeeRefusedAt: occasion, rhythm, number } = found.record;
  const refused = claim.payload.verb === 'own.refuse-coffee';
  if (refused !== (occasion !== null)) return claim.exact ? [`refused at ${occasion}`] : [];
  const item = { kind: 'coffee-refused', manager: manager.person, subject: idIn(claim) } as const;
  const told =
    occasion === null || (await isPromised(world, manager.tenant, manager.person, { ...item, occasion }));
  return [
    ...(refused && rhythm !== null ? ['the coffee is still there'] : []),
    ...(told ? [] : ['the manager will not hear of it']),
    ...(await noEntry(world, claim, number ?? '')),
  ];
}

async function momentAsked(world: World, claim: Claim): Promise<string[]> {
  const manager = managerIn(claim);
  const found = await world.stores.managers.moment(manager, idIn(claim));
  const request = found?.record.request ?? null;
  if (request === null || request.answeredAt !== null) return claim.exact ? ['no request is open'] : [];
  const missing = await noEntry(world, claim, idIn(claim));
  for (const [kind, to] of [
    ['moment-asked', manager.person],
    ['moment-asked-due', manager.person],
    ['moment-asked-late', whose(claim.actor).person],
  ] as const) {
    const item = { kind, manager: manager.person, subject: idIn(claim), occasion: request.askedAt };
    if (!(await isPromised(world, manager.tenant, to, item))) missing.push(`no reminder ${kind}`);
  }
  return missing;
}

async function momentNotAsked(world: World, claim: Claim): Promise<string[]> {
  const found = await world.stores.managers.moment(managerIn(claim), idIn(claim));
  return found?.record.request != null && claim.exact ? ['the request is still there'] : [];
}

async function momentAnswered(world: World, claim: Claim): Promise<string[]> {
  const { tenant, person } = whose(claim.actor);
  const found = await world.stores.managers.moment({ tenant, person }, idIn(claim));
  const request = found?.record.request ?? null;
  if (request === null || request.answeredAt === null) return claim.exact ? ['the answer is not there'] : [];
  const item = { kind: 'moment-answered', manager: person, subject: idIn(claim) } as const;
  const told = await isPromised(world, tenant, request.employee, { ...item, occasion: request.answeredAt });
  return [
    ...(told ? [] : ['the employee will not hear of it']),
    ...(await noEntry(world, claim, idIn(claim))),
  ];
}

/** It is there under its code, its maker finds it, and whoever was asked and has not answered hears of it. */
async function scanStarted(world: World, claim: Claim): Promise<string[]> {
  const { tenant, person } = whose(claim.actor);
  const { scans } = await world.stores.scans.ofTenant(tenant);
  // Of a form that somebody else sent on as their own there are two.
  const scan = scans.find(({ form, manager }) => form === idIn(claim) && manager === person);
  if (scan === undefined) return claim.exact ? ['the scan is not there'] : [];
  const { scans: listed } = await world.stores.managers.records({ tenant, person });
  const missing = listed.some(({ id }) => id === scan.id) ? [] : ['it is not on the list of its maker'];
  for (const asked of scan.status === 'open' ? scan.asked : []) {
    const item = { kind: 'scan-news', manager: person, subject: scan.id, occasion: 'asked' } as const;
    if (await world.stores.scans.hasAnswered(scan, asked)) continue;
    if (!(await isPromised(world, tenant, asked, item))) missing.push('somebody will not be asked');
  }
  return [...missing, ...(await noEntry(world, claim, scan.id))];
}

async function answersCounted(world: World, claim: Claim): Promise<string[]> {
  const { tenant, person } = whose(claim.actor);
  const found = await world.stores.scans.get(tenant, idIn(claim));
  // One that closed since has no box any more: what it counted is looked at as a whole.
  if (found === null || found.record.status !== 'open') return [];
  return (await world.stores.scans.hasAnswered(found.record, person)) ? [] : ['the answers are not counted'];
}

async function scanClosed(world: World, claim: Claim): Promise<string[]> {
  const { tenant, person } = whose(claim.actor);
  const found = await world.stores.scans.get(tenant, idIn(claim));
  if (found === null) return claim.exact ? ['the scan is not there'] : [];
  const { status, asked, manager } = found.record;
  const missing = status === 'closed' ? [] : [`it is ${status}`];
  for (const one of manager === person ? asked : []) {
    const item = { kind: 'scan-news', manager, subject: idIn(claim), occasion: 'closed' } as const;
    if (!(await isPromised(world, tenant, one, item))) missing.push('somebody will not hear of the outcome');
  }
  return missing;
}

async function measuresKept(world: World, claim: Claim): Promise<string[]> {
  const { tenant, person } = whose(claim.actor);
  const found = await world.stores.scans.get(tenant, idIn(claim));
  if (found === null) return claim.exact ? ['the scan is not there'] : [];
  const { nextDay, manager } = found.record;
  if (manager !== person) return [];
  const item = {
    kind: 'scan-due',
    manager,
    subject: idIn(claim),
    occasion: `evaluation|${nextDay}`,
  } as const;
  const reminded = nextDay === null || (await isPromised(world, tenant, manager, item));
  return [
    ...(reminded ? [] : [`no reminder of the evaluation of ${nextDay}`]),
    ...(await noEntry(world, claim, idIn(claim))),
  ];
}

async function scanRemoved(world: World, claim: Claim): Promise<string[]> {
  const { tenant, person } = whose(claim.actor);
  const found = await world.stores.scans.get(tenant, idIn(claim));
  return found?.record.manager === person ? ['the scan is still there'] : [];
}

async function settingsKept(world: World, claim: Claim): Promise<string[]> {
  const { tenant, person } = whose(claim.actor);
  const found = await world.stores.people.get(tenant, person);
  if (found === null) return ['the person is not there'];
  const { time } = claim.payload.data;
  const plain = typeof time === 'string' && /^\d\d:\d\d$/.test(time);
  return claim.exact && plain && found.record.time !== time ? [`the time is ${found.record.time}`] : [];
}

async function contactKept(world: World, claim: Claim): Promise<string[]> {
  const { organisation = [] } = await world.dump();
  const there = organisation.some((row) => JSON.stringify(row).includes(idIn(claim)));
  return there || !claim.exact ? [] : ['the contact is not there'];
}

/** Whether a reminder is planned or waits, or was sent and is proven. */
async function isPromised(
  world: World,
  tenant: string,
  person: string,
  wanted: Omit<Item, 'round'>,
): Promise<boolean> {
  const promises = await promisesOf(world, tenant, person);
  return promises.some(
    (one) =>
      one.kind === wanted.kind &&
      one.manager === wanted.manager &&
      one.subject === wanted.subject &&
      one.occasion === wanted.occasion,
  );
}

/** Everything that was ever promised to somebody and can still be seen: planned, waiting or proven. */
async function promisesOf(world: World, tenant: string, person: string): Promise<Omit<Item, 'round'>[]> {
  const found: Omit<Item, 'round'>[] = [];
  for await (const { reminder } of world.stores.reminders.all())
    if (reminder !== null && reminder.tenant === tenant && reminder.person === person) found.push(reminder);
  for (const item of (await world.stores.deliveries.sentTo(tenant, person)).keys()) {
    const [kind = '', manager = '', subject = '', ...rest] = item.split('|');
    found.push({ kind: kind as Item['kind'], manager, subject, occasion: rest.slice(0, -1).join('|') });
  }
  return found;
}

/** Whether the audit trail says who did it. */
async function noEntry(world: World, claim: Claim, record: string): Promise<string[]> {
  if (claim.crashed) return [];
  const { tenant, person } = whose(claim.actor);
  const entries = await world.stores.audit.of(tenant, record);
  const there = entries.some(({ who, did }) => who === person && did === claim.payload.verb);
  return there ? [] : [`no entry on the audit trail for ${record}`];
}

/**
 * The same of what was taken away. By a card that was forwarded from somebody else, maybe of another organisation, one
 * takes away what one never had: it is told to be gone, and leaves no entry. What one had has an entry of its saving.
 */
async function noEntryOfGone(world: World, claim: Claim, record: string): Promise<string[]> {
  const { tenant, person } = whose(claim.actor);
  const entries = await world.stores.audit.of(tenant, record);
  const wasTheirs = entries.some(({ who }) => who === person);
  return wasTheirs ? noEntry(world, claim, record) : [];
}

async function agreementAbout(world: World, claim: Claim): Promise<Agreement | null> {
  const { tenant } = whose(claim.actor);
  const manager = { tenant, person: String(claim.payload.data.manager) };
  return (await world.stores.managers.agreement(manager, idIn(claim)))?.record ?? null;
}

function whose({ person }: Actor) {
  return { tenant: person.tenantId, person: person.objectId };
}

function idIn({ payload }: Claim): string {
  return String(payload.data.id ?? '');
}

/** Under what the audit trail has a place on a list: its id may hold whose it is. */
function numberOf({ id, number }: Member): string {
  return number ?? id;
}

function saysDay(said: string, day: string): boolean {
  return LANGS.some((lang) => said.includes(longDay(lang, day)));
}

/** All texts of the card that a press was answered with, in its place or as a message. */
function textsOf(done: Done): string[] {
  return done.cards.flatMap((one) =>
    partsOf(one).flatMap(({ text }) => (typeof text === 'string' ? [text] : [])),
  );
}

const patterns = new Map<string, RegExp>();

/** Whether a text is a message of ours with whatever was filled in: its `{values}` and plurals may be anything. */
function says(template: string, text: string): boolean {
  const pattern = patterns.get(template) ?? patternOf(template);
  patterns.set(template, pattern);
  return pattern.test(text);
}

function patternOf(template: string): RegExp {
  let depth = 0;
  let source = '';
  for (const character of template) {
    if (character === '{') {
      if (depth === 0) source += '[\\s\\S]+';
      depth += 1;
    } else if (character === '}') depth -= 1;
    else if (depth === 0) source += character.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  }
  return new RegExp(`^${source}$`);
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}
