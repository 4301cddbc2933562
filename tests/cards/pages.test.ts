import { expect, it } from 'vitest';
import { pageOf } from '../../cards/pages.js';

const SEVEN = [1, 2, 3, 4, 5, 6, 7];

it('shows a page and says where one is', () => {
  expect(pageOf(SEVEN, 1, 3)).toEqual({
    shown: [4, 5, 6],
    page: 1,
    lastPage: 2,
    range: { from: 4, to: 6, total: 7 },
  });
});

it('shows the last page for one beyond it, and an empty first page for nothing', () => {
  expect(pageOf(SEVEN, 99, 3)).toMatchObject({ shown: [7], page: 2 });
  expect(pageOf([], 5, 3)).toMatchObject({ shown: [], page: 0, lastPage: 0 });
});
