import { key } from '../../dist/bot/store/keys.js';
import { toRow } from '../../dist/bot/store/records.js';

/** Tuesday at nine in Amsterdam: when what is due is due. */
export const NINE = '2027-01-12T08:00:00.000Z';
/** What is stored beside it is due from here on, long after anything that the bench makes due. */
const LATER = Date.parse('2027-06-01T07:00:00.000Z');
const LATER_HOURS = 24 * 365;

/** Storing that takes longer than this is given up, and said. */
export const MOST_STORING_MS = 10 * 60_000;

/** Azurite goes through all people of a tenant to find one, which Azure does not: so no tenant has many. */
const TENANTS = Array.from({ length: 50 }, (_, at) => guid('72f988bf', at));
const TRANSACTION_ROWS = 100;
const AT_ONCE = 8;
const LATER_AT_ONCE = 1_600;

/** People who can be reached at the channel, each with the same number of agreements; `series` is whose they are. */
export function crowd(series, people, agreements, serviceUrl) {
  return Array.from({ length: people }, (_, at) => {
    const tenant = TENANTS[at % TENANTS.length];
    const name = `${series}${at}`;
    const conversation = `a:1${name.padStart(129, 'x')}`;
    const reference = {
      channel: 'msteams',
      serviceUrl,
      conversation,
      tenant,
      bot: '28:bench',
      user: `29:${name}`,
    };
    const subjects = Array.from({ length: agreements }, (_each, each) => `agreement-${name}-${each}`);
    return { tenant, id: `a1a1a1a1-0000-4000-8000-${name.padStart(12, '0')}`, reference, subjects };
  });
}

/** Writes people and agreements as the stores write them, only many in a transaction. */
export async function storeCrowd(tables, who) {
  const people = TENANTS.flatMap((tenant) =>
    batches(
      who
        .filter((one) => one.tenant === tenant)
        .map(({ id, reference }) => toRow(key(tenant), key(id), { tenant, person: id, reference })),
    ),
  );
  await each(people, (rows) => tables.table('people').transact(upserts(rows)));
  await each(who, ({ tenant, id, subjects }) => {
    const rows = subjects.map((subject) =>
      toRow(key(tenant, id), key('agreement', subject), anAgreement(subject)),
    );
    return tables.table('managers').transact(upserts(rows));
  });
}

/** Makes an evaluation's reminder due for each agreement of these people. */
export function planDue(reminders, who) {
  return reminders.planAll(
    who.flatMap(({ tenant, id, subjects }) =>
      subjects.map((subject) => aReminder(tenant, id, subject, NINE, '2027-01-12')),
    ),
  );
}

/** Stores reminders of the year after, from number `from` to number `to`; how many it got to before `deadline`. */
export async function storeLater(reminders, from, to, deadline) {
  let stored = from;
  const worker = async () => {
    while (stored < to && performance.now() < deadline) {
      const first = stored;
      stored = Math.min(to, first + LATER_AT_ONCE);
      await reminders.planAll(Array.from({ length: stored - first }, (_, at) => later(first + at)));
    }
  };
  await Promise.all([worker(), worker(), worker()]);
  return stored;
}

/** In the order of their keys, or Azurite would move half its index for each. */
function later(number) {
  const hour = Math.floor(number / (1_000_000 / LATER_HOURS));
  const due = new Date(LATER + hour * 3_600_000).toISOString();
  const tenant = TENANTS[number % TENANTS.length];
  return aReminder(
    tenant,
    guid('b2b2b2b2', number % 5_000),
    `agreement-later-${number}`,
    due,
    due.slice(0, 10),
  );
}

function aReminder(tenant, person, subject, due, occasion) {
  return { kind: 'evaluation', tenant, person, manager: person, subject, occasion, due, round: 0 };
}

function anAgreement(id) {
  const item = { id: '1', who: 'manager', what: 'De klantvragen gaan naar Joris', by: '2027-01-15' };
  return {
    id,
    member: `member-${id}`,
    memberName: 'Sanne',
    managerName: 'Mila de Wit',
    conversationDay: '2027-01-08',
    present: ['manager', 'employee'],
    subjects: ['tasks', 'hours'],
    items: [item, { ...item, id: '2', who: 'employee', what: 'Sanne begint om tien uur' }],
    initiative: 'manager',
    rhythm: 'two-weekly',
    nextDay: '2027-01-12',
    remindAt: NINE,
    evaluations: [],
    landed: false,
    answer: 'not-shared',
    status: 'open',
    createdAt: '2027-01-08T10:00:00.000Z',
    changedAt: '2027-01-08T10:00:00.000Z',
    version: 1,
  };
}

function guid(start, number) {
  return `${start}-0000-4000-8000-${String(number).padStart(12, '0')}`;
}

function upserts(rows) {
  return rows.map((row) => ({ do: 'upsert', row }));
}

function batches(rows) {
  const count = Math.ceil(rows.length / TRANSACTION_ROWS);
  return Array.from({ length: count }, (_, at) =>
    rows.slice(at * TRANSACTION_ROWS, (at + 1) * TRANSACTION_ROWS),
  );
}

async function each(items, work) {
  const left = items.values();
  await Promise.all(
    Array.from({ length: AT_ONCE }, async () => {
      for (const item of left) await work(item);
    }),
  );
}
