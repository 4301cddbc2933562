import { type Button, button } from '../actions.js';
import type { AgreementView } from '../agreement/agreement-view.js';
import { format, type Lang, messagesFor } from '../content/words.js';
import { escapeMarkdown } from '../plain.js';
import { type Card, template } from '../render.js';
import json from './initiative.template.json' with { type: 'json' };

const fillTemplate = template<{ title: string; sentence: string; buttons: Button[]; why: string }>(json);

/** To the employee who takes the initiative: today is the day. `manager` is the id of whose record it is. */
export function initiativeCard(lang: Lang, agreement: AgreementView, manager: string): Card {
  const { evaluation: words, agreement: agreementWords } = messagesFor(lang);
  const name = escapeMarkdown(agreement.managerName);
  const title = format(lang, words.initiativeTitle, { manager: name });
  return fillTemplate(lang, title, {
    title,
    sentence: format(lang, words.initiativeText, { manager: name }),
    buttons: [button(lang, 'about.show', agreementWords.view, { manager, id: agreement.id })],
    why: words.initiativeWhy,
  });
}
