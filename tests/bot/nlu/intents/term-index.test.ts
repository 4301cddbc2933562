import { expect, it } from 'vitest';
import { createTermIndex } from '../../../../bot/nlu/intents/term-index.js';

const RANKING = { boost: { title: 3, text: 1 }, k: 1.2, b: 0.7, d: 0.5 } as const;
const NEARBY = { prefix: { weight: 0.5, from: 5 }, slip: { weight: 0.6, from: 6, edits: 0.2 } } as const;

const document = (title: string, text = '') => ({ title: title.split(' '), text: text.split(' ') });
const DOCUMENTS = [
  document('rouw', 'verdriet na een overlijden'),
  document('verzuim', 'rouw en ziek'),
  document('verzuimgesprek', 'ziek'),
];
const found = (terms: readonly string[], nearby: typeof NEARBY | null = NEARBY) =>
  createTermIndex(DOCUMENTS, RANKING, nearby)(terms).map(({ at }) => at);

it('the index puts first what has a term in its title, more of the terms, or one that few documents have', () => {
  expect(found(['rouw'])).toEqual([0, 1]);
  const texts = [document('een', 'ziek thuis'), document('twee', 'ziek rouw'), document('drie', 'rouw vrij')];
  const [first] = createTermIndex(texts, RANKING, NEARBY)(['ziek', 'rouw']);
  expect(first).toMatchObject({ at: 1, asked: ['ziek', 'rouw'] });
  {
    const many = [document('werk'), document('werk'), document('werk rouw'), document('werk')];
    const [first, second] = createTermIndex(many, RANKING)(['werk', 'rouw']);
    expect(first?.at).toBe(2);
    expect(first?.score).toBeGreaterThan(2 * (second?.score ?? 0));
  }
});

it('the index finds a longer word and forgives a slip in no word, and finds nothing for no terms, unknown ones, or among no documents', () => {
  expect(found(['verzuim'])).toEqual([1, 2]);
  expect(found(['verzuim'], null)).toEqual([1]);
  expect(found(['verdreit'])).toEqual([0]);
  expect(found(['verdreit'], null)).toEqual([]);
  const alike = [document('maandag'), document('maandags')];
  expect(createTermIndex(alike, RANKING, NEARBY)(['maandags']).map(({ at }) => at)).toEqual([1]);
  expect(found([])).toEqual([]);
  expect(found(['xylofoon'])).toEqual([]);
  expect(createTermIndex([], RANKING, NEARBY)(['rouw'])).toEqual([]);
});
