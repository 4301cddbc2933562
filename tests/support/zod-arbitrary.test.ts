import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { ACTIONS, type Verb } from '../../cards/actions.js';
import { arbitraryOf } from './zod-arbitrary.js';

describe('what a schema lets through, at random', () => {
  it('makes payloads of each verb that its schema takes', () => {
    for (const verb of Object.keys(ACTIONS) as Verb[]) {
      const { payload } = ACTIONS[verb];
      fc.assert(
        fc.property(arbitraryOf(payload), (data) => payload.safeParse(data).success),
        { seed: 1, numRuns: 20 },
      );
    }
  });

  it('puts into a field by its name what it is told, however deep, and throws for a schema that it does not know', () => {
    const schema = z.object({ draft: z.object({ id: z.string(), note: z.string().default('') }) });
    const [made] = fc.sample(arbitraryOf(schema, { id: fc.constant('a'), note: fc.constant('b') }), 1);
    expect(made).toEqual({ draft: { id: 'a', note: 'b' } });
    expect(() => arbitraryOf(z.object({ when: z.date() }))).toThrow('date');
  });
});
