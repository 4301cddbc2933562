import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import danger from '../../../bot/nlu/content/danger-learned.json' with { type: 'json' };
import index from '../../../bot/nlu/content/nl/answers-index-learned.json' with { type: 'json' };
import screening from '../../../bot/nlu/content/nl/screening.json' with { type: 'json' };
import { packData, unpackData } from '../../../infra/bundle/packed-data.js';

describe('data of the bundle', () => {
  it('is the same when it is read', () => {
    for (const data of [danger, index, screening]) expect(unpackData(packData(data))).toEqual(data);
    const bytes = fc
      .uint8Array({ minLength: 700, maxLength: 1_200 })
      .map((some) => Buffer.from(some).toString('base64'));
    const value = fc.oneof(bytes, fc.string({ unit: 'binary', maxLength: 1_500 }), fc.jsonValue());
    const data = fc.oneof(fc.dictionary(fc.string(), value), fc.jsonValue());
    const isSame = (one: unknown) => {
      expect(unpackData(packData(one))).toEqual(JSON.parse(JSON.stringify(one)));
    };
    fc.assert(fc.property(data, isSame));
  });

  it('takes a fifth less room for what was learned', () => {
    for (const data of [danger, index])
      expect(packData(data).length).toBeLessThan(0.85 * JSON.stringify(data).length);
  });
});
