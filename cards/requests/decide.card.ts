import { button } from '../actions.js';
import { choicesOf } from '../choices.js';
import { format, type Lang, messagesFor } from '../content/words.js';
import { longDay } from '../dates.js';
import type { RequestView } from '../moments/moment-view.js';
import { type MomentView, whenLine } from '../moments/moment-view.js';
import { noticeWithButtons } from '../notice/notice.card.js';
import { escapeMarkdown } from '../plain.js';
import { type Card, template } from '../render.js';
import { sourceLine } from '../source.js';
import json from './decide.template.json' with { type: 'json' };
import { askedDates, inSentence } from './own.card.js';

export type AskedMomentView = MomentView & {
  readonly request: RequestView & { readonly employee: string };
};

const fillTemplate = template<Record<string, unknown>>(json);

/** To the manager: what an employee asks of a moment. Doing it is one press, leaving it takes a reason from a fixed list. */
export function decideRequestCard(lang: Lang, moment: AskedMomentView, problem = false): Card {
  const { requests: words, removal, moments } = messagesFor(lang);
  const { id, request } = moment;
  const { askedAt, employee, what } = request;
  const name = escapeMarkdown(moment.memberName);
  const title = format(lang, what === 'remove' ? words.decideRemove : words.decideDates, { name });
  const now = { kind: moments.kinds[moment.kind], when: inSentence(whenLine(lang, moment)) };
  const lines = [
    format(lang, words.decideNow, now),
    ...(what === 'dates'
      ? [format(lang, words.decideAsked, { when: askedDates(lang, moment, request) })]
      : []),
    format(lang, words.decideBy, { by: longDay(lang, request.by) }),
    format(lang, words.decideRule, { name }),
  ];
  return fillTemplate(lang, title, {
    title,
    lines: lines.map((text) => ({ text })),
    doButtons: [
      button(
        lang,
        'request.do',
        what === 'remove' ? words.doRemove : words.doDates,
        { id, askedAt, employee },
        { withoutInputs: true },
      ),
      button(lang, 'moments.show', words.view, { id }, { withoutInputs: true }),
    ],
    whyLabel: words.whyLabel,
    whyChoices: choicesOf(words.why),
    why: '',
    whyMissing: words.whyMissing,
    whyProblem: problem ? words.whyMissing : '',
    buttons: [button(lang, 'request.keep', words.keep, { id, askedAt })],
    source: sourceLine(lang, removal.source),
  });
}

/** What the manager reads of an open request on the moment itself. */
export function requestLine(lang: Lang, { memberName, ...moment }: AskedMomentView): string {
  const { requests: words } = messagesFor(lang);
  const { request } = moment;
  return format(lang, request.what === 'remove' ? words.managerRemove : words.managerDates, {
    name: escapeMarkdown(memberName),
    by: longDay(lang, request.by),
    when: askedDates(lang, moment, request),
  });
}

/** To the manager: it is gone; `memberName` is empty where it was before. */
export function momentRemovedCard(lang: Lang, memberName: string): Card {
  const { requests: words, moments } = messagesFor(lang);
  const text =
    memberName === ''
      ? words.removedBefore
      : format(lang, words.removedText, { name: escapeMarkdown(memberName) });
  return noticeWithButtons(lang, {
    title: words.removedTitle,
    sentence: text,
    buttons: [button(lang, 'moments.list', moments.title, { page: 0 })],
  });
}
