import { describe, expect, it } from 'vitest';
import { daysSaid } from '../../bot/said-days.js';

/** A Tuesday. */
const TODAY = '2027-01-12';

describe('the days in a text', () => {
  it.each([
    ['Karin gaat op 1 maart met verlof', '2027-03-01', null],
    ['verzet de evaluatie met Ahmed naar volgende week dinsdag', '2027-01-19', null],
    ['verlof van 3 mei tot 1 september', '2027-05-03', '2027-09-01'],
    ['Lotte begint vrijdag', '2027-01-15', null],
    ['over twee weken', '2027-01-26', null],
    ['31-3-2028', '2028-03-31', null],
    ['morgen koffie', '2027-01-13', null],
    // A year, a rhythm or nothing names no day.
    ['Esther gaat in 2027 met pensioen', null, null],
    ['herinner me elke drie weken aan Lotte', null, null],
    ['welke evaluaties staan er open', null, null],
  ])('of "%s" are %s and %s', (text, from, until) => {
    expect(daysSaid(text, 'nl', TODAY)).toEqual({ from, until });
  });

  it.each([
    ['Karin goes on leave on March 1', '2027-03-01'],
    ['Tom starts on 31/03/2027', '2027-03-31'],
    ['in three weeks', '2027-02-02'],
  ])('of "%s" are %s', (text, from) => {
    expect(daysSaid(text, 'en', TODAY).from).toBe(from);
  });
});
