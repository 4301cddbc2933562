import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ACTIONS } from '../../cards/actions.js';
import { type Messages, messagesFor } from '../../cards/content/words.js';
import { presses } from '../security/two-organisations.js';
import { createFaultyTables, type Fault, type FaultyTables } from '../support/azure/faulty-tables.js';
import { faultsOf } from '../support/faults.js';
import { type House, openHouse } from '../support/running-bot.js';
import type { Turn } from '../support/teams/teams.js';
import { cardsOf, inputsOf, MESSAGE_TYPE, partsOf } from '../support/teams/teams-card.js';
import { CASED, CASES, OWED, type WritingCase } from './cases.js';
import { HR_ADMINS, type Hr, openHr, openScene, plannedOf, recordsOf, type Scene } from './scene.js';
import { WRITING_VERBS } from './writing-verbs.js';

type Cased = keyof typeof CASES;

const NOW = '2027-01-12T10:00:00+01:00';

/** Nothing stands in the way of these: the tables have a fault, and nobody changed anything. */
const FAULTS: readonly (readonly [string, Fault])[] = [
  ['the answer of the tables is lost and the write is sent again', 'answer-lost'],
  ['the tables say that somebody was first, and nobody was', 'conflict'],
  ['the tables say that there is nothing, and there is', 'gone'],
];
/** After these nobody knows what became of it before it is pressed once more. */
const OUTAGES: readonly (readonly [string, Fault])[] = [
  ['the tables fail before the write', 'fails'],
  ['the tables fail after the write', 'fails-after'],
];

/** A house with two people of HR, in which each case has people of its own. */
type Place = { readonly house: House; readonly faulty: FaultyTables; readonly hr: Hr };

async function openPlace(inMemory: boolean): Promise<Place> {
  const faulty = createFaultyTables();
  const options = { now: NOW, limits: 'off', hrAdmins: HR_ADMINS } as const;
  const house = await openHouse({ ...options, inMemory, aroundTables: faulty.around });
  return { house, faulty, hr: await openHr(house) };
}

/** Who of several is first is for the service to say. */
let onTables: Place;
/** What goes wrong is put between the bot and its tables, which only have to keep rows and their etags. */
let inMemory: Place;
beforeAll(async () => {
  onTables = await openPlace(false);
  inMemory = await openPlace(true);
});
afterAll(async () => {
  await onTables.house.close();
  await inMemory.house.close();
});

const open = async (verb: Cased, { house, hr }: Place): Promise<Scene> => {
  const scene = await openScene(house, hr);
  await caseOf(verb).given?.(scene);
  return scene;
};
const caseOf = (verb: Cased): WritingCase => CASES[verb];
const press = (verb: Cased, scene: Scene): Promise<Turn> =>
  presses(scene[caseOf(verb).by], verb, caseOf(verb).data(scene));
const isTold = (verb: Cased, turn: Turn) => saysDone(caseOf(verb), turn);
const stateOf = async (scene: Scene) => ({
  records: await recordsOf(scene),
  planned: await plannedOf(scene),
});

/**
 * What a press comes to when all goes well, and what is on record when it ended half-way; as when it is done where it has
 * no such state.
 */
type Outcome = { readonly done: Awaited<ReturnType<typeof stateOf>>; readonly halfway: string };
const outcomes = new Map<Cased, Outcome>();

async function outcomeOf(verb: Cased): Promise<Outcome> {
  const known = outcomes.get(verb);
  if (known !== undefined) return known;
  const scene = await open(verb, inMemory);
  const before = await recordsOf(scene);
  expect(isTold(verb, await press(verb, scene))).toBe(true);
  const done = await stateOf(scene);
  expect(done.records).not.toBe(before);
  await caseOf(verb).halfway?.(scene);
  const outcome = { done, halfway: await recordsOf(scene) };
  outcomes.set(verb, outcome);
  return outcome;
}

it('has a case for each verb that puts something on record, or says that it is owed', () => {
  expect([...CASED, ...OWED].sort()).toEqual([...WRITING_VERBS].sort());
});

