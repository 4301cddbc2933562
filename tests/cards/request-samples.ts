import type { Lang } from '../../cards/content/words.js';
import { digestCard } from '../../cards/digest/digest.card.js';
import { momentCard } from '../../cards/moments/moment.card.js';
import { overviewCard } from '../../cards/overview/overview.card.js';
import type { Card } from '../../cards/render.js';
import { askDatesCard } from '../../cards/requests/dates.card.js';
import { decideRequestCard, momentRemovedCard } from '../../cards/requests/decide.card.js';
import {
  coffeeRefusedCard,
  momentAnsweredCard,
  momentLateCard,
  momentRemovedNewsCard,
} from '../../cards/requests/news.card.js';
import { askMomentRemovalCard, ownCoffeeCard, ownMomentCard } from '../../cards/requests/own.card.js';

/** What an employee says to coffees and moments about them, and what the manager reads of it. */
export function requestCards(
  lang: Lang,
  { today, id, person, longName }: Record<'today' | 'id' | 'person' | 'longName', string>,
): Record<string, Card> {
  const where = { manager: person, managerName: 'Mila de Wit', id };
  const longest = { ...where, managerName: longName };
  const coffee = {
    rhythm: 'weekly',
    lastDay: '2027-01-05',
    nextDay: today,
    refused: false,
    notice: '',
  } as const;
  const off = { ...coffee, rhythm: null, nextDay: null } as const;
  const removal = {
    askedAt: '2027-01-12T09:00:00.000Z',
    by: '2027-02-12',
    answeredAt: null,
    kept: null,
    what: 'remove',
    from: null,
    until: null,
    employee: person,
  } as const;
  const dates = { ...removal, what: 'dates', from: '2027-03-08', until: '2027-06-28' } as const;
  const kept = { ...removal, answeredAt: '2027-01-13T09:00:00.000Z', kept: 'in-use' } as const;
  const done = { ...dates, answeredAt: '2027-01-13T09:00:00.000Z' } as const;
  const moment = {
    id,
    version: 1,
    memberName: 'Karin',
    kind: 'leave',
    from: '2027-03-01',
    until: '2027-06-21',
    contact: true,
    nextDay: '2027-02-01',
    request: null,
  } as const;
  const own = (request: typeof removal | typeof dates | typeof kept | typeof done | null, notice = '') =>
    ownMomentCard(lang, { ...where, moment: { ...moment, request }, notice });
  const asked = { ...moment, request: removal };
  const askedDates = { ...moment, request: dates };
  const long = { ...askedDates, memberName: longName };
  const form = {
    ...where,
    kind: 'leave',
    from: '2027-03-01',
    until: '2027-06-21',
    problems: {},
    by: dates.by,
  } as const;
  const shown = { nudges: [], notice: '', typed: null, reminder: false };
  return {
    'own coffee': ownCoffeeCard(lang, { ...where, ...coffee }),
    'own coffee refused': ownCoffeeCard(lang, { ...longest, ...off, refused: true }),
    'own coffee allowed': ownCoffeeCard(lang, { ...where, ...off, managerName: '', notice: 'OK' }),
    'own moment': own(null),
    'own moment asked to go': own(removal),
    'own moment asked to change': own(dates),
    'own moment kept': own(kept),
    'own moment changed': own(done),
    'own moment longest': ownMomentCard(lang, {
      ...longest,
      moment: { ...moment, kind: 'extra', request: { ...kept, kept: 'law' } },
      notice: longName,
    }),
    'own moment ask removal': askMomentRemovalCard(lang, { ...where, by: removal.by }),
    'own moment ask dates': askDatesCard(lang, form),
    'own moment ask dates of a start': askDatesCard(lang, { ...form, kind: 'start', until: '' }),
    'own moment ask dates wrong': askDatesCard(lang, {
      ...form,
      from: '2020-01-01',
      until: '',
      problems: { from: 'fromWrong', until: 'untilWrong' },
    }),
    'request to remove': decideRequestCard(lang, asked),
    'request for dates': decideRequestCard(lang, askedDates),
    'request longest without reason': decideRequestCard(lang, long, true),
    'request removed': momentRemovedCard(lang, 'Karin'),
    'request removed before': momentRemovedCard(lang, ''),
    'request seen on the moment': momentCard(lang, { ...shown, moment: asked }),
    'request for dates seen on the moment': momentCard(lang, { ...shown, moment: long }),
    'news of refused coffee': coffeeRefusedCard(lang, longName),
    'news of changed dates': momentAnsweredCard(lang, { ...moment, from: '2027-03-08' }, done),
    'news of kept moment': momentAnsweredCard(lang, moment, kept),
    'news of removed moment': momentRemovedNewsCard(lang, { managerName: longName, months: 12 }),
    'news of removed moment of nobody known': momentRemovedNewsCard(lang, { managerName: '', months: 1 }),
    'news of no answer': momentLateCard(lang, removal),
    'digest with requests': digestCard(lang, today, [
      { kind: 'moment-asked-due', moment: asked, manager: person, done: false },
      { kind: 'moment-asked-due', moment: long, manager: person, done: true },
    ]),
    'overview with requests': overviewCard(lang, {
      things: [
        { kind: 'moment-request', moment: asked, group: 'asked', day: removal.by },
        { kind: 'moment-request', moment: long, group: 'asked', day: removal.by },
      ],
      members: [{ id: 'name-1', name: 'Karin' }],
      of: '',
      page: 0,
    }),
  };
}
