import { describe, expect, it } from 'vitest';
import { daysSaid } from '../../../../bot/nlu/entities/days.js';
import { faultsOf } from '../../../support/faults.js';

/** A Tuesday. */
const TODAY = '2027-01-12';

describe('the days in a text', () => {
  it('is the day that a text names for sure, and none where none is', async () => {
    expect(
      await faultsOf(
        [
          ['Karin gaat op 1 maart met verlof', '2027-03-01'],
          ['verzet de evaluatie met Ahmed naar volgende week dinsdag', '2027-01-19'],
          ['Lotte begint vrijdag', '2027-01-15'],
          ['over twee weken', '2027-01-26'],
          ['31-3-2028', '2028-03-31'],
          ['morgen koffie', '2027-01-13'],
          ['vanaf 1 april', '2027-04-01'],
          ['Jan gaat 1 mei met pensioen', '2027-05-01'],
          ['Bo begint ma 18 januari', '2027-01-18'],
          ['Bo begint op ma 18-1', '2027-01-18'],
          ['volgende wo koffie', '2027-01-20'],
          ['op di', '2027-01-12'],
          ['a.s. vrijdag', '2027-01-15'],
          ['hij is jarig op zo 14 februari', '2027-02-14'],
        ],
        (text, from) => {
          expect(daysSaid(text, 'nl', TODAY)).toEqual({ from, until: null, last: null });
        },
      ),
    ).toEqual([]);
    expect(
      await faultsOf(
        [
          // A year, a rhythm, a month or nothing.
          'Esther gaat in 2027 met pensioen',
          'herinner me elke drie weken aan Lotte',
          'welke evaluaties staan er open',
          'elke vrijdag koffie',
          'iedere maandag bijpraten',
          'eind maart met verlof',
          // Words that look like days.
          'Anna gaat zo met verlof',
          'zo’n gesprek wil ik met Do',
          "op zo'n moment",
          'ze is vrij en we zaten in de zon',
          'ze is nu weg',
          'Jan 3 keer koffie',
          // Days that cannot be, and days of which one cannot know the year or which of two is meant.
          '31 februari',
          'van 1 december tot 1 maart',
          'vrijdag over een week',
          'om 9 uur',
        ],
        (text) => {
          expect(daysSaid(text, 'nl', TODAY)).toEqual({ from: null, until: null, last: null });
        },
      ),
    ).toEqual([]);
  });

  it('are both days that a text names', async () => {
    expect(
      await faultsOf(
        [
          ['verlof van 3 mei tot 1 september', '2027-05-03', '2027-09-01', '2027-09-01'],
          ['Anna gaat zo met verlof, van 1 maart tot 1 september', '2027-03-01', '2027-09-01', '2027-09-01'],
          ['Do gaat met verlof van 1 maart tot 1 mei', '2027-03-01', '2027-05-01', '2027-05-01'],
          ['van 1 t/m 15 maart', '2027-03-01', '2027-03-16', '2027-03-15'],
          ['van 1 tot en met 15 maart', '2027-03-01', '2027-03-16', '2027-03-15'],
          ['verlof 1-15 maart', '2027-03-01', '2027-03-16', '2027-03-15'],
          ['verlof 1 maart - 15 maart', '2027-03-01', '2027-03-16', '2027-03-15'],
          ['1 maart-15 maart 2028', '2028-03-01', '2028-03-16', '2028-03-15'],
          ['van 3 mei 2027 tot en met 31 augustus 2027', '2027-05-03', '2027-09-01', '2027-08-31'],
          ['1-3-2027 t/m 5-3-2027', '2027-03-01', '2027-03-06', '2027-03-05'],
          ['van ma 1 maart t/m vr 5 maart', '2027-03-01', '2027-03-06', '2027-03-05'],
          ['van maandag tot vrijdag', '2027-01-18', '2027-01-22', '2027-01-22'],
          ['van 15 december tot 5 januari 2028', '2027-12-15', '2028-01-05', '2028-01-05'],
          [
            'Karin gaat 1 maart met verlof en komt 1 september terug',
            '2027-03-01',
            '2027-09-01',
            '2027-09-01',
          ],
          ['met verlof vanaf 1 maart, terug op 1 september', '2027-03-01', '2027-09-01', '2027-09-01'],
          // Only where it ends is said.
          ['ze is weg tot 1 april', null, '2027-04-01', '2027-04-01'],
          ['tot en met 1 april', null, '2027-04-02', '2027-04-01'],
          ['komt terug op 1 april, ze was weg sinds 1 december', null, '2027-04-01', '2027-04-01'],
        ],
        (text, from, until, last) => {
          expect(daysSaid(text, 'nl', TODAY)).toEqual({ from, until, last });
        },
      ),
    ).toEqual([]);
  });

  it('are the two days that an English text names', async () => {
    expect(
      await faultsOf(
        [
          ['Karin goes on leave on March 1', '2027-03-01', null],
          ['Tom starts on 31/03/2027', '2027-03-31', null],
          ['in three weeks', '2027-02-02', null],
          ['Mon 14 Dec', '2027-12-14', null],
          ['next fri', '2027-01-22', null],
          ['from 1 March until 1 September', '2027-03-01', '2027-09-01'],
          ['from March 1 to March 15', '2027-03-01', '2027-03-15'],
          ['1-15 March', '2027-03-01', '2027-03-16'],
          ['from the 1st to the 15th of March', '2027-03-01', '2027-03-15'],
          ['1 March through 15 March 2027', '2027-03-01', '2027-03-16'],
          ['from Monday to Friday', '2027-01-18', '2027-01-22'],
          ['away until 1 April', null, '2027-04-01'],
          ['back on 1 April, away since 1 December', null, '2027-04-01'],
          ['We sat with Anna in the sun', null, null],
          ['I may go on leave', null, null],
          ['every Friday', null, null],
          ['she is away now', null, null],
        ],
        (text, from, until) => {
          expect(daysSaid(text, 'en', TODAY)).toMatchObject({ from, until });
        },
      ),
    ).toEqual([]);
  });

  it('of a text of any length cost what a sentence costs', () => {
    const long = `Karin gaat op 1 maart met verlof${' \n'.repeat(50_000)}tot 1 mei`;
    expect(daysSaid(long, 'nl', TODAY)).toEqual({ from: '2027-03-01', until: null, last: null });
  });
});
