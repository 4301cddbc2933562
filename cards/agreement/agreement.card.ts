import { type Button, button } from '../actions.js';
import { format, type Lang, messagesFor } from '../content/words.js';
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
  /** A line on top that says what just happened; empty when nothing did. */
  readonly notice: string;
  /** Asks whether to close, instead of offering what can be done. */
  readonly closing: boolean;
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
  const title = format(lang, closing ? words.closeTitle : words.viewTitle, { name });
  const answer = format(lang, words.answer[agreement.answer], { name });
  const undelivered = undeliveredLine(lang, agreement);
  return fillTemplate(lang, data.notice === '' ? title : `${data.notice} ${title}`, {
    notice: data.notice,
    title,
    change: requestLine(lang, agreement),
    removal: agreement.removal === null ? '' : removalLine(lang, agreement.removal, agreement.memberName),
    facts: [
      ...agreementFacts(lang, agreement, 'manager'),
      { title: format(lang, words.answerIs, { name }), value: answer },
      ...(undelivered === '' ? [] : [{ title: words.undelivered.label, value: undelivered }]),
    ],
    items: itemLines(lang, agreement, 'manager'),
    closed: closing ? closingText(lang, agreement) : agreement.status === 'closed' ? words.closed : '',
    buttons: closing ? closeButtons(lang, agreement) : ways(lang, agreement),
    source: sourceLine(lang, words.source),
  });
}

/** The button by which a manager says that they discussed what was asked; none where nothing waits. */
export function handleButtons(lang: Lang, agreement: AgreementView): Button[] {
  const request = openRequest(agreement);
  if (request === null) return [];
  const { id } = agreement;
  const { askedAt } = request;
  return [
    button(
      lang,
      'agreement.request-handled',
      messagesFor(lang).agreement.handleRequest,
      { id, askedAt },
      { withoutInputs: true },
    ),
  ];
}

function closingText(lang: Lang, agreement: AgreementView): string {
  const words = messagesFor(lang).agreement;
  if (openRequest(agreement) === null) return words.closeText;
  return `${words.closeText} ${format(lang, words.closeAsked, { name: escapeMarkdown(agreement.memberName) })}`;
}

function ways(lang: Lang, agreement: AgreementView): Button[] {
  const { id, status, removal } = agreement;
  const { agreement: words, removal: removalWords } = messagesFor(lang);
  const list = button(lang, 'agreement.list', words.listTitle, { page: 0 });
  const asked = removal !== null && removal.kept === null;
  const decide = [
    ...(asked ? [button(lang, 'removal.decide', removalWords.decide, { id })] : []),
    ...handleButtons(lang, agreement),
  ];
  if (status === 'closed') return [...decide, list];
  return [
    ...decide,
    button(lang, 'evaluation.open', words.evaluate, { id }),
    button(lang, 'evaluation.ask-move', words.move, { id }),
    list,
    button(lang, 'agreement.ask-close', words.askClose, { id }, { secondary: true }),
  ];
}

function closeButtons(lang: Lang, agreement: AgreementView): Button[] {
  const words = messagesFor(lang).agreement;
  return [
    button(lang, 'agreement.close', words.close, seenOf(agreement)),
    button(lang, 'agreement.show', words.keepOpen, { id: agreement.id }),
  ];
}
