import { describe, expect, it } from 'vitest';
import { namedIn, nameSaid, saidOf } from '../../bot/said-names.js';
import { sayingsIn } from '../../cards/content/said.js';

const PEOPLE = [{ name: 'Anouk Bakker' }, { name: 'Jan' }, { name: 'Jan Smit' }];

describe('names in a text', () => {
  it('are matched by first name or whole name; a first name that two share brings both', () => {
    expect(namedIn('ik heb net koffie gedronken met Anouk', PEOPLE)).toEqual([{ name: 'Anouk Bakker' }]);
    expect(namedIn('koffie met jan gehad', PEOPLE)).toEqual([{ name: 'Jan' }, { name: 'Jan Smit' }]);
    expect(namedIn('januari is druk', PEOPLE)).toEqual([]);
  });

  it.each([
    ['herinner me elke drie weken aan Lotte', 'Lotte'],
    ['Karin gaat op 1 maart met verlof', 'Karin'],
    ['koffie met iemand', ''],
  ])('of somebody new are what has a capital: "%s"', (text, name) => {
    expect(nameSaid(text)).toBe(name);
  });

  it.each([
    ['herinner me elke drie weken aan Lotte', 'four-weekly'],
    ['elke week koffie met Jan', 'weekly'],
    ['elke twee weken koffie', 'two-weekly'],
    ['elke drie maanden', 'quarterly'],
    ['koffie', null],
  ])('a rhythm in "%s" is %s', (text, rhythm) => {
    expect(saidOf(text, sayingsIn('nl').rhythms)).toBe(rhythm);
  });
});
