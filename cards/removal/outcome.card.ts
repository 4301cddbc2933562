import { type Button, button } from '../actions.js';
import type { AgreementView } from '../agreement/agreement-view.js';
import { format, type Lang, messagesFor } from '../content/words.js';
import { longDay } from '../dates.js';
import { noticeWithButtons } from '../notice/notice.card.js';
import { escapeMarkdown } from '../plain.js';
import type { Card } from '../render.js';
import { supportButton } from '../support/support-button.js';

/** To the employee: it is gone, as they asked. That they did is kept for so many `months`. */
export function removalGrantedCard(
  lang: Lang,
  { managerName, months }: { readonly managerName: string; readonly months: number },
): Card {
  const { about, removal: words } = messagesFor(lang);
  const title = format(lang, words.grantedTitle, { manager: escapeMarkdown(managerName) });
  return noticeWithButtons(lang, {
    title,
    sentence: format(lang, words.grantedText, { months }),
    buttons: [button(lang, 'about.records', about.recordsButton, { page: 0 })],
  });
}

/** To the employee: it stays, why, and where to go with that. `manager` is the id of whose record it is. */
export function removalKeptCard(lang: Lang, agreement: AgreementView, manager: string): Card {
  const { removal: words } = messagesFor(lang);
  const kept = agreement.removal?.kept ?? null;
  const values = {
    manager: escapeMarkdown(agreement.managerName),
    why: kept === null ? '' : words.why[kept],
  };
  const title = format(lang, words.keptTitle, values);
  return noticeWithButtons(lang, {
    title,
    sentence: format(lang, words.keptText, values),
    buttons: [view(lang, agreement, manager), supportButton(lang)],
  });
}

/** To the employee: the last day has passed without an answer, and where to go with that. */
export function removalLateCard(lang: Lang, agreement: AgreementView, manager: string): Card {
  const { removal: words } = messagesFor(lang);
  const values = {
    manager: escapeMarkdown(agreement.managerName),
    by: agreement.removal === null ? '' : longDay(lang, agreement.removal.by),
  };
  const title = format(lang, words.lateTitle, values);
  return noticeWithButtons(lang, {
    title,
    sentence: format(lang, words.lateText, values),
    buttons: [view(lang, agreement, manager), supportButton(lang)],
  });
}

function view(lang: Lang, { id }: AgreementView, manager: string): Button {
  return button(lang, 'about.show', messagesFor(lang).agreement.view, { manager, id });
}
