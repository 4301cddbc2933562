import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { wordsOf } from '../../../bot/teams/danger-first.js';

describe('what of an activity is words of a person', () => {
  it('is what they typed and filled in, wherever in the payload it stands, and nothing that we put into it ourselves', () => {
    const value = { action: { data: { note: 'het gaat niet', draft: { items: [{ what: 'de balie' }] } } } };
    expect(wordsOf({ text: 'hallo', value })).toEqual(['hallo', 'het gaat niet', 'de balie']);
    const id = randomUUID();
    const data = {
      id,
      member: `person-${id}`,
      place: `name-${id.replaceAll('-', '')}`,
      day: '2027-01-12',
      askedAt: '2027-01-12T09:00:00.000Z',
      version: '3',
    };
    const action = { verb: 'agreement.show', title: 'Ik kom thuis niet los van mijn werk', data };
    expect(wordsOf({ value: { action } })).toEqual([]);
    expect(wordsOf({ value: { action: { ...action, data: { title: 'het gaat niet' } } } })).toEqual([
      'het gaat niet',
    ]);
  });
});
