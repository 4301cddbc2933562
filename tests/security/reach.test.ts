import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ACTIONS, type Verb } from '../../cards/actions.js';
import { faultsOf } from '../support/faults.js';
import type { Person, Turn } from '../support/teams/teams.js';
import { buttonsOf, cardsOf } from '../support/teams/teams-card.js';
import { arbitraryOf, type Fields } from '../support/zod-arbitrary.js';
import { SENSIBLE } from './sensible.js';
import {
  answerOf,
  changedRows,
  type Dump,
  type Estate,
  idFor,
  isOf,
  newRows,
  openEstate,
  PLANTED,
  presses,
} from './two-organisations.js';

/** What the employee may do with a record that is about them, and nobody else may: all else is the manager's. */
const EMPLOYEE_MAY: readonly Verb[] = [
  'about.records',
  'about.export',
  'about.show',
  'about.confirm',
  'about.ask-change',
  'about.change',
  'removal.ask',
  'removal.send',
  'removal.withdraw',
  'own.coffee',
  'own.refuse-coffee',
  'own.allow-coffee',
  'own.moment',
  'own.ask-removal',
  'own.send-removal',
  'own.ask-dates',
  'own.send-dates',
  'own.withdraw',
];

/** What makes a record under an id that it was sent: tried last, since then there is one of that name of one's own. */
const MAKES: readonly Verb[] = ['agreement.save', 'moments.save', 'scan.save'];
/** What whoever was asked for a scan may do: the employee of the estate was. */
const ASKED_MAY: readonly Verb[] = [
  ...([
    'scan.ask',
    'scan.send',
    'scan.outcome',
    'scan.characteristic',
    'scan.agreed',
    'scan.compare',
    'scan.file',
  ] as const),
  ...(['scan.meet'] as const),
];
/** What ends at the list of scans: whoever was asked sees there by whom and for which team, and no more of it than that. */
const LISTS_SCANS: readonly Verb[] = ['scan.open', 'scan.code', 'scan.remove'];
const LISTED: readonly string[] = ['Zilverreiger', 'Purperkoet'];
const VERBS = (Object.keys(ACTIONS) as Verb[]).sort(
  (one, other) => Number(MAKES.includes(one)) - Number(MAKES.includes(other)),
);

const ROLES = [
  'another manager',
  'the employee',
  'a third employee',
  'another tenant',
  'a refused tenant',
] as const;
type Role = (typeof ROLES)[number];

