import type { Agreement } from '../../bot/domain/agreement.js';
import { handoverStillWanted, isOfHandover } from '../../bot/domain/handover-request.js';
import { defaultOrganisation, type Organisation, type OwnContact } from '../../bot/domain/organisation.js';
import type { DueRow } from '../../bot/store/reminders.js';
import type { House } from '../support/running-bot.js';
import { aMember, anAgreement, aPerson, aReference } from '../support/sample-records.js';
import type { Person } from '../support/teams/teams.js';

/** Two people of HR, who are of every scene of a house. */
export type Hr = { readonly hanna: Person; readonly hugo: Person };
/**
 * Two people of their own, and one agreement between them: nobody else in the house has to do with it. What HR filled in
 * is as it was when the scene opened.
 */
export type Scene = Hr & {
  readonly house: House;
  readonly mila: Person;
  readonly sanne: Person;
  /** Whose record it is, as the stores want it. */
  readonly manager: { readonly tenant: string; readonly person: string };
  /** The etag of what HR filled in when the scene opened. */
  readonly filledIn: string;
  /** Changes what HR filled in, as somebody else of HR would. */
  fillIn(changes: Partial<Organisation>): Promise<void>;
  /** The agreement as it is now. */
  agreement(): Promise<Agreement>;
  /** Changes it as another press would, from another device or by the other of the two. */
  change(changes: Partial<Agreement>): Promise<void>;
};

export const AGREEMENT = 'agreement-1';
export const CONTACT: OwnContact = {
  ...{
    id: 'contact-1',
    kind: 'company-doctor',
    name: 'Dokter Smit',
    phone: '020 123 4567',
    dial: '+31201234567',
  },
  ...{ mail: null, link: null, hours: '', checked: '2026-06-01' },
};
const MUCH_LATER = '2030-01-01T00:00:00.000Z';
const HANNA = 'c3c3c3c3-0000-4000-8000-000000000003';
const HUGO = 'c3c3c3c3-0000-4000-8000-000000000004';
/** For the setting of that name. */
export const HR_ADMINS = `${HANNA},${HUGO}`;

export async function openHr(house: House): Promise<Hr> {
  const hanna = house.teams.person({ name: 'Hanna Vos', objectId: HANNA });
  const hugo = house.teams.person({ name: 'Hugo Prins', objectId: HUGO });
  await Promise.all([hanna.install(), hugo.install()]);
  return { hanna, hugo };
}

/** An open agreement of two items, to be evaluated today, about which Sanne said nothing yet. */
export async function openScene(house: House, hr: Hr): Promise<Scene> {
  await forgetPlans(house);
  const [mila, sanne] = await Promise.all([known(house, 'Mila de Wit'), known(house, 'Sanne Bakker')]);
  const manager = { tenant: mila.tenantId, person: mila.objectId };
  const { managers, about, organisations } = house.bot.stores;
  const fill = async (record: Organisation) => {
    const { etag } = await organisations.get(manager.tenant);
    if ((await organisations.put(record, etag)) !== 'ok') throw new Error('what HR filled in is not kept');
  };
  const organisation: Organisation = { ...defaultOrganisation(manager.tenant), contacts: [CONTACT] };
  await fill(organisation);
  const member = aMember({ id: `person-${sanne.objectId}`, person: sanne.objectId });
  const record = anAgreement({
    id: AGREEMENT,
    member: member.id,
    employee: sanne.objectId,
    answer: 'shared',
  });
  await managers.addAgreement(manager, member, record);
  const pointer = { manager: mila.objectId, agreement: AGREEMENT, since: record.createdAt };
  await about.index(mila.tenantId, sanne.objectId, pointer);
  const kept = async () => {
    const found = await managers.agreement(manager, AGREEMENT);
    if (found === null) throw new Error('the agreement is gone');
    return found;
  };
  return {
    ...hr,
    house,
    mila,
    sanne,
    manager,
    filledIn: (await organisations.get(manager.tenant)).etag ?? '',
    fillIn: (changes) => fill({ ...organisation, ...changes }),
    agreement: async () => (await kept()).record,
    async change(changes) {
      const { record: now, etag } = await kept();
      await managers.changeAgreement(manager, { ...now, ...changes }, etag);
    },
  };
}

