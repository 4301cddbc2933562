import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { accessOf } from '../../bot/access/authorization.js';
import { key, keyParts } from '../../bot/store/tables/keys.js';
import { ACTIONS, type Verb } from '../../cards/actions.js';
import { faultsOf } from '../support/faults.js';
import type { House } from '../support/running-bot.js';
import type { Person, Turn } from '../support/teams/teams.js';
import { CARD_TYPE, MESSAGE_TYPE } from '../support/teams/teams-card.js';
import { arbitraryOf, type Fields } from '../support/zod-arbitrary.js';
import { ODD_TEXTS, unplainTexts } from './odd-texts.js';
import { SENSIBLE } from './sensible.js';
import {
  answerOf,
  changedRows,
  type Dump,
  type Estate,
  isOf,
  openEstate,
  presses,
} from './two-organisations.js';

const SEED = 20_270_112;
const VERBS = Object.keys(ACTIONS) as Verb[];
/** Some 500 presses; `npm run attack` goes on for as long as one likes. */
const RUNS = 15;
/** So many presses of a run are of the verbs one after the other, filled in as a person would: each has its turn. */
const IN_TURN = Math.ceil(VERBS.length / RUNS);
/** What the actors’ own records are called, by whoever makes them. */
const OWN_IDS = ['one-of-their-own', 'another-of-their-own'];
const ACTORS = ['manager', 'employee', 'stranger'] as const;
type Actor = (typeof ACTORS)[number];
/** A press with its payload made by hand. */
type Made = { readonly actor: Actor; readonly verb: Verb; readonly data: unknown };
/** One such, or one of before once more. */
type Move = Made | { readonly again: number };
type Row = Readonly<Record<string, unknown>>;

describe('any presses of anybody, in any order', () => {
  let estate: Estate;
  let actors: Readonly<Record<Actor, Person>>;
  beforeAll(async () => {
    estate = await openEstate({ inMemory: true });
    const { teams } = estate.house;
    actors = {
      manager: teams.person({ name: 'Anna', installed: true }),
      employee: estate.sanne,
      stranger: teams.person({ name: 'Eve', installed: true }),
    };
  });
  afterAll(() => estate.house.close());

  it('get a card or a refusal, change nothing of others and leave tables that can be read', async () => {
    const { house, ids, mila } = estate;
    const done: Made[] = [];
    const shown = new Set<Verb>();
    let next = 0;
    // Bound to the estate beforehand: all that is drawn with is compared, deeply, with all that was drawn with before.
    const inTurnOf = (verb: Verb) => aPress(estate, fc.constant(verb), fc.constant(NEVER));
    await fc.assert(
      fc.asyncProperty(
        fc.array(aMove(estate), { minLength: 20, maxLength: 30 }),
        fc.gen(),
        async (some, draw) => {
          const before = await house.dump();
          // By chance alone one of a hundred verbs is left out at times.
          const inTurn = Array.from({ length: IN_TURN }, () => {
            const verb = VERBS[next % VERBS.length] ?? VERBS[0]!;
            next += 1;
            return draw(inTurnOf, verb);
          });
          for (const move of [...some, ...inTurn]) {
            const made = 'again' in move ? done[move.again % Math.max(1, done.length)] : move;
            if (made === undefined) continue;
            const turn = await presses(actors[made.actor], made.verb, made.data);
            const faults = [...outcomeFaults(turn), ...unplainTexts(turn)];
            if (faults.length > 0) throw new Error(`${faults[0]}: ${JSON.stringify(made).slice(0, 2_000)}`);
            if (isShown(turn)) shown.add(made.verb);
            done.push(made);
          }
          const after = await house.dump();
          // Sanne may answer what is about her; nothing else of Mila’s changes, and Mila hears of the answer.
          const aboutSanne = [ids.agreement, ids.place, ids.own];
          const mayChange = (row: Row) =>
            ACTORS.some((actor) => isOf(actors[actor])(row)) || aboutSanne.includes(String(row.id));
          expect(changedRows(before, after, mayChange)).toEqual([]);
          expect(factsOfMila(after, estate)).toEqual(factsOfMila(before, estate));
          await expectSound(house, after, [mila, ...ACTORS.map((actor) => actors[actor])]);
        },
      ),
      { seed: SEED, numRuns: RUNS, endOnFailure: true },
    );
    expect(house.logged.filter((line) => /"level":(50|60)/.test(line))).toEqual([]);
    // Nobody here is of HR. Every verb got through to its handler, or this would say little; those for HR got through to nobody.
    const forHr = VERBS.filter((verb) => accessOf(verb) === 'hr');
    expect(VERBS.filter((verb) => !shown.has(verb))).toEqual(forHr);
  });

  it('whoever types whatever gets one answer of ours', async () => {
    expect(
      await faultsOf(
        ODD_TEXTS.map((text) => [JSON.stringify(text).slice(0, 40), text] as const),
        async (_name, text) => {
          const wim = estate.house.teams.person({ name: text.slice(0, 200), installed: true });
          const turn = await wim.says(text);
          expect(turn.status).toBe(200);
          expect(turn.messages).toHaveLength(1);
          expect(unplainTexts(turn)).toEqual([]);
        },
      ),
    ).toEqual([]);
  });
});

function aMove(estate: Estate): fc.Arbitrary<Move> {
  return fc.oneof(
    { weight: 9, arbitrary: aPress(estate, fc.constantFrom(...VERBS)) },
    { weight: 1, arbitrary: fc.record({ again: fc.nat() }) },
  );
}

/** Of no field something odd. */
const NEVER = 0;

