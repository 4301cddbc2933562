import type { Telemetry } from '../../bot/telemetry/watch.js';
import { type House, openHouse } from '../support/running-bot.js';
import { recordAgreement } from '../support/shared-agreement.js';
import type { Person, Turn } from '../support/teams/teams.js';

/** The tables as `House.dump` tells of them. */
export type Dump = Awaited<ReturnType<House['dump']>>;
type Row = Readonly<Record<string, unknown>>;

/** What a manager keeps, in a house of its own: the target of an attack. */
export type Estate = {
  readonly house: House;
  /** Whose it all is, and the employee whom the agreement is about. */
  readonly mila: Person;
  readonly sanne: Person;
  /** Another tenant that may use the bot. */
  readonly otherTenant: string;
  readonly ids: {
    readonly agreement: string;
    readonly member: string;
    readonly moment: string;
    /** Sanne’s place on Mila’s list, and a moment about her: she may say something to them. */
    readonly place: string;
    readonly own: string;
    readonly scan: string;
  };
  /** A day on which Mila had a digest. */
  readonly digestDay: string;
};

/** Names and words of Mila's that no card has by itself: wherever they turn up, they are hers. */
export const PLANTED = [
  'Zilverreiger',
  'Korenwolf',
  'kwartelmap',
  'Lepelaar',
  'Waterral',
  'Purperkoet',
] as const;

const OTHER_TENANT = 'b7e2c1d0-0000-4000-8000-00000000000b';

export async function openEstate(
  options: { readonly inMemory?: boolean; readonly telemetry?: Telemetry } = {},
): Promise<Estate> {
  const house = await openHouse({
    now: '2027-01-12T10:00:00+01:00',
    limits: 'off',
    ...options,
    allowedTenants: (tenant) => `${tenant},${OTHER_TENANT}`,
  });
  const mila = house.teams.person({ name: 'Mila Zilverreiger' });
  const sanne = house.teams.person({ name: 'Sanne Korenwolf' });
  await mila.install();
  await sanne.install();
  await recordAgreement(
    mila,
    {
      name: 'Sanne Korenwolf',
      person: sanne.objectId,
      day: '2027-01-11',
      subjects: 'tasks',
    },
    {
      what1: 'De kwartelmap gaat naar Joris',
      who1: 'manager',
      by1: '2027-01-20',
      next: '2027-01-26',
      rhythm: 'two-weekly',
      initiative: 'manager',
    },
  );
  await presses(mila, 'coffee.save', { id: 'form-of-mila', names: 'Otis Lepelaar', rhythm: 'weekly' });
  await presses(mila, 'moments.save', {
    id: 'moment-of-mila',
    kind: 'start',
    name: 'Femke Waterral',
    from: '2027-02-01',
  });
  const place = `person-${sanne.objectId}`;
  const own = 'moment-about-sanne';
  await presses(mila, 'moments.save', {
    ...{ id: own, kind: 'leave', known: place, from: '2027-03-01', until: '2027-06-21', contact: 'no' },
  });
  await presses(mila, 'scan.save', {
    ...{
      id: 'scan-of-mila',
      few: true,
      name: 'Team Purperkoet',
      people: sanne.objectId,
      lastDay: '2027-01-26',
    },
  });
  await presses(mila, 'settings.save', {
    time: '09:00',
    days: '1,2,3,4,5',
    zone: 'Europe/Amsterdam',
    language: 'auto',
    coffee: 'yes',
    landed: 'yes',
  });
  // Sanne gets to see the agreement, and Mila is asked how the conversation landed.
  await house.remind('2027-01-12T10:01:00+01:00');
  const digestDay = '2027-01-14';
  await house.remind(`${digestDay}T09:00:00+01:00`);
  const { managers = [] } = await house.dump();
  const idOf = (kind: string, holds: string) => {
    const found = (managers as readonly Row[]).find(
      (row) => String(row.rowKey).startsWith(`${kind}|`) && JSON.stringify(row).includes(holds),
    );
    if (found === undefined) throw new Error(`no ${kind} with ${holds}`);
    return String(found.id);
  };
  const ids = {
    agreement: idOf('agreement', 'kwartelmap'),
    member: idOf('member', 'Lepelaar'),
    moment: idOf('moment', 'Waterral'),
    place,
    own,
    scan: idOf('scan', 'Purperkoet'),
  };
  return { house, mila, sanne, otherTenant: OTHER_TENANT, ids, digestDay };
}

