import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ACTIONS } from '../../cards/actions.js';
import { type Messages, messagesFor } from '../../cards/content/words.js';
import { presses } from '../security/two-organisations.js';
import { createFaultyTables, type Fault, type FaultyTables } from '../support/azure/faulty-tables.js';
import { type House, openHouse } from '../support/running-bot.js';
import type { Turn } from '../support/teams/teams.js';
import { cardsOf, inputsOf, MESSAGE_TYPE, partsOf } from '../support/teams/teams-card.js';
import { CASED, CASES, OWED, type WritingCase } from './cases.js';
import { HR_ADMINS, type Hr, openHr, openScene, plannedOf, recordsOf, type Scene } from './scene.js';
import { WRITING_VERBS } from './writing-verbs.js';

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

let house: House;
let faulty: FaultyTables;
let hr: Hr;
beforeAll(async () => {
  faulty = createFaultyTables();
  house = await openHouse({ now: NOW, limits: 'off', aroundTables: faulty.around, hrAdmins: HR_ADMINS });
  hr = await openHr(house);
});
afterAll(() => house.close());

it('has a case for each verb that puts something on record, or says that it is owed', () => {
  expect([...CASED, ...OWED].sort()).toEqual([...WRITING_VERBS].sort());
});

describe.each(CASED)('%s', (verb) => {
  const one: WritingCase = CASES[verb];
  /** What it comes to when all goes well. */
  let done: { readonly records: string; readonly planned: readonly string[] };
  /** What is on record when it ended half-way; as when it is done where it has no such state. */
  let halfway: string;

  const open = async (): Promise<Scene> => {
    const scene = await openScene(house, hr);
    await one.given?.(scene);
    return scene;
  };
  const press = (scene: Scene): Promise<Turn> => presses(scene[one.by], verb, one.data(scene));
  const stateOf = async (scene: Scene) => ({
    records: await recordsOf(scene),
    planned: await plannedOf(scene),
  });

  beforeAll(async () => {
    const scene = await open();
    const before = await recordsOf(scene);
    expect(saysDone(one, await press(scene))).toBe(true);
    done = await stateOf(scene);
    expect(done.records).not.toBe(before);
    await one.halfway?.(scene);
    halfway = await recordsOf(scene);
  });

  it('is done once and told as done by four presses at once, and by one that comes later', async () => {
    const scene = await open();
    const turns = await Promise.all([press(scene), press(scene), press(scene), press(scene)]);
    expect(turns.map((turn) => saysDone(one, turn))).toEqual([true, true, true, true]);
    house.setNow('2027-01-12T10:05:00+01:00');
    expect(saysDone(one, await press(scene))).toBe(true);
    house.setNow(NOW);
    expect(await stateOf(scene)).toEqual(done);
  });

  it('is done once and told as done, whatever fault the tables have', async () => {
    for (const [what, fault] of FAULTS) {
      const scene = await open();
      faulty.set(one.table, fault);
      const turn = await press(scene);
      expect(faulty.waits(), what).toBe(false);
      expect(saysDone(one, turn), what).toBe(true);
      expect(await stateOf(scene), what).toEqual(done);
    }
  });

  it('says nothing that is not so when the tables fail, and is done by pressing once more', async () => {
    for (const [what, fault] of OUTAGES) {
      const scene = await open();
      const before = await recordsOf(scene);
      faulty.set(one.table, fault);
      const turn = await press(scene);
      expect(faulty.waits(), what).toBe(false);
      const after = await recordsOf(scene);
      expect(saysDone(one, turn), what).toBe(false);
      expect(keepsForm(turn), what).toBe(true);
      expect([before, halfway, done.records], what).toContain(after);
      expect(saysDone(one, await press(scene)), what).toBe(true);
      expect(await stateOf(scene), what).toEqual(done);
    }
  });

  const { meanwhile } = one;
  if (meanwhile !== null) {
    it('says so when somebody else changed it at that moment, and loses nothing that was filled in', async () => {
      const scene = await open();
      let theirs = '';
      faulty.set(one.table, {
        overtaken: async () => {
          await meanwhile(scene);
          theirs = await recordsOf(scene);
        },
      });
      const turn = await press(scene);
      expect(faulty.waits()).toBe(false);
      expect(await recordsOf(scene)).toBe(theirs);
      expect(saysDone(one, turn)).toBe(false);
      expect(lostOf(turn, verb, one.data(scene))).toEqual([]);
    });
  }
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
function lostOf(turn: Turn, verb: keyof typeof CASES, data: Readonly<Record<string, unknown>>): string[] {
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
