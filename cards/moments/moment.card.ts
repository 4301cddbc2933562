import { button } from '../actions.js';
import { OFF, ON } from '../choices.js';
import { MOMENT_PLANS } from '../content/moment-kinds.js';
import { format, type Lang, messagesFor } from '../content/words.js';
import { escapeMarkdown } from '../plain.js';
import { type Card, template } from '../render.js';
import { requestLine } from '../requests/decide.card.js';
import { sourceLine } from '../source.js';
import json from './moment.template.json' with { type: 'json' };
import { askedIn, type MomentView, nextLine, undeliveredLine, whenLine } from './moment-view.js';

export type TypedDays = {
  readonly from: string;
  readonly until: string;
  /** Whether there is to be contact; as it is now where a client leaves it out. */
  readonly contact?: string | undefined;
  readonly fromWrong: boolean;
  readonly untilWrong: boolean;
};
export type MomentCardData = {
  readonly moment: MomentView;
  /** The nudges whose tips are shown. */
  readonly nudges: readonly string[];
  readonly notice: string;
  /** What came back as it was filled in, since something is wrong with it or came first; null where nothing did. */
  readonly typed: TypedDays | null;
  /** It came by itself: says why. */
  readonly reminder: boolean;
};

const fillTemplate = template<Record<string, unknown>>(json);

/** One moment: what one can do now, its dates, and the ways to move, finish or delete it. */
export function momentCard(lang: Lang, data: MomentCardData): Card {
  const { moments: words, menu, requests } = messagesFor(lang);
  const { moment, typed } = data;
  const asked = askedIn(moment);
  const { id, version, kind } = moment;
  const title = format(lang, words.reminderTitle, {
    kind: words.kinds[kind],
    name: escapeMarkdown(moment.memberName),
  });
  return fillTemplate(lang, title, {
    title,
    notice: data.notice,
    when: whenLine(lang, moment),
    next: nextLine(lang, moment),
    undelivered: undeliveredLine(lang, moment),
    asked: asked === null ? '' : requestLine(lang, asked),
    tipsTitle: words.tipsTitle,
    tips: data.nudges.flatMap((nudge) => tipsOf(lang, nudge)).map((text) => ({ text })),
    fromLabel: words.fromOf[kind],
    from: typed?.from ?? moment.from,
    fromProblem: typed?.fromWrong === true ? words.fromWrong : '',
    hasUntil: kind === 'leave' || kind === 'extra',
    untilLabel: kind === 'extra' ? words.untilOf.extra : words.untilOf.leave,
    until: typed?.until ?? moment.until ?? '',
    untilProblem: typed?.untilWrong === true ? words.untilWrong : '',
    hasContact: kind === 'leave',
    contactLabel: words.contactOf,
    contact: typed?.contact ?? (moment.contact ? ON : OFF),
    on: ON,
    off: OFF,
    changeButtons: [button(lang, 'moments.change', words.change, { id, version })],
    buttons: [
      ...(asked === null
        ? []
        : [button(lang, 'request.decide', requests.decide, { id }, { withoutInputs: true })]),
      button(lang, 'moments.list', words.back, { page: 0 }, { withoutInputs: true }),
      button(lang, 'moments.end', words.end, { id, version }, { withoutInputs: true }),
      button(lang, 'moments.ask-delete', words.delete, { id }, { withoutInputs: true, secondary: true }),
      ...(data.reminder
        ? [button(lang, 'settings.show', menu.settings, {}, { withoutInputs: true, secondary: true })]
        : []),
    ],
    why: data.reminder ? words.why : '',
    source: sourceLine(lang, MOMENT_PLANS[kind].source),
  });
}

function tipsOf(lang: Lang, nudge: string): readonly string[] {
  const tips: Readonly<Record<string, readonly string[]>> = messagesFor(lang).moments.tips;
  return Object.hasOwn(tips, nudge) ? (tips[nudge] ?? []) : [];
}
