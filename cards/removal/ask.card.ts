import { type Button, button } from '../actions.js';
import type { AgreementView } from '../agreement/agreement-view.js';
import { format, type Lang, messagesFor } from '../content/words.js';
import { longDay } from '../dates.js';
import { escapeMarkdown } from '../plain.js';
import { type Card, template } from '../render.js';
import json from './ask.template.json' with { type: 'json' };

export type AskRemovalData = {
  readonly agreement: AgreementView;
  /** Entra object id of whose record it is. */
  readonly manager: string;
  /** The last day to answer, were it asked today. */
  readonly by: string;
};

const fillTemplate = template<{ title: string; text: string; after: string; buttons: Button[] }>(json);

/** To the employee: what asking for removal comes to. No field for a reason: none is needed, and it would say too much. */
export function askRemovalCard(lang: Lang, { agreement, manager, by }: AskRemovalData): Card {
  const { removal: words } = messagesFor(lang);
  const { id, managerName } = agreement;
  return fillTemplate(lang, words.askTitle, {
    title: words.askTitle,
    text: format(lang, words.askText, { manager: escapeMarkdown(managerName), by: longDay(lang, by) }),
    after: words.askAfter,
    buttons: [
      button(lang, 'removal.send', words.send, { manager, id }),
      button(lang, 'about.show', words.back, { manager, id }),
    ],
  });
}
