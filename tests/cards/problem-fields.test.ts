import { describe, expect, it } from 'vitest';
import { noticeCard } from '../../cards/notice/notice.card.js';
import { faultsOf } from '../support/faults.js';

describe('a text that looks like a sentence of ours with a mark to fill in', () => {
  it('stands on a card as it was typed', async () => {
    const typed = [
      '{fields',
      'hallo {fields}',
      '\\{fields\\}',
      '{fields, select}',
      '{count, plural, other {fields}}',
    ];
    expect(
      await faultsOf(typed, (text) => {
        const card = noticeCard('nl', 'Afspraken', text);
        expect(JSON.stringify(card.body)).toContain(JSON.stringify(text).slice(1, -1));
      }),
    ).toEqual([]);
  });
});