describe('what is somebody else’s is out of reach', () => {
  let estate: Estate;
  let people: Readonly<Record<Role, Person>>;
  /** The tables after the verb before. */
  let last: Dump | undefined;
  beforeAll(async () => {
    // Two thousand presses of which the answers are compared: who may do what is decided before the tables.
    estate = await openEstate({ inMemory: true });
    const { teams } = estate.house;
    const here = (name: string, tenant?: string) =>
      teams.person({ name, installed: true, ...(tenant !== undefined && { tenant }) });
    people = {
      'another manager': here('Anna'),
      'the employee': estate.sanne,
      'a third employee': here('Derk'),
      'another tenant': here('Olga', estate.otherTenant),
      'a refused tenant': here('Rik', teams.newTenant()),
    };
    // Another manager has records too: what is hers must not open what is Mila’s.
    await presses(people['another manager'], 'coffee.save', {
      id: 'form-of-anna',
      names: 'Koos',
      rhythm: 'weekly',
    });
  });
  afterAll(() => estate.house.close());

  it('by any verb of anybody else', async () => {
    expect(
      await faultsOf(VERBS, async (verb) => {
        const { house } = estate;
        const loggedBefore = house.logged.length;
        const before = last ?? (await house.dump());
        await Promise.all(ROLES.map((role) => attack(estate, role, people[role], verb)));
        const after = await house.dump();
        last = after;
        const own = ROLES.map((role) => isOf(people[role]));
        const isOwn = (row: object) => own.some((isTheirs) => isTheirs({ ...row }));
        expect(changedRows(before, after, isOwn)).toEqual([]);
        expect(newRows(before, after, isOwn)).toEqual([]);
        expect(house.logged.slice(loggedBefore).filter((line) => /"level":(50|60)/.test(line))).toEqual([]);
      }),
    ).toEqual([]);
  });

  it('a card of the manager’s that somebody else got to press, in a chat of their own or in a group', async () => {
    const { house, mila } = estate;
    const eve = house.teams.person({ name: 'Eve', installed: true });
    const shown = [
      ...mila.messages(),
      ...(await mila.says('wat staat er open')).messages,
      ...(await mila.says('mijn afspraken')).messages,
      ...(await mila.says('kopje koffie')).messages,
      ...(await mila.says('belangrijke momenten')).messages,
    ];
    const forwarded = shown.flatMap((message) =>
      cardsOf(message)
        .flatMap(buttonsOf)
        .flatMap(({ action }) => (action.verb === undefined ? [] : [{ message, action }])),
    );
    expect(new Set(forwarded.map(({ action }) => action.verb)).size).toBeGreaterThan(10);
    const before = await house.dump();
    const groupChat = { conversationType: 'groupChat', tenantId: eve.tenantId, id: '19:group@thread.v2' };
    for (const { message, action } of forwarded) {
      const verb = String(action.verb);
      const inOwnChat = checked(await presses(eve, verb, action.data, { replyToId: message.id }));
      for (const word of PLANTED) expect(answerOf(inOwnChat), verb).not.toContain(word);
      const inGroup = await presses(eve, verb, action.data, { conversation: groupChat });
      expect([inGroup.status, inGroup.body, inGroup.messages], verb).toMatchObject([
        200,
        { statusCode: 400, value: { code: 'not-one-to-one' } },
        [],
      ]);
    }
    const after = await house.dump();
    expect(changedRows(before, after, isOf(eve))).toEqual([]);
    expect(newRows(before, after, isOf(eve))).toEqual([]);
  });

  it('except for what the employee may do with what is about them, and nobody else may', async () => {
    expect(
      await faultsOf(EMPLOYEE_MAY, async (verb) => {
        const { house, ids, mila, sanne } = estate;
        const id = idFor(verb, ids);
        const data = {
          manager: mila.objectId,
          id,
          version: 1,
          change: 'items',
          note: '',
          from: '2027-03-08',
          until: '2027-06-28',
          page: 0,
        };
        for (const role of ROLES.filter((one) => one !== 'the employee')) {
          const answer = answerOf(checked(await presses(people[role], verb, data)));
          for (const word of PLANTED) expect(answer, `${role} reads ${word}`).not.toContain(word);
        }
        const before = await house.dump();
        // Whose it is, or what it is: what comes with the press may say the first.
        const hers = verb.startsWith('own.') ? /koffie|Verlof|Laten verwijderen|data/ : /Zilverreiger/;
        // Others may have recorded something about her too: hers may stand on a later page.
        let answer = '';
        for (let page = 0; page < 10 && !hers.test(answer); page += 1) {
          answer = answerOf(checked(await presses(sanne, verb, { ...data, page })));
        }
        expect(answer).toMatch(hers);
        // Answering is all that they may do to it.
        const mayChange = (row: object) => 'id' in row && row.id === id;
        expect(changedRows(before, await house.dump(), mayChange)).toEqual([]);
      }),
    ).toEqual([]);
  });

  it('an answer to a file that was offered, made by hand, brings each only what is about them', async () => {
    const { house, ids, mila, sanne } = estate;
    const before = await house.dump();
    const holding: Role[] = [];
    for (const role of ROLES) {
      const { objectId } = people[role];
      const uploadInfo = house.oneDrive.open(objectId, `${role}.json`);
      const whose = {
        tenant: mila.tenantId,
        person: sanne.objectId,
        manager: mila.objectId,
        id: ids.agreement,
      };
      const context = { as: 'data', lang: 'nl', ...whose };
      const value = { type: 'fileUpload', action: 'accept', context, uploadInfo };
      const answer = await people[role].sends({ type: 'invoke', name: 'fileConsent/invoke', value });
      expect(answer.status, role).toBe(200);
      for (const word of PLANTED) expect(answerOf(answer), role).not.toContain(word);
      const [file] = house.oneDrive.files.filter(({ owner }) => owner === objectId);
      const written = file === undefined ? '' : new TextDecoder().decode(file.bytes);
      if (PLANTED.some((word) => written.includes(word))) holding.push(role);
    }
    expect(holding).toEqual(['the employee']);
    expect(house.oneDrive.files.map(({ owner }) => owner)).not.toContain(people['a refused tenant'].objectId);
    expect(await house.dump()).toEqual(before);
  });

  it('is given in the test to whoever it belongs to: its owner', async () => {
    const { mila, ids } = estate;
    for (const [verb, id, word] of [
      ['agreement.show', ids.agreement, 'kwartelmap'],
      ['coffee.show', ids.member, 'Lepelaar'],
      ['moments.show', ids.moment, 'Waterral'],
      ['digest.show', '', 'Korenwolf'],
    ] as const) {
      const answer = answerOf(await presses(mila, verb, { id, digestDay: estate.digestDay }));
      expect(answer, verb).toContain(word);
    }
  });
});

