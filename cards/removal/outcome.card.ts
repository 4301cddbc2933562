import { type Button, button } from '../actions.js';
import type { AgreementView } from '../agreement/agreement-view.js';
import { fill, type Lang, wordsIn } from '../content/words.js';
import { longDay } from '../dates.js';
import { noticeWithButtons } from '../notice/notice.card.js';
import { plain } from '../plain.js';
import type { Card } from '../render.js';

/** To the employee: it is gone, as they asked. */
export function removalGrantedCard(lang: Lang, managerName: string): Card {
  const { about, removal: words } = wordsIn(lang);
  const title = fill(lang, words.grantedTitle, { manager: plain(managerName) });
  return noticeWithButtons(lang, title, words.grantedText, [
    button(lang, 'about.records', about.recordsButton, { page: 0 }),
  ]);
}

/** To the employee: it stays, why, and where to go with that. `manager` is the id of whose record it is. */
export function removalKeptCard(lang: Lang, agreement: AgreementView, manager: string): Card {
  const { removal: words } = wordsIn(lang);
  const kept = agreement.removal?.kept ?? null;
  const values = { manager: plain(agreement.managerName), why: kept === null ? '' : words.why[kept] };
  const title = fill(lang, words.keptTitle, values);
  return noticeWithButtons(lang, title, fill(lang, words.keptText, values), [
    view(lang, agreement, manager),
    support(lang),
  ]);
}

/** To the employee: the last day has passed without an answer, and where to go with that. */
export function removalLateCard(lang: Lang, agreement: AgreementView, manager: string): Card {
  const { removal: words } = wordsIn(lang);
  const values = {
    manager: plain(agreement.managerName),
    by: agreement.removal === null ? '' : longDay(lang, agreement.removal.by),
  };
  const title = fill(lang, words.lateTitle, values);
  return noticeWithButtons(lang, title, fill(lang, words.lateText, values), [
    view(lang, agreement, manager),
    support(lang),
  ]);
}

function view(lang: Lang, { id }: AgreementView, manager: string): Button {
  return button(lang, 'about.show', wordsIn(lang).agreement.view, { manager, id });
}

function support(lang: Lang): Button {
  return button(lang, 'support.show', wordsIn(lang).menu.support, {});
}
