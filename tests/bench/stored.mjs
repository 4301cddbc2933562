import { key } from '../../dist/bot/store/keys.js';
import { toRow } from '../../dist/bot/store/records.js';

/** Tuesday at nine in Amsterdam: when what is due is due. */
export const NINE = '2027-01-12T08:00:00.000Z';
/** What is stored beside it is due from here on, long after anything that the bench makes due. */
const LATER = Date.parse('2027-06-01T07:00:00.000Z');
const LATER_HOURS = 24 * 365;

const TENANT = '72f988bf-0000-4000-8000-000000000001';
const TRANSACTION_ROWS = 100;
const AT_ONCE = 8;

/** People who can be reached at the channel, each with the same number of agreements. */
export function crowd(people, agreements, serviceUrl) {
  return Array.from({ length: people }, (_, at) => ({
    id: `a1a1a1a1-0000-4000-8000-${String(at).padStart(12, '0')}`,
    reference: {
      channel: 'msteams',
      serviceUrl,
      conversation: `a:1${String(at).padStart(129, 'x')}`,
      tenant: TENANT,
      bot: '28:bench',
      user: `29:1${String(at).padStart(86, 'x')}`,
    },
    subjects: Array.from({ length: agreements }, (_each, each) => `agreement-${at}-${each}`),
  }));
}

/** Writes people and agreements as the stores write them, only many in a transaction. */
export async function storeCrowd(tables, who) {
  const people = who.map(({ id, reference }) =>
    toRow(key(TENANT), key(id), { tenant: TENANT, person: id, reference }),
  );
  await each(batches(people), (rows) => tables.table('people').transact(upserts(rows)));
  await each(who, ({ id, subjects }) => {
    const rows = subjects.map((subject) =>
      toRow(key(TENANT, id), key('agreement', subject), anAgreement(subject)),
    );
    return tables.table('managers').transact(upserts(rows));
  });
}

/** Makes an evaluation's reminder due for each agreement of these people. */
export function planDue(reminders, who) {
  const planned = who.flatMap(({ id, subjects }) =>
    subjects.map((subject) => aReminder(id, subject, NINE, '2027-01-12')),
  );
  return reminders.planAll(planned).then(() => planned);
}

/** Stores reminders of the year after, from number `from` to number `to`; how many it got to before `deadline`. */
export async function storeLater(reminders, from, to, deadline) {
  const size = TRANSACTION_ROWS * 16;
  let stored = from;
  while (stored < to && performance.now() < deadline) {
    const some = Array.from({ length: Math.min(size, to - stored) }, (_, at) => later(stored + at));
    await reminders.planAll(some);
    stored += some.length;
  }
  return stored;
}

/** In the order of their keys, or Azurite would move half its index for each. */
function later(number) {
  const hour = Math.floor(number / (1_000_000 / LATER_HOURS));
  const due = new Date(LATER + hour * 3_600_000).toISOString();
  const manager = `b2b2b2b2-0000-4000-8000-${String(number % 5_000).padStart(12, '0')}`;
  return aReminder(manager, `agreement-later-${number}`, due, due.slice(0, 10));
}

function aReminder(person, subject, due, occasion) {
  return { kind: 'evaluation', tenant: TENANT, person, manager: person, subject, occasion, due, round: 0 };
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