/** Somebody who has had the app for a while: their welcome is no part of a scene. */
async function known(house: House, name: string): Promise<Person> {
  const person = house.teams.person({ name, installed: true });
  const { objectId, tenantId: tenant, conversationId: conversation, serviceUrl, userId: user } = person;
  const reference = { ...aReference({ conversation, serviceUrl, user }), tenant };
  const added = await house.bot.stores.people.add(aPerson({ tenant, person: objectId, reference }));
  if (added !== 'ok') throw new Error('they are not on record');
  return person;
}

/** What is planned of the scenes before: `plannedOf` goes through all of it. */
async function forgetPlans({ bot: { stores } }: House): Promise<void> {
  const rows: DueRow['stored'][] = [];
  for await (const { stored } of stores.reminders.due(MUCH_LATER)) rows.push(stored);
  await stores.reminders.removeAll(rows);
}

/**
 * All that is kept of the two and of their organisation, with the same names for the same people in every scene: what is there, and not what it
 * is called.
 */
export async function recordsOf({ house, mila, sanne, manager }: Scene): Promise<string> {
  const { managers, about, people, organisations, handovers, scans } = house.bot.stores;
  const { tenant } = manager;
  const person = async (id: string) => {
    const { time, days, zone, language, pausedUntil, off, monthly } =
      (await people.get(tenant, id))?.record ?? {};
    return { time, days, zone, language, pausedUntil, off, monthly };
  };
  const byText = (one: unknown, other: unknown) => JSON.stringify(one).localeCompare(JSON.stringify(other));
  const { members, agreements, moments, unreadable } = await managers.records(manager);
  const own = (await scans.ofTenant(tenant)).scans.filter((scan) => scan.manager === manager.person);
  const progress = await Promise.all(own.map((scan) => scans.progress(scan)));
  // By their ids they stand in another order in each scene.
  const namedFirst = (asked: readonly string[]) => [
    ...asked.filter((id) => id === sanne.objectId),
    ...asked.filter((id) => id !== sanne.objectId),
  ];
  const all = {
    members: [...members].sort(byText),
    agreements: [...agreements].sort(byText),
    moments,
    scans: own.map((scan, at) => ({
      ...scan,
      id: 'CODE',
      form: 'FORM',
      progress: progress[at],
      asked: namedFirst(scan.asked),
    })),
    unreadable,
    // A pointer is written before its record, and says that it is gone before it is: until then it says nothing.
    pointers: (await about.of(tenant, sanne.objectId))
      .filter(
        ({ agreement, removed }) =>
          removed !== null ||
          // One to what is not about them yet shows nothing, as one to what is not there yet.
          agreements.some(({ id, employee }) => id === agreement && employee === sanne.objectId),
      )
      .filter(({ moment }) => !moments.some(({ id }) => id === moment))
      .map((one) => (agreements.some(({ id }) => id === one.agreement) ? { ...one, removed: null } : one))
      .sort(byText),
    settings: await person(mila.objectId),
    organisation: (await organisations.get(tenant)).record,
    handover: (await handovers.get(tenant, mila.objectId))?.record,
  };
  return JSON.stringify(all, null, 1)
    .replaceAll(mila.objectId, 'MILA')
    .replaceAll(sanne.objectId, 'SANNE')
    .replaceAll(HANNA, 'HANNA')
    .replaceAll(HUGO, 'HUGO')
    .replace(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, 'ID');
}

/**
 * What is planned of the two, in the same names: `kind person occasion`, each once as it would be sent, and not what
 * would be dropped.
 */
export async function plannedOf({ house, mila, sanne, manager: { tenant } }: Scene): Promise<string[]> {
  const names = new Map([
    [mila.objectId, 'MILA'],
    [sanne.objectId, 'SANNE'],
    [HANNA, 'HANNA'],
    [HUGO, 'HUGO'],
  ]);
  const handover = (await house.bot.stores.handovers.get(tenant, mila.objectId))?.record ?? null;
  const found: string[] = [];
  for await (const { reminder } of house.bot.stores.reminders.due(MUCH_LATER)) {
    if (reminder === null || reminder.manager !== mila.objectId) continue;
    const { kind, person, occasion } = reminder;
    const ofRequest = isOfHandover(kind);
    if (ofRequest && !handoverStillWanted({ kind, occasion }, handover)) continue;
    found.push(`${kind} ${names.get(person) ?? '?'} ${ofRequest ? 'REQUEST' : occasion}`);
  }
  return [...new Set(found)].sort();
}
