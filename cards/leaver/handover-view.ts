import { format, type Lang, messagesFor } from '../content/words.js';
import { longDay } from '../dates.js';
import { escapeMarkdown } from '../plain.js';

/** What HR asked for when a manager leaves, as cards tell of it. Days are `YYYY-MM-DD`. */
export type HandoverView = {
  /** Which request. */
  readonly id: string;
  /** Entra object id, and the name as it stands on their agreements; empty where there is none. */
  readonly leaver: string;
  readonly leaverName: string;
  readonly what: 'move' | 'delete';
  readonly successorName: string;
  readonly state: 'waiting' | 'confirmed' | 'objected' | 'underway' | 'stopped' | 'done';
  readonly askedOn: string;
  /** The last day on which the leaver can object, or the earliest that it can be while they are not told. */
  readonly until: string;
  /** Since when it is in this state. */
  readonly stateOn: string;
  /** Done, but for what is about somebody of HR who acts in it. */
  readonly leftOwn: boolean;
};

/** Who leaves, in a few words. */
export function leaverLine(lang: Lang, { leaverName }: Pick<HandoverView, 'leaverName'>): string {
  const { leaver: words } = messagesFor(lang);
  return leaverName === '' ? words.whoUnknown : format(lang, words.who, { name: escapeMarkdown(leaverName) });
}

/** What was asked for, in a few words. */
export function whatLine(lang: Lang, { what, successorName }: HandoverView): string {
  const { leaver: words } = messagesFor(lang);
  return format(lang, words.whatAsked[what], { name: escapeMarkdown(successorName) });
}

/** How it stands, to HR. */
export function stateLine(lang: Lang, { state, until, stateOn }: HandoverView): string {
  const { leaver: words } = messagesFor(lang);
  return format(lang, words.state[state], { until: longDay(lang, until), day: longDay(lang, stateOn) });
}
