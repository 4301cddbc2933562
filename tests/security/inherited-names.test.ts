import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { ACTIONS, type Verb } from '../../cards/actions.js';
import { type House, openHouse } from '../support/running-bot.js';
import type { Person } from '../support/teams/teams.js';
import { arbitraryOf, type Fields } from '../support/zod-arbitrary.js';
import { SENSIBLE } from './sensible.js';
import { answerOf, presses } from './two-organisations.js';

const HR = 'c3c3c3c3-0000-4000-8000-000000000003';
/** What every object has without anybody having put it there. */
const INHERITED = ['__proto__', 'constructor', 'hasOwnProperty'];
/** What such a thing looks like where it is taken for a word of ours. */
const LEAKED = /\[object |native code|function Object|\bundefined\b/;

let house: House;
let petra: Person;
beforeAll(async () => {
  // What is typed is looked at here, and not what becomes of it in the tables.
  house = await openHouse({
    now: '2027-01-12T10:00:00+01:00',
    hrAdmins: HR,
    limits: 'off',
    inMemory: true,
  });
  petra = house.teams.person({ name: 'Petra van HR', objectId: HR, installed: true });
});
afterAll(() => house.close());

it('text that names what every object inherits is no key to anything, whatever the verb', async () => {
  for (const verb of Object.keys(ACTIONS) as Verb[]) {
    for (const data of payloadsOf(verb)) {
      const turn = await presses(petra, verb, data);
      const typed = `${verb} ${JSON.stringify(data)}`;
      expect(turn.status, typed).toBe(200);
      expect(LEAKED.exec(answerOf(turn))?.[0], typed).toBeUndefined();
    }
  }
  expect(house.logged.filter((line) => /"level":(50|60)/.test(line))).toEqual([]);
});

/** A sensible payload of the verb, in which each text in turn is one of those names. */
function payloadsOf(verb: Verb): unknown[] {
  const fields: Fields = { ...SENSIBLE, lang: fc.constant('nl') };
  const [sensible] = fc.sample(arbitraryOf(ACTIONS[verb].payload, fields), { seed: 1, numRuns: 1 });
  const turn = Object.keys(ACTIONS).indexOf(verb);
  return pathsOfTexts(sensible).map((path, at) =>
    withText(sensible, path, INHERITED[(turn + at) % INHERITED.length] ?? ''),
  );
}

type Path = readonly (string | number)[];

function pathsOfTexts(value: unknown, path: Path = []): Path[] {
  if (typeof value === 'string') return path[0] === 'lang' ? [] : [path];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, inner]) => pathsOfTexts(inner, [...path, name]));
}

function withText(value: unknown, [name, ...rest]: Path, text: string): unknown {
  if (name === undefined) return text;
  const inner = (value as Record<string | number, unknown>)[name];
  const changed = withText(inner, rest, text);
  return Array.isArray(value)
    ? value.map((one, at) => (at === Number(name) ? changed : one))
    : { ...(value as object), [name]: changed };
}
