import { type CalendarOf, calendarFileContext } from '../../../cards/actions.js';
import {
  type CalendarView,
  calendarCard,
  calendarFileAskedCard,
  calendarNoFileCard,
} from '../../../cards/calendar/calendar.card.js';
import { icsOf } from '../../../cards/calendar/ics.js';
import { messagesFor } from '../../../cards/content/words.js';
import { noticeCard } from '../../../cards/notice/notice.card.js';
import type { UploadFile } from '../../clients/onedrive-upload.js';
import { addDays, type Day, dayOf, defaultSlot, slotOn, timeOf } from '../../domain/calendar.js';
import { isCoffeeContact } from '../../domain/coffee.js';
import { type Reply, refuse, show, showBeside, tell, type VerbHandlers } from '../../reply.js';
import type { Managers } from '../../store/managers.js';
import type { People } from '../../store/people.js';
import { type FileAnswer, type Turn, zoneOf } from '../../turn.js';

export type CalendarDeps = {
  readonly managers: Pick<Managers, 'agreement' | 'member'>;
  readonly people: Pick<People, 'get'>;
  readonly upload: UploadFile;
  /** IANA zone of a person who has not said otherwise. */
  readonly zone: string;
};
export type Calendar = VerbHandlers<'calendar.show' | 'calendar.file'> & {
  /** Whether an answer to a file is about one that was offered here. */
  isOfCalendar(context: unknown): boolean;
  fileAnswered(turn: Turn, answer: FileAnswer): Promise<Reply>;
};

/** When people are likely to have time; they move it in their calendar. */
const TIME = '10:00';
const MINUTES: Readonly<Record<CalendarOf, number>> = { conversation: 45, evaluation: 30, coffee: 30 };

type Asked = { readonly of: CalendarOf; readonly id: string };

/** A talk in somebody's own calendar, with a subject that says nothing of whom it is with and why. Nothing is kept of it. */
export function createCalendar(deps: CalendarDeps): Calendar {
  const viewFor = async (turn: Turn, asked: Asked): Promise<CalendarView | null> => {
    const planned = await plannedDay(deps, turn, asked);
    if (planned === null) return null;
    const zone = await zoneOf(deps, turn);
    return viewOf(turn, asked, { planned, zone });
  };
  return {
    isOfCalendar: (context) => calendarFileContext.safeParse(context).success,
    async 'calendar.show'(turn) {
      const view = await viewFor(turn, turn.data);
      return view === null ? gone(turn) : show(calendarCard(turn.lang, view));
    },
    async 'calendar.file'(turn) {
      const { lang, now } = turn;
      const { of, id } = turn.data;
      const view = await viewFor(turn, { of, id });
      if (view === null) return gone(turn);
      const words = messagesFor(lang).calendar;
      return {
        kind: 'offer',
        offer: {
          name: fileName(lang, view, now),
          description: words.fileDescription,
          sizeInBytes: bytesOf(view, now).length,
          context: { as: 'calendar', of, id, lang },
        },
        card: calendarFileAskedCard(lang, of, id),
        otherwise: calendarNoFileCard(lang, { of, id, why: 'none' }),
      };
    },
    async fileAnswered(turn, { accepted, context, place }) {
      const read = calendarFileContext.safeParse(context);
      if (!read.success) return refuse('outdated', messagesFor(turn.lang).notice.outdated);
      const { of, id, lang } = read.data;
      const { export: words } = messagesFor(lang);
      if (!accepted) return tell(words.declined);
      if (place === null) return showBeside(calendarNoFileCard(lang, { of, id, why: 'failed' }));
      // Read anew, of whoever accepts: what is not theirs is not there.
      const view = await viewFor({ ...turn, lang }, { of, id });
      if (view === null) return gone({ ...turn, lang });
      const { uploadUrl, ...file } = place;
      const outcome = await deps.upload(uploadUrl, bytesOf(view, turn.now));
      if (outcome !== 'saved') return showBeside(calendarNoFileCard(lang, { of, id, why: outcome }));
      return { kind: 'file', message: words.saved, file };
    },
  };
}

/** The day that was agreed on, null where there is no such record of theirs; tomorrow for what was not planned yet. */
async function plannedDay(
  { managers }: CalendarDeps,
  turn: Turn,
  { of, id }: Asked,
): Promise<Day | 'soon' | null> {
  switch (of) {
    case 'conversation':
      return 'soon';
    case 'evaluation': {
      const found = id === '' ? null : await managers.agreement(turn, id);
      return found === null || found.record.status === 'closed' ? null : found.record.nextDay;
    }
    case 'coffee': {
      const found = id === '' ? null : await managers.member(turn, id);
      return found !== null && isCoffeeContact(found.record) ? found.record.nextDay : null;
    }
  }
}

function viewOf(
  turn: Turn,
  { of, id }: Asked,
  { planned, zone }: { readonly planned: Day | 'soon'; readonly zone: string },
): CalendarView {
  const tomorrow = addDays(dayOf(turn.now, zone), 1);
  // A day that is past or in a weekend is no day to meet on.
  const from = planned === 'soon' || planned < tomorrow ? tomorrow : planned;
  const start = slotOn(from, { ...defaultSlot(zone), time: TIME });
  const minutes = MINUTES[of];
  const end = new Date(Date.parse(start) + minutes * 60_000).toISOString();
  const day = dayOf(start, zone);
  return {
    of,
    id,
    day,
    time: timeOf(start, zone),
    minutes,
    appointment: {
      uid: `${of}-${id === '' ? Date.parse(turn.now) : id}-${day}@kopje-koffie`,
      subject: messagesFor(turn.lang).calendar.subject[of],
      start,
      end,
    },
  };
}

/** With its second: Teams brings no answer to an offered file whose name is in the OneDrive already. */
function fileName(lang: Turn['lang'], { day }: CalendarView, now: string): string {
  return `${messagesFor(lang).calendar.fileName} ${day} ${now.slice(11, 19).replaceAll(':', '.')}.ics`;
}

function bytesOf({ appointment }: CalendarView, now: string): Uint8Array {
  return new TextEncoder().encode(icsOf(appointment, now));
}

function gone(turn: Turn): Reply {
  const { calendar } = messagesFor(turn.lang);
  return show(noticeCard(turn.lang, calendar.title, calendar.gone));
}