/** A press of one of the verbs, with something odd in one of so many fields. */
function aPress(
  { ids, mila, sanne, digestDay }: Estate,
  verbs: fc.Arbitrary<Verb>,
  oddness: fc.Arbitrary<number> = fc.constantFrom(3, 60),
): fc.Arbitrary<Made> {
  const odd = fc.constantFrom(...ODD_TEXTS);
  const realId = fc.constantFrom(...Object.values(ids), ...OWN_IDS, `person-${sanne.objectId}`);
  const anId = fc.oneof(
    { weight: 6, arbitrary: realId },
    { weight: 1, arbitrary: odd.map((text) => text.slice(0, 100)) },
  );
  /** Of so many fields one is odd: a form of twenty fields has to get through at times. */
  const fieldsWithOdd = (oneIn: number): Fields => ({
    ...Object.fromEntries(
      Object.entries(SENSIBLE).map(([name, sensible]) => [
        name,
        fc.oneof({ weight: oneIn - 1, arbitrary: sensible }, { weight: 1, arbitrary: odd }),
      ]),
    ),
    id: anId,
    of: anId,
    member: anId,
    known: fc.oneof({ weight: 3, arbitrary: fc.constant('') }, anId, odd),
    manager: fc.constant(mila.objectId),
    person: fc.oneof({ weight: 4, arbitrary: fc.constantFrom(sanne.objectId, '') }, odd),
    page: fc.integer({ min: 0, max: 1_000 }),
    version: fc.integer({ min: 0, max: 4 }),
    digestDay: fc.constant(digestDay),
    digest: fc.option(fc.constant(digestDay), { nil: undefined }),
    items: fc.constant([{ what: '', who: 'employee', by: '2027-01-20' }]),
  });
  const asAPersonWould = (verb: Verb): Fields => ({
    ...fieldsWithOdd(2),
    ...SENSIBLE,
    ...{ id: realId, of: realId, member: realId, person: fc.constantFrom(sanne.objectId, '') },
    // A scan is named by its code, which no other record has.
    ...(verb.startsWith('scan.') ? { id: fc.constant(ids.scan) } : {}),
    // Where one is in its steps has the name of a day elsewhere.
    ...(verb === 'scan.step' ? { from: fc.integer({ min: 0, max: 3 }) } : {}),
    // What a form makes is never called as a place on a list is.
    ...(/^agreement\.(?:details|people|more|save)$/.test(verb) ? { id: fc.constant(ids.agreement) } : {}),
    ...(/^(?:moments|coffee)\.save$/.test(verb) ? { id: fc.constantFrom(...OWN_IDS) } : {}),
  });
  return fc.tuple(verbs, oddness).chain(([verb, oneIn]) =>
    fc.record({
      actor: fc.constantFrom(...ACTORS),
      verb: fc.constant(verb),
      data:
        oneIn === NEVER
          ? arbitraryOf(ACTIONS[verb].payload, asAPersonWould(verb))
          : arbitraryOf(ACTIONS[verb].payload, fieldsWithOdd(oneIn), odd),
    }),
  );
}

/** A card in the place of the one that was pressed, or beside a form that stays as it was filled in. */
function isShown({ body }: Turn): boolean {
  const { type } = body as { type?: string };
  return type === CARD_TYPE || type === MESSAGE_TYPE;
}

/** Teams understands the answer, it is one of ours, and it tells nothing of the bot’s inside. */
function outcomeFaults(turn: Turn): string[] {
  const { status, body } = turn;
  const { statusCode, value } = (body ?? {}) as {
    statusCode?: number;
    value?: { code?: string };
  };
  if (status !== 200) return [`HTTP ${status}`];
  if (/\b(Type|Range|Syntax|Coded|Rest|Zod|Reference)Error\b|\\n\s+at \w|node_modules/.test(answerOf(turn))) {
    return ['the text of an exception'];
  }
  if (statusCode === 200 && isShown(turn)) return [];
  return ['outdated', 'too-large'].includes(value?.code ?? '') ? [] : [`refused with ${value?.code}`];
}

/** Mila’s agreement as she recorded it, without what the employee says to it. */
function factsOfMila(dump: Dump, { ids, mila }: Estate): unknown {
  const found = ((dump.managers ?? []) as readonly Row[]).find(
    (row) => row.partitionKey === key(mila.tenantId, mila.objectId) && row.id === ids.agreement,
  );
  const { answer, answeredAt, changeAsked, removal, undelivered, ...facts } = found ?? {};
  return facts;
}

/** What holds of the tables whatever happened. */
async function expectSound({ bot: { stores } }: House, dump: Dump, people: readonly Person[]): Promise<void> {
  const rows = Object.values(dump).flat() as readonly Row[];
  const keys = rows.flatMap(({ partitionKey, rowKey }) => [String(partitionKey), String(rowKey)]);
  expect(keys.filter((one) => key(...keyParts(one)) !== one)).toEqual([]);
  let kept = 0;
  for (const { tenantId: tenant, objectId: person, name } of people) {
    const read = await stores.managers.records({ tenant, person });
    const { members, agreements, moments, scans, unreadable } = read;
    expect(unreadable).toEqual([]);
    expect(agreements.map(({ managerName }) => managerName)).toEqual(agreements.map(() => name));
    for (const { id, employee } of agreements) {
      if (employee !== null) expect(await stores.about.concerns(tenant, employee, person, id)).toBe(true);
    }
    kept += members.length + agreements.length + moments.length + scans.length;
    await stores.deliveries.sentTo(tenant, person);
  }
  expect(kept).toBe(dump.managers?.length);
  for await (const { reminder } of stores.reminders.all()) expect(reminder).not.toBeNull();
  let known = 0;
  for await (const _person of stores.people.all()) known += 1;
  expect(known).toBe(dump.people?.length);
}
