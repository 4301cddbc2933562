import fc from 'fast-check';
import { numberedName } from '../../cards/actions.js';
import { allPieces } from '../../cards/content/pieces.js';
import type { Fields } from '../support/zod-arbitrary.js';

/** What a person would fill in, so that what is saved gets saved, and what is opened is there. */
export const SENSIBLE: Fields = Object.fromEntries(
  Object.entries({
    intent: 'support',
    subject: 'rights',
    piece: allPieces()[0]?.id,
    answer: 'bot-ai',
    known: '',
    name: 'Roos',
    names: 'Roos',
    day: '2027-01-13',
    present: 'manager,employee',
    subjects: 'tasks',
    initiative: 'manager',
    next: '2027-02-01',
    rhythm: 'two-weekly',
    kind: 'start',
    from: '2027-02-01',
    until: '2027-02-10',
    contact: 'no',
    time: '09:00',
    days: '1,2,3,4,5',
    zone: 'Europe/Amsterdam',
    language: 'auto',
    coffee: 'yes',
    change: 'items',
    note: '',
    page: 0,
    items: [{ what: 'Roos doet de balie', who: 'employee', by: '2027-01-20' }],
    ...Object.fromEntries(
      [0, 1, 2, 3, 4].flatMap((place) => [
        [numberedName('what', place), place === 0 ? 'Roos doet de balie' : ''],
        [numberedName('who', place), 'employee'],
        [numberedName('by', place), '2027-01-20'],
        [numberedName('outcome', place), 'works'],
      ]),
    ),
  }).map(([name, value]) => [name, fc.constant(value)]),
);
