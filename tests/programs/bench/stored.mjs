import { createHash } from 'node:crypto';
import { key } from '../../../dist/bot/store/tables/keys.js';
import { toRow } from '../../../dist/bot/store/tables/row-mapping.js';

/** Tuesday at nine in Amsterdam: when what is due is due. */
export const NINE = '2027-01-12T08:00:00.000Z';
/** What is stored beside it is due from here on, long after anything that the bench makes due. */
const LATER = Date.parse('2027-06-01T07:00:00.000Z');
const DAY_MS = 24 * 3_600_000;
/** A million over a year: so many at nine of each day. */
const LATER_A_DAY = 2_740;
const LATER_PEOPLE = 5_000;

/** Storing that takes longer than this is given up, and said. */
export const MOST_STORING_MS = 10 * 60_000;

/** Organisations; what is measured is one of them, unless said. */
const TENANTS = Array.from({ length: 50 }, (_, at) => guid('72f988bf', at));
const TRANSACTION_ROWS = 100;
const AT_ONCE = 8;

/**
 * People of so many organisations who can be reached at the channel, each with the same number of agreements;
 * `series` is whose they are.
 */
export function crowd(series, people, agreements, serviceUrl, tenants = 1) {
  return Array.from({ length: people }, (_, at) => {
    const tenant = TENANTS[at % tenants];
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
    return { tenant, id: randomId(name), reference, subjects };
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
  await each(people, (rows) => tables.table('people').transact(inserts(rows)));
  await each(who, ({ tenant, id, subjects }) => {
    const rows = subjects.map((subject) =>
      toRow(key(tenant, id), key('agreement', subject), anAgreement(subject)),
    );
    return tables.table('managers').transact(inserts(rows));
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
      stored = Math.min(to, first + LATER_A_DAY);
      await reminders.planAll(Array.from({ length: stored - first }, (_, at) => later(first + at)));
    }
  };
  await Promise.all([worker(), worker(), worker()]);
  return stored;
}

/** Day by day: in the order of their keys, or Azurite would move half its index for each. */
function later(number) {
  const due = new Date(LATER + Math.floor(number / LATER_A_DAY) * DAY_MS).toISOString();
  const person = LATER_IDS[number % LATER_PEOPLE];
  return aReminder(TENANTS[0], person, `agreement-later-${number}`, due, due.slice(0, 10));
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
    movedFrom: null,
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

/** As Entra's ids are: of random digits; the same again each time. */
function randomId(name) {
  const digits = createHash('sha256').update(name).digest('hex');
  return [digits.slice(0, 8), digits.slice(8, 12), '4000', '8000', digits.slice(12, 24)].join('-');
}

function inserts(rows) {
  return rows.map((row) => ({ do: 'insert', row }));
}

function batches(rows) {
  const count = Math.ceil(rows.length / TRANSACTION_ROWS);
  return Array.from({ length: count }, (_, at) =>
    rows.slice(at * TRANSACTION_ROWS, (at + 1) * TRANSACTION_ROWS),
  );
}

const LATER_IDS = Array.from({ length: LATER_PEOPLE }, (_, at) => randomId(`later${at}`));

async function each(items, work) {
  const left = items.values();
  await Promise.all(
    Array.from({ length: AT_ONCE }, async () => {
      for (const item of left) await work(item);
    }),
  );
}
