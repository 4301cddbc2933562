import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { wordsOf } from '../../../bot/teams/danger-first.js';

describe('what of an activity is words of a person', () => {
  it('is what they typed and filled in, wherever in the payload it stands', () => {
    const value = { action: { data: { note: 'het gaat niet', draft: { items: [{ what: 'de balie' }] } } } };
    expect(wordsOf({ text: 'hallo', value })).toEqual(['hallo', 'het gaat niet', 'de balie']);
  });

  it('is nothing that we put into the payload ourselves: ids, days, numbers, verbs', () => {
    const id = randomUUID();
    const data = {
      id,
      member: `person-${id}`,
      place: `name-${id.replaceAll('-', '')}`,
      day: '2027-01-12',
      askedAt: '2027-01-12T09:00:00.000Z',
      version: '3',
    };
    expect(wordsOf({ value: { action: { verb: 'agreement.show', data } } })).toEqual([]);
  });
});
