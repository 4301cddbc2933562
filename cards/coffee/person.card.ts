import { type Button, button } from '../actions.js';
import { type Choice, choicesOf } from '../choices.js';
import { format, type Lang, messagesFor } from '../content/words.js';
import { longDay } from '../dates.js';
import { type Fold, fold } from '../fold.js';
import { escapeMarkdown } from '../plain.js';
import { type Card, template } from '../render.js';
import { sourceLine } from '../source.js';
import { type CoffeeUndo, type CoffeeView, lastLine, questionsFor } from './coffee-view.js';
import json from './person.template.json' with { type: 'json' };

export type CoffeePersonData = {
  readonly person: CoffeeView;
  readonly notice: string;
  /** As typed, where it came back. */
  readonly day: string;
  readonly until: string;
  readonly dayWrong: boolean;
  readonly untilWrong: boolean;
  /** How often as chosen, where it came back; as it is now where there is none. */
  readonly rhythm?: string;
  /** How often was not understood. */
  readonly rhythmWrong?: boolean;
  /** The first and the last day that may be chosen. */
  readonly from: string;
  readonly last: string;
  /** It was just said to be had, and that can be taken back. */
  readonly undo?: CoffeeUndo | null;
  /** It came by itself: says why, and how to get fewer. */
  readonly reminder: boolean;
};

/** The id of the element that is collapsed at first, in the template. */
const PLANNING = 'planning';
const fillTemplate = template<{
  title: string;
  notice: string;
  next: string;
  undelivered: string;
  lastTime: string;
  questionsTitle: string;
  questions: { text: string }[];
  main: Button[];
  planning: Fold[];
  isPlanning: boolean;
  dayLabel: string;
  day: string;
  dayProblem: string;
  dayButtons: Button[];
  untilLabel: string;
  until: string;
  untilProblem: string;
  untilButtons: Button[];
  from: string;
  last: string;
  dayError: string;
  rhythmLabel: string;
  rhythms: Choice[];
  rhythm: string;
  rhythmProblem: string;
  rhythmButtons: Button[];
  extra: string;
  buttons: Button[];
  why: string;
  source: string;
}>(json);

/** The button that takes back that a coffee was had; none where there is nothing to take back. */
export function undoButtons(lang: Lang, undo: CoffeeUndo | null | undefined): Button[] {
  return undo == null
    ? []
    : [button(lang, 'coffee.undo', messagesFor(lang).coffee.undo, undo, { withoutInputs: true })];
}

/** That the reminder of the next coffee did not arrive; empty when it did, and on that very reminder. */
function undeliveredLine(lang: Lang, { person, reminder }: CoffeePersonData): string {
  if (reminder || person.undeliveredOccasion !== person.nextDay) return '';
  return format(lang, messagesFor(lang).coffee.undelivered, { day: longDay(lang, person.nextDay) });
}

/** One person on the coffee list: how to begin, done, and everything that moves the next time. */
export function coffeePersonCard(lang: Lang, data: CoffeePersonData): Card {
  const { coffee: words, agreement, calendar } = messagesFor(lang);
  const { person } = data;
  const { id, version } = person;
  const name = escapeMarkdown(person.name);
  const title = format(lang, words.reminderTitle, { name });
  return fillTemplate(lang, title, {
    title,
    notice: data.notice,
    next: format(lang, words.next, { day: longDay(lang, person.nextDay) }),
    undelivered: undeliveredLine(lang, data),
    lastTime: lastLine(lang, person.lastDay, (day) => longDay(lang, day)),
    questionsTitle: words.questionsTitle,
    questions: questionsFor(lang, person.coffees).map((text) => ({ text })),
    main: [
      ...(data.undo == null
        ? [button(lang, 'coffee.done', words.done, { id, version }, { withoutInputs: true })]
        : undoButtons(lang, data.undo)),
      button(
        lang,
        'coffee.skip',
        words.skip,
        { id, version, planned: person.nextDay },
        { withoutInputs: true },
      ),
    ],
    planning: [fold(words.planOtherwise, PLANNING)],
    // What was filled in there, or is wrong, is seen at once.
    isPlanning:
      data.dayWrong || data.untilWrong || data.rhythmWrong === true || data.day !== '' || data.until !== '',
    dayLabel: words.dayLabel,
    day: data.day,
    dayProblem: data.dayWrong ? words.dayWrong : '',
    dayButtons: [button(lang, 'coffee.move', words.move, { id, version })],
    untilLabel: words.pauseLabel,
    until: data.until,
    untilProblem: data.untilWrong ? words.dayWrong : '',
    untilButtons: [button(lang, 'coffee.pause', words.pause, { id, version })],
    from: data.from,
    last: data.last,
    dayError: words.dayWrong,
    rhythmLabel: words.rhythmLabel,
    rhythms: choicesOf(words.rhythms),
    rhythm: data.rhythmWrong === true ? '' : (data.rhythm ?? person.rhythm),
    rhythmProblem: data.rhythmWrong === true ? agreement.problem.choose : '',
    rhythmButtons: [button(lang, 'coffee.rhythm', words.changeRhythm, { id, version })],
    extra: words.extra,
    buttons: [
      button(
        lang,
        'calendar.show',
        calendar.title,
        { of: 'coffee', id },
        { withoutInputs: true, secondary: true },
      ),
      button(lang, 'coffee.list', words.back, { page: 0 }, { withoutInputs: true, secondary: true }),
      ...(data.reminder
        ? [
            button(
              lang,
              'settings.show',
              messagesFor(lang).menu.settings,
              {},
              { withoutInputs: true, secondary: true },
            ),
          ]
        : []),
      button(lang, 'coffee.stop', words.stop, { id, version }, { withoutInputs: true, secondary: true }),
    ],
    why: data.reminder ? words.why : '',
    source: sourceLine(lang, words.source),
  });
}
