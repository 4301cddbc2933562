import { type Button, button, type CalendarOf, link } from '../actions.js';
import { format, type Lang, messagesFor } from '../content/words.js';
import { longDay } from '../dates.js';
import { noticeWithButtons } from '../notice/notice.card.js';
import type { Card } from '../render.js';
import type { Appointment } from './ics.js';

export type CalendarView = {
  /** What it is for, and the id of the record; empty where it is for none. */
  readonly of: CalendarOf;
  readonly id: string;
  /** The day and the time of day in the person's own zone, `YYYY-MM-DD` and `HH:mm`. */
  readonly day: string;
  readonly time: string;
  readonly minutes: number;
  readonly appointment: Appointment;
};

/** Where Teams opens the form of a new meeting. Source: learn.microsoft.com, deep-link-workflow. */
const NEW_MEETING = 'https://teams.microsoft.com/l/meeting/new';

/** Puts a talk in one's own calendar: as a Teams meeting to fill in further, or as a file. */
export function calendarCard(lang: Lang, view: CalendarView): Card {
  const words = messagesFor(lang).calendar;
  const { of, id, day, time, minutes, appointment } = view;
  const when = format(lang, words.when, { day: longDay(lang, day), time, minutes });
  return noticeWithButtons(lang, {
    title: words.title,
    sentence: `${when} ${words.text}`,
    buttons: [
      link(words.meeting, meetingLink(appointment)),
      button(lang, 'calendar.file', words.file, { of, id }),
      back(lang, of, id),
    ],
  });
}

/** What happens next, beside the message in which Teams asks. */
export function calendarFileAskedCard(lang: Lang, of: CalendarOf, id: string): Card {
  const { export: words, calendar } = messagesFor(lang);
  return noticeWithButtons(lang, {
    title: words.askedTitle,
    sentence: calendar.askedText,
    buttons: [button(lang, 'calendar.show', words.back, { of, id })],
  });
}

/** That the file did not come, or may not have come: `none` where no file can be made here. */
export function calendarNoFileCard(
  lang: Lang,
  {
    of,
    id,
    why,
  }: { readonly of: CalendarOf; readonly id: string; readonly why: 'failed' | 'used' | 'uncertain' | 'none' },
): Card {
  const { export: words, calendar } = messagesFor(lang);
  const title = why === 'none' ? words.notSavedTitle.failed : words.notSavedTitle[why];
  return noticeWithButtons(lang, {
    title,
    sentence: calendar.notSaved[why],
    buttons: [button(lang, 'calendar.show', calendar.title, { of, id })],
  });
}

/** A deep link to a new meeting. Its subject names nobody, and attendees are for the person to add. */
function meetingLink({ subject, start, end }: Appointment): string {
  const query = new URLSearchParams({ subject, startTime: start, endTime: end });
  // Teams shows a `+` as it is, so spaces are %20.
  return `${NEW_MEETING}?${query.toString().replaceAll('+', '%20')}`;
}

function back(lang: Lang, of: CalendarOf, id: string): Button {
  const { agreement, export: words } = messagesFor(lang);
  switch (of) {
    case 'evaluation':
      return button(lang, 'agreement.show', agreement.view, { id });
    case 'coffee':
      return button(lang, 'coffee.show', words.back, { id });
    case 'conversation':
      return button(lang, 'intent.open', words.back, { intent: 'conversation' });
  }
}