/** Presses a verb about each record of Mila’s, and the same about one that is not there: the answers are alike. */
async function attack(estate: Estate, role: Role, person: Person, verb: Verb): Promise<void> {
  const { agreement, member, moment, place, own, scan } = estate.ids;
  const [sensible, random] = payloadsOf(verb, estate);
  for (const [payload, ids] of [
    [
      sensible,
      takesId(verb) && role === 'another manager'
        ? [agreement, member, moment, place, own, scan]
        : [idFor(verb, estate.ids)],
    ],
    ...(role === 'another manager' ? [[random, [agreement]] as const] : []),
  ] as const) {
    const made = await madeBy(estate, person);
    // One of each kind of name: a record that is made is never called as a place on a list is.
    const [listed, record, code] = [`name-${randomUUID()}`, randomUUID(), 'ZZZZZ'];
    const answers = new Map<string, Turn>();
    for (const id of ids) {
      // They have one of that id themselves by now: a place is named after whose account it is.
      if (made.has(id)) continue;
      const isTheirs = EMPLOYEE_MAY.includes(verb) || ASKED_MAY.includes(verb);
      if (role === 'the employee' && isTheirs && id === idFor(verb, estate.ids)) continue;
      const theirs = checked(await presses(person, verb, payload(id)));
      const isListed = role === 'the employee' && LISTS_SCANS.includes(verb);
      for (const word of PLANTED.filter((one) => !(isListed && LISTED.includes(one))))
        expect(answerOf(theirs), `${role} reads ${word}`).not.toContain(word);
      if (!takesId(verb)) continue;
      const nowhere = /^(?:person|name)-/.test(id) ? listed : /^[A-Z]{5}$/.test(id) ? code : record;
      const none = answers.get(nowhere) ?? checked(await presses(person, verb, payload(nowhere)));
      answers.set(nowhere, none);
      // The list has the id of what is on it, whichever was asked for.
      const named = isListed ? [id, nowhere] : [nowhere];
      expect(withoutIds(theirs, id), role).toBe(withoutIds(none, ...named));
    }
  }
}

/** Ids of what somebody has made themselves by what they pressed before. */
async function madeBy(
  { house }: Estate,
  { tenantId: tenant, objectId: person }: Person,
): Promise<Set<string>> {
  const { members, agreements, moments } = await house.bot.stores.managers.records({ tenant, person });
  return new Set([...members, ...agreements, ...moments].map(({ id }) => id));
}

/** The answer to a press, with one name for all ids: what a form makes up and what was sent along. */
function withoutIds({ body }: Turn, ...ids: readonly string[]): string {
  return ids
    .reduce((text, id) => text.replaceAll(id, 'ID'), JSON.stringify(body))
    .replace(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, 'ID');
}

/** Teams gets an answer that it knows, whatever was sent, and nothing of the bot’s inside. */
function checked(turn: Turn): Turn {
  expect(turn.status).toBe(200);
  const { statusCode, value } = turn.body as { statusCode: number; value: { code?: string } };
  expect([200, 400]).toContain(statusCode);
  if (statusCode === 400) expect(['outdated', 'other-tenant', 'too-large']).toContain(value.code);
  return turn;
}

const TAKING_ID = new Map<Verb, boolean>();

function takesId(verb: Verb): boolean {
  const known = TAKING_ID.get(verb) ?? /"(id|manager|of|member)":/.test(JSON.stringify(sampleOf(verb, {})));
  TAKING_ID.set(verb, known);
  return known;
}

/** Payloads of a verb about the record with an id, alike in all else: a sensible one, and one at random. */
function payloadsOf(verb: Verb, { mila, sanne, digestDay }: Estate) {
  const known = (id: string): Fields => ({
    id: fc.constant(id),
    of: fc.constant(id),
    member: fc.constant(id),
    manager: fc.constant(mila.objectId),
    person: fc.constant(sanne.objectId),
    digestDay: fc.constant(digestDay),
    digest: fc.constant(digestDay),
    version: fc.constant(1),
    lang: fc.constant('nl'),
  });
  return [
    (id: string) => sampleOf(verb, { ...SENSIBLE, ...known(id) }),
    (id: string) => sampleOf(verb, known(id), 1),
  ] as const;
}

function sampleOf(verb: Verb, fields: Fields, seed = 0): unknown {
  return fc.sample(arbitraryOf(ACTIONS[verb].payload, fields), { seed, numRuns: 1 })[0];
}
