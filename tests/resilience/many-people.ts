import { openStores, type Stores } from '../../bot/store/stores.js';
import { key } from '../../bot/store/tables/keys.js';
import { LIMITS, type Row } from '../../bot/store/tables/limits.js';
import { toRow } from '../../bot/store/tables/row-mapping.js';
import type { Write } from '../../bot/store/tables/rows.js';
import { openTables, type Tables } from '../../bot/store/tables/tables.js';
import { dropTables, dumpTables, ownPrefix } from '../support/azure/azurite.js';
import { type Instance, type InstanceOptions, startInstance } from '../support/process/instance.js';
import { aNewReminder, anAgreement, aPerson, aReference } from '../support/sample-records.js';
import { type Person, startTeams, type Teams } from '../support/teams/teams.js';

/** Tuesday at nine in Amsterdam: when the reminders of a crowd are due, and where the clocks start. */
export const NINE = '2027-01-12T08:00:00.000Z';

/** One round of an evaluation's reminder, as its proof names it. */
export type Proof = {
  readonly subject: string;
  readonly round: number;
  readonly item: string;
  readonly person: string;
};

/** Many managers with reminders that are due, in tables and at a Teams of their own. */
export type Crowd = {
  readonly teams: Teams;
  readonly stores: Stores;
  readonly people: readonly Person[];
  /** The ids of all agreements: each has one reminder that is due. */
  readonly subjects: readonly string[];
  /** The manager who made an agreement. */
  managerOf(subject: string): Person;
  /** Starts an instance; it ends with the crowd at the latest. */
  instance(
    options?: Pick<InstanceOptions, 'delivery' | 'logLevel'> & { readonly paced?: boolean },
  ): Promise<Instance>;
  /** How often a card with this agreement has arrived. */
  arrived(): Map<string, number>;
  proofs(): Promise<Proof[]>;
  /** Everything in the tables. */
  dump(): ReturnType<typeof dumpTables>;
  close(): Promise<void>;
};

export type CrowdOptions = {
  readonly connectionString: string;
  /** How many managers with how many agreements each. */
  readonly managers: readonly { readonly count: number; readonly agreements: number }[];
  /** Teams' limits and the pace that keeps to them: off unless a test is about them. */
  readonly limits?: 'strict' | 'off';
};

type Owners = ReadonlyMap<string, Person>;

const APP_ID = '0c5cfdbb-c596-4d39-b557-5d9516c94107';
const WRITES_AT_ONCE = 32;

export async function openCrowd({
  connectionString,
  managers,
  limits = 'off',
}: CrowdOptions): Promise<Crowd> {
  const prefix = ownPrefix();
  const tables = openTables({ connectionString }, prefix);
  await tables.create();
  const stores = openStores(tables);
  const teams = await startTeams({ appId: APP_ID, limits });
  const instances: Instance[] = [];
  const owners = new Map<string, Person>();
  const people: Person[] = [];
  for (const { count, agreements } of managers) {
    for (let made = 0; made < count; made += 1) {
      const person = teams.person({ name: `Manager ${people.length}`, installed: true });
      people.push(person);
      for (let each = 0; each < agreements; each += 1) {
        owners.set(`agreement-${String(owners.size).padStart(5, '0')}`, person);
      }
    }
  }
  await seed(tables, stores, people, owners);
  return {
    teams,
    stores,
    people,
    subjects: [...owners.keys()],
    managerOf(subject) {
      const found = owners.get(subject);
      if (found === undefined) throw new Error(`nobody made ${subject}`);
      return found;
    },
    async instance({ paced = false, ...options } = {}) {
      const started = await startInstance({
        connectionString,
        prefix,
        clock: NINE,
        unlimited: limits === 'off' && !paced,
        ...options,
      });
      instances.push(started);
      return started;
    },
    arrived() {
      const counts = new Map<string, number>();
      for (const message of people.flatMap((person) => person.messages())) {
        for (const subject of subjectsIn(message)) counts.set(subject, (counts.get(subject) ?? 0) + 1);
      }
      return counts;
    },
    async proofs() {
      const { nudges = [] } = await dumpTables(connectionString, prefix);
      return nudges.flatMap(({ items }) => (JSON.parse(String(items)) as string[]).map(proofOf));
    },
    dump: () => dumpTables(connectionString, prefix),
    async close() {
      await Promise.all(instances.map((instance) => instance.kill()));
      await teams.close();
      await dropTables(connectionString, prefix);
    },
  };
}

/** The agreements that a message shows, by the ids behind its buttons. */
export function subjectsIn(message: unknown): Set<string> {
  return new Set(JSON.stringify(message).match(/agreement-\d{5}/g));
}

function proofOf(item: string): Proof {
  const [, person = '', subject = '', , round] = item.split('|');
  return { subject, round: Number(round), item, person };
}

/** Written as the stores write it, only many at once: each on its own would take longer than the tests. */
async function seed(
  tables: Tables,
  stores: Stores,
  people: readonly Person[],
  owners: Owners,
): Promise<void> {
  const written = people.map(({ tenantId, objectId, userId, conversationId, serviceUrl }) => {
    const whereTo = { tenant: tenantId, conversation: conversationId, user: userId };
    const reference = aReference({ ...whereTo, serviceUrl, bot: `28:${APP_ID}` });
    const record = aPerson({ tenant: tenantId, person: objectId, reference });
    return upsert(toRow(key(tenantId), key(objectId), record));
  });
  await inTurn(batches(written), async (batch) => void (await tables.table('people').transact(batch)));
  await inTurn(people, async (person) => {
    const partition = key(person.tenantId, person.objectId);
    const agreements = [...owners].flatMap(([id, owner]) => {
      if (owner !== person) return [];
      const agreement = anAgreement({ id, member: `member-${id}`, employee: null, answer: 'not-shared' });
      return [upsert(toRow(partition, key('agreement', id), agreement))];
    });
    await tables.table('managers').transact(agreements);
  });
  await stores.reminders.planAll(
    [...owners].map(([subject, { tenantId, objectId }]) =>
      aNewReminder({ tenant: tenantId, person: objectId, manager: objectId, subject, due: NINE }),
    ),
  );
}

function upsert(row: Row): Write {
  return { do: 'upsert', row };
}

function batches<Item>(items: readonly Item[]): Item[][] {
  const most = LIMITS.transactionRows;
  const count = Math.ceil(items.length / most);
  return Array.from({ length: count }, (_, at) => items.slice(at * most, (at + 1) * most));
}

async function inTurn<Item>(items: readonly Item[], each: (item: Item) => Promise<void>): Promise<void> {
  const left = [...items].reverse();
  const worker = async () => {
    for (let item = left.pop(); item !== undefined; item = left.pop()) await each(item);
  };
  await Promise.all(Array.from({ length: WRITES_AT_ONCE }, worker));
}
