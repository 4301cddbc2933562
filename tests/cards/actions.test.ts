import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ACTIONS, type Verb } from '../../cards/actions.js';
import { faultsOf } from '../support/faults.js';
import { arbitraryOf } from '../support/zod-arbitrary.js';

const SEED = 20_270_112;
const FORMS = (Object.keys(ACTIONS) as Verb[]).filter((verb) => ACTIONS[verb].inputs.length > 0);
/** What a field takes at most, by its name. */
const mostOf = (input: string) => (input === 'json' ? 60_000 : 20_000);

/** What clients write for a field, and the text that it stands for. */
const written: fc.Arbitrary<readonly [unknown, string]> = fc.oneof(
  fc.constant([null, ''] as const),
  fc.constant([undefined, ''] as const),
  fc.string().map((text) => [text, text] as const),
  fc.integer().map((number) => [number, String(number)] as const),
  fc.double({ noNaN: true, noDefaultInfinity: true }).map((number) => [number, String(number)] as const),
  fc.boolean().map((on) => [on, String(on)] as const),
  fc.array(fc.string()).map((chosen) => [chosen, chosen.join(',')] as const),
  fc.array(fc.oneof(fc.integer(), fc.boolean())).map((chosen) => [chosen, chosen.join(',')] as const),
);

describe('a form', () => {
  it('takes whatever a client writes for a field, a text of any length too, and refuses what none writes', () => {
    for (const verb of FORMS) {
      const { payload, inputs } = ACTIONS[verb];
      const fields = fc.record(Object.fromEntries(inputs.map((input) => [input, written])));
      fc.assert(
        fc.property(arbitraryOf(payload), fields, (data, filled) => {
          const sent = Object.entries(filled).map(([input, [value]]) => [input, value] as const);
          const read = payload.safeParse({ ...(data as object), ...Object.fromEntries(sent) });
          expect(read.error, verb).toBeUndefined();
          const texts = Object.entries(filled).map(([input, [, text]]) => [input, text] as const);
          expect(read.data, verb).toMatchObject(Object.fromEntries(texts));
        }),
        { seed: SEED, numRuns: 30 },
      );
    }
    for (const verb of FORMS) {
      const { payload, inputs } = ACTIONS[verb];
      const [data] = fc.sample(arbitraryOf(payload), { numRuns: 1, seed: SEED });
      for (const input of inputs) {
        const long = 'é'.repeat(mostOf(input) + 1);
        const read = payload.parse({ ...(data as object), [input]: long }) as Record<string, unknown>;
        expect(read[input], `${verb} ${input}`).toBe(long.slice(0, mostOf(input)));
      }
    }
    for (const verb of FORMS) {
      const { payload, inputs } = ACTIONS[verb];
      const [data] = fc.sample(arbitraryOf(payload), { numRuns: 1, seed: SEED });
      for (const input of inputs) {
        for (const odd of [{}, { toString: 'x' }, [{}], [['a']]]) {
          expect(payload.safeParse({ ...(data as object), [input]: odd }).success, `${verb} ${input}`).toBe(
            false,
          );
        }
      }
    }
  });
});

describe('a press', () => {
  it('is of no card of ours without its language', () => {
    for (const verb of Object.keys(ACTIONS) as Verb[]) {
      const { payload } = ACTIONS[verb];
      const [data] = fc.sample(arbitraryOf(payload), { numRuns: 1, seed: SEED });
      expect(payload.safeParse(data).success, verb).toBe(true);
      for (const lang of [undefined, null, 'xx', 1]) {
        expect(payload.safeParse({ ...(data as object), lang }).success, verb).toBe(false);
      }
    }
  });
});

describe('the id of a new record', () => {
  it('is never that of a place on a list', async () => {
    expect(
      await faultsOf(
        [
          ['agreement.details', (id: string) => ({ draft: { id } })],
          ['moments.save', (id: string) => ({ id })],
          ['coffee.save', (id: string) => ({ id })],
        ] as const,
        (verb, dataOf) => {
          const idOf = (id: string) =>
            ACTIONS[verb].payload
              .safeParse({ lang: 'nl', ...dataOf(id) })
              .error?.issues.map(({ path }) => path.at(-1));
          const fine = idOf('0e4ff0ab-1111-4222-8333-444455556666') ?? [];
          for (const id of ['person-b2b2b2b2-0000-4000-8000-000000000002', 'name-1']) {
            expect((idOf(id) ?? []).length).toBeGreaterThan(fine.length);
          }
        },
      ),
    ).toEqual([]);
  });
});
