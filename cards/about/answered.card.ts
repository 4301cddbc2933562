import { type Button, button } from '../actions.js';
import { handleButtons } from '../agreement/agreement.card.js';
import { type AgreementView, changeSubjects, openRequest } from '../agreement/agreement-view.js';
import { format, type Lang, messagesFor } from '../content/words.js';
import { escapeMarkdown } from '../plain.js';
import { type Card, template } from '../render.js';
import json from './answered.template.json' with { type: 'json' };

const fillTemplate = template<{
  title: string;
  subjects: string;
  note: string;
  next: string;
  buttons: Button[];
}>(json);

/** To the manager: what the employee answered. */
export function answeredCard(lang: Lang, agreement: AgreementView): Card {
  const words = messagesFor(lang).about;
  const asked = openRequest(agreement);
  const name = escapeMarkdown(agreement.memberName);
  const title = format(lang, asked === null ? words.managerConfirmed : words.managerChange, { name });
  return fillTemplate(lang, title, {
    title,
    subjects:
      asked === null ? '' : format(lang, words.managerChangeText, { subjects: changeSubjects(lang, asked) }),
    note:
      asked === null || asked.note === ''
        ? ''
        : format(lang, words.managerChangeNote, { note: escapeMarkdown(asked.note) }),
    next: asked === null ? '' : format(lang, words.managerChangeNext, { name }),
    buttons: [
      button(lang, 'agreement.show', messagesFor(lang).agreement.view, { id: agreement.id }),
      ...handleButtons(lang, agreement),
    ],
  });
}
