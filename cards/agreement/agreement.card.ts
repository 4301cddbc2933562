import { type Button, button } from '../actions.js';
import { format, type Lang, messagesFor } from '../content/words.js';
import { longDay } from '../dates.js';
import { escapeMarkdown } from '../plain.js';
import { removalLine } from '../removal/removal-view.js';
import { type Card, template } from '../render.js';
import { sourceLine } from '../source.js';
import json from './agreement.template.json' with { type: 'json' };
import {
  type AgreementView,
  agreementFacts,
  type Fact,
  itemLines,
  openRequest,
  requestLine,
  seenOf,
  undeliveredLine,
} from './agreement-view.js';

export type AgreementCardData = {
  readonly agreement: AgreementView;
  /** The notice on top, of what just happened; empty for none. */
  readonly notice: string;
  /** Asks whether to close, instead of offering what can be done: with the day until which it stays then. Else null. */
  readonly closing: string | null;
};

const fillTemplate = template<{
  notice: string;
  title: string;
  change: string;
  removal: string;
  facts: Fact[];
  items: { what: string; details: string }[];
  closed: string;
  buttons: Button[];
  source: string;
}>(json);

/** An agreement as the manager keeps it, with what can be done with it. */
export function agreementCard(lang: Lang, data: AgreementCardData): Card {
  const words = messagesFor(lang).agreement;
  const { agreement, closing } = data;
  const name = escapeMarkdown(agreement.memberName);
  const title = format(lang, closing === null ? words.viewTitle : words.closeTitle, { name });
  const answer = format(lang, words.answer[agreement.answer], { name });
  const undelivered = undeliveredLine(lang, agreement);
  return fillTemplate(lang, data.notice === '' ? title : `${data.notice} ${title}`, {
    notice: data.notice,
    title,
    change: requestLine(lang, agreement),
    removal: agreement.removal === null ? '' : removalLine(lang, agreement.removal, agreement.memberName),
    facts: [
      ...agreementFacts(lang, agreement, { reader: 'manager' }),
      { title: words.answerIs, value: answer },
      ...(undelivered === '' ? [] : [{ title: words.undelivered.label, value: undelivered }]),
    ],
    items: itemLines(lang, agreement, { reader: 'manager' }),
    closed:
      closing !== null
        ? closingText(lang, agreement, closing)
        : agreement.status === 'closed'
          ? words.closed
          : '',
    buttons: closing === null ? ways(lang, agreement) : closeButtons(lang, agreement),
    source: sourceLine(lang, words.source),
  });
}

/** The buttons by which a manager answers what was asked, or says that they discussed it; none where nothing waits. */
export function handleButtons(lang: Lang, agreement: AgreementView): Button[] {
  const request = openRequest(agreement);
  if (request === null) return [];
  const words = messagesFor(lang).agreement;
  const { id } = agreement;
  const { askedAt } = request;
  const options = { withoutInputs: true };
  return [
    button(lang, 'agreement.request-handled', words.handleRequest, { id, askedAt }, options),
    button(lang, 'agreement.ask-reply', words.reply, { id }, options),
  ];
}

function closingText(lang: Lang, agreement: AgreementView, until: string): string {
  const words = messagesFor(lang).agreement;
  const name = escapeMarkdown(agreement.memberName);
  return [
    format(lang, words.closeText, { until: longDay(lang, until) }),
    ...(agreement.answer === 'not-shared' ? [] : [format(lang, words.closeTold, { name })]),
    ...(openRequest(agreement) === null ? [] : [format(lang, words.closeAsked, { name })]),
  ].join(' ');
}

function ways(lang: Lang, agreement: AgreementView): Button[] {
  const { id, status, removal, answer, member } = agreement;
  const { agreement: words, calendar, removal: removalWords } = messagesFor(lang);
  const asked = removal !== null && removal.kept === null;
  const decide = [
    ...(asked ? [button(lang, 'removal.decide', removalWords.decide, { id })] : []),
    ...handleButtons(lang, agreement),
  ];
  const secondary = { secondary: true };
  const link =
    answer === 'not-shared' ? [button(lang, 'people.ask-link', words.link, { id: member }, secondary)] : [];
  if (status === 'closed') {
    return [
      ...decide,
      button(lang, 'agreement.ask-reopen', words.askReopen, { id }),
      button(lang, 'agreement.closed', words.closedTitle, { page: 0 }),
      ...link,
    ];
  }
  // No more than six fit: while something is asked, the answer to it leads to changing what was agreed.
  const change = [
    button(lang, 'agreement.correct', words.correct, { id }),
    button(lang, 'evaluation.ask-move', words.move, { id }),
    button(lang, 'calendar.show', calendar.title, { of: 'evaluation', id }),
  ];
  return [
    ...decide,
    button(lang, 'evaluation.open', words.evaluate, { id }),
    ...(openRequest(agreement) === null ? change : []),
    ...link,
    ...(asked || link.length > 0
      ? []
      : [button(lang, 'agreement.list', words.listTitle, { page: 0 }, secondary)]),
    button(lang, 'agreement.ask-close', words.askClose, { id }, secondary),
  ];
}

function closeButtons(lang: Lang, agreement: AgreementView): Button[] {
  const words = messagesFor(lang).agreement;
  return [
    button(lang, 'agreement.close', words.close, seenOf(agreement)),
    button(lang, 'agreement.show', words.keepOpen, { id: agreement.id }),
  ];
}
