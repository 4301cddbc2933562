import { type Button, button } from '../actions.js';
import { format, type Lang, messagesFor } from '../content/words.js';
import { longDay } from '../dates.js';
import { noticeWithButtons } from '../notice/notice.card.js';
import { escapeMarkdown } from '../plain.js';
import type { Card } from '../render.js';
import type { HandoverView } from './handover-view.js';

/** To the manager whom HR takes for leaving: what is about to happen to their records, and a way to say that it is wrong. */
export function announcedCard(lang: Lang, handover: HandoverView): Card {
  const { leaver: words, menu } = messagesFor(lang);
  const { id: request, state, what, successorName, until, stateOn } = handover;
  const values = {
    name: escapeMarkdown(successorName),
    until: longDay(lang, until),
    day: longDay(lang, stateOn),
  };
  const said = words.toLeaver[state];
  const open = state === 'waiting' || state === 'confirmed';
  const buttons: Button[] = [
    ...(open ? [button(lang, 'handover.object', words.object, { request })] : []),
    button(lang, 'menu.show', menu.menu, {}, { secondary: true }),
  ];
  return noticeWithButtons(lang, {
    title: format(lang, said.title[what], values),
    sentence: format(lang, said.text[what], values),
    buttons,
  });
}
