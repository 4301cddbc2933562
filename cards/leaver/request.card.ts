import { type Button, button } from '../actions.js';
import { format, type Lang, messagesFor } from '../content/words.js';
import { longDay } from '../dates.js';
import { type Card, template } from '../render.js';
import { type HandoverView, leaverLine, stateLine, whatLine } from './handover-view.js';
import json from './request.template.json' with { type: 'json' };

export type RequestData = {
  readonly handover: HandoverView;
  /** What whoever sees it may do. */
  readonly may: { readonly confirm: boolean; readonly stop: boolean };
  /** What just happened, or why it did not; empty when nothing did. */
  readonly notice: string;
};

const fillTemplate = template<{
  notice: string;
  title: string;
  who: string;
  what: string;
  asked: string;
  state: string;
  color: string;
  explained: string;
  left: string;
  number: string;
  buttons: Button[];
}>(json);

/** To HR: one request about a manager who leaves, how it stands, and what there is to do about it. */
export function requestCard(lang: Lang, { handover, may, notice }: RequestData): Card {
  const { leaver: words, menu } = messagesFor(lang);
  const { id: request, leaver, state, leftOwn } = handover;
  return fillTemplate(lang, `${words.requestTitle} ${stateLine(lang, handover)}`, {
    notice,
    title: words.requestTitle,
    who: leaverLine(lang, handover),
    what: whatLine(lang, handover),
    asked: format(lang, words.askedOn, { day: longDay(lang, handover.askedOn) }),
    state: stateLine(lang, handover),
    color: state === 'objected' ? 'Attention' : 'Default',
    explained: words.stateMore[state],
    left: leftOwn ? words.leftOwn : '',
    number: format(lang, words.number, { number: request }),
    buttons: [
      ...(may.confirm ? [button(lang, 'leaver.confirm', words.confirm, { leaver, request })] : []),
      ...(may.stop ? [button(lang, 'leaver.stop', words.stop, { leaver, request })] : []),
      button(lang, 'leaver.show', words.all, {}),
      button(lang, 'menu.show', menu.menu, {}, { secondary: true }),
    ],
  });
}