/** The record that a verb is about by its name. */
export function idFor(verb: string, ids: Estate['ids']): string {
  if (verb.startsWith('coffee.') || verb.startsWith('overview.')) return ids.member;
  if (verb.startsWith('moments.')) return ids.moment;
  if (verb.startsWith('own.')) return verb.endsWith('coffee') ? ids.place : ids.own;
  if (verb.startsWith('scan.')) return ids.scan;
  return verb.startsWith('request.') ? ids.own : ids.agreement;
}

/** Any press of anybody's: what a client sends for an `Action.Execute`, with a payload made by hand. */
export function presses(person: Person, verb: string, data: unknown, more: object = {}): Promise<Turn> {
  const full = typeof data === 'object' && data !== null ? { lang: 'nl', ...data } : data;
  return person.sends({
    type: 'invoke',
    name: 'adaptiveCard/action',
    value: { action: { type: 'Action.Execute', verb, data: full } },
    ...more,
  });
}

/** All that came of an activity and somebody gets to see, as text to look for words in. */
export function answerOf({ body, messages }: Turn): string {
  const seen = messages.map(({ text, summary, attachments }) => ({ text, summary, attachments }));
  return JSON.stringify({ body, messages: seen });
}

/** Rows that are no longer as they were, or gone; without those of whom they may change. */
export function changedRows(before: Dump, after: Dump, mayChange: (row: Row) => boolean): string[] {
  const left = new Map(rowsOf(after));
  return rowsOf(before)
    .filter(([id, row]) => JSON.stringify(left.get(id)) !== JSON.stringify(row) && !mayChange(row))
    .map(([id]) => id);
}

/** Rows that were not there before; without those that somebody may have made. */
export function newRows(before: Dump, after: Dump, mayMake: (row: Row) => boolean): string[] {
  const known = new Map(rowsOf(before));
  return rowsOf(after)
    .filter(([id, row]) => !known.has(id) && !mayMake(row))
    .map(([id]) => id);
}

/** Whether a row is what somebody keeps themselves, or what follows from that. */
export function isOf({ tenantId, objectId }: Pick<Person, 'tenantId' | 'objectId'>): (row: Row) => boolean {
  return (row) =>
    row.partitionKey === `${tenantId}|${objectId}` ||
    isPersonRow(row) ||
    row.manager === objectId ||
    // What they did themselves stands on the audit trail.
    row.who === objectId;

  function isPersonRow({ partitionKey, rowKey }: Row): boolean {
    return partitionKey === tenantId && rowKey === objectId;
  }
}

/** A ballot box is its scan's maker's: it says of itself whose it is no more than anything else. */
function withMaker(row: Row, rows: readonly Row[]): Row {
  const { partitionKey, rowKey } = row;
  if (!String(rowKey).startsWith('box|')) return row;
  const scan = rows.find(
    (one) => one.partitionKey === partitionKey && one.rowKey === String(rowKey).replace('box|', 'scan|'),
  );
  return { ...row, manager: scan?.manager };
}

function rowsOf(dump: Dump): [string, Row][] {
  return Object.entries(dump).flatMap(([table, rows]) =>
    (rows as readonly Row[]).map((row): [string, Row] => [
      `${table} ${row.partitionKey} ${row.rowKey}`,
      withMaker(row, rows as readonly Row[]),
    ]),
  );
}