describe('a press that puts something on record, of each verb', () => {
  it('is done once and told as done by four presses at once, and by one that comes later', async () => {
    const { house } = onTables;
    expect(
      await faultsOf(CASED, async (verb) => {
        const scene = await open(verb, onTables);
        const turns = await Promise.all([0, 1, 2, 3].map(() => press(verb, scene)));
        expect(turns.map((turn) => isTold(verb, turn))).toEqual([true, true, true, true]);
        house.setNow('2027-01-12T10:05:00+01:00');
        expect(isTold(verb, await press(verb, scene))).toBe(true);
        house.setNow(NOW);
        expect(await stateOf(scene)).toEqual((await outcomeOf(verb)).done);
      }),
    ).toEqual([]);
  });

  it('is done once and told as done, whatever fault the tables have', async () => {
    const cases = CASED.flatMap((verb) => FAULTS.map(([what, fault]) => [verb, what, fault] as const));
    expect(
      await faultsOf(cases, async (verb, _what, fault) => {
        const scene = await open(verb, inMemory);
        inMemory.faulty.set(caseOf(verb).table, fault);
        const turn = await press(verb, scene);
        expect(inMemory.faulty.waits()).toBe(false);
        expect(isTold(verb, turn)).toBe(true);
        expect(await stateOf(scene)).toEqual((await outcomeOf(verb)).done);
      }),
    ).toEqual([]);
  });

  it('says nothing that is not so when the tables fail, and is done by pressing once more', async () => {
    const cases = CASED.flatMap((verb) => OUTAGES.map(([what, fault]) => [verb, what, fault] as const));
    expect(
      await faultsOf(cases, async (verb, _what, fault) => {
        const { done, halfway } = await outcomeOf(verb);
        const scene = await open(verb, inMemory);
        const before = await recordsOf(scene);
        inMemory.faulty.set(caseOf(verb).table, fault);
        const turn = await press(verb, scene);
        expect(inMemory.faulty.waits()).toBe(false);
        const after = await recordsOf(scene);
        expect(isTold(verb, turn)).toBe(false);
        expect(keepsForm(turn)).toBe(true);
        expect([before, halfway, done.records]).toContain(after);
        expect(isTold(verb, await press(verb, scene))).toBe(true);
        expect(await stateOf(scene)).toEqual(done);
      }),
    ).toEqual([]);
  });

  it('says so when somebody else changed it at that moment, and loses nothing that was filled in', async () => {
    const cases = CASED.flatMap((verb) => {
      const { meanwhile } = caseOf(verb);
      return meanwhile === null ? [] : [[verb, meanwhile] as const];
    });
    expect(
      await faultsOf(cases, async (verb, meanwhile) => {
        const scene = await open(verb, inMemory);
        let theirs = '';
        inMemory.faulty.set(caseOf(verb).table, {
          overtaken: async () => {
            await meanwhile(scene);
            theirs = await recordsOf(scene);
          },
        });
        const turn = await press(verb, scene);
        expect(inMemory.faulty.waits()).toBe(false);
        expect(await recordsOf(scene)).toBe(theirs);
        expect(isTold(verb, turn)).toBe(false);
        expect(lostOf(turn, verb, caseOf(verb).data(scene))).toEqual([]);
      }),
    ).toEqual([]);
  });
});

/** Whether an answer says that it is done, in its card or as a message. */
function saysDone({ told }: WritingCase, turn: Turn): boolean {
  const patterns = [told(messagesFor('nl') as Messages)].flat().map(patternOf);
  return shownOf(turn).some((text) => patterns.some((pattern) => pattern.test(text)));
}

/** The form stays as it is, on the screen of whoever pressed: nothing that was typed can be lost. */
function keepsForm({ body }: Turn): boolean {
  const { statusCode, type } = body as { statusCode?: number; type?: string };
  return statusCode !== 200 || type === MESSAGE_TYPE;
}

/** What was filled in and is not in the form that comes back, by its field. */
function lostOf(turn: Turn, verb: Cased, data: Readonly<Record<string, unknown>>): string[] {
  if (keepsForm(turn)) return [];
  const kept = new Map(inputsOf(cardsIn(turn)).map(({ id, value }) => [id, value]));
  return ACTIONS[verb].inputs.filter((field) => {
    const typed = data[field];
    // A choice of which the reason is gone needs no second time.
    return typeof typed === 'string' && typed !== '' && field !== 'why' && kept.get(field) !== typed;
  });
}

function cardsIn({ body, messages }: Turn) {
  const { value } = body as { value?: unknown };
  const card = typeof value === 'object' && value !== null && 'body' in value ? [value] : [];
  return [...card, ...messages.flatMap(cardsOf)] as ReturnType<typeof cardsOf>;
}

function shownOf(turn: Turn): string[] {
  return cardsIn(turn).flatMap((card) =>
    partsOf(card).flatMap(({ text }) => (typeof text === 'string' ? [text] : [])),
  );
}

/** A sentence of ours with whatever was filled in, perhaps with another one behind it. */
function patternOf(template: string): RegExp {
  let depth = 0;
  let source = '';
  for (const character of template) {
    if (character === '{') {
      if (depth === 0) source += '[\\s\\S]+';
      depth += 1;
    } else if (character === '}') depth -= 1;
    else if (depth === 0) source += character.replace(/[.*+?^$()|[\]\\]/g, '\\$&');
  }
  return new RegExp(`^${source}(?: .*)?$`);
}
