import { expect, it } from 'vitest';
import { piecesFor } from '../../../../bot/features/check/check.rules.js';
import { findPiece } from '../../../../cards/content/pieces.js';
import { LANGS, messagesFor } from '../../../../cards/content/words.js';

const QUESTIONS = [
  { leads: 'handle-1-short', when: 'no' },
  { leads: 'handle-3-short', when: 'yes' },
  { leads: 'handle-2-short', when: 'no' },
  { leads: 'handle-2-short', when: 'no' },
];

it('leads to what the answers say that helps, in the order of the questions, each once', () => {
  expect(piecesFor(QUESTIONS, 'nynn')).toEqual(['handle-1-short', 'handle-3-short', 'handle-2-short']);
  expect(piecesFor(QUESTIONS, 'ynny')).toEqual(['handle-2-short']);
});

it('leads nowhere when all is in order', () => {
  expect(piecesFor(QUESTIONS, 'ynyy')).toEqual([]);
});

it('has eight questions that lead to the five handles and to the base, alike in both languages', () => {
  const leads = LANGS.map((lang) =>
    messagesFor(lang).check.questions.map((one) => `${one.leads} ${one.when}`),
  );
  expect(leads[0]).toEqual(leads[1]);
  expect(leads[0]).toHaveLength(8);
  for (const { leads: id } of messagesFor('nl').check.questions) expect(findPiece(id), id).not.toBeNull();
  const handles = messagesFor('nl').check.questions.filter((one) => one.leads.startsWith('handle-'));
  expect(handles.map((one) => one.leads)).toEqual([1, 2, 3, 4, 5].map((n) => `handle-${n}-short`));
});
